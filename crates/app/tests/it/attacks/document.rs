//! The operations of the API's document, and what each needs: an operation that is missing here fails the tests
//! that walk through all of them.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::http::{Answer, Caller, PASSWORD};
use uuid::Uuid;

use crate::desk::Desk;

/// Who may use an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Anybody,
    /// Whoever has the refresh cookie.
    Cookie,
    SignedIn,
    Admin,
}

/// What the id in a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Nothing,
    Ticket,
    Session,
    Account,
    Category,
    CannedReply,
}

use Names::{Account, CannedReply, Category, Nothing, Session, Ticket};
use Who::{Admin, Anybody, Cookie, SignedIn};

/// Every operation. What takes a body has one in [`body`].
const RULES: &[(&str, Who, Names)] = &[
    ("live", Anybody, Nothing),
    ("ready", Anybody, Nothing),
    ("set_up", Anybody, Nothing),
    ("register", Anybody, Nothing),
    ("log_in", Anybody, Nothing),
    ("reset_password", Anybody, Nothing),
    ("refresh", Cookie, Nothing),
    ("log_out", Cookie, Nothing),
    ("connect_socket", Cookie, Nothing),
    ("list_sessions", SignedIn, Nothing),
    ("end_session", SignedIn, Session),
    ("end_other_sessions", SignedIn, Nothing),
    ("read_me", SignedIn, Nothing),
    ("update_me", SignedIn, Nothing),
    ("change_password", SignedIn, Nothing),
    ("list_users", Admin, Nothing),
    ("read_user", Admin, Account),
    ("list_user_sessions", Admin, Account),
    ("update_user", Admin, Account),
    ("end_user_sessions", Admin, Account),
    ("create_reset_link", Admin, Account),
    ("open_ticket", SignedIn, Nothing),
    ("list_tickets", SignedIn, Nothing),
    ("read_ticket", SignedIn, Ticket),
    ("edit_ticket", Admin, Ticket),
    ("set_ticket_status", SignedIn, Ticket),
    ("read_timeline", SignedIn, Ticket),
    ("send_message", SignedIn, Ticket),
    ("mark_ticket_read", SignedIn, Ticket),
    ("list_notifications", SignedIn, Nothing),
    ("mark_notifications_read", SignedIn, Nothing),
    ("list_categories", SignedIn, Nothing),
    ("create_category", Admin, Nothing),
    ("update_category", Admin, Category),
    ("list_canned_replies", Admin, Nothing),
    ("create_canned_reply", Admin, Nothing),
    ("update_canned_reply", Admin, CannedReply),
    ("delete_canned_reply", Admin, CannedReply),
    ("list_alerts", Admin, Nothing),
    ("read_stats", Admin, Nothing),
    ("search_tickets", SignedIn, Nothing),
    ("count_tickets", Admin, Nothing),
    ("export_tickets", Admin, Nothing),
];

/// A body that would be fine from somebody who may.
fn body(operation: &str) -> Option<Value> {
    let id = Uuid::new_v4();
    let (email, name, token) = ("eve@example.org", "Eve", "x".repeat(43));
    Some(match operation {
        "set_up" => json!({"token": token, "email": email, "name": name, "password": PASSWORD}),
        "register" => json!({"email": email, "name": name, "password": PASSWORD}),
        "log_in" => json!({"email": email, "password": PASSWORD}),
        "reset_password" => json!({"token": token, "password": PASSWORD}),
        "update_me" => json!({"name": name}),
        "change_password" => json!({"current_password": PASSWORD, "password": "nine purple lamps"}),
        "update_user" => json!({"role": "admin", "disabled": true}),
        "open_ticket" => json!({"client_id": id, "title": "x", "description": "x"}),
        "edit_ticket" => json!({"seen_seq": 1, "priority": "low"}),
        "set_ticket_status" => json!({"client_id": id, "status": "closed"}),
        "send_message" => json!({"client_id": id, "body": "x"}),
        "mark_ticket_read" => json!({"seq": 1}),
        "mark_notifications_read" => json!({"ids": [1]}),
        "create_category" => json!({"name": "Travel"}),
        "update_category" => json!({"name": "Travel", "position": 1, "retired": true}),
        "create_canned_reply" => json!({"name": "Hello", "body": "x", "shared": true}),
        "update_canned_reply" => json!({"name": "Hello", "body": "x", "shared": false}),
        _ => return None,
    })
}

/// What its query must have.
fn query(operation: &str) -> &'static str {
    match operation {
        "read_stats" => "?from=2026-01-01&to=2026-01-31",
        _ => "",
    }
}

/// An operation of the document.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: Method,
    /// As [`Caller::request`] takes it, with `{id}`.
    pub(super) path: String,
    pub(super) who: Who,
    pub(super) names: Names,
    /// The names of the fields of its body.
    pub(super) fields: Vec<String>,
}

/// Every operation of the document, with what is known of it here.
pub(crate) fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&app::openapi::json().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(read(&document, path, method, operation));
        }
    }
    assert_eq!(
        operations.len(),
        RULES.len(),
        "an operation is listed twice or is gone"
    );
    operations
}

fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let name = operation["operationId"].as_str().unwrap();
    let rule = RULES.iter().find(|(rule, ..)| *rule == name);
    let Some((_, who, names)) = rule else {
        panic!("{name} is not in attacks/document.rs: say who may use it and what its id names");
    };
    let asks = |scheme: &str| operation["security"][0].get(scheme).is_some();
    assert_eq!(
        asks("access_token"),
        matches!(who, SignedIn | Admin),
        "{name}"
    );
    assert_eq!(asks("refresh_cookie"), *who != Anybody, "{name}");
    assert_eq!(path.contains("{id}"), *names != Nothing, "{name}");
    assert!(
        path.matches('{').count() <= 1,
        "{name} has a parameter that is not tried"
    );

    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let schema = schema.as_str().and_then(|path| path.strip_prefix('#'));
    let schema = schema.map(|path| document.pointer(path).unwrap());
    assert_eq!(
        schema.is_some(),
        body(name).is_some(),
        "{name} has a body or has none"
    );
    let fields = schema.map(|schema| schema["properties"].as_object().unwrap());
    Operation {
        name: name.to_owned(),
        method: method.to_uppercase().parse().unwrap(),
        path: match path.strip_prefix("/api/v1") {
            Some(path) => path.to_owned(),
            None => path.trim_start_matches('/').to_owned(),
        },
        who: *who,
        names: *names,
        fields: fields.map_or_else(Vec::new, |fields| fields.keys().cloned().collect()),
    }
}

impl Operation {
    pub(crate) fn needs_session(&self) -> bool {
        matches!(self.who, SignedIn | Admin)
    }

    pub(super) fn body(&self) -> Option<Value> {
        body(&self.name)
    }

    pub(super) fn path_of(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }

    /// Calls it as its document says, on the object of this id.
    pub(crate) async fn call(&self, caller: &Caller, id: &str) -> Answer {
        let path = self.path_of(id) + query(&self.name);
        let mut request = caller.request(self.method.clone(), &path);
        if let Some(body) = self.body() {
            request = request.json(&body);
        }
        caller.send(request).await
    }
}

/// A desk with something in every table.
pub(super) struct World {
    pub(super) ada: Caller,
    pub(super) bob: Caller,
    pub(super) mira: Caller,
    /// Ada's ticket, with a message, a note and an edit of Mira's.
    pub(super) ticket: String,
    /// The public name of another session of Ada's.
    pub(super) session: String,
    /// A notification of Ada's, unread.
    pub(super) notification: i64,
    /// A canned reply of Mira's own.
    pub(super) canned_reply: String,
}

impl World {
    pub(super) async fn of(desk: &Desk) -> World {
        let mira = desk.admin("Mira").await;
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        Caller::log_in(&desk.base, &ada.email).await;
        let ticket = ada.open_ticket("Printer").await;
        mira.say(ticket, "Which floor?").await;
        let note = json!({"client_id": Uuid::new_v4(), "body": "Again", "kind": "note"});
        let path = format!("/tickets/{ticket}");
        mira.post(&format!("{path}/messages"), note)
            .await
            .expect(201);
        let edit = json!({"seen_seq": 3, "assignee_id": mira.user_id, "priority": "high"});
        mira.patch(&path, edit).await.expect(200);
        mira.put(&format!("{path}/read"), json!({"seq": 3}))
            .await
            .expect(200);
        mira.post(&format!("/users/{}/reset", bob.user_id), json!({}))
            .await
            .expect(201);
        let reply = json!({"name": "Floor", "body": "Which floor?", "shared": false});
        let reply = mira.post("/canned-replies", reply).await.expect(201);

        let told = ada.get("/notifications").await.expect(200);
        let sessions = ada.get("/auth/sessions").await.expect(200);
        let others = sessions["items"].as_array().unwrap().iter();
        let other = others.clone().find(|session| session["current"] == false);
        World {
            notification: told["items"][0]["id"].as_i64().unwrap(),
            canned_reply: reply["id"].to_string(),
            session: other.unwrap()["id"].as_str().unwrap().to_owned(),
            ticket: ticket.to_string(),
            ada,
            bob,
            mira,
        }
    }

    /// The id of an object of Ada's, and one of the same form that nobody has.
    pub(super) fn ids(&self, names: Names) -> (String, String) {
        match names {
            Nothing => (String::new(), String::new()),
            Ticket => (self.ticket.clone(), "9999999".to_owned()),
            Session => (self.session.clone(), "x".repeat(self.session.len())),
            Account => (self.ada.user_id.to_string(), "9999999".to_owned()),
            Category => ("1".to_owned(), "9999999".to_owned()),
            CannedReply => (self.canned_reply.clone(), "9999999".to_owned()),
        }
    }
}
