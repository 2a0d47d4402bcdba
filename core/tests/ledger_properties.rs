//! What must hold for every ledger after every operation of long random sequences.
//!
//! A sequence is made from a seed. On a failure the message gives the seed and the last operations;
//! `LEDGER_SEED=… cargo test -p iap-core --test ledger_properties` runs that sequence alone.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]
#![allow(clippy::needless_pass_by_value, reason = "what is compared was made for it")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;
use std::fmt::Debug;

use iap_core::credits::{
    Account, Amount, Balance, Cancelled, Captured, Entry, EntryKind, Hold, HoldState, Kind, Leg,
    Posted, ResolveError, Threshold,
};
use iap_core::pricing::Credits;
use iap_core::time::{Hours, Timestamp};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// Sequences that are run, and operations in each.
const SEQUENCES: u64 = 60;
const OPERATIONS: usize = 2_000;

/// Accounts of a sequence.
const ACCOUNTS: usize = 3;

/// Operations that a failure shows.
const TAIL: usize = 25;

#[test]
fn invariants_hold_after_every_operation() {
    let seeds = match std::env::var("LEDGER_SEED") {
        Ok(seed) => vec![seed.parse().expect("LEDGER_SEED is a number")],
        Err(_) => (0..SEQUENCES).collect(),
    };
    let mut reached = Reached::default();
    for seed in seeds {
        Ledger::new(seed).run(&mut reached);
    }
    if std::env::var_os("LEDGER_SEED").is_none() {
        reached.check();
    }
}

/// What sequences came across: a test that never gets anywhere would hold, too.
#[derive(Default, Debug)]
struct Reached {
    entries: [u64; EntryKind::ALL.len()],
    refused: u64,
    repeated: u64,
    alerts: u64,
    late: u64,
}

impl Reached {
    fn check(&self) {
        assert!(self.entries.iter().all(|&number| number > 500), "{self:?}");
        let rest = [self.refused, self.repeated, self.alerts, self.late];
        assert!(rest.iter().all(|&number| number > 500), "{self:?}");
    }
}

/// What became of an operation.
enum Done {
    Refused,
    /// Nothing was to be entered.
    Nothing,
    Entered {
        /// Whether the alert went off by it.
        alert: bool,
    },
}

/// What an account is by the slow twin: numbers and plain arithmetic, no type of the core.
#[derive(Clone, Debug, Default, PartialEq)]
struct Twin {
    available: [i128; 2],
    held: [i128; 2],
    provider: [i128; 2],
    platform: [i128; 2],
    /// The threshold, and whether a warning was given since it was last reached.
    threshold: i128,
    warned: bool,
}

/// A hold by the twin.
#[derive(Clone, Debug, PartialEq)]
struct TwinHold {
    account: usize,
    held: [i128; 2],
    charged: [i128; 2],
    refunded: [i128; 2],
    deadline: i64,
    state: &'static str,
}

const PAID: usize = 0;
const GRANTED: usize = 1;

/// Takes from the first kind as far as it goes, then from the other.
fn take(from: [i128; 2], amount: i128, first: usize) -> Option<[i128; 2]> {
    let mut taken = [0, 0];
    taken[first] = amount.min(from[first]);
    taken[1 - first] = amount - taken[first];
    (taken[1 - first] <= from[1 - first]).then_some(taken)
}

struct Ledger {
    seed: u64,
    rng: TestRng,
    now: i64,
    accounts: [Account; ACCOUNTS],
    entries: Vec<(usize, Entry)>,
    holds: Vec<(usize, Hold)>,
    twins: [Twin; ACCOUNTS],
    twin_holds: Vec<TwinHold>,
    log: VecDeque<String>,
}

impl Ledger {
    fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self {
            seed,
            rng: TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
            now: 1_800_000_000_000,
            accounts: [Account::default(); ACCOUNTS],
            entries: Vec::new(),
            holds: Vec::new(),
            twins: Default::default(),
            twin_holds: Vec::new(),
            log: VecDeque::new(),
        }
    }

    fn run(&mut self, reached: &mut Reached) {
        for _ in 0..OPERATIONS {
            let (accounts, entries) = (self.accounts, self.entries.len());
            let operation = self.below(100);
            let done = match operation {
                0..12 => self.credit(),
                12..45 => self.authorize(),
                45..65 => self.capture(reached),
                65..75 => self.cancel(reached),
                75..83 => self.expire(),
                83..88 => self.refund(),
                88..92 => self.withdraw(),
                92..95 => self.set_threshold(),
                _ => self.wait(),
            };
            match done {
                Done::Nothing => {}
                Done::Refused => {
                    reached.refused += 1;
                    self.assert(self.accounts == accounts, "a refused operation changed something");
                    self.assert(self.entries.len() == entries, "a refused operation was entered");
                }
                Done::Entered { alert } => {
                    let entry = self.entries.last().map(|(_, entry)| entry.kind).unwrap();
                    let place = EntryKind::ALL.iter().position(|&kind| kind == entry).unwrap();
                    reached.entries[place] += 1;
                    reached.alerts += u64::from(alert);
                }
            }
            self.check();
        }
    }

    // Operations.

    fn credit(&mut self) -> Done {
        let (at, amount, kind) = (self.account(), self.amount(900), self.kind());
        self.note(format!("credit account {at} {kind:?} {amount}"));
        let posted = self.accounts[at].credit(kind, amount).expect("far from the limit");
        let twin = &mut self.twins[at];
        twin.available[place(kind)] += wide(amount);
        twin.platform[place(kind)] -= wide(amount);
        self.enter(at, posted)
    }

    fn authorize(&mut self) -> Done {
        let (at, amount) = (self.account(), self.amount(600));
        let hours = u32::try_from(self.below(48)).unwrap() + 1;
        self.note(format!("authorize account {at} {amount} for {hours} h"));
        let deadline = Timestamp::from_millis(self.now).after(Hours::new(hours).unwrap());
        let result = self.accounts[at].authorize(amount, deadline);
        let twin = &mut self.twins[at];
        let Some(funds) = take(twin.available, wide(amount), GRANTED) else {
            let short = result.expect_err("the twin has less");
            let available = twin.available[PAID] + twin.available[GRANTED];
            let missing = wide(amount) - available;
            self.assert_eq(wide(short.missing()), missing, "what is missing");
            return Done::Refused;
        };
        for kind in [PAID, GRANTED] {
            twin.available[kind] -= funds[kind];
            twin.held[kind] += funds[kind];
        }
        let (posted, hold) = result.expect("the twin has enough");
        self.twin_holds.push(TwinHold {
            account: at,
            held: funds,
            charged: [0, 0],
            refunded: [0, 0],
            deadline: deadline.millis(),
            state: "open",
        });
        self.holds.push((at, hold));
        self.enter(at, posted)
    }

    fn capture(&mut self, reached: &mut Reached) -> Done {
        let Some(place) = self.hold() else { return Done::Nothing };
        let (at, hold) = self.holds[place];
        let amount = (self.below(3) > 0).then(|| self.amount(600));
        self.note(format!("capture hold {place} {amount:?}"));
        let result = self.accounts[at].capture(&hold, amount, Timestamp::from_millis(self.now));
        let twin_hold = &mut self.twin_holds[place];
        let asked = amount.map_or(twin_hold.held[PAID] + twin_hold.held[GRANTED], wide);
        let Some(charged) = take(twin_hold.held, asked, GRANTED) else {
            self.assert(matches!(result, Err(ResolveError::TooMuch { .. })), "too much");
            return Done::Refused;
        };
        match twin_hold.state {
            "captured" if twin_hold.charged == charged => {
                self.assert(matches!(result, Ok(Captured::Before(_))), "captured before");
                reached.repeated += 1;
                return Done::Nothing;
            }
            "captured" => {
                self.assert(matches!(result, Err(ResolveError::Captured(_))), "captured");
                return Done::Refused;
            }
            "cancelled" => {
                self.assert_eq(result, Err(ResolveError::Cancelled), "cancelled");
                return Done::Refused;
            }
            state => {
                if state == "expired" || twin_hold.deadline <= self.now {
                    reached.late += 1;
                    self.assert_eq(result, Err(ResolveError::Expired), "expired");
                    return Done::Refused;
                }
            }
        }
        twin_hold.state = "captured";
        twin_hold.charged = charged;
        let whole = twin_hold.held;
        let twin = &mut self.twins[at];
        for kind in [PAID, GRANTED] {
            twin.held[kind] -= whole[kind];
            twin.provider[kind] += charged[kind];
            twin.available[kind] += whole[kind] - charged[kind];
        }
        let Ok(Captured::Now(posted, hold)) = result else { self.fail("it was open", &result) };
        self.holds[place].1 = hold;
        self.enter(at, posted)
    }

    fn cancel(&mut self, reached: &mut Reached) -> Done {
        let Some(place) = self.hold() else { return Done::Nothing };
        let (at, hold) = self.holds[place];
        self.note(format!("cancel hold {place}"));
        let result = self.accounts[at].cancel(&hold, Timestamp::from_millis(self.now));
        match self.twin_holds[place].state {
            "captured" => {
                self.assert(matches!(result, Err(ResolveError::Captured(_))), "captured");
                Done::Refused
            }
            "cancelled" | "expired" => {
                self.assert_eq(result, Ok(Cancelled::Before), "its credits came back before");
                reached.repeated += 1;
                Done::Nothing
            }
            _ => {
                let Ok(Cancelled::Now(posted, hold)) = result else {
                    self.fail("it was open", &result)
                };
                let late = self.twin_holds[place].deadline <= self.now;
                self.release(place, if late { "expired" } else { "cancelled" });
                self.holds[place].1 = hold;
                self.enter(at, posted)
            }
        }
    }

    fn expire(&mut self) -> Done {
        let Some(place) = self.hold() else { return Done::Nothing };
        let (at, hold) = self.holds[place];
        self.note(format!("expire hold {place}"));
        let result = self.accounts[at].expire(&hold, Timestamp::from_millis(self.now));
        let twin_hold = &self.twin_holds[place];
        if twin_hold.state != "open" || twin_hold.deadline > self.now {
            self.assert(result.is_err(), "not due, or resolved before");
            return Done::Refused;
        }
        let (posted, hold) = result.expect("it is due");
        self.release(place, "expired");
        self.holds[place].1 = hold;
        self.enter(at, posted)
    }

    fn release(&mut self, place: usize, state: &'static str) {
        let twin_hold = &mut self.twin_holds[place];
        twin_hold.state = state;
        let twin = &mut self.twins[twin_hold.account];
        for kind in [PAID, GRANTED] {
            twin.held[kind] -= twin_hold.held[kind];
            twin.available[kind] += twin_hold.held[kind];
        }
    }

    fn refund(&mut self) -> Done {
        let Some(place) = self.hold() else { return Done::Nothing };
        let (at, hold) = self.holds[place];
        let amount = self.amount(300);
        self.note(format!("refund hold {place} {amount}"));
        let result = self.accounts[at].refund(&hold, amount);
        let twin_hold = &mut self.twin_holds[place];
        if twin_hold.state != "captured" {
            self.assert_eq(result, Err(ResolveError::NotCaptured), "not captured");
            return Done::Refused;
        }
        let left = [PAID, GRANTED].map(|kind| twin_hold.charged[kind] - twin_hold.refunded[kind]);
        let Some(back) = take(left, wide(amount), PAID) else {
            self.assert(matches!(result, Err(ResolveError::TooMuch { .. })), "too much");
            return Done::Refused;
        };
        for kind in [PAID, GRANTED] {
            twin_hold.refunded[kind] += back[kind];
            self.twins[at].provider[kind] -= back[kind];
            self.twins[at].available[kind] += back[kind];
        }
        let (posted, hold) = result.expect("so much was charged");
        self.holds[place].1 = hold;
        self.enter(at, posted)
    }

    fn withdraw(&mut self) -> Done {
        let (at, amount, kind) = (self.account(), self.amount(1_500), self.kind());
        self.note(format!("withdraw account {at} {kind:?} {amount}"));
        let result = self.accounts[at].withdraw(kind, amount);
        let twin = &mut self.twins[at];
        if twin.available[place(kind)] < wide(amount) {
            self.assert(result.is_err(), "less is available");
            return Done::Refused;
        }
        twin.available[place(kind)] -= wide(amount);
        twin.platform[place(kind)] += wide(amount);
        self.enter(at, result.expect("so much is available"))
    }

    fn set_threshold(&mut self) -> Done {
        let (at, amount) = (self.account(), self.amount(1_000));
        self.note(format!("threshold of account {at} {amount}"));
        self.accounts[at] = self.accounts[at].with_threshold(Threshold::new(amount).ok());
        let twin = &mut self.twins[at];
        if twin.threshold != wide(amount) {
            twin.threshold = wide(amount);
            twin.warned = twin.available[PAID] + twin.available[GRANTED] < twin.threshold;
        }
        Done::Nothing
    }

    fn wait(&mut self) -> Done {
        // Now and then the clock goes back, as clocks do.
        let minutes = i64::try_from(self.below(600)).unwrap() - 60;
        self.note(format!("{minutes} minutes pass"));
        self.now += minutes * 60_000;
        Done::Nothing
    }

    fn enter(&mut self, at: usize, posted: Posted) -> Done {
        self.accounts[at] = posted.account;
        self.entries.push((at, posted.entry));
        let twin = &mut self.twins[at];
        let below = twin.available[PAID] + twin.available[GRANTED] < twin.threshold;
        let alert = below && !twin.warned;
        twin.warned = below;
        self.assert_eq(posted.alert, alert, "whether the alert goes off");
        Done::Entered { alert }
    }

    // Invariants.

    fn check(&self) {
        // Every entry sums to nothing, by kind of credits; the newest is enough, all were it once.
        if let Some((_, entry)) = self.entries.last() {
            let changes = Leg::ALL.map(|leg| entry.postings.leg(leg));
            let sum = |amount: fn(&iap_core::credits::Change) -> Credits| -> i128 {
                changes.iter().map(|change| i128::from(amount(change).millionths())).sum()
            };
            self.assert_eq(sum(|change| change.paid), 0, "the paid legs of an entry");
            self.assert_eq(sum(|change| change.granted), 0, "the granted legs of an entry");
        }
        for at in 0..ACCOUNTS {
            let (balance, twin) = (self.accounts[at].balance(), &self.twins[at]);
            let parts =
                |funds: iap_core::credits::Funds| [wide(funds.paid()), wide(funds.granted())];
            let (available, held) = (parts(balance.available()), parts(balance.held()));
            self.assert_eq((available, held), (twin.available, twin.held), "the twin's balance");
            self.assert(available.iter().chain(&held).all(|&part| part >= 0), "a negative part");
            let sum = |parts: [i128; 2]| parts[PAID] + parts[GRANTED];
            let left = i128::from(balance.posted().millionths()) - sum(held);
            self.assert_eq(sum(available), left, "available is posted less held");

            let open: i128 = self
                .holds
                .iter()
                .filter(|(account, _)| *account == at)
                .map(|(_, hold)| i128::from(hold.remaining().total().millionths()))
                .sum();
            self.assert_eq(sum(held), open, "what is held is what open holds have left");

            // What came in and was not taken out is with the account or with the provider.
            for kind in [PAID, GRANTED] {
                let all = twin.available[kind] + twin.held[kind] + twin.provider[kind];
                self.assert_eq(all, -twin.platform[kind], "credits are conserved");
            }
        }
        for ((_, hold), twin) in self.holds.iter().zip(&self.twin_holds) {
            let state = match hold.state() {
                HoldState::Open => "open",
                HoldState::Captured { .. } => "captured",
                HoldState::Cancelled => "cancelled",
                HoldState::Expired => "expired",
            };
            self.assert_eq(state, twin.state, "the state of a hold");
        }
        // To derive every balance anew costs the length of the ledger.
        if self.entries.len().is_multiple_of(97) {
            self.derive();
        }
    }

    fn derive(&self) {
        let mut derived = [Balance::default(); ACCOUNTS];
        for (at, entry) in &self.entries {
            derived[*at] = derived[*at].post(&entry.postings).expect("it was entered");
        }
        let stored = self.accounts.map(|account| account.balance());
        self.assert_eq(stored, derived, "stored and derived balances");
    }

    // Chance.

    fn below(&mut self, limit: u64) -> u64 {
        self.rng.next_u64() % limit
    }

    fn account(&mut self) -> usize {
        usize::try_from(self.below(u64::try_from(ACCOUNTS).unwrap())).unwrap()
    }

    fn kind(&mut self) -> Kind {
        if self.below(3) == 0 { Kind::Granted } else { Kind::Paid }
    }

    /// Often the same small numbers, so that exact matches happen; else anything, to a millionth.
    fn amount(&mut self, most: u64) -> Amount {
        let millionths = match self.below(4) {
            0 => 0,
            1 | 2 => self.below(most / 100) * 100_000_000,
            _ => self.below(most * 1_000_000),
        };
        Amount::new(Credits::from_millionths(i64::try_from(millionths).unwrap())).unwrap()
    }

    /// Mostly one of the newest, so that open ones are found.
    fn hold(&mut self) -> Option<usize> {
        let number = self.holds.len();
        if number == 0 {
            return None;
        }
        let back = if self.below(4) > 0 {
            self.below(12)
        } else {
            self.below(u64::try_from(number).unwrap())
        };
        Some(number.saturating_sub(1 + usize::try_from(back).unwrap()))
    }

    // Failures.

    fn note(&mut self, operation: String) {
        if self.log.len() == TAIL {
            self.log.pop_front();
        }
        self.log.push_back(operation);
    }

    fn assert(&self, holds: bool, what: &str) {
        self.assert_eq(holds, true, what);
    }

    fn assert_eq<T: PartialEq + Debug>(&self, found: T, expected: T, what: &str) {
        if found != expected {
            self.fail(what, &format!("found {found:?}, expected {expected:?}"));
        }
    }

    fn fail(&self, what: &str, details: &impl Debug) -> ! {
        let tail: Vec<_> = self.log.iter().map(String::as_str).collect();
        panic!("seed {}: {what}: {details:?}\nlast operations:\n{}", self.seed, tail.join("\n"));
    }
}

fn place(kind: Kind) -> usize {
    match kind {
        Kind::Paid => PAID,
        Kind::Granted => GRANTED,
    }
}

fn wide(amount: Amount) -> i128 {
    i128::from(amount.millionths())
}
