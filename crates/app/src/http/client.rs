//! Who calls: the address, as far as the proxies on the way are trusted.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{HttpRequest, web};
use auth::ClientInfo;
use ipnet::IpNet;
use tracing::warn;

use crate::state::State;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose X-Forwarded-For is believed.
#[derive(Debug, Default)]
pub struct TrustedProxies {
    nets: Vec<IpNet>,
    warned: AtomicBool,
}

impl TrustedProxies {
    /// Those of these networks.
    #[must_use]
    pub fn new(nets: Vec<IpNet>) -> TrustedProxies {
        TrustedProxies {
            nets,
            warned: AtomicBool::new(false),
        }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.nets.iter().any(|net| net.contains(&address))
    }

    /// The first address, seen from here, that is no trusted proxy. Whatever stands before it in the header
    /// was written by that client and proves nothing.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        let mut forwarded = headers.get_all(FORWARDED_FOR).peekable();
        if !self.trusts(peer) {
            if forwarded.peek().is_some() && !self.warned.swap(true, Ordering::Relaxed) {
                warn!(
                    proxy = %peer,
                    "Ignored X-Forwarded-For: name this proxy in DESKWIRE_TRUSTED_PROXIES if it is yours, or its clients \
                     share one limit on sign-ins"
                );
            }
            return peer;
        }
        let lines: Vec<&str> = forwarded
            .map(|line| line.to_str().unwrap_or("invalid"))
            .collect();
        let mut client = peer;
        for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Ok(address) = text.trim().parse::<IpAddr>() else {
                break;
            };
            client = address.to_canonical();
            if !self.trusts(client) {
                break;
            }
        }
        client
    }
}

/// The address of the client; none where the transport has none.
#[must_use]
pub fn address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let state = request.app_data::<web::Data<State>>()?;
    Some(state.proxies.client(peer, request.headers()))
}

/// What a session remembers of the client that began it.
#[must_use]
pub fn info(request: &HttpRequest) -> ClientInfo {
    let user_agent = request.headers().get(header::USER_AGENT);
    ClientInfo {
        user_agent: user_agent
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        address: address(request),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &[&'static str]) -> String {
        let nets = ["10.0.0.0/8", "2001:db8::/32"].map(|net| net.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let proxies = TrustedProxies::new(nets.to_vec());
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_stranger_cannot_name_their_own_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1, 203.0.113.9"]),
            "203.0.113.9"
        );
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1", "203.0.113.9"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn trusted_proxies_are_passed_over() {
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1, 10.9.9.9", "2001:db8::5"]),
            "198.51.100.1"
        );
        assert_eq!(
            client("::ffff:10.0.0.1", &["::ffff:198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(client("10.0.0.1", &["10.0.0.2"]), "10.0.0.2");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1, unknown, 10.0.0.2"]),
            "10.0.0.2"
        );
        assert_eq!(client("10.0.0.1", &["198.51.100.1,, "]), "10.0.0.1");
    }
}
