//! What a message to a destination costs.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use crate::phone::Region;

use super::country::{country_prefixes, may_contain};
use super::{Credits, Date, Prefix};

/// The price of one part: credits, zero or more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartPrice(Credits);

impl PartPrice {
    /// Takes an amount that is not negative.
    ///
    /// # Errors
    /// [`NegativePrice`] where it is: nobody is paid for a message that was sent.
    pub const fn new(credits: Credits) -> Result<Self, NegativePrice> {
        if credits.is_negative() { Err(NegativePrice) } else { Ok(Self(credits)) }
    }

    /// The price as an amount of credits.
    #[must_use]
    pub const fn credits(self) -> Credits {
        self.0
    }
}

impl fmt::Display for PartPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A price below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NegativePrice;

impl fmt::Display for NegativePrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the price is below zero: write 0 where sending is free")
    }
}

impl Error for NegativePrice {}

/// Whether a destination is delivered to, and at what price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tariff {
    /// Delivered, at this price a part.
    Standard(PartPrice),
    /// Premium-rate numbers: not delivered, not charged.
    Premium,
    /// Not delivered by the operator's choice, not charged.
    Blocked,
}

impl Tariff {
    /// The tariff's kind, without its price.
    #[must_use]
    pub const fn kind(self) -> RateKind {
        match self {
            Self::Standard(_) => RateKind::Standard,
            Self::Premium => RateKind::Premium,
            Self::Blocked => RateKind::Blocked,
        }
    }

    /// The price of one part; nothing where nothing is delivered.
    #[must_use]
    pub const fn price(self) -> Option<PartPrice> {
        match self {
            Self::Standard(price) => Some(price),
            Self::Premium | Self::Blocked => None,
        }
    }
}

/// The kinds of rates, as a file names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateKind {
    /// Delivered and charged.
    Standard,
    /// Premium-rate numbers: not delivered, not charged.
    Premium,
    /// Not delivered by the operator's choice, not charged.
    Blocked,
}

impl RateKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Premium, Self::Blocked];

    /// The kind of that word, as it travels.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word in files: `standard`, `premium` or `blocked`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Premium => "premium",
            Self::Blocked => "blocked",
        }
    }
}

impl fmt::Display for RateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads the word, in capitals or not.
impl FromStr for RateKind {
    type Err = UnknownRateKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| text.eq_ignore_ascii_case(kind.as_str()))
            .ok_or(UnknownRateKind)
    }
}

/// A text that is no [`RateKind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownRateKind;

impl fmt::Display for UnknownRateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no kind of rate: write standard, premium or blocked")
    }
}

impl Error for UnknownRateKind {}

/// One line of a rate card: to which numbers it applies, what they cost, and from which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    prefix: Option<Prefix>,
    country: Option<Region>,
    tariff: Tariff,
    valid_from: Date,
}

impl Rate {
    /// A rate for the numbers that begin with a prefix. The country is for people to read, and
    /// checked.
    ///
    /// # Errors
    /// [`RateError::OtherCallingCode`] where the country's calling code is another.
    pub fn for_prefix(
        prefix: Prefix,
        country: Option<Region>,
        tariff: Tariff,
        valid_from: Date,
    ) -> Result<Self, RateError> {
        match country {
            Some(country) if !may_contain(country, prefix) => Err(RateError::OtherCallingCode),
            _ => Ok(Self { prefix: Some(prefix), country, tariff, valid_from }),
        }
    }

    /// A rate for all numbers of a country, see [`country_prefixes`].
    ///
    /// # Errors
    /// [`RateError::NoPrefixOfItsOwn`] where the country's numbers cannot be told from another's.
    pub fn for_country(
        country: Region,
        tariff: Tariff,
        valid_from: Date,
    ) -> Result<Self, RateError> {
        if country_prefixes(country).next().is_none() {
            return Err(RateError::NoPrefixOfItsOwn);
        }
        Ok(Self { prefix: None, country: Some(country), tariff, valid_from })
    }

    /// The prefix that the rate was given for; nothing where it was given for a whole country.
    #[must_use]
    pub const fn prefix(&self) -> Option<Prefix> {
        self.prefix
    }

    /// The country, where one was given.
    #[must_use]
    pub const fn country(&self) -> Option<Region> {
        self.country
    }

    /// What the numbers cost.
    #[must_use]
    pub const fn tariff(&self) -> Tariff {
        self.tariff
    }

    /// The first day on which the rate is valid.
    #[must_use]
    pub const fn valid_from(&self) -> Date {
        self.valid_from
    }

    /// The prefixes of the numbers that the rate applies to: its own, else the country's.
    pub fn prefixes(&self) -> impl Iterator<Item = Prefix> {
        let of_country = self.country.filter(|_| self.prefix.is_none());
        self.prefix.into_iter().chain(of_country.into_iter().flat_map(country_prefixes))
    }
}

/// Why a prefix and a country make no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateError {
    /// The prefix lies below another calling code than the country's.
    OtherCallingCode,
    /// The country's numbers lie among another's and have no prefix that is theirs alone.
    NoPrefixOfItsOwn,
}

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherCallingCode => {
                "the prefix is not one of this country's: correct one of them, or leave the \
                 country empty"
            }
            Self::NoPrefixOfItsOwn => {
                "this country has no prefix of its own: give the prefix that it shares"
            }
        })
    }
}

impl Error for RateError {}
