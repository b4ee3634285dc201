//! The audit log: what happened to accounts, sessions and categories, what was exported, and through whom (ASVS 5.0,
//! 16.3).
//!
//! Events go to the log under the target `audit`, each with its name, the account that it is about and,
//! where there are any, the account that caused it and the public name of the session. They hold no e-mail
//! address, password, token or text. The address of the client stands in the span of the request.

use auth::sessions::public_id;
use domain::{CategoryId, SessionId, UserId};
use tracing::info;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    AccountCreated,
    SignedIn,
    SignInFailed,
    SignInDelayed,
    SignedOut,
    SessionEnded,
    OtherSessionsEnded,
    AllSessionsEnded,
    TokenRotated,
    TokenReused,
    PasswordChanged,
    PasswordChangeFailed,
    PasswordChangeDelayed,
    PasswordRehashed,
    ResetLinkCreated,
    ResetLinkRefused,
    PasswordReset,
    RoleChanged,
    AccountDisabled,
    AccountEnabled,
    CategoryAdded,
    CategoryChanged,
    TicketsExported,
}

impl Event {
    /// Its name in the log.
    const fn name(self) -> &'static str {
        match self {
            Event::AccountCreated => "account_created",
            Event::SignedIn => "signed_in",
            Event::SignInFailed => "sign_in_failed",
            Event::SignInDelayed => "sign_in_delayed",
            Event::SignedOut => "signed_out",
            Event::SessionEnded => "session_ended",
            Event::OtherSessionsEnded => "other_sessions_ended",
            Event::AllSessionsEnded => "all_sessions_ended",
            Event::TokenRotated => "token_rotated",
            Event::TokenReused => "token_reused",
            Event::PasswordChanged => "password_changed",
            Event::PasswordChangeFailed => "password_change_failed",
            Event::PasswordChangeDelayed => "password_change_delayed",
            Event::PasswordRehashed => "password_rehashed",
            Event::ResetLinkCreated => "reset_link_created",
            Event::ResetLinkRefused => "reset_link_refused",
            Event::PasswordReset => "password_reset",
            Event::RoleChanged => "role_changed",
            Event::AccountDisabled => "account_disabled",
            Event::AccountEnabled => "account_enabled",
            Event::CategoryAdded => "category_added",
            Event::CategoryChanged => "category_changed",
            Event::TicketsExported => "tickets_exported",
        }
    }
}

/// One line of the audit log, written by [`Line::write`].
#[must_use]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    event: Event,
    user: Option<UserId>,
    actor: Option<UserId>,
    session: Option<&'a SessionId>,
    category: Option<CategoryId>,
    rows: Option<u64>,
    detail: Option<&'static str>,
}

/// Begins a line about an account; none if the account is not known.
pub(crate) fn about<'a>(event: Event, user: impl Into<Option<UserId>>) -> Line<'a> {
    Line {
        event,
        user: user.into(),
        actor: None,
        session: None,
        category: None,
        rows: None,
        detail: None,
    }
}

/// Begins a line about a category.
pub(crate) fn of_category<'a>(event: Event, category: CategoryId) -> Line<'a> {
    Line {
        category: Some(category),
        ..about(event, None)
    }
}

impl<'a> Line<'a> {
    /// Who caused it, if not the account's owner.
    pub(crate) fn by(mut self, actor: UserId) -> Line<'a> {
        self.actor = Some(actor);
        self
    }

    /// In or to which session.
    pub(crate) fn session(mut self, session: &'a SessionId) -> Line<'a> {
        self.session = Some(session);
        self
    }

    /// How much was taken out.
    pub(crate) fn rows(mut self, rows: u64) -> Line<'a> {
        self.rows = Some(rows);
        self
    }

    /// A word more.
    pub(crate) fn detail(mut self, detail: &'static str) -> Line<'a> {
        self.detail = Some(detail);
        self
    }

    pub(crate) fn write(self) {
        info!(
            target: "audit",
            event = self.event.name(),
            user.id = self.user.map(|id| id.0),
            actor.id = self.actor.map(|id| id.0),
            session.id = self.session.map(public_id),
            category.id = self.category.map(|id| id.0),
            rows = self.rows,
            detail = self.detail,
            "Audit"
        );
    }
}
