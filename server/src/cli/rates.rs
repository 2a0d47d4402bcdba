//! `iap rates`

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::api::RateCardVersion;
use iap_core::pricing::{PartPrice, Rate, RateCard, RateChange, RateDifference, RateWarning};
use iap_core::time::Timestamp;

use super::failure::Failure;
use super::input;
use super::place::{self, Place};
use super::table;
use crate::clock;
use crate::store::{Actor, Store, Withdrawal};

/// See what messages cost, and change it
#[derive(Args, Debug)]
pub(super) struct Rates {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Import(Import),
    Export(Export),
    Withdraw(Withdraw),
}

/// List the versions of the rate card from the newest back, separated by tabs
#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    place: Place,
}

/// Import a rate card: a new version, which says what changes
///
/// A file with an error imports nothing, and all errors are told with line and column.
#[derive(Args, Debug)]
struct Import {
    /// The rates, as a CSV file.
    file: PathBuf,

    /// From when on they are valid, as 2026-01-31 (midnight in UTC) or 2026-01-31T12:00:00Z. Without
    /// it, from now on.
    #[arg(long, value_name = "MOMENT")]
    valid_from: Option<Timestamp>,

    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    place: Place,
}

/// Export a version of the rate card as the file that can be imported
#[derive(Args, Debug)]
struct Export {
    /// Where to; standard output where none is named. What is there is not written over.
    file: Option<PathBuf>,

    /// The version, by its number in the list. Without it, the one in force.
    #[arg(long = "version", value_name = "VERSION")]
    version: Option<i64>,

    #[command(flatten)]
    place: Place,
}

/// Withdraw a version that is not in force yet
#[derive(Args, Debug)]
struct Withdraw {
    /// The version, by its number in the list.
    version: i64,

    #[command(flatten)]
    place: Place,
}

impl Rates {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::List(list) => list.run(),
            Command::Import(import) => import.run(),
            Command::Export(export) => export.run(),
            Command::Withdraw(withdraw) => withdraw.run(),
        }
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        place::run(async {
            let store = self.place.open(false).await?;
            table::row(&["version", "state", "valid from", "rates", "imported", "by"])?;
            let now = clock::now();
            table::rows(async |cut| store.rate_cards(now, cut).await, |it| it.id, show).await?;
            store.close().await;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn show(it: &RateCardVersion) -> Result<(), Failure> {
    table::row(&[
        &it.id.to_string(),
        it.state.as_str(),
        &it.valid_from.to_string(),
        &it.rates.to_string(),
        &it.imported_at.to_string(),
        &it.imported_by,
    ])
}

impl Import {
    fn run(&self) -> Result<ExitCode, Failure> {
        let card = RateCard::from_csv(&input::bytes(&self.file)?)
            .map_err(|errors| Failure::Rates(self.file.display().to_string(), errors))?;
        let imported = place::run(async {
            let store = self.place.open(false).await?;
            let imported = self.import(&store, &card).await;
            store.close().await;
            imported
        })?;
        say(&match imported {
            Some(version) => format!("The rates are version {version}."),
            None => "Nothing was imported.".to_owned(),
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// Says what changes, and imports it if that is wanted; its version.
    async fn import(&self, store: &Store, card: &RateCard) -> Result<Option<i64>, Failure> {
        let actor = Actor::server(clock::now());
        let follows = store.rate_card(self.valid_from.unwrap_or(actor.at)).await?;
        let difference = RateDifference::between(&follows.card, card);
        let version = if self.dry_run {
            None
        } else {
            let valid_from = self.valid_from;
            Some(store.import_rate_card(card, valid_from, follows.id, &actor).await??)
        };
        tell(&difference)?;
        Ok(version)
    }
}

/// Says what changes: a line a rate, then how many.
fn tell(difference: &RateDifference) -> Result<(), Failure> {
    table::row(&["change", "prefix", "country", "before", "after", "per cent", "look at"])?;
    for change in &difference.changes {
        let (word, rate) = match change {
            RateChange::Added(rate) => ("added", rate),
            RateChange::Changed { new, .. } => ("changed", new),
            RateChange::Removed(rate) => ("removed", rate),
        };
        let per_cent = change.per_mille().map(per_cent).unwrap_or_default();
        table::row(&[
            word,
            &rate.prefix().map(|it| it.to_string()).unwrap_or_default(),
            &rate.country().map(|it| it.to_string()).unwrap_or_default(),
            &price(change.before()),
            &price(change.after()),
            &per_cent,
            change.warning().map_or("", RateWarning::as_str),
        ])?;
    }
    let (added, changed, removed) = difference.counts();
    let unchanged = difference.unchanged;
    say(&format!("{added} added, {changed} changed, {removed} removed, {unchanged} as they are."))
}

/// What a part costs, or why it has no price.
fn price(rate: Option<&Rate>) -> String {
    let Some(rate) = rate else { return String::new() };
    let tariff = rate.tariff();
    let price = tariff.price().map(PartPrice::credits);
    price.map_or_else(|| tariff.kind().to_string(), |price| price.to_string())
}

fn per_cent(per_mille: i64) -> String {
    let sign = if per_mille < 0 { '-' } else { '+' };
    let size = per_mille.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}

impl Export {
    fn run(&self) -> Result<ExitCode, Failure> {
        let csv = place::run(async {
            let store = self.place.open(false).await?;
            let csv = match self.version {
                Some(version) => store.rate_card_csv(version).await?,
                None => Some(store.rate_card(clock::now()).await?.card.to_csv()),
            };
            store.close().await;
            csv.ok_or(UNKNOWN)
        })?;
        match &self.file {
            Some(file) => write_new(file, &csv)?,
            None => io::stdout().write_all(csv.as_bytes()).map_err(Failure::Output)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

const UNKNOWN: Failure = Failure::Usage("There is no such version; `iap rates list` has all.");

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = match file {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Failure::Exists(path.to_owned()));
        }
        file => file.map_err(Failure::Output)?,
    };
    file.write_all(text.as_bytes()).map_err(Failure::Output)
}

impl Withdraw {
    fn run(&self) -> Result<ExitCode, Failure> {
        let done = place::run(async {
            let store = self.place.open(false).await?;
            let actor = Actor::server(clock::now());
            let done = store.withdraw_rate_card(self.version, &actor).await;
            store.close().await;
            Ok(done?)
        })?;
        match done {
            Withdrawal::Done => say(&format!("Version {} is withdrawn.", self.version))?,
            Withdrawal::InForce => {
                return Err(Failure::Usage(
                    "This version is in force, or was: import another one in its place.",
                ));
            }
            Withdrawal::Unknown => return Err(UNKNOWN),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn say(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(Failure::Output)
}
