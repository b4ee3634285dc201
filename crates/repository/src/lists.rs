//! Lists of values in a statement, and texts in lists.

use sea_orm::sea_query::LikeExpr;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_repeats_the_last_and_leaves_an_empty_list_empty() {
        assert_eq!(padded(&[1, 2, 3]).collect::<Vec<_>>(), [1, 2, 3, 3]);
        assert_eq!(padded::<i64>(&[]).count(), 0);
    }
}
