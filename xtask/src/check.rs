//! `cargo xtask check`: everything that can be said about the code without running it.

use std::time::Duration;

use anyhow::Result;

use crate::checkout::Checkout;
use crate::node::package_program;
use crate::steps::Steps;
use crate::test::install_journeys;
use crate::toolchain::{self, BROWSER};
use crate::{process, tools};

/// Where cargo-deny has its list of known weaknesses from.
const ADVISORIES: &str = "https://github.com/rustsec/advisory-db";

/// Runs the command.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let mut steps = Steps::new();
    format(checkout, &mut steps);
    lints(checkout, &mut steps);
    documentation(checkout, &mut steps);
    dependencies(checkout, &mut steps);
    journeys(checkout, &mut steps);
    steps.finish()
}

fn format(checkout: &Checkout, steps: &mut Steps) {
    let label = "format";
    let prepared = toolchain::need_component(checkout, "rustfmt", "fmt");
    if steps.prepared(label, prepared).is_some() {
        steps.command(label, &mut checkout.cargo(["fmt", "--all", "--check"]));
    }
}

fn lints(checkout: &Checkout, steps: &mut Steps) {
    let native = "lints, natively";
    let prepared = toolchain::need_component(checkout, "clippy", "clippy");
    if steps.prepared(native, prepared).is_none() {
        return;
    }
    let clippy = ["clippy", "--locked", "--all-targets"];
    let strict = ["--", "--deny", "warnings"];
    steps.command(native, checkout.cargo(clippy).arg("--workspace").args(strict));
    let browser = "lints, for the browser";
    if steps.prepared(browser, toolchain::need_target(checkout, BROWSER)).is_some() {
        let packages = ["--package", "iap-core", "--package", "iap-web", "--target", BROWSER];
        steps.command(browser, checkout.cargo(clippy).args(packages).args(strict));
    }
}

fn documentation(checkout: &Checkout, steps: &mut Steps) {
    let mut command = checkout.cargo(["doc", "--locked", "--workspace", "--no-deps"]);
    command.arg("--document-private-items").env("RUSTDOCFLAGS", "--deny warnings");
    steps.command("documentation", &mut command);
}

fn dependencies(checkout: &Checkout, steps: &mut Steps) {
    let label = "unused dependencies";
    if let Some(machete) = steps.prepared(label, tools::cargo_machete().program()) {
        steps.command(label, &mut checkout.program(machete, ["."]));
    }
    let label = "licences and sources of dependencies";
    if let Some(deny) = steps.prepared(label, tools::cargo_deny().program()) {
        let check = ["--workspace", "--locked", "check", "--hide-inclusion-graph"];
        let mut command = checkout.program(&deny, check);
        steps.command(label, command.args(["bans", "licenses", "sources"]));
        let label = "known weaknesses of dependencies";
        if advisories_are_reachable(checkout) {
            steps.command(label, checkout.program(&deny, check).arg("advisories"));
        } else {
            steps.skip(label, &format!("{ADVISORIES} cannot be reached from here"));
        }
    }
}

/// Checks the types of the journeys, which running them would not.
fn journeys(checkout: &Checkout, steps: &mut Steps) {
    let label = "types in the journeys";
    if let Some(folder) = steps.prepared(label, install_journeys(checkout)) {
        let mut command = checkout.program(package_program(&folder, "tsc"), ["--noEmit"]);
        steps.command(label, command.current_dir(&folder));
    }
}

fn advisories_are_reachable(checkout: &Checkout) -> bool {
    let mut command = checkout.program("git", ["ls-remote", "--exit-code", ADVISORIES, "HEAD"]);
    command.env("GIT_TERMINAL_PROMPT", "0");
    process::answers_within(&mut command, Duration::from_secs(20))
}
