//! What is dialled before a number, spelled out.
//!
//! The patterns of prefixes are few and match finitely many digits. They are written as all
//! their alternatives in the order in which they are tried, so that the reader needs no more
//! than a loop: digits, `.` for any digit, `[…]` for one of several, `(` and `)` around what a
//! rule takes over, `$` where nothing may follow; alternatives are separated by `|`.

use regex_syntax::hir::{Hir, HirKind, Look};

use crate::automaton;
use crate::metadata::Plan;

/// Texts that stand once.
#[derive(Debug, Default)]
pub(crate) struct Pool(Vec<String>);

impl Pool {
    /// The place of `text`, which is added if it is new.
    pub(crate) fn place(&mut self, text: &str) -> u32 {
        assert!(!text.contains('\n'), "a line is one line");
        let place = self.0.iter().position(|known| known == text).unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        });
        u32::try_from(place).expect("there are few texts")
    }

    /// All texts, one a line.
    pub(crate) fn text(&self) -> String {
        self.0.join("\n")
    }
}

/// The prefix of numbers dialled inside the country, then `;` and the rule that replaces it.
pub(crate) fn national_prefix(plan: &Plan) -> String {
    let Some(pattern) = plan.national_prefix.as_deref().filter(|pattern| !pattern.is_empty())
    else {
        return String::new();
    };
    format!("{};{}", alternatives(pattern), plan.national_prefix_rule)
}

/// The prefix of numbers dialled to other countries.
pub(crate) fn international_prefix(plan: &Plan) -> String {
    plan.international_prefix.as_deref().map(alternatives).unwrap_or_default()
}

fn alternatives(pattern: &str) -> String {
    expand(&automaton::parse(pattern)).join("|")
}

fn expand(pattern: &Hir) -> Vec<String> {
    match pattern.kind() {
        HirKind::Empty => vec![String::new()],
        HirKind::Literal(literal) => {
            vec![String::from_utf8(literal.0.to_vec()).expect("digits are text")]
        }
        HirKind::Class(class) => vec![class_text(automaton::digits(class))],
        HirKind::Look(Look::End) => vec!["$".to_owned()],
        HirKind::Look(look) => panic!("a prefix looks around: {look:?}"),
        HirKind::Capture(capture) => {
            expand(&capture.sub).into_iter().map(|text| format!("({text})")).collect()
        }
        HirKind::Concat(parts) => parts.iter().fold(vec![String::new()], |texts, part| {
            let tails = expand(part);
            join(&texts, &tails)
        }),
        HirKind::Alternation(choices) => choices.iter().flat_map(expand).collect(),
        HirKind::Repetition(repetition) => {
            assert!(repetition.greedy, "a prefix is matched greedily");
            let max = repetition.max.expect("a prefix is finite");
            let sub = expand(&repetition.sub);
            let counts = (repetition.min..=max).rev();
            counts
                .flat_map(|count| {
                    (0..count).fold(vec![String::new()], |texts, _| join(&texts, &sub))
                })
                .collect()
        }
    }
}

fn join(heads: &[String], tails: &[String]) -> Vec<String> {
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
}

fn class_text(digits: u16) -> String {
    if digits == 0x3ff {
        return ".".to_owned();
    }
    let members: String =
        (0..10_u8).filter(|n| digits >> n & 1 == 1).map(|n| char::from(b'0' + n)).collect();
    format!("[{members}]")
}
