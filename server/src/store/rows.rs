//! Many rows as one parameter.

use std::fmt::Write as _;

/// A JSON array of arrays, written row by row: one parameter carries all rows of a statement, and
/// both databases can take it apart.
#[derive(Debug, Default)]
pub(super) struct Rows {
    json: String,
    number: usize,
}

impl Rows {
    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.number == 0
    }

    /// A further row.
    pub(super) fn row<'r>(&mut self, values: impl IntoIterator<Item = Value<'r>>) {
        self.json.push_str(if self.number == 0 { "[[" } else { ",[" });
        for (place, value) in values.into_iter().enumerate() {
            if place > 0 {
                self.json.push(',');
            }
            match value {
                // Writing to a text never fails.
                Value::Number(number) => drop(write!(self.json, "{number}")),
                Value::Text(text) => write_text(&mut self.json, text),
                Value::Null => self.json.push_str("null"),
            }
        }
        self.json.push(']');
        self.number += 1;
    }

    /// The parameter.
    pub(super) fn into_json(mut self) -> String {
        self.json.push_str(if self.number == 0 { "[]" } else { "]" });
        self.json
    }
}

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'v> {
    Number(i64),
    Text(&'v str),
    Null,
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(text)
    }
}

impl<V: Into<Self>> From<Option<V>> for Value<'_> {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A text of JSON. PostgreSQL keeps no NUL in a text, so it becomes the sign for what cannot be
/// shown.
fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0' => json.push(char::REPLACEMENT_CHARACTER),
            '\u{1}'..='\u{1F}' => drop(write!(json, "\\u{:04x}", u32::from(character))),
            _ => json.push(character),
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_json_that_says_the_same() {
        assert_eq!(Rows::default().into_json(), "[]");
        let mut rows = Rows::default();
        let text = "a \"quoted\" \\ back\nslash \u{7} é 😀";
        rows.row([Value::from(-5), text.into(), None::<i64>.into()]);
        rows.row([Value::from(i64::MAX), "".into(), Some("x").into()]);
        let read: serde_json::Value = serde_json::from_str(&rows.into_json()).unwrap();
        assert_eq!(read, serde_json::json!([[-5, text, null], [i64::MAX, "", "x"]]));
    }

    #[test]
    fn keeps_no_nul() {
        let mut rows = Rows::default();
        rows.row(["a\0b".into()]);
        assert_eq!(rows.into_json(), "[[\"a\u{FFFD}b\"]]");
    }
}
