//! The project's commands: `cargo xtask <command>`. `CONTRIBUTING.md` says when to use which.
//!
//! What a command needs and a package registry has, it installs into a cache folder outside the
//! checkout. What only the user can install is asked for in a sentence.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its terminal is its interface")]

mod aside;
mod bench;
mod browser;
mod bundle;
mod cache;
mod check;
mod checkout;
mod compression;
mod debian;
mod first_load;
mod fuzz;
mod lighthouse;
mod lock;
mod mail_catcher;
mod node;
#[cfg(unix)]
mod odoo;
mod page;
mod pages;
mod parts;
mod postgres;
mod process;
mod progress;
mod python;
mod schemathesis;
mod serve;
mod server;
mod shrink;
mod size;
mod steps;
mod stripe;
mod style_sheets;
mod test;
mod test_counts;
mod toolchain;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::checkout::Checkout;

/// The project's commands. They install what they need into a cache folder outside the checkout.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Test(test::Arguments),
    /// Check format, lints, licences, unused dependencies and the documentation.
    Check,
    Size(size::Arguments),
    Bench(bench::Arguments),
    /// Run Lighthouse against the built application and fail below the scores the project holds.
    Lighthouse,
    /// Measure how soon each page answers on a slow processor, and fail beyond the budget.
    Pages,
    Fuzz(fuzz::Arguments),
    Schemathesis(schemathesis::Arguments),
    /// Pay orders at localstripe, a server that behaves like Stripe's; it needs Python 3.
    Stripe,
    #[cfg(unix)]
    Odoo(odoo::Arguments),
    /// Write what the application loads aside into the folder of a build; Trunk runs it.
    #[command(hide = true)]
    Aside,
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let result = Checkout::find().and_then(|checkout| match command {
        Command::Serve(arguments) => serve::run(&checkout, &arguments),
        Command::Test(arguments) => test::run(&checkout, &arguments),
        Command::Check => check::run(&checkout),
        Command::Size(arguments) => size::run(&checkout, &arguments),
        Command::Bench(arguments) => bench::run(&checkout, &arguments),
        Command::Lighthouse => lighthouse::run(&checkout),
        Command::Pages => pages::run(&checkout),
        Command::Fuzz(arguments) => fuzz::run(&checkout, &arguments),
        Command::Schemathesis(arguments) => schemathesis::run(&checkout, &arguments),
        Command::Stripe => stripe::run(&checkout),
        #[cfg(unix)]
        Command::Odoo(arguments) => odoo::run(&checkout, &arguments),
        Command::Aside => aside::run(&checkout),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
