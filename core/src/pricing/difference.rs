//! What becomes of prices when one rate card takes the place of another.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Date, PartPrice, Prefix, Rate, RateCard, RateCardError, Tariff};
use crate::phone::Region;

/// What a rate is for: the numbers below a prefix, or those of a country.
type Destination = (Option<Prefix>, Option<Region>);

fn destination(rate: &Rate) -> Destination {
    match rate.prefix() {
        // The country beside a prefix is there for people to read.
        Some(prefix) => (Some(prefix), None),
        None => (None, rate.country()),
    }
}

/// What happens to one rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateChange {
    /// It was not there before.
    Added(Rate),
    /// It takes the place of another one for the same destination.
    Changed {
        /// The rate before.
        old: Rate,
        /// The rate after.
        new: Rate,
    },
    /// It is there no more.
    Removed(Rate),
}

impl RateChange {
    /// The rate before, where there was one.
    #[must_use]
    pub const fn before(&self) -> Option<&Rate> {
        match self {
            Self::Added(_) => None,
            Self::Changed { old, .. } | Self::Removed(old) => Some(old),
        }
    }

    /// The rate after, where there is one.
    #[must_use]
    pub const fn after(&self) -> Option<&Rate> {
        match self {
            Self::Added(new) | Self::Changed { new, .. } => Some(new),
            Self::Removed(_) => None,
        }
    }

    fn prices(&self) -> Option<(i64, i64)> {
        let price = |rate: Option<&Rate>| rate?.tariff().price().map(PartPrice::credits);
        Some((price(self.before())?.millionths(), price(self.after())?.millionths()))
    }

    /// How much the price rises, in thousandths of what it was, rounded down in size; negative
    /// where it falls. Nothing where one of the two has no price, or the first was nothing.
    #[must_use]
    pub fn per_mille(&self) -> Option<i64> {
        let (old, new) = self.prices()?;
        let rise = (i128::from(new) - i128::from(old)).checked_mul(1000)?;
        rise.checked_div(i128::from(old)).map(|it| i64::try_from(it).unwrap_or(i64::MAX))
    }

    /// What to look at before the card is taken, if there is something.
    #[must_use]
    pub fn warning(&self) -> Option<RateWarning> {
        let (Some(old), Some(new)) = (self.before(), self.after()) else { return None };
        match (old.tariff(), new.tariff()) {
            (Tariff::Standard(_), Tariff::Premium | Tariff::Blocked) => {
                Some(RateWarning::NotDelivered)
            }
            (Tariff::Premium | Tariff::Blocked, Tariff::Standard(_)) => {
                Some(RateWarning::Delivered)
            }
            _ => {
                let (old, new) = self.prices()?;
                let (old, new) = (i128::from(old), i128::from(new));
                if new == 0 && old > 0 {
                    Some(RateWarning::Free)
                } else if new > old * 2 {
                    Some(RateWarning::MoreThanDoubled)
                } else if new * 2 < old {
                    Some(RateWarning::MoreThanHalved)
                } else {
                    None
                }
            }
        }
    }
}

/// What to look at in a change, because a slip of the finger looks like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateWarning {
    /// The price is more than twice what it was.
    MoreThanDoubled,
    /// The price is less than half of what it was.
    MoreThanHalved,
    /// What had a price is free.
    Free,
    /// What was delivered is not any more.
    NotDelivered,
    /// What was not delivered is from now on.
    Delivered,
}

impl RateWarning {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::MoreThanDoubled,
        Self::MoreThanHalved,
        Self::Free,
        Self::NotDelivered,
        Self::Delivered,
    ];

    /// The word that travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MoreThanDoubled => "more_than_doubled",
            Self::MoreThanHalved => "more_than_halved",
            Self::Free => "free",
            Self::NotDelivered => "not_delivered",
            Self::Delivered => "delivered",
        }
    }

    /// The warning of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// What becomes of prices when one card takes the place of another. The order of rates in a card
/// says nothing, so it makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateDifference {
    /// What happens to each rate that does not stay as it is, by destination and day.
    pub changes: Vec<RateChange>,
    /// How many rates stay as they are.
    pub unchanged: usize,
}

impl RateDifference {
    /// Compares two cards.
    ///
    /// Rates of one destination from the same day belong together; of those that are left, the
    /// newest of the one card belongs to the newest of the other, so that a new price from a new
    /// day is told as a change.
    #[must_use]
    pub fn between(old: &RateCard, new: &RateCard) -> Self {
        let mut all: BTreeMap<Destination, (Vec<Rate>, Vec<Rate>)> = BTreeMap::new();
        for rate in old.rates() {
            all.entry(destination(rate)).or_default().0.push(*rate);
        }
        for rate in new.rates() {
            all.entry(destination(rate)).or_default().1.push(*rate);
        }
        let mut difference = Self::default();
        for (old, new) in all.into_values() {
            difference.add(by_day(old), by_day(new));
        }
        difference
    }

    /// Compares the rates of one destination.
    fn add(&mut self, mut old: BTreeMap<Date, Rate>, mut new: BTreeMap<Date, Rate>) {
        let mut changes = Vec::new();
        let days: Vec<Date> = old.keys().filter(|day| new.contains_key(day)).copied().collect();
        for day in days {
            match (old.remove(&day), new.remove(&day)) {
                (Some(old), Some(new)) if old == new => self.unchanged += 1,
                (Some(old), Some(new)) => changes.push(RateChange::Changed { old, new }),
                _ => {}
            }
        }
        loop {
            changes.push(match (old.pop_last(), new.pop_last()) {
                (Some((_, old)), Some((_, new))) => RateChange::Changed { old, new },
                (Some((_, old)), None) => RateChange::Removed(old),
                (None, Some((_, new))) => RateChange::Added(new),
                (None, None) => break,
            });
        }
        // They were found from the newest back.
        self.changes.extend(changes.into_iter().rev());
    }

    /// Whether both cards have the same rates.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many rates are added, changed and removed.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        self.changes.iter().fold((0, 0, 0), |(added, changed, removed), change| match change {
            RateChange::Added(_) => (added + 1, changed, removed),
            RateChange::Changed { .. } => (added, changed + 1, removed),
            RateChange::Removed(_) => (added, changed, removed + 1),
        })
    }

    /// Makes the new card of the old one: what stays in its order, then what is new.
    ///
    /// # Errors
    /// [`RateCardError`] where the card is not the one that was compared.
    pub fn apply(&self, old: &RateCard) -> Result<RateCard, RateCardError> {
        let gone = self.changes.iter().filter_map(RateChange::before);
        let gone: BTreeMap<(Destination, Date), &Rate> =
            gone.map(|rate| ((destination(rate), rate.valid_from()), rate)).collect();
        let stays = |rate: &&Rate| !gone.contains_key(&(destination(rate), rate.valid_from()));
        let kept = old.rates().iter().filter(stays);
        RateCard::new(
            kept.chain(self.changes.iter().filter_map(RateChange::after)).copied().collect(),
        )
    }
}

/// The rates of one destination by day; a card has one a day.
fn by_day(rates: Vec<Rate>) -> BTreeMap<Date, Rate> {
    rates.into_iter().map(|rate| (rate.valid_from(), rate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(lines: &str) -> RateCard {
        let file = alloc::format!("country,credits_per_part,kind,valid_from\n{lines}");
        RateCard::from_csv(file.as_bytes()).unwrap()
    }

    fn only(old: &str, new: &str) -> RateChange {
        let difference = RateDifference::between(&card(old), &card(new));
        let [change] = &difference.changes[..] else { panic!("{difference:?}") };
        *change
    }

    #[test]
    fn a_new_price_from_a_new_day_is_a_change() {
        let change = only("BE,0.05,,2026-01-01", "BE,0.06,,2026-06-01");
        assert!(matches!(change, RateChange::Changed { .. }));
        assert_eq!(change.per_mille(), Some(200));
        let both = "BE,0.05,,2026-01-01\nBE,0.06,,2026-06-01";
        assert!(matches!(only("BE,0.05,,2026-01-01", both), RateChange::Added(_)));
        assert!(matches!(only(both, "BE,0.06,,2026-06-01"), RateChange::Removed(_)));
    }

    #[test]
    fn what_looks_like_a_slip_is_told() {
        let told = |old: &str, new: &str| {
            let line = |it: &str| alloc::format!("BE,{it},2026-01-01");
            only(&line(old), &line(new)).warning().map(RateWarning::as_str)
        };
        assert_eq!(told("0.1,", "0.2,"), None);
        assert_eq!(told("0.1,", "0.200001,"), Some("more_than_doubled"));
        assert_eq!(told("0.1,", "0.05,"), None);
        assert_eq!(told("0.1,", "0.049999,"), Some("more_than_halved"));
        assert_eq!(told("0.1,", "0,"), Some("free"));
        assert_eq!(told("0,", "0.1,"), Some("more_than_doubled"));
        assert_eq!(told("0.1,", ",blocked"), Some("not_delivered"));
        assert_eq!(told(",premium", "0.1,"), Some("delivered"));
        assert_eq!(told(",premium", ",blocked"), None);
    }

    #[test]
    fn a_price_from_nothing_has_no_per_cent() {
        assert_eq!(only("BE,0,,2026-01-01", "BE,1,,2026-01-01").per_mille(), None);
        assert_eq!(only("BE,3,,2026-01-01", "BE,1,,2026-01-01").per_mille(), Some(-666));
    }
}
