//! Ticket categories.

use crate::ids::CategoryId;

/// A subject that tickets are sorted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Identifier.
    pub id: CategoryId,
    /// Name shown to people, unique.
    pub name: String,
    /// Place in the list, lowest first.
    pub position: i32,
    /// A retired category stays on its tickets and cannot be chosen any more.
    pub retired: bool,
}

/// Moves the category at `place` (from 0) to `position` (from 1, at most the last), and numbers all of them anew.
pub fn move_to(categories: &mut Vec<Category>, place: usize, position: u32) {
    let moved = categories.remove(place);
    let before = usize::try_from(position).unwrap_or(usize::MAX);
    let target = before.saturating_sub(1).min(categories.len());
    categories.insert(target, moved);
    for (category, position) in categories.iter_mut().zip(1..) {
        category.position = position;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(place: usize, position: u32) -> String {
        let named = |(id, name): (i64, char)| Category {
            id: CategoryId(id),
            name: name.to_string(),
            position: 7,
            retired: false,
        };
        let mut categories: Vec<_> = (1..).zip("abcd".chars()).map(named).collect();
        move_to(&mut categories, place, position);
        let positions: Vec<_> = categories
            .iter()
            .map(|category| category.position)
            .collect();
        assert_eq!(positions, [1, 2, 3, 4]);
        categories
            .iter()
            .map(|category| category.name.as_str())
            .collect()
    }

    #[test]
    fn a_moved_category_stands_where_it_was_sent_and_the_others_keep_their_order() {
        assert_eq!(order(0, 3), "bcad");
        assert_eq!(order(3, 1), "dabc");
        assert_eq!(order(2, 3), "abcd");
        assert_eq!(order(1, 0), "bacd");
        assert_eq!(order(1, u32::MAX), "acdb");
    }
}
