//! `iap quote`

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::iap::{Outcome, run};

const RATES: &str = "prefix,country,credits_per_part,kind,valid_from\n\
    32,BE,0.0616,standard,2020-01-01\n\
    32,BE,0.0700,standard,2026-06-01\n\
    33,FR,0.05,,2020-01-01\n\
    32471,,,premium,2020-01-01\n\
    40,RO,,blocked,2020-01-01\n";

/// A directory with `rates.csv`.
struct Directory(TempDir);

impl Directory {
    fn new() -> Self {
        let directory = Self(TempDir::new().unwrap());
        directory.write("rates.csv", RATES);
        directory
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn quote(&self, arguments: &[&str], input: &str) -> Outcome {
        let rates = self.path("rates.csv");
        let common = ["quote", "--rates", &rates, "--date", "2026-01-31"];
        run(&[&common, arguments].concat(), input)
    }

    /// The quote as JSON, with the exit status.
    fn json(&self, arguments: &[&str], input: &str) -> (Value, Option<i32>) {
        let outcome = self.quote(&[&["--json"], arguments].concat(), input);
        assert_eq!(outcome.err, "");
        (serde_json::from_str(&outcome.out).unwrap(), outcome.status)
    }
}

#[test]
fn prices_each_destination_and_the_whole() {
    let directory = Directory::new();
    let text = "a".repeat(161);
    let to = "+32470123456,+32498550177,+33612345678";
    let (quote, status) = directory.json(&["--to", to, "--balance", "9.33", &text], "");
    assert_eq!(status, Some(0));
    assert_eq!(
        quote,
        json!({
            "message": {"encoding": "GSM7", "units": 161, "parts": 2},
            "date": "2026-01-31",
            "rates": {"file": directory.path("rates.csv"), "sample": false},
            "destinations": [
                {
                    "country": "BE", "prefix": "32", "recipients": 2, "parts": 4,
                    "credits_per_part": "0.0616", "credits": "0.2464",
                },
                {
                    "country": "FR", "prefix": "33", "recipients": 1, "parts": 2,
                    "credits_per_part": "0.0500", "credits": "0.1000",
                },
            ],
            "recipients": 3,
            "parts": 6,
            "credits": "0.3464",
            "refused": [],
            "not_mobile": [],
            "balance": "9.3300",
            "after": "8.9836",
        })
    );
}

#[test]
fn the_day_decides_which_rate_counts() {
    let directory = Directory::new();
    let rates = directory.path("rates.csv");
    let to = ["quote", "--rates", &rates, "--json", "--to", "+32470123456", "a", "--date"];
    for (date, credits) in [("2026-05-31", "0.0616"), ("2026-06-01", "0.0700")] {
        let outcome = run(&[&to[..], &[date]].concat(), "");
        let quote: Value = serde_json::from_str(&outcome.out).unwrap();
        assert_eq!(quote["credits"], credits, "{date}");
    }
}

#[test]
fn a_short_balance_says_what_is_missing() {
    let directory = Directory::new();
    let arguments = ["--to", "+32470123456", "--balance", "0.05", "a"];
    let (quote, status) = directory.json(&arguments, "");
    assert_eq!(status, Some(1));
    assert_eq!(quote["missing"], "0.0116");
    assert!(quote.get("after").is_none());
    let outcome = directory.quote(&arguments, "");
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(1), ""));
    assert!(outcome.out.contains("0.0116 are missing"), "{}", outcome.out);
    // Exactly enough is enough.
    let (quote, status) = directory.json(&["--to", "+32470123456", "--balance", "0.0616", "a"], "");
    assert_eq!((status, &quote["after"]), (Some(0), &json!("0.0000")));
}

#[test]
fn refused_recipients_are_listed_with_the_reason() {
    let directory = Directory::new();
    let to = "+32470123456,0470 12 34,+32470123456,+32471234567,+40721234567,+34612345678";
    let (quote, status) = directory.json(&["--to", to, "a"], "");
    assert_eq!(status, Some(0));
    assert_eq!(quote["recipients"], 1);
    assert_eq!(quote["credits"], "0.0616");
    assert!(quote.get("balance").is_none());
    let refused: Vec<_> = quote["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            assert!(!one["detail"].as_str().unwrap().is_empty());
            (one["position"].as_u64().unwrap(), one["reason"].as_str().unwrap())
        })
        .collect();
    let expected =
        [(2, "bad_number"), (3, "duplicate"), (4, "premium"), (5, "blocked"), (6, "not_supported")];
    assert_eq!(refused, expected);
    assert_eq!(quote["refused"][0]["given"], "0470 12 34");

    let outcome = directory.quote(&["--to", to, "a"], "");
    assert!(outcome.out.contains("      2.  0470 12 34: "), "{}", outcome.out);
    assert!(outcome.out.contains("BE +32"), "{}", outcome.out);
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let directory = Directory::new();
    let list = "0470 12 34 56\n0032 498/55.01.77\n+33 6 12 34 56 78\n+32 (0)470 12 34 56\n";
    let (quote, status) = directory.json(&["--country", "be", "--to-file", "-", "a"], list);
    assert_eq!((status, &quote["recipients"]), (Some(0), &json!(3)));
    let refused = &quote["refused"][0];
    assert_eq!((&refused["position"], &refused["reason"]), (&json!(4), &json!("duplicate")));
    // As they stand in an address book.
    let list = "Ann <+32 470 12 34 56>; Bob, 0498 55 01 77\n";
    let (quote, _) = directory.json(&["--country", "BE", "--to-file", "-", "a"], list);
    assert_eq!((&quote["recipients"], &quote["refused"]), (&json!(2), &json!([])));
    // Without a country, a number without one cannot be read, and what was typed is kept.
    let (quote, status) = directory.json(&["--to", "0470 12 34 56", "a"], "");
    assert_eq!(status, Some(1));
    assert_eq!(quote["refused"][0]["given"], "0470 12 34 56");
}

#[test]
fn numbers_that_are_no_mobile_phones_are_told() {
    let directory = Directory::new();
    let to = ["--to", "+32470123456,+3222345678", "a"];
    let (quote, status) = directory.json(&to, "");
    assert_eq!((status, &quote["recipients"]), (Some(0), &json!(2)));
    let expected = json!([{"position": 2, "number": "+3222345678", "kind": "fixed_line"}]);
    assert_eq!(quote["not_mobile"], expected);
    let outcome = directory.quote(&to, "");
    assert!(outcome.out.ends_with("      2.  +3222345678: fixed line\n"), "{}", outcome.out);
}

#[test]
fn nobody_to_send_to_is_said() {
    let directory = Directory::new();
    for arguments in [
        &["--to", "nobody", "a"][..],
        &["--to", "+40721234567", "a"],
        &["--to", "+32470123456", ""],
        &["--to", "+32470123456", "--cap", "1", &"a".repeat(161)],
    ] {
        let outcome = directory.quote(arguments, "");
        assert_eq!(outcome.status, Some(1), "{arguments:?}");
        assert!(outcome.out.contains("nobody to send to"), "{}", outcome.out);
    }
    let (quote, status) = directory.json(&["--to", "+32470123456", ""], "");
    assert_eq!(status, Some(1));
    assert_eq!(quote["refused"][0]["reason"], "empty_text");
}

#[test]
fn recipients_come_from_a_file_or_standard_input() {
    let directory = Directory::new();
    let list = "+32470123456\r\n\n  +33612345678 \n+32470123456";
    let file = directory.write("list.txt", list);
    let (from_file, _) = directory.json(&["--to-file", &file, "a"], "");
    assert_eq!(from_file["recipients"], 2);
    assert_eq!(from_file["refused"][0]["position"], 3);
    let (from_stdin, _) = directory.json(&["--to-file", "-", "a"], list);
    assert_eq!(from_stdin, from_file);
    // Both, and the text from standard input.
    let arguments = ["--to", "+32498550177", "--to", "+32498550178", "--to-file", &file];
    let (both, _) = directory.json(&arguments, "text\n");
    assert_eq!(both["recipients"], 4);
    assert_eq!(both["message"]["units"], 4);
}

#[test]
fn without_rates_of_its_own_it_says_sample() {
    let arguments = ["quote", "--to", "+32470123456", "--date", "2026-01-31", "a"];
    let outcome = run(&arguments, "");
    assert_eq!(outcome.status, Some(0));
    assert!(outcome.out.contains("sample rates"), "{}", outcome.out);
    let outcome = run(&[&arguments[..], &["--json"]].concat(), "");
    let quote: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(quote["rates"], json!({"sample": true}));
    // Today is a day like any other.
    let arguments = ["quote", "--to", "+32470123456", "a"];
    assert_eq!(run(&arguments, "").status, Some(0));
}

#[test]
fn bad_rates_are_named_line_by_line() {
    let directory = Directory::new();
    directory.write(
        "rates.csv",
        "prefix,credits_per_part,valid_from\n32,dear,2020-01-01\n33,1,2020-01-01\nx,1,2020-01-01\n",
    );
    let outcome = directory.quote(&["--to", "+33612345678", "a"], "");
    assert_eq!((outcome.status, outcome.out.as_str()), (Some(2), ""));
    assert!(outcome.err.contains("line 2, column 2 (credits_per_part)"), "{}", outcome.err);
    assert!(outcome.err.contains("line 4, column 1 (prefix)"), "{}", outcome.err);
}

#[test]
fn bad_usage_is_a_sentence() {
    let directory = Directory::new();
    for arguments in [
        &["a"][..],
        &["--to"],
        &["--to", "+32470123456", "--balance", "1e3", "a"],
        &["--to", "+32470123456", "--date", "2026-02-30", "a"],
        &["--to", "+32470123456", "--country", "ZZ", "a"],
        &["--to-file", "-"],
        &["--to-file", "/no/such/file", "a"],
    ] {
        let outcome = directory.quote(arguments, "+32470123456\n");
        assert_eq!((outcome.status, outcome.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!outcome.err.is_empty());
    }
    let outcome = run(&["quote", "--rates", "/no/such/file", "--to", "+32470123456", "a"], "");
    assert_eq!(outcome.status, Some(2));
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
}
