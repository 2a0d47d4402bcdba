//! Rate cards.

use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use crate::phone::PhoneNumber;

use super::index::Index;
use super::{Date, Prefix, Rate};

/// The most rates of a card.
pub const MAX_RATES: usize = 100_000;

/// What sending to which numbers costs, from which day on.
///
/// The rate of a number is the one with the longest prefix that the number begins with; among
/// those with the same prefix, the newest that is valid on the day. Looking one up allocates
/// nothing and takes a binary search over the prefixes.
///
/// A card is built once and then only read. An empty card (the default) supports no country.
#[derive(Clone, Debug, Default)]
pub struct RateCard {
    rates: Vec<Rate>,
    index: Index,
    sample: bool,
}

impl RateCard {
    /// Builds a card from its rates, in any order.
    ///
    /// # Errors
    /// [`RateCardError`] where two rates apply to the same prefix from the same day, or where
    /// there are more than [`MAX_RATES`].
    pub fn new(rates: Vec<Rate>) -> Result<Self, RateCardError> {
        if rates.len() > MAX_RATES {
            return Err(RateCardError::TooManyRates);
        }
        let index = Index::new(&rates);
        let duplicate = index.duplicates(rates.len()).next();
        match duplicate {
            Some(duplicate) => Err(RateCardError::Duplicate(duplicate)),
            None => Ok(Self { rates, index, sample: false }),
        }
    }

    /// Marks the rates as made up, to try the product with.
    pub(super) fn into_sample(mut self) -> Self {
        self.sample = true;
        self
    }

    /// Puts rates without duplicates and their index together.
    pub(super) fn from_parts(rates: Vec<Rate>, index: Index, sample: bool) -> Self {
        Self { rates, index, sample }
    }

    /// Whether the rates are a sample: made up, and nobody's offer. Say so wherever they show.
    #[must_use]
    pub const fn is_sample(&self) -> bool {
        self.sample
    }

    /// The rates, in the order in which the card was given them.
    #[must_use]
    pub fn rates(&self) -> &[Rate] {
        &self.rates
    }

    /// The rate of a number on a day, with the prefix that decided; nothing where no rate is
    /// valid for it: the country is not supported.
    #[must_use]
    pub fn find(&self, number: &PhoneNumber, on: Date) -> Option<Match<'_>> {
        let (prefix, position) = self.index.find(Prefix::from(number), on)?;
        Some(Match { prefix, position, rate: self.rates.get(position)? })
    }
}

/// Two cards are equal when they hold the same rates in the same order.
impl PartialEq for RateCard {
    fn eq(&self, other: &Self) -> bool {
        self.rates == other.rates && self.sample == other.sample
    }
}

impl Eq for RateCard {}

/// The rate found for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'card> {
    /// The longest prefix of the number that has a rate on the day.
    pub prefix: Prefix,
    /// Where that rate stands in [`RateCard::rates`].
    pub position: usize,
    /// The rate.
    pub rate: &'card Rate,
}

/// Two rates for the same numbers from the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateRate {
    /// Where the earlier of the two stands in the list of rates, from 0.
    pub first: usize,
    /// Where the later of the two stands.
    pub second: usize,
    /// A prefix to which both apply.
    pub prefix: Prefix,
    /// The day from which both are valid.
    pub valid_from: Date,
}

impl fmt::Display for DuplicateRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { prefix, valid_from, .. } = self;
        write!(f, "there are two rates for prefix {prefix} from {valid_from}: keep one of them")
    }
}

/// Why rates make no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateCardError {
    /// Two rates apply to the same prefix from the same day.
    Duplicate(DuplicateRate),
    /// There are more than [`MAX_RATES`] rates.
    TooManyRates,
}

impl fmt::Display for RateCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate(duplicate) => duplicate.fmt(f),
            Self::TooManyRates => {
                write!(f, "a rate card holds at most {MAX_RATES} rates: leave some out")
            }
        }
    }
}

impl Error for RateCardError {}
