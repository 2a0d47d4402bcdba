//! What messages cost: amounts of credits, rate cards, quotes.
//!
//! The one rule: a message costs its parts times the rate of its destination. The rate with the
//! longest matching prefix wins; where there is none, the country is not supported; premium-rate
//! and blocked numbers are not delivered and not charged.

mod card;
mod country;
mod credits;
pub mod csv;
mod date;
mod destinations;
mod difference;
mod index;
mod prefix;
mod quote;
mod rate;
mod recipient;
mod sample;

pub use card::{DuplicateRate, MAX_RATES, Match, RateCard, RateCardError};
pub use country::country_prefixes;
pub use credits::{Credits, CreditsOverflow, ParseCreditsError};
pub use date::{Date, DateError};
pub use destinations::{Destination, Destinations};
pub use difference::{RateChange, RateDifference, RateWarning};
pub use prefix::{Prefix, PrefixError};
pub use quote::{MessageParts, Outcome, Quote, QuoteError, QuoteLine};
pub use rate::{NegativePrice, PartPrice, Rate, RateError, RateKind, Tariff, UnknownRateKind};
pub use recipient::{BadNumber, Recipient, Refusal, Refused, RefusedCounts};
pub use sample::sample_rate_card;
