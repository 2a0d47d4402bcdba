//! The texts that ship are complete and used, and the check that says so finds every kind of
//! mistake.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may stop")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::path::Path;

use iap_texts::Catalogue;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
            all.push('\n');
        }
    }
}

/// The names that no source text holds as a word, with or without `_view`.
fn unused<'a>(catalogue: &'a Catalogue, sources: &str) -> Vec<&'a str> {
    let words: BTreeSet<&str> = sources
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .map(|word| word.strip_suffix("_view").unwrap_or(word))
        .collect();
    catalogue.texts.keys().map(String::as_str).filter(|name| !words.contains(name)).collect()
}

#[test]
fn what_ships_is_complete() {
    let catalogue = Catalogue::read(&root().join("locales")).unwrap();
    assert!(catalogue.texts.len() > 50, "only {} texts were found", catalogue.texts.len());
}

#[test]
fn every_text_is_used() {
    let catalogue = Catalogue::read(&root().join("locales")).unwrap();
    let mut all = String::new();
    sources(&root().join("src"), &mut all);
    assert_eq!(unused(&catalogue, &all), Vec::<&str>::new(), "texts that no page shows");
}

#[test]
fn an_unused_text_is_found() {
    let catalogue = Catalogue::parse(&same(r#"{"a": {"b": "x", "c": "{d}", "e": "y"}}"#)).unwrap();
    assert_eq!(unused(&catalogue, "tr(I18n::a_b); t.a_c_view(d)"), ["a_e"]);
}

/// The same file for every language.
fn same(file: &str) -> Vec<&str> {
    vec![file; iap_texts::LOCALES.len()]
}

/// A right file for every language, but another for the language at `at`.
fn but<'a>(right: &'a str, at: usize, wrong: &'a str) -> Vec<&'a str> {
    let mut files = same(right);
    files[at] = wrong;
    files
}

fn problems(files: &[&str]) -> String {
    Catalogue::parse(files).unwrap_err().join("\n")
}

#[test]
fn a_missing_text_is_named() {
    let found = problems(&but(r#"{"a": {"b": "x"}}"#, 1, r#"{"a": {}}"#));
    assert_eq!(found, "fr.json: a_b: the text is missing");
}

#[test]
fn a_text_too_many_is_named() {
    let found = problems(&but(r#"{"a": {"b": "x"}}"#, 2, r#"{"a": {"b": "x", "c": "y"}}"#));
    assert_eq!(found, "nl.json: a_c: the first language has no such text");
}

#[test]
fn other_placeholders_are_named() {
    let found = problems(&but(r#"{"a": {"b": "{x}"}}"#, 4, r#"{"a": {"b": "{y}"}}"#));
    assert_eq!(found, "tr.json: a_b: {x} is missing\ntr.json: a_b: {y} is unknown");
}

#[test]
fn each_language_needs_its_own_plural_forms() {
    let found = problems(&same(r#"{"a": {"b": {"one": "{count} x", "other": "{count} y"}}}"#));
    assert_eq!(
        found,
        "fr.json: a.b: the plural form \"many\" is missing\n\
         ro.json: a.b: the plural form \"few\" is missing\n\
         fr.json: a_b: the text is missing\n\
         ro.json: a_b: the text is missing"
    );
}

#[test]
fn a_plural_form_too_many_is_named() {
    let file = r#"{"a": {"b": {"one": "x", "few": "y", "other": "z"}}}"#;
    assert!(problems(&same(file)).contains("en.json: a.b: \"en\" has no plural form \"few\""));
}

#[test]
fn a_plural_form_without_a_placeholder_is_named() {
    let en = r#"{"a": {"b": {"one": "{count} {x}", "other": "{count}"}}}"#;
    assert!(problems(&same(en)).contains("en.json: a_b: {x} is missing"));
}

#[test]
fn plural_in_one_language_alone_is_named() {
    let plural = r#"{"a": {"b": {"one": "x", "other": "y"}}}"#;
    let found = problems(&but(r#"{"a": {"b": "x"}}"#, 2, plural));
    assert_eq!(found, "nl.json: a_b: plural in one language, not in the other");
}

#[test]
fn wrong_texts_are_named() {
    for (text, what) in [
        (r#""""#, "the text is empty"),
        (r#"" x""#, "the text begins or ends with white space"),
        (r#""a\tb""#, "the text holds a control character"),
        (r#""a {b""#, "the braces do not match"),
        (r#""{a} {a}""#, "{a} stands there twice"),
        (r#""{A}""#, "\"{A}\" is no name for a placeholder"),
        ("[]", "a text is a string or an object of plural forms"),
    ] {
        let file = format!(r#"{{"a": {{"b": {text}}}}}"#);
        let found = problems(&same(&file));
        assert!(found.contains(&format!("en.json: a.b: {what}")), "{text}: {found}");
    }
}

#[test]
fn a_broken_file_is_named_with_its_place() {
    let found = problems(&but("{}", 3, "{\"a\": \n"));
    assert!(found.starts_with("ro.json: not valid JSON"), "{found}");
    assert!(found.contains("line 2"), "{found}");
}
