//! Every limit of the product, each defined once.
//!
//! Migrations and OpenAPI attributes need literals; tests compare those literals with these constants.

/// Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3: a path of 256 less its brackets).
pub const EMAIL_MAX: usize = 254;
/// Longest name of a person, in characters.
pub const PERSON_NAME_MAX: usize = 80;
/// Longest name of a category, in characters.
pub const CATEGORY_NAME_MAX: usize = 80;
/// Longest name of a canned reply, in characters.
pub const CANNED_REPLY_NAME_MAX: usize = 80;
/// Most canned replies that admins share, and most that each keeps for themselves.
pub const CANNED_REPLIES_MAX: u32 = 500;
/// Longest ticket title, in characters.
pub const TITLE_MAX: usize = 200;
/// Longest message, note or description, in characters.
pub const BODY_MAX: usize = 10_000;
/// Longest search text, in characters.
pub const QUERY_MAX: usize = 200;
/// Counts of what is unread in a ticket stop here.
pub const UNREAD_MAX: i64 = 1_000;
/// Counts of views stop here.
pub const VIEW_COUNT_MAX: i64 = 1_000;
/// Most tickets in a list of those that a text was found in.
pub const SEARCH_LIST_MAX: usize = 1_000;
/// Most words of a search that count; further ones are passed over.
pub const SEARCH_WORDS_MAX: usize = 12;
/// Characters of a searched word that count.
pub const SEARCH_WORD_MAX: usize = 40;
/// Most tickets that a search gives.
pub const SEARCH_MAX: u32 = 50;
/// Tickets that a search gives when the request names no number.
pub const SEARCH_DEFAULT: u32 = 20;
/// Texts of a found ticket that are shown.
pub const SEARCH_MATCHES_MAX: usize = 3;
/// Characters that are shown of a text that was found, without the marks of what was left out.
pub const SNIPPET_MAX: usize = 160;
/// Shortest password, in characters (ASVS 5.0 6.2.1 asks for at least 8).
pub const PASSWORD_MIN: usize = 10;
/// Longest password, in characters.
pub const PASSWORD_MAX: usize = 128;
/// Largest page of a list, in items.
pub const PAGE_MAX: u32 = 100;
/// Page of a list when the request names none, in items.
pub const PAGE_DEFAULT: u32 = 30;
/// Characters of a message shown in a list row.
pub const PREVIEW_MAX: usize = 160;
/// Largest integer that JavaScript holds exactly is 2^53 - 1; identifiers stay at or below it.
pub const ID_MAX: i64 = (1 << 53) - 1;
/// Most entries replayed to a client that comes back; with more it gets a snapshot.
pub const REPLAY_MAX_ENTRIES: u32 = 300;
/// Most bytes replayed to a client that comes back; with more it gets a snapshot.
pub const REPLAY_MAX_BYTES: usize = 1024 * 1024;
/// Entries in a snapshot: the latest of the ticket.
pub const SNAPSHOT_ENTRIES: u32 = 100;
/// Longest period of statistics, in days: a leap year.
pub const STATS_DAYS_MAX: i64 = 366;
/// Furthest that a clock on a wall is from UTC, in minutes.
pub const UTC_OFFSET_MAX: i32 = 14 * 60;
/// How often an alert of a ticket is repeated at most; each time its level rises by one.
pub const ALERT_LEVEL_MAX: i16 = 5;
