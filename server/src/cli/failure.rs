//! Why a command could not do what it was asked.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use iap_core::access::PasswordError;
use iap_core::pricing::QuoteError;
use iap_core::pricing::csv::CsvErrors;

use super::input::InputError;
use crate::demo::DemoError;
use crate::http::ListenError;
use crate::mail::{SenderError, SmtpUrlError};
use crate::oidc::SetupError;
use crate::orders::OrderFailure;
use crate::password::HashError;
use crate::store::{LedgerError, RateCardRefusal, StoreError, UserError};
use crate::traces::TracesError;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// What was read is not what the command needs.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The arguments do not go together.
    #[error("{0}")]
    Usage(&'static str),
    /// A file of rates is none.
    #[error("{0} cannot be used as rates: {1}")]
    Rates(String, CsvErrors),
    /// What was asked for cannot be calculated.
    #[error("There is no quote: {0}.")]
    Quote(#[from] QuoteError),
    /// The answer could not be written.
    #[error("The output could not be written: {0}.")]
    Output(io::Error),
    /// The data folder cannot be made.
    #[error("The folder {path} cannot be made: {1}. Choose another one with --data.", path = .0.display())]
    Data(PathBuf, io::Error),
    /// A file is there that would be written over.
    #[error("There is a file {} already. Choose another name, or take it away.", .0.display())]
    Exists(PathBuf),
    /// What is kept cannot be read or written.
    #[error("{}", with_cause(.0))]
    Store(#[from] StoreError),
    /// The ledger refuses a change, or cannot keep it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// An order cannot be changed so.
    #[error(transparent)]
    Order(#[from] OrderFailure),
    /// Rates are not imported.
    #[error(transparent)]
    NotImported(#[from] RateCardRefusal),
    /// Somebody cannot be added or changed.
    #[error("{}", of_user(.0))]
    User(#[from] UserError),
    /// A password is none.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// A password cannot be kept.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The system has no random numbers.
    #[error("The system gave no random numbers: {0}.")]
    Random(getrandom::Error),
    /// The data to try things out with cannot be made.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The server could not start.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// Mails cannot be written in the name that is set up.
    #[error(transparent)]
    Sender(#[from] SenderError),
    /// The mail server that is set up cannot be used.
    #[error(transparent)]
    Smtp(#[from] SmtpUrlError),
    /// The identity provider that is set up cannot be asked.
    #[error(transparent)]
    Provider(#[from] SetupError),
    /// Traces cannot be sent.
    #[error(transparent)]
    Traces(#[from] TracesError),
    /// The system refused something that it grants as a rule.
    #[error("{0} failed: {1}.")]
    System(&'static str, io::Error),
}

impl Failure {
    /// 2 for what the caller has to put right in the call, as clap has it; else 1.
    pub(super) fn status(&self) -> ExitCode {
        match self {
            Self::User(UserError::Store(_))
            | Self::Quote(_)
            | Self::Output(_)
            | Self::Listen(_)
            | Self::System(..)
            | Self::Data(..)
            | Self::Store(_)
            | Self::Ledger(_)
            | Self::Order(_)
            | Self::Hash(_)
            | Self::Demo(_)
            | Self::Provider(_)
            | Self::Random(_) => ExitCode::FAILURE,
            Self::Input(_)
            | Self::User(_)
            | Self::Usage(_)
            | Self::Rates(..)
            | Self::NotImported(_)
            | Self::Exists(_)
            | Self::Password(_)
            | Self::Sender(_)
            | Self::Traces(_)
            | Self::Smtp(_) => ExitCode::from(2),
        }
    }
}

fn of_user(error: &UserError) -> String {
    match error {
        UserError::Store(error) => with_cause(error),
        error => error.to_string(),
    }
}

/// What went wrong, and what the database itself says of it: whoever runs a command can use that.
fn with_cause(error: &StoreError) -> String {
    match error.source() {
        Some(cause) => format!("{error} ({cause})"),
        None => error.to_string(),
    }
}
