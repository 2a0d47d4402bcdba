//! The task that commits groups.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::connection::Connection;
use super::{Answer, LedgerError, Waiting, load, write};
use crate::store::error::StoreError;

/// Changes in a group at most; each makes an entry at most. More would make the first wait longer
/// than it wins.
const GROUP: usize = 512;

/// How often a group is begun again that met another server's.
const ATTEMPTS: u32 = 10;

pub(super) struct Writer {
    connection: Connection,
}

impl Writer {
    pub(super) const fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Commits what comes, until it is told to stop and nothing waits any more.
    pub(super) async fn run(
        mut self,
        mut queue: mpsc::Receiver<Waiting>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut group = Vec::with_capacity(GROUP);
        loop {
            tokio::select! {
                received = queue.recv_many(&mut group, GROUP) => if received == 0 { break },
                // What has been handed in is still to come.
                _ = stop.wait_for(|stop| *stop), if !queue.is_closed() => {
                    queue.close();
                    continue;
                }
            }
            match self.commit(&group).await {
                Ok(answers) => {
                    for (waiting, answer) in group.drain(..).zip(answers) {
                        // Who has gone away is not told; the change is made all the same.
                        let _ = waiting.answer.send(answer);
                    }
                }
                Err(error) => {
                    tracing::error!(error = ?error, changes = group.len(), "a group failed");
                    let error = Arc::new(error);
                    for waiting in group.drain(..) {
                        let _ = waiting.answer.send(Err(LedgerError::Store(Arc::clone(&error))));
                    }
                }
            }
        }
        // Closed before anybody is told that it ended.
        self.connection.close().await;
    }

    /// Commits a group: what becomes of each change.
    async fn commit(&mut self, group: &[Waiting]) -> Result<Vec<Answer>, StoreError> {
        let mut attempt = 1;
        loop {
            match self.attempt(group).await {
                Err(StoreError::Database(error) | StoreError::Unreachable(error))
                    if attempt < ATTEMPTS && error.is_passing() =>
                {
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    async fn attempt(&mut self, waiting: &[Waiting]) -> Result<Vec<Answer>, StoreError> {
        let mut transaction = self.connection.begin().await?;
        let requests = waiting.iter().map(|waiting| &waiting.request);
        let mut group = load::load(&mut transaction, requests.clone()).await?;
        let answers = requests.clone().map(|request| group.make(request)).collect();
        let now = requests.map(|request| request.at.millis()).max().unwrap_or_default();
        write::write(transaction, &group, now).await?;
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use iap_core::catalogue::{Admission, Origin, Service};
    use iap_core::credits::{Amount, Attribution, Hold, Kind};
    use iap_core::time::Timestamp;
    use sqlx::Executor as _;
    use tokio::sync::oneshot;
    use tokio::time::timeout;

    use super::*;
    use crate::store::ledger::request::{By, Change, Outcome, Request};
    use crate::store::{AccountKey, Actor, DatabaseUrl, NewService, Store};

    /// A writer of its own beside a store, so that its connection can be limited.
    struct Limited {
        store: Store,
        writer: Writer,
        account: i64,
    }

    impl Limited {
        async fn new(url: &DatabaseUrl) -> Self {
            let store = Store::open(url).await.unwrap();
            let at = Timestamp::default();
            let name = "sms".parse().unwrap();
            let service = NewService {
                service: Service { name, origin: Origin::FirstParty, trial: Amount::ZERO },
                label: "SMS".into(),
                description: String::new(),
                icon: iap_core::catalogue::ServiceIcon::default(),
                privacy_url: String::new(),
                key_sha256: None,
            };
            let service = store.add_service(&service, &Actor::server(at)).await.unwrap().unwrap();
            let database = store.database("here", Admission::Approved, at).await.unwrap();
            let key = AccountKey::from(&"d20c879d28ee40eeb567e13ec375bd1b".parse().unwrap());
            let account = store.account(database.id, service, &key, at).await.unwrap().id;
            let writer = Writer::new(Connection::new(url, &store.writers).unwrap());
            Self { store, writer, account }
        }

        fn limit(&mut self, pages: i64) {
            let Connection::Sqlite(sqlite) = &mut self.writer.connection else { panic!() };
            let statement = format!("PRAGMA max_page_count = {pages}");
            sqlite.idle.as_ref().unwrap().execute_batch(&statement).unwrap();
        }

        async fn make(&mut self, change: Change) -> Result<Outcome, StoreError> {
            let request = Request {
                account: self.account,
                by: By::House,
                at: Timestamp::default(),
                change,
                description: "x".repeat(200),
                attribution: Attribution::NONE,
                key: None,
            };
            let (answer, _answered) = oneshot::channel();
            let answers = self.writer.commit(&[Waiting { request, answer }]).await?;
            Ok(answers.into_iter().next().unwrap().unwrap())
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn it_waits_for_its_turn_and_takes_it_when_another_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let mut limited = Limited::new(&DatabaseUrl::sqlite(&folder.path().join("iap.db"))).await;
        let credit = Change::Credit(Kind::Paid, "1".parse().unwrap());
        for turn in 1..=10 {
            let mut other = limited.store.writers.begin().await.unwrap();
            let half = "UPDATE account SET available_paid = 0";
            other.connection().unwrap().execute(half).await.unwrap();
            let early = timeout(Duration::from_millis(10), limited.make(credit)).await;
            assert!(early.is_err(), "it did not wait");
            drop(other);
            let balance = limited.make(credit).await.unwrap().balance;
            assert_eq!(balance.available().total().millionths(), turn * 1_000_000);
        }
        assert_eq!(limited.store.verify().await.unwrap().findings, []);
    }

    /// The size of the file stands for that of the disk: SQLite tells both in the same way.
    #[tokio::test(flavor = "multi_thread")]
    async fn on_a_full_disk_nothing_is_lost_and_nothing_half_done() {
        let folder = tempfile::tempdir().unwrap();
        let mut limited = Limited::new(&DatabaseUrl::sqlite(&folder.path().join("iap.db"))).await;
        limited.make(Change::Credit(Kind::Paid, "1000".parse().unwrap())).await.unwrap();
        limited.limit(1); // The least it can be is what it has.
        let one = Change::Authorize("1".parse().unwrap(), Hold::DEFAULT_TTL);
        let mut held = 0;
        let full = loop {
            match limited.make(one).await {
                Ok(_) => held += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(full, StoreError::Full(_)), "{full:?}");
        assert!(full.to_string().contains("disk"));
        assert!(held < 1000);
        // It can still be read, and all that was told as done is there.
        assert_eq!(limited.store.verify().await.unwrap().findings, []);
        // There is room again for the next connection.
        let balance = limited.make(one).await.unwrap().balance;
        assert_eq!(balance.held().total().millionths(), (held + 1) * 1_000_000);
        assert_eq!(limited.store.verify().await.unwrap().findings, []);
    }
}
