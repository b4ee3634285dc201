//! The indexes of words.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};
use testkit::on_every_database;

use crate::schema::Schema;

/// How many titles and how many bodies have this word.
async fn found(schema: &Schema, word: &str) -> (i64, i64) {
    let is_mysql = schema.connection.get_database_backend() == DbBackend::MySql;
    let count = async |table: &str, column: &str| {
        let sql = if is_mysql {
            let words = format!("MATCH ({column}) AGAINST ('+{word}' IN BOOLEAN MODE)");
            format!("SELECT COUNT(*) AS n FROM {table} WHERE {words}")
        } else {
            format!(
                "SELECT COUNT(*) AS n FROM search_index WHERE search_index MATCH '{column} : {word}'"
            )
        };
        let statement = Statement::from_string(schema.connection.get_database_backend(), sql);
        let row = schema.connection.query_one_raw(statement).await.unwrap();
        row.unwrap().try_get("", "n").unwrap()
    };
    (
        count("tickets", "title").await,
        count("timeline", "body").await,
    )
}

const DESK: [&str; 3] = [
    "INSERT INTO users (id, email, name, password_hash, role, created_at, updated_at) VALUES \
     (1, 'ada@example.org', 'Ada', 'hash', 'user', 0, 0)",
    "INSERT INTO tickets (id, requester_id, title, status, priority, waiting_on, last_seq, \
     last_message_seq, last_message_author_id, last_message_preview, last_message_at, created_at, \
     updated_at) VALUES (1, 1, 'About Printers', 'open', 1, 'staff', 2, 1, 1, 'Please', 0, 0, 0)",
    "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, payload, created_at) VALUES \
     (1, 1, 'created', 1, 'It is the CAFÉ', NULL, 0), (1, 2, 'assigned', 1, NULL, '{}', 0)",
];

on_every_database! {
    async fn what_was_there_before_is_in_the_indexes(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        let steps = migration::status(&schema.connection).await.unwrap();
        let since = steps.iter().position(|step| step.name == "m0012_search_messages").unwrap();
        let since = u32::try_from(steps.len() - since).unwrap();
        migration::down(&schema.connection, Some(since)).await.unwrap();
        for sql in DESK {
            schema.execute(sql).await.unwrap();
        }
        migration::up(&schema.connection).await.unwrap();
        // Frequent words too, whatever the server leaves out by default.
        for (word, expected) in [("printers", (1, 0)), ("about", (1, 0)), ("the", (0, 1)), ("cafe", (0, 1))] {
            assert_eq!(found(&schema, word).await, expected, "{word}");
        }
    }

    async fn what_goes_is_not_found_any_more(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        for sql in DESK {
            schema.execute(sql).await.unwrap();
        }
        assert_eq!(found(&schema, "the").await, (0, 1));
        schema.execute("UPDATE tickets SET title = 'Scanners'").await.unwrap();
        assert_eq!((found(&schema, "printers").await, found(&schema, "scanners").await), ((0, 0), (1, 0)));
        schema.execute("DELETE FROM timeline").await.unwrap();
        schema.execute("DELETE FROM tickets").await.unwrap();
        assert_eq!((found(&schema, "scanners").await, found(&schema, "the").await), ((0, 0), (0, 0)));
    }

    async fn closed_follows_the_status(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        for sql in DESK {
            schema.execute(sql).await.unwrap();
        }
        assert_eq!(schema.count("tickets WHERE closed = 0").await, 1);
        schema.execute("UPDATE tickets SET status = 'closed', closed_at = 1").await.unwrap();
        assert_eq!(schema.count("tickets WHERE closed = 1").await, 1);
        assert!(schema.execute("UPDATE tickets SET closed = 0").await.is_err());
    }
}
