//! `iap service`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::catalogue::{Origin, Service as Rules, ServiceIcon, ServiceName};
use iap_core::credits::Amount;

use super::failure::Failure;
use super::place::{self, Place};
use crate::clock;
use crate::secret;
use crate::store::{Actor, NewService};

/// Offer services
#[derive(Args, Debug)]
pub(super) struct Service {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
}

/// Offer a service, and print the key that its provider calls with
#[derive(Args, Debug)]
struct Add {
    /// What programs call it, such as sms: small letters, digits, and any of _ . -
    name: ServiceName,

    /// What people call it; the name, if nothing is given.
    #[arg(long)]
    label: Option<String>,

    /// What it does, in a sentence or two.
    #[arg(long, default_value = "")]
    description: String,

    /// It is somebody else's: customers whose software is hosted as a service do not see it.
    #[arg(long)]
    third_party: bool,

    /// Credits that an entitled database is given to try it.
    #[arg(long, value_name = "CREDITS", default_value = "0")]
    trial: Amount,

    #[command(flatten)]
    place: Place,
}

impl Service {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let Command::Add(add) = &self.command;
        add.run()
    }
}

impl Add {
    fn run(&self) -> Result<ExitCode, Failure> {
        let key = secret::new().map_err(Failure::Random)?;
        let origin = if self.third_party { Origin::ThirdParty } else { Origin::FirstParty };
        let new = NewService {
            service: Rules { name: self.name.clone(), origin, trial: self.trial },
            label: self.label.clone().unwrap_or_else(|| self.name.to_string()),
            description: self.description.clone(),
            icon: ServiceIcon::default(),
            privacy_url: String::new(),
            key_sha256: Some(secret::hash(&key)),
        };
        let added = place::run(async {
            let store = self.place.open(false).await?;
            let added = store.add_service(&new, &Actor::server(clock::now())).await?;
            store.close().await;
            Ok(added)
        })?;
        if added.is_none() {
            return Err(Failure::Usage("There is a service of that name already."));
        }
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "The service {} is offered. Its provider calls with this key, which is",
            self.name
        )
        .and_then(|()| writeln!(out, "shown now and never again:\n{key}"))
        .map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }
}
