//! The store alone: authorize and capture, as many at a time as a group holds.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use iap_core::catalogue::{Admission, Origin, Service};
use iap_core::credits::{Amount, Hold, Kind};
use iap_core::time::Timestamp;
use iap_server::store::{AccountKey, Actor, By, Change, NewService, Request, Store};

use super::{ACCOUNTS, GROUP, Random, SECONDS};

/// What one change takes, in ns.
pub(super) fn ns_a_change(address: &str) -> Result<f64> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(measure(address))
}

async fn measure(address: &str) -> Result<f64> {
    let store = Store::open(&address.parse()?).await?;
    let accounts = accounts(&store).await?;
    let start = Instant::now();
    let end = start + Duration::from_secs(SECONDS);
    let workers: Vec<_> = (1..)
        .take(GROUP)
        .map(|seed| tokio::spawn(work(store.clone(), accounts.clone(), Random(seed), end)))
        .collect();
    let mut changes = 0_u32;
    for worker in workers {
        changes += worker.await??;
    }
    let time = start.elapsed();
    // A ledger that is quick and wrong would be nothing.
    let findings = store.verify().await?.findings;
    ensure!(findings.is_empty(), "the ledger is wrong: {findings:?}");
    store.close().await;
    Ok(time.as_secs_f64() * 1e9 / f64::from(changes))
}

async fn work(store: Store, accounts: Vec<i64>, mut random: Random, end: Instant) -> Result<u32> {
    let mut changes = 0;
    let one: Amount = "1".parse()?;
    while Instant::now() < end {
        let account = accounts.get(random.below(accounts.len())).copied().context("no account")?;
        let authorize = request(account, Change::Authorize(one, Hold::DEFAULT_TTL));
        let held = store.ledger().make(authorize).await?.hold.context("no hold")?;
        store.ledger().make(request(account, Change::Capture(held.0, None))).await?;
        changes += 2;
    }
    Ok(changes)
}

async fn accounts(store: &Store) -> Result<Vec<i64>> {
    let now = Timestamp::from_millis(1_800_000_000_000);
    let new = NewService {
        service: Service { name: "sms".parse()?, origin: Origin::FirstParty, trial: Amount::ZERO },
        label: "SMS".to_owned(),
        description: String::new(),
        privacy_url: String::new(),
        key_sha256: None,
    };
    let service =
        store.add_service(&new, &Actor::server(now)).await?.context("the database is not empty")?;
    let database = store.database("bench", Admission::Approved, now).await?.id;
    let mut accounts = Vec::new();
    for number in 0..ACCOUNTS {
        let key = AccountKey::from(&format!("{number:032x}").parse()?);
        accounts.push(store.account(database, service, &key, now).await?.id);
    }
    for &account in &accounts {
        let credit = Change::Credit(Kind::Paid, "1000000".parse()?);
        store.ledger().make(request(account, credit)).await?;
    }
    Ok(accounts)
}

fn request(account: i64, change: Change) -> Request {
    Request {
        account,
        by: By::House,
        at: Timestamp::from_millis(1_800_000_000_000),
        change,
        description: "A message to +32 470 12 34 56".to_owned(),
        key: None,
    }
}
