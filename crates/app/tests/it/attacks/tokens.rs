//! Forged, altered, borrowed and outlived tokens at every door: a route, a socket's hello, its later auth.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Clock as _;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::ThrowawayDatabase;
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::socket::{Handshake, SocketClient};

use super::forge::{forge, forge_longer, message, read, with, without};
use super::{but, still_serves};
use crate::desk::Desk;

/// A desk whose clock stands still, Ada, and a socket of hers that stays open.
struct Scene {
    desk: Desk,
    clock: ManualClock,
    ada: Caller,
    socket: SocketClient,
    access_key: String,
    refresh_key: String,
}

impl Scene {
    async fn set(database: ThrowawayDatabase) -> Scene {
        let clock = ManualClock::new();
        let many = |config: &mut app::config::Config| config.limits.commands_per_minute = 100_000;
        let desk = Desk::configured(database, Arc::new(clock.clone()), many).await;
        let ada = desk.customer("Ada").await;
        let socket = desk.socket(&ada).await;
        let secrets = &desk.state.config.secrets;
        Scene {
            access_key: secrets.access.expose_secret().to_owned(),
            refresh_key: secrets.refresh.expose_secret().to_owned(),
            clock,
            ada,
            socket,
            desk,
        }
    }

    fn access(&self) -> (Value, Value) {
        read(self.ada.access_token.as_deref().unwrap())
    }

    fn refresh(&self) -> (Value, Value) {
        read(self.refresh_token())
    }

    fn refresh_token(&self) -> &str {
        self.ada
            .cookie
            .as_deref()
            .unwrap()
            .split_once('=')
            .unwrap()
            .1
    }

    fn device_token(&self) -> &str {
        self.ada
            .device
            .as_deref()
            .unwrap()
            .split_once('=')
            .unwrap()
            .1
    }

    /// That a text opens nothing as an access token, at any door, and is not repeated.
    async fn refused(&mut self, label: &str, token: &str, code: &str) {
        let forged = but(&self.ada, |ada| ada.access_token = Some(token.to_owned()));
        let answer = forged.get("/me").await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (401, code),
            "{label}: {}",
            answer.text
        );
        answer.refused(401, code);
        assert!(token.is_empty() || !answer.text.contains(token), "{label}");

        let mut hello = Handshake::new(&self.desk.base, &self.ada)
            .open()
            .await
            .unwrap();
        hello
            .command(json!({"type": "hello", "token": token}))
            .await;
        assert_eq!(hello.closed().await, 4401, "{label}");
        let frames = json!(hello.others());
        assert_eq!(
            (&frames[0]["code"], &frames[1]),
            (&json!(code), &Value::Null),
            "{label}: {frames}"
        );

        let answer = self
            .socket
            .ask(json!({"type": "auth", "token": token}))
            .await;
        assert_eq!(answer["code"], code, "{label}: {answer}");
        assert!(
            token.is_empty() || !format!("{frames}{answer}").contains(token),
            "{label}"
        );
    }

    async fn invalid(&mut self, label: &str, token: &str) {
        self.refused(label, token, "unauthenticated").await;
    }

    /// That a text opens nothing as a refresh cookie, at any door.
    async fn cookie_refused(&self, label: &str, token: &str) {
        let forged = but(&self.ada, |ada| {
            ada.cookie = Some(format!("__Host-deskwire={token}"))
        });
        let answer = forged.get("/me").await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (401, "unauthenticated"),
            "{label}"
        );
        forged
            .post_empty("/auth/refresh")
            .await
            .refused(401, "unauthenticated");
        let handshake = Handshake::new(&self.desk.base, &forged);
        assert_eq!(handshake.open().await.err(), Some(401), "{label}");
    }

    async fn end(mut self) {
        // Whatever was tried: the genuine ones still count, and the socket is open.
        still_serves(&self.desk, &self.ada).await;
        let auth = json!({"type": "auth", "token": self.ada.access_token});
        assert_eq!(self.socket.ask(auth).await["type"], "ok");
        self.desk.stop().await;
    }
}

on_every_database! {
    async fn headers_that_ask_for_another_treatment_are_refused(database: ThrowawayDatabase) {
        let mut scene = Scene::set(database).await;
        let (header, claims) = scene.access();
        let key = scene.access_key.clone();
        // Or else nothing below would prove anything.
        let genuine = forge(&header, &claims, &key);
        but(&scene.ada, |ada| ada.access_token = Some(genuine)).get("/me").await.expect(200);

        for alg in ["none", "None", "NONE", "nOnE", "", "hs256", "HS256 "] {
            let header = with(&header, "alg", json!(alg));
            let unsigned = message(&header, &claims);
            for token in [forge(&header, &claims, &key), unsigned.clone(), format!("{unsigned}."), format!("{unsigned}.AA")] {
                scene.invalid(alg, &token).await;
            }
        }
        for token in forge_longer(&header, &claims, &key) {
            scene.invalid("longer", &token).await;
        }
        for (name, value) in [
            ("alg", json!("RS256")), ("alg", json!("ES256")), ("alg", json!("EdDSA")), ("alg", json!(["HS256"])),
            ("alg", json!(null)), ("typ", json!("rt+jwt")), ("typ", json!("JWT")), ("typ", json!(null)),
            ("kid", json!("unknown")), ("kid", json!("../../../../dev/null")), ("kid", json!("/proc/self/environ")),
            ("kid", json!("' OR '1'='1")), ("kid", json!("x' UNION SELECT 'AAAA'; --")), ("kid", json!(null)),
            ("kid", json!("\u{0}")), ("jku", json!("https://evil.example/keys.json")),
            ("x5u", json!("https://evil.example/cert.pem")), ("x5c", json!(["MIIB"])),
            ("jwk", json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(&key), "alg": "HS256"})),
            ("crit", json!(["exp"])), ("crit", json!([])), ("b64", json!(false)), ("zip", json!("DEF")), ("anything", json!(1)),
        ] {
            let header = with(&header, name, value.clone());
            scene.invalid(&format!("{name} {value}"), &forge(&header, &claims, &key)).await;
        }
        for name in ["alg", "typ", "kid"] {
            scene.invalid(name, &forge(&without(&header, name), &claims, &key)).await;
        }
        scene.invalid("empty key", &forge(&header, &claims, "")).await;
        let other = scene.refresh_key.clone();
        scene.invalid("other key", &forge(&header, &claims, &other)).await;
        scene.end().await;
    }

    async fn claims_that_are_missing_or_wrong_are_refused(database: ThrowawayDatabase) {
        let mut scene = Scene::set(database).await;
        let (header, claims) = scene.access();
        let (key, now) = (scene.access_key.clone(), scene.clock.now().as_secs());
        for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
            scene.invalid(name, &forge(&header, &without(&claims, name), &key)).await;
        }
        for name in ["iat", "nbf", "exp"] {
            for value in [
                json!((now + 60) as f64), json!((now + 60).to_string()), json!(true), json!(null), json!([now]),
                json!({"at": now}), json!(u64::MAX), json!(1e300), json!(""),
            ] {
                let claims = with(&claims, name, value.clone());
                scene.invalid(&format!("{name} {value}"), &forge(&header, &claims, &key)).await;
            }
        }
        for (name, value) in [
            ("iss", json!("deskwire2")), ("iss", json!("")), ("iss", json!(["deskwire"])), ("aud", json!("deskwire:refresh")),
            ("aud", json!(["deskwire:api"])), ("aud", json!("DESKWIRE:API")), ("sub", json!("0")), ("sub", json!("9999999")),
            ("sub", json!(scene.ada.user_id)), ("sub", json!("1 OR 1=1")), ("sid", json!("A".repeat(43))),
            ("sid", json!("*")), ("sid", json!("../../x")), ("jti", json!(7)),
            ("nbf", json!(now + 6)), ("nbf", json!(i64::MAX)), ("iat", json!(i64::MAX)), ("exp", json!(-1)), ("exp", json!(i64::MIN)),
        ] {
            let claims = with(&claims, name, value.clone());
            scene.invalid(&format!("{name} {value}"), &forge(&header, &claims, &key)).await;
        }
        scene.end().await;
    }

    async fn altered_cut_and_swollen_tokens_are_refused(database: ThrowawayDatabase) {
        let mut scene = Scene::set(database).await;
        let token = scene.ada.access_token.clone().unwrap();
        for at in (0..token.len()).step_by(13).chain(token.len() - 3..token.len()) {
            scene.invalid("cut", &token[..at]).await;
            let mut flipped = token.clone().into_bytes();
            flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
            scene.invalid("flipped", &String::from_utf8(flipped).unwrap()).await;
        }
        for (label, token) in [
            ("one part more", format!("{token}.AA")), ("padded", format!("{token}=")), ("dots", "...".to_owned()),
            ("twice", format!("{token}{token}")), ("words", "undefined".to_owned()), ("comma", format!("{token},{token}")),
            ("large", "A".repeat(60_000)), ("large dots", ".".repeat(60_000)),
        ] {
            scene.invalid(label, &token).await;
        }
        // More than a frame may hold, so over HTTP only.
        let (header, claims) = scene.access();
        let padded = forge(&header, &with(&claims, "pad", json!("x".repeat(64 * 1024))), &scene.access_key);
        let huge = but(&scene.ada, |ada| ada.access_token = Some(padded));
        huge.get("/me").await.refused(401, "unauthenticated");
        scene.end().await;
    }

    async fn tokens_stand_for_their_own_kind_and_owner_only(database: ThrowawayDatabase) {
        let mut scene = Scene::set(database).await;
        let bob = scene.desk.customer("Bob").await;
        let second = Caller::log_in(&scene.desk.base, &scene.ada.email).await;
        let (refresh, device) = (scene.refresh_token().to_owned(), scene.device_token().to_owned());
        scene.invalid("refresh as access", &refresh).await;
        scene.invalid("device as access", &device).await;
        scene.invalid("another's", bob.access_token.as_deref().unwrap()).await;
        scene.invalid("another session's", second.access_token.as_deref().unwrap()).await;
        // Genuine claims of one's own session under another's name.
        let (header, claims) = scene.access();
        let claims = with(&claims, "sub", json!(bob.user_id.to_string()));
        let key = scene.access_key.clone();
        scene.invalid("other sub", &forge(&header, &claims, &key)).await;

        let access = scene.ada.access_token.clone().unwrap();
        scene.cookie_refused("access as refresh", &access).await;
        scene.cookie_refused("device as refresh", &device).await;
        let (header, claims) = scene.refresh();
        let key = scene.refresh_key.clone();
        for (name, value) in [
            ("aud", json!("deskwire:api")), ("aud", json!("deskwire:device")), ("iss", json!("x")), ("gen", json!(0)),
            ("gen", json!(-1)), ("gen", json!("1")), ("gen", json!(1.0)), ("exp", json!(0)), ("exp", json!("9999999999")),
            ("sub", json!(bob.user_id.to_string())), ("sid", json!("A".repeat(43))), ("sid", json!("}:x")),
        ] {
            let forged = forge(&header, &with(&claims, name, value.clone()), &key);
            scene.cookie_refused(&format!("{name} {value}"), &forged).await;
        }
        for name in ["iss", "aud", "sub", "sid", "gen", "iat", "exp"] {
            scene.cookie_refused(name, &forge(&header, &without(&claims, name), &key)).await;
        }
        for alg in ["none", "HS512", ""] {
            let header = with(&header, "alg", json!(alg));
            scene.cookie_refused(alg, &forge(&header, &claims, &key)).await;
            scene.cookie_refused(alg, &(message(&header, &claims) + ".")).await;
        }
        let other = scene.access_key.clone();
        for (label, forged) in [
            ("other key", forge(&header, &claims, &other)), ("empty", String::new()), ("cut", refresh[..refresh.len() - 1].to_owned()),
            ("large", "A".repeat(60_000)),
        ] {
            scene.cookie_refused(label, &forged).await;
        }
        scene.end().await;
    }

    async fn access_tokens_count_to_the_end_of_the_leeway(database: ThrowawayDatabase) {
        let mut scene = Scene::set(database).await;
        let token = scene.ada.access_token.clone().unwrap();
        let (header, claims) = scene.access();
        let key = scene.access_key.clone();
        let soon = forge(&header, &with(&claims, "nbf", json!(scene.clock.now().as_secs() + 5)), &key);
        but(&scene.ada, |ada| ada.access_token = Some(soon)).get("/me").await.expect(200);

        scene.clock.advance(Duration::from_secs(300 + 4));
        scene.ada.get("/me").await.expect(200);
        let fresh = scene.ada.post_empty("/auth/refresh").await;
        scene.ada.keep(&fresh);
        let auth = json!({"type": "auth", "token": scene.ada.access_token});
        assert_eq!(scene.socket.ask(auth).await["type"], "ok");
        scene.clock.advance(Duration::from_secs(2));
        scene.refused("expired", &token, "token_expired").await;
        scene.end().await;
    }

    async fn ended_sessions_open_nothing_at_any_door(database: ThrowawayDatabase) {
        let scene = Scene::set(database).await;
        let (desk, mira) = (&scene.desk, scene.desk.admin("Mira").await);
        for end in ["logout", "own list", "admin", "role", "disabled", "password", "reset"] {
            let ada = desk.customer("Ada").await;
            let other = Caller::log_in(&desk.base, &ada.email).await;
            let mut late = Handshake::new(&desk.base, &ada).open().await.unwrap();
            let mut open = desk.socket(&ada).await;
            let user = format!("/users/{}", ada.user_id);
            let status = match end {
                "logout" => ada.post_empty("/auth/logout").await.status,
                "own list" => other.delete("/auth/sessions").await.status,
                "admin" => mira.delete(&format!("{user}/sessions")).await.status,
                "role" => mira.patch(&user, json!({"role": "admin"})).await.status,
                "disabled" => mira.patch(&user, json!({"disabled": true})).await.status,
                "password" => {
                    let body = json!({"current_password": testkit::http::PASSWORD, "password": "nine purple lamps at dusk"});
                    other.put("/me/password", body).await.status
                }
                _ => {
                    let link = mira.post(&format!("{user}/reset"), json!({})).await.expect(201);
                    let token = link["url"].as_str().unwrap().split("token=").nth(1).unwrap();
                    let body = json!({"token": token, "password": "nine purple lamps at dusk"});
                    desk.stranger().post("/auth/reset", body).await.status
                }
            };
            assert!(status.is_success(), "{end}: {status}");
            assert_eq!(open.closed().await, 4403, "{end}");
            late.command(json!({"type": "hello", "token": ada.access_token})).await;
            assert_eq!(late.closed().await, 4403, "{end}");
            ada.get("/me").await.refused(401, "unauthenticated");
            ada.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
            let again = Handshake::new(&desk.base, &ada).open().await;
            assert_eq!(again.err(), Some(401), "{end}");
        }
        scene.end().await;
    }

    async fn the_authorization_header_is_read_strictly(database: ThrowawayDatabase) {
        let scene = Scene::set(database).await;
        let token = scene.ada.access_token.clone().unwrap();
        let bare = but(&scene.ada, |ada| ada.access_token = None);
        let get = || bare.request(reqwest::Method::GET, "/me");
        for accepted in [format!("Bearer {token}"), format!("bearer {token}"), format!("BEARER {token}")] {
            bare.send(get().header("authorization", accepted)).await.expect(200);
        }
        for refused in [
            format!("Bearer\t{token}"), format!("Bearer  {token}"), format!("Bearer \t{token}"), format!("Bearer{token}"),
            format!("Basic {token}"), format!("Token {token}"), token.clone(), "Bearer".to_owned(), String::new(),
            format!("Bearer {token},Bearer {token}"), format!("Bearer \"{token}\""), format!("Bearer {token} x"),
            format!("Bearer null, Bearer {token}"), format!("DPoP {token}"), format!("Bearer token={token}"),
        ] {
            let answer = bare.send(get().header("authorization", &refused)).await;
            assert_eq!(answer.status, 401, "{refused:?}");
            answer.refused(401, "unauthenticated");
        }
        let good = format!("Bearer {token}");
        let good = good.as_str();
        for pair in [[good, good], [good, "Bearer x"], ["Bearer x", good], [good, ""]] {
            let request = pair.iter().fold(get(), |request, value| request.header("authorization", *value));
            bare.send(request).await.refused(401, "unauthenticated");
        }
        // Not from anywhere else.
        for path in [format!("/me?access_token={token}"), format!("/me?token={token}")] {
            bare.get(&path).await.refused(401, "unauthenticated");
        }
        let elsewhere = get().header("x-authorization", good).header("proxy-authorization", good);
        bare.send(elsewhere).await.refused(401, "unauthenticated");
        scene.end().await;
    }
}
