//! A Redis that lost or resurrected data, whatever had ended the sessions that it holds again.

use serde_json::json;
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::{Caller, PASSWORD};
use testkit::redis::{self, Gate};
use testkit::redis_keys::{self, SavedKeys};
use testkit::socket::Handshake;

use super::{becomes, desk_with_redis, moved};
use crate::desk::Desk;

const NEW_PASSWORD: &str = "nine purple lamps at dusk";

/// Somebody whose session is about to end in some way.
struct Ending {
    how: &'static str,
    /// Whose session ends.
    ada: Caller,
    /// Another session of the same account.
    other: Caller,
    /// A refresh token of that session which was used up before.
    stolen: Caller,
}

const WAYS: [&str; 9] = [
    "signed out",
    "ended by name",
    "ended with all others",
    "ended by an admin",
    "another role",
    "disabled",
    "another password",
    "a password by link",
    "reused",
];

impl Ending {
    async fn prepare(how: &'static str, desk: &Desk) -> Ending {
        let stolen = desk.customer("Ada").await;
        let mut ada = stolen.clone();
        for _ in 0..2 {
            let answer = ada.post_empty("/auth/refresh").await;
            ada.keep(&answer);
            ada.get("/me").await.expect(200);
        }
        let other = Caller::log_in(&desk.base, &ada.email).await;
        Ending {
            how,
            ada,
            other,
            stolen,
        }
    }

    async fn happen(&self, desk: &Desk, mira: &Caller) {
        let (ada, other) = (&self.ada, &self.other);
        let user = format!("/users/{}", ada.user_id);
        let status = match self.how {
            "signed out" => ada.post_empty("/auth/logout").await.status,
            "ended by name" => {
                let sessions = other.get("/auth/sessions").await.expect(200);
                let mut sessions = sessions["items"].as_array().unwrap().iter();
                let name = sessions.find(|session| session["current"] == false);
                let name = name.unwrap()["id"].as_str().unwrap();
                other.delete(&format!("/auth/sessions/{name}")).await.status
            }
            "ended with all others" => other.delete("/auth/sessions").await.status,
            "ended by an admin" => mira.delete(&format!("{user}/sessions")).await.status,
            "another role" => mira.patch(&user, json!({"role": "admin"})).await.status,
            "disabled" => mira.patch(&user, json!({"disabled": true})).await.status,
            "another password" => {
                let body = json!({"current_password": PASSWORD, "password": NEW_PASSWORD});
                other.put("/me/password", body).await.status
            }
            "a password by link" => {
                let link = mira.post_empty(&format!("{user}/reset")).await.expect(201);
                let token = link["url"].as_str().unwrap().split("token=").nth(1);
                let body = json!({"token": token, "password": NEW_PASSWORD});
                desk.stranger().post("/auth/reset", body).await.status
            }
            _ => {
                let reused = self.stolen.post_empty("/auth/refresh").await;
                reused.refused(401, "unauthenticated");
                return;
            }
        };
        assert!(status.is_success(), "{}: {status}", self.how);
    }

    async fn is_over(&self, desk: &Desk) {
        for caller in [&self.ada, &self.stolen] {
            let answer = caller.get("/me").await;
            assert_eq!(answer.status, 401, "{}: {}", self.how, answer.text);
            let answer = caller.post_empty("/auth/refresh").await;
            assert_eq!(answer.status, 401, "{}: {}", self.how, answer.text);
            let handshake = Handshake::new(&desk.base, caller).open().await;
            assert_eq!(handshake.err(), Some(401), "{}", self.how);
        }
    }
}

#[test]
fn a_redis_that_lost_or_resurrected_data_revives_nobody() {
    on_mysql(|database: ThrowawayDatabase| async {
        let (gate, prefix) = (Gate::open().await.unwrap(), redis::key_prefix());
        let desk = desk_with_redis(database, gate.url(), &prefix).await;
        let (mira, bob) = (desk.admin("Mira").await, desk.customer("Bob").await);
        let mut ended = Vec::new();
        for how in WAYS {
            let ending = Ending::prepare(how, &desk).await;
            let before = SavedKeys::of(&prefix).await.unwrap();
            ending.happen(&desk, &mira).await;
            ending.is_over(&desk).await;

            // Redis is back with what it held a moment before.
            gate.cut();
            before.put_back().await.unwrap();
            gate.pretend_restart();
            gate.restore();
            becomes(401, async || ending.ada.get("/me").await).await;
            ending.is_over(&desk).await;
            bob.get("/me").await.expect(200);
            ended.push(ending);
        }

        // Once more with the oldest of all: none of them comes back, not even with a node that starts now.
        for ending in &ended {
            ending.is_over(&desk).await;
        }
        let node = desk.another_node().await;
        let bob_there = moved(&bob, &node.base);
        becomes(200, async || bob_there.get("/me").await).await;
        for ending in &ended {
            moved(&ending.ada, &node.base)
                .get("/me")
                .await
                .refused(401, "unauthenticated");
        }
        node.stop().await;

        // Everything lost: everybody has to sign in again, and can.
        gate.cut();
        redis_keys::forget(&prefix).await.unwrap();
        gate.pretend_restart();
        gate.restore();
        becomes(401, async || bob.get("/me").await).await;
        for ending in &ended {
            ending.is_over(&desk).await;
        }
        let bob = Caller::log_in(&desk.base, &bob.email).await;
        bob.get("/me").await.expect(200);
        desk.stop().await;
    });
}
