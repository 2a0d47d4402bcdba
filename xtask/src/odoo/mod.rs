//! `cargo xtask odoo`: a real Odoo, pointed at the server, and a person in front of it.
//!
//! Everything that Odoo asks of the server goes through a tap, so that it can be recorded.

mod installation;
mod package;
mod tap;
mod template;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::checkout::Checkout;
use crate::node::package_program;
use crate::server::{Build, Server};
use crate::test::install_journeys;
use crate::{postgres, process};
use installation::Installation;
use package::Package;
use tap::Tap;
use template::Template;

/// Below which path the server is reached: where a prefix is forgotten, it shows.
const PREFIX: &str = "/credits";

/// Point a real Odoo 19 at the server and see that what people do there works; needs Debian or
/// Ubuntu.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write what Odoo sent to this file, a request a line.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    postgres::need()?;
    let browser = Browser::need()?;
    let journeys = install_journeys(checkout)?;
    let package = Package::need()?;
    let template = Template::need(&package)?;
    let tap = Tap::new()?;
    let endpoint = format!("{}{PREFIX}", tap.url());
    let server = Server::start_with(
        checkout,
        Build::Tested,
        &["--url", &endpoint, "--path-prefix", PREFIX, "--new-databases", "approve"],
    )?;
    tap.open(server.url())?;
    let installation = Installation::start(&package, &template)?;
    let mut command = Command::new(package_program(&journeys, "playwright"));
    command
        .args(["test", "--config", "odoo.config.ts"])
        .current_dir(&journeys)
        .env("IAP_CHROMIUM", browser.chromium())
        .env("IAP_ODOO_URL", installation.url())
        .env("IAP_ENDPOINT", &endpoint)
        .env("IAP_SERVER_URL", server.url())
        .env("IAP_PROGRAM", server.program())
        .env("IAP_DATA", server.data());
    // It says itself how far it is.
    let status =
        command.status().with_context(|| format!("cannot start {}", process::shown(&command)))?;
    drop(installation);
    if let Some(file) = &arguments.record {
        let written = tap.write(file)?;
        println!("{written} requests of Odoo are in {}", file.display());
    }
    if !status.success() {
        bail!("what is marked above does not work with Odoo");
    }
    Ok(())
}
