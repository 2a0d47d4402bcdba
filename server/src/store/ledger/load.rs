//! Reads the rows of a group.

use std::sync::Arc;

use iap_core::api;
use iap_core::catalogue::Admission;
use iap_core::credits::{
    Account, Alert, Amount, Balance, EntryKind, Funds, Hold, HoldState, Threshold,
};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;

use super::batch::Batch;
use super::connection::Transaction;
use super::group::{Group, Kept, KeptAccount, KeptEntry, KeptHold};
use super::request::Request;
use super::row::Row;
use super::statement::{Read, Statement};
use crate::store::error::StoreError;

/// Keys of entries in a block.
const BLOCK: i64 = 512;

const ACCOUNTS: Statement = Statement::Lock {
    select: "SELECT id, service_id, available_paid, available_granted, held_paid, held_granted, \
             entries, COALESCE(threshold, 0), armed, COALESCE(last_entry, 0), \
             (SELECT admission FROM database WHERE id = database_id), disabled FROM account",
    key: "id",
};

const SERVICES: Statement =
    Statement::Find { select: "SELECT id, key_sha256 FROM service", key: "key_sha256" };

const KEYS: Statement = Statement::Find {
    select: "SELECT account_id, id, kind, COALESCE(hold, 0), available_paid, available_granted, \
             provider_paid, provider_granted, description, request, at FROM entry",
    key: "account_id, request",
};

const HOLDS: Statement = Statement::Find {
    select: "SELECT account_id, id, paid, granted, expires_at, state, charged_paid, \
             charged_granted, refunded_paid, refunded_granted FROM hold",
    key: "id",
};

/// Reads all that the changes touch, and locks their accounts before anything else is read.
pub(super) async fn load<'r>(
    transaction: &mut Transaction<'_>,
    requests: impl Iterator<Item = &'r Request> + Clone,
) -> Result<Group, StoreError> {
    let mut group = Group::default();
    let (mut accounts, mut services) = (Batch::new(1), Batch::new(1));
    let (mut holds, mut keys) = (Batch::new(1), Batch::new(2));
    for id in in_order(requests.clone().map(|request| request.account)) {
        accounts.row([id.into()]);
    }
    for key in in_order(requests.clone().filter_map(|request| request.by.key())) {
        services.row([key.into()]);
    }
    for request in requests {
        if let Some(hold) = request.change.hold() {
            holds.row([hold.into()]);
        }
        if let Some(key) = &request.key {
            keys.row([request.account.into(), key.as_str().into()]);
        }
    }
    let (next, nothing) = (transaction.dialect().next_entry_block(), Batch::new(0));
    let reads = [
        Read { statement: ACCOUNTS, rows: &accounts, take: take_account },
        Read { statement: SERVICES, rows: &services, take: take_service },
        Read { statement: KEYS, rows: &keys, take: take_key },
        Read { statement: HOLDS, rows: &holds, take: take_hold },
        Read { statement: Statement::Alone(next), rows: &nothing, take: take_block },
    ];
    transaction.read(&mut group, &reads).await?;
    let mut holds = Batch::new(1);
    for hold in group.holds_of_keys() {
        holds.row([hold.into()]);
    }
    if !holds.is_empty() {
        let read = Read { statement: HOLDS, rows: &holds, take: take_hold };
        transaction.read(&mut group, &[read]).await?;
    }
    Ok(group)
}

fn in_order<T: Ord>(keys: impl Iterator<Item = T>) -> Vec<T> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn take_account(group: &mut Group, row: &Row<'_>) -> Result<(), StoreError> {
    group.accounts.insert(row.number(0)?, read_account(row)?);
    Ok(())
}

fn take_service(group: &mut Group, row: &Row<'_>) -> Result<(), StoreError> {
    group.services.insert(row.text(1)?, row.number(0)?);
    Ok(())
}

fn take_key(group: &mut Group, row: &Row<'_>) -> Result<(), StoreError> {
    let account = row.number(0)?;
    if let Some(entry) = group.unless_corrupt(account, read_entry(row))? {
        group.keys.entry(account).or_default().insert(row.text(9)?, entry);
    }
    Ok(())
}

fn take_hold(group: &mut Group, row: &Row<'_>) -> Result<(), StoreError> {
    let place = (row.number(0)?, row.number(1)?);
    if let Some(hold) = group.unless_corrupt(place.0, read_hold(row))? {
        group.holds.insert(place, KeptHold { hold, state: Kept::Same });
    }
    Ok(())
}

fn take_block(group: &mut Group, row: &Row<'_>) -> Result<(), StoreError> {
    // A group is smaller than a block, so that no key is given twice.
    group.next = row.number(0)?.saturating_mul(BLOCK);
    Ok(())
}

fn read_account(row: &Row<'_>) -> Result<KeptAccount, StoreError> {
    let alert = Alert::restore(threshold(row.number(7)?), row.number(8)? != 0);
    let available = funds(row.number(2)?, row.number(3)?);
    let held = funds(row.number(4)?, row.number(5)?);
    let balance =
        available.zip(held).and_then(|(available, held)| Balance::new(available, held).ok());
    let corrupt = match balance {
        Some(_) => None,
        None => Some(format!("account {} has a balance that cannot be", row.number(0)?)),
    };
    Ok(KeptAccount {
        service: row.number(1)?,
        account: Account::restore(balance.unwrap_or_default(), alert),
        entries: row.number(6)?,
        last: Some(row.number(9)?).filter(|&last| last != 0),
        changed: false,
        admitted: row.text(10)? == Admission::Approved.as_str(),
        disabled: row.number(11)? != 0,
        corrupt: corrupt.map(|what| Arc::new(StoreError::Corrupt(what))),
    })
}

fn read_entry(row: &Row<'_>) -> Result<KeptEntry, StoreError> {
    let (account, id) = (row.number(0)?, row.number(1)?);
    let word = row.text(2)?;
    let kind = EntryKind::from_word(&word).ok_or_else(|| {
        StoreError::Corrupt(format!("entry {id} of account {account} is a “{word}”"))
    })?;
    let first = if kind == EntryKind::Capture { 6 } else { 4 };
    Ok(KeptEntry {
        id,
        at: Timestamp::from_millis(row.number(10)?),
        kind,
        hold: Some(row.number(3)?).filter(|&hold| hold != 0),
        paid: row.number(first)?,
        granted: row.number(first + 1)?,
        description: row.text(8)?,
    })
}

fn read_hold(row: &Row<'_>) -> Result<Hold, StoreError> {
    let (account, id) = (row.number(0)?, row.number(1)?);
    let corrupt = || StoreError::Corrupt(format!("hold {id} of account {account} is in no state"));
    let state = match api::HoldState::from_word(&row.text(5)?).ok_or_else(corrupt)? {
        api::HoldState::Open => HoldState::Open,
        api::HoldState::Cancelled => HoldState::Cancelled,
        api::HoldState::Expired => HoldState::Expired,
        api::HoldState::Captured => HoldState::Captured {
            charged: funds(row.number(6)?, row.number(7)?).ok_or_else(corrupt)?,
            refunded: funds(row.number(8)?, row.number(9)?).ok_or_else(corrupt)?,
        },
    };
    let held = funds(row.number(2)?, row.number(3)?).ok_or_else(corrupt)?;
    let expires_at = Timestamp::from_millis(row.number(4)?);
    Hold::restore(held, expires_at, state).ok_or_else(corrupt)
}

fn funds(paid: i64, granted: i64) -> Option<Funds> {
    let amount = |millionths| Amount::new(Credits::from_millionths(millionths)).ok();
    Funds::new(amount(paid)?, amount(granted)?).ok()
}

fn threshold(millionths: i64) -> Option<Threshold> {
    Threshold::new(Amount::new(Credits::from_millionths(millionths)).ok()?).ok()
}
