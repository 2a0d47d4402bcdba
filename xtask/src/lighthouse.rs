//! `cargo xtask lighthouse`: the built application, judged by Lighthouse as on a desktop, and how soon its
//! pages answer on a slow processor.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::browser::Browser;
use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::server::{Build, Server};
use crate::{process, tools};

/// Lighthouse's name of a category, ours, and the lowest score that passes, out of 100.
const CATEGORIES: [(&str, &str, u32); 4] = [
    ("performance", "performance", 95),
    ("accessibility", "accessibility", 100),
    ("best-practices", "best practices", 100),
    ("seo", "SEO", 100),
];

/// Performance varies from run to run; the median of this many counts.
const RUNS: usize = 3;

/// The pages that are looked at with a processor that is slowed four times: those that anybody sees. With
/// a session Lighthouse finds no beginning of the page's load; `cargo xtask pages` looks at them all.
const PAGES: [(&str, &str); 3] =
    [("the composer", "/"), ("prices", "/prices"), ("settings", "/settings")];

/// How the processor is slowed.
const SLOW: [&str; 1] = ["--throttling.cpuSlowdownMultiplier=4"];

/// A page answers to everything within so many milliseconds on that processor.
pub(crate) const INTERACTIVE: f64 = 1_500.0;

/// What a page may move while it is loaded, as browsers reckon it: what rounds to nothing.
const SHIFT: f64 = 0.000_5;

/// Runs the command.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let _bundle = Bundle::build(checkout, Smallest::Needed)?;
    let server = Server::start(checkout, Build::Shipped)?;
    let look =
        Look { checkout, browser: Browser::need()?, program: tools::lighthouse().program()? };
    let mut runs = Vec::new();
    for number in 1..=RUNS {
        let label = format!("Lighthouse, run {number} of {RUNS}");
        let name = format!("lighthouse-{number}.json");
        runs.push(scores(&look.at(&label, &name, server.url(), &[])?)?);
    }
    let mut wrong: Vec<String> =
        verdict(&runs).err().map(|error| error.to_string()).into_iter().collect();
    println!();
    println!("interactive     moved  page, with a processor slowed four times");
    for (at, (name, path)) in PAGES.into_iter().enumerate() {
        let (mut interactive, mut shift) = (Vec::new(), Vec::new());
        for number in 1..=RUNS {
            let label = format!("Lighthouse, {name}, run {number} of {RUNS}");
            let report = format!("lighthouse-page-{at}-{number}.json");
            let report = look.at(&label, &report, &format!("{}{path}", server.url()), &SLOW)?;
            interactive.push(figure(&report, "interactive")?);
            shift.push(figure(&report, "cumulative-layout-shift")?);
        }
        let (interactive, shift) = (middle(interactive), middle(shift));
        println!("{interactive:>8.0} ms  {shift:>8.3}  {name}");
        if interactive > INTERACTIVE {
            wrong.push(format!("{name}: interactive after {interactive:.0} ms"));
        }
        if shift > SHIFT {
            wrong.push(format!("{name}: moves by {shift:.3}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("; ")) }
}

/// How Lighthouse is run.
struct Look<'a> {
    checkout: &'a Checkout,
    browser: Browser,
    program: PathBuf,
}

impl Look<'_> {
    /// Looks at a page; the report is left under a name.
    fn at(&self, label: &str, name: &str, url: &str, arguments: &[&str]) -> Result<Value> {
        let report = self.checkout.work()?.join(name);
        let fixed = ["--preset=desktop", "--output=json", "--quiet"];
        let mut command = self.checkout.program(&self.program, fixed);
        command
            .arg(url)
            .args(arguments)
            .arg(format!("--output-path={}", report.display()))
            .arg(format!("--chrome-flags={}", Browser::arguments().join(" ")))
            .env("CHROME_PATH", self.browser.chromium());
        process::run(label, &mut command)?;
        let text = fs::read_to_string(&report)
            .with_context(|| format!("Lighthouse left no report at {}", report.display()))?;
        serde_json::from_str(&text).context("Lighthouse's report is no JSON")
    }
}

/// Prints the median of each category; an error when one is too low.
fn verdict(runs: &[[u32; CATEGORIES.len()]]) -> Result<()> {
    let mut low = Vec::new();
    for (index, (_, name, least)) in CATEGORIES.into_iter().enumerate() {
        let score = median(runs.iter().filter_map(|run| run.get(index)).copied().collect());
        println!("{score:>3}  {name} (at least {least})");
        if score < least {
            low.push(name);
        }
    }
    if low.is_empty() { Ok(()) } else { bail!("too low: {}", low.join(", ")) }
}

fn median(mut scores: Vec<u32>) -> u32 {
    scores.sort_unstable();
    scores.get(scores.len() / 2).copied().unwrap_or_default()
}

/// The median of figures.
fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// What an audit has measured.
fn figure(report: &Value, audit: &str) -> Result<f64> {
    let figure = report.pointer(&format!("/audits/{audit}/numericValue")).and_then(Value::as_f64);
    figure.with_context(|| format!("Lighthouse measured no {audit}"))
}

fn scores(report: &Value) -> Result<[u32; CATEGORIES.len()]> {
    let mut scores = [0; CATEGORIES.len()];
    for (score, (key, name, _)) in scores.iter_mut().zip(CATEGORIES) {
        *score = report
            .pointer(&format!("/categories/{key}/score"))
            .and_then(Value::as_f64)
            .and_then(hundredths)
            .with_context(|| format!("Lighthouse gave no score for {name}"))?;
    }
    Ok(scores)
}

/// A score from 0 to 1, as people know it, from 0 to 100.
fn hundredths(score: f64) -> Option<u32> {
    format!("{score:.2}").replace('.', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{figure, hundredths, median, middle, verdict};

    #[test]
    fn scores_are_of_a_hundred() {
        assert_eq!(hundredths(1.0), Some(100));
        assert_eq!(hundredths(0.98), Some(98));
        assert_eq!(hundredths(0.0), Some(0));
        assert_eq!(hundredths(-1.0), None);
    }

    #[test]
    fn the_median_counts() {
        assert_eq!(median(vec![99, 60, 97]), 97);
        assert!(verdict(&[[60, 100, 100, 100], [95, 100, 100, 100], [96, 100, 100, 100]]).is_ok());
    }

    #[test]
    fn figures_are_read_and_the_middle_one_counts() {
        let report = json!({"audits": {"interactive": {"numericValue": 812.5}}});
        assert!((figure(&report, "interactive").unwrap() - 812.5).abs() < f64::EPSILON);
        assert!(figure(&report, "other").is_err());
        assert!((middle(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_too_low_is_named() {
        let error = verdict(&[[94, 100, 100, 99]]).unwrap_err().to_string();
        assert_eq!(error, "too low: performance, SEO");
    }
}
