//! What is shown while a command runs: on a terminal one line that is rewritten, elsewhere (logs)
//! a line now and then, so that a long step is seen to live. All of it goes to standard error;
//! results go to standard output.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a step that is still running says so where lines cannot be rewritten.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// Columns of a rewritten line: more would wrap on a narrow terminal, and leave its rest behind.
const COLUMNS: usize = 78;

/// One step that is running.
pub(crate) struct Progress {
    label: String,
    started: Instant,
    spoke: Instant,
    terminal: bool,
}

impl Progress {
    /// Starts to show the step `label`.
    pub(crate) fn start(label: &str) -> Self {
        let now = Instant::now();
        let terminal = io::stderr().is_terminal();
        let progress = Self { label: label.to_owned(), started: now, spoke: now, terminal };
        progress.rewrite("");
        progress
    }

    /// Shows that the step is still running; `latest` is its last line of output.
    pub(crate) fn beat(&mut self, latest: &str) {
        if self.terminal {
            self.rewrite(latest);
        } else if self.spoke.elapsed() >= HEARTBEAT {
            self.spoke = Instant::now();
            let so_far = seconds(self.started.elapsed());
            eprintln!("      {so_far:>9}  {}, still running: {}", self.label, latest.trim());
        }
    }

    /// Ends the step: prints its line, with `word` ("done", "pass", "FAIL") in front.
    pub(crate) fn finish(self, word: &str) -> Duration {
        let took = self.started.elapsed();
        self.clear();
        eprintln!("{word:<4}  {:>9}  {}", seconds(took), self.label);
        took
    }

    fn rewrite(&self, latest: &str) {
        if self.terminal {
            let line = format!(
                "      {:>9}  {}  {}",
                seconds(self.started.elapsed()),
                self.label,
                latest.trim()
            );
            let line: String = line.chars().filter(|c| !c.is_control()).take(COLUMNS).collect();
            eprint!("\r\x1b[2K{line}");
            drop(io::stderr().flush());
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[2K");
        }
    }
}

/// A duration as people read it: `0.4 s`, `12.3 s`, `3 min 20 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        format!("{whole}.{} s", duration.subsec_millis() / 100)
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::seconds;

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(449)), "0.4 s");
        assert_eq!(seconds(Duration::from_millis(12_300)), "12.3 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
        assert_eq!(seconds(Duration::from_secs(3605)), "60 min 05 s");
    }
}
