//! `cargo xtask size`: what the application's first load weighs, against a budget.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::compression::{brotli, read};
use crate::first_load;

/// The most that the application's first load may weigh, whichever page it begins with: wasm,
/// JavaScript, CSS and HTML together, the part of the program that has the page, and the texts of
/// the language that has the largest, in bytes of brotli.
///
/// 280 kB arrive within two and a half seconds at 1 Mbit/s, a slow phone connection. The composer
/// alone, with everything made up, kept to 180.
const BUDGET: usize = 280_000;

/// Build the application and print what its first load weighs; fail above the budget.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON object a line: {"file":"…","raw":n,"brotli":n}, in bytes; "total" is the
    /// first load, and what stands behind it is loaded when the page is there.
    #[arg(long)]
    json: bool,
}

/// What a file weighs, in bytes.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Weight {
    file: String,
    raw: usize,
    brotli: usize,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let bundle = Bundle::build(checkout, Smallest::Needed)?;
    let (first, later) = weigh_all(&bundle)?;
    let total = total(&first);
    for weight in first.iter().chain([&total]) {
        print(weight, arguments)?;
    }
    if !arguments.json {
        println!("and when the page is there, or another is opened:");
    }
    for weight in &later {
        print(weight, arguments)?;
    }
    verdict(&total)?;
    eprintln!("within the budget of {} in brotli (1 kB = 1,000 bytes)", kilobytes(BUDGET));
    Ok(())
}

fn print(weight: &Weight, arguments: &Arguments) -> Result<()> {
    if arguments.json {
        println!("{}", serde_json::to_string(weight)?);
    } else {
        println!(
            "{:>10} raw  {:>10} brotli  {}",
            kilobytes(weight.raw),
            kilobytes(weight.brotli),
            weight.file
        );
    }
    Ok(())
}

/// Fails if the first load of a built application is above the budget.
pub(crate) fn check(bundle: &Bundle) -> Result<()> {
    verdict(&total(&weigh_all(bundle)?.0))
}

/// What the first load consists of, and what is loaded when the page is there.
fn weigh_all(bundle: &Bundle) -> Result<(Vec<Weight>, Vec<Weight>)> {
    let files = first_load::files(&bundle.dist)?;
    let first: Result<Vec<Weight>> =
        files.into_iter().map(|file| weigh(&bundle.dist, file)).collect();
    let (mut first, mut later) = (first?, Vec::new());
    let (mut texts, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for (name, file) in first_load::aside(&bundle.dist)? {
        let weight = weigh(&bundle.dist, file.clone())?;
        match name.split_once('-') {
            Some(("texts", _)) => drop(texts.insert(file, weight)),
            // A part has several pages.
            Some(("page", _)) => drop(parts.insert(file, weight)),
            _ => later.push(weight),
        }
    }
    // A language that is not built in has its texts loaded before anything is shown, and a page
    // its part.
    first.extend(texts.into_values().max_by_key(|weight| weight.brotli));
    let mut parts: Vec<_> = parts.into_values().collect();
    parts.sort_by_key(|weight| weight.brotli);
    first.extend(parts.pop());
    later.extend(parts);
    Ok((first, later))
}

fn weigh(dist: &Path, file: String) -> Result<Weight> {
    let bytes = read(&dist.join(&file))?;
    let brotli = brotli(&bytes)?.len();
    Ok(Weight { file, raw: bytes.len(), brotli })
}

fn total(weights: &[Weight]) -> Weight {
    Weight {
        file: "total".to_owned(),
        raw: weights.iter().map(|weight| weight.raw).sum(),
        brotli: weights.iter().map(|weight| weight.brotli).sum(),
    }
}

fn verdict(total: &Weight) -> Result<()> {
    let (size, budget) = (kilobytes(total.brotli), kilobytes(BUDGET));
    if total.brotli > BUDGET {
        bail!("the first load weighs {size} in brotli, above the budget of {budget}");
    }
    Ok(())
}

/// A size as people read it, rounded up so that a budget never looks kept when it is not.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Weight, kilobytes, total, verdict};

    fn weight(raw: usize, brotli: usize) -> Weight {
        Weight { file: "a".to_owned(), raw, brotli }
    }

    #[test]
    fn the_total_is_the_sum() {
        let total = total(&[weight(10, 4), weight(5, 3)]);
        assert_eq!(total, Weight { file: "total".to_owned(), raw: 15, brotli: 7 });
    }

    #[test]
    fn one_byte_above_the_budget_is_too_much() {
        assert!(verdict(&weight(BUDGET * 3, BUDGET)).is_ok());
        let error = verdict(&weight(BUDGET * 3, BUDGET + 1)).unwrap_err().to_string();
        assert!(error.contains("280.1 kB") && error.contains("280.0 kB"), "{error}");
    }

    #[test]
    fn the_json_is_as_documented() {
        let line = serde_json::to_string(&weight(10, 4)).unwrap();
        assert_eq!(line, r#"{"file":"a","raw":10,"brotli":4}"#);
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1), "0.1 kB");
        assert_eq!(kilobytes(180_000), "180.0 kB");
    }
}
