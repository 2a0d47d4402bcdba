//! Rates to try the product with.

use super::csv::SAMPLE_MARK;
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

impl RateCard {
    /// Reads what [`RateCard::write_csv`] wrote, and nothing else: for those that take a card from
    /// the server, which has read and checked it as [`RateCard::from_csv`] does. Nothing where a
    /// line of it is another.
    #[must_use]
    pub fn from_written(file: &str) -> Option<Self> {
        let is_sample = file.starts_with(SAMPLE_MARK);
        let mut lines = file.lines().filter(|line| !line.starts_with('#'));
        lines.next()?;
        let rates: Option<_> = lines
            .map(|line| {
                let (prefix, rest) = line.split_once(',')?;
                let (country, rest) = rest.split_once(',')?;
                read(country, prefix, rest)
            })
            .collect();
        let card = Self::new(rates?).ok()?;
        Some(if is_sample { card.into_sample() } else { card })
    }
}

/// The rate in a line of the sample; nothing for its comment and its first line.
fn rate(line: &str) -> Option<Rate> {
    let (country, rest) = line.split_once(',')?;
    let (prefix, rest) = rest.split_once(',')?;
    read(country, prefix, rest)
}

/// The rate of a country, a prefix, and what stands behind them in a line.
fn read(country: &str, prefix: &str, rest: &str) -> Option<Rate> {
    let mut values = rest.split(',');
    let mut next = || values.next();
    let (price, kind, from) = (next()?, next()?, next()?);
    let country: Option<Region> = country.parse().ok();
    let from = from.parse().ok()?;
    let tariff = match kind.parse() {
        Ok(RateKind::Premium) => Tariff::Premium,
        Ok(RateKind::Blocked) => Tariff::Blocked,
        _ => Tariff::Standard(PartPrice::new(price.parse().ok()?).ok()?),
    };
    let rate = if prefix.is_empty() {
        Rate::for_country(country?, tariff, from)
    } else {
        Rate::for_prefix(prefix.parse::<Prefix>().ok()?, country, tariff, from)
    };
    rate.ok()
}
