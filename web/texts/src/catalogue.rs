//! The texts of every locale, read from `locales/*.json` and checked against each other.
//!
//! A file is an object of groups, a group an object of texts. A text is a string, or an object
//! with one string for each plural category of the language; `{name}` is a placeholder, and the
//! number that selects a plural form is always called `{count}`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

/// A language of the application and the plural categories of its cardinal numbers.
pub struct Locale {
    /// BCP 47 language tag, also the name of its file.
    pub tag: &'static str,
    /// The categories that `Intl.PluralRules` gives for cardinal numbers, `other` last.
    /// A browser test compares this list with the browser's own.
    pub categories: &'static [&'static str],
}

/// The locales of the application. The first one decides keys and placeholders.
pub const LOCALES: &[Locale] = &[
    Locale { tag: "en", categories: &["one", "other"] },
    Locale { tag: "fr", categories: &["one", "many", "other"] },
    Locale { tag: "nl", categories: &["one", "other"] },
    Locale { tag: "ro", categories: &["one", "few", "other"] },
    Locale { tag: "tr", categories: &["one", "other"] },
];

/// The placeholder that selects the plural form.
pub(crate) const COUNT: &str = "count";

/// Placeholders a text may have: they are written as the control characters 1 to 9.
pub const MAX_PLACEHOLDERS: usize = 9;

/// One text in one locale: a single form, or one for each category in the locale's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The forms, with their placeholders as written.
    pub forms: Vec<String>,
    /// Whether a number selects the form.
    pub plural: bool,
}

/// All texts: `group_key` to one [`Text`] for each of [`LOCALES`].
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Texts by name, one entry for each locale in the order of [`LOCALES`].
    pub texts: BTreeMap<String, Vec<Text>>,
}

impl Catalogue {
    /// Reads and checks every locale's file in `folder`.
    ///
    /// # Errors
    /// One sentence for each problem found: file, key, and what is wrong.
    pub fn read(folder: &Path) -> Result<Self, Vec<String>> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for locale in LOCALES {
            let path = folder.join(format!("{}.json", locale.tag));
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(text),
                Err(error) => problems.push(format!("{}: {error}", path.display())),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        Self::parse(&files)
    }

    /// Checks the contents of the locale files, given in the order of [`LOCALES`].
    ///
    /// # Errors
    /// One sentence for each problem found: file, key, and what is wrong.
    pub fn parse(files: &[&str]) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let read: Vec<BTreeMap<String, Text>> = LOCALES
            .iter()
            .zip(files)
            .map(|(locale, file)| parse_file(locale, file, &mut problems))
            .collect();
        let Some(first) = read.first() else {
            return Err(vec!["no locale is given".to_owned()]);
        };
        for (locale, texts) in LOCALES.iter().zip(&read) {
            compare(locale, first, texts, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let texts = first
            .keys()
            .map(|name| (name.clone(), read.iter().filter_map(|t| t.get(name).cloned()).collect()))
            .collect();
        Ok(Self { texts })
    }
}

/// The placeholders of a form, in order of appearance.
#[must_use]
pub fn placeholders(form: &str) -> Vec<&str> {
    form.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

fn parse_file(locale: &Locale, file: &str, problems: &mut Vec<String>) -> BTreeMap<String, Text> {
    let tag = locale.tag;
    let mut texts = BTreeMap::new();
    let groups = match serde_json::from_str::<Value>(file) {
        Ok(Value::Object(groups)) => groups,
        Ok(_) => {
            problems.push(format!("{tag}.json: the file must be an object of groups"));
            return texts;
        }
        Err(error) => {
            problems.push(format!("{tag}.json: not valid JSON: {error}"));
            return texts;
        }
    };
    for (group, entries) in groups {
        let Value::Object(entries) = entries else {
            problems.push(format!("{tag}.json: {group}: a group must be an object of texts"));
            continue;
        };
        for (key, value) in entries {
            let name = format!("{group}_{key}");
            match parse_text(locale, &name, &value) {
                Ok(text) => {
                    texts.insert(name, text);
                }
                Err(found) => {
                    problems.extend(
                        found.iter().map(|what| format!("{tag}.json: {group}.{key}: {what}")),
                    );
                }
            }
        }
    }
    texts
}

fn parse_text(locale: &Locale, name: &str, value: &Value) -> Result<Text, Vec<String>> {
    let mut problems = Vec::new();
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        problems.push("a name has only lower-case letters, digits and underscores".to_owned());
    }
    if name.ends_with("_view") {
        problems.push("a name must not end in \"_view\", which names the rich form".to_owned());
    }
    let text = match value {
        Value::String(form) => Text { forms: vec![form.clone()], plural: false },
        Value::Object(forms) => {
            let found: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
            let wanted: BTreeSet<&str> = locale.categories.iter().copied().collect();
            for missing in wanted.difference(&found) {
                problems.push(format!("the plural form \"{missing}\" is missing"));
            }
            for extra in found.difference(&wanted) {
                problems.push(format!("\"{}\" has no plural form \"{extra}\"", locale.tag));
            }
            let forms = locale.categories.iter().filter_map(|category| {
                forms.get(*category).and_then(Value::as_str).map(str::to_owned)
            });
            Text { forms: forms.collect(), plural: true }
        }
        _ => return Err(vec!["a text is a string or an object of plural forms".to_owned()]),
    };
    for form in &text.forms {
        check_form(form, &mut problems);
    }
    if problems.is_empty() { Ok(text) } else { Err(problems) }
}

fn check_form(form: &str, problems: &mut Vec<String>) {
    if form.trim().is_empty() {
        problems.push("the text is empty".to_owned());
    }
    if form.trim() != form {
        problems.push("the text begins or ends with white space".to_owned());
    }
    if form.chars().any(char::is_control) {
        problems.push("the text holds a control character".to_owned());
    }
    if form.matches('{').count() != form.matches('}').count() {
        problems.push("the braces do not match".to_owned());
    }
    let names = placeholders(form);
    if names.len() > MAX_PLACEHOLDERS {
        problems.push(format!("more than {MAX_PLACEHOLDERS} placeholders"));
    }
    for (at, name) in names.iter().enumerate() {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            problems.push(format!("\"{{{name}}}\" is no name for a placeholder"));
        }
        if names.iter().take(at).any(|earlier| earlier == name) {
            problems.push(format!("{{{name}}} stands there twice"));
        }
    }
}

/// The placeholders that a form of a text must have. A plural form may leave `{count}` out, as
/// in "one part".
fn required(form: &str, plural: bool) -> BTreeSet<&str> {
    placeholders(form).into_iter().filter(|name| !plural || *name != COUNT).collect()
}

fn compare(
    locale: &Locale,
    first: &BTreeMap<String, Text>,
    texts: &BTreeMap<String, Text>,
    problems: &mut Vec<String>,
) {
    let tag = locale.tag;
    for (name, model) in first {
        let Some(text) = texts.get(name) else {
            problems.push(format!("{tag}.json: {name}: the text is missing"));
            continue;
        };
        if text.plural != model.plural {
            problems.push(format!("{tag}.json: {name}: plural in one language, not in the other"));
        }
        let wanted: BTreeSet<&str> =
            model.forms.iter().flat_map(|form| required(form, model.plural)).collect();
        for form in &text.forms {
            let found = required(form, text.plural);
            for missing in wanted.difference(&found) {
                problems.push(format!("{tag}.json: {name}: {{{missing}}} is missing"));
            }
            for extra in found.difference(&wanted) {
                problems.push(format!("{tag}.json: {name}: {{{extra}}} is unknown"));
            }
        }
    }
    for name in texts.keys().filter(|name| !first.contains_key(*name)) {
        problems.push(format!("{tag}.json: {name}: the first language has no such text"));
    }
}
