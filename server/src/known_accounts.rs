//! Which account is meant by what customers' software says.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use hashlink::LruCache;
use iap_core::credits::AccountToken;
use sha2::{Digest as _, Sha256};

use crate::store::AccountKey;

/// Accounts that are remembered, 5 MB of them at most: those that were charged last.
const MOST: usize = 65_536;

/// The keys of accounts that were found before, so that they need not be looked up again. Cheap to
/// copy.
///
/// Nothing here gives anybody a right, as rights can be withdrawn, by other servers too: a service's
/// key may be renewed, and a database turned away. The ledger looks at both again, under the lock of
/// the account ([`By::Key`](crate::store::By::Key)). What is remembered does not change: an account
/// stays that of its database, service and token.
#[derive(Clone)]
pub(crate) struct KnownAccounts(Arc<Mutex<LruCache<Name, i64>>>);

impl Default for KnownAccounts {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(MOST))))
    }
}

/// By what an account is called: the key of its service, its database and its token, as SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Name([u8; 32]);

impl Name {
    /// The name of an account. The service's key is given by its SHA-256.
    pub(crate) fn new(service_key: &str, database: &str, token: &AccountToken) -> Self {
        let mut hash = Sha256::new();
        // The first two are of the same length in every name, so none can be read in two ways.
        hash.update(AccountKey::from(token).as_str());
        hash.update(service_key);
        hash.update(database);
        Self(hash.finalize().into())
    }
}

impl KnownAccounts {
    /// The account of a name, if it was found before.
    pub(crate) fn find(&self, name: Name) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&name).copied()
    }

    /// Remembers the account of a name.
    pub(crate) fn note(&self, name: Name, account: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, account);
    }
}

/// Without what is in it.
impl fmt::Debug for KnownAccounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KnownAccounts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_all_of_its_name() {
        let token = |text: &str| text.parse::<AccountToken>().unwrap();
        let (one, other) = ("d20c879d28ee40eeb567e13ec375bd1b", "00000000000000000000000000000001");
        let key = "0".repeat(64);
        let known = KnownAccounts::default();
        known.note(Name::new(&key, "here", &token(one)), 7);
        assert_eq!(known.find(Name::new(&key, "here", &token(one))), Some(7));
        for name in [
            Name::new(&key, "here", &token(other)),
            Name::new(&key, "there", &token(one)),
            Name::new(&"1".repeat(64), "here", &token(one)),
        ] {
            assert_eq!(known.find(name), None);
        }
    }
}
