//! An entry read in one go: its row and its actor.

use domain::{ClientId, Entry, EntryKind, Seq, TicketId, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::{
    EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, QuerySelect, RelationTrait, Select,
};

use super::payload;
use crate::entities::{timeline as table, users};
use crate::users::person;
use crate::{Error, Result};

/// An entry's row with what is joined to it.
#[derive(FromQueryResult)]
pub(super) struct Row {
    ticket_id: i64,
    seq: i64,
    kind: String,
    actor_id: i64,
    actor_name: String,
    actor_role: String,
    body: Option<String>,
    payload: Option<String>,
    client_id: Option<Uuid>,
    created_at: i64,
}

/// The query for [`Row`]s. An outer join, though there is always an actor, so that it begins with the entries.
pub(super) fn select() -> Select<table::Entity> {
    table::Entity::find()
        .join(JoinType::LeftJoin, table::Relation::Actor.def())
        .expr_as(users::Column::Name.into_simple_expr(), "actor_name")
        .expr_as(users::Column::Role.into_simple_expr(), "actor_role")
}

impl TryFrom<Row> for Entry {
    type Error = Error;

    fn try_from(row: Row) -> Result<Entry> {
        let kind = EntryKind::parse(&row.kind).ok_or(Error::corrupt("timeline.kind"))?;
        Ok(Entry {
            ticket_id: TicketId(row.ticket_id),
            seq: Seq(row.seq),
            actor: person(row.actor_id, row.actor_name, &row.actor_role)?,
            created_at: Timestamp(row.created_at),
            client_id: row.client_id.map(ClientId),
            change: payload::read(kind, row.body.as_deref(), row.payload.as_deref())?,
        })
    }
}
