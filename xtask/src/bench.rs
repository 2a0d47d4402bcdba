//! `cargo xtask bench`: ours and peers in one run.
//!
//! What `iap-bench` gets from here: the peers' packages installed in `bench/peers/`, and by
//! environment
//! - `IAP_BENCH_WASM_DIR`: a folder with `counter.js` and `counter_bg.wasm`, the package
//!   `iap-bench-wasm` (`bench/wasm/`) as wasm-bindgen writes it for the web;
//! - `IAP_E2E_URL`: the address of the built application, served;
//! - `IAP_CHROMIUM`: the browser's program.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::browser::Browser;
use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::node::Node;
use crate::server::Server;
use crate::toolchain::{self, BROWSER};
use crate::{process, tools};

/// Measure ours and peers side by side.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON object a line:
    /// {"name":"…","unit":"ns","ours":…,"peer":"…","theirs":…,"ratio":…}.
    #[arg(long)]
    json: bool,
    /// Only the benches whose names contain one of these.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    Node::find()?.install_packages(&checkout.folder("bench/peers")?)?;
    let browser = Browser::need()?;
    let counter = build_counter(checkout)?;
    let bundle = Bundle::build(checkout, Smallest::Needed)?;
    let server = Server::start(checkout)?;
    let mut build = checkout.cargo(["build", "--release", "--package", "iap-bench"]);
    process::run("building the benches", &mut build)?;
    let mut command =
        checkout.cargo(["run", "--quiet", "--release", "--package", "iap-bench", "--"]);
    if arguments.json {
        command.arg("--json");
    }
    command
        .args(&arguments.names)
        .env("IAP_BENCH_WASM_DIR", counter)
        .env("IAP_E2E_URL", server.url())
        .env("IAP_CHROMIUM", browser.chromium());
    let shown = process::shown(&command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    drop((server, bundle));
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

/// Builds the counter as a wasm module of its own, called from JavaScript.
fn build_counter(checkout: &Checkout) -> Result<PathBuf> {
    toolchain::need_target(checkout, BROWSER)?;
    let programs = tools::wasm_bindgen(checkout)?.install()?;
    let arguments = ["build", "--release", "--package", "iap-bench-wasm", "--target", BROWSER];
    process::run("building the counter for the browser", &mut checkout.cargo(arguments))?;
    let module = checkout.target().join(BROWSER).join("release/iap_bench_wasm.wasm");
    let folder = checkout.work()?.join("counter");
    let mut command = checkout.program(
        programs.join("wasm-bindgen"),
        ["--target", "web", "--no-typescript", "--out-name", "counter", "--out-dir"],
    );
    command.arg(&folder).arg(module);
    process::run("writing its JavaScript", &mut command)?;
    Ok(folder)
}
