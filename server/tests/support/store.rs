//! Stores of the tests, and what stands in them.

use iap_core::catalogue::{Admission, Origin, Service};
use iap_core::credits::{Amount, Attribution, Hold, Kind};
use iap_core::time::{Hours, Timestamp};
use iap_server::store::{
    AccountKey, Actor, By, Change, DatabaseUrl, LedgerError, NewService, Outcome, Request, Store,
};

use super::postgres::Postgres;

/// The moment of all tests that need none in particular.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

/// A store with an account in it.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) url: DatabaseUrl,
    /// The same as the driver takes it.
    pub(crate) address: String,
    pub(crate) account: i64,
    pub(crate) service: i64,
    /// Where the file lies, if it is one.
    pub(crate) folder: Option<tempfile::TempDir>,
}

impl TestStore {
    /// In a new SQLite file.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("iap.db").display());
        Self { folder: Some(folder), ..Self::open(&address).await }
    }

    /// In a new database of the shared PostgreSQL.
    pub(crate) async fn postgres() -> Self {
        let url = tokio::task::spawn_blocking(|| Postgres::shared().database()).await.unwrap();
        Self::open(&url).await
    }

    /// In the database of an address, where nothing is yet.
    pub(crate) async fn open(address: &str) -> Self {
        let url: DatabaseUrl = address.parse().unwrap();
        let store = Store::open(&url).await.unwrap();
        let service =
            store.add_service(&new_service("sms"), &Actor::server(NOW)).await.unwrap().unwrap();
        let database = store
            .database("00000000-0000-0000-0000-000000000001", Admission::Approved, NOW)
            .await
            .unwrap();
        let key = key("d20c879d28ee40eeb567e13ec375bd1b");
        let account = store.account(database.id, service, &key, NOW).await.unwrap().id;
        Self { store, url, address: address.to_owned(), account, service, folder: None }
    }

    /// Another account for the same service.
    pub(crate) async fn further_account(&self, number: u32) -> i64 {
        let database =
            self.store.database(&format!("database-{number}"), Admission::Approved, NOW).await;
        let key = key(&format!("{number:032x}"));
        let account =
            self.store.account(database.unwrap().id, self.service, &key, NOW).await.unwrap();
        account.id
    }

    /// Makes a change to the account.
    pub(crate) async fn make(&self, change: Change) -> Result<Outcome, LedgerError> {
        self.store.ledger().make(request(self.account, change)).await
    }

    /// Credits come into the account.
    pub(crate) async fn credit(&self, credits: &str) -> Outcome {
        self.make(Change::Credit(Kind::Paid, amount(credits))).await.unwrap()
    }

    /// Sets credits of the account aside.
    pub(crate) async fn authorize(&self, credits: &str) -> (i64, Hold) {
        self.make(Change::Authorize(amount(credits), Hold::DEFAULT_TTL))
            .await
            .unwrap()
            .hold
            .unwrap()
    }

    /// What the account has available and held.
    pub(crate) async fn balance(&self) -> (String, String) {
        // A threshold that is the one it has changes nothing and tells the balance.
        let threshold = self.make(Change::Threshold(None)).await.unwrap();
        let balance = threshold.balance;
        (balance.available().total().to_string(), balance.held().total().to_string())
    }

    /// That nothing contradicts the rules.
    pub(crate) async fn verify(&self) {
        let findings = self.store.verify().await.unwrap();
        assert_eq!(findings.findings, []);
    }
}

pub(crate) fn amount(credits: &str) -> Amount {
    credits.parse().unwrap()
}

pub(crate) fn hours(hours: u32) -> Hours {
    Hours::new(hours).unwrap()
}

pub(crate) fn key(token: &str) -> AccountKey {
    AccountKey::from(&token.parse().unwrap())
}

pub(crate) fn request(account: i64, change: Change) -> Request {
    Request {
        account,
        by: By::House,
        at: NOW,
        change,
        description: "A test".to_owned(),
        attribution: Attribution::NONE,
        key: None,
    }
}

pub(crate) fn new_service(name: &str) -> NewService {
    NewService {
        service: Service {
            name: name.parse().unwrap(),
            origin: Origin::FirstParty,
            trial: Amount::ZERO,
        },
        label: name.to_uppercase(),
        description: String::new(),
        icon: iap_core::catalogue::ServiceIcon::default(),
        privacy_url: String::new(),
        key_sha256: None,
    }
}

/// Makes a test for each database.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($store:ident: TestStore) $body:block)*) => {
        mod sqlite {
            #[allow(unused_imports, reason = "not every test needs all")]
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(TestStore::sqlite().await).await;
            })*
        }
        mod postgres {
            #[allow(unused_imports, reason = "not every test needs all")]
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(TestStore::postgres().await).await;
            })*
        }
        $(async fn $name($store: TestStore) $body)*
    };
}
