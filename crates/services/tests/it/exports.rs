//! Exports, part by part.

use domain::{Ticket, TicketId};
use services::{Export, TicketError, TicketFilter, TicketSort};
use testkit::on_every_database;

use crate::desk::{Desk, Member, retitled};

/// All tickets with this text, in parts of one.
pub(crate) fn one_by_one(text: Option<&str>) -> TicketFilter {
    TicketFilter {
        statuses: Vec::new(),
        priority: None,
        category: None,
        assignee: None,
        requester: None,
        waiting_on: None,
        text: text.map(str::to_owned),
        sort: TicketSort::Created,
        after: None,
        limit: 1,
    }
}

/// The tickets of the next part.
pub(crate) async fn part(desk: &Desk, admin: &Member, export: &mut Export) -> Vec<TicketId> {
    let tickets = &desk.services.tickets;
    let part = tickets.export_part(&admin.session, export).await.unwrap();
    part.iter().map(|ticket: &Ticket| ticket.id).collect()
}

on_every_database! {
    async fn what_a_text_is_found_in_is_settled_once_for_all_parts(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (first, second) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        let tickets = &desk.services.tickets;
        let mut export = tickets.export(&mira.session, one_by_one(Some("printer"))).await.unwrap();
        assert!(!export.is_truncated());
        assert_eq!(part(&desk, &mira, &mut export).await, [second]);
        desk.edit(&mira, first, retitled("Scanner")).await;
        assert!(export.goes_on());
        assert_eq!(part(&desk, &mira, &mut export).await, [first]);
        assert!(!export.goes_on());
        assert!(part(&desk, &mira, &mut export).await.is_empty());
    }

    async fn each_part_asks_for_the_right_to_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;
        let refused = tickets.export(&ada.session, one_by_one(None)).await.err().unwrap();
        assert!(matches!(refused, TicketError::Forbidden));
        let mut export = tickets.export(&mira.session, one_by_one(None)).await.unwrap();
        let refused = tickets.export_part(&ada.session, &mut export).await.unwrap_err();
        assert!(matches!(refused, TicketError::Forbidden));
    }
}
