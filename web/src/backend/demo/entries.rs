//! What was spent in the demo: made up, and the same for everybody.

use iap_core::api::{ConsumptionLine, Dimension, Entry, Spent, spent_between};
use iap_core::credits::EntryKind;
use iap_core::pricing::Credits;
use iap_core::sort::sorted;
use iap_core::time::Timestamp;

use super::accounts::credits;
use crate::backend::consumption::{EntriesAsked, Whose};
use crate::clock;

const DAY: i64 = 86_400_000;

/// So many days back something was spent.
const DAYS: i64 = 400;

/// An account, what an execution costs there, and what it is.
const WORK: [(i64, &str, &str); 2] = [(1, "0.0616", "SMS to a contact"), (2, "1", "Bill read")];

/// What was spent of an account for somebody between each of the edges and the next.
pub fn spent(account: i64, edges: &[Timestamp], whose: &Whose) -> Vec<Spent> {
    let each = all(account).into_iter().filter(|it| whose.is(it.company, &it.user));
    spent_between(edges, each.map(|entry| (entry.at, once(&entry)))).unwrap_or_default()
}

/// The entries that are asked for, the newest first.
pub fn entries(asked: &EntriesAsked) -> Vec<Entry> {
    let mut entries: Vec<Entry> = asked.accounts.iter().flat_map(|it| all(*it)).collect();
    entries.retain(|entry| {
        (asked.from..asked.to).contains(&entry.at) && asked.whose.is(entry.company, &entry.user)
    });
    sorted(entries, &|one: &Entry, other: &Entry| other.at.cmp(&one.at))
}

/// For whom it was spent what is asked for, the largest first.
pub fn divided(asked: &EntriesAsked, by: Dimension) -> Vec<ConsumptionLine> {
    let mut lines = Vec::<ConsumptionLine>::new();
    for entry in entries(asked) {
        let (account, spent) = (entry.account, once(&entry));
        let (company, user) = match by {
            Dimension::Company => (entry.company, String::new()),
            Dimension::User => (None, entry.user),
        };
        let is = |it: &&mut ConsumptionLine| {
            (it.account, it.company) == (account, company) && it.user == user
        };
        match lines.iter_mut().find(is) {
            Some(line) => line.spent = line.spent.checked_add(spent).unwrap_or(line.spent),
            None => lines.push(ConsumptionLine { account, company, user, spent }),
        }
    }
    sorted(lines, &|one: &ConsumptionLine, other: &ConsumptionLine| {
        other.spent.charged.cmp(&one.spent.charged)
    })
}

fn once(entry: &Entry) -> Spent {
    Spent { charged: entry.charged, executions: 1 }
}

/// For whom the work of a day was; now and then the program did not say.
fn whom(day: i64) -> (Option<i64>, &'static str) {
    match day % 5 {
        0 => (None, ""),
        1 | 3 => (Some(2), "Uma User"),
        _ => (Some(1), "Adam Admin"),
    }
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
            entries.push((at, whom(day)));
        }
    }
    let entries = sorted(entries, &|(one, _), (other, _)| other.cmp(one));
    let number = i64::try_from(entries.len()).unwrap_or_default();
    (0..)
        .zip(entries)
        .map(|(place, (at, (company, user)))| Entry {
            id: number - place,
            account,
            number: number - place,
            at: Timestamp::from_millis(at),
            kind: EntryKind::Capture,
            description: (*work).to_owned(),
            available_paid: Credits::ZERO,
            available_granted: Credits::ZERO,
            held: Credits::ZERO,
            charged: price,
            hold: None,
            company,
            user: user.to_owned(),
            link: String::new(),
        })
        .collect()
}
