//! The entries of several accounts as one list.
//!
//! Each account's entries are a chain of its own, so a part of the list is put together of a part of each.

use std::collections::BTreeMap;
use std::fmt;
use std::iter::Peekable;
use std::str::FromStr;
use std::vec::IntoIter;

use iap_core::api::{Entry, Page};

use super::entries::EntryFilter;
use super::error::StoreError;
use super::open::Store;
use super::page::Cut;

/// How far the entries of accounts have been told: the last one of each, by their keys. As a text it is
/// `1.55_2.43`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told(BTreeMap<i64, i64>);

/// A text that says no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Give back `next` as it was told.")]
pub struct ToldError;

impl FromStr for Told {
    type Err = ToldError;

    fn from_str(text: &str) -> Result<Self, ToldError> {
        let one = |text: &str| {
            let (account, entry) = text.split_once('.')?;
            Some((account.parse().ok()?, entry.parse().ok()?))
        };
        text.split('_').map(one).collect::<Option<_>>().map(Self).ok_or(ToldError)
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (account, entry)) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "_" };
            write!(f, "{between}{account}.{entry}")?;
        }
        Ok(())
    }
}

impl Store {
    /// The entries of accounts behind those that were told, the newest first; not more than `limit`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn entries_of(
        &self,
        accounts: &[i64],
        filter: &EntryFilter,
        mut told: Told,
        limit: usize,
    ) -> Result<Page<Entry>, StoreError> {
        let rows = i64::try_from(limit).unwrap_or(Cut::MOST);
        let (mut parts, mut more) = (Vec::with_capacity(accounts.len()), false);
        for account in accounts {
            let cut = Cut::new(told.0.get(account).copied(), rows);
            let part = self.entries(*account, filter, cut).await?;
            more |= part.next.is_some();
            parts.push(part.items.into_iter().peekable());
        }
        let mut items = Vec::new();
        while items.len() < limit
            && let Some(entry) = newest(&mut parts)
        {
            told.0.insert(entry.account, entry.id);
            items.push(entry);
        }
        more |= parts.iter_mut().any(|part| part.peek().is_some());
        Ok(Page { items, next: more.then(|| told.to_string()) })
    }
}

/// Takes the newest of the entries that the parts begin with. Those of one account stay in their order,
/// whatever a clock said.
fn newest(parts: &mut [Peekable<IntoIter<Entry>>]) -> Option<Entry> {
    let first = |(place, part): (usize, &mut Peekable<IntoIter<Entry>>)| {
        part.peek().map(|entry| ((entry.at, entry.id), place))
    };
    let (_, place) = parts.iter_mut().enumerate().filter_map(first).max()?;
    parts.get_mut(place)?.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_was_told_is_read_as_it_is_written() {
        let told = Told(BTreeMap::from([(2, 43), (1, 55)]));
        assert_eq!(told.to_string(), "1.55_2.43");
        assert_eq!("1.55_2.43".parse(), Ok(told));
        for bad in ["", "1", "1.", "1.x", "1.2_", "_", "1.2,3.4", "99999999999999999999.1"] {
            assert_eq!(bad.parse::<Told>(), Err(ToldError), "{bad}");
        }
    }
}
