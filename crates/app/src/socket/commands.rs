//! Commands of a socket, each to the use case that REST calls too.

use contract::ErrorCode;
use contract::frames::{ClientFrame, Command, Outcome, ServerFrame};
use contract::timeline::{Entry, MessageKind, ReadState};
use domain::{Body, ClientId, Seq, TicketId};
use realtime::OpenError;
use services::{NewMessage, StatusChange, TicketError, Written};

use super::reader::Reader;
use crate::http::input::CheckedText as _;
use crate::http::problem::{ApiError, ApiResult};

impl Reader {
    /// Serves a command of a session that was just verified.
    pub(super) async fn dispatch(&mut self, frame: ClientFrame) {
        let id = frame.id;
        let served = match frame.command {
            Command::Join { ticket_id, after } => {
                let id = id.unwrap_or_default();
                return self.join(id, TicketId(ticket_id), after.map(Seq)).await;
            }
            Command::Leave {} => {
                self.connection.leave();
                Ok(Outcome::Done {})
            }
            Command::Send {
                client_id,
                body,
                kind,
                seen_seq,
            } => self.send(ClientId(client_id), &body, kind, seen_seq).await,
            Command::SetStatus {
                client_id,
                status,
                seen_seq,
            } => {
                let change = StatusChange {
                    client_id: ClientId(client_id),
                    status: status.into(),
                    seen: seen_seq.map(Seq),
                };
                self.set_status(change).await
            }
            Command::Read { seq } => self.read(Seq(seq)).await,
            Command::Typing {} => self.joined().map(|_| {
                self.connection.typing();
                Outcome::Done {}
            }),
            Command::Hello { .. } | Command::Auth { .. } | Command::Pong {} => {
                Err(ApiError::new(ErrorCode::Invalid))
            }
        };
        match (served, id) {
            (Ok(result), Some(id)) => self.connection.reply(&ServerFrame::Ok { id, result }),
            (Ok(_), None) => {}
            (Err(error), id) => self.refuse(id, error),
        }
    }

    /// Enters a ticket; the hub queues the reply itself, in order with what follows.
    pub(super) async fn join(&mut self, id: u64, ticket_id: TicketId, after: Option<Seq>) {
        if let Err(error) = self.connection.join(id, ticket_id, after).await {
            let code = match error {
                OpenError::NotFound => ErrorCode::NotFound,
                OpenError::Unavailable => ErrorCode::Unavailable,
            };
            self.refuse(Some(id), ApiError::new(code));
        }
    }

    /// Answers a command that has nothing to tell.
    pub(super) fn done(&self, id: Option<u64>) {
        if let Some(id) = id {
            self.connection.reply(&ServerFrame::Ok {
                id,
                result: Outcome::Done {},
            });
        }
    }

    async fn send(
        &self,
        client_id: ClientId,
        body: &str,
        kind: MessageKind,
        seen_seq: Option<i64>,
    ) -> ApiResult<Outcome> {
        let message = NewMessage {
            client_id,
            body: Body::checked("body", body)?,
            internal: kind == MessageKind::Note,
            seen: seen_seq.map(Seq),
        };
        let tickets = &self.state.services.tickets;
        self.written(tickets.send(&self.verified, self.joined()?, message).await)
    }

    async fn set_status(&self, change: StatusChange) -> ApiResult<Outcome> {
        let tickets = &self.state.services.tickets;
        self.written(
            tickets
                .set_status(&self.verified, self.joined()?, change)
                .await,
        )
    }

    async fn read(&self, seq: Seq) -> ApiResult<Outcome> {
        let tickets = &self.state.services.tickets;
        let read = tickets
            .mark_read(&self.verified, self.joined()?, seq)
            .await?;
        Ok(Outcome::Read(ReadState {
            seq: read.seq.0,
            unread: read.unread,
        }))
    }

    fn written(&self, written: Result<Written, TicketError>) -> ApiResult<Outcome> {
        let audience = self.verified.role().audience();
        let entry = written?.entry.map(|entry| Entry::render(entry, audience));
        Ok(Outcome::Written { entry })
    }

    fn joined(&self) -> ApiResult<TicketId> {
        self.connection
            .joined()
            .ok_or_else(|| ApiError::new(ErrorCode::NotJoined))
    }
}
