//! Lists of values in a statement, and texts in lists.

use sea_orm::sea_query::extension::sqlite::SqliteExpr as _;
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{ColumnTrait, DbBackend};

/// The items, the last repeated until their number is a power of two: statements are prepared once for each
/// number of parameters, and a connection keeps a limited number of them.
pub(crate) fn padded<T: Copy>(items: &[T]) -> impl Iterator<Item = T> + '_ {
    let missing = items.len().next_power_of_two() - items.len();
    let last = items.last().copied();
    items
        .iter()
        .copied()
        .chain(last.into_iter().cycle().take(missing))
}

/// So many parameters, for a list of IN.
pub(crate) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// The pattern of LIKE for texts that hold this one, none of whose characters is special.
pub(crate) fn holding(text: &str) -> LikeExpr {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    // Not the backslash, which MySQL takes for itself before LIKE sees it.
    LikeExpr::new(pattern).escape('!')
}

/// That a column of what people are called holds this text, in any case. The collation of such columns sees to that on
/// MySQL; LIKE of SQLite knows only letters of ASCII as upper and lower.
pub(crate) fn holds(backend: DbBackend, column: impl ColumnTrait, text: &str) -> Expr {
    match backend {
        DbBackend::Sqlite => Expr::col(column.as_column_ref()).glob(glob_holding(text)),
        _ => column.like(holding(text)),
    }
}

/// The pattern of SQLite's GLOB for texts that hold this one in any case: each character is a set of its cases.
fn glob_holding(text: &str) -> String {
    fn only(mut cased: impl Iterator<Item = char>) -> Option<char> {
        cased.next().filter(|_| cased.next().is_none())
    }
    let mut pattern = String::from("*");
    for c in text.chars() {
        let lower = only(c.to_lowercase()).unwrap_or(c);
        let upper = only(c.to_uppercase()).unwrap_or(c);
        match c {
            // In a set it would mean what is not in it.
            '^' => pattern.push(c),
            _ if lower == upper => pattern.extend(['[', c, ']']),
            _ => pattern.extend(['[', lower, upper, ']']),
        }
    }
    pattern.push('*');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_has_each_letter_in_both_cases_and_nothing_special() {
        assert_eq!(glob_holding("Öz1"), "*[öÖ][zZ][1]*");
        // What has no case, or becomes two letters, stands for itself.
        assert_eq!(glob_holding("ß*?[]^"), "*[ß][*][?][[][]]^*");
        assert_eq!(glob_holding(""), "**");
    }

    #[test]
    fn padding_repeats_the_last_and_leaves_an_empty_list_empty() {
        assert_eq!(padded(&[1, 2, 3]).collect::<Vec<_>>(), [1, 2, 3, 3]);
        assert_eq!(padded::<i64>(&[]).count(), 0);
    }
}
