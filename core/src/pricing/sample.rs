//! Rates to try the product with.

use super::RateCard;

/// The sample, as a file that can be edited, exported and imported like any other.
const SAMPLE_RATES: &[u8] = include_bytes!("../../data/sample_rates.csv");

/// Made-up rates for every country's calling code, with some premium-rate and blocked prefixes.
///
/// They are nobody's offer: [`RateCard::is_sample`] says so, and whoever shows them should too.
#[must_use]
pub fn sample_rate_card() -> RateCard {
    // The file is part of the program, and a test reads it: an error cannot get here.
    RateCard::from_csv(SAMPLE_RATES).unwrap_or_default()
}
