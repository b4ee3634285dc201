//! A page of a list.

/// Some items of a list, and where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, C> {
    /// The items, in the order that was asked for.
    pub items: Vec<T>,
    /// What to give as `after` for the next page; `None` on the last one.
    pub next: Option<C>,
}

impl<T, C> Page<T, C> {
    /// Makes a page from up to `limit + 1` items, of which the last only shows that there are more.
    pub(crate) fn cut(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> C) -> Page<T, C> {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(cursor);
        Page { items, next }
    }
}
