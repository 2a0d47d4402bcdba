//! `cargo xtask bench`: ours and peers in one run.
//!
//! What `iap-bench` gets from here: the peers' packages installed in `bench/peers/`, and by
//! environment
//! - `IAP_BENCH_COUNTER`: the path of the package `iap-bench-counter` (`bench/counter/`) as a wasm
//!   module;
//! - `IAP_CHROMIUM`: the browser's program;
//! - `IAP_BENCH_SERVER`: the built server's program, when a bench that is asked for has `resident` in
//!   its name;
//! - `IAP_E2E_URL`: the address of the built application, served, when a bench that is asked for
//!   has `keystroke` in its name.

use std::path::PathBuf;

use anyhow::Result;

use crate::browser::Browser;
use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::node::Node;
use crate::postgres;
use crate::process;
use crate::server::{self, Build, Server};
use crate::toolchain::{self, BROWSER};

/// What stands in the name of every bench that needs the running application.
const IN_APPLICATION: &str = "keystroke";

/// What stands in the name of every bench that starts the server itself.
const OF_SERVER: &str = "resident";

/// Measure ours and peers side by side.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print one JSON object a line:
    /// {"name":"…","unit":"ns","ours":…,"peer":"…","theirs":…,"ratio":…}.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print a Markdown table.
    #[arg(long)]
    markdown: bool,
    /// Print the names of the benches and run none.
    #[arg(long)]
    list: bool,
    /// Only the benches whose names contain one of these.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let mut build = checkout.cargo(["build", "--release", "--package", "iap-bench"]);
    process::run("building the benches", &mut build)?;
    let benches = || {
        let mut command =
            checkout.cargo(["run", "--quiet", "--release", "--package", "iap-bench", "--"]);
        command.args(&arguments.names);
        command
    };
    let mut list = benches();
    list.arg("--list");
    if arguments.list {
        return process::hand_over(&mut list);
    }
    let mut command = benches();
    command.args(arguments.json.then_some("--json"));
    command.args(arguments.markdown.then_some("--markdown"));

    postgres::need()?;
    Node::find()?.install_packages(&checkout.folder("bench/peers")?)?;
    command.env("IAP_BENCH_COUNTER", build_counter(checkout)?);
    command.env("IAP_CHROMIUM", Browser::need()?.chromium());
    let list = process::ask(&mut list).unwrap_or_default();
    if list.contains(OF_SERVER) {
        let bundle = Bundle::build(checkout, Smallest::Needed)?;
        command.env("IAP_BENCH_SERVER", server::build(checkout, Build::Shipped)?);
        drop(bundle);
    }
    let application = if list.contains(IN_APPLICATION) {
        let bundle = Bundle::build(checkout, Smallest::Needed)?;
        let server = Server::start(checkout, Build::Shipped)?;
        command.env("IAP_E2E_URL", server.url());
        Some((server, bundle))
    } else {
        None
    };
    let result = process::hand_over(&mut command);
    // The application runs until the benches have ended.
    drop(application);
    result
}

/// Builds the counter as a wasm module of its own, called from JavaScript.
fn build_counter(checkout: &Checkout) -> Result<PathBuf> {
    toolchain::need_target(checkout, BROWSER)?;
    let arguments = ["build", "--release", "--package", "iap-bench-counter", "--target", BROWSER];
    let mut command = checkout.cargo(arguments);
    // Every browser has had vector instructions since Safari 16.4, in 2023.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Ctarget-feature=+simd128");
    process::run("building the counter for the browser", &mut command)?;
    Ok(checkout.target().join(BROWSER).join("release").join("iap_bench_counter.wasm"))
}
