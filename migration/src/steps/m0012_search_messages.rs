//! Finds messages, notes and descriptions by their words; on SQLite titles too.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::full_text;

const INDEX: &str = "ft_timeline_body";

/// On SQLite the index is a table of its own, which holds words and no texts. Triggers keep it in step, so that
/// no write can forget it. Its rows are numbered by a table beside it: those of the timeline have no number
/// that lasts (VACUUM gives new ones). A title has the seq 0.
const SQLITE: [&str; 11] = [
    "CREATE TABLE search_texts (id INTEGER PRIMARY KEY, ticket_id BIGINT NOT NULL, \
     seq BIGINT NOT NULL, UNIQUE (ticket_id, seq))",
    "CREATE VIRTUAL TABLE search_index USING fts5(title, body, content = '', contentless_delete = 1, \
     tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc' tokenchars '_'\")",
    "INSERT INTO search_texts (ticket_id, seq) SELECT ticket_id, seq FROM timeline \
     WHERE body IS NOT NULL ORDER BY created_at",
    "INSERT INTO search_index (rowid, body) SELECT s.id, t.body FROM search_texts s \
     JOIN timeline t ON t.ticket_id = s.ticket_id AND t.seq = s.seq ORDER BY s.id",
    "INSERT INTO search_texts (ticket_id, seq) SELECT id, 0 FROM tickets ORDER BY id",
    "INSERT INTO search_index (rowid, title) SELECT s.id, t.title FROM search_texts s \
     JOIN tickets t ON t.id = s.ticket_id WHERE s.seq = 0 ORDER BY s.id",
    "CREATE TRIGGER search_timeline_insert AFTER INSERT ON timeline WHEN NEW.body IS NOT NULL BEGIN \
     INSERT INTO search_texts (ticket_id, seq) VALUES (NEW.ticket_id, NEW.seq); \
     INSERT INTO search_index (rowid, body) SELECT id, NEW.body FROM search_texts \
     WHERE ticket_id = NEW.ticket_id AND seq = NEW.seq; END",
    "CREATE TRIGGER search_timeline_delete AFTER DELETE ON timeline WHEN OLD.body IS NOT NULL BEGIN \
     DELETE FROM search_index WHERE rowid = (SELECT id FROM search_texts \
     WHERE ticket_id = OLD.ticket_id AND seq = OLD.seq); \
     DELETE FROM search_texts WHERE ticket_id = OLD.ticket_id AND seq = OLD.seq; END",
    "CREATE TRIGGER search_tickets_insert AFTER INSERT ON tickets BEGIN \
     INSERT INTO search_texts (ticket_id, seq) VALUES (NEW.id, 0); \
     INSERT INTO search_index (rowid, title) SELECT id, NEW.title FROM search_texts \
     WHERE ticket_id = NEW.id AND seq = 0; END",
    "CREATE TRIGGER search_tickets_delete AFTER DELETE ON tickets BEGIN \
     DELETE FROM search_index WHERE rowid = (SELECT id FROM search_texts \
     WHERE ticket_id = OLD.id AND seq = 0); \
     DELETE FROM search_texts WHERE ticket_id = OLD.id AND seq = 0; END",
    // Most updates of a ticket say the same title again.
    "CREATE TRIGGER search_tickets_update AFTER UPDATE OF title ON tickets \
     WHEN NEW.title <> OLD.title COLLATE BINARY BEGIN \
     DELETE FROM search_index WHERE rowid = (SELECT id FROM search_texts \
     WHERE ticket_id = OLD.id AND seq = 0); \
     INSERT INTO search_index (rowid, title) SELECT id, NEW.title FROM search_texts \
     WHERE ticket_id = NEW.id AND seq = 0; END",
];

const SQLITE_DOWN: [&str; 7] = [
    "DROP TRIGGER IF EXISTS search_timeline_insert",
    "DROP TRIGGER IF EXISTS search_timeline_delete",
    "DROP TRIGGER IF EXISTS search_tickets_insert",
    "DROP TRIGGER IF EXISTS search_tickets_delete",
    "DROP TRIGGER IF EXISTS search_tickets_update",
    "DROP TABLE IF EXISTS search_index",
    "DROP TABLE IF EXISTS search_texts",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::MySql {
            // Made anew, if it was made and not noted.
            return execute(manager, SQLITE_DOWN.iter().chain(&SQLITE)).await;
        }
        // Words are compared as the column is: it was told apart by bytes, and nothing relies on that. One
        // statement, since each rewrites the table.
        let change = "ALTER TABLE timeline MODIFY body TEXT CHARACTER SET utf8mb4 \
                      COLLATE utf8mb4_unicode_520_ci, ADD FULLTEXT INDEX ft_timeline_body (body)";
        full_text::add(manager, "timeline", INDEX, change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::MySql {
            return execute(manager, SQLITE_DOWN.iter()).await;
        }
        let change = "ALTER TABLE timeline DROP INDEX ft_timeline_body, MODIFY body TEXT \
                      CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
        full_text::drop(manager, "timeline", INDEX, change).await
    }
}

async fn execute(
    manager: &SchemaManager<'_>,
    statements: impl Iterator<Item = &&'static str>,
) -> Result<(), DbErr> {
    for sql in statements {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
