//! Many rows for one statement.

use std::borrow::Cow;

/// Rows of the same width.
#[derive(Debug)]
pub(super) struct Batch<'v> {
    width: usize,
    values: Vec<Value<'v>>,
}

impl<'v> Batch<'v> {
    /// No rows, of so many values each.
    pub(super) const fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// A further row.
    pub(super) fn row<const WIDTH: usize>(&mut self, values: [Value<'v>; WIDTH]) {
        debug_assert_eq!(WIDTH, self.width, "the rows of a batch are alike");
        self.values.extend(values);
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The number of values in a row.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// The rows, one after the other.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Value<'v>]> {
        // There are no values where rows have none.
        self.values.chunks(self.width.max(1))
    }

    /// What the values at each place of a row are. There has to be a row.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.values.iter().take(self.width).map(|value| value.kind())
    }

    /// The values of all rows at a place.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = Value<'v>> {
        self.values.iter().skip(place).step_by(self.width.max(1)).copied()
    }
}

/// A value of a row. One that is not there is of a kind all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'v> {
    Number(i64),
    NoNumber,
    Text(&'v str),
    NoText,
    /// A word of our own, of small letters.
    Word(&'static str),
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Word,
}

impl<'v> Value<'v> {
    const fn kind(self) -> Kind {
        match self {
            Self::Number(_) | Self::NoNumber => Kind::Number,
            Self::Text(_) | Self::NoText => Kind::Text,
            Self::Word(_) => Kind::Word,
        }
    }

    /// The text as it is kept: PostgreSQL keeps no NUL, so it becomes the sign for what cannot be
    /// shown.
    pub(super) fn text(self) -> Option<Cow<'v, str>> {
        match self {
            Self::Text(text) if text.contains('\0') => Some(text.replace('\0', "\u{FFFD}").into()),
            Self::Text(text) => Some(text.into()),
            _ => None,
        }
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::NoNumber, Self::Number)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(text)
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(text: Option<&'v str>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_of_the_same_values() {
        let mut batch = Batch::new(2);
        assert!(batch.is_empty());
        batch.row([1.into(), None::<&str>.into()]);
        batch.row([None::<i64>.into(), "b".into()]);
        let rows: Vec<_> = batch.rows().collect();
        assert_eq!(rows[0], [Value::Number(1), Value::NoText]);
        assert_eq!(rows[1], [Value::NoNumber, Value::Text("b")]);
        assert!(batch.kinds().eq([Kind::Number, Kind::Text]));
        assert!(batch.column(0).eq([Value::Number(1), Value::NoNumber]));
        assert!(batch.column(1).eq([Value::NoText, Value::Text("b")]));
    }

    #[test]
    fn keeps_no_nul() {
        assert_eq!(Value::from("a\0b").text().unwrap(), "a\u{FFFD}b");
    }
}
