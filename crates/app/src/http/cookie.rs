//! The refresh cookie.

use actix_web::HttpRequest;
use actix_web::cookie::time::OffsetDateTime;
use actix_web::cookie::{Cookie, Expiration, SameSite};
use domain::Timestamp;

use crate::config::ServerConfig;

/// How the refresh cookie is named and guarded in this deployment.
#[derive(Clone, Copy, Debug)]
pub struct CookiePolicy {
    secure: bool,
}

impl CookiePolicy {
    /// Secure with the `__Host-` prefix wherever browsers accept that: on https and on http://localhost.
    #[must_use]
    pub fn new(server: &ServerConfig) -> CookiePolicy {
        let url = &server.public_url;
        let trustworthy = url.scheme() == "https" || url.host_str() == Some("localhost");
        CookiePolicy {
            secure: trustworthy && !server.insecure_cookie,
        }
    }

    /// The name, with the prefix that pins it to this host (RFC 6265bis, 4.1.3.2).
    #[must_use]
    pub fn name(self) -> &'static str {
        if self.secure {
            "__Host-deskwire"
        } else {
            "deskwire"
        }
    }

    /// The cookie with a refresh token.
    #[must_use]
    pub fn hold(self, token: String, expires_at: Timestamp) -> Cookie<'static> {
        let expires = OffsetDateTime::from_unix_timestamp(expires_at.as_secs());
        self.build(token, expires.map_or(Expiration::Session, Expiration::from))
    }

    /// The cookie that takes the refresh token away.
    #[must_use]
    pub fn clear(self) -> Cookie<'static> {
        self.build(String::new(), OffsetDateTime::UNIX_EPOCH.into())
    }

    /// The refresh token of a request.
    #[must_use]
    pub fn read(self, request: &HttpRequest) -> Option<String> {
        request
            .cookie(self.name())
            .map(|cookie| cookie.value().to_owned())
    }

    fn build(self, value: String, expires: Expiration) -> Cookie<'static> {
        Cookie::build(self.name(), value)
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .expires(expires)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_secure_wherever_browsers_accept_that() {
        for (public_url, insecure_cookie, name) in [
            ("https://desk.example.org", false, "__Host-deskwire"),
            ("http://localhost:8080", false, "__Host-deskwire"),
            ("http://localhost:8080", true, "deskwire"),
            ("http://desk.example.org", false, "deskwire"),
            ("http://localhost.example.org", false, "deskwire"),
        ] {
            let cookie = CookiePolicy::new(&ServerConfig::called(public_url, insecure_cookie))
                .hold("token".to_owned(), Timestamp(0));
            let secure = name.starts_with("__Host-");
            assert_eq!(
                (cookie.name(), cookie.secure()),
                (name, Some(secure)),
                "{public_url}"
            );
            assert_eq!(cookie.http_only(), Some(true));
            assert_eq!((cookie.path(), cookie.domain()), (Some("/"), None));
        }
    }
}
