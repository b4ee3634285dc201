//! The first admin.

use serde_json::json;
use testkit::http::PASSWORD;
use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn the_printed_token_makes_one_admin_once(desk: Desk) {
        let token = desk.state.setup.reveal().unwrap();
        let body = |token: &str| {
            json!({"token": token, "email": "mira@example.org", "name": "Mira", "password": PASSWORD})
        };
        let mut mira = desk.stranger();
        mira.post("/setup", body("guess")).await.refused(403, "forbidden");

        let answer = mira.post("/setup", body(&token)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        mira.keep(&answer);
        assert_eq!(mira.get("/me").await.expect(200)["role"], "admin");

        mira.post("/setup", body(&token)).await.refused(409, "already_set_up");
        assert_eq!(desk.state.setup.reveal(), None);
        desk.stop().await;
    }

    async fn parallel_set_ups_make_one_admin(desk: Desk) {
        let token = desk.state.setup.reveal().unwrap();
        let attempts: Vec<_> = (0..6)
            .map(|n| {
                let caller = desk.stranger();
                let email = format!("mira{n}@example.org");
                let body = json!({"token": token, "email": email, "name": "Mira", "password": PASSWORD});
                tokio::spawn(async move { caller.post("/setup", body).await.status.as_u16() })
            })
            .collect();
        let mut made = 0;
        for attempt in attempts {
            made += usize::from(attempt.await.unwrap() == 201);
        }
        assert_eq!(made, 1);
        desk.stop().await;
    }

    async fn a_failed_set_up_leaves_the_token_valid(desk: Desk) {
        let token = desk.state.setup.reveal().unwrap();
        let ada = desk.customer("Ada").await;
        let taken = json!({"token": token, "email": ada.email, "name": "M", "password": PASSWORD});
        ada.post("/setup", taken).await.refused(409, "email_taken");
        let body = json!({"token": token, "email": "m@example.org", "name": "M", "password": PASSWORD});
        ada.post("/setup", body).await.expect(201);
        desk.stop().await;
    }

    async fn with_an_admin_there_is_no_token(desk: Desk) {
        desk.admin("Mira").await;
        let database = desk.stop().await;
        let desk = <Desk as testkit::database::Fixture>::start(database).await;
        assert_eq!(desk.state.setup.reveal(), None);
        desk.stop().await;
    }
}
