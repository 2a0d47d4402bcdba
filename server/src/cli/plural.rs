//! Numbers with their nouns.

use std::fmt::Display;

/// `1 part`, `2 parts`.
pub(super) fn plural(number: impl Display, one: &str, many: &str) -> String {
    let number = number.to_string();
    let noun = if number == "1" { one } else { many };
    format!("{number} {noun}")
}
