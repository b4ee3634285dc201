//! What is shown of a text that was found.

use std::ops::Range;

use super::SearchQuery;
use crate::limits::SNIPPET_MAX;

/// Characters that are shown before the first match of a long text.
const BEFORE: usize = 40;

/// What stands for the part of a text that is left out.
const LEFT_OUT: &str = "…";

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The part.
    pub text: String,
    /// Whether it is a word that matches.
    pub highlighted: bool,
}

impl SearchQuery {
    /// The whole of a short text, with the words that match.
    #[must_use]
    pub fn highlight(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        self.cut(text, 0..text.len(), &mut pieces);
        pieces.0
    }

    /// A text on one line: all of it, or at most [`SNIPPET_MAX`] characters around the first match.
    #[must_use]
    pub fn snippet(&self, text: &str) -> Vec<Piece> {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let range = self.window(&line);
        let mut pieces = Pieces::default();
        if range.start > 0 {
            pieces.add(LEFT_OUT, false);
        }
        self.cut(&line, range.clone(), &mut pieces);
        if range.end < line.len() {
            pieces.add(LEFT_OUT, false);
        }
        pieces.0
    }

    /// The part of a line to show: it ends between words where it can.
    fn window(&self, line: &str) -> Range<usize> {
        if line.chars().nth(SNIPPET_MAX).is_none() {
            return 0..line.len();
        }
        let first = self.matches(line).next().map_or(0, |range| range.start);
        let mut back = line[..first].char_indices().rev();
        let mut start = match back.nth(BEFORE - 1) {
            None => 0,
            Some((at, _)) => line[at..first].find(' ').map_or(at, |blank| at + blank + 1),
        };
        let shown = |from: usize| {
            let mut chars = line[from..].char_indices();
            chars.nth(SNIPPET_MAX).map(|(length, _)| from + length)
        };
        let Some(end) = shown(start) else {
            // Near the end of the line there is room for more of what comes before.
            let mut back = line.char_indices().rev();
            let earliest = back.nth(SNIPPET_MAX - 1).map_or(0, |(at, _)| at);
            let blank = line[earliest..start].find(' ');
            start = blank.map_or(earliest, |blank| earliest + blank + 1);
            return start..line.len();
        };
        let after = self.matches(&line[first..end]).next();
        let after = first + after.map_or(0, |range| range.end);
        let end = line[after..end].rfind(' ').map_or(end, |at| after + at);
        start..end
    }

    /// Adds a part of a text.
    fn cut(&self, text: &str, part: Range<usize>, pieces: &mut Pieces) {
        let mut at = part.start;
        for found in self.matches(text) {
            let (begin, end) = (found.start.max(part.start), found.end.min(part.end));
            if begin < end {
                pieces.add(&text[at..begin], false);
                pieces.add(&text[begin..end], true);
                at = end;
            }
        }
        pieces.add(&text[at..part.end], false);
    }
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add(&mut self, text: &str, highlighted: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.highlighted == highlighted => last.text.push_str(text),
            _ => self.0.push(Piece {
                text: text.to_owned(),
                highlighted,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As one text, with brackets around what is highlighted.
    fn marked(pieces: &[Piece]) -> String {
        let marked = pieces.iter().map(|piece| match piece.highlighted {
            true => format!("[{}]", piece.text),
            false => piece.text.clone(),
        });
        marked.collect()
    }

    fn plain(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn words_that_match_are_highlighted_whole() {
        let query = SearchQuery::parse("print café");
        let pieces = query.highlight("Printer in the Cafe\u{301}, reprint <b>");
        assert_eq!(
            marked(&pieces),
            "[Printer] in the [Cafe\u{301}], reprint <b>"
        );
        assert_eq!(query.highlight(""), []);
    }

    #[test]
    fn short_texts_come_whole_and_on_one_line() {
        let query = SearchQuery::parse("fire");
        assert_eq!(marked(&query.snippet(" On\r\n\tfire\n")), "On [fire]");
        assert_eq!(marked(&query.snippet("Flood")), "Flood");
    }

    #[test]
    fn long_texts_are_cut_between_words_around_the_first_match() {
        let text = format!("{} fire {}", "lorem ".repeat(50), "ipsum ".repeat(50));
        let snippet = marked(&SearchQuery::parse("fire").snippet(&text));
        assert!(snippet.starts_with("…lorem "), "{snippet}");
        assert!(snippet.contains(" [fire] ipsum "), "{snippet}");
        assert!(snippet.ends_with(" ipsum…"), "{snippet}");

        let late = format!("{} fire", "lorem ".repeat(50));
        let snippet = marked(&SearchQuery::parse("fire").snippet(&late));
        assert!(snippet.starts_with("…lorem ") && snippet.ends_with(" [fire]"));
        assert!(snippet.chars().count() > 140, "{snippet}");

        let none = marked(&SearchQuery::parse("x").snippet(&text));
        assert!(
            none.starts_with("lorem ") && none.ends_with("lorem…"),
            "{none}"
        );
    }

    #[test]
    fn texts_without_blanks_are_cut_between_characters() {
        let text = format!("{}。打印机{}", "文".repeat(300), "字".repeat(300));
        let snippet = plain(&SearchQuery::parse("打印").snippet(&text));
        assert_eq!(snippet.chars().count(), SNIPPET_MAX + 2);
        assert!(snippet.contains("。打印机"));
    }

    proptest! {
        #[test]
        fn highlighting_changes_nothing(query in "\\PC{0,20}", text in any::<String>()) {
            let pieces = SearchQuery::parse(&query).highlight(&text);
            prop_assert_eq!(plain(&pieces), text);
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
        }

        #[test]
        fn snippets_are_one_short_line_of_the_text(
            query in "[a-c]{1,2}",
            text in "([a-cé👩文]{0,4}[ \n]?){0,120}",
        ) {
            let query = SearchQuery::parse(&query);
            let pieces = query.snippet(&text);
            let snippet = plain(&pieces);
            prop_assert!(snippet.chars().count() <= SNIPPET_MAX + 2);
            prop_assert!(!snippet.contains('\n'));
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(line.contains(snippet.trim_matches('…')));
            let found = pieces.iter().any(|piece| piece.highlighted);
            prop_assert_eq!(found, query.relevance(&text) > 0);
        }
    }
}
