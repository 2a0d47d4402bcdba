//! A ledger for prepaid credits, made of what cala-ledger has for it.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use cala_ledger::account::NewAccount;
use cala_ledger::job::{JobSvcConfig, Jobs};
use cala_ledger::journal::NewJournal;
use cala_ledger::posting::PostingInput;
use cala_ledger::tx_template::{
    NewParamDefinition, NewTxTemplate, NewTxTemplateEntry, NewTxTemplateTransaction, ParamDataType,
    Params,
};
use cala_ledger::{
    AccountId, BalanceId, BalanceRollup, CalaLedger, CalaLedgerConfig, Currency, DebitOrCredit,
    JournalId, TransactionId, TxTemplateId,
};
use rust_decimal::Decimal;
use sqlx::postgres::{PgPool, PgPoolOptions};

/// Customers that are charged, as many as our own ledger has accounts in this bench.
const CUSTOMERS: usize = 1_000;

/// What each is given at first.
const GIVEN: i64 = 1_000_000;

/// Accounts whose balances one batch may change is limited to 1,000 by the crate.
const A_BATCH: usize = 500;

/// What credits are to the crate, which knows currencies only.
const CURRENCY: &str = "USD";

/// Whose credits are charged.
#[derive(Clone, Copy)]
pub(crate) struct Customer {
    available: AccountId,
    held: AccountId,
}

/// A posting, and the code of its template.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// Credits are given.
    Give,
    /// From what is available to what is held.
    Authorize,
    /// From what is held to what the provider earned.
    Capture,
}

impl Step {
    const ALL: [Self; 3] = [Self::Give, Self::Authorize, Self::Capture];

    const fn code(self) -> &'static str {
        match self {
            Self::Give => "GIVE",
            Self::Authorize => "AUTHORIZE",
            Self::Capture => "CAPTURE",
        }
    }
}

/// The ledger, and whom it is charged by.
#[derive(Clone)]
pub(crate) struct Ledger {
    cala: CalaLedger,
    journal: JournalId,
    /// Where credits come from, and what the provider earned.
    ///
    /// Every posting of a kind changes the same one of them. The crate's own answer to that is a
    /// balance that is brought up to date later, by a job; that job does not run here, and so costs
    /// nothing. Ours keeps no such balance either.
    platform: AccountId,
    provider: AccountId,
    customers: Vec<Customer>,
    tasks: usize,
}

impl Ledger {
    /// In a database where nothing is yet, for so many tasks side by side.
    pub(crate) async fn fill(address: &str, tasks: usize) -> Result<Self> {
        let connections = u32::try_from(tasks)?.saturating_add(2);
        let pool = PgPoolOptions::new().max_connections(connections).connect(address).await?;
        let mut jobs = Jobs::init(JobSvcConfig::builder().pool(pool.clone()).build()?).await?;
        let config =
            CalaLedgerConfig::builder().pool(pool.clone()).exec_migrations(true).build()?;
        let cala = CalaLedger::init(config, &mut jobs).await?;
        let journal = NewJournal::builder().id(JournalId::new()).name("Credits").build();
        let journal = cala.journals().create(journal).await?.id();
        for step in Step::ALL {
            cala.tx_templates().create(template(step, journal)?).await?;
        }
        let customers: Vec<_> = std::iter::repeat_with(|| Customer {
            available: AccountId::new(),
            held: AccountId::new(),
        })
        .take(CUSTOMERS)
        .collect();
        let (platform, provider) = (AccountId::new(), AccountId::new());
        let later = [platform, provider].map(|id| account(id, BalanceRollup::EventuallyConsistent));
        let at_once = customers.iter().flat_map(|it| [it.available, it.held]);
        let at_once = at_once.map(|id| account(id, BalanceRollup::Synchronous));
        cala.accounts().create_all(later.into_iter().chain(at_once).collect()).await?;
        let ledger = Self { cala, journal, platform, provider, customers, tasks };
        for customers in ledger.customers.chunks(A_BATCH) {
            ledger.post(Step::Give, customers).await?;
        }
        settle(&pool).await?;
        Ok(ledger)
    }

    /// Customers, shared out among the tasks, so that none waits for what another has locked.
    pub(crate) fn shares(&self) -> impl Iterator<Item = Vec<Customer>> {
        let share = self.customers.len().div_ceil(self.tasks.max(1));
        self.customers.chunks(share.max(1)).map(<[Customer]>::to_vec)
    }

    /// Makes one posting for each of these, all in one transaction of the database.
    pub(crate) async fn post(&self, step: Step, customers: &[Customer]) -> Result<()> {
        let batch = customers.iter().map(|customer| {
            let (from, to, units) = match step {
                Step::Give => (self.platform, customer.available, Decimal::from(GIVEN)),
                Step::Authorize => (customer.available, customer.held, Decimal::ONE),
                Step::Capture => (customer.held, self.provider, Decimal::ONE),
            };
            let mut parameters = Params::new();
            parameters.insert("from", from);
            parameters.insert("to", to);
            parameters.insert("units", units);
            PostingInput::new(TransactionId::new(), step.code(), parameters)
        });
        self.cala.post_transactions(batch.collect()).await?;
        Ok(())
    }

    /// Whether the balances are what so many postings leave: a ledger that is quick and wrong would
    /// be nothing.
    pub(crate) async fn verify(&self, postings: u64) -> Result<()> {
        let currency: Currency = CURRENCY.parse().context("the crate does not know it")?;
        let ids = |of: fn(&Customer) -> AccountId| -> Vec<BalanceId> {
            self.customers.iter().map(|it| (self.journal, of(it), currency)).collect()
        };
        let available = self.cala.balances().find_all(&ids(|it| it.available)).await?;
        let held = self.cala.balances().find_all(&ids(|it| it.held)).await?;
        let sum = |balances: HashMap<BalanceId, _>| -> Decimal {
            balances.values().map(cala_ledger::balance::AccountBalance::settled).sum()
        };
        let given = Decimal::from(GIVEN) * Decimal::from(CUSTOMERS);
        let charged = Decimal::from(postings / 2);
        let (available, held) = (sum(available), sum(held));
        ensure!(available == given - charged, "available are {available}, not {given} - {charged}");
        ensure!(held.is_zero(), "{held} are held, though all was captured");
        Ok(())
    }
}

/// Tells the planner what the tables hold, and puts on the disk what filling them has left.
async fn settle(pool: &PgPool) -> Result<()> {
    sqlx::query("ANALYZE").execute(pool).await?;
    sqlx::query("CHECKPOINT").execute(pool).await?;
    Ok(())
}

fn account(id: AccountId, rollup: BalanceRollup) -> NewAccount {
    NewAccount::builder()
        .id(id)
        .code(id.to_string())
        .name(id.to_string())
        .normal_balance_type(DebitOrCredit::Credit)
        .balance_rollup(rollup)
        .build()
}

/// Two entries: what one account has less is what the other has more.
fn template(step: Step, journal: JournalId) -> Result<NewTxTemplate> {
    let parameters = [
        ("from", ParamDataType::Uuid),
        ("to", ParamDataType::Uuid),
        ("units", ParamDataType::Decimal),
    ];
    let parameters = parameters
        .into_iter()
        .map(|(name, kind)| NewParamDefinition::builder().name(name).r#type(kind).build())
        .collect::<Result<_, _>>()?;
    let entries = [("from", "DEBIT"), ("to", "CREDIT")];
    let entries = entries
        .into_iter()
        .map(|(account, direction)| {
            NewTxTemplateEntry::builder()
                .entry_type(format!("'{}_{direction}'", step.code()))
                .account_id(format!("params.{account}"))
                .layer("SETTLED")
                .direction(direction)
                .units("params.units")
                .currency(format!("'{CURRENCY}'"))
                .build()
        })
        .collect::<Result<_, _>>()?;
    let transaction = NewTxTemplateTransaction::builder()
        .effective("date()")
        .journal_id(format!("uuid('{journal}')"))
        .description("'A message to +32 470 12 34 56'")
        .build()?;
    Ok(NewTxTemplate::builder()
        .id(TxTemplateId::new())
        .code(step.code())
        .params(parameters)
        .transaction(transaction)
        .entries(entries)
        .build())
}
