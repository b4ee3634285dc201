//! Text that has been checked: an `Email`, `Title` or `Body` that exists is valid.

use std::fmt;

use thiserror::Error;

use crate::limits;

/// Why a text was refused. It never holds the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("must be at most {max} characters")]
    TooLong {
        /// The most that is allowed, in characters.
        max: usize,
    },
    /// A control character that has no place in this text, NUL above all.
    #[error("must not contain control characters")]
    Control,
    /// Not of the form `name@host`.
    #[error("must be an e-mail address")]
    NotAnEmail,
}

/// Trims, then checks emptiness, length in characters and control characters.
fn line(text: &str, max: usize) -> Result<String, TextError> {
    let text = check(text.trim(), max, is_no_part_of_a_line)?;
    if text.chars().all(is_invisible) {
        return Err(TextError::Empty);
    }
    Ok(text.to_owned())
}

/// Control characters, separators of lines, and what turns the direction of the text around it: with these a
/// name could imitate another (Unicode TR 36, 2.5). Marks of direction and joiners are part of many languages.
fn is_no_part_of_a_line(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Checks a search text: at most [`limits::QUERY_MAX`] characters of one line; it may be empty.
///
/// # Errors
/// The first rule that the text breaks.
pub fn check_query(text: &str) -> Result<(), TextError> {
    let max = limits::QUERY_MAX;
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    if text.chars().any(is_no_part_of_a_line) {
        return Err(TextError::Control);
    }
    Ok(())
}

fn check(text: &str, max: usize, refused: impl Fn(char) -> bool) -> Result<&str, TextError> {
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    if text.chars().any(refused) {
        return Err(TextError::Control);
    }
    Ok(text)
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $parse:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Checks a text that came from outside.
            ///
            /// # Errors
            /// The first rule that the text breaks.
            pub fn parse(text: &str) -> Result<$name, TextError> {
                let parse: fn(&str) -> Result<String, TextError> = $parse;
                parse(text).map($name)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Text of people stays out of logs, also by accident.
                write!(f, concat!(stringify!($name), "({} chars)"), self.0.chars().count())
            }
        }
    };
}

text!(
    /// An e-mail address: lower case, without white space, 3 to 254 characters.
    Email,
    |text| {
        let text = line(text, limits::EMAIL_MAX)?.to_lowercase();
        // Lower-casing can lengthen a text (RFC 6531 addresses may hold any letter).
        if text.chars().count() > limits::EMAIL_MAX {
            return Err(TextError::TooLong { max: limits::EMAIL_MAX });
        }
        let well_formed = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !host.starts_with(['.', '-'])
                && !host.ends_with(['.', '-'])
        });
        if well_formed && !text.contains(char::is_whitespace) {
            Ok(text)
        } else {
            Err(TextError::NotAnEmail)
        }
    }
);
text!(
    /// The name of a person: one trimmed line of 1 to 80 characters.
    PersonName,
    |text| line(text, limits::PERSON_NAME_MAX)
);
text!(
    /// The name of a category: one trimmed line of 1 to 80 characters.
    CategoryName,
    |text| line(text, limits::CATEGORY_NAME_MAX)
);
text!(
    /// The name of a canned reply: one trimmed line of 1 to 80 characters.
    CannedReplyName,
    |text| line(text, limits::CANNED_REPLY_NAME_MAX)
);
text!(
    /// The title of a ticket: one trimmed line of 1 to 200 characters.
    Title,
    |text| line(text, limits::TITLE_MAX)
);
text!(
    /// A message, note or description: 1 to 10,000 characters, kept as written. Line breaks and tabs are
    /// allowed, other control characters are not.
    Body,
    |text| {
        check(text, limits::BODY_MAX, |c| {
            c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        })
        .map(str::to_owned)
    }
);

impl Body {
    /// The start of the text on one line, for a list row.
    #[must_use]
    pub fn preview(&self) -> String {
        preview(&self.0)
    }
}

/// The start of a text on one line: white space folded, at most [`limits::PREVIEW_MAX`] characters.
#[must_use]
pub fn preview(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limits::PREVIEW_MAX) {
        Some((end, _)) => line[..end].trim_end().to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn emails_are_lower_cased_and_trimmed() {
        assert_eq!(
            Email::parse(" Ada@Example.ORG ").map(Email::into_string),
            Ok("ada@example.org".into())
        );
    }

    #[test]
    fn malformed_emails_are_refused() {
        for text in [
            "", "ada", "@", "ada@", "@host", "a b@host", "a@b@c", "a@.host", "a@host.", "a@-h",
        ] {
            assert!(Email::parse(text).is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn limits_count_characters_not_bytes() {
        assert!(Title::parse(&"é".repeat(limits::TITLE_MAX)).is_ok());
        assert_eq!(
            Title::parse(&"é".repeat(limits::TITLE_MAX + 1)),
            Err(TextError::TooLong {
                max: limits::TITLE_MAX
            })
        );
    }

    #[test]
    fn bodies_keep_line_breaks_and_refuse_nul() {
        assert_eq!(
            Body::parse(" a\r\n\tb ").map(Body::into_string),
            Ok(" a\r\n\tb ".into())
        );
        assert_eq!(Body::parse("a\0b"), Err(TextError::Control));
        assert_eq!(Body::parse("\u{1b}[31m"), Err(TextError::Control));
    }

    #[test]
    fn lines_can_be_seen_and_read_in_one_direction() {
        for name in ["\u{200b}", "\u{feff}\u{2060} \u{200d}"] {
            assert_eq!(PersonName::parse(name), Err(TextError::Empty), "{name:?}");
        }
        for name in ["Ada\u{202e}nimdA", "Ada\u{2066}", "Ada\u{2028}Bob"] {
            assert_eq!(PersonName::parse(name), Err(TextError::Control), "{name:?}");
            assert_eq!(Title::parse(name), Err(TextError::Control), "{name:?}");
            assert_eq!(check_query(name), Err(TextError::Control), "{name:?}");
        }
        for name in ["עדה\u{200f} Ada", "👩🏽\u{200d}🔬", "می\u{200c}خواهم"] {
            assert!(PersonName::parse(name).is_ok(), "{name:?}");
        }
        assert_eq!(check_query(""), Ok(()));
    }

    #[test]
    fn debug_output_hides_the_text() {
        let body = Body::parse("secret").map(|b| format!("{b:?}"));
        assert_eq!(body, Ok("Body(6 chars)".into()));
    }

    proptest! {
        #[test]
        fn parsing_is_idempotent(text in "\\PC{0,300}") {
            for parse in [
                |t: &str| Email::parse(t).map(Email::into_string),
                |t: &str| Title::parse(t).map(Title::into_string),
                |t: &str| PersonName::parse(t).map(PersonName::into_string),
                |t: &str| Body::parse(t).map(Body::into_string),
            ] {
                if let Ok(once) = parse(&text) {
                    prop_assert_eq!(parse(&once), Ok(once.clone()));
                }
            }
        }

        #[test]
        fn whatever_is_accepted_is_within_its_limits(text in any::<String>()) {
            if let Ok(body) = Body::parse(&text) {
                let count = body.as_str().chars().count();
                prop_assert!((1..=limits::BODY_MAX).contains(&count));
                prop_assert!(!body.as_str().contains('\0'));
            }
        }

        #[test]
        fn previews_are_one_short_line(text in any::<String>()) {
            let preview = preview(&text);
            prop_assert!(preview.chars().count() <= limits::PREVIEW_MAX);
            prop_assert!(!preview.contains('\n'));
        }
    }
}
