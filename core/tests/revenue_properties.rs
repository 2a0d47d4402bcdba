//! What must hold for what providers earn, whatever happened on accounts and wherever months are cut.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]
#![cfg(not(target_arch = "wasm32"))]

use iap_core::credits::{Amount, Currency, Money, Moves, RevenueBook, Sale, Share};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use proptest::prelude::*;

/// Something that happens on an account; what an account has not got cannot be taken from it.
#[derive(Clone, Debug)]
enum Step {
    Buy { credits: i64, minor: u64 },
    Given { credits: i64 },
    Take { credits: i64 },
    Back { credits: i64 },
    Refund { which: usize },
    ByHand { credits: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let credits = 1_i64..50_000_000;
    let step = prop_oneof![
        3 => (credits.clone(), 0_u64..100_000).prop_map(|(credits, minor)| Step::Buy { credits, minor }),
        1 => credits.clone().prop_map(|credits| Step::Given { credits }),
        6 => credits.clone().prop_map(|credits| Step::Take { credits }),
        1 => credits.clone().prop_map(|credits| Step::Back { credits }),
        1 => (0_usize..8).prop_map(|which| Step::Refund { which }),
        1 => credits.prop_map(|credits| Step::ByHand { credits }),
    ];
    prop::collection::vec(step, 0..60)
}

fn amount(millionths: i64) -> Amount {
    Amount::new(Credits::from_millionths(millionths)).unwrap()
}

/// What happens on an account, one after the other, and the money that came in and went back by then. What the
/// ledger would refuse does not happen.
fn account(steps: &[Step]) -> (Vec<Moves>, Vec<(u64, u64)>) {
    let (mut has, mut taken) = (0_i64, 0_i64);
    let (mut orders, mut all) = (Vec::<Sale>::new(), Vec::new());
    let (mut money, mut sums) = ((0_u64, 0_u64), Vec::new());
    for step in steps {
        let mut moves = Moves::default();
        match *step {
            Step::Buy { credits, minor } => {
                let price = Money::new(minor, Currency::EUR);
                let sale = Sale { credits: amount(credits), price };
                (moves.came, moves.sold) = (sale.credits, vec![sale]);
                orders.push(sale);
                has += credits;
                money.0 += minor;
            }
            Step::Given { credits } => {
                moves.came = amount(credits);
                has += credits;
            }
            Step::Take { credits } => {
                let credits = credits.min(has);
                moves.paid = Credits::from_millionths(credits);
                (has, taken) = (has - credits, taken + credits);
            }
            Step::Back { credits } => {
                let credits = credits.min(taken);
                moves.paid = Credits::from_millionths(-credits);
                (has, taken) = (has + credits, taken - credits);
            }
            Step::Refund { which } => {
                let order = orders.get(which).copied();
                let Some(sale) = order.filter(|it| it.credits.millionths() <= has) else {
                    continue;
                };
                orders.remove(which);
                (moves.went, moves.refunded) = (sale.credits, vec![sale]);
                has -= sale.credits.millionths();
                money.1 += sale.price.minor();
            }
            Step::ByHand { credits } => {
                let credits = credits.min(has);
                moves.went = amount(credits);
                has -= credits;
            }
        }
        all.push(moves);
        sums.push(money);
    }
    (all, sums)
}

/// What each span is worth, where spans begin at these places among what happened.
fn worth(accounts: &[Vec<Moves>], cuts: &[i64]) -> Vec<i64> {
    let edges: Vec<_> = cuts.iter().map(|at| Timestamp::from_millis(*at)).collect();
    let mut book = RevenueBook::new(&edges);
    for moves in accounts {
        let at = (0..).map(Timestamp::from_millis);
        book.enter(at.zip(moves.iter().cloned())).unwrap();
    }
    let of = |it: iap_core::credits::Taken| it.worth.first().map_or(0, |(_, minor)| *minor);
    book.close().into_iter().map(of).collect()
}

proptest! {
    /// Nobody earns more than was paid, and altogether nobody ever less than nothing.
    #[test]
    fn no_more_is_earned_than_was_paid(steps in steps()) {
        let (moves, sums) = account(&steps);
        let cuts: Vec<_> = (0..=i64::try_from(moves.len()).unwrap()).collect();
        let spans = worth(&[moves], &cuts);
        let mut sum = 0_i64;
        for (span, (came, _)) in spans.iter().zip(sums) {
            sum += span;
            prop_assert!(sum >= 0, "{sum}");
            prop_assert!(sum <= i64::try_from(came).unwrap(), "{sum} of {came}");
        }
    }

    /// Where all that was bought is taken and nothing is given back, it is earned to the last cent.
    #[test]
    fn what_was_paid_is_earned_when_all_is_taken(
        orders in prop::collection::vec((1_i64..50_000_000, 0_u64..100_000), 1..8),
        parts in prop::collection::vec(1_i64..20_000_000, 0..40),
    ) {
        let mut steps: Vec<_> =
            orders.iter().map(|&(credits, minor)| Step::Buy { credits, minor }).collect();
        steps.extend(parts.into_iter().map(|credits| Step::Take { credits }));
        steps.push(Step::Take { credits: i64::MAX });
        let (moves, _) = account(&steps);
        let cuts: Vec<_> = (0..=i64::try_from(moves.len()).unwrap()).collect();
        let paid: u64 = orders.iter().map(|(_, minor)| minor).sum();
        let spans = worth(&[moves], &cuts);
        prop_assert!(spans.iter().all(|span| *span >= 0));
        prop_assert_eq!(spans.iter().sum::<i64>(), i64::try_from(paid).unwrap());
    }

    /// However time is cut, the parts are the whole; and what comes later changes nothing of what was before.
    #[test]
    fn months_add_up_and_stay(one in steps(), other in steps(), cut in 1_i64..60) {
        let accounts = [account(&one).0, account(&other).0];
        let whole = worth(&accounts, &[0, 1_000])[0];
        let halves = worth(&accounts, &[0, cut, 1_000]);
        prop_assert_eq!(halves.iter().sum::<i64>(), whole);
        let place = usize::try_from(cut).unwrap();
        let known = accounts.map(|moves| moves.into_iter().take(place).collect::<Vec<_>>());
        prop_assert_eq!(worth(&known, &[0, cut])[0], halves[0]);
    }

    /// The platform's part and the provider's are the whole, and neither has another sign.
    #[test]
    fn parts_are_the_whole(hundredths in 0_u16..=10_000, minor in any::<i64>()) {
        let (platform, provider) = Share::new(hundredths).unwrap().split(minor);
        prop_assert_eq!(platform.checked_add(provider), Some(minor));
        prop_assert!(platform == 0 || platform.signum() == minor.signum());
        prop_assert!(provider == 0 || provider.signum() == minor.signum());
    }
}
