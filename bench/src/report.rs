//! What a run says.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

use crate::figures::{bytes, share, time, times};
use crate::goal::Goal;

/// How it says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Columns for a terminal.
    Table,
    /// One object a line.
    Json,
    /// A table as in the README.
    Markdown,
}

/// The figures of one bench.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Of `ours` and `theirs`.
    pub(crate) unit: &'static str,
    pub(crate) ours: f64,
    pub(crate) peer: Option<String>,
    pub(crate) theirs: Option<f64>,
    /// How many times faster ours is.
    pub(crate) ratio: Option<f64>,
    /// Shares of right answers, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ours_right: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) theirs_right: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) goal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) met: Option<bool>,
}

impl Row {
    /// Figures without a peer.
    pub(crate) fn alone(name: String, ours: f64, goal: Option<Goal>) -> Self {
        Self {
            name,
            unit: "ns",
            ours: rounded(ours),
            peer: None,
            theirs: None,
            ratio: None,
            ours_right: None,
            theirs_right: None,
            goal: goal.map(|goal| goal.to_string()),
            met: goal.map(|goal| goal.is_met(ours, None)),
        }
    }

    /// A size in bytes.
    pub(crate) fn bytes(name: String, ours: f64, goal: Option<Goal>) -> Self {
        Self { unit: "B", ..Self::alone(name, ours, goal) }
    }

    /// Figures beside a peer's.
    pub(crate) fn beside(
        name: String,
        ours: f64,
        peer: String,
        theirs: f64,
        goal: Option<Goal>,
    ) -> Self {
        let ratio = theirs / ours;
        Self {
            peer: Some(peer),
            theirs: Some(rounded(theirs)),
            ratio: Some(rounded(ratio)),
            met: goal.map(|goal| goal.is_met(ours, Some(ratio))),
            ..Self::alone(name, ours, goal)
        }
    }

    /// Adds the shares of right answers.
    pub(crate) fn with_right(mut self, ours: f64, theirs: f64) -> Self {
        (self.ours_right, self.theirs_right) = (Some(ours), Some(theirs));
        self
    }

    /// The columns, as people read them.
    fn columns(&self) -> [String; 7] {
        let right = |answers: Option<f64>| answers.map(share).unwrap_or_default();
        let verdict = match (&self.goal, self.met) {
            (Some(goal), Some(true)) => format!("{goal} met"),
            (Some(goal), _) => format!("{goal} missed"),
            _ => String::new(),
        };
        [
            self.name.clone(),
            if self.unit == "B" { bytes(self.ours) } else { time(self.ours) },
            right(self.ours_right),
            self.theirs.map(time).unwrap_or_default(),
            right(self.theirs_right),
            self.ratio.map(times).unwrap_or_default(),
            verdict,
        ]
    }
}

const HEADINGS: [&str; 7] = ["bench", "ours", "right", "theirs", "right", "faster", "goal"];
const WIDTHS: [usize; 7] = [38, 9, 7, 9, 7, 8, 0];

/// The rows so far, printed as they come.
pub(crate) struct Report {
    format: Format,
    begun: bool,
}

impl Report {
    pub(crate) fn new(format: Format) -> Self {
        Self { format, begun: false }
    }

    /// Prints a row.
    pub(crate) fn row(&mut self, row: &Row) -> Result<()> {
        if !self.begun && self.format != Format::Json {
            self.line(&HEADINGS.map(str::to_owned));
            if self.format == Format::Markdown {
                println!("|---|--:|--:|--:|--:|--:|---|");
            }
        }
        self.begun = true;
        match self.format {
            Format::Json => println!("{}", serde_json::to_string(row)?),
            _ => self.line(&row.columns()),
        }
        Ok(io::stdout().flush()?)
    }

    fn line(&self, columns: &[String; 7]) {
        let line: Vec<String> = columns
            .iter()
            .zip(WIDTHS)
            .enumerate()
            .map(|(at, (column, width))| match (self.format, at) {
                (Format::Markdown, _) => column.clone(),
                (_, 0 | 6) => format!("{column:width$}"),
                _ => format!("{column:>width$}"),
            })
            .collect();
        match self.format {
            Format::Markdown => println!("| {} |", line.join(" | ")),
            _ => println!("{}", line.join("  ").trim_end()),
        }
    }
}

/// Rounds to what a clock can tell.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::{Goal, Row};

    #[test]
    fn a_row_is_one_object() {
        let row = Row::beside("a/b".to_owned(), 10.004, "peer 1.0".to_owned(), 1500.0, None);
        assert_eq!(
            serde_json::to_string(&row).unwrap(),
            r#"{"name":"a/b","unit":"ns","ours":10.0,"peer":"peer 1.0","theirs":1500.0,"ratio":149.94}"#
        );
        let row = Row::alone("c".to_owned(), 17e6, Some(Goal::AtMost(16e6)));
        assert_eq!(
            serde_json::to_string(&row).unwrap(),
            r#"{"name":"c","unit":"ns","ours":17000000.0,"peer":null,"theirs":null,"ratio":null,"goal":"≤ 16.0 ms","met":false}"#
        );
    }

    #[test]
    fn a_missed_goal_is_told() {
        let row = Row::beside("a".to_owned(), 10.0, "b".to_owned(), 99.0, Some(Goal::Faster(10.0)));
        assert_eq!(row.with_right(1.0, 0.5).columns()[4..], ["50.0 %", "9.90 ×", "≥ 10 × missed"]);
    }
}
