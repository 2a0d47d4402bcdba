//! `iap account`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::credits::{Amount, Attribution, Kind};

use super::failure::Failure;
use super::place::{self, Place};
use super::table;
use crate::clock;
use crate::store::{By, Change, Request};

/// See accounts, and give credits to them or take some out
#[derive(Args, Debug)]
pub(super) struct Account {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Credit(Move),
    Withdraw(Move),
}

/// List all accounts with what they have, separated by tabs
#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    place: Place,
}

/// Move credits by hand, with a reason that stands in the ledger
#[derive(Args, Debug)]
struct Move {
    /// The account, by its number in the list.
    account: i64,

    /// How many credits.
    credits: Amount,

    /// Why, as it is shown to those who look at the account.
    #[arg(long)]
    reason: String,

    /// They are granted, not paid for: those are spent first, and earn the provider nothing.
    #[arg(long)]
    granted: bool,

    /// A key for this movement: the same one again moves nothing.
    #[arg(long)]
    key: Option<String>,

    #[command(flatten)]
    place: Place,
}

impl Account {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::List(list) => list.run(),
            Command::Credit(credit) => credit.run(Change::Credit),
            Command::Withdraw(withdraw) => withdraw.run(Change::Withdraw),
        }
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        let accounts = place::run(async {
            let store = self.place.open(false).await?;
            let accounts = store.named_accounts().await?;
            store.close().await;
            Ok(accounts)
        })?;
        table::row(&["account", "database", "service", "available", "held"])?;
        for it in &accounts {
            let (available, held) = (it.available.to_string(), it.held.to_string());
            table::row(&[&it.id.to_string(), &it.database, &it.service, &available, &held])?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Move {
    fn run(&self, change: fn(Kind, Amount) -> Change) -> Result<ExitCode, Failure> {
        let kind = if self.granted { Kind::Granted } else { Kind::Paid };
        let outcome = place::run(async {
            let store = self.place.open(false).await?;
            let request = Request {
                account: self.account,
                by: By::House,
                at: clock::now(),
                change: change(kind, self.credits),
                description: self.reason.clone(),
                attribution: Attribution::NONE,
                key: self.key.clone(),
            };
            let outcome = store.ledger().make(request).await;
            store.close().await;
            Ok(outcome?)
        })?;
        let available = outcome.balance.available().total();
        let said = if outcome.repeated { "It had been done before. " } else { "" };
        writeln!(io::stdout(), "{said}Account {} has {available} credits available.", self.account)
            .map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }
}
