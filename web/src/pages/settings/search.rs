//! Finding settings by words, and showing where they fit.

use crate::dom::{Node, view};
use crate::format;
use crate::i18n::Locale;

/// The words that are looked for, folded; none where nothing is.
pub(super) fn words(locale: Locale, search: &str) -> Vec<String> {
    format::fold(locale, search).split_whitespace().map(str::to_owned).collect()
}

/// Whether all words stand in a text.
pub(super) fn finds(locale: Locale, words: &[String], text: &str) -> bool {
    let text = format::fold(locale, text);
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Whether one of the words stands in a text.
pub(super) fn touches(locale: Locale, words: &[String], text: &str) -> bool {
    let text = format::fold(locale, text);
    words.iter().any(|word| text.contains(word.as_str()))
}

/// A text in which the words are marked.
pub(super) fn marked(locale: Locale, words: &[String], text: &str) -> Vec<Node> {
    pieces(&|text| format::fold(locale, text), words, text)
        .into_iter()
        .map(|(piece, is_found)| {
            if is_found {
                view! { <mark>{piece}</mark> }
            } else {
                Node::of_text(&piece)
            }
        })
        .collect()
}

/// A text in pieces, each with whether it is one of the words. Letters are folded one by one, so that
/// it is known which of them a folded word came from.
fn pieces(fold: &dyn Fn(&str) -> String, words: &[String], text: &str) -> Vec<(String, bool)> {
    // Of each folded letter the place of the letter that it came from.
    let letters: Vec<char> = text.chars().collect();
    let mut folded = String::new();
    let mut places = Vec::new();
    for (place, letter) in letters.iter().enumerate() {
        let small = fold(&letter.to_string());
        places.extend(small.bytes().map(|_| place));
        folded.push_str(&small);
    }
    let mut found = vec![false; letters.len()];
    for word in words.iter().filter(|word| !word.is_empty()) {
        for (start, _) in folded.match_indices(word.as_str()) {
            for place in places.iter().skip(start).take(word.len()) {
                if let Some(found) = found.get_mut(*place) {
                    *found = true;
                }
            }
        }
    }
    let mut pieces = Vec::<(String, bool)>::new();
    for (letter, is_found) in letters.into_iter().zip(found) {
        match pieces.last_mut() {
            Some((piece, same)) if *same == is_found => piece.push(letter),
            _ => pieces.push((letter.to_string(), is_found)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the browser does it, for the letters below.
    fn fold(text: &str) -> String {
        text.to_lowercase().replace(['é', 'è'], "e")
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for (text, found, expected) in [
            ("Odoo IAP", &["iap"][..], &["Odoo ", "[IAP]"][..]),
            ("Téléphone", &["tele"], &["[Télé]", "phone"]),
            ("Developer mode", &["mode", "velo"], &["De", "[velo]", "per ", "[mode]"]),
            ("banana", &["ana", "nan"], &["b", "[anan]", "a"]),
            ("Nothing", &[], &["Nothing"]),
            ("", &["a"], &[]),
        ] {
            let told: Vec<_> = pieces(&fold, &words(found), text)
                .into_iter()
                .map(|(piece, found)| if found { format!("[{piece}]") } else { piece })
                .collect();
            assert_eq!(told, expected, "{text}");
        }
    }
}
