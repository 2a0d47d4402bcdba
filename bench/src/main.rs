//! Ours and peers, measured side by side in one run. `cargo xtask bench` prepares what it needs
//! and starts it.
//!
//! Two measurements are compared only where they are made alike: the same texts, the same number
//! of results asked for, rounds of the same length, one after the other on the same machine. No
//! benchmark harness does that over Rust, Node and a page in a browser, and none of Rust's hands
//! its figures to its caller, so the timer is our own: `timer.rs`, and `peers/measure.mjs` with
//! the same numbers.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its terminal is its interface")]
#![allow(clippy::float_arithmetic, reason = "times and ratios are measured, not counted")]

mod bench;
mod corpus;
mod counting;
mod driver;
mod figures;
mod goal;
mod keystroke;
mod kind;
mod ledger;
mod ledger_http;
mod peer;
#[path = "../../server/tests/support/postgres.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "made for tests"
)]
mod postgres;
mod questions;
mod quoting;
mod random;
mod report;
mod share;
mod timer;
#[path = "../../core/tests/twin/mod.rs"]
#[allow(dead_code, clippy::indexing_slicing, clippy::unwrap_used, reason = "made for tests")]
mod twin;

use anyhow::{Result, ensure};
use clap::Parser;

use crate::bench::Bench;
use crate::report::{Format, Report};

/// Measure ours and peers side by side.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON object a line.
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

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let all = arguments.list && arguments.names.is_empty();
    let benches: Vec<Bench> =
        Bench::all().filter(|it| all || it.is_named(&arguments.names)).collect();
    ensure!(
        !benches.is_empty(),
        "no bench has a name that contains {}; `--list` prints their names",
        arguments.names.join(" or ")
    );
    if arguments.list {
        for bench in &benches {
            println!("{}", bench.name());
        }
        return Ok(());
    }
    let format = match (arguments.json, arguments.markdown) {
        (true, _) => Format::Json,
        (_, true) => Format::Markdown,
        _ => Format::Table,
    };
    let mut report = Report::new(format);
    counting::run(&benches, &mut report)?;
    keystroke::run(&benches, &mut report)?;
    quoting::run(&benches, &mut report)?;
    ledger::run(&benches, &mut report)?;
    ledger_http::run(&benches, &mut report)?;
    ledger::run_sizes(&benches, &mut report)?;
    Ok(())
}
