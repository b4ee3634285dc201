//! Web origins, compared exactly.

use url::Url;

/// A web origin: scheme, host and port, as browsers write it in the Origin header (RFC 6454).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin; anything more or less than one is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Origin> {
        public_url(text).map(|url| Origin::of(&url))
    }

    /// The origin of a URL.
    #[must_use]
    pub fn of(url: &Url) -> Origin {
        Origin(url.origin().ascii_serialization())
    }

    /// The origin as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An http or https URL that names a host and nothing behind it.
pub(crate) fn public_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (matches!(url.scheme(), "http" | "https") && url.host().is_some() && bare).then_some(url)
}

/// What a browser on the same machine calls a server on this port.
pub(crate) fn localhost(port: u16) -> Url {
    let text = format!("http://localhost:{port}/");
    Url::parse(&text).unwrap_or_else(|_| unreachable!("{text} is a URL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_normalised_as_browsers_send_them() {
        for (text, origin) in [
            ("https://Desk.Example.org", "https://desk.example.org"),
            ("https://desk.example.org:443/", "https://desk.example.org"),
            ("http://localhost:5173", "http://localhost:5173"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), origin);
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for text in [
            "",
            "*",
            "null",
            "desk.example.org",
            "https://a/b",
            "https://u@a",
            "file:///a",
        ] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }
}
