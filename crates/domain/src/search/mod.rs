//! Searching: the words of a query, how well a text matches them, and what is shown of it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::ids::TicketId;
use crate::limits;

mod snippet;
mod words;

pub use snippet::Piece;

/// What somebody searches for. A text matches if each word is the beginning of one of its words, whatever the
/// case and the diacritics.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchQuery {
    words: Vec<Word>,
    number: Option<TicketId>,
}

/// A word of a query.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    text: String,
    folded: String,
}

impl Word {
    /// Lower case and composed: letters, digits, marks and `_` between them, and nothing else.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// How well a word of a text matches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Beginning,
    Whole,
}

impl SearchQuery {
    /// Reads what somebody typed. Whatever is no part of a word only separates words; those that come twice and
    /// those past the [limit](limits::SEARCH_WORDS_MAX) are passed over.
    #[must_use]
    pub fn parse(text: &str) -> SearchQuery {
        let number = text.trim();
        let number = number.strip_prefix('#').unwrap_or(number);
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|_| is_number);
        let text: String = text.nfc().collect();
        let mut words: Vec<Word> = Vec::new();
        for range in words::of(&text) {
            let word = text[range].trim_matches('_').to_lowercase();
            let word: String = word.chars().take(limits::SEARCH_WORD_MAX).collect();
            let folded = words::fold(&word);
            // A lone mark is no word.
            let is_new = !words.iter().any(|known| known.folded == folded);
            if folded.chars().any(char::is_alphanumeric) && is_new {
                words.push(Word { text: word, folded });
            }
            if words.len() == limits::SEARCH_WORDS_MAX {
                break;
            }
        }
        SearchQuery {
            words,
            number: number.filter(|id| *id <= limits::ID_MAX).map(TicketId),
        }
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The ticket, if nothing but its number was searched for: `123` or `#123`.
    #[must_use]
    pub fn number(&self) -> Option<TicketId> {
        self.number
    }

    /// Whether a text has all the words. Without any, it has not.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        !self.words.is_empty() && self.points(text).iter().all(|points| *points > 0)
    }

    /// How well a text matches: more for each of the words that it has, and more for whole ones; 0 without any.
    #[must_use]
    pub fn relevance(&self, text: &str) -> u32 {
        self.points(text).iter().sum()
    }

    /// How well a text matches each of the words.
    fn points(&self, text: &str) -> Vec<u32> {
        let mut best = vec![0; self.words.len()];
        for range in words::of(text) {
            let word = &text[range];
            for (best, wanted) in best.iter_mut().zip(&self.words) {
                let points = match words::fit(word, &wanted.folded) {
                    None => continue,
                    Some(Fit::Beginning) => 2,
                    Some(Fit::Whole) => 3,
                };
                *best = points.max(*best);
            }
        }
        best
    }

    /// The words of a text that match.
    fn matches<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        words::of(text).filter(|range| {
            let word = &text[range.clone()];
            let mut wanted = self.words.iter();
            wanted.any(|wanted| words::fit(word, &wanted.folded).is_some())
        })
    }
}

impl std::fmt::Debug for SearchQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Text of people stays out of logs, also by accident.
        write!(f, "SearchQuery({} words)", self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        let query = SearchQuery::parse(text);
        query.words().iter().map(|w| w.as_str().into()).collect()
    }

    #[test]
    fn whatever_is_no_part_of_a_word_separates() {
        assert_eq!(words("Printer  on-FIRE"), ["printer", "on", "fire"]);
        assert_eq!(
            words(r#"+a* -b "c" (d) ~e <f> @g 'h' i\j k%l"#).join(""),
            "abcdefghijkl"
        );
        assert_eq!(words("_fire_drill_ __ 👩‍🔬 !?"), ["fire_drill"]);
        assert_eq!(words("\u{301}"), [""; 0]);
        assert_eq!(words("打印机 坏了"), ["打印机", "坏了"]);
    }

    #[test]
    fn long_queries_are_bounded_and_words_count_once() {
        let hundred: Vec<_> = (0..100).map(|n| format!("w{n}")).collect();
        assert_eq!(words(&hundred.join(" ")).len(), limits::SEARCH_WORDS_MAX);
        assert_eq!(words("Café cafe CAFÉ"), ["café"]);
        assert_eq!(words(&"x".repeat(200)), ["x".repeat(40)]);
    }

    #[test]
    fn only_a_number_alone_is_that_of_a_ticket() {
        let number = |text| SearchQuery::parse(text).number().map(i64::from);
        assert_eq!(number("123"), Some(123));
        assert_eq!(number(" #123 "), Some(123));
        for text in [
            "",
            "#",
            "-1",
            "+1",
            "1.5",
            "##1",
            "no 12",
            "99999999999999999999",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn case_and_diacritics_do_not_matter() {
        for (query, text) in [
            ("CAFE", "the café"),
            ("müll", "MULLABFUHR"),
            ("cafe\u{301}", "Café"),
            ("мой", "МОЙ"),
            ("한국", "한국어"),
        ] {
            assert!(SearchQuery::parse(query).relevance(text) > 0, "{query}");
        }
        assert_eq!(SearchQuery::parse("rinter").relevance("printer"), 0);
    }

    #[test]
    fn whole_words_and_more_words_are_worth_more() {
        let query = SearchQuery::parse("print fire");
        let [both, one, beginning, none] =
            ["print fire", "print it", "printer", "flood"].map(|text| query.relevance(text));
        assert!(both > one && one > beginning && beginning > none);
        assert_eq!(none, 0);
        assert!(query.is_in("fire and prints") && !query.is_in("print it"));
        assert!(!SearchQuery::parse("").is_in("print"));
    }

    proptest! {
        #[test]
        fn what_is_searched_for_has_no_operators(text in any::<String>()) {
            let query = SearchQuery::parse(&text);
            prop_assert!(query.words().len() <= limits::SEARCH_WORDS_MAX);
            for word in query.words() {
                let word = word.as_str();
                prop_assert!(!word.is_empty());
                prop_assert!(!word.contains(|c: char| c.is_ascii() && !c.is_alphanumeric() && c != '_'));
                prop_assert!(word.chars().count() <= limits::SEARCH_WORD_MAX);
            }
        }

        #[test]
        fn a_text_matches_its_own_words(text in "[\\PC]{0,60}") {
            let query = SearchQuery::parse(&text);
            let whole = u32::try_from(query.words().len()).unwrap_or_default() * 2;
            prop_assert!(query.relevance(&text) >= whole, "{:?}", words::of(&text).collect::<Vec<_>>());
        }
    }
}
