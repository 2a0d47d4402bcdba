//! The store alone: authorize and capture, as many at a time as a group holds.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use iap_core::api::Consumption;
use iap_core::catalogue::{Admission, Origin, Service};
use iap_core::credits::{Amount, Attribution, Hold, Kind, Share};
use iap_core::time::Timestamp;
use iap_server::store::{AccountKey, Actor, By, Change, NewService, Request, Store, Whose};

use super::{ACCOUNTS, GROUP, Random, SECONDS};

/// The month in which all is charged, in milliseconds of Unix time.
const MONTH: [i64; 2] = [1_799_100_000_000, 1_801_800_000_000];

/// A store, and accounts in it that have enough.
pub(super) struct Ours {
    store: Store,
    accounts: Vec<i64>,
}

/// When to stop: at a moment, or when each of those who ask has done so many charges.
#[derive(Clone, Copy)]
struct Until {
    end: Option<Instant>,
    charges: u64,
}

impl Ours {
    /// In a database where nothing is yet.
    pub(super) async fn fill(address: &str) -> Result<Self> {
        let store = Store::open(&address.parse()?).await?;
        let accounts = accounts(&store).await?;
        Ok(Self { store, accounts })
    }

    /// What one change takes, in ns.
    pub(super) async fn ns_a_change(&self) -> Result<f64> {
        let start = Instant::now();
        let end = Some(start + Duration::from_secs(SECONDS));
        let changes = self.charge(Until { end, charges: u64::MAX }).await?;
        Ok(start.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(changes)?))
    }

    /// Makes at least so many entries.
    pub(super) async fn grow(&self, entries: u64) -> Result<u64> {
        let charges = entries.div_ceil(2 * u64::try_from(GROUP)?);
        self.charge(Until { end: None, charges }).await
    }

    /// How many changes were made.
    async fn charge(&self, until: Until) -> Result<u64> {
        let workers: Vec<_> = (1..)
            .take(GROUP)
            .map(|seed| {
                let (store, accounts) = (self.store.clone(), self.accounts.clone());
                tokio::spawn(work(store, accounts, Random(seed), until))
            })
            .collect();
        let mut changes = 0;
        for worker in workers {
            changes += worker.await??;
        }
        Ok(changes)
    }

    /// What it takes to add up what a hundred accounts spent in a month, in ns.
    pub(super) async fn ns_consumption(&self) -> Result<f64> {
        let accounts = self.accounts.get(..100).context("fewer accounts")?;
        let start = Instant::now();
        let edges = MONTH.map(Timestamp::from_millis);
        let spent = self.store.consumption(accounts, &edges, &Whose::default()).await?;
        let ns = start.elapsed().as_secs_f64() * 1e9;
        let executions = |it: &Consumption| it.spans.iter().map(|it| it.executions).sum::<i64>();
        ensure!(spent.iter().map(executions).sum::<i64>() > 10_000, "nothing was spent");
        Ok(ns)
    }

    /// What it takes to add up what all services took in a month, and what it is worth, in ns.
    pub(super) async fn ns_revenue(&self) -> Result<f64> {
        let services = self.store.shown_services().await?;
        let start = Instant::now();
        let edges = MONTH.map(Timestamp::from_millis);
        let taken = self.store.revenue(services, &edges, Share::default()).await?;
        let ns = start.elapsed().as_secs_f64() * 1e9;
        ensure!(taken.iter().any(|it| !it.spans.is_empty()), "nothing was taken");
        Ok(ns)
    }

    /// A ledger that is quick and wrong would be nothing.
    pub(super) async fn verify_and_close(self) -> Result<()> {
        let findings = self.store.verify().await?.findings;
        ensure!(findings.is_empty(), "the ledger is wrong: {findings:?}");
        self.store.close().await;
        Ok(())
    }
}

async fn work(store: Store, accounts: Vec<i64>, mut random: Random, until: Until) -> Result<u64> {
    let mut charges = 0;
    let one: Amount = "1".parse()?;
    while charges < until.charges && until.end.is_none_or(|end| Instant::now() < end) {
        let account = accounts.get(random.below(accounts.len())).copied().context("no account")?;
        let authorize = request(account, Change::Authorize(one, Hold::DEFAULT_TTL));
        let held = store.ledger().make(authorize).await?.hold.context("no hold")?;
        store.ledger().make(request(account, Change::Capture(held.0, None))).await?;
        charges += 1;
    }
    Ok(charges * 2)
}

async fn accounts(store: &Store) -> Result<Vec<i64>> {
    let now = Timestamp::from_millis(1_800_000_000_000);
    let new = NewService {
        service: Service { name: "sms".parse()?, origin: Origin::FirstParty, trial: Amount::ZERO },
        label: "SMS".to_owned(),
        description: String::new(),
        icon: iap_core::catalogue::ServiceIcon::default(),
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
        attribution: Attribution::NONE,
        key: None,
    }
}
