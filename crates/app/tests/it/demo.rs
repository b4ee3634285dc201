//! `deskwire demo`, as an operator calls it.

use serde_json::json;
use testkit::database::ThrowawayDatabase;
use testkit::http::Caller;
use testkit::on_every_database;

use crate::cli::{Serving, deskwire, output, text};

on_every_database! {
    async fn the_demonstration_fills_an_empty_database_once(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let demo = || {
            let mut command = deskwire(folder.path(), Some(&database));
            command.arg("demo");
            output(command, "")
        };
        let filled = demo();
        assert!(filled.status.success(), "{}", text(&filled.stderr));
        let printed = text(&filled.stdout);
        let password = printed.trim().rsplit(' ').next().unwrap();

        let serving = Serving::start(deskwire(folder.path(), Some(&database)));
        let mut mira = Caller::new(&serving.base);
        let answer = mira.post("/auth/login", json!({"email": "mira@desk.example", "password": password})).await;
        mira.keep(&answer);
        let tickets = mira.get("/tickets?sort=created&limit=100").await.expect(200);
        let tickets = tickets["items"].as_array().unwrap();
        assert!(printed.contains(&format!("Made {} tickets.", tickets.len())), "{printed}");
        assert!(tickets.iter().any(|ticket| ticket["status"] == "closed"));

        let again = demo();
        assert!(!again.status.success());
        assert!(text(&again.stderr).contains("the database is not empty"));
        assert!(text(&again.stderr).contains("remove that database and begin again"));
    }

    async fn the_demonstration_grows_once_to_as_many_tickets_as_asked_for(database: ThrowawayDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let demo = |arguments: &[&str]| {
            let mut command = deskwire(folder.path(), Some(&database));
            command.arg("demo").args(arguments);
            output(command, "")
        };
        assert!(!demo(&["--seed", "5"]).status.success());
        assert!(!demo(&["--tickets", "0"]).status.success());
        let stories = demo(&[]);
        assert!(stories.status.success(), "{}", text(&stories.stderr));
        let crowd = demo(&["--tickets", "500", "--seed", "5"]);
        assert!(crowd.status.success(), "{}", text(&crowd.stderr));
        // It is no terminal, and smaller than what is stored at once.
        assert_eq!(text(&crowd.stderr), "100 %\n");
        let printed = text(&crowd.stdout);
        let password = printed.trim().rsplit(' ').next().unwrap();

        let again = demo(&["--tickets", "500"]);
        assert!(text(&again.stderr).contains("the database is not empty"));

        let serving = Serving::start(deskwire(folder.path(), Some(&database)));
        let mut agent = Caller::new(&serving.base);
        let answer = agent.post("/auth/login", json!({"email": "agent1@desk.example", "password": password})).await;
        agent.keep(&answer);
        let mut page = agent.get("/tickets?limit=100").await.expect(200);
        let mut tickets = 0;
        let unread = page["items"][0]["unread"].clone();
        assert!(unread.is_number());
        loop {
            tickets += page["items"].as_array().unwrap().len();
            let Some(next) = page["next_cursor"].as_str() else { break };
            page = agent.get(&format!("/tickets?limit=100&cursor={next}")).await.expect(200);
        }
        assert_eq!(tickets, 508);
        assert_eq!(agent.get("/notifications").await.expect(200)["unread"], 0);
        // The next ticket gets a number of its own.
        agent.open_ticket("Something new").await;
    }
}
