//! What entries make of accounts and holds when they are gone through again from the first.

use std::collections::HashMap;

use iap_core::api::HoldState;
use iap_core::credits::{EntryKind, Leg};
use iap_core::pricing::Credits;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::error::StoreError;
use super::verify::Findings;

/// The entries so far. Holds are remembered until they are resolved.
#[derive(Debug, Default)]
pub(super) struct History {
    accounts: HashMap<i64, Derived>,
    holds: HashMap<i64, StoredHold>,
}

/// The four parts of a balance: available and held, each paid and granted, in millionths.
type Parts = [i128; 4];

/// What the entries of an account make of it.
#[derive(Debug, Default)]
struct Derived {
    /// The number of the newest entry so far, and its key.
    number: i64,
    last: i64,
    parts: Parts,
    /// What its open holds have left, paid and granted.
    open: [i128; 2],
    overdrawn: bool,
}

/// What a hold says of itself.
#[derive(Debug)]
struct StoredHold {
    account: i64,
    state: HoldState,
    paid: i64,
    granted: i64,
    /// Whether the entry was seen that made it.
    authorized: bool,
}

impl StoredHold {
    fn sentence(&self, id: i64) -> String {
        format!("hold {id} is {}, and its entries say otherwise", self.state.as_str())
    }
}

impl History {
    /// A hold, before the entry that made it.
    ///
    /// # Errors
    /// [`StoreError`] where the row is none.
    pub(super) fn hold(&mut self, findings: &mut Findings, row: &AnyRow) -> Result<(), StoreError> {
        findings.holds += 1;
        let (id, state): (i64, String) = (row.try_get(0)?, row.try_get(2)?);
        let corrupt = || StoreError::Corrupt(format!("hold {id} is in no state"));
        let hold = StoredHold {
            account: row.try_get(1)?,
            state: HoldState::from_word(&state).ok_or_else(corrupt)?,
            paid: row.try_get(3)?,
            granted: row.try_get(4)?,
            authorized: false,
        };
        self.holds.insert(id, hold);
        Ok(())
    }

    /// The next entry, in the order in which they were written.
    ///
    /// # Errors
    /// [`StoreError`] where the row is none.
    pub(super) fn entry(
        &mut self,
        findings: &mut Findings,
        row: &AnyRow,
    ) -> Result<(), StoreError> {
        findings.entries += 1;
        let (id, account, number, previous): (i64, i64, i64, i64) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        let derived = self.accounts.entry(account).or_default();
        let expected = derived.number + 1;
        if number != expected {
            findings.add(account, format!("entry {expected} is missing"));
        }
        if previous != derived.last {
            findings.add(account, format!("entry {number} does not follow the one before it"));
        }
        derived.number = number;
        derived.last = id;
        let mut changes = [[0_i64; 2]; Leg::ALL.len()];
        for (leg, place) in changes.iter_mut().zip((6..).step_by(2)) {
            *leg = [row.try_get(place)?, row.try_get(place + 1)?];
        }
        let [available, held, ..] = changes;
        let [mut paid_sum, mut granted_sum] = [0_i128; 2];
        for [paid, granted] in changes {
            paid_sum += i128::from(paid);
            granted_sum += i128::from(granted);
        }
        if (paid_sum, granted_sum) != (0, 0) {
            findings.add(account, format!("entry {number} does not sum to nothing"));
        }
        for (part, change) in derived.parts.iter_mut().zip(available.into_iter().chain(held)) {
            *part += i128::from(change);
        }
        if derived.parts.iter().any(|&part| part < 0) && !derived.overdrawn {
            derived.overdrawn = true;
            findings.add(account, format!("its balance is negative after entry {number}"));
        }
        let kind: String = row.try_get(4)?;
        match EntryKind::from_word(&kind) {
            Some(EntryKind::Authorize) => self.authorize(findings, id, account, held),
            Some(kind @ (EntryKind::Capture | EntryKind::Cancel | EntryKind::Expire)) => {
                self.resolve(findings, row.try_get(5)?, account, kind);
            }
            Some(_) => {}
            None => {
                findings.add(account, format!("entry {number} is a “{kind}”, which is nothing"));
            }
        }
        Ok(())
    }

    fn authorize(&mut self, findings: &mut Findings, id: i64, account: i64, amounts: [i64; 2]) {
        match self.holds.get_mut(&id) {
            Some(hold) if hold.account == account && [hold.paid, hold.granted] == amounts => {
                hold.authorized = true;
            }
            // Told at its end, because no entry made it as it says it is.
            Some(_) => {}
            None => findings.add(account, format!("hold {id} is missing")),
        }
    }

    fn resolve(&mut self, findings: &mut Findings, id: i64, account: i64, kind: EntryKind) {
        match self.holds.remove(&id) {
            Some(hold) if hold.authorized && hold.account == account => {
                if hold.state.resolution() != Some(kind) {
                    findings.add(account, hold.sentence(id));
                }
            }
            Some(hold) => findings.add(hold.account, hold.sentence(id)),
            None => findings.add(account, format!("hold {id} was resolved without being open")),
        }
    }

    /// There are no further entries and holds.
    pub(super) fn finish(&mut self, findings: &mut Findings) {
        for (&id, hold) in &self.holds {
            if !hold.authorized || hold.state.resolution().is_some() {
                findings.add(hold.account, hold.sentence(id));
            }
            if hold.state.resolution().is_none() {
                let [paid, granted] = &mut self.accounts.entry(hold.account).or_default().open;
                *paid += i128::from(hold.paid);
                *granted += i128::from(hold.granted);
            }
        }
    }

    /// An account, once all entries are known; it is forgotten here.
    ///
    /// # Errors
    /// [`StoreError`] where the row is none.
    pub(super) fn account(
        &mut self,
        findings: &mut Findings,
        row: &AnyRow,
    ) -> Result<(), StoreError> {
        findings.accounts += 1;
        let id: i64 = row.try_get(0)?;
        let derived = self.accounts.remove(&id).unwrap_or_default();
        let names = [
            "available paid credits",
            "available granted credits",
            "held paid credits",
            "held granted credits",
        ];
        let mut stored = [0_i128; 4];
        for ((place, name), (stored, derived)) in
            (1..).zip(names).zip(stored.iter_mut().zip(derived.parts))
        {
            let millionths: i64 = row.try_get(place)?;
            *stored = millionths.into();
            if *stored != derived {
                let stored = Credits::from_millionths(millionths);
                let derived = match i64::try_from(derived) {
                    Ok(derived) => Credits::from_millionths(derived).to_string(),
                    Err(_) => "more than can be".to_owned(),
                };
                findings.add(id, format!("{name} are {stored}, and its entries make {derived}"));
            }
        }
        let [_, _, held @ ..] = stored;
        if held != derived.open {
            let what = "what it has held is not what its open holds have left";
            findings.add(id, what.to_owned());
        }
        let (entries, last): (i64, i64) = (row.try_get(5)?, row.try_get(6)?);
        if entries != derived.number {
            let number = derived.number;
            findings.add(id, format!("it counts {entries} entries, and the newest is {number}"));
        }
        if last != derived.last {
            let newest = derived.last;
            findings.add(id, format!("its newest entry is {newest}, and it says {last}"));
        }
        Ok(())
    }

    /// Those that are left when all accounts are known.
    pub(super) fn without_account(&self, findings: &mut Findings) {
        for &id in self.accounts.keys() {
            findings.add(id, "it does not exist, but there are entries or holds of it".to_owned());
        }
    }
}
