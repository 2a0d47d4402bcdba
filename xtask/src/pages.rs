//! `cargo xtask pages`: how soon each page of the built application answers on a slow processor, by whom it
//! is for, and how much it moves until then.

use anyhow::Result;

use crate::browser::Browser;
use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::lighthouse::INTERACTIVE;
use crate::node::package_program;
use crate::process;
use crate::server::{Build, Server};
use crate::test::install_journeys;

/// Runs the command.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let browser = Browser::need()?;
    let journeys = install_journeys(checkout)?;
    let _bundle = Bundle::build(checkout, Smallest::Needed)?;
    let server = Server::start(checkout, Build::Shipped)?;
    let arguments = ["test", "--config", "speed.config.ts"];
    let mut command = checkout.program(package_program(&journeys, "playwright"), arguments);
    command
        .current_dir(&journeys)
        .env("IAP_E2E_URL", server.url())
        .env("IAP_INTERACTIVE", INTERACTIVE.to_string())
        .env("IAP_CHROMIUM", browser.chromium());
    process::hand_over(&mut command)
}
