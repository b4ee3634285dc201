//! Searches and statistics leave connections for what is written.

use futures_util::future::join_all;
use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn when_too_much_is_searched_at_once_messages_are_still_taken(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer on fire").await;
        let long_reads = &desk.state.services.long_reads;
        // A quarter of the connections of the pool.
        assert_eq!(long_reads.free(), 4);
        let mut turns = Vec::new();
        while long_reads.free() > 0 {
            turns.push(long_reads.begin().await.unwrap());
        }
        let paths = [
            "/search?q=printer", "/tickets?q=printer", "/tickets/export?q=printer",
            "/stats?from=2026-01-01&to=2026-01-31&utc_offset_minutes=0",
        ];
        for answer in join_all(paths.map(|path| mira.get(path))).await {
            answer.refused(503, "unavailable");
            assert_eq!(answer.retry_after(), Some(2));
        }
        ada.get("/search?q=printer").await.refused(503, "unavailable");
        ada.say(id, "It still burns").await;
        mira.get("/tickets").await.expect(200);

        // Whoever waits a moment has their turn.
        let search = mira.get("/search?q=printer");
        let release = async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            turns.pop();
        };
        let (found, ()) = tokio::join!(search, release);
        assert_eq!(found.expect(200)["items"][0]["ticket"]["id"], id);
        drop(turns);
        assert_eq!(long_reads.free(), 4);
        desk.stop().await;
    }
}
