//! The binary `iap`.

use std::process::ExitCode;

use clap::Parser;
use iap_server::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
