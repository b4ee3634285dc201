//! Ports for servers that come back on the same one.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Result, bail};

/// Below the ports that the kernel gives to outgoing connections: one of those could take the port of a server
/// that is down, or, on a loopback, even connect to itself.
const RANGE: std::ops::Range<u16> = 20_000..32_000;
const TRIES: usize = 200;

/// A port of the loopback on which nothing listens.
pub(crate) fn free() -> Result<u16> {
    for _ in 0..TRIES {
        let port = rand::random_range(RANGE);
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => return Ok(port),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(error.into()),
        }
    }
    bail!("no port between {} and {} is free", RANGE.start, RANGE.end)
}
