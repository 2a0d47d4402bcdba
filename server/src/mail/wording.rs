//! What stands in a mail, and how it is laid out.

use std::fmt::Write as _;

use html_escape::encode_text;

use super::language::Language;

/// The longest name of others that a mail repeats, in characters.
pub(super) const LONGEST_NAME: usize = 100;

/// What stands in a mail, in each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What it is about, on one line.
    pub subject: String,
    /// The mail as plain text.
    pub text: String,
    /// The mail as a page of HTML.
    pub html: String,
}

/// Labels with their values, a line each.
pub(super) struct Facts {
    /// As plain text.
    pub(super) text: String,
    /// As rows of a table.
    pub(super) rows: String,
}

impl Facts {
    /// Writes them in both forms.
    pub(super) fn of(facts: &[(&str, String)], colon: &str) -> Self {
        let (mut text, mut rows) = (String::new(), String::new());
        for (label, value) in facts {
            // Writing to a text never fails.
            let _ = writeln!(text, "{label}{colon}{value}");
            let _ = writeln!(
                rows,
                "<tr><th scope=\"row\" style=\"padding-right: 1em; text-align: left\">{}</th>\
                 <td>{}</td></tr>",
                encode_text(label),
                encode_text(value)
            );
        }
        Self { text, rows }
    }
}

/// The page of HTML around a mail's `body`.
pub(super) fn page(language: Language, subject: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{}</title>\n</head>\n\
         <body style=\"font-family: system-ui, sans-serif; line-height: 1.5\">\n{body}\
         </body>\n</html>\n",
        language.tag(),
        encode_text(subject),
    )
}

/// A name of others on one line that is not too long, without what turns the direction of writing:
/// it cannot look like words of ours.
pub(super) fn one_line(name: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: Vec<_> = name.split(hidden).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_NAME).collect()
}
