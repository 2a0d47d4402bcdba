//! `iap parts --jsonl` over the vectors that core is tested with.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::iap::run;

#[derive(Deserialize)]
struct Vectors {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    runs: Option<Vec<(String, usize)>>,
    utf16: Option<Vec<u16>>,
    reference: Option<String>,
    national: Option<String>,
    split: Option<String>,
    newlines: Option<String>,
    encoding: String,
    units: u32,
    parts: Option<usize>,
    part_units: Option<Vec<u32>>,
}

impl Case {
    fn arguments(&self) -> Vec<&str> {
        let mut arguments = vec!["parts", "--jsonl"];
        match self.reference.as_deref() {
            None => {}
            Some("bits16") => arguments.extend(["--reference", "16"]),
            Some(other) => panic!("{other}"),
        }
        match self.national.as_deref() {
            None => {}
            Some("cheapest") => arguments.push("--national"),
            Some(other) => panic!("{other}"),
        }
        match self.split.as_deref() {
            None => {}
            Some("graphemes") => arguments.push("--graphemes"),
            Some(other) => panic!("{other}"),
        }
        if let Some(newlines) = &self.newlines {
            arguments.extend(["--newlines", newlines]);
        }
        arguments
    }

    /// The line that asks: the text as it is, or each unit of UTF-16 as an escape.
    fn line(&self) -> String {
        match (&self.runs, &self.utf16) {
            (Some(runs), None) => {
                let text: String = runs.iter().map(|(piece, times)| piece.repeat(*times)).collect();
                json!({ "text": text }).to_string()
            }
            (None, Some(units)) => {
                let escapes: Vec<_> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
                format!("{{\"text\":\"{}\"}}", escapes.concat())
            }
            _ => panic!("{} has not one text", self.name),
        }
    }

    fn check(&self, answer: &Value) {
        let name = &self.name;
        assert_eq!(answer["encoding"], self.encoding, "{name}");
        assert_eq!(answer["units"], self.units, "{name}");
        let part_units: Vec<u32> = serde_json::from_value(answer["part_units"].clone()).unwrap();
        assert_eq!(answer["parts"], part_units.len(), "{name}");
        if let Some(expected) = self.parts {
            assert_eq!(part_units.len(), expected, "{name}");
        }
        if let Some(expected) = &self.part_units {
            assert_eq!(&part_units, expected, "{name}");
        }
    }
}

#[test]
fn texts_need_what_they_need() {
    let vectors = include_str!("../../../core/testdata/parts.toml");
    let cases = toml::from_str::<Vectors>(vectors).unwrap().case;
    // One call for each set of options.
    let mut calls: BTreeMap<Vec<&str>, Vec<(&Case, String)>> = BTreeMap::new();
    for case in &cases {
        calls.entry(case.arguments()).or_default().push((case, case.line()));
    }
    for (arguments, asked) in calls {
        let input: Vec<_> = asked.iter().map(|(_, line)| line.as_str()).collect();
        let outcome = run(&arguments, input.join("\n"));
        assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""));
        assert_eq!(outcome.out.lines().count(), asked.len());
        for ((case, _), line) in asked.iter().zip(outcome.out.lines()) {
            case.check(&serde_json::from_str(line).unwrap());
        }
    }
}
