//! The cookies: the refresh token, and what tells a device from others.

use actix_web::HttpRequest;
use actix_web::cookie::time::OffsetDateTime;
use actix_web::cookie::{Cookie, Expiration, SameSite};
use domain::Timestamp;

use crate::config::ServerConfig;

/// How the cookies are named and guarded in this deployment.
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
        self.build(self.name(), token, at(expires_at))
    }

    /// The cookie that takes the refresh token away.
    #[must_use]
    pub fn clear(self) -> Cookie<'static> {
        self.build(
            self.name(),
            String::new(),
            OffsetDateTime::UNIX_EPOCH.into(),
        )
    }

    /// The refresh token of a request.
    #[must_use]
    pub fn read(self, request: &HttpRequest) -> Option<String> {
        read(request, self.name())
    }

    /// The name of the cookie that says on which device somebody has signed in before.
    #[must_use]
    pub fn device_name(self) -> &'static str {
        if self.secure {
            "__Host-deskwire-device"
        } else {
            "deskwire-device"
        }
    }

    /// The cookie with a device token. It opens nothing, and stays when its owner signs out.
    #[must_use]
    pub fn hold_device(self, token: String, expires_at: Timestamp) -> Cookie<'static> {
        self.build(self.device_name(), token, at(expires_at))
    }

    /// The device token of a request.
    #[must_use]
    pub fn read_device(self, request: &HttpRequest) -> Option<String> {
        read(request, self.device_name())
    }

    fn build(self, name: &'static str, value: String, expires: Expiration) -> Cookie<'static> {
        Cookie::build(name, value)
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Strict)
            .expires(expires)
            .finish()
    }
}

fn at(moment: Timestamp) -> Expiration {
    let expires = OffsetDateTime::from_unix_timestamp(moment.as_secs());
    expires.map_or(Expiration::Session, Expiration::from)
}

/// The value of the cookie of this name; of two, none: a neighbouring host may have set one of them.
fn read(request: &HttpRequest, name: &str) -> Option<String> {
    let cookies = request.cookies().ok()?;
    let mut values = cookies.iter().filter(|cookie| cookie.name() == name);
    match (values.next(), values.next()) {
        (Some(cookie), None) => Some(cookie.value().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header;
    use actix_web::test::TestRequest;
    use proptest::prelude::*;

    use super::*;

    const POLICY: CookiePolicy = CookiePolicy { secure: true };

    fn request(cookies: &[u8]) -> HttpRequest {
        let cookies = header::HeaderValue::from_bytes(cookies);
        let request = TestRequest::default();
        match cookies {
            Ok(cookies) => request.insert_header((header::COOKIE, cookies)),
            Err(_) => request,
        }
        .to_http_request()
    }

    // More cases: PROPTEST_CASES=1000000 cargo test -p app --lib --release cookie
    proptest! {
        #[test]
        fn no_header_panics_the_reader(cookies: Vec<u8>) {
            let request = request(&cookies);
            let _ = (POLICY.read(&request), POLICY.read_device(&request));
        }

        #[test]
        fn a_token_is_found_whole_among_any_others(
            before in "[a-zA-Z_-]{1,20}=[!#-+./-:<-~-]{0,40}",
            token in "[A-Za-z0-9_.-]{1,400}",
            after in "[ -~]{0,60}",
        ) {
            let others = [&before, &after].into_iter().all(|other| !other.contains("__Host-deskwire="));
            prop_assume!(others);
            let request = request(format!("{before}; __Host-deskwire={token}; {after}").as_bytes());
            prop_assert_eq!(POLICY.read(&request), Some(token));
        }

        #[test]
        fn no_other_name_is_taken_for_it(name in "[a-zA-Z_-]{0,24}", value in "[ -:<-~]{0,60}") {
            prop_assume!(name != "__Host-deskwire");
            let request = request(format!("{name}={value}").as_bytes());
            prop_assert_eq!(POLICY.read(&request), None);
        }
    }

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
            let policy = CookiePolicy::new(&ServerConfig::called(public_url, insecure_cookie));
            let device = policy.hold_device("token".to_owned(), Timestamp(0));
            assert_eq!(device.name(), format!("{name}-device"));
            assert_eq!(
                (device.secure(), device.http_only()),
                (Some(secure), Some(true))
            );
        }
    }
}
