//! Rates to try the product with.

use super::{PartPrice, Prefix, Rate, RateCard, RateKind, Tariff};
use crate::phone::Region;

/// The sample, as a file that can be edited, exported and imported like any other.
const SAMPLE_RATES: &str = include_str!("../../data/sample_rates.csv");

/// Made-up rates for every country's calling code, with some premium-rate and blocked prefixes.
///
/// They are nobody's offer: [`RateCard::is_sample`] says so, and whoever shows them should too.
///
/// The same as reading the file with [`RateCard::from_csv`]; a browser that only shows the sample
/// need not load what reads, checks and explains files of any form.
#[must_use]
pub fn sample_rate_card() -> RateCard {
    // The file is part of the program, and tests see to it that no line of it is left out.
    let rates = SAMPLE_RATES.lines().filter_map(rate).collect();
    RateCard::new(rates).unwrap_or_default().into_sample()
}

/// The rate in a line of the sample; nothing for its comment and its first line.
fn rate(line: &str) -> Option<Rate> {
    let mut values = line.split(',');
    let mut next = || values.next();
    let (country, prefix, price, kind, from) = (next()?, next()?, next()?, next()?, next()?);
    let country: Option<Region> = country.parse().ok();
    let from = from.parse().ok()?;
    let tariff = match kind.parse() {
        Ok(RateKind::Premium) => Tariff::Premium,
        Ok(RateKind::Blocked) => Tariff::Blocked,
        _ => Tariff::Standard(PartPrice::new(price.parse().ok()?).ok()?),
    };
    match prefix.parse::<Prefix>() {
        Ok(prefix) => Rate::for_prefix(prefix, country, tariff, from),
        Err(_) => Rate::for_country(country?, tariff, from),
    }
    .ok()
}
