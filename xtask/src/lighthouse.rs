//! `cargo xtask lighthouse`: the built application, judged by Lighthouse as on a desktop.

use std::fs;
use std::path::Path;

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

/// Runs the command.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let browser = Browser::need()?;
    let lighthouse = tools::lighthouse().program()?;
    let _bundle = Bundle::build(checkout, Smallest::Needed)?;
    let server = Server::start(checkout, Build::Shipped)?;
    let mut runs = Vec::new();
    for number in 1..=RUNS {
        let report = checkout.work()?.join(format!("lighthouse-{number}.json"));
        let mut command =
            checkout.program(&lighthouse, ["--preset=desktop", "--output=json", "--quiet"]);
        command
            .arg(server.url())
            .arg(format!("--output-path={}", report.display()))
            .arg(format!("--chrome-flags={}", Browser::arguments().join(" ")))
            .env("CHROME_PATH", browser.chromium());
        process::run(&format!("Lighthouse, run {number} of {RUNS}"), &mut command)?;
        runs.push(scores(&report)?);
    }
    verdict(&runs)
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

fn scores(report: &Path) -> Result<[u32; CATEGORIES.len()]> {
    let text = fs::read_to_string(report)
        .with_context(|| format!("Lighthouse left no report at {}", report.display()))?;
    let report: Value = serde_json::from_str(&text).context("Lighthouse's report is no JSON")?;
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
    use super::{hundredths, median, verdict};

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
    fn what_is_too_low_is_named() {
        let error = verdict(&[[94, 100, 100, 99]]).unwrap_err().to_string();
        assert_eq!(error, "too low: performance, SEO");
    }
}
