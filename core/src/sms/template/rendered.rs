//! A text as one recipient gets it, with the way back to the template.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::{Piece, Template};

/// A rendered text and where each piece of it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text as the recipient gets it.
    pub text: String,
    /// Its pieces, end to end: text, value, text, value, … Pieces of text are not empty, values
    /// may be.
    pub spans: Vec<Span>,
}

/// A piece of a rendered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The bytes it takes in the rendered text.
    pub rendered: Range<usize>,
    /// The bytes of the template that it comes from: the same text, or the placeholder.
    pub source: Range<usize>,
    /// For a value the place of its placeholder in [`Template::placeholders`].
    pub placeholder: Option<usize>,
    /// Whether it is a value that the recipient lacks, so that nothing stands there.
    pub lacking: bool,
}

impl Template<'_> {
    /// Renders the text for a preview: like [`Template::render`], with the way back.
    #[must_use]
    pub fn preview<V: AsRef<str>>(&self, mut value: impl FnMut(&str) -> Option<V>) -> Rendered {
        let mut text = String::with_capacity(self.text.len());
        let mut spans = Vec::with_capacity(self.placeholders.len() * 2 + 1);
        self.pieces(|piece| {
            let start = text.len();
            let (source, placeholder, lacking) = match piece {
                Piece::Text(range) if range.is_empty() => return,
                Piece::Text(range) => {
                    text.push_str(self.slice(range.clone()));
                    (range, None, false)
                }
                Piece::Placeholder(index, placeholder) => {
                    let value = value(placeholder.field);
                    let value = value.as_ref().map(AsRef::as_ref).unwrap_or_default();
                    text.push_str(value);
                    (placeholder.range.clone(), Some(index), value.is_empty())
                }
            };
            spans.push(Span { rendered: start..text.len(), source, placeholder, lacking });
        });
        Rendered { text, spans }
    }
}

impl Rendered {
    /// The bytes of the template that a range of the rendered text comes from: as exact as the
    /// text between placeholders allows, and the whole placeholder where the range touches its
    /// value. An empty range is a position.
    ///
    /// Beyond the end of the text there is nothing to point at; the range is cut.
    #[must_use]
    pub fn source(&self, rendered: Range<usize>) -> Range<usize> {
        let end = rendered.end.min(self.text.len());
        let start = rendered.start.min(end);
        let start_span = self.spans.iter().find(|span| start < span.rendered.end);
        let end_span = self.spans.iter().rev().find(|span| {
            if start == end { span.rendered.start <= end } else { span.rendered.start < end }
        });
        let last = self.spans.last().map_or(0, |span| span.source.end);
        let from = start_span.map_or(last, |span| match span.placeholder {
            Some(_) => span.source.start,
            None => span.source.start + start.saturating_sub(span.rendered.start),
        });
        let to = end_span.map_or(from, |span| match span.placeholder {
            Some(_) => span.source.end,
            None => span.source.start + end.min(span.rendered.end) - span.rendered.start,
        });
        from..to.max(from)
    }
}
