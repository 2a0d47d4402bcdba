//! How many tests a test runner says it ran, read from its output.

use std::fmt;
use std::ops::AddAssign;

/// Tests by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestCounts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl TestCounts {
    /// Adds up the summaries in the output of Rust's test harness, of wasm-bindgen's
    /// (`test result: ok. 3 passed; 0 failed; 1 ignored; …`, one for each test binary) and of
    /// Playwright's reporters (`  3 passed (5.3s)`, one line for each way to end).
    pub(crate) fn read(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            let line = line.trim();
            if let Some((_, summary)) =
                line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
            {
                summary.split("; ").for_each(|item| counts.add(item));
            } else if line.starts_with(|c: char| c.is_ascii_digit()) {
                counts.add(line);
            }
        }
        counts
    }

    /// Tests that ran to an end.
    pub(crate) fn ran(self) -> u64 {
        self.passed + self.failed
    }

    /// Adds an item such as `3 passed`; what is no such item counts nothing.
    fn add(&mut self, item: &str) {
        let Some((number, kind)) = item.split_once(' ') else { return };
        let Ok(number) = number.parse::<u64>() else { return };
        let kind = kind.split_once(" (").map_or(kind, |(kind, _)| kind);
        match kind {
            // Playwright's word for a test that passed when it was tried again.
            "passed" | "flaky" => self.passed += number,
            "failed" | "interrupted" => self.failed += number,
            "ignored" | "skipped" | "did not run" => self.skipped += number,
            _ => {}
        }
    }
}

/// `output` of a test runner without the line for each test that passed or was skipped: what is left tells
/// what failed, and stays readable where a log is cut.
pub(crate) fn without_successes(output: &str) -> String {
    output.split_inclusive('\n').filter(|line| !is_success(line)).collect()
}

/// Whether `line` says of one test that it passed or was skipped: `test a ... ok`, or `  ✓  3 [desktop] › …`
/// and `  -  4 [desktop] › …`.
fn is_success(line: &str) -> bool {
    let line = line.trim();
    if let Some(test) = line.strip_prefix("test ") {
        return test.ends_with(" ... ok") || test.contains(" ... ignored");
    }
    let numbered = line.strip_prefix(['✓', '-']).map(str::trim_start);
    numbered
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(" › "))
}

impl AddAssign for TestCounts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::{TestCounts, without_successes};

    #[test]
    fn rust_summaries_are_added_up() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.00s

test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s
";
        assert_eq!(TestCounts::read(output), TestCounts { passed: 3, failed: 3, skipped: 1 });
    }

    #[test]
    fn browser_summaries_are_added_up() {
        let output =
            "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.03s";
        assert_eq!(TestCounts::read(output), TestCounts { passed: 7, failed: 0, skipped: 0 });
    }

    #[test]
    fn playwright_summaries_are_added_up() {
        let output = "\
Running 7 tests using 2 workers
  1 failed
    [phone] › compose.spec.ts:3:1 › 12 passed letters
  2 skipped
  1 did not run
  3 passed (5.3s)
";
        assert_eq!(TestCounts::read(output), TestCounts { passed: 3, failed: 1, skipped: 3 });
    }

    #[test]
    fn a_failure_is_told_without_what_passed() {
        let output = "\
Running 3 tests using 2 workers
  ✓   1 [desktop] › a.spec.ts:3:1 › opens (1.5s)
  -   2 [desktop] › a.spec.ts:9:1 › skipped
  ✘   3 [desktop] › a.spec.ts:12:1 › - 4 › falls (2s)
    - waiting for getByRole('heading')
test a::b ... ok
test a::c ... ignored, needs a server
test a::d ... FAILED
  1 failed
";
        let told = "\
Running 3 tests using 2 workers
  ✘   3 [desktop] › a.spec.ts:12:1 › - 4 › falls (2s)
    - waiting for getByRole('heading')
test a::d ... FAILED
  1 failed
";
        assert_eq!(without_successes(output), told);
    }

    #[test]
    fn other_output_counts_nothing() {
        assert_eq!(TestCounts::read("no tests to run!\n160 characters\n"), TestCounts::default());
    }
}
