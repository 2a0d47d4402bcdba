//! The machine of a PostgreSQL is lost, and its copy takes over.

use std::time::Duration;

use iap_core::credits::Hold;
use iap_server::store::{Change, DatabaseUrl, Outcome, Request, Store};

use crate::support::postgres::Postgres;
use crate::support::store::{TestStore, amount, request};

/// Programs that work side by side.
const WORKERS: usize = 8;

/// A hold of one credit with a key.
fn hold(account: i64, key: &str) -> Request {
    let change = Change::Authorize(amount("1"), Hold::DEFAULT_TTL);
    Request { key: Some(key.to_owned()), ..request(account, change) }
}

/// Makes holds until the database is gone: the keys of those that were acknowledged, with what was
/// answered, and the key of the one that was not.
async fn work(store: Store, account: i64, worker: usize) -> (Vec<(String, Outcome)>, String) {
    let mut acknowledged = Vec::new();
    loop {
        let key = format!("{worker}/{}", acknowledged.len());
        match store.ledger().make(hold(account, &key)).await {
            Ok(outcome) => acknowledged.push((key, outcome)),
            Err(_) => return (acknowledged, key),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_everything_that_was_acknowledged() {
    let start = || {
        let primary = Postgres::start();
        let url = primary.database();
        (primary, url)
    };
    let (primary, url) = tokio::task::spawn_blocking(start).await.unwrap();
    let name = url.split(['/', '?']).nth(3).unwrap().to_owned();
    let test = TestStore::open(&url).await;
    test.credit("1000000").await;
    let follow = move || {
        let standby = primary.standby();
        (primary, standby)
    };
    let (mut primary, standby) = tokio::task::spawn_blocking(follow).await.unwrap();

    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| tokio::spawn(work(test.store.clone(), test.account, worker)))
        .collect();
    tokio::time::sleep(Duration::from_millis(700)).await;
    let take_over = move || {
        primary.kill();
        standby.promote();
        (primary, standby)
    };
    let (primary, standby) = tokio::task::spawn_blocking(take_over).await.unwrap();
    let url: DatabaseUrl = standby.url(&name).parse().unwrap();
    let store = Store::open(&url).await.unwrap();
    let mut holds = 0;
    for worker in workers {
        let (acknowledged, unknown) = worker.await.unwrap();
        for (key, first) in acknowledged {
            let again = store.ledger().make(hold(test.account, &key)).await.unwrap();
            assert!(again.repeated, "{key} was acknowledged and is lost");
            assert_eq!(again.entry, first.entry, "{key}");
            holds += 1;
        }
        // Whether this one had been done nobody knows; asked again it is done once.
        store.ledger().make(hold(test.account, &unknown)).await.unwrap();
        holds += 1;
    }
    assert!(holds > 10 * WORKERS, "hardly anything was done: {holds}");
    let account = store.shown_account(test.account).await.unwrap().unwrap();
    assert_eq!(account.held.total, amount(&holds.to_string()));
    assert_eq!(store.verify().await.unwrap().findings, []);
    store.close().await;
    tokio::task::spawn_blocking(move || drop((primary, standby))).await.unwrap();
}
