//! What credits that were taken are worth in money.
//!
//! Credits are sold in packs at different prices, so a credit that is taken has no price of its own. **The rule:
//! an account's paid credits lie in one pool with the money that was paid for them, without tax. Credits that are
//! taken take their part of that money along.** So whoever is paid by this rule gets what customers paid and
//! never more, whatever was bought and taken in which order: the money that has been taken and the money that
//! is still in the pool together are what came in.
//!
//! - A purchase brings credits and money. Paid credits that an operator put in by hand bring no money.
//! - What is given back to a customer comes back into the pool with what it was worth on average when it was
//!   taken.
//! - Money that is given back for an order leaves the pool with the order's credits, as far as there is as much.
//! - Credits that an operator takes out by hand take their part of the money with them.
//! - Granted credits are worth nothing.
//!
//! What is before a moment depends on nothing after it: a month that has been paid out stays what it was.
//!
//! **Rounding** happens in one place, [`whole`], to minor units (cents) and downwards, on the sum of all accounts
//! since the beginning: months add up to the whole to the cent, wherever they are cut.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use super::amount::Amount;
use super::money::{Currency, Money};
use crate::pricing::{Credits, CreditsOverflow};
use crate::time::Timestamp;

/// Parts of a minor unit that the pool is kept in, so that what each charge takes along is exact enough.
const PARTS: i128 = 1_000_000;

/// Money by currency, in millionths of a minor unit.
type Worth = BTreeMap<Currency, i128>;

/// A purchase, or one that was taken back: so many credits, and their price without tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The credits.
    pub credits: Amount,
    /// What was paid for them, without tax.
    pub price: Money,
}

/// What happened on an account in a short time. It counts as if all was bought first, then taken, and then
/// given back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Paid credits that came in, those of purchases included.
    pub came: Amount,
    /// Purchases that were paid.
    pub sold: Vec<Sale>,
    /// Paid credits that the provider took, less those given back.
    pub paid: Credits,
    /// Granted credits that the provider took, less those given back.
    pub granted: Credits,
    /// How often something was taken or given back.
    pub executions: i64,
    /// Paid credits that went out, those of purchases that were taken back included.
    pub went: Amount,
    /// Purchases whose money was given back.
    pub refunded: Vec<Sale>,
}

/// What was taken in a span of time, and what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Paid credits, less those given back.
    pub paid: Credits,
    /// Granted credits, less those given back.
    pub granted: Credits,
    /// How often something was taken or given back.
    pub executions: i64,
    /// What the paid ones are worth in each currency, in its minor units; below nothing where more was given
    /// back than taken.
    pub worth: Vec<(Currency, i64)>,
}

/// Paid credits of an account, and the money that was paid for them.
#[derive(Clone, Debug, Default)]
struct Pool {
    credits: i128,
    money: Worth,
    taken: i128,
    earned: Worth,
}

impl Pool {
    fn follow(&mut self, moves: &Moves) {
        self.credits += i128::from(moves.came.millionths());
        for sale in &moves.sold {
            *self.money.entry(sale.price.currency()).or_default() += parts(sale.price);
        }
        self.take(i128::from(moves.paid.millionths()));
        let mut by_hand = i128::from(moves.went.millionths());
        for sale in &moves.refunded {
            let credits = i128::from(sale.credits.millionths());
            by_hand = (by_hand - credits).max(0);
            self.credits = (self.credits - credits).max(0);
            let money = self.money.entry(sale.price.currency()).or_default();
            *money = (*money - parts(sale.price)).max(0);
        }
        for money in self.money.values_mut() {
            *money -= part(*money, by_hand, self.credits);
        }
        self.credits = (self.credits - by_hand).max(0);
    }

    /// The provider takes so many credits; gives them back where there are less than none.
    fn take(&mut self, credits: i128) {
        let number = credits.unsigned_abs().try_into().unwrap_or(i128::MAX);
        let (from, of, to) = if credits < 0 {
            (&mut self.earned, self.taken, &mut self.money)
        } else {
            (&mut self.money, self.credits, &mut self.earned)
        };
        for (currency, money) in from {
            let moved = part(*money, number, of);
            *money -= moved;
            *to.entry(*currency).or_default() += moved;
        }
        self.credits = (self.credits - credits).max(0);
        self.taken = (self.taken + credits).max(0);
    }
}

/// What `number` of `of` credits take along of the money for all, rounded down; the last ones take the rest.
const fn part(money: i128, number: i128, of: i128) -> i128 {
    if number <= 0 {
        0
    } else if number >= of {
        money
    } else {
        // Both are below 2^64 in minor units and credits, and 2^20 parts of them: it never overflows.
        match money.checked_mul(number) {
            Some(product) => product / of,
            None => money / of * number,
        }
    }
}

fn parts(money: Money) -> i128 {
    i128::from(money.minor()) * PARTS
}

/// Minor units of what is kept in parts of them: the one place that rounds.
fn whole(parts: i128) -> i64 {
    i64::try_from(parts.div_euclid(PARTS)).unwrap_or(i64::MAX)
}

/// What was taken between each of the edges and the next, and what it is worth, from all that ever happened
/// on the accounts of a service before the last edge. Edges ascend; a moment on one belongs to the span that
/// begins there.
#[derive(Clone, Debug)]
pub struct RevenueBook<'e> {
    edges: &'e [Timestamp],
    spans: Vec<Taken>,
    /// What was earned before the first edge, and then in each span.
    earned: Vec<Worth>,
}

impl<'e> RevenueBook<'e> {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(edges: &'e [Timestamp]) -> Self {
        let spans = vec![Taken::default(); edges.len().saturating_sub(1)];
        Self { edges, spans, earned: vec![Worth::new(); edges.len()] }
    }

    /// Enters all that happened on one account, in the order of time.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where more was taken than there can be.
    pub fn enter(
        &mut self,
        account: impl IntoIterator<Item = (Timestamp, Moves)>,
    ) -> Result<(), CreditsOverflow> {
        let mut pool = Pool::default();
        for (at, moves) in account {
            let place = self.edges.partition_point(|edge| *edge <= at);
            let Some(earned) = self.earned.get_mut(place) else { continue };
            let before = pool.earned.clone();
            pool.follow(&moves);
            for (currency, after) in &pool.earned {
                let more = after - before.get(currency).copied().unwrap_or_default();
                *earned.entry(*currency).or_default() += more;
            }
            if let Some(span) = place.checked_sub(1).and_then(|place| self.spans.get_mut(place)) {
                span.paid = span.paid.checked_add(moves.paid)?;
                span.granted = span.granted.checked_add(moves.granted)?;
                span.executions = span.executions.saturating_add(moves.executions);
            }
        }
        Ok(())
    }

    /// One for each span, in the order of time.
    #[must_use]
    pub fn close(self) -> Vec<Taken> {
        let mut earned = self.earned.into_iter();
        let mut sum = earned.next().unwrap_or_default();
        let mut spans = self.spans;
        for (span, earned) in spans.iter_mut().zip(earned) {
            for (currency, more) in earned {
                let sum = sum.entry(currency).or_default();
                let before = whole(*sum);
                *sum += more;
                let worth = whole(*sum).saturating_sub(before);
                if worth != 0 {
                    span.worth.push((currency, worth));
                }
            }
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EUR: Currency = Currency::EUR;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn sale(credits: &str, minor: u64) -> Sale {
        Sale { credits: amount(credits), price: Money::new(minor, EUR) }
    }

    fn bought(credits: &str, minor: u64) -> Moves {
        Moves { came: amount(credits), sold: vec![sale(credits, minor)], ..Moves::default() }
    }

    fn taken(credits: &str) -> Moves {
        Moves { paid: credits.parse().unwrap(), executions: 1, ..Moves::default() }
    }

    fn back(credits: &str, minor: u64) -> Moves {
        Moves { went: amount(credits), refunded: vec![sale(credits, minor)], ..Moves::default() }
    }

    /// What each of these is worth, a span each.
    fn worth(moves: &[Moves]) -> Vec<i64> {
        let edges: Vec<_> = (0..=moves.len())
            .map(|at| Timestamp::from_millis(i64::try_from(at).unwrap()))
            .collect();
        let mut book = RevenueBook::new(&edges);
        book.enter(edges.iter().copied().zip(moves.iter().cloned())).unwrap();
        let of = |it: Taken| it.worth.first().map_or(0, |(_, minor)| *minor);
        book.close().into_iter().map(of).collect()
    }

    #[test]
    fn credits_take_along_their_part_of_what_was_paid() {
        assert_eq!(worth(&[bought("10", 1_000), taken("4"), taken("6")]), [0, 400, 600]);
        // Cheap ones and dear ones are mixed, and nobody gets more than what was paid.
        let mixed = [bought("100", 10_000), taken("100"), bought("1000", 10_000), taken("1000")];
        assert_eq!(worth(&mixed), [0, 10_000, 0, 10_000]);
        let mixed = [bought("100", 10_000), bought("100", 5_000), taken("100"), taken("100")];
        assert_eq!(worth(&mixed), [0, 0, 7_500, 7_500]);
    }

    #[test]
    fn thirds_add_up_to_the_whole() {
        let thirds = [bought("3", 100), taken("1"), taken("1"), taken("1")];
        assert_eq!(worth(&thirds), [0, 33, 33, 34]);
    }

    #[test]
    fn what_nobody_paid_for_is_worth_nothing() {
        let by_hand = Moves { came: amount("10"), ..Moves::default() };
        assert_eq!(worth(&[by_hand.clone(), taken("10")]), [0, 0]);
        assert_eq!(
            worth(&[bought("10", 1_000), by_hand, taken("10"), taken("10")]),
            [0, 0, 500, 500]
        );
    }

    #[test]
    fn what_is_given_back_was_not_earned() {
        assert_eq!(
            worth(&[bought("10", 1_000), taken("4"), taken("-1"), taken("7")]),
            [0, 400, -100, 700]
        );
        // Money that went back leaves with its credits.
        let moves =
            [bought("10", 1_000), bought("10", 1_000), taken("5"), back("10", 1_000), taken("5")];
        assert_eq!(worth(&moves), [0, 0, 500, 0, 500]);
        // What an operator takes out by hand takes its money along.
        let out = Moves { went: amount("5"), ..Moves::default() };
        assert_eq!(worth(&[bought("10", 1_000), out, taken("5")]), [0, 0, 500]);
    }

    #[test]
    fn each_currency_is_for_itself() {
        let dollars = Money::new(500, "USD".parse().unwrap());
        let mut moves = bought("10", 1_000);
        moves.came = amount("20");
        moves.sold.push(Sale { credits: amount("10"), price: dollars });
        let edges = [0, 1, 2].map(Timestamp::from_millis);
        let mut book = RevenueBook::new(&edges);
        book.enter([(edges[0], moves), (edges[1], taken("10"))]).unwrap();
        let spans = book.close();
        assert_eq!(spans[1].worth, [(EUR, 500), ("USD".parse().unwrap(), 250)]);
        assert_eq!((spans[1].executions, spans[0].executions), (1, 0));
    }

    #[test]
    fn what_is_before_the_edges_counts_and_what_is_behind_them_does_not() {
        let at = Timestamp::from_millis;
        let edges = [at(10), at(20)];
        let mut book = RevenueBook::new(&edges);
        let account = [
            (at(1), bought("10", 1_000)),
            (at(2), taken("1")),
            (at(10), taken("2")),
            (at(20), taken("3")),
        ];
        book.enter(account).unwrap();
        let spans = book.close();
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].worth.clone(), spans[0].executions), (vec![(EUR, 200)], 1));
    }
}
