//! A port that is taken before anything is served on it.

use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::dev::Server;
use actix_web::web;

use crate::application::StartError;
use crate::state::State;

/// A port that is taken, and the variable that named it.
pub(crate) struct Listener {
    variable: &'static str,
    listener: TcpListener,
    /// Where it is; not port 0 any more.
    pub(crate) address: SocketAddr,
}

impl Listener {
    /// Takes the port.
    pub(crate) fn bind(
        variable: &'static str,
        address: SocketAddr,
    ) -> Result<Listener, StartError> {
        let bound = TcpListener::bind(address);
        let bound = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
        match bound {
            Ok((address, listener)) => Ok(Listener {
                variable,
                listener,
                address,
            }),
            Err(cause) => Err(StartError::Listen {
                variable,
                address,
                cause,
            }),
        }
    }

    /// Makes a server of it.
    pub(crate) fn serve(
        self,
        state: web::Data<State>,
        serve: fn(web::Data<State>, TcpListener) -> io::Result<Server>,
    ) -> Result<Server, StartError> {
        serve(state, self.listener).map_err(|cause| StartError::Listen {
            variable: self.variable,
            address: self.address,
            cause,
        })
    }
}
