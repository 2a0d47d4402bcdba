//! A line of the rate card, as the table shows it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use iap_core::pricing::{Date, Rate, RateKind};

use crate::format;
use crate::i18n::{I18n, Locale};

/// A destination with its names in a language.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What it costs.
    pub rate: Rate,
    /// The country's name, or what stands for it.
    pub name: String,
    /// The calling codes, as in "+1 809, +1 829".
    pub codes: String,
    /// Name, letters and codes, folded for searching.
    folded: String,
}

impl Row {
    fn new(t: I18n, rate: Rate) -> Self {
        let locale = t.locale();
        let country = rate.country();
        let name = country.map_or_else(
            || t.prices_no_country().to_owned(),
            |country| format::region(locale, country.as_str()),
        );
        let codes: Vec<String> = rate.prefixes().map(format::prefix).collect();
        let codes = codes.join(", ");
        let letters = country.map(|country| country.to_string()).unwrap_or_default();
        let digits: String = codes.chars().filter(|c| *c != ' ').collect();
        let folded = format::fold(locale, &format!("{name} {letters} {digits}"));
        Self { rate, name, codes, folded }
    }

    /// Whether a folded search finds it: by a part of its name or codes.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by name, then by code.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        let by_name = || {
            format::compare(locale, &self.name, &other.name)
                .then_with(|| self.codes.cmp(&other.codes))
        };
        match column {
            "code" => self.codes.cmp(&other.codes),
            // What is not delivered has no price and stands first.
            "price" => self.rate.tariff().price().cmp(&other.rate.tariff().price()),
            "kind" => kind_rank(self.rate).cmp(&kind_rank(other.rate)),
            _ => Ordering::Equal,
        }
        .then_with(by_name)
    }
}

fn kind_rank(rate: Rate) -> u8 {
    match rate.tariff().kind() {
        RateKind::Standard => 0,
        RateKind::Premium => 1,
        RateKind::Blocked => 2,
    }
}

/// The rates that hold today: of several for one destination the latest that has begun.
pub(super) fn rows(t: I18n, rates: &[Rate], today: Date) -> Vec<Row> {
    let of = |rate: &Rate| (rate.prefix(), rate.country());
    let begun = rates.iter().filter(|rate| rate.valid_from() <= today);
    let mut latest = BTreeMap::new();
    for rate in begun.clone() {
        let day = latest.entry(of(rate)).or_insert(rate.valid_from());
        *day = rate.valid_from().max(*day);
    }
    begun
        .filter(|rate| latest.get(&of(rate)) == Some(&rate.valid_from()))
        .map(|rate| Row::new(t, *rate))
        .collect()
}
