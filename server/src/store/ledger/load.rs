//! Reads the rows of a group.

use std::sync::Arc;

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
use crate::store::error::StoreError;

/// Keys of entries in a block.
const BLOCK: i64 = 512;

/// Reads all that the changes touch, and locks their accounts.
pub(super) async fn load<'r>(
    transaction: &mut Transaction<'_>,
    requests: impl Iterator<Item = &'r Request> + Clone,
) -> Result<Group, StoreError> {
    let mut group = Group::default();
    let (mut accounts, mut holds, mut keys) = (Batch::new(1), Batch::new(1), Batch::new(2));
    let mut ids: Vec<_> = requests.clone().map(|request| request.account).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        accounts.row([id.into()]);
    }
    for request in requests {
        if let Some(hold) = request.change.hold() {
            holds.row([hold.into()]);
        }
        if let Some(key) = &request.key {
            keys.row([request.account.into(), key.as_str().into()]);
        }
    }
    let for_update = transaction.dialect().for_update();
    let statement = |found: &str| {
        format!(
            "SELECT id, service_id, available_paid, available_granted, held_paid, held_granted, \
             entries, COALESCE(threshold, 0), armed, COALESCE(last_entry, 0) FROM account \
             WHERE {found} ORDER BY id{for_update}"
        )
    };
    let read = |row: Row<'_>| {
        group.accounts.insert(row.number(0)?, read_account(&row)?);
        Ok(())
    };
    transaction.fetch(&accounts, "id", statement, read).await?;
    let statement = |found: &str| {
        format!(
            "SELECT account_id, id, kind, COALESCE(hold, 0), available_paid, available_granted, \
             provider_paid, provider_granted, description, request, at FROM entry \
             WHERE {found}"
        )
    };
    let read = |row: Row<'_>| {
        let account = row.number(0)?;
        let Some(entry) = group.unless_corrupt(account, read_entry(&row))? else { return Ok(()) };
        if let Some(hold) = entry.hold {
            holds.row([hold.into()]);
        }
        group.keys.entry(account).or_default().insert(row.text(9)?, entry);
        Ok(())
    };
    transaction.fetch(&keys, "account_id, request", statement, read).await?;
    let statement = |found: &str| {
        format!(
            "SELECT account_id, id, paid, granted, expires_at, state, charged_paid, \
             charged_granted, refunded_paid, refunded_granted FROM hold WHERE {found}"
        )
    };
    let read = |row: Row<'_>| {
        let place = (row.number(0)?, row.number(1)?);
        if let Some(hold) = group.unless_corrupt(place.0, read_hold(&row))? {
            group.holds.insert(place, KeptHold { hold, state: Kept::Same });
        }
        Ok(())
    };
    transaction.fetch(&holds, "id", statement, read).await?;
    // A group is smaller than a block, so that no key is given twice.
    let block = transaction.number(transaction.dialect().next_entry_block()).await?;
    group.next = block.saturating_mul(BLOCK);
    Ok(group)
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
    let state = match &*row.text(5)? {
        "open" => HoldState::Open,
        "cancelled" => HoldState::Cancelled,
        "expired" => HoldState::Expired,
        "captured" => HoldState::Captured {
            charged: funds(row.number(6)?, row.number(7)?).ok_or_else(corrupt)?,
            refunded: funds(row.number(8)?, row.number(9)?).ok_or_else(corrupt)?,
        },
        _ => return Err(corrupt()),
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
