//! Input that is too deep, too large, forged or no text, and paths that lead out of the web app.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::on_every_database;
use uuid::Uuid;

use super::document::{World, operations};
use super::raw::{exchange, statuses};
use super::still_serves;
use super::tables::contents;
use crate::desk::Desk;

on_every_database! {
    async fn deep_large_and_packed_bodies_are_refused_everywhere(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let arrays = "[".repeat(10_000) + &"]".repeat(10_000);
        let objects = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
        for operation in operations().iter().filter(|operation| operation.body().is_some()) {
            let (id, _) = world.ids(operation.names);
            let path = operation.path_of(&id);
            let post = || {
                let request = world.mira.request(operation.method.clone(), &path);
                request.header("content-type", "application/json")
            };
            let field = &operation.fields[0];
            for deep in [&arrays, &objects] {
                for body in [deep.clone(), format!("{{\"{field}\": {deep}}}"), format!("{{\"x\": {deep}}}")] {
                    let answer = world.mira.send(post().body(body)).await;
                    assert!(matches!(answer.status.as_u16(), 400 | 422), "{path}: {}", answer.text);
                    assert!(answer.text.len() < 1_000, "{path} repeats the input");
                }
            }
            let large = format!("{{\"{field}\": \"{}\"}}", "x".repeat(300_000));
            world.mira.send(post().body(large)).await.refused(413, "payload_too_large");
            for encoding in ["gzip", "br", "deflate", "identity", "zstd", "x"] {
                let packed = post().header("content-encoding", encoding).body(vec![31, 139, 8, 0]);
                world.mira.send(packed).await.refused(415, "unsupported_media_type");
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, &world.mira).await;
        desk.stop().await;
    }

    async fn a_body_of_unknown_length_ends_at_the_limit(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
        let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
            Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        let answers = exchange(&desk, format!("{head}{}0\r\n\r\n", chunk.repeat(9)).as_bytes()).await;
        assert_eq!(statuses(&answers), [413], "{answers}");
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn forged_places_and_limits_are_refused_or_harmless(desk: Desk) {
        let world = World::of(&desk).await;
        let extreme = ["0000000000000000", "ffffffffffffffff", "8000000000000000", "7fffffffffffffff"];
        let mut cursors: Vec<String> = vec![
            String::new(), "x".repeat(34), "é".repeat(17), "0".repeat(33), "0".repeat(35), "%00".to_owned(), "'".repeat(34),
            "../../etc/passwd".to_owned(), "eyJpZCI6MX0=".to_owned(), "0".repeat(10_000),
        ];
        for order in ["00", "01", "02", "03", "04", "ff", "FF", "+1"] {
            for key in extreme {
                cursors.extend(extreme.map(|id| format!("{order}{key}{id}")));
            }
        }
        for list in ["/tickets?", "/tickets?sort=created&", "/tickets?sort=priority&", "/notifications?"] {
            for cursor in &cursors {
                let answer = world.mira.get(&format!("{list}cursor={cursor}")).await;
                assert!(matches!(answer.status.as_u16(), 200 | 422), "{list}{cursor}: {}", answer.text);
                if answer.status == 422 {
                    assert_eq!(answer.fields()[0].0, "cursor", "{cursor}: {}", answer.text);
                }
            }
            for limit in ["1e9", "1000000000", "0", "-1", "18446744073709551616", "1.5", "%00", "0x10", "", "NaN"] {
                let answer = world.mira.get(&format!("{list}limit={limit}")).await;
                answer.refused(422, "invalid");
                assert_eq!(answer.fields()[0].0, "limit", "{limit}");
            }
        }
        let timeline = format!("/tickets/{}/timeline", world.ticket);
        for place in ["after=9223372036854775807", "before=9223372036854775807", "before=0", "after=-9223372036854775808", "after=1e3", "before="] {
            let answer = world.mira.get(&format!("{timeline}?{place}&limit=100")).await;
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{place}: {}", answer.text);
        }
        let read = timeline.replace("timeline", "read");
        for seq in [json!(i64::MAX), json!(u64::MAX), json!(-1), json!(1.5), json!("1"), json!(1e300)] {
            world.ada.put(&read, json!({"seq": seq})).await.refused(422, "invalid");
        }
        still_serves(&desk, &world.mira).await;
        desk.stop().await;
    }

    async fn what_is_no_text_is_refused_and_what_is_one_is_kept(desk: Desk) {
        let world = World::of(&desk).await;
        let ada = &world.ada;
        let timeline = format!("/tickets/{}", world.ticket);
        let texts: [(Method, &str, Value, &str); 4] = [
            (Method::PATCH, "/me", json!({}), "name"),
            (Method::POST, "/tickets", json!({"client_id": Uuid::new_v4(), "description": "x"}), "title"),
            (Method::POST, "/tickets", json!({"client_id": Uuid::new_v4(), "title": "x"}), "description"),
            (Method::POST, &format!("{timeline}/messages"), json!({"client_id": Uuid::new_v4()}), "body"),
        ];
        let before = contents(&desk.database).await;
        for (method, path, body, field) in &texts {
            let send = |value: &str| {
                let mut body = body.to_string();
                body.truncate(body.len() - 1);
                let comma = if body.len() > 1 { "," } else { "" };
                let request = ada.request(method.clone(), path).header("content-type", "application/json");
                ada.send(request.body(format!("{body}{comma}\"{field}\": \"{value}\"}}")))
            };
            for lone in ["\\ud800", "x\\udfff", "\\udc00\\ud800", "\\ud83d"] {
                send(lone).await.refused(400, "malformed_json");
            }
            for control in ["\\u0000", "a\\u0000b", "\\u001b[31mred", "\\u0007", "a\\u0085b", "x\\u007fy"] {
                let answer = send(control).await;
                answer.refused(422, "invalid");
                assert_eq!(answer.fields(), [((*field).to_owned(), "control_characters".to_owned())], "{control}");
            }
            if *field == "name" || *field == "title" {
                for broken in ["a\\r\\nSet-Cookie: x=1", "a\\nb", "a\\tb"] {
                    let answer = send(broken).await;
                    assert_eq!(answer.status, 422, "{field} {broken}: {}", answer.text);
                }
            }
        }
        // Raw bytes that are no UTF-8, and searches for nothing that can be.
        let bytes = ada.request(Method::PATCH, "/me").header("content-type", "application/json");
        ada.send(bytes.body(b"{\"name\": \"\xff\xed\xa0\x80\"}".to_vec())).await.refused(400, "malformed_json");
        for text in ["%00", "%ff%fe", "%ed%a0%80", "%c0%ae", "'%20OR%201=1--", "%25", "_", "%5C", "%22%27%60;", &"x".repeat(5_000)] {
            let found = world.mira.get(&format!("/tickets?q={text}")).await;
            assert!(matches!(found.status.as_u16(), 200 | 422), "{text}: {}", found.text);
            assert!(found.status == 422 || found.json["items"] == json!([]), "{text}: {}", found.text);
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, ada).await;
        desk.stop().await;
    }

    async fn a_client_writes_no_headers_of_the_answer(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let cookie = ada.cookie.clone().unwrap();
        let token = ada.access_token.clone().unwrap();
        for agent in ["\u{1b}[2J\u{1b}[31mroot", "a\tb", "é\u{ff}", "{\"level\":\"ERROR\"}", "%0d%0aSet-Cookie: x=1"] {
            let request = format!(
                "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\nCookie: {cookie}\r\n\
                 Authorization: Bearer {token}\r\nConnection: close\r\n\r\n"
            );
            let answers = exchange(&desk, request.as_bytes()).await;
            assert!(matches!(statuses(&answers)[..], [200 | 400]), "{agent:?}: {answers}");
        }
        for path in [
            "/api/docs%0d%0aSet-Cookie:x=1", "/api/docs?%0d%0aSet-Cookie:x=1", "/%0d%0aSet-Cookie:x=1", "/api/v1/%0aX:y",
            "/api/v1/tickets/1%0d%0aX:y", "/login%E2%80%A8x", "/api/docs/%0d%0aLocation:x",
        ] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            let answers = exchange(&desk, request.as_bytes()).await;
            let head = answers.split("\r\n\r\n").next().unwrap().to_lowercase();
            assert!(!head.contains("set-cookie") && !head.contains("\nx:"), "{path}: {head}");
            assert!(statuses(&answers)[0] < 500, "{path}: {head}");
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn no_path_leads_out_of_the_web_app(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let ups = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f", "..;/", "%c0%ae%c0%ae/", "....//", ".%00./", "/"];
        let files = ["etc/passwd", "Cargo.toml", "web/package.json", "data/deskwire.db", "proc/self/environ"];
        for begin in ["/", "/assets/", "/api/docs/", "/api/v1/"] {
            for up in ups {
                for (file, times) in files.iter().zip([8, 2, 3, 1, 8]) {
                    let path = format!("{begin}{}{file}", up.repeat(times));
                    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                    let answers = exchange(&desk, request.as_bytes()).await;
                    let status = statuses(&answers);
                    assert!(matches!(status[..], [200 | 301 | 307 | 308 | 400 | 404]), "{path}: {answers}");
                    assert!(status != [200] || answers.contains("<div id=\"root\">"), "{path}: {answers}");
                    for secret in ["root:x:0", "[workspace]", "devDependencies", "SQLite format", "PATH="] {
                        assert!(!answers.contains(secret), "{path}: {answers}");
                    }
                }
            }
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }
}
