//! Texts with placeholders.
//!
//! A placeholder is `{{`, a field's name and `}}`, with blanks around the name if one likes:
//! `{{name}}`, `{{ object.name }}`. A name is made of words of ASCII letters, digits and
//! underscores that do not begin with a digit, with points between them. Braces anywhere else
//! are text: `{{`, `{{}}`, `{{ 1 }}`, `{ {name}}`.
//!
//! What a text with placeholders costs depends on who gets it, so it is counted as each recipient
//! will get it, with [`Tally`].

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

mod placeholder;
mod rendered;
mod tally;

pub use rendered::{Rendered, Span};
pub use tally::{FieldCount, Tally, TallyCounts};

/// A text whose placeholders were found.
///
/// Every text is a template. One without placeholders renders as itself.
///
/// ```
/// use iap_core::sms::template::Template;
///
/// let template = Template::parse("Dear {{ name }}, {{greeting}}");
/// assert_eq!(template.fields(), ["name", "greeting"]);
/// let text = template.render(|field| (field == "name").then_some("Ada"));
/// assert_eq!(text, "Dear Ada, ");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'t> {
    text: &'t str,
    placeholders: Vec<Placeholder<'t>>,
    /// Each name once, in the order of their first placeholders.
    fields: Vec<&'t str>,
}

/// A placeholder in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder<'t> {
    /// The name of the field, without blanks.
    pub field: &'t str,
    /// Where the name stands in [`Template::fields`].
    pub index: usize,
    /// The bytes of the text it takes, braces included.
    pub range: Range<usize>,
}

impl<'t> Template<'t> {
    /// Finds the placeholders of a text, in one pass. Nothing is wrong with any text.
    #[must_use]
    pub fn parse(text: &'t str) -> Self {
        let mut template = Self { text, placeholders: Vec::new(), fields: Vec::new() };
        let mut known = BTreeMap::new();
        for (range, field) in placeholder::find(text) {
            let index = *known.entry(field).or_insert(template.fields.len());
            if index == template.fields.len() {
                template.fields.push(field);
            }
            template.placeholders.push(Placeholder { field, index, range });
        }
        template
    }

    /// The text as it was written.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// The names of the fields, each once, in the order in which they first stand in the text.
    #[must_use]
    pub fn fields(&self) -> &[&'t str] {
        &self.fields
    }

    /// The placeholders in the order of the text, as for highlighting them.
    #[must_use]
    pub fn placeholders(&self) -> &[Placeholder<'t>] {
        &self.placeholders
    }

    /// The text with every placeholder replaced by what `value` gives for its field, by nothing
    /// where it gives nothing. A value is taken as it is: braces in it are text.
    #[must_use]
    pub fn render<V: AsRef<str>>(&self, value: impl FnMut(&'t str) -> Option<V>) -> String {
        let mut text = String::with_capacity(self.text.len());
        self.render_into(&mut text, value);
        text
    }

    /// Renders like [`Template::render`] into a buffer, whose earlier contents are dropped and
    /// whose memory is used again.
    pub fn render_into<V: AsRef<str>>(
        &self,
        buffer: &mut String,
        mut value: impl FnMut(&'t str) -> Option<V>,
    ) {
        self.render_placeholders(buffer, |placeholder| value(placeholder.field));
    }

    /// Renders with the value of each placeholder.
    fn render_placeholders<V: AsRef<str>>(
        &self,
        buffer: &mut String,
        mut value: impl FnMut(&Placeholder<'t>) -> Option<V>,
    ) {
        buffer.clear();
        self.pieces(|piece| match piece {
            Piece::Text(range) => buffer.push_str(self.slice(range)),
            Piece::Placeholder(_, placeholder) => {
                if let Some(value) = value(placeholder) {
                    buffer.push_str(value.as_ref());
                }
            }
        });
    }

    /// Hands out the text between placeholders and the placeholders, in order.
    fn pieces(&self, mut piece: impl FnMut(Piece<'_, 't>)) {
        let mut end = 0;
        for (index, placeholder) in self.placeholders.iter().enumerate() {
            piece(Piece::Text(end..placeholder.range.start));
            piece(Piece::Placeholder(index, placeholder));
            end = placeholder.range.end;
        }
        piece(Piece::Text(end..self.text.len()));
    }

    /// A part of the text.
    fn slice(&self, range: Range<usize>) -> &'t str {
        // The ranges come from the text itself and begin and end at braces.
        self.text.get(range).unwrap_or_default()
    }
}

/// What a template is made of.
enum Piece<'p, 't> {
    /// Text to be taken as it is; may be empty.
    Text(Range<usize>),
    /// A placeholder and its place among them.
    Placeholder(usize, &'p Placeholder<'t>),
}
