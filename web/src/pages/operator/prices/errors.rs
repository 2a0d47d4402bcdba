//! What is wrong with a file of rates, beside the lines that it is about.

use iap_core::pricing::csv::{CsvError, CsvErrors};

use crate::dom::{Node, view};
use crate::i18n::I18n;

/// The characters of a line that are shown.
const SHOWN: usize = 80;

/// Each error with its line. The sentences are core's, which are English.
pub(super) fn errors(t: I18n, csv: &str, errors: &CsvErrors) -> Node {
    let lines: Vec<&str> = csv.lines().collect();
    let items: Vec<Node> = errors.errors.iter().map(|it| item(t, &lines, it)).collect();
    let more = (errors.more > 0).then(|| {
        view! { <p class="soft">{t.rate_cards_more_errors(errors.more)}</p> }
    });
    view! {
        <ol role="list" class="rate-errors">{items}</ol>
        {more}
    }
}

fn item(t: I18n, lines: &[&str], error: &CsvError) -> Node {
    let line = error.line.checked_sub(1).and_then(|place| lines.get(place));
    let line = line.map(|line| line.chars().take(SHOWN).collect::<String>());
    let place = match &error.cell {
        _ if error.line == 0 => t.rate_cards_whole().to_owned(),
        None => t.rate_cards_line(t.number(error.line)),
        Some(cell) => t.rate_cards_line_column(
            t.number(error.line),
            if cell.name.is_empty() { cell.position.to_string() } else { cell.name.clone() },
        ),
    };
    let sentence = error.kind.to_string();
    view! {
        <li>
            <strong>{place}</strong>
            {line.map(|line| view! { <code class="rate-line" translate="no">{line}</code> })}
            <span lang="en">{sentence}</span>
        </li>
    }
}
