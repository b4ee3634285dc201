//! What people write and ask for in tests.

use domain::{Body, ClientId, Priority, Seq, Status, Title};
use services::{NewMessage, OpenTicket, StatusChange, TicketEdit};
use uuid::Uuid;

use crate::desk::Member;

pub(crate) fn client_id() -> ClientId {
    ClientId(Uuid::new_v4())
}

pub(crate) fn new_ticket() -> OpenTicket {
    OpenTicket {
        client_id: client_id(),
        title: title("Printer"),
        description: body("It does not print."),
        category_id: None,
        priority: Priority::Normal,
        requester_id: None,
        follows_id: None,
    }
}

pub(crate) fn message(text: &str) -> NewMessage {
    NewMessage {
        client_id: client_id(),
        body: body(text),
        internal: false,
        seen: None,
    }
}

pub(crate) fn note(text: &str) -> NewMessage {
    NewMessage {
        internal: true,
        ..message(text)
    }
}

pub(crate) fn to_status(status: Status) -> StatusChange {
    StatusChange {
        client_id: client_id(),
        status,
        seen: None,
    }
}

/// An edit of nothing, by somebody who has seen nothing.
pub(crate) fn no_edit() -> TicketEdit {
    TicketEdit {
        title: None,
        category_id: None,
        priority: None,
        assignee_id: None,
        seen: Seq::ZERO,
    }
}

pub(crate) fn retitled(text: &str) -> TicketEdit {
    TicketEdit {
        title: Some(title(text)),
        ..no_edit()
    }
}

pub(crate) fn with_priority(priority: Priority) -> TicketEdit {
    TicketEdit {
        priority: Some(priority),
        ..no_edit()
    }
}

pub(crate) fn assigned_to(assignee: Option<&Member>) -> TicketEdit {
    TicketEdit {
        assignee_id: Some(assignee.map(Member::id)),
        ..no_edit()
    }
}

pub(crate) fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

pub(crate) fn body(text: &str) -> Body {
    Body::parse(text).unwrap()
}
