//! Connecting.

use std::time::Duration;

use repository::{DatabaseOptions, Db};
use testkit::database::ThrowawayDatabase;
use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn migrating_twice_does_nothing_more(desk: Desk) {
        desk.db.migrate().await.unwrap();
        assert!(desk.db.migration_status().await.unwrap().iter().all(|step| step.applied));
        desk.db.ping().await.unwrap();
    }

    async fn migrations_can_be_taken_back(desk: Desk) {
        desk.db.migrate_down(Some(1)).await.unwrap();
        let steps = desk.db.migration_status().await.unwrap();
        assert_eq!(steps.iter().filter(|step| !step.applied).count(), 1);
        desk.db.migrate_down(None).await.unwrap();
        assert!(desk.db.migration_status().await.unwrap().iter().all(|step| !step.applied));
    }

    async fn a_pool_that_is_exhausted_is_unavailable(database: ThrowawayDatabase) {
        let options = DatabaseOptions {
            max_connections: 1,
            acquire_timeout: Duration::from_millis(300),
            ..DatabaseOptions::new(database.url())
        };
        let db = Db::connect(&options).await.unwrap();
        let busy = db.begin().await.unwrap();
        let error = db.begin().await.err().unwrap();
        assert!(error.is_unavailable() && !error.is_retryable());
        drop(busy);
        assert!(db.begin().await.is_ok());
    }

    async fn a_closed_database_is_unavailable(desk: Desk) {
        desk.db.close().await.unwrap();
        assert!(desk.db.ping().await.unwrap_err().is_unavailable());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable_and_its_password_unsaid() {
    let options = DatabaseOptions {
        acquire_timeout: Duration::from_millis(300),
        ..DatabaseOptions::new("mysql://deskwire:hunter2@127.0.0.1:1/deskwire")
    };
    let error = Db::connect(&options).await.err().unwrap();
    assert!(error.is_unavailable());
    assert!(!format!("{error} {error:?} {options:?}").contains("hunter2"));
}

#[tokio::test]
async fn malformed_urls_are_refused_without_being_repeated() {
    for url in [
        "",
        "postgres://u:hunter2@h/d",
        "mysql://u:hunter2@h:99999/d",
        "sqlite::memory:",
    ] {
        let error = Db::connect(&DatabaseOptions::new(url)).await.err().unwrap();
        assert!(!error.to_string().contains("hunter2"), "{url}");
        assert!(!error.is_unavailable());
    }
}

#[tokio::test]
async fn an_sqlite_file_may_have_any_name() {
    let database = ThrowawayDatabase::sqlite();
    let folder = database.file().unwrap().with_file_name("a folder? 100% #1");
    let file = folder.join("desk wire.db");
    let db = Db::connect(&DatabaseOptions::sqlite(&file)).await.unwrap();
    db.migrate().await.unwrap();
    assert!(file.exists());
}

#[tokio::test]
async fn a_new_sqlite_file_can_be_opened_by_many_at_once() {
    let database = ThrowawayDatabase::sqlite();
    let openers: Vec<_> = (0..8)
        .map(|_| {
            let options = DatabaseOptions::new(database.url());
            tokio::spawn(async move {
                let db = Db::connect(&options).await.unwrap();
                db.migrate().await.unwrap();
            })
        })
        .collect();
    for opener in openers {
        opener.await.unwrap();
    }
}
