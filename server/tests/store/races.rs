//! What happens at the same moment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use iap_core::catalogue::Admission;
use iap_core::credits::{Hold, HoldState, Kind};
use iap_server::store::{Change, LedgerError, Outcome, Request, Store};

use crate::on_both;
use crate::support::store::{NOW, TestStore, amount, hours, request};

/// Makes all changes at the same moment.
async fn at_once(
    stores: &[Store],
    requests: impl IntoIterator<Item = Request>,
) -> Vec<Result<Outcome, LedgerError>> {
    let tasks: Vec<_> = requests
        .into_iter()
        .zip(stores.iter().cycle())
        .map(|(request, store)| {
            let ledger = store.ledger().clone();
            tokio::spawn(async move { ledger.make(request).await })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// The store, and on PostgreSQL a second server beside it.
async fn servers(test: &TestStore) -> Vec<Store> {
    let mut stores = vec![test.store.clone()];
    if test.url.path().is_none() {
        stores.push(Store::open(&test.url).await.unwrap());
    }
    stores
}

on_both! {
    async fn six_holds_of_a_thousand_on_five_thousand(test: TestStore) {
        test.credit("5000").await;
        let holds = (0..6).map(|_| {
            request(test.account, Change::Authorize(amount("1000"), Hold::DEFAULT_TTL))
        });
        let results = at_once(&servers(&test).await, holds).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 5);
        assert_eq!(test.balance().await, ("0.0000".into(), "5000.0000".into()));
        test.verify().await;
    }

    async fn the_same_purchase_noticed_many_times(test: TestStore) {
        let notices = (0..100).map(|_| Request {
            key: Some("order 12".to_owned()),
            ..request(test.account, Change::Credit(Kind::Paid, amount("100")))
        });
        let results = at_once(&servers(&test).await, notices).await;
        let made = results.iter().filter(|result| !result.as_ref().unwrap().repeated).count();
        assert_eq!(made, 1);
        assert_eq!(test.balance().await.0, "100.0000");
        test.verify().await;
    }

    async fn many_captures_of_one_hold(test: TestStore) {
        test.credit("100").await;
        let (number, _) = test.authorize("100").await;
        let captures = (1..=50).map(|credits| {
            request(test.account, Change::Capture(number, Some(amount(&credits.to_string()))))
        });
        let results = at_once(&servers(&test).await, captures).await;
        let charged: Vec<_> = results.iter().flatten().collect();
        assert_eq!(charged.len(), 1);
        let HoldState::Captured { charged, .. } = charged[0].hold.unwrap().1.state() else {
            panic!()
        };
        let left = 100_000_000 - charged.total().millionths();
        assert_eq!(charged_left(&test).await, left);
        test.verify().await;
    }

    async fn a_capture_and_a_cancellation(test: TestStore) {
        test.credit("1000").await;
        for _ in 0..20 {
            let (number, _) = test.authorize("10").await;
            let both = [Change::Capture(number, None), Change::Cancel(number)];
            let both = both.map(|change| request(test.account, change));
            let results = at_once(&servers(&test).await, both).await;
            assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        }
        test.verify().await;
    }

    async fn random_work_of_many(test: TestStore) {
        let test = Arc::new(test);
        let mut accounts = vec![test.account];
        for number in 0..7 {
            accounts.push(test.further_account(number).await);
        }
        for account in &accounts {
            let credit = request(*account, Change::Credit(Kind::Paid, amount("500")));
            test.store.ledger().make(credit).await.unwrap();
        }
        let stores = servers(&test).await;
        let workers: Vec<_> = (0..16_u64)
            .map(|worker| {
                let ledger = stores[usize::try_from(worker).unwrap() % stores.len()].ledger().clone();
                let accounts = accounts.clone();
                tokio::spawn(async move {
                    let mut charged: BTreeMap<i64, i64> = BTreeMap::new();
                    let mut random = worker.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1;
                    let mut below = move |limit: u64| {
                        // Xorshift: any sequence will do.
                        random ^= random << 13;
                        random ^= random >> 7;
                        random ^= random << 17;
                        random % limit
                    };
                    for step in 0..60 {
                        let account = accounts[usize::try_from(below(8)).unwrap()];
                        let credits = amount(&(below(40) + 1).to_string());
                        let authorize = Request {
                            key: Some(format!("{worker}/{step}")),
                            ..request(account, Change::Authorize(credits, hours(1)))
                        };
                        let Ok(held) = ledger.make(authorize.clone()).await else { continue };
                        // Now and then the answer seems lost, and it is asked again.
                        if below(4) == 0 {
                            let again = ledger.make(authorize).await.unwrap();
                            assert_eq!(again.hold.unwrap().0, held.hold.unwrap().0);
                        }
                        let number = held.hold.unwrap().0;
                        let change = match below(3) {
                            0 => Change::Cancel(number),
                            _ => Change::Capture(number, None),
                        };
                        ledger.make(request(account, change)).await.unwrap();
                        if matches!(change, Change::Capture(..)) {
                            *charged.entry(account).or_default() += credits.millionths();
                        }
                    }
                    charged
                })
            })
            .collect();
        let mut charged: BTreeMap<i64, i64> = BTreeMap::new();
        for worker in workers {
            for (account, millionths) in worker.await.unwrap() {
                *charged.entry(account).or_default() += millionths;
            }
        }
        for account in accounts {
            let told = test.store.ledger().make(request(account, Change::Threshold(None)));
            let left = told.await.unwrap().balance;
            assert!(left.held().is_zero());
            let spent = charged.get(&account).copied().unwrap_or_default();
            assert_eq!(left.available().total().millionths(), 500_000_000 - spent);
        }
        test.verify().await;
    }

    async fn other_writes_go_on_beside_a_busy_ledger(test: TestStore) {
        test.credit("1000000").await;
        let done = Arc::new(AtomicBool::new(false));
        let workers: Vec<_> = (0..128)
            .map(|_| {
                let (ledger, done) = (test.store.ledger().clone(), Arc::clone(&done));
                let authorize = Change::Authorize(amount("0.001"), Hold::DEFAULT_TTL);
                let authorize = request(test.account, authorize);
                tokio::spawn(async move {
                    let mut made = 0;
                    while !done.load(Ordering::Relaxed) {
                        ledger.make(authorize.clone()).await.unwrap();
                        made += 1;
                    }
                    made
                })
            })
            .collect();
        // A command of the operator's writes as a process of its own.
        let command = Store::open(&test.url).await.unwrap();
        let mut longest = [Duration::ZERO; 2];
        for number in 0..40_u32 {
            for (store, longest) in [&test.store, &command].into_iter().zip(&mut longest) {
                let start = Instant::now();
                let name = format!("database-{}-{number}", std::ptr::from_ref(store).addr());
                store.database(&name, Admission::Approved, NOW).await.unwrap();
                *longest = (*longest).max(start.elapsed());
            }
        }
        done.store(true, Ordering::Relaxed);
        let mut made = 0;
        for worker in workers {
            made += worker.await.unwrap();
        }
        // In its turn beside the server's own groups; by SQLite's lock from elsewhere.
        assert!(longest[0] < Duration::from_secs(2), "{longest:?}");
        assert!(longest[1] < Duration::from_secs(5), "{longest:?}");
        assert!(made > 1_000, "the ledger was not busy: {made}");
        command.close().await;
        test.verify().await;
    }
}

async fn charged_left(test: &TestStore) -> i64 {
    test.make(Change::Threshold(None)).await.unwrap().balance.available().total().millionths()
}
