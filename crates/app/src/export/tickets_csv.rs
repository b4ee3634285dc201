//! Tickets as comma-separated values (RFC 4180), for spreadsheets.

use contract::Time;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use domain::{Ticket, Timestamp};

/// Without it spreadsheets do not take a file for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

const HEADER: [&str; 12] = [
    "number",
    "title",
    "status",
    "priority",
    "category",
    "requester",
    "assignee",
    "waiting_on",
    "created_at",
    "updated_at",
    "closed_at",
    "last_message",
];

/// The beginning of a file.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn header() -> csv::Result<Vec<u8>> {
    let mut bytes = BYTE_ORDER_MARK.to_vec();
    bytes.extend(rows([HEADER.map(str::to_owned)])?);
    Ok(bytes)
}

/// A line for each ticket.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn lines(tickets: Vec<Ticket>) -> csv::Result<Vec<u8>> {
    rows(tickets.into_iter().map(line))
}

fn rows(rows: impl IntoIterator<Item = [String; 12]>) -> csv::Result<Vec<u8>> {
    // Each cell in quotes, so that no other separator that a spreadsheet may look for begins a cell.
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

fn line(ticket: Ticket) -> [String; 12] {
    [
        ticket.id.to_string(),
        cell(ticket.title.into_string()),
        ticket.status.to_string(),
        ticket.priority.to_string(),
        ticket
            .category
            .map_or_else(String::new, |category| cell(category.name)),
        cell(ticket.requester.name),
        ticket
            .assignee
            .map_or_else(String::new, |person| cell(person.name)),
        ticket.waiting_on.to_string(),
        time(ticket.created_at),
        time(ticket.updated_at),
        ticket.closed_at.map_or_else(String::new, time),
        // The latest message that both sides see: never a note.
        cell(ticket.last_message.preview),
    ]
}

fn time(moment: Timestamp) -> String {
    Time(moment).rfc3339().unwrap_or_default()
}

/// What makes a spreadsheet take a cell for a formula: characters, also in the width of Chinese and Japanese, and blanks
/// that some pass over (OWASP, CSV Injection).
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\t', '\r', '\n',
];

/// What people wrote, so that no spreadsheet takes it for a formula.
fn cell(mut text: String) -> String {
    if text.starts_with(FORMULA) {
        text.insert(0, '\'');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
        ] {
            assert_eq!(cell(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "a=b", "'=1", "1-2", "é"] {
            assert_eq!(cell(text.to_owned()), text);
        }
    }

    #[test]
    fn the_file_begins_with_its_mark_and_the_names_of_its_columns() {
        let header = String::from_utf8(header().unwrap()).unwrap();
        assert!(header.starts_with("\u{feff}\"number\",\"title\","));
        assert!(header.ends_with(",\"last_message\"\r\n"));
    }
}
