//! What was spent in the demo: made up, and the same for everybody.

use iap_core::api::{Entry, Spent, spent_between};
use iap_core::credits::EntryKind;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;

use super::accounts::credits;
use crate::backend::consumption::EntriesAsked;
use crate::clock;

const DAY: i64 = 86_400_000;

/// So many days back something was spent.
const DAYS: i64 = 400;

/// An account, what an execution costs there, and what it is.
const WORK: [(i64, &str, &str); 2] = [(1, "0.0616", "SMS to a contact"), (2, "1", "Bill read")];

/// What was spent of an account between each of the edges and the next.
pub fn spent(account: i64, edges: &[Timestamp]) -> Vec<Spent> {
    let each = all(account)
        .into_iter()
        .map(|entry| (entry.at, Spent { charged: entry.charged, executions: 1 }));
    spent_between(edges, each).unwrap_or_default()
}

/// The entries that are asked for, the newest first.
pub fn entries(asked: &EntriesAsked) -> Vec<Entry> {
    let mut entries = all(asked.account);
    entries.retain(|entry| entry.at >= asked.from && entry.at < asked.to);
    entries
}

fn all(account: i64) -> Vec<Entry> {
    let Some((_, price, work)) = WORK.iter().find(|(of, ..)| *of == account) else {
        return Vec::new();
    };
    let price = credits(price).credits();
    let today = clock::now().date();
    let midnight = Timestamp::midnight(today).millis();
    let mut entries = Vec::new();
    for day in 1..=DAYS {
        // Less on some days, nothing on others.
        for number in 0..(day * account + day / 7) % 4 {
            let at = midnight - day * DAY + 33_000_000 + number * 2_220_000;
            entries.push((at, (*work).to_owned()));
        }
    }
    entries.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
    let number = i64::try_from(entries.len()).unwrap_or_default();
    (0..)
        .zip(entries)
        .map(|(place, (at, description))| Entry {
            id: number - place,
            number: number - place,
            at: Timestamp::from_millis(at),
            kind: EntryKind::Capture,
            description,
            available_paid: Credits::ZERO,
            available_granted: Credits::ZERO,
            held: Credits::ZERO,
            charged: price,
            hold: None,
        })
        .collect()
}
