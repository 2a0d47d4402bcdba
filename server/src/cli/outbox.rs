//! `iap outbox`

use iap_core::api::{MailRecord, MailState};
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::place::{self, Place};
use super::table::{self, moment};
use super::visible::Visible;
use crate::clock;
use crate::store::Resend as Outcome;

/// See mails that wait, were sent or failed, and send them again
#[derive(Args, Debug)]
pub(super) struct Outbox {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Resend(Resend),
}

/// List mails from the newest back, separated by tabs
///
/// Mails that were sent are forgotten after as many days as the settings say, 90 at first.
#[derive(Args, Debug)]
struct List {
    /// Only those that are waiting, sent or failed.
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<MailState>,

    #[command(flatten)]
    place: Place,
}

/// Send a mail again that was sent or has failed
#[derive(Args, Debug)]
struct Resend {
    /// The mail, by its number in the list.
    mail: i64,

    #[command(flatten)]
    place: Place,
}

fn state(word: &str) -> Result<MailState, &'static str> {
    MailState::from_word(word).ok_or("it is one of waiting, sent and failed")
}

impl Outbox {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::List(list) => list.run(),
            Command::Resend(resend) => resend.run(),
        }
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        place::run(async {
            let store = self.place.open(false).await?;
            let columns =
                ["mail", "state", "about", "to", "written", "tries", "next", "sent", "error"];
            table::row(&columns)?;
            table::rows(async |cut| store.mails(self.state, cut).await, |mail| mail.id, show)
                .await?;
            store.close().await;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What a mail is about, with the number of what it brings.
fn about(mail: &MailRecord) -> String {
    if mail.invoice.is_empty() {
        mail.template.clone()
    } else {
        format!("{} {}", mail.template, mail.invoice)
    }
}

fn show(mail: &MailRecord) -> Result<(), Failure> {
    table::row(&[
        &mail.id.to_string(),
        mail.state.as_str(),
        &about(mail),
        &Visible(&mail.recipient).to_string(),
        &mail.created_at.to_string(),
        &mail.attempts.to_string(),
        &moment(mail.next_attempt_at),
        &moment(mail.sent_at),
        &Visible(&mail.error).to_string(),
    ])
}

impl Resend {
    fn run(&self) -> Result<ExitCode, Failure> {
        let outcome = place::run(async {
            let store = self.place.open(false).await?;
            let outcome = store.resend_mail(self.mail, clock::now()).await;
            store.close().await;
            Ok(outcome?)
        })?;
        match outcome {
            Outcome::Waits => writeln!(
                io::stdout(),
                "Mail {} waits to be sent; a running server sends it within seconds.",
                self.mail
            )
            .map_err(Failure::Output)?,
            Outcome::Waited => return Err(Failure::Usage("This mail waits to be sent already.")),
            Outcome::Unknown => {
                return Err(Failure::Usage(
                    "There is no such mail. `iap outbox list` lists those that there are.",
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
