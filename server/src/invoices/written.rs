//! Money and days as people of a language write them, after the Unicode CLDR.

use iap_core::credits::Money;
use iap_core::pricing::Date;

use crate::mail::Language;
use crate::mail::number::decimal;

/// An amount with its currency: `€12.10` in English, `12,10 €` in French, `€ 12,10` in Dutch. The
/// spaces do not break.
pub(crate) fn money(amount: Money, language: Language) -> String {
    let number = decimal(&amount.decimal(), language);
    let currency = amount.currency();
    let symbol = match currency.code() {
        // Romanian writes codes.
        "EUR" if language != Language::Romanian => "€",
        "GBP" if language != Language::Romanian => "£",
        code => code,
    };
    let is_code = symbol == currency.code();
    match language {
        Language::English | Language::Turkish if !is_code => format!("{symbol}{number}"),
        Language::English | Language::Turkish | Language::Dutch => {
            format!("{symbol}\u{a0}{number}")
        }
        Language::French | Language::Romanian => format!("{number}\u{a0}{symbol}"),
    }
}

/// A rate of tax: `21%` in English, `21 %` in French.
pub(super) fn percent(rate: iap_core::billing::TaxRate, language: Language) -> String {
    let number = decimal(&rate.to_string(), language);
    match language {
        Language::English | Language::Dutch => format!("{number}%"),
        Language::French => format!("{number}\u{202f}%"),
        Language::Romanian => format!("{number}\u{a0}%"),
        Language::Turkish => format!("%{number}"),
    }
}

/// A day: `1 March 2026`.
pub(crate) fn day(date: Date, language: Language) -> String {
    let months = match language {
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Language::French => [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        Language::Dutch => [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language::Romanian => [
            "ianuarie",
            "februarie",
            "martie",
            "aprilie",
            "mai",
            "iunie",
            "iulie",
            "august",
            "septembrie",
            "octombrie",
            "noiembrie",
            "decembrie",
        ],
        Language::Turkish => [
            "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül",
            "Ekim", "Kasım", "Aralık",
        ],
    };
    let month = usize::from(date.month()).checked_sub(1).and_then(|it| months.get(it));
    let first = language == Language::French && date.day() == 1;
    let day = if first { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}\u{a0}{}\u{a0}{}", month.copied().unwrap_or_default(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(write: impl Fn(Language) -> String) -> [String; 5] {
        Language::ALL.map(|language| write(language).replace(['\u{a0}', '\u{202f}'], " "))
    }

    #[test]
    fn money_is_written_as_the_language_does() {
        let written = |minor, code: &str| {
            let amount = Money::new(minor, code.parse().unwrap());
            all(|language| money(amount, language))
        };
        assert_eq!(
            written(123_450, "EUR"),
            ["€1,234.50", "1 234,50 €", "€ 1.234,50", "1.234,50 EUR", "€1.234,50"]
        );
        assert_eq!(written(5, "RON"), ["RON 0.05", "0,05 RON", "RON 0,05", "0,05 RON", "RON 0,05"]);
        assert_eq!(written(1_000, "JPY")[0], "JPY 1,000");
    }

    #[test]
    fn days_and_rates_are_written_as_the_language_does() {
        assert_eq!(
            all(|language| day("2026-08-01".parse().unwrap(), language)),
            [
                "1 August 2026",
                "1er août 2026",
                "1 augustus 2026",
                "1 august 2026",
                "1 Ağustos 2026"
            ]
        );
        assert_eq!(
            all(|language| percent("5.5".parse().unwrap(), language)),
            ["5.5%", "5,5 %", "5,5%", "5,5 %", "%5,5"]
        );
    }
}
