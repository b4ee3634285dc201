//! The words of a text, and when two are the same.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Fit;

/// Where the words of a text are. `_` belongs to a word, as it does in the indexes of databases.
pub(super) fn of(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (begin, _) = rest.find(|(_, c)| belongs(*c))?;
        let mut end = begin;
        while rest.next_if(|(_, c)| belongs(*c)).is_some() {}
        end = rest.peek().map_or(text.len(), |(at, _)| *at).max(end);
        Some(begin..end)
    })
}

fn belongs(c: char) -> bool {
    c == '_' || c.is_alphanumeric() || is_combining_mark(c)
}

/// The word in lower case and without diacritics. Marks that are letters to their readers stay.
pub(super) fn fold(word: &str) -> String {
    let bare = word.nfd().filter(|c| !is_diacritic(*c));
    let lower: String = bare.flat_map(char::to_lowercase).collect();
    // Hangul and kana are composed in queries as in texts.
    lower.nfd().filter(|c| !is_diacritic(*c)).nfc().collect()
}

fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a word of a text is, or begins with, a folded one.
pub(super) fn fit(word: &str, wanted: &str) -> Option<Fit> {
    let word = word.trim_matches('_');
    let fit = |begins: bool, whole: bool| {
        let fit = if whole { Fit::Whole } else { Fit::Beginning };
        begins.then_some(fit)
    };
    if word.is_ascii() {
        // Most words; spares them the copies.
        let (word, wanted) = (word.as_bytes(), wanted.as_bytes());
        let begin = word.get(..wanted.len());
        let begins = begin.is_some_and(|begin| begin.eq_ignore_ascii_case(wanted));
        return fit(begins, word.len() == wanted.len());
    }
    let word = fold(word);
    fit(word.starts_with(wanted), word.len() == wanted.len())
}
