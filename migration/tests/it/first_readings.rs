//! What read cursors that were there before get.

use testkit::on_every_database;

use crate::schema::Schema;

on_every_database! {
    async fn cursors_take_their_latest_reading_for_the_first(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        // Back to before the column.
        let back = migration::status(&schema.connection).await.unwrap();
        let back = back.iter().rev().position(|step| step.name.starts_with("m0019")).unwrap() + 1;
        migration::down(&schema.connection, u32::try_from(back).ok()).await.unwrap();

        schema.execute(
            "INSERT INTO users (id, email, name, password_hash, role, created_at, updated_at) \
             VALUES (1, 'ada@example.org', 'Ada', 'hash', 'user', 0, 0)"
        ).await.unwrap();
        // The last in another batch, after a hole.
        for id in [1, 2, 12_345] {
            for sql in [
                format!(
                    "INSERT INTO tickets (id, requester_id, title, status, priority, waiting_on, last_seq, \
                     last_message_seq, last_message_author_id, last_message_preview, last_message_at, created_at, \
                     updated_at) VALUES ({id}, 1, 'Broken', 'open', 1, 'staff', 1, 1, 1, 'It is', 0, 0, 0)"
                ),
                format!(
                    "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) \
                     VALUES ({id}, 1, 'created', 1, 'It is', 0)"
                ),
                format!("INSERT INTO read_cursors (user_id, ticket_id, seq, updated_at) VALUES (1, {id}, 1, {id})"),
            ] {
                schema.execute(&sql).await.unwrap();
            }
        }
        migration::up(&schema.connection).await.unwrap();
        let stored = async || {
            let sql = "SELECT ticket_id, first_at FROM read_cursors ORDER BY ticket_id";
            schema.rows(sql, ["ticket_id", "first_at"]).await
        };
        assert_eq!(stored().await, [1, 2, 12_345].map(|id| [Some(id), Some(id)]));

        // And once more, as after an interruption: what is there stays.
        schema.execute("UPDATE read_cursors SET updated_at = 99999").await.unwrap();
        schema.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0020%'").await.unwrap();
        migration::up(&schema.connection).await.unwrap();
        assert_eq!(stored().await, [1, 2, 12_345].map(|id| [Some(id), Some(id)]));
    }
}
