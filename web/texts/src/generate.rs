//! Writes the checked texts as tables and one small function a text.

use std::fmt::Write as _;

use crate::catalogue::{COUNT, LOCALES, Locale, Text, placeholders};
use crate::division::Division;
use crate::part::{PARTS, Part};

/// Between two texts of a table.
const END: char = '\0';
/// Between two plural forms of a text.
const NEXT_FORM: char = '\u{1f}';

/// A locale's table of the texts that a part of the program has to itself, or of those that every
/// page may show: in the order of their names, ended by NUL, their plural forms divided by U+001F,
/// their placeholders as the control characters 1 to 9 in the order of the function's arguments.
#[must_use]
pub fn table(division: &Division<'_>, locale: &Locale, part: Option<&Part>) -> String {
    let mut table = String::new();
    let at = LOCALES.iter().position(|l| l.tag == locale.tag).unwrap_or_default();
    let group = part
        .map_or(Some(0), |part| PARTS.iter().position(|it| it.name == part.name).map(|at| at + 1));
    for (_, texts) in group.and_then(|group| division.groups.get(group)).into_iter().flatten() {
        let arguments = arguments(texts);
        if let Some(text) = texts.get(at) {
            for (number, form) in text.forms.iter().enumerate() {
                if number > 0 {
                    table.push(NEXT_FORM);
                }
                table.push_str(&numbered(form, &arguments));
            }
        }
        table.push(END);
    }
    // The last text needs no end: the table is split at NUL.
    table.pop();
    table
}

/// The functions of `I18n`, one for each text, and a `_view` twin where there are placeholders; how
/// many texts there are in each table; and which part of the program has which pages.
#[must_use]
pub fn functions(division: &Division<'_>) -> String {
    let mut out = String::from("impl I18n {\n");
    for (index, (name, texts)) in division.groups.iter().flatten().enumerate() {
        let arguments = arguments(texts);
        let plural = texts.first().is_some_and(|text| text.plural);
        let quote = texts
            .first()
            .map(|text| text.forms.join(" / "))
            .unwrap_or_default()
            .replace('[', "\\[")
            .replace('<', "\\<");
        let _ = writeln!(out, "    /// “{quote}”");
        if arguments.is_empty() && !plural {
            let _ = writeln!(
                out,
                "    #[must_use]\n    pub fn {name}(self) -> &'static str {{ self.text({index}) }}"
            );
            continue;
        }
        let rest: Vec<&str> = arguments.iter().copied().filter(|a| *a != COUNT).collect();
        let each = |write: &dyn Fn(&str) -> String| -> String {
            rest.iter().map(|argument| write(argument)).collect()
        };
        let typed = |kind: &str| each(&|argument| format!(", {argument}: {kind}"));
        let given = |how: &str| each(&|argument| format!("{argument}.{how}, "));
        let (count, select) =
            if plural { (", count: impl Into<Count>", "plural") } else { ("", "fill") };
        let count_given = if plural { "count.into(), " } else { "" };
        let lifetime = if rest.is_empty() { "" } else { "<'a>" };
        let _ = writeln!(
            out,
            "    #[must_use]\n    pub fn {name}{lifetime}(self{count}{}) -> String {{ self.{select}({index}, {count_given}&[{}]) }}",
            typed("impl Into<Arg<'a>>"),
            given("into()"),
        );
        let (select, with) =
            if plural { ("plural_view", "count_shown.into_node(), ") } else { ("fill_view", "") };
        let shown = if plural { ", count_shown: impl IntoNode" } else { "" };
        let _ = writeln!(
            out,
            "    /// “{quote}”, with a view for each placeholder.\n    #[must_use]\n    pub fn {name}_view(self{count}{shown}{}) -> Vec<Node> {{ self.{select}({index}, {count_given}vec![{with}{}]) }}",
            typed("impl IntoNode"),
            given("into_node()"),
        );
    }
    out.push_str("}\n");
    let sizes: Vec<usize> = division.groups.iter().map(Vec::len).collect();
    let tables = sizes.len();
    let _ = writeln!(
        out,
        "/// How many texts each table has: the one that is for all, and that of each part.\n\
         pub(crate) const TEXTS: [usize; {tables}] = {sizes:?};"
    );
    let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    let _ = writeln!(
        out,
        "/// What the parts' files are called.\n\
         pub(crate) const PARTS: [&str; {}] = {names:?};",
        names.len()
    );
    out.push_str(
        "/// The part that has the pages whose paths begin so, by its place: one or two segments.\n\
         pub(crate) fn part_of(page: &str) -> Option<usize> {\n    Some(match page {\n",
    );
    for (at, part) in PARTS.iter().enumerate() {
        let pages: Vec<String> = part.pages.iter().map(|page| format!("{page:?}")).collect();
        let _ = writeln!(out, "        {} => {at},", pages.join(" | "));
    }
    out.push_str("        _ => return None,\n    })\n}\n");
    out
}

/// The arguments of a text: `count` first, then the others as they come in the first locale.
fn arguments(texts: &[Text]) -> Vec<&str> {
    let Some(text) = texts.first() else { return Vec::new() };
    let mut arguments = Vec::new();
    if text.plural {
        arguments.push(COUNT);
    }
    for name in text.forms.iter().flat_map(|form| placeholders(form)) {
        if !arguments.contains(&name) {
            arguments.push(name);
        }
    }
    arguments
}

fn numbered(form: &str, arguments: &[&str]) -> String {
    let mut text = form.to_owned();
    for (at, name) in arguments.iter().enumerate() {
        let mark = u8::try_from(at + 1).map(char::from).unwrap_or_default();
        text = text.replace(&format!("{{{name}}}"), &mark.to_string());
    }
    text
}
