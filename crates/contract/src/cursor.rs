//! Opaque cursors of keyset paging: the sort key and id of the last row that was sent.

use std::fmt::Write as _;

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Which order the key belongs to, so that a cursor of another list is refused.
    pub order: u8,
    /// Value of the sort key.
    pub key: i64,
    /// Identifier of the row, which makes the place unique.
    pub id: i64,
}

impl Cursor {
    /// The cursor as clients carry it: lower-case hexadecimal.
    #[must_use]
    pub fn encode(self) -> String {
        let mut text = String::with_capacity(34);
        // Writing to a String cannot fail.
        let _ = write!(text, "{:02x}{:016x}{:016x}", self.order, self.key, self.id);
        text
    }

    /// Reads a cursor that a client sent, if it is one of this order.
    #[must_use]
    pub fn decode(text: &str, order: u8) -> Option<Cursor> {
        if text.len() != 34 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let cursor = Cursor {
            order: u8::from_str_radix(&text[..2], 16).ok()?,
            key: u64::from_str_radix(&text[2..18], 16).ok()?.cast_signed(),
            id: u64::from_str_radix(&text[18..], 16).ok()?.cast_signed(),
        };
        (cursor.order == order).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cursors_survive_the_wire(order in any::<u8>(), key in any::<i64>(), id in any::<i64>()) {
            let cursor = Cursor { order, key, id };
            prop_assert_eq!(Cursor::decode(&cursor.encode(), order), Some(cursor));
        }

        #[test]
        fn forged_cursors_are_refused_or_read_without_panic(text in any::<String>()) {
            let _ = Cursor::decode(&text, 1);
        }
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let cursor = Cursor {
            order: 1,
            key: 2,
            id: 3,
        };
        assert_eq!(Cursor::decode(&cursor.encode(), 2), None);
    }
}
