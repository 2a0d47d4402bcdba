//! What must not be lost, and what must be noticed.

use iap_core::credits::Kind;
use iap_server::store::{By, Change, LedgerError, Refusal, Request, Store, StoreError};
use sqlx::{AssertSqlSafe, Executor as _};

use crate::alerts::connect;
use crate::on_both;
use crate::support::postgres::Postgres;
use crate::support::store::{TestStore, amount, hours, request};

on_both! {
    async fn a_newer_schema_is_refused(test: TestStore) {
        let pool = connect(&test).await;
        pool.execute("INSERT INTO schema_step (number) VALUES (1000)").await.unwrap();
        let refused = Store::open(&test.url).await.err().unwrap();
        assert!(matches!(refused, StoreError::Newer { found: 1000, .. }), "{refused:?}");
        assert!(refused.to_string().contains("newer version"));
    }

    async fn opening_again_finds_all(test: TestStore) {
        test.credit("10").await;
        test.authorize("4").await;
        test.store.close().await;
        let test = TestStore { store: Store::open(&test.url).await.unwrap(), ..test };
        assert_eq!(test.balance().await, ("6.0000".into(), "4.0000".into()));
        test.verify().await;
    }

    async fn closing_finishes_what_was_handed_in(test: TestStore) {
        let tasks: Vec<_> = (0..200)
            .map(|_| {
                let ledger = test.store.ledger().clone();
                let credit = request(test.account, Change::Credit(Kind::Paid, amount("1")));
                tokio::spawn(async move { ledger.make(credit).await })
            })
            .collect();
        test.store.close().await;
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => made += 1,
                Err(LedgerError::Store(error)) => {
                    assert!(matches!(*error, StoreError::Closed), "{error:?}");
                }
                Err(refused) => panic!("{refused:?}"),
            }
        }
        let test = TestStore { store: Store::open(&test.url).await.unwrap(), ..test };
        assert_eq!(test.balance().await.0, format!("{made}.0000"));
    }

    async fn tampering_is_found(test: TestStore) {
        test.credit("10").await;
        let (number, _) = test.authorize("4").await;
        test.make(Change::Capture(number, Some(amount("1")))).await.unwrap();
        let (open, _) = test.authorize("2").await;
        test.verify().await;
        let pool = connect(&test).await;
        let otherwise = format!("hold {open} is open, and its entries say otherwise");
        let not_open = format!("hold {} was resolved without being open", number + 1000);
        let cancelled = format!("hold {open} is cancelled, and its entries say otherwise");
        for (damage, repair, expected) in [
            (
                "UPDATE account SET available_paid = available_paid + 1",
                "UPDATE account SET available_paid = available_paid - 1",
                "available paid credits are 7.000001, and its entries make 7.0000",
            ),
            (
                "UPDATE account SET held_paid = held_paid + 5",
                "UPDATE account SET held_paid = held_paid - 5",
                "what it has held is not what its open holds have left",
            ),
            (
                "UPDATE account SET entries = entries + 1",
                "UPDATE account SET entries = entries - 1",
                "it counts 5 entries, and the newest is 4",
            ),
            (
                "UPDATE hold SET state = 'cancelled' WHERE state = 'open'",
                "UPDATE hold SET state = 'open' WHERE state = 'cancelled'",
                &*cancelled,
            ),
            (
                "UPDATE entry SET previous = previous + 1 WHERE number = 3",
                "UPDATE entry SET previous = previous - 1 WHERE number = 3",
                "entry 3 does not follow the one before it",
            ),
            (
                "UPDATE entry SET number = 9 WHERE number = 4",
                "UPDATE entry SET number = 4 WHERE number = 9",
                "entry 4 is missing",
            ),
            (
                "UPDATE entry SET available_paid = available_paid - 20000000, \
                 platform_paid = platform_paid + 20000000 WHERE number = 1",
                "UPDATE entry SET available_paid = available_paid + 20000000, \
                 platform_paid = platform_paid - 20000000 WHERE number = 1",
                "its balance is negative after entry 1",
            ),
            (
                "UPDATE hold SET paid = paid + 1 WHERE state = 'open'",
                "UPDATE hold SET paid = paid - 1 WHERE state = 'open'",
                &*otherwise,
            ),
            (
                "UPDATE entry SET hold = hold + 1000 WHERE kind = 'capture'",
                "UPDATE entry SET hold = hold - 1000 WHERE kind = 'capture'",
                &*not_open,
            ),
            (
                "UPDATE entry SET account_id = account_id + 1000",
                "UPDATE entry SET account_id = account_id - 1000",
                "it does not exist, but there are entries or holds of it",
            ),
        ] {
            pool.execute(damage).await.unwrap();
            let found = test.store.verify().await.unwrap().findings;
            assert!(found.iter().any(|finding| finding.what == expected), "{damage}: {found:?}");
            pool.execute(repair).await.unwrap();
            test.verify().await;
        }
    }

    async fn the_database_refuses_what_does_not_sum_to_nothing(test: TestStore) {
        test.credit("10").await;
        let pool = connect(&test).await;
        for bad in [
            "UPDATE entry SET available_paid = available_paid + 1",
            "UPDATE account SET available_paid = -1",
            "UPDATE account SET held_granted = -1",
        ] {
            assert!(pool.execute(AssertSqlSafe(bad)).await.is_err(), "{bad}");
        }
    }

    async fn an_account_that_contradicts_the_rules_fails_alone(test: TestStore) {
        let other = test.further_account(1).await;
        test.credit("10").await;
        let pool = connect(&test).await;
        let mut connection = pool.acquire().await.unwrap();
        let unchecked = match test.url.path() {
            Some(_) => "PRAGMA ignore_check_constraints = ON",
            None => "ALTER TABLE account DROP CONSTRAINT account_held_paid_check",
        };
        connection.execute(unchecked).await.unwrap();
        let damage = AssertSqlSafe(format!("UPDATE account SET held_paid = -1 WHERE id = {other}"));
        connection.execute(damage).await.unwrap();
        // Many at once, so that both accounts are in the same groups.
        let changes = (0..100).map(|number| {
            let account = if number % 2 == 0 { test.account } else { other };
            let ledger = test.store.ledger().clone();
            tokio::spawn(async move {
                let credit = Change::Credit(Kind::Paid, amount("1"));
                (account, ledger.make(request(account, credit)).await)
            })
        });
        for change in changes.collect::<Vec<_>>() {
            let (account, made) = change.await.unwrap();
            if account == test.account {
                made.unwrap();
                continue;
            }
            let LedgerError::Store(error) = made.unwrap_err() else { panic!() };
            assert!(matches!(*error, StoreError::Corrupt(_)), "{error:?}");
            assert!(error.to_string().contains(&format!("account {other} has a balance")));
        }
        assert_eq!(test.balance().await.0, "60.0000");
        // To the services of others it is as unknown as any.
        let theirs = Request { by: By::Service(99), ..request(other, Change::Cancel(1)) };
        let refused = test.store.ledger().make(theirs).await.unwrap_err();
        assert!(matches!(refused, LedgerError::Refused(Refusal::UnknownAccount)), "{refused:?}");
    }

    async fn a_hold_that_contradicts_the_rules_fails_its_account_alone(test: TestStore) {
        let other = test.further_account(1).await;
        test.credit("10").await;
        let (number, _) = test.authorize("4").await;
        let pool = connect(&test).await;
        let mut connection = pool.acquire().await.unwrap();
        let unchecked = match test.url.path() {
            Some(_) => "PRAGMA ignore_check_constraints = ON",
            None => "ALTER TABLE hold DROP CONSTRAINT hold_state_check",
        };
        connection.execute(unchecked).await.unwrap();
        connection.execute("UPDATE hold SET state = 'lost'").await.unwrap();
        let ledger = test.store.ledger();
        let (capture, credit) = tokio::join!(
            ledger.make(request(test.account, Change::Capture(number, None))),
            ledger.make(request(other, Change::Credit(Kind::Paid, amount("1")))),
        );
        credit.unwrap();
        let LedgerError::Store(error) = capture.unwrap_err() else { panic!() };
        assert!(matches!(*error, StoreError::Corrupt(_)), "{error:?}");
        // What does not need the hold goes on.
        test.credit("1").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_whole_and_can_be_used() {
    let test = TestStore::sqlite().await;
    test.credit("10").await;
    let (number, _) = test.authorize("4").await;
    let copy = test.folder.as_ref().unwrap().path().join("copy.db");
    test.store.backup(copy.to_str().unwrap()).await.unwrap();
    test.make(Change::Capture(number, None)).await.unwrap();
    // Nothing is written over.
    assert!(test.store.backup(copy.to_str().unwrap()).await.is_err());

    let url = iap_server::store::DatabaseUrl::sqlite(&copy);
    let restored = TestStore { store: Store::open(&url).await.unwrap(), url, ..test };
    assert_eq!(restored.balance().await, ("6.0000".into(), "4.0000".into()));
    restored.verify().await;
    restored.make(Change::Cancel(number)).await.unwrap();
    restored.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_comes_back() {
    let (mut postgres, url) = tokio::task::spawn_blocking(|| {
        let postgres = Postgres::start();
        let url = postgres.database();
        (postgres, url)
    })
    .await
    .unwrap();
    let test = TestStore::open(&url).await;
    test.credit("10").await;
    for power_lost in [false, true] {
        let stopped = tokio::task::spawn_blocking(move || {
            if power_lost {
                postgres.kill();
            } else {
                postgres.stop();
            }
            postgres
        });
        postgres = stopped.await.unwrap();
        let gone = test.make(Change::Authorize(amount("1"), hours(1))).await.unwrap_err();
        let LedgerError::Store(error) = gone else { panic!("{gone:?}") };
        assert!(matches!(*error, StoreError::Unreachable(_)), "{error:?}");
        assert!(test.store.check().await.is_err());
        let resumed = tokio::task::spawn_blocking(move || {
            postgres.resume();
            postgres
        });
        postgres = resumed.await.unwrap();
        test.store.check().await.unwrap();
        test.credit("1").await;
        test.verify().await;
    }
    assert_eq!(test.balance().await.0, "12.0000");
    test.store.close().await;
    tokio::task::spawn_blocking(move || drop(postgres)).await.unwrap();
}
