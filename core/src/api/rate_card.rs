//! The rate card that the server keeps, and its versions.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::text::given;
use crate::pricing::{Credits, Date, PartPrice, Rate, RateChange, RateKind, RateWarning};
use crate::time::Timestamp;

/// The rate card that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentRateCard {
    /// Its version; none where nothing was imported yet and the built-in sample is in force.
    pub version: Option<i64>,
    /// Whether the rates are made up, to try the product with.
    pub sample: bool,
    /// Since when it is in force; none for the built-in sample.
    pub valid_from: Option<Timestamp>,
    /// The rates as a CSV file, as `GET /rate-cards/{version}/csv` gives it.
    pub csv: String,
}

/// How far a version of the rate card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateCardState {
    /// It comes into force later.
    Planned,
    /// It is in force.
    InForce,
    /// It was in force, or another one came in its place at the same moment.
    Past,
    /// It was withdrawn before it came into force.
    Withdrawn,
}

impl RateCardState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Planned, Self::InForce, Self::Past, Self::Withdrawn];

    /// The word that travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InForce => "in_force",
            Self::Past => "past",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// A version of the rate card, without its rates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateCardVersion {
    /// Its key.
    pub id: i64,
    /// From when on it is valid.
    pub valid_from: Timestamp,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Who imported it, by address; empty where the command line did.
    pub imported_by: String,
    /// How many rates it has.
    pub rates: i64,
    /// How far it is.
    pub state: RateCardState,
}

/// A rate card that is to be imported, or looked at before.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRateCard {
    /// The rates as a CSV file, with the columns `prefix`, `country`, `credits_per_part`, `kind` and
    /// `valid_from` in its first line.
    #[cfg_attr(feature = "openapi", schema(max_length = 1_000_000))]
    pub csv: String,
    /// From when on it is valid, not before now; now where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// The version that it was compared with, as the preview named it; `null` for the built-in
    /// sample. Where that is not the one that it would follow, it is refused. Not needed for a
    /// preview.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub against: Option<Option<i64>>,
}

/// What an import would do. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateCardPreview {
    /// The version that it is compared with: the one in force when it would come into force; none
    /// for the built-in sample.
    pub against: Option<i64>,
    /// How many rates it has.
    pub rates: i64,
    /// How many rates are added.
    pub added: i64,
    /// How many rates change.
    pub changed: i64,
    /// How many rates are removed.
    pub removed: i64,
    /// How many rates stay as they are.
    pub unchanged: i64,
    /// How many changes have a warning.
    pub warnings: i64,
    /// The changes, those with a warning first; at most 5,000 of them.
    pub changes: Vec<RateDelta>,
}

impl RateCardPreview {
    /// The most changes that are told one by one.
    pub const MOST: usize = 5_000;
}

/// What happens to a rate: it is added (no `old`), removed (no `new`), or changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateDelta {
    /// The rate before.
    pub old: Option<RateLine>,
    /// The rate after.
    pub new: Option<RateLine>,
    /// How much the price rises, in thousandths of what it was.
    pub per_mille: Option<i64>,
    /// What to look at.
    pub warning: Option<RateWarning>,
}

impl From<&RateChange> for RateDelta {
    fn from(change: &RateChange) -> Self {
        Self {
            old: change.before().map(RateLine::from),
            new: change.after().map(RateLine::from),
            per_mille: change.per_mille(),
            warning: change.warning(),
        }
    }
}

/// A line of a rate card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RateLine {
    /// The first digits of the numbers; empty where it is for all numbers of the country.
    pub prefix: String,
    /// The country's two letters; empty where none is named.
    pub country: String,
    /// The price of one part; none where nothing is delivered.
    pub credits_per_part: Option<Credits>,
    /// Whether it is delivered to.
    pub kind: RateKind,
    /// The first day of validity within the card.
    pub valid_from: Date,
}

impl From<&Rate> for RateLine {
    fn from(rate: &Rate) -> Self {
        let tariff = rate.tariff();
        Self {
            prefix: rate.prefix().map(|it| it.to_string()).unwrap_or_default(),
            country: rate.country().map(|it| it.to_string()).unwrap_or_default(),
            credits_per_part: tariff.price().map(PartPrice::credits),
            kind: tariff.kind(),
            valid_from: rate.valid_from(),
        }
    }
}
