//! Security headers, on every route and status.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::config::ServerConfig;

/// The headers of this deployment.
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    always: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    /// Those for a server that is called by this name.
    #[must_use]
    pub fn new(server: &ServerConfig) -> SecurityHeaders {
        let fixed = |name: &'static str, value: &'static str| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        let mut always = vec![
            fixed("x-content-type-options", "nosniff"),
            fixed("referrer-policy", "no-referrer"),
            fixed("x-frame-options", "DENY"),
            fixed("cross-origin-opener-policy", "same-origin"),
            fixed("cross-origin-resource-policy", "same-site"),
            fixed(
                "permissions-policy",
                "camera=(), microphone=(), geolocation=()",
            ),
        ];
        if let Ok(policy) = HeaderValue::from_str(&content_security_policy(server)) {
            always.push((header::CONTENT_SECURITY_POLICY, policy));
        }
        if server.public_url.scheme() == "https" {
            always.push(fixed(
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ));
        }
        SecurityHeaders { always }
    }

    /// Puts them on an answer.
    pub fn apply(&self, path: &str, headers: &mut HeaderMap) {
        for (name, value) in &self.always {
            headers.insert(name.clone(), value.clone());
        }
        if path.starts_with("/api") {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// Scripts come from this origin only; styles may be inline, because the components set them so.
fn content_security_policy(server: &ServerConfig) -> String {
    let mut socket = server.public_url.clone();
    let scheme = if socket.scheme() == "https" {
        "wss"
    } else {
        "ws"
    };
    // Cannot fail between special schemes.
    let _ = socket.set_scheme(scheme);
    let socket = socket.as_str().trim_end_matches('/');
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self' {socket}; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(public_url: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        SecurityHeaders::new(&ServerConfig::called(public_url, false)).apply("/", &mut headers);
        headers
    }

    #[test]
    fn browsers_are_held_to_https_where_it_is_served() {
        assert!(
            headers("https://desk.example.org").contains_key(header::STRICT_TRANSPORT_SECURITY)
        );
        assert!(!headers("http://localhost:8080").contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn the_policy_allows_the_socket_of_this_desk() {
        let policy = |public_url| {
            headers(public_url)
                .get(header::CONTENT_SECURITY_POLICY)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert!(
            policy("https://desk.example.org")
                .contains("connect-src 'self' wss://desk.example.org;")
        );
        assert!(
            policy("http://localhost:8080").contains("connect-src 'self' ws://localhost:8080;")
        );
    }
}
