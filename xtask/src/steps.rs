//! A list of steps that all run, also after one has failed: each gets a line, the failures are
//! told in full at the end, and a summary closes.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::{self, Ended};
use crate::progress::{Progress, seconds};
use crate::test_counts::{TestCounts, without_successes};

/// The steps so far.
pub(crate) struct Steps {
    started: Instant,
    passed: usize,
    skipped: usize,
    failures: Vec<Failure>,
    tests: TestCounts,
}

struct Failure {
    label: String,
    told: String,
}

impl Steps {
    /// No step yet.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            passed: 0,
            skipped: 0,
            failures: Vec::new(),
            tests: TestCounts::default(),
        }
    }

    /// Runs `command`; the step passes when it succeeds.
    pub(crate) fn command(&mut self, label: &str, command: &mut Command) -> bool {
        self.gather(label, command, |_| Ok(()))
    }

    /// Runs `command`, which runs tests; the step passes when it succeeds and ran a test at least.
    pub(crate) fn tests(&mut self, label: &str, command: &mut Command) -> bool {
        let mut counts = TestCounts::default();
        let passed = self.gather(label, command, |ended| {
            counts = TestCounts::read(&ended.output);
            if counts.ran() == 0 { Err("no test was run") } else { Ok(()) }
        });
        self.tests += counts;
        passed
    }

    /// Takes what a preparation gave; a preparation that failed is a step that failed.
    pub(crate) fn prepared<T>(&mut self, label: &str, result: Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                eprintln!("FAIL  {:>9}  {label}", "");
                self.failures
                    .push(Failure { label: label.to_owned(), told: format!("{error:#}\n") });
                None
            }
        }
    }

    /// Takes the outcome of a check that is done in this program.
    pub(crate) fn outcome(&mut self, label: &str, result: Result<()>) {
        if self.prepared(label, result).is_some() {
            eprintln!("pass  {:>9}  {label}", "");
            self.passed += 1;
        }
    }

    /// Notes a step that is not run, and why.
    pub(crate) fn skip(&mut self, label: &str, why: &str) {
        eprintln!("skip  {:>9}  {label}: {why}", "");
        self.skipped += 1;
    }

    /// Tells what failed, then the summary; an error when a step failed.
    pub(crate) fn finish(self) -> Result<()> {
        for failure in &self.failures {
            eprintln!("\n---- {} ----\n\n{}", failure.label, failure.told);
        }
        println!("{}", self.summary(self.started.elapsed()));
        match self.failures.len() {
            0 => Ok(()),
            1 => bail!("one step failed: {}", self.failed_labels()),
            n => bail!("{n} steps failed: {}", self.failed_labels()),
        }
    }

    fn failed_labels(&self) -> String {
        let labels: Vec<&str> = self.failures.iter().map(|f| f.label.as_str()).collect();
        labels.join("; ")
    }

    fn summary(&self, took: Duration) -> String {
        let steps = format!(
            "steps: {} passed, {} failed, {} skipped, in {}",
            self.passed,
            self.failures.len(),
            self.skipped,
            seconds(took)
        );
        if self.tests == TestCounts::default() {
            steps
        } else {
            format!("tests: {}\n{steps}", self.tests)
        }
    }

    fn gather(
        &mut self,
        label: &str,
        command: &mut Command,
        judge: impl FnOnce(&Ended) -> Result<(), &'static str>,
    ) -> bool {
        let mut progress = Progress::start(label);
        let told = match process::gather(command, &mut progress) {
            Ok(ended) => {
                let judged = judge(&ended);
                let output = without_successes(&ended.output);
                if !ended.status.success() {
                    let shown = process::shown(command);
                    Some(format!("{shown} failed ({}):\n\n{output}", ended.status))
                } else if let Err(why) = judged {
                    Some(format!("{}: {why}:\n\n{output}", process::shown(command)))
                } else {
                    None
                }
            }
            Err(error) => Some(format!("{error:#}\n")),
        };
        self.end(label, progress, told)
    }

    /// Ends a step; `told` is what to say when it failed.
    fn end(&mut self, label: &str, progress: Progress, told: Option<String>) -> bool {
        let passed = told.is_none();
        progress.finish(if passed { "pass" } else { "FAIL" });
        match told {
            None => self.passed += 1,
            Some(told) => self.failures.push(Failure { label: label.to_owned(), told }),
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use anyhow::anyhow;

    use super::Steps;

    fn cargo(argument: &str) -> Command {
        let mut command = Command::new("cargo");
        command.arg(argument);
        command
    }

    #[test]
    fn all_steps_run_and_each_failure_is_kept() {
        let mut steps = Steps::new();
        assert!(!steps.command("first", &mut cargo("no-such-command")));
        assert!(steps.command("second", &mut cargo("--version")));
        assert!(!steps.command("third", &mut Command::new("iap-no-such-program")));
        steps.skip("fourth", "not today");
        assert!(steps.prepared::<()>("fifth", Err(anyhow!("no disk"))).is_none());
        assert!(steps.failures[0].told.contains("no such command"), "{}", steps.failures[0].told);
        assert_eq!(
            steps.summary(Duration::from_secs(2)),
            "steps: 1 passed, 3 failed, 1 skipped, in 2.0 s"
        );
        let error = steps.finish().unwrap_err().to_string();
        assert_eq!(error, "3 steps failed: first; third; fifth");
    }

    #[test]
    fn a_test_step_that_runs_no_test_fails() {
        let mut steps = Steps::new();
        assert!(!steps.tests("nothing", &mut cargo("--version")));
        assert!(steps.failures[0].told.contains("no test was run"));
    }
}
