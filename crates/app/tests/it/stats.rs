//! Statistics, as admins ask for them.

use std::sync::Arc;
use std::time::Duration;

use domain::Timestamp;
use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::ThrowawayDatabase;
use testkit::http::Caller;
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

/// 2026-03-29T23:57:00Z.
const LATE: Timestamp = Timestamp(1_774_828_620_000_000);

async fn stats(caller: &Caller, query: &str) -> Value {
    caller.get(&format!("/stats?{query}")).await.expect(200)
}

async fn set_status(caller: &Caller, id: i64, status: &str) {
    let body = json!({"client_id": Uuid::new_v4(), "status": status});
    caller
        .put(&format!("/tickets/{id}/status"), body)
        .await
        .expect(200);
}

on_every_database! {
    async fn a_day_on_the_desk_is_counted_where_its_clock_says(database: ThrowawayDatabase) {
        let clock = ManualClock::new();
        clock.set(LATE);
        let desk = Desk::start_with(database, Arc::new(clock.clone())).await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let categories = ada.get("/categories").await.expect(200);
        let billing = categories["items"][2].clone();
        let new = json!({
            "client_id": Uuid::new_v4(), "title": "x", "description": "x", "category_id": billing["id"],
        });
        let first = ada.post("/tickets", new).await.expect(201)["id"].as_i64().unwrap();
        let second = ada.open_ticket("Untouched").await;
        clock.advance(Duration::from_secs(100));
        let note = json!({"client_id": Uuid::new_v4(), "body": "Hm", "kind": "note"});
        mira.post(&format!("/tickets/{first}/messages"), note).await.expect(201);
        clock.advance(Duration::from_secs(27));
        mira.say(first, "Which floor?").await;
        let take = json!({"seen_seq": 3, "assignee_id": mira.user_id});
        let path = format!("/tickets/{first}");
        mira.patch(&path, take).await.expect(200);
        clock.advance(Duration::from_secs(150));
        set_status(&mira, first, "resolved").await;
        set_status(&ada, first, "closed").await;
        set_status(&mira, second, "pending").await;

        let utc = stats(&mira, "from=2026-03-29&to=2026-03-30").await;
        let day = |date: &str, opened, closed| json!({"date": date, "opened": opened, "closed": closed});
        assert_eq!(utc["days"], json!([day("2026-03-29", 2, 0), day("2026-03-30", 0, 1)]));
        assert_eq!((&utc["from"], &utc["to"]), (&json!("2026-03-29"), &json!("2026-03-30")));
        assert_eq!(utc["totals"], json!({
            "opened": 2, "closed": 1, "open_now": 1, "unassigned_now": 1, "waiting_now": 0,
        }));
        let answered = json!({"count": 1, "median_seconds": 127, "p90_seconds": 127});
        // 277 s, less what seven binary digits do not hold.
        let resolved = json!({"count": 1, "median_seconds": 276, "p90_seconds": 276});
        let none = json!({"count": 0, "median_seconds": null, "p90_seconds": null});
        assert_eq!((&utc["first_response"], &utc["resolution"]), (&answered, &resolved));
        let group = |of: &str, key: Value, opened: &str, counts: [i64; 2], first: &Value, last: &Value| json!({
            of: key, opened: counts[0], "closed": counts[1], "first_response": first, "resolution": last,
        });
        let category = json!({"id": billing["id"], "name": billing["name"]});
        assert_eq!(utc["by_category"], json!([
            group("category", category, "opened", [1, 1], &answered, &resolved),
            group("category", Value::Null, "opened", [1, 0], &none, &none),
        ]));
        let admin = json!({"id": mira.user_id, "name": "Mira", "role": "admin"});
        assert_eq!(utc["by_admin"], json!([
            group("admin", admin, "assigned", [1, 1], &answered, &resolved),
            group("admin", Value::Null, "assigned", [1, 0], &none, &none),
        ]));
        let statuses = ["open", "in_progress", "pending", "resolved", "closed"].into_iter().zip([0, 0, 1, 0, 1]);
        let statuses: Vec<_> = statuses.map(|(status, count)| json!({"status": status, "count": count})).collect();
        assert_eq!(utc["by_status"], json!(statuses));

        // In Berlin it was the day after; on that day all of it happened.
        let berlin = stats(&mira, "from=2026-03-29&to=2026-03-30&utc_offset_minutes=120").await;
        assert_eq!(berlin["days"], json!([day("2026-03-29", 0, 0), day("2026-03-30", 2, 1)]));
        let before = stats(&mira, "from=2026-03-29&to=2026-03-29").await;
        assert_eq!((&before["first_response"], &before["resolution"]), (&answered, &none));

        // Taken up again it is neither closed nor resolved.
        set_status(&mira, first, "open").await;
        let again = stats(&mira, "from=2026-03-29&to=2026-03-30").await;
        assert_eq!((&again["totals"]["closed"], &again["resolution"]), (&json!(0), &none));
        assert_eq!((&again["totals"]["open_now"], &again["totals"]["waiting_now"]), (&json!(2), &json!(1)));
        desk.stop().await;
    }

    async fn only_admins_see_statistics_and_only_of_a_period(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        ada.get("/stats?from=2026-01-01&to=2026-01-02").await.refused(403, "forbidden");
        desk.stranger().get("/stats?from=2026-01-01&to=2026-01-02").await.refused(401, "unauthenticated");
        for (query, field, code) in [
            ("from=2026-01-02&to=2026-01-01", "to", "out_of_range"),
            ("from=2025-01-01&to=2026-01-02", "to", "out_of_range"),
            ("from=-009999-01-01&to=9999-12-31", "to", "out_of_range"),
            ("from=2026-01-01", "to", "missing"),
            ("to=2026-01-01", "from", "missing"),
            ("from=2026-02-29&to=2026-03-01", "from", "wrong_type"),
            ("from=2026-01-01T00:00&to=2026-03-01", "from", "wrong_type"),
            ("from=2026-01-01&to=2026-01-02&utc_offset_minutes=841", "utc_offset_minutes", "out_of_range"),
            ("from=2026-01-01&to=2026-01-02&utc_offset_minutes=-841", "utc_offset_minutes", "out_of_range"),
            ("from=2026-01-01&to=2026-01-02&utc_offset_minutes=1.5", "utc_offset_minutes", "wrong_type"),
            ("from=2026-01-01&to=2026-01-02&user=1", "user", "unknown_field"),
        ] {
            let answer = mira.get(&format!("/stats?{query}")).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.fields(), [(field.to_owned(), code.to_owned())], "{query}");
        }
        for (query, days) in [
            ("from=2025-01-01&to=2026-01-01", 366), ("from=2026-01-01&to=2026-01-01&utc_offset_minutes=-840", 1),
            ("from=9999-12-30&to=9999-12-30&utc_offset_minutes=840", 1), ("from=0001-01-01&to=0001-02-01", 32),
        ] {
            assert_eq!(stats(&mira, query).await["days"].as_array().unwrap().len(), days, "{query}");
        }
        desk.stop().await;
    }
}
