//! A group of changes: what was read for it, what the rules make of that, and what is to be
//! written.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::sync::Arc;

use iap_core::credits::{
    Account, Amount, Attribution, Cancelled, Captured, Entry, EntryKind, Hold, Kind, Leg, Posted,
    ResolveError,
};
use iap_core::time::Timestamp;

use super::LedgerError;
use super::request::{By, Change, Outcome, Refusal, Request};
use crate::store::error::StoreError;

/// The rows of a group, as they are while its changes are made.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The key of the next entry.
    pub(super) next: i64,
    pub(super) accounts: HashMap<i64, KeptAccount>,
    /// Services whose keys were used, by the SHA-256 of those.
    pub(super) services: HashMap<String, i64>,
    /// By account and key.
    pub(super) holds: HashMap<(i64, i64), KeptHold>,
    /// Entries that were made with a key, before or in this group.
    pub(super) keys: HashMap<i64, HashMap<String, KeptEntry>>,
    /// Entries that are to be written, in their order.
    pub(super) entries: Vec<NewEntry>,
    /// Accounts whose warning went off, in order.
    pub(super) alerts: Vec<i64>,
}

#[derive(Debug)]
pub(super) struct KeptAccount {
    pub(super) service: i64,
    /// Whether its database is let in.
    pub(super) admitted: bool,
    /// Whether an admin has switched it off.
    pub(super) disabled: bool,
    pub(super) account: Account,
    /// How many entries it has.
    pub(super) entries: i64,
    /// The newest of them.
    pub(super) last: Option<i64>,
    pub(super) changed: bool,
    /// What contradicts the rules in its rows, if something does.
    pub(super) corrupt: Option<Arc<StoreError>>,
}

#[derive(Debug)]
pub(super) struct KeptHold {
    pub(super) hold: Hold,
    pub(super) state: Kept,
}

/// How a row stands to what is in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// As it is there.
    Same,
    /// There with other values.
    Changed,
    /// Not there.
    New,
}

/// What an entry with a key was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptEntry {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) kind: EntryKind,
    pub(super) hold: Option<i64>,
    /// Credits that it moved by the request: those of one kind, of both, or none.
    pub(super) paid: i64,
    pub(super) granted: i64,
    pub(super) description: String,
}

#[derive(Debug)]
pub(super) struct NewEntry {
    pub(super) id: i64,
    pub(super) account: i64,
    pub(super) number: i64,
    pub(super) previous: Option<i64>,
    pub(super) at: i64,
    pub(super) entry: Entry,
    pub(super) hold: Option<i64>,
    pub(super) description: String,
    /// Of an entry that makes a hold.
    pub(super) attribution: Attribution,
    pub(super) key: Option<String>,
}

impl Group {
    /// What was read of an account's rows. If it contradicts the rules, no change of that account
    /// is made.
    pub(super) fn unless_corrupt<T>(
        &mut self,
        account: i64,
        read: Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match read {
            Err(error @ StoreError::Corrupt(_)) => {
                if let Some(kept) = self.accounts.get_mut(&account) {
                    kept.corrupt = Some(Arc::new(error));
                }
                Ok(None)
            }
            read => read.map(Some),
        }
    }

    /// The holds of entries with a key that were not asked for by themselves.
    pub(super) fn holds_of_keys(&self) -> Vec<i64> {
        let entries = self.keys.iter().flat_map(|(account, entries)| {
            entries.values().filter_map(move |entry| Some((*account, entry.hold?)))
        });
        entries.filter(|place| !self.holds.contains_key(place)).map(|(_, hold)| hold).collect()
    }

    /// Makes a change in memory.
    pub(super) fn make(&mut self, request: &Request) -> Result<Outcome, LedgerError> {
        let kept = self.accounts.get(&request.account).ok_or(Refusal::UnknownAccount)?;
        if !self.may_ask(request, kept) {
            return Err(Refusal::UnknownAccount.into());
        }
        if let Some(error) = &kept.corrupt {
            return Err(LedgerError::Store(Arc::clone(error)));
        }
        let account = kept.account;
        Ok(self.apply(request, account)?)
    }

    fn may_ask(&self, request: &Request, kept: &KeptAccount) -> bool {
        match &request.by {
            By::House => true,
            By::Service(service) => *service == kept.service,
            By::Key(key) => {
                // Work that was begun may be charged, whatever became of the database since.
                let begins = matches!(request.change, Change::Authorize(..));
                self.services.get(key) == Some(&kept.service) && (kept.admitted || !begins)
            }
        }
    }

    fn apply(&mut self, request: &Request, account: Account) -> Result<Outcome, Refusal> {
        if let Some(before) = self.before(request) {
            return before;
        }
        let now = request.at;
        match request.change {
            Change::Credit(kind, amount) => {
                let posted = account.credit(kind, amount)?;
                Ok(self.enter(request, posted, None))
            }
            Change::Withdraw(kind, amount) => {
                let posted = account.withdraw(kind, amount)?;
                Ok(self.enter(request, posted, None))
            }
            Change::Authorize(amount, ttl) => {
                if self.accounts.get(&request.account).is_some_and(|kept| kept.disabled) {
                    return Err(Refusal::Disabled);
                }
                let (posted, hold) = account.authorize(amount, now.after(ttl))?;
                let id = self.next;
                Ok(self.enter(request, posted, Some((id, hold))))
            }
            Change::Capture(number, amount) => {
                let hold = self.hold(request.account, number)?;
                // Late, but nobody has expired it: its credits come back now, and are lost to
                // whoever comes late.
                if hold.is_due(now) {
                    let (posted, expired) = account.expire(&hold, now)?;
                    self.enter(request, posted, Some((number, expired)));
                    return Err(ResolveError::Expired.into());
                }
                match account.capture(&hold, amount, now)? {
                    Captured::Now(posted, hold) => {
                        Ok(self.enter(request, posted, Some((number, hold))))
                    }
                    Captured::Before(_) => Ok(unchanged(&account, Some((number, hold)))),
                }
            }
            Change::Cancel(number) => {
                let hold = self.hold(request.account, number)?;
                match account.cancel(&hold, now)? {
                    Cancelled::Now(posted, hold) => {
                        Ok(self.enter(request, posted, Some((number, hold))))
                    }
                    Cancelled::Before => Ok(unchanged(&account, Some((number, hold)))),
                }
            }
            Change::Expire(number) => {
                let hold = self.hold(request.account, number)?;
                let (posted, hold) = account.expire(&hold, now)?;
                Ok(self.enter(request, posted, Some((number, hold))))
            }
            Change::Refund(number, amount) => {
                let hold = self.hold(request.account, number)?;
                let (posted, hold) = account.refund(&hold, amount)?;
                Ok(self.enter(request, posted, Some((number, hold))))
            }
            Change::Threshold(threshold) => {
                let changed = account.with_threshold(threshold);
                if let Some(kept) = self.accounts.get_mut(&request.account) {
                    kept.changed |= kept.account != changed;
                    kept.account = changed;
                }
                Ok(unchanged(&changed, None))
            }
        }
    }

    /// The answer to a change whose key was used before.
    fn before(&self, request: &Request) -> Option<Result<Outcome, Refusal>> {
        let key = request.key.as_ref()?;
        let entry = self.keys.get(&request.account)?.get(key)?;
        if !entry.is_of(request) {
            return Some(Err(Refusal::KeyReused));
        }
        let account = &self.accounts.get(&request.account)?.account;
        let hold = entry.hold.and_then(|number| {
            let kept = self.holds.get(&(request.account, number))?;
            Some((number, kept.hold))
        });
        if let (Change::Authorize(_, ttl), Some((_, hold))) = (request.change, &hold)
            && hold.expires_at() != entry.at.after(ttl)
        {
            return Some(Err(Refusal::KeyReused));
        }
        Some(Ok(Outcome { entry: Some(entry.id), ..unchanged(account, hold) }))
    }

    fn hold(&self, account: i64, number: i64) -> Result<Hold, Refusal> {
        self.holds.get(&(account, number)).map(|kept| kept.hold).ok_or(Refusal::UnknownHold)
    }

    /// Notes what is to be written.
    fn enter(&mut self, request: &Request, posted: Posted, hold: Option<(i64, Hold)>) -> Outcome {
        let id = self.next;
        self.next += 1;
        let (mut number, mut previous) = (1, None);
        if let Some(kept) = self.accounts.get_mut(&request.account) {
            previous = kept.last.replace(id);
            kept.account = posted.account;
            kept.entries += 1;
            kept.changed = true;
            number = kept.entries;
        }
        if let Some((place, hold)) = hold {
            match self.holds.entry((request.account, place)) {
                Slot::Occupied(mut kept) => {
                    let kept = kept.get_mut();
                    kept.hold = hold;
                    if kept.state == Kept::Same {
                        kept.state = Kept::Changed;
                    }
                }
                Slot::Vacant(free) => {
                    free.insert(KeptHold { hold, state: Kept::New });
                }
            }
        }
        if posted.alert {
            self.alerts.push(request.account);
        }
        // A change that expires a hold instead of what was asked for is not what the key is for.
        let asked = request.change.entry_kind() == Some(posted.entry.kind);
        let key = request.key.clone().filter(|_| asked);
        let attribution = match posted.entry.kind {
            EntryKind::Authorize => request.attribution.clone(),
            _ => Attribution::NONE,
        };
        let entry = NewEntry {
            id,
            account: request.account,
            number,
            previous,
            at: request.at.millis(),
            entry: posted.entry,
            hold: hold.map(|(place, _)| place),
            description: request.description.clone(),
            attribution,
            key,
        };
        if let Some(key) = &entry.key {
            let keys = self.keys.entry(request.account).or_default();
            keys.insert(key.clone(), KeptEntry::of(&entry));
        }
        self.entries.push(entry);
        let balance = posted.account.balance();
        Outcome { entry: Some(id), balance, hold, repeated: false }
    }
}

/// The answer to a change that changes nothing.
fn unchanged(account: &Account, hold: Option<(i64, Hold)>) -> Outcome {
    Outcome { entry: None, balance: account.balance(), hold, repeated: true }
}

impl Change {
    /// What it is entered as.
    pub(super) const fn entry_kind(&self) -> Option<EntryKind> {
        Some(match self {
            Self::Credit(..) => EntryKind::Credit,
            Self::Authorize(..) => EntryKind::Authorize,
            Self::Capture(..) => EntryKind::Capture,
            Self::Cancel(_) => EntryKind::Cancel,
            Self::Expire(_) => EntryKind::Expire,
            Self::Refund(..) => EntryKind::Refund,
            Self::Withdraw(..) => EntryKind::Withdraw,
            Self::Threshold(_) => return None,
        })
    }

    /// The hold that it is about.
    pub(super) const fn hold(&self) -> Option<i64> {
        match self {
            Self::Capture(hold, _)
            | Self::Cancel(hold)
            | Self::Expire(hold)
            | Self::Refund(hold, _) => Some(*hold),
            _ => None,
        }
    }
}

impl KeptEntry {
    fn of(entry: &NewEntry) -> Self {
        let (paid, granted) = moved(&entry.entry);
        Self {
            id: entry.id,
            at: Timestamp::from_millis(entry.at),
            kind: entry.entry.kind,
            hold: entry.hold,
            paid,
            granted,
            description: entry.description.clone(),
        }
    }

    /// Whether it is what a request asks for.
    fn is_of(&self, request: &Request) -> bool {
        let of_kind = |kind: Kind, amount: Amount| {
            let (paid, granted) = match kind {
                Kind::Paid => (amount.millionths(), 0),
                Kind::Granted => (0, amount.millionths()),
            };
            self.paid.abs() == paid && self.granted.abs() == granted
        };
        let both = |amount: Amount| (self.paid + self.granted).abs() == amount.millionths();
        let same = match request.change {
            Change::Credit(kind, amount) | Change::Withdraw(kind, amount) => of_kind(kind, amount),
            Change::Authorize(amount, _) | Change::Refund(_, amount) => both(amount),
            Change::Capture(_, amount) => amount.is_none_or(both),
            Change::Cancel(_) | Change::Expire(_) => true,
            Change::Threshold(_) => false,
        };
        same && request.change.hold().is_none_or(|hold| self.hold == Some(hold))
            && request.change.entry_kind() == Some(self.kind)
            && self.description == request.description
    }
}

/// What an entry moved, as its request says it: what was charged of a capture, else what became
/// available or ceased to be.
fn moved(entry: &Entry) -> (i64, i64) {
    let leg = match entry.kind {
        EntryKind::Capture => Leg::Provider,
        _ => Leg::Available,
    };
    let change = entry.postings.leg(leg);
    (change.paid.millionths(), change.granted.millionths())
}
