//! Attacks on the real application: what somebody hostile sends, and that it is refused and changes nothing.

mod cross_site;
pub(crate) mod document;
mod doors;
mod forge;
mod frames;
pub(crate) mod headers;
mod payloads;
mod raw;
mod rights;
mod sessions;
mod smuggling;
mod tables;
mod tokens;

use testkit::http::Caller;

use crate::desk::Desk;

/// The same caller but for one thing.
fn but(caller: &Caller, change: impl FnOnce(&mut Caller)) -> Caller {
    let mut caller = caller.clone();
    change(&mut caller);
    caller
}

/// That the server is none the worse: it lives, is ready, and serves whoever is signed in.
async fn still_serves(desk: &Desk, caller: &Caller) {
    let stranger = desk.stranger();
    assert_eq!(stranger.get("livez").await.status, 204);
    stranger.get("readyz").await.expect(200);
    caller.get("/me").await.expect(200);
    caller.get("/tickets").await.expect(200);
}
