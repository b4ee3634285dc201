//! Indexes of words: FULLTEXT on MySQL and MariaDB, FTS5 on SQLite.

use domain::SearchQuery;
use sea_orm::{DbBackend, Statement, Value};

/// Words that are shorter, in characters, are not in InnoDB's index (`innodb_ft_min_token_size`).
const MYSQL_WORD_MIN: usize = 3;

/// Which texts are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Texts {
    Titles,
    Bodies,
}

/// What `belonging` of [`matching`] calls the texts that were found.
pub(crate) const FOUND: &str = "found";

/// The query for up to `limit` texts that have the words: `ticket_id`, `seq` (0 for a title), `place`, by
/// which the best come last, and `belongs`: whether `belonging` has a row for it. None if the index knows of none.
///
/// What does not belong counts too: to leave it out, a database might have to look at every text that has the words.
/// On MySQL words too short for its index are not asked for; if all are, titles that begin with the first
/// are taken. On SQLite the best are the newest, so that no more are read than are given.
pub(crate) fn matching(
    backend: DbBackend,
    search: &SearchQuery,
    texts: Texts,
    belonging: Option<Statement>,
    limit: usize,
) -> Option<Statement> {
    if search.words().is_empty() {
        return None;
    }
    let (sql, wanted) = match backend {
        DbBackend::MySql => on_mysql(search, texts, limit)?,
        _ => on_sqlite(search, texts, limit),
    };
    let (belongs, mut values) = match belonging {
        None => ("1".to_owned(), Vec::new()),
        Some(Statement { sql, values, .. }) => (
            format!("EXISTS ({sql})"),
            values.map_or_else(Vec::new, |values| values.0),
        ),
    };
    values.extend(wanted);
    let sql = format!("SELECT {FOUND}.*, {belongs} AS belongs FROM ({sql}) AS {FOUND}");
    Some(Statement::from_sql_and_values(backend, sql, values))
}

fn on_mysql(search: &SearchQuery, texts: Texts, limit: usize) -> Option<(String, Vec<Value>)> {
    let words = search.words().iter().map(domain::search::Word::as_str);
    let long = words.filter(|word| word.chars().count() >= MYSQL_WORD_MIN);
    let wanted: Vec<_> = long.map(|word| format!("+{word}*")).collect();
    if wanted.is_empty() {
        if texts == Texts::Bodies {
            return None;
        }
        let first = search.words().first()?.as_str().replace('_', "!_");
        let sql = format!(
            "SELECT id AS ticket_id, 0 AS seq, id * 1e0 AS place FROM tickets \
             WHERE title LIKE ? ESCAPE '!' LIMIT {limit}"
        );
        return Some((sql, vec![format!("{first}%").into()]));
    }
    let (columns, table, column) = match texts {
        Texts::Titles => ("id AS ticket_id, 0 AS seq", "tickets", "title"),
        Texts::Bodies => ("ticket_id, seq", "timeline", "body"),
    };
    // MariaDB gives the best first by itself, and would fetch and sort every row if told to. It takes the order
    // for a comment, as it does whatever is for MySQL from 5.7 on.
    let sql = format!(
        "SELECT {columns}, MATCH ({column}) AGAINST (? IN BOOLEAN MODE) AS place FROM {table} \
         WHERE MATCH ({column}) AGAINST (? IN BOOLEAN MODE) \
         /*!80000 ORDER BY place DESC */ LIMIT {limit}"
    );
    let wanted = wanted.join(" ");
    Some((sql, vec![wanted.clone().into(), wanted.into()]))
}

fn on_sqlite(search: &SearchQuery, texts: Texts, limit: usize) -> (String, Vec<Value>) {
    let column = match texts {
        Texts::Titles => "title",
        Texts::Bodies => "body",
    };
    let words = search.words().iter();
    let words: Vec<_> = words
        .map(|word| format!("\"{}\"*", word.as_str()))
        .collect();
    let sql = format!(
        "SELECT s.ticket_id, s.seq, CAST(s.id AS REAL) AS place FROM \
         (SELECT rowid AS id FROM search_index WHERE search_index MATCH ? \
         ORDER BY rowid DESC LIMIT {limit}) f JOIN search_texts s ON s.id = f.id"
    );
    let wanted = format!("{column} : ({})", words.join(" AND "));
    (sql, vec![wanted.into()])
}
