//! What changed, as JSON: `{"from": .., "to": ..}`.

use domain::timeline::Named;
use domain::{Body, Change, EntryKind, Priority, Status, Title};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

#[derive(Serialize, Deserialize)]
struct Moved<T> {
    from: T,
    to: T,
}

#[derive(Serialize, Deserialize)]
struct Name {
    id: i64,
    name: String,
}

/// The JSON of a change; none for what was said.
pub(super) fn write(change: &Change) -> Result<Option<String>> {
    match change {
        Change::Created { .. } | Change::Message { .. } | Change::Note { .. } => Ok(None),
        Change::StatusChanged { from, to } => json(from.as_str(), to.as_str()),
        Change::PriorityChanged { from, to } => json(from.as_str(), to.as_str()),
        Change::TitleChanged { from, to } => json(from.as_str(), to.as_str()),
        Change::Assigned { from, to } | Change::CategoryChanged { from, to } => {
            json(from.clone().map(Name::from), to.clone().map(Name::from))
        }
    }
}

fn json<T: Serialize>(from: T, to: T) -> Result<Option<String>> {
    let text = serde_json::to_string(&Moved { from, to });
    text.map(Some).map_err(|_| corrupt())
}

/// The change out of an entry's columns.
pub(super) fn read(kind: EntryKind, body: Option<&str>, payload: Option<&str>) -> Result<Change> {
    let said = || {
        let body = body.and_then(|body| Body::parse(body).ok());
        body.ok_or(Error::corrupt("timeline.body"))
    };
    Ok(match kind {
        EntryKind::Created => Change::Created { body: said()? },
        EntryKind::Message => Change::Message { body: said()? },
        EntryKind::Note => Change::Note { body: said()? },
        EntryKind::StatusChanged => {
            let (from, to) = moved(payload, |name: String| Status::parse(&name))?;
            Change::StatusChanged { from, to }
        }
        EntryKind::PriorityChanged => {
            let (from, to) = moved(payload, |name: String| Priority::parse(&name))?;
            Change::PriorityChanged { from, to }
        }
        EntryKind::TitleChanged => {
            let (from, to) = moved(payload, |title: String| Title::parse(&title).ok())?;
            Change::TitleChanged { from, to }
        }
        EntryKind::Assigned => {
            let (from, to) = moved(payload, named)?;
            Change::Assigned { from, to }
        }
        EntryKind::CategoryChanged => {
            let (from, to) = moved(payload, named)?;
            Change::CategoryChanged { from, to }
        }
    })
}

fn moved<'a, J: Deserialize<'a>, T>(
    payload: Option<&'a str>,
    parse: impl Fn(J) -> Option<T>,
) -> Result<(T, T)> {
    let moved: Moved<J> = payload
        .and_then(|payload| serde_json::from_str(payload).ok())
        .ok_or_else(corrupt)?;
    parse(moved.from).zip(parse(moved.to)).ok_or_else(corrupt)
}

fn named(name: Option<Name>) -> Option<Option<Named>> {
    Some(name.map(|Name { id, name }| Named { id, name }))
}

fn corrupt() -> Error {
    Error::corrupt("timeline.payload")
}

impl From<Named> for Name {
    fn from(Named { id, name }: Named) -> Name {
        Name { id, name }
    }
}
