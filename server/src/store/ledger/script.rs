//! Several statements for PostgreSQL in one text, so that they go there and back together.
//!
//! Values stand in the text. So that none of them can be taken for anything else, it holds digits
//! and words of our own alone: texts go as the hexadecimal digits of their bytes, and PostgreSQL
//! makes texts of them again. Statements are prepared where they are sent for the first time, and
//! read and planned no more.

use std::fmt::Write as _;

use super::batch::{Batch, Kind, Value};
use super::statement::Statement;
use crate::hexadecimal::push_hexadecimal;

/// The statements that a connection has prepared; each is called by its place here.
#[derive(Debug, Default)]
pub(super) struct Prepared(Vec<Statement>);

/// Several statements in one text.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) text: String,
    /// Whose rows are those of each command in it; nobody's where it gives none.
    pub(super) owners: Vec<Option<usize>>,
}

impl Script {
    /// A further command of one word.
    pub(super) fn word(&mut self, word: &str) {
        self.text.push_str(word);
        self.text.push(';');
        self.owners.push(None);
    }

    /// A further statement, with the rows that it is carried out for. Without rows there is nothing
    /// to do for it.
    pub(super) fn add(
        &mut self,
        statement: Statement,
        rows: &Batch<'_>,
        owner: Option<usize>,
        prepared: &mut Prepared,
    ) {
        if let Statement::Alone(text) = statement {
            self.word(text);
            self.owners.pop();
            self.owners.push(owner);
            return;
        }
        if rows.is_empty() {
            return;
        }
        let known = prepared.0.iter().position(|known| *known == statement);
        let number = known.unwrap_or_else(|| {
            let number = prepared.0.len();
            prepared.0.push(statement);
            self.prepare(number, statement, rows);
            number
        });
        // Writing to a text never fails.
        let _ = write!(self.text, "EXECUTE ledger_{number} ");
        for place in 0..rows.width() {
            self.text.push_str(if place == 0 { "('{" } else { "}', '{" });
            for (number, value) in rows.column(place).enumerate() {
                if number > 0 {
                    self.text.push(',');
                }
                self.value(value);
            }
        }
        self.text.push_str("}');");
        self.owners.push(owner);
    }

    fn prepare(&mut self, number: usize, statement: Statement, rows: &Batch<'_>) {
        let (mut types, mut arrays) = (String::new(), String::new());
        let (mut names, mut values) = (String::new(), String::new());
        for (place, kind) in (1..).zip(rows.kinds()) {
            let comma = if place == 1 { "" } else { ", " };
            let (array, value) = match kind {
                Kind::Number => ("bigint[]", format!("column{place}")),
                Kind::Word => ("text[]", format!("column{place}")),
                Kind::Text => {
                    let text = format!("convert_from(decode(column{place}, 'hex'), 'UTF8')");
                    ("text[]", format!("{text} AS column{place}"))
                }
            };
            let _ = write!(types, "{comma}{array}");
            let _ = write!(arrays, "{comma}${place}");
            let _ = write!(names, "{comma}column{place}");
            let _ = write!(values, "{comma}{value}");
        }
        let rows = format!("SELECT {values} FROM unnest({arrays}) AS rows ({names})");
        let statement = statement.for_rows(&rows);
        let _ = write!(self.text, "PREPARE ledger_{number} ({types}) AS {statement};");
        self.owners.push(None);
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => {
                let _ = write!(self.text, "{number}");
            }
            Value::Word(word) => self.text.extend(word.chars().filter(char::is_ascii_lowercase)),
            Value::Text(_) => {
                let text = value.text().unwrap_or_default();
                // An array has no other sign for a text of no length.
                self.text.push('"');
                push_hexadecimal(&mut self.text, text.as_bytes());
                self.text.push('"');
            }
            Value::NoNumber | Value::NoText => self.text.push_str("NULL"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSERT: Statement = Statement::Insert { before: "INSERT INTO t (a, b, c)", after: "" };

    fn script(rows: &Batch<'_>, prepared: &mut Prepared) -> String {
        let mut script = Script::default();
        script.add(INSERT, rows, None, prepared);
        script.text
    }

    #[test]
    fn a_statement_is_prepared_once() {
        let mut prepared = Prepared::default();
        let mut rows = Batch::new(3);
        rows.row([1.into(), "a".into(), Value::Word("open")]);
        let first = script(&rows, &mut prepared);
        let execute = "EXECUTE ledger_0 ('{1}', '{\"61\"}', '{open}');";
        assert_eq!(
            first,
            format!(
                "PREPARE ledger_0 (bigint[], text[], text[]) AS INSERT INTO t (a, b, c) SELECT \
                 column1, convert_from(decode(column2, 'hex'), 'UTF8') AS column2, column3 FROM \
                 unnest($1, $2, $3) AS rows (column1, column2, column3);{execute}"
            )
        );
        assert_eq!(script(&rows, &mut prepared), execute);
    }

    #[test]
    fn no_text_can_be_taken_for_anything_else() {
        let mut prepared = Prepared(vec![INSERT]);
        let mut rows = Batch::new(3);
        rows.row([i64::MIN.into(), "'); DROP TABLE t; --\\\"".into(), Value::Word("don't")]);
        rows.row([None::<i64>.into(), None::<&str>.into(), Value::Word("open")]);
        rows.row([0.into(), "".into(), Value::Word("open")]);
        assert_eq!(
            script(&rows, &mut prepared),
            "EXECUTE ledger_0 ('{-9223372036854775808,NULL,0}', \
             '{\"27293b2044524f50205441424c4520743b202d2d5c22\",NULL,\"\"}', '{dont,open,open}');"
        );
    }

    #[test]
    fn each_command_has_an_owner() {
        let mut script = Script::default();
        let mut rows = Batch::new(1);
        script.word("BEGIN");
        script.add(INSERT, &rows, Some(0), &mut Prepared::default());
        rows.row([1.into()]);
        script.add(INSERT, &rows, Some(1), &mut Prepared::default());
        script.add(Statement::Alone("SELECT 1"), &Batch::new(0), Some(2), &mut Prepared::default());
        assert_eq!(script.owners, [None, None, Some(1), Some(2)]);
        assert_eq!(script.text.matches(';').count(), 4);
    }
}
