//! Rights, for every operation of the document: without a session, on the objects of others, without the role.

use serde_json::{Value, json};
use testkit::http::{Answer, Caller};
use testkit::on_every_database;

use super::document::{Names, Operation, Who, World, operations};
use super::tables::contents;
use super::{but, still_serves};
use crate::desk::Desk;

/// An id, a query and a body with its type, each of which is wrong.
const NONSENSE: [(&str, &str, &str, &str); 5] = [
    ("abc", "", "application/json", "[1,"),
    (
        "-1",
        "?limit=1e9&cursor=%00&nonsense=1",
        "text/plain",
        "\u{0}",
    ),
    (
        "99999999999999999999",
        "?q=%ff%fe",
        "application/json",
        "{\"role\": \"admin\"}",
    ),
    (
        "%00",
        "?after=1&before=2&after=3",
        "multipart/form-data",
        "--x",
    ),
    (
        "'%20OR%20'1'='1",
        "?sort=';DROP%20TABLE%20users",
        "application/json",
        "null",
    ),
];

/// An answer without what differs between any two.
fn comparable(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut json = answer.json.clone();
    json["request_id"] = Value::Null;
    let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (answer.status.as_u16(), json, names)
}

/// People whose session is none, or is over.
async fn without_session(desk: &Desk, world: &World) -> Vec<(&'static str, Caller)> {
    let leaver = desk.customer("Leaver").await;
    assert_eq!(leaver.post_empty("/auth/logout").await.status, 204);

    let promoted = desk.customer("Promoted").await;
    let disabled = desk.customer("Disabled").await;
    let ended = desk.customer("Ended").await;
    for (person, change) in [
        (&promoted, json!({"role": "admin"})),
        (&disabled, json!({"disabled": true})),
    ] {
        let path = format!("/users/{}", person.user_id);
        world.mira.patch(&path, change).await.expect(200);
    }
    let path = format!("/users/{}/sessions", ended.user_id);
    assert_eq!(world.mira.delete(&path).await.status, 204);

    vec![
        ("nobody", desk.stranger()),
        ("no cookie", but(&world.ada, |ada| ada.cookie = None)),
        ("no token", but(&world.ada, |ada| ada.access_token = None)),
        (
            "cookie of another",
            but(&world.ada, |ada| ada.cookie = world.mira.cookie.clone()),
        ),
        (
            "token of another",
            but(&world.ada, |ada| {
                ada.access_token = world.mira.access_token.clone()
            }),
        ),
        ("signed out", leaver),
        ("promoted", promoted),
        ("disabled", disabled),
        ("ended by an admin", ended),
    ]
}

on_every_database! {
    async fn the_session_is_judged_before_any_input(desk: Desk) {
        let world = World::of(&desk).await;
        let strangers = without_session(&desk, &world).await;
        let before = contents(&desk.database).await;
        for operation in operations().iter().filter(|operation| operation.needs_session()) {
            for (who, caller) in &strangers {
                let (theirs, _) = world.ids(operation.names);
                let answer = operation.call(caller, &theirs).await;
                answer.refused(401, "unauthenticated");
                assert_eq!(answer.headers["www-authenticate"], "Bearer", "{who}: {}", operation.name);
                for (id, query, kind, body) in NONSENSE {
                    let path = operation.path_of(id) + query;
                    let request = caller.request(operation.method.clone(), &path).header("content-type", kind);
                    let answer = caller.send(request.body(body)).await;
                    assert_eq!(answer.status, 401, "{who}: {} {path}: {}", operation.name, answer.text);
                    answer.refused(401, "unauthenticated");
                }
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, &world.ada).await;
        desk.stop().await;
    }

    async fn what_belongs_to_others_answers_like_what_nobody_has(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let by_id = operations();
        let by_id = by_id.iter().filter(|operation| operation.names != Names::Nothing);
        for operation in by_id {
            let (theirs, missing) = world.ids(operation.names);
            let theirs = operation.call(&world.bob, &theirs).await;
            let missing = operation.call(&world.bob, &missing).await;
            assert_eq!(comparable(&theirs), comparable(&missing), "{}", operation.name);
            let expected = if operation.names == Names::Account { (403, "forbidden") } else { (404, "not_found") };
            theirs.refused(expected.0, expected.1);
            // Not what the path asks for either.
            for id in ["0", "-1", "%00", "1%2F..", "99999999999999999999", "%C3%A9"] {
                let answer = operation.call(&world.bob, id).await;
                assert!(matches!(answer.status.as_u16(), 403 | 404), "{} {id}: {}", operation.name, answer.text);
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, &world.ada).await;
        desk.stop().await;
    }

    async fn ids_in_bodies_and_queries_open_nothing_of_others(desk: Desk) {
        let world = World::of(&desk).await;
        let (bob, ticket) = (&world.bob, world.ticket.parse::<i64>().unwrap());
        let before = contents(&desk.database).await;

        let read = |ids: Value| bob.post("/notifications/read", ids);
        let theirs = read(json!({"ids": [world.notification]})).await;
        assert_eq!(comparable(&theirs), comparable(&read(json!({"ids": [9_999_999]})).await));
        let theirs = read(json!({"ticket_id": ticket})).await;
        assert_eq!(comparable(&theirs), comparable(&read(json!({"ticket_id": 9_999_999})).await));

        let follow = |id: i64| {
            let client_id = uuid::Uuid::new_v4();
            bob.post("/tickets", json!({"client_id": client_id, "title": "x", "description": "x", "follows_id": id}))
        };
        let theirs = follow(ticket).await;
        assert_eq!(theirs.status.as_u16() / 100, 4, "{}", theirs.text);
        assert_eq!(comparable(&theirs), comparable(&follow(9_999_999).await));

        for query in [
            format!("requester={}", world.ada.user_id), format!("assignee={}", world.mira.user_id),
            "q=Printer".to_owned(), "sort=priority&limit=100".to_owned(),
        ] {
            let found = bob.get(&format!("/tickets?{query}")).await.expect(200);
            assert_eq!(found["items"], json!([]), "{query}");
        }
        assert_eq!(bob.get("/notifications").await.expect(200)["items"], json!([]));
        assert_eq!(contents(&desk.database).await, before);
        desk.stop().await;
    }

    async fn what_admins_do_is_not_for_customers(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let operations: Vec<Operation> = operations();
        let accounts = [world.ada.user_id, world.bob.user_id, world.mira.user_id, 9_999_999];
        for operation in operations.iter().filter(|operation| operation.who == Who::Admin) {
            let (ids, expected) = match operation.names {
                // One's own, those of others, an admin's and none: nobody may, whoever it is.
                Names::Account => (accounts.map(|id| id.to_string()).to_vec(), "forbidden"),
                Names::Ticket => (vec![world.ticket.clone()], "forbidden"),
                Names::Nothing => (vec![String::new()], "forbidden"),
                names => panic!("{} is for admins and its {names:?} is not tried", operation.name),
            };
            for id in ids {
                operation.call(&world.ada, &id).await.refused(403, expected);
                let nonsense = world.ada.request(operation.method.clone(), &operation.path_of(&id));
                let answer = world.ada.send(nonsense.json(&json!({"nonsense": 1}))).await;
                assert!(matches!(answer.status.as_u16(), 403 | 422), "{}: {}", operation.name, answer.text);
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        assert_eq!(world.ada.get("/me").await.expect(200)["role"], "user");
        still_serves(&desk, &world.mira).await;
        desk.stop().await;
    }

    async fn no_request_takes_a_field_that_is_not_its_own(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let extra = [
            ("role", json!("admin")), ("owner_id", json!(1)), ("requester_id", json!(1)), ("assignee_id", json!(1)),
            ("status", json!("closed")), ("created_at", json!("2020-01-01T00:00:00Z")), ("id", json!(1)),
            ("session_epoch", json!(99)), ("disabled_at", json!(null)), ("disabled", json!(false)),
            ("user_id", json!(1)), ("actor_id", json!(1)), ("seq", json!(1)), ("head_seq", json!(1)),
            ("email", json!("eve@example.org")), ("password_hash", json!("x")), ("is_admin", json!(true)),
            ("__proto__", json!({"role": "admin"})), ("Role", json!("admin")), ("role ", json!("admin")), ("", json!(1)),
        ];
        for operation in operations().iter().filter(|operation| operation.body().is_some()) {
            let caller = if operation.needs_session() { &world.mira } else { &desk.stranger() };
            let (id, _) = world.ids(operation.names);
            for (field, value) in &extra {
                if operation.fields.iter().any(|own| own == field) {
                    continue;
                }
                let mut body = operation.body().unwrap();
                body[*field] = value.clone();
                let request = caller.request(operation.method.clone(), &operation.path_of(&id));
                let answer = caller.send(request.json(&body)).await;
                assert_eq!(answer.status, 422, "{} took {field:?}: {}", operation.name, answer.text);
                assert_eq!(answer.fields(), [((*field).to_owned(), "unknown_field".to_owned())], "{}", operation.name);
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, &world.mira).await;
        desk.stop().await;
    }
}
