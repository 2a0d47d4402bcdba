//! Cells of CSV files that people open in spreadsheets.

use alloc::format;
use alloc::string::String;

/// A text of somebody else as a cell: in quotation marks, and so that no spreadsheet takes it for a
/// formula, which it would do with a text that begins like one.
///
/// Source: RFC 4180, section 2; OWASP, CSV Injection.
#[must_use]
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("Two leads"), "\"Two leads\"");
        assert_eq!(cell("a \"b\",\nc"), "\"a \"\"b\"\",\nc\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("-1"), "\"'-1\"");
    }
}
