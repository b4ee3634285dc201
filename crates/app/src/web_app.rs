//! The web app, embedded in the binary, with its compressed copies.

use std::borrow::Cow;

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;

use crate::http::method::KnownPaths;

/// What `npm run build` made; empty in a checkout where it has not run.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Assets;

/// Shown instead of the web app where it was not built.
const NOT_BUILT: &str =
    "The web app is not built. Run `npm ci && npm run build` in web/, or `npx -y rust-just run`.\n";

/// Copies that the build made, the smallest first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Answers what no route serves: files of the web app, its first page for every path that the app routes
/// itself, and errors for the rest.
pub async fn serve(request: HttpRequest, known: web::Data<KnownPaths>) -> HttpResponse {
    let path = request.path().trim_start_matches('/');
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    if !readable || path == "api" || path.starts_with("api/") {
        return known.refuse(&request);
    }
    if let Some(answer) = asset(&request, path) {
        return answer;
    }
    // A missing file is missing; a page is for the app to find.
    if path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
    {
        return known.refuse(&request);
    }
    asset(&request, "index.html").unwrap_or_else(|| {
        HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body(NOT_BUILT)
    })
}

fn asset(request: &HttpRequest, path: &str) -> Option<HttpResponse> {
    let plain = Assets::get(path)?;
    let accepted = request.headers().get(header::ACCEPT_ENCODING);
    let accepted = accepted
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let compressed = ENCODINGS
        .into_iter()
        .filter(|(name, _)| accepts(accepted, name))
        .find_map(|(name, suffix)| Some((name, Assets::get(&format!("{path}{suffix}"))?)));

    let mut response = HttpResponse::Ok();
    response.content_type(content_type(plain.metadata.mimetype()));
    response.insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    // Names of assets hold a hash of their content; all other names stay and must be asked again.
    let caching = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static(caching)));
    let file = match compressed {
        Some((name, file)) => {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(name)));
            file
        }
        None => plain,
    };
    Some(match file.data {
        Cow::Borrowed(bytes) => response.body(web::Bytes::from_static(bytes)),
        Cow::Owned(bytes) => response.body(bytes),
    })
}

/// The type of a file; that of text with its encoding (ASVS 5.0, 4.1.1).
fn content_type(mime: &str) -> String {
    let is_text = mime.starts_with("text/") || mime.ends_with("/json") || mime.ends_with("+xml");
    if is_text {
        format!("{mime}; charset=utf-8")
    } else {
        mime.to_owned()
    }
}

/// Whether a list of encodings has this one, and not with a weight of zero (RFC 9110, 12.5.3).
fn accepts(accepted: &str, name: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        parts.next() == Some(name) && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}
