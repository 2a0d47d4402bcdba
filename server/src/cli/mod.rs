//! The command line.

mod account;
mod backup;
mod counting;
mod database;
mod failure;
mod input;
mod mail;
mod order;
mod outbox;
mod parts;
mod payments;
mod place;
mod plural;
mod quote;
mod rates;
mod serve;
mod service;
mod sign_in;
mod table;
mod user;
mod verify;
mod visible;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use failure::Failure;

/// Prepaid credits for services in business software, self-hosted.
#[derive(Debug, Parser)]
#[command(name = "iap", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    // It has by far the most settings.
    Serve(Box<serve::Serve>),
    Parts(parts::Parts),
    Quote(quote::Quote),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Service(service::Service),
    Account(account::Account),
    Database(database::Database),
    Order(order::Order),
    Outbox(outbox::Outbox),
    Rates(rates::Rates),
    User(user::User),
}

impl Cli {
    /// Runs the command to its end.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let result = match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Parts(parts) => parts.run(),
            Command::Quote(quote) => quote.run(),
            Command::Verify(verify) => verify.run(),
            Command::Backup(backup) => backup.run(),
            Command::Service(service) => service.run(),
            Command::Account(account) => account.run(),
            Command::Database(database) => database.run(),
            Command::Order(order) => order.run(),
            Command::Outbox(outbox) => outbox.run(),
            Command::Rates(rates) => rates.run(),
            Command::User(user) => user.run(),
        };
        match result {
            Ok(status) => status,
            // Whoever read the output has had enough of it, as in `iap parts … | head`.
            Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {
                ExitCode::SUCCESS
            }
            Err(failure) => {
                complain(&failure);
                failure.status()
            }
        }
    }
}

/// Says on standard error what went wrong, in one line.
fn complain(error: &dyn Display) {
    // Where standard error is closed, nobody is there to be told.
    let _ = writeln!(io::stderr(), "iap: {error}");
}
