//! What both forms of the answer are written from.

use std::path::Path;

use iap_core::phone::ParsedNumber;
use iap_core::pricing::{Credits, Date, Quote, RateCard, Refused};
use iap_core::sms::Count;

/// A quote with what it was asked for.
pub(super) struct Answer<'a> {
    /// What the text needs.
    pub(super) count: &'a Count,
    /// The rates.
    pub(super) card: &'a RateCard,
    /// The file they came from; none where they are the sample.
    pub(super) file: Option<&'a Path>,
    /// The day of the rates.
    pub(super) date: Date,
    /// What it costs.
    pub(super) quote: &'a Quote,
    /// Who gets no message.
    pub(super) refused: Vec<Refused<'a>>,
    /// Who gets one though the number is of a kind that takes an SMS in few countries, each with
    /// the place in the list, from 0.
    pub(super) not_mobile: Vec<(usize, ParsedNumber)>,
    /// What is there to be spent, if that is known.
    pub(super) balance: Option<Credits>,
}
