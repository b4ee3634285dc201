//! Who may do what to a ticket: one table, used by REST and socket alike.

use thiserror::Error;

use crate::ids::UserId;
use crate::status::Status;
use crate::user::Role;

/// Somebody signed in, as far as rights are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    /// Who.
    pub user_id: UserId,
    /// Customer or staff.
    pub role: Role,
}

impl Viewer {
    /// What this viewer is to a ticket of `requester`.
    #[must_use]
    pub fn standing(self, requester: UserId) -> Standing {
        match self.role {
            Role::Admin => Standing::Staff,
            Role::User if self.user_id == requester => Standing::Requester,
            Role::User => Standing::Stranger,
        }
    }
}

/// What somebody is to one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// An admin, also when they opened the ticket themselves.
    Staff,
    /// The customer whose ticket it is.
    Requester,
    /// Anybody else. To them the ticket does not exist.
    Stranger,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 3] = [Standing::Staff, Standing::Requester, Standing::Stranger];
}

/// What somebody wants to do to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See the ticket and its timeline, be in its room, move one's read cursor.
    Read,
    /// Write a message that the other side sees.
    SendMessage,
    /// Write a note that only staff sees.
    AddNote,
    /// Move the ticket to a status.
    SetStatus(Status),
    /// Change title, category, priority or assignee.
    Edit,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// The ticket is not theirs to know of: answered as if it did not exist.
    #[error("no such ticket")]
    NotFound,
    /// The ticket is theirs, the action is not.
    #[error("not allowed")]
    Forbidden,
    /// The ticket is closed and takes no messages.
    #[error("the ticket is closed")]
    TicketClosed,
}

/// The table of rights: what `standing` may do to a ticket that is in `status`.
///
/// # Errors
/// The reason why not. A stranger always gets [`Denied::NotFound`], so that the answer tells nothing.
pub fn check(standing: Standing, status: Status, action: Action) -> Result<(), Denied> {
    use Action::{AddNote, Edit, Read, SendMessage, SetStatus};
    match (standing, action) {
        (Standing::Stranger, _) => Err(Denied::NotFound),
        (Standing::Staff | Standing::Requester, Read) => Ok(()),
        (Standing::Staff | Standing::Requester, SendMessage) if status.accepts_messages() => Ok(()),
        (Standing::Staff | Standing::Requester, SendMessage) => Err(Denied::TicketClosed),
        (Standing::Staff, AddNote | Edit | SetStatus(_)) => Ok(()),
        (Standing::Requester, SetStatus(Status::Closed)) => Ok(()),
        (Standing::Requester, AddNote | Edit | SetStatus(_)) => Err(Denied::Forbidden),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written out, not computed: standing x target status -> may it be set (from any status)?
    const TRANSITIONS: [(Standing, Status, Result<(), Denied>); 15] = [
        (Standing::Staff, Status::Open, Ok(())),
        (Standing::Staff, Status::InProgress, Ok(())),
        (Standing::Staff, Status::Pending, Ok(())),
        (Standing::Staff, Status::Resolved, Ok(())),
        (Standing::Staff, Status::Closed, Ok(())),
        (Standing::Requester, Status::Open, Err(Denied::Forbidden)),
        (
            Standing::Requester,
            Status::InProgress,
            Err(Denied::Forbidden),
        ),
        (Standing::Requester, Status::Pending, Err(Denied::Forbidden)),
        (
            Standing::Requester,
            Status::Resolved,
            Err(Denied::Forbidden),
        ),
        (Standing::Requester, Status::Closed, Ok(())),
        (Standing::Stranger, Status::Open, Err(Denied::NotFound)),
        (
            Standing::Stranger,
            Status::InProgress,
            Err(Denied::NotFound),
        ),
        (Standing::Stranger, Status::Pending, Err(Denied::NotFound)),
        (Standing::Stranger, Status::Resolved, Err(Denied::NotFound)),
        (Standing::Stranger, Status::Closed, Err(Denied::NotFound)),
    ];

    #[test]
    fn every_standing_has_exactly_its_transitions() {
        assert_eq!(TRANSITIONS.len(), Standing::ALL.len() * Status::ALL.len());
        for (standing, to, expected) in TRANSITIONS {
            for &from in Status::ALL {
                assert_eq!(
                    check(standing, from, Action::SetStatus(to)),
                    expected,
                    "{standing:?} from {from} to {to}"
                );
            }
        }
    }

    #[test]
    fn strangers_learn_nothing_whatever_they_try() {
        for &status in Status::ALL {
            for action in [
                Action::Read,
                Action::SendMessage,
                Action::AddNote,
                Action::SetStatus(Status::Closed),
                Action::Edit,
            ] {
                assert_eq!(
                    check(Standing::Stranger, status, action),
                    Err(Denied::NotFound)
                );
            }
        }
    }

    #[test]
    fn only_a_closed_ticket_refuses_messages() {
        for standing in [Standing::Staff, Standing::Requester] {
            for &status in Status::ALL {
                let expected = if status == Status::Closed {
                    Err(Denied::TicketClosed)
                } else {
                    Ok(())
                };
                assert_eq!(check(standing, status, Action::SendMessage), expected);
            }
        }
    }

    #[test]
    fn notes_go_into_closed_tickets_too_but_only_from_staff() {
        assert_eq!(
            check(Standing::Staff, Status::Closed, Action::AddNote),
            Ok(())
        );
        assert_eq!(
            check(Standing::Requester, Status::Open, Action::AddNote),
            Err(Denied::Forbidden)
        );
    }

    #[test]
    fn an_admin_is_staff_on_their_own_ticket() {
        let admin = Viewer {
            user_id: UserId(1),
            role: Role::Admin,
        };
        assert_eq!(admin.standing(UserId(1)), Standing::Staff);
        let user = Viewer {
            user_id: UserId(1),
            role: Role::User,
        };
        assert_eq!(user.standing(UserId(1)), Standing::Requester);
        assert_eq!(user.standing(UserId(2)), Standing::Stranger);
    }
}
