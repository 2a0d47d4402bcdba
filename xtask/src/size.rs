//! `cargo xtask size`: what the application's first load weighs, against a budget.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use iap_texts::{LOCALES, PARTS};
use serde::Serialize;

use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::compression::{brotli, read};
use crate::first_load;

/// The most that the application's first load may weigh, whichever page it begins with: wasm,
/// JavaScript, CSS and HTML together, the part of the program that has the page, and the texts of
/// both in the language that has the largest, in bytes of brotli.
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
    let mut aside = BTreeMap::new();
    for (name, file) in first_load::aside(&bundle.dist)? {
        aside.insert(name, weigh(&bundle.dist, file)?);
    }
    for name in heaviest(&aside) {
        first.extend(aside.remove(&name));
    }
    let (texts, others): (Vec<_>, Vec<_>) =
        aside.into_iter().partition(|(name, _)| name.starts_with("texts-"));
    later.extend(others.into_iter().map(|(_, weight)| weight));
    later.extend(LOCALES.iter().map(|locale| {
        let tag = format!("texts-{}", locale.tag);
        let own = texts.iter().filter(|(name, _)| name.starts_with(&tag)).map(|(_, weight)| weight);
        Weight { file: format!("{tag}-* of all further parts"), ..total(own) }
    }));
    later.sort_by_key(|weight| weight.brotli);
    Ok((first, later))
}

/// What the heaviest first load has beside the program: the texts of a language, unless they are
/// built in, and a part with its texts in that language.
fn heaviest(aside: &BTreeMap<String, Weight>) -> Vec<String> {
    let loads = LOCALES.iter().flat_map(|locale| {
        PARTS.iter().map(move |part| {
            let (tag, part) = (locale.tag, part.name);
            [format!("texts-{tag}"), format!("part-{part}"), format!("texts-{tag}-{part}")]
        })
    });
    let there =
        loads.map(|load| load.into_iter().filter(|name| aside.contains_key(name)).collect());
    let weight = |load: &Vec<String>| -> usize {
        load.iter().filter_map(|name| aside.get(name)).map(|weight| weight.brotli).sum()
    };
    there.max_by_key(weight).unwrap_or_default()
}

fn weigh(dist: &Path, file: String) -> Result<Weight> {
    let bytes = read(&dist.join(&file))?;
    let brotli = brotli(&bytes)?.len();
    Ok(Weight { file, raw: bytes.len(), brotli })
}

fn total<'a>(weights: impl IntoIterator<Item = &'a Weight>) -> Weight {
    let none = Weight { file: "total".to_owned(), raw: 0, brotli: 0 };
    weights.into_iter().fold(none, |sum, weight| Weight {
        raw: sum.raw + weight.raw,
        brotli: sum.brotli + weight.brotli,
        ..sum
    })
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
    use std::collections::BTreeMap;

    use super::{BUDGET, Weight, heaviest, kilobytes, total, verdict};

    fn weight(raw: usize, brotli: usize) -> Weight {
        Weight { file: "a".to_owned(), raw, brotli }
    }

    #[test]
    fn the_total_is_the_sum() {
        let total = total(&[weight(10, 4), weight(5, 3)]);
        assert_eq!(total, Weight { file: "total".to_owned(), raw: 15, brotli: 7 });
    }

    #[test]
    fn the_heaviest_page_counts_in_the_heaviest_language() {
        let weights = [
            ("part-buy", 10),
            ("texts-en-buy", 4),
            ("part-prices", 12),
            ("texts-en-prices", 1),
            ("texts-fr", 2),
            ("texts-fr-buy", 3),
            ("phone-plans", 99),
        ];
        let aside: BTreeMap<String, Weight> = weights
            .into_iter()
            .map(|(name, brotli)| (name.to_owned(), weight(0, brotli)))
            .collect();
        assert_eq!(heaviest(&aside), ["texts-fr", "part-buy", "texts-fr-buy"]);
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
