//! A program in JavaScript that answers questions: one JSON object a line, asked and answered.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A running driver; it ends when this is dropped.
pub(crate) struct Driver {
    name: &'static str,
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts `peers/<name>` in Node.
    pub(crate) fn start(name: &'static str) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
        let mut child = Command::new("node")
            .arg(folder.join(name))
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {name} in Node"))?;
        let questions = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("Node has no output")?);
        Ok(Self { name, child, questions, answers })
    }

    /// Asks a question and waits for its answer.
    pub(crate) fn ask<A: DeserializeOwned>(&mut self, question: &impl Serialize) -> Result<A> {
        let questions = self.questions.as_mut().context("the driver has ended")?;
        let mut line = serde_json::to_string(question)?;
        line.push('\n');
        // A driver that has ended tells why on its standard error.
        let ended = || format!("{} has ended", self.name);
        questions
            .write_all(line.as_bytes())
            .and_then(|()| questions.flush())
            .with_context(ended)?;
        line.clear();
        if self.answers.read_line(&mut line).with_context(ended)? == 0 {
            bail!(ended());
        }
        let answer: Value = serde_json::from_str(&line)
            .with_context(|| format!("{} does not answer in JSON: {line}", self.name))?;
        if let Some(error) = answer.get("error").and_then(Value::as_str) {
            bail!("{} failed: {error}", self.name);
        }
        serde_json::from_value(answer).with_context(|| format!("{} answers {line}", self.name))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It ends by itself when no more questions can come, and closes its browser.
        drop(self.questions.take());
        drop(self.child.wait());
    }
}
