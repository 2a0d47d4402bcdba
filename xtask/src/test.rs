//! `cargo xtask test`: every test, natively and in the browser.

use std::path::PathBuf;

use anyhow::Result;

use crate::browser::Browser;
use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::mail_catcher;
use crate::node::{Node, package_program};
use crate::postgres;
use crate::server::{Build, Server};
use crate::size;
use crate::steps::Steps;
use crate::toolchain::{self, BARE_METAL, BROWSER};
use crate::tools;

/// Seconds after which wasm-bindgen's runner gives up on a page of tests that hangs.
const PATIENCE: &str = "300";

/// Set up and run all tests, or those of one part.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this part's tests.
    part: Option<Part>,
}

/// What can be tested alone.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The rules: natively, without a standard library, and in the browser.
    Core,
    /// The web application: natively, and its components in the browser.
    Web,
    /// The server.
    Server,
    /// Journeys through the built application in the browser.
    E2e,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let mut steps = Steps::new();
    let part = arguments.part;
    native(checkout, part, &mut steps);
    if matches!(part, None | Some(Part::Core)) {
        no_std(checkout, &mut steps);
        in_browser(checkout, "iap-core", "core, in the browser", &mut steps);
    }
    if matches!(part, None | Some(Part::Web)) {
        in_browser(checkout, "iap-web", "web, in the browser", &mut steps);
    }
    if matches!(part, None | Some(Part::E2e)) {
        journeys(checkout, &mut steps);
    }
    steps.finish()
}

fn native(checkout: &Checkout, part: Option<Part>, steps: &mut Steps) {
    let (label, packages) = match part {
        None => ("all crates", ["--workspace"].as_slice()),
        Some(Part::Core) => ("core", ["--package", "iap-core"].as_slice()),
        Some(Part::Web) => ("web", ["--package", "iap-web", "--package", "iap-texts"].as_slice()),
        Some(Part::Server) => ("server", ["--package", "iap-server"].as_slice()),
        Some(Part::E2e) => return,
    };
    if matches!(part, None | Some(Part::Server)) {
        let databases = "PostgreSQL for the tests of the server";
        let mails = "a mail server for the tests of the server";
        let needed = [
            steps.prepared(databases, postgres::need()),
            steps.prepared(mails, mail_catcher::need()),
        ];
        if needed.contains(&None) {
            return;
        }
    }
    steps.tests(label, checkout.cargo(["test", "--locked", "--no-fail-fast"]).args(packages));
}

fn no_std(checkout: &Checkout, steps: &mut Steps) {
    let label = "core, for a target without a standard library";
    if steps.prepared(label, toolchain::need_target(checkout, BARE_METAL)).is_some() {
        let arguments = ["build", "--locked", "--package", "iap-core", "--target", BARE_METAL];
        steps.command(label, &mut checkout.cargo(arguments));
    }
}

fn in_browser(checkout: &Checkout, package: &str, label: &str, steps: &mut Steps) {
    let prepared = toolchain::need_target(checkout, BROWSER)
        .and_then(|()| tools::wasm_bindgen(checkout)?.install())
        .and_then(|programs| {
            let browser = Browser::need()?;
            let capabilities = browser.write_capabilities(&checkout.work()?)?;
            Ok((programs.join("wasm-bindgen-test-runner"), browser, capabilities))
        });
    let Some((runner, browser, capabilities)) = steps.prepared(label, prepared) else { return };
    // `--tests` leaves out the documentation's examples, which run natively.
    let mut command = checkout.cargo(["test", "--locked", "--no-fail-fast", "--tests"]);
    command
        .args(["--package", package, "--target", BROWSER])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.driver())
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    steps.tests(label, &mut command);
}

/// The journeys get the address of the running application in `IAP_E2E_URL`, the server's program in
/// `IAP_PROGRAM` for those that need one set up otherwise, and the browser's in `IAP_CHROMIUM`.
fn journeys(checkout: &Checkout, steps: &mut Steps) {
    let label = "journeys in the browser";
    let Some((folder, browser)) = steps.prepared(label, prepare_journeys(checkout)) else { return };
    let bundle = Bundle::build(checkout, Smallest::Needed);
    // Held to the end: the files that are tested are not replaced meanwhile.
    let Some(bundle) = steps.prepared(label, bundle) else { return };
    steps.outcome("weight of the first load", size::check(&bundle));
    let Some(server) = steps.prepared(label, Server::start(checkout, Build::Tested)) else {
        return;
    };
    steps.tests(
        label,
        checkout
            .program(package_program(&folder, "playwright"), ["test"])
            .current_dir(&folder)
            .env("IAP_E2E_URL", server.url())
            .env("IAP_PROGRAM", server.program())
            .env("IAP_CHROMIUM", browser.chromium()),
    );
}

fn prepare_journeys(checkout: &Checkout) -> Result<(PathBuf, Browser)> {
    let folder = install_journeys(checkout)?;
    Ok((folder, Browser::need()?))
}

/// Installs what the journeys are written with; returns their folder.
pub(crate) fn install_journeys(checkout: &Checkout) -> Result<PathBuf> {
    let folder = checkout.folder("e2e")?;
    Node::find()?.install_packages(&folder)?;
    Ok(folder)
}
