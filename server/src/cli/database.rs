//! `iap database`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::catalogue::{Admission, DatabaseKind, Hosting};

use super::failure::Failure;
use super::place::{self, Place};
use super::table;
use crate::store::DatabaseRow;

/// See customers' databases, and let them in or turn them away
#[derive(Args, Debug)]
pub(super) struct Database {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Approve(Approve),
    Refuse(Refuse),
}

/// List all databases that were seen, separated by tabs
#[derive(Args, Debug)]
struct List {
    /// Only those that wait to be let in.
    #[arg(long)]
    waiting: bool,

    #[command(flatten)]
    place: Place,
}

/// Let a database use services
#[derive(Args, Debug)]
struct Approve {
    /// By what it calls itself.
    uuid: String,

    /// What it is for: community, enterprise, demo, educational or `one_app_free`. All but the first
    /// are given each service's credits to try it, once.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<DatabaseKind>,

    /// Where it runs: online, platform or `on_premise`.
    #[arg(long, value_name = "HOSTING", value_parser = hosting)]
    hosting: Option<Hosting>,

    #[command(flatten)]
    place: Place,
}

/// Turn a database away; its credits stay as they are
#[derive(Args, Debug)]
struct Refuse {
    /// By what it calls itself.
    uuid: String,

    #[command(flatten)]
    place: Place,
}

fn kind(word: &str) -> Result<DatabaseKind, &'static str> {
    DatabaseKind::from_word(word)
        .ok_or("it is one of community, enterprise, demo, educational and one_app_free")
}

fn hosting(word: &str) -> Result<Hosting, &'static str> {
    Hosting::from_word(word).ok_or("it is one of online, platform and on_premise")
}

impl Database {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::List(list) => list.run(),
            Command::Approve(approve) => {
                let Approve { uuid, kind, hosting, place } = approve;
                decide(place, uuid, Admission::Approved, *kind, *hosting)
            }
            Command::Refuse(Refuse { uuid, place }) => {
                decide(place, uuid, Admission::Refused, None, None)
            }
        }
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        let databases = place::run(async {
            let store = self.place.open(false).await?;
            let databases = store.databases().await?;
            store.close().await;
            Ok(databases)
        })?;
        table::row(&["database", "admission", "kind", "hosting"])?;
        let shown = |it: &&DatabaseRow| !self.waiting || it.admission == Admission::Waiting;
        for it in databases.iter().filter(shown) {
            table::row(&[&it.uuid, it.admission.as_str(), it.kind.as_str(), it.hosting.as_str()])?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn decide(
    place: &Place,
    uuid: &str,
    admission: Admission,
    kind: Option<DatabaseKind>,
    hosting: Option<Hosting>,
) -> Result<ExitCode, Failure> {
    let known = place::run(async {
        let store = place.open(false).await?;
        let known = store.known_database(uuid).await?;
        if let Some(mut database) = known.clone() {
            database.admission = admission;
            database.kind = kind.unwrap_or(database.kind);
            database.hosting = hosting.unwrap_or(database.hosting);
            store.set_database(&database).await?;
        }
        store.close().await;
        Ok(known)
    })?;
    if known.is_none() {
        return Err(Failure::Usage(
            "No database of that name was seen. `iap database list` lists those that were.",
        ));
    }
    let word = match admission {
        Admission::Approved => "may use services",
        Admission::Refused => "is turned away",
        Admission::Waiting => "waits",
    };
    writeln!(io::stdout(), "{uuid} {word}.").map_err(Failure::Output)?;
    Ok(ExitCode::SUCCESS)
}
