//! The web app as the server gives it out.

use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn every_page_is_the_app_and_its_files_are_kept(desk: Desk) {
        let caller = desk.stranger();
        for path in ["", "login", "tickets/7", "admin"] {
            let page = caller.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.headers["content-type"], "text/html; charset=utf-8", "{path}");
            assert_eq!(page.headers["cache-control"], "no-cache", "{path}");
            assert!(page.text.contains("<div id=\"root\">"), "{}", page.text);
            assert!(!page.text.contains("<script>"), "an inline script, which the policy forbids");
        }
        let page = caller.get("").await.text;
        let script = page.split('"').find(|part| part.contains("assets/") && part.ends_with(".js")).unwrap().trim_start_matches('/');
        let script = caller.request(reqwest::Method::GET, script).header("accept-encoding", "gzip, br");
        let script = caller.send(script).await;
        assert_eq!(script.status, 200);
        assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(script.headers["content-encoding"], "br");
        assert_eq!(script.headers["cache-control"], "public, max-age=31536000, immutable");
        desk.stop().await;
    }

    async fn nothing_outside_of_the_app_is_given_out(desk: Desk) {
        let caller = desk.stranger();
        for path in [
            "assets/../../Cargo.toml", "..%2f..%2fCargo.toml", "%2e%2e/%2e%2e/Cargo.toml", "assets/..%5c..%5cCargo.toml",
            "missing.js", "assets/", ".env", "package.json",
        ] {
            let answer = caller.get(path).await;
            assert!(!answer.text.contains("[workspace]") && !answer.text.contains("devDependencies"), "{path}");
            assert!(answer.status == 404 || answer.text.contains("<div id=\"root\">"), "{path}: {}", answer.status);
        }
        desk.stop().await;
    }
}
