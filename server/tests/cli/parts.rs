//! `iap parts`

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::iap::{Outcome, command, run};

fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn jsonl(texts: &[&str], arguments: &[&str]) -> Vec<Value> {
    let input: String =
        texts.iter().map(|text| json!({ "text": text }).to_string() + "\n").collect();
    let arguments: Vec<_> = ["parts", "--jsonl"].iter().chain(arguments).copied().collect();
    let outcome = run(&arguments, input);
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""));
    lines(&outcome)
}

#[test]
fn answers_each_line_with_its_count() {
    let straddling = format!("{}€{}", "a".repeat(152), "b".repeat(10));
    let texts = ["", "Hello", &"€".repeat(81), &straddling, &"😀".repeat(36), "a\r\nb"];
    let answers = jsonl(&texts, &[]);
    assert_eq!(
        answers,
        [
            json!({"encoding": "GSM7", "units": 0, "parts": 0, "part_units": []}),
            json!({"encoding": "GSM7", "units": 5, "parts": 1, "part_units": [5]}),
            json!({"encoding": "GSM7", "units": 162, "parts": 2, "part_units": [152, 10]}),
            json!({"encoding": "GSM7", "units": 164, "parts": 2, "part_units": [152, 12]}),
            json!({"encoding": "UCS2", "units": 72, "parts": 2, "part_units": [66, 6]}),
            json!({"encoding": "GSM7", "units": 4, "parts": 1, "part_units": [4]}),
        ]
    );
}

#[test]
fn writes_the_fields_in_the_order_agreed() {
    let outcome = run(&["parts", "--jsonl"], "{\"text\": \"hi\"}");
    assert_eq!(outcome.out, "{\"encoding\":\"GSM7\",\"units\":2,\"parts\":1,\"part_units\":[2]}\n");
}

#[test]
fn counts_unpaired_surrogates() {
    let input = "{\"text\":\"\\ud83d\"}\n{\"text\":\"a\\ude00\\ud83d\\ude00\"}\n";
    let outcome = run(&["parts", "--jsonl"], input);
    assert_eq!(outcome.status, Some(0));
    assert_eq!(
        lines(&outcome),
        [
            json!({"encoding": "UCS2", "units": 1, "parts": 1, "part_units": [1]}),
            json!({"encoding": "UCS2", "units": 4, "parts": 1, "part_units": [4]}),
        ]
    );
}

#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let bad: [&[u8]; 10] = [
        b"",
        b"nonsense",
        b"{\"text\": 1}",
        b"{\"text\": null}",
        b"{\"txt\": \"a\"}",
        b"[\"a\"]",
        b"{\"text\": \"a\"",
        b"{\"text\": \"\\x\"}",
        b"{\"text\": \"\xff\"}",
        b"{\"text\": \"a\"} {\"text\": \"b\"}",
    ];
    let good = b"{\"id\": 7, \"text\": \"a\"}";
    let mut input = Vec::new();
    for line in bad {
        input.extend_from_slice(line);
        input.push(b'\n');
        input.extend_from_slice(good);
        input.extend_from_slice(b"\r\n");
    }
    let outcome = run(&["parts", "--jsonl"], input);
    assert_eq!(outcome.status, Some(1));
    let answers = lines(&outcome);
    assert_eq!(answers.len(), 20);
    for (number, pair) in (1..).step_by(2).zip(answers.chunks(2)) {
        assert_eq!(pair[0]["line"], number);
        assert!(!pair[0]["error"].as_str().unwrap().is_empty());
        assert_eq!(pair[0].as_object().unwrap().len(), 2);
        assert_eq!(pair[1]["parts"], 1);
    }
}

#[test]
fn a_line_too_long_is_skipped() {
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "a".repeat(17 * 1024 * 1024));
    let outcome = run(&["parts", "--jsonl"], long);
    assert_eq!(outcome.status, Some(1));
    let answers = lines(&outcome);
    assert_eq!(answers[0], json!({"line": 1, "error": "longer than 16 MiB"}));
    assert_eq!(answers[1]["units"], 1);
}

#[test]
fn a_text_of_a_megabyte_is_counted() {
    let answers = jsonl(&[&"a".repeat(1_000_000)], &[]);
    assert_eq!(answers[0]["units"], 1_000_000);
    assert_eq!(answers[0]["parts"], 6_536);
    assert_eq!(answers[0]["part_units"].as_array().unwrap().len(), 6_536);
}

#[test]
fn answers_before_the_next_line_is_asked() {
    let mut child = command(&["parts", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for text in ["one", "three"] {
        writeln!(stdin, "{}", json!({ "text": text })).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["units"], text.len());
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn options_reach_the_count() {
    let long = "a".repeat(161);
    let text = [long.as_str()];
    assert_eq!(jsonl(&text, &["--reference", "16"])[0]["part_units"], json!([152, 9]));
    assert_eq!(jsonl(&["a\nb"], &["--newlines", "crlf"])[0]["units"], 4);
    assert_eq!(jsonl(&["a\r\nb"], &["--newlines", "lf"])[0]["units"], 3);
    assert_eq!(jsonl(&["ş"], &[])[0]["encoding"], "UCS2");
    assert_eq!(jsonl(&["ş"], &["--national"])[0]["encoding"], "GSM7");
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(10);
    assert_eq!(jsonl(&[&family], &["--graphemes"])[0]["part_units"], json!([66, 44]));
}

#[test]
fn over_the_cap_keeps_the_count() {
    let long = json!({ "text": "a".repeat(161) }).to_string();
    let outcome = run(&["parts", "--jsonl", "--cap", "1"], format!("{{\"text\":\"a\"}}\n{long}"));
    assert_eq!(outcome.status, Some(1));
    let answers = lines(&outcome);
    assert!(answers[0].get("error").is_none());
    assert_eq!(answers[1]["part_units"], json!([153, 8]));
    assert_eq!(answers[1]["line"], 2);
    assert!(answers[1]["error"].as_str().unwrap().contains("2 parts"));
}

#[test]
fn people_read_what_each_part_holds() {
    let text = format!("{}€{}", "a".repeat(152), "b".repeat(10));
    let outcome = run(&["parts", &text], "");
    assert_eq!(outcome.status, Some(0));
    assert!(outcome.out.contains("GSM7"), "{}", outcome.out);
    assert!(outcome.out.contains("152/153"), "{}", outcome.out);
    assert!(outcome.out.contains("12/153  €bbbbbbbbbb\n"), "{}", outcome.out);
}

#[test]
fn people_read_what_forces_unicode() {
    let outcome = run(&["parts", "It’s — it’s 日"], "");
    for line in [
        "  ’  U+2019 RIGHT SINGLE QUOTATION MARK, 2 times, at 3, 10\n",
        "  —  U+2014 EM DASH, 1 time, at 6\n",
        "  日  U+65E5 (letter of another script), 1 time, at 13\n",
    ] {
        assert!(outcome.out.contains(line), "{}", outcome.out);
    }
    assert!(!run(&["parts", "plain"], "").out.contains("because"));
    // A text in another script lists some characters and counts the rest.
    let script: String = ('\u{4e00}'..'\u{4e64}').cycle().take(2_000).collect();
    let outcome = run(&["parts", &script], "");
    assert!(outcome.out.contains("and 80 other characters\n"), "{}", outcome.out);
    assert!(
        outcome.out.contains("20 times, at 1, 101, 201, 301, 401, 501, 601, 701, 801, 901, …\n")
    );
}

#[test]
fn people_read_what_a_little_less_would_save() {
    let outcome = run(&["parts", &"a".repeat(162)], "");
    assert!(outcome.out.contains("2 characters less make it 1 part."), "{}", outcome.out);
    let outcome = run(&["parts", "--newlines", "crlf", &"a\n".repeat(80)], "");
    assert!(outcome.out.contains("--newlines lf"), "{}", outcome.out);
}

#[test]
fn the_line_break_that_echo_adds_does_not_count() {
    for input in ["abc", "abc\n", "abc\r\n"] {
        assert!(run(&["parts"], input).out.contains("3 septets"), "{input:?}");
    }
    assert!(run(&["parts"], "abc\n\n").out.contains("4 septets"));
    assert!(run(&["parts", "abc\n"], "").out.contains("4 septets"));
}

#[test]
fn what_cannot_be_sent_is_said() {
    let outcome = run(&["parts"], "a".repeat(153 * 255 + 1));
    assert_eq!(outcome.status, Some(1));
    assert!(outcome.out.contains("256"), "{}", outcome.out);
    assert_eq!(outcome.err.lines().count(), 1);
    assert!(outcome.err.starts_with("iap: The text needs 256 parts"), "{}", outcome.err);
    assert_eq!(run(&["parts"], "a".repeat(153 * 255)).status, Some(0));
    assert_eq!(run(&["parts", "--cap", "1"], "a".repeat(161)).status, Some(1));
}

#[test]
fn bad_input_is_a_sentence() {
    let outcome = run(&["parts"], b"abc\xff".to_vec());
    assert_eq!(outcome.status, Some(2));
    assert_eq!(outcome.err.lines().count(), 1);
    assert!(outcome.err.contains("not UTF-8"), "{}", outcome.err);
    for arguments in [
        &["parts", "--jsonl", "text"][..],
        &["parts", "--reference", "7"],
        &["parts", "--cap", "0"],
        &["parts", "--cap", "256"],
        &["parts", "--newlines", "cr"],
        &["nonsense"],
        &[],
    ] {
        assert_eq!(run(arguments, "").status, Some(2), "{arguments:?}");
    }
}
