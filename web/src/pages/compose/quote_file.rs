//! The quote as a file for a spreadsheet.

use super::refusal;
use super::state::{Composer, Needed};
use crate::i18n::I18n;
use crate::{download, format};

/// Saves a line for each recipient: number, country, parts, credits, or why there is no message.
/// Numbers are exact, with a full stop, whatever the language.
pub fn save(t: I18n, composer: Composer) {
    let head = [
        t.cost_file_number(),
        t.cost_file_country(),
        t.cost_file_parts(),
        t.cost_file_credits(),
        t.cost_file_reason(),
    ];
    let mut file = line(&head.map(str::to_owned));
    let needed = composer.needed.get_untracked();
    composer.list.with_untracked(|list| {
        for (place, recipient) in list.all().iter().enumerate() {
            let region = recipient.read.ok().and_then(|read| read.region);
            let country = region.map(|region| format::region(t.locale(), region.as_str()));
            let parts = match &needed {
                Needed::Same(parts) => *parts,
                Needed::Each(parts, _) => parts.get(place).copied().unwrap_or(0),
            };
            let refusal = list.refusal(place);
            let price = recipient.number().and_then(|number| list.price(number));
            let credits = price.and_then(|price| price.credits().checked_mul(parts.into()).ok());
            let sent = refusal.is_none();
            file += &line(&[
                recipient
                    .number()
                    .map_or_else(|| recipient.typed.clone(), |number| number.to_string()),
                country.unwrap_or_default(),
                if sent { parts.to_string() } else { String::new() },
                credits.filter(|_| sent).map(|credits| credits.to_string()).unwrap_or_default(),
                refusal.map(|refusal| refusal::sentence(t, recipient, refusal)).unwrap_or_default(),
            ]);
        }
    });
    // The mark tells spreadsheet programs that this is UTF-8.
    download::offer(
        &format!("{}.csv", t.cost_file()),
        "text/csv;charset=utf-8",
        &format!("\u{FEFF}{file}"),
    );
}

/// One line of the file, every field quoted (RFC 4180).
fn line(fields: &[String]) -> String {
    let quoted = fields.iter().map(|field| {
        // What begins so would be taken for a formula.
        let guard = if field.starts_with(['=', '@', '-', '\t']) { "'" } else { "" };
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn fields_are_quoted_and_no_formulas() {
        let fields = ["+32470123456", "a \"b\", c", "=1+1"].map(str::to_owned);
        assert_eq!(line(&fields), "\"+32470123456\",\"a \"\"b\"\", c\",\"'=1+1\"\r\n");
    }
}
