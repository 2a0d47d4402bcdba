//! `iap quote` over the vectors that core is tested with, those where all get the same text.

use std::fs;

use iap_core::pricing::Credits;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::iap::run;

#[derive(Deserialize)]
struct Vectors {
    quote: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    csv: String,
    on: String,
    recipients: Vec<String>,
    same: Option<usize>,
    limit: Option<u8>,
    balance: String,
    #[serde(default)]
    lines: Vec<Line>,
    total: Option<String>,
    after: Option<String>,
    missing: Option<String>,
    #[serde(default)]
    refused: Vec<Refused>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    country: Option<String>,
    prefix: Option<String>,
    recipients: u64,
    parts: u64,
    price: String,
    subtotal: String,
}

#[derive(Deserialize)]
struct Refused {
    at: u64,
    reason: String,
}

/// A text of so many parts.
fn text(parts: usize) -> String {
    if parts == 1 { "a".to_owned() } else { "a".repeat(153 * parts) }
}

fn assert_amount(found: &Value, expected: Option<&str>, name: &str) {
    let amount = |text: &str| text.parse::<Credits>().unwrap();
    assert_eq!(found.as_str().map(amount), expected.map(amount), "{name}");
}

fn check(case: &Case, quote: &Value) {
    let name = &case.name;
    let found = quote["destinations"].as_array().unwrap();
    assert_eq!(found.len(), case.lines.len(), "{name}");
    for (found, line) in found.iter().zip(&case.lines) {
        assert_eq!(found["country"].as_str(), line.country.as_deref(), "{name}");
        assert_eq!(found["prefix"].as_str(), line.prefix.as_deref(), "{name}");
        assert_eq!(found["recipients"], line.recipients, "{name}");
        assert_eq!(found["parts"], line.parts, "{name}");
        assert_amount(&found["credits_per_part"], Some(&line.price), name);
        assert_amount(&found["credits"], Some(&line.subtotal), name);
    }
    assert_amount(&quote["credits"], case.total.as_deref(), name);
    assert_amount(&quote["after"], case.after.as_deref(), name);
    assert_amount(&quote["missing"], case.missing.as_deref(), name);
    let found: Vec<_> = quote["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let reason = one["reason"].as_str().unwrap().replace('_', "");
            (one["position"].as_u64().unwrap() - 1, reason)
        })
        .collect();
    let expected: Vec<_> =
        case.refused.iter().map(|one| (one.at, one.reason.to_lowercase())).collect();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn quotes_come_out_as_in_core() {
    let vectors = include_str!("../../../core/testdata/quote.toml");
    let directory = TempDir::new().unwrap();
    let rates = directory.path().join("rates.csv");
    let mut checked = 0;
    for case in toml::from_str::<Vectors>(vectors).unwrap().quote {
        let Some(parts) = case.same else { continue };
        fs::write(&rates, &case.csv).unwrap();
        let limit = case.limit.unwrap_or(255).to_string();
        let text = text(parts);
        let arguments = [
            "quote",
            "--json",
            "--to-file",
            "-",
            "--rates",
            rates.to_str().unwrap(),
            "--date",
            &case.on,
            "--cap",
            &limit,
            "--balance",
            &case.balance,
            &text,
        ];
        let outcome = run(&arguments, case.recipients.join("\n"));
        if case.error.is_some() {
            assert_eq!((outcome.status, outcome.out.as_str()), (Some(1), ""), "{}", case.name);
            assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        } else {
            let good = case.missing.is_none() && !case.lines.is_empty();
            assert_eq!(outcome.status, Some(i32::from(!good)), "{}", case.name);
            check(&case, &serde_json::from_str(&outcome.out).unwrap());
        }
        checked += 1;
    }
    assert!(checked >= 5, "only {checked} quotes can be asked for with one text");
}
