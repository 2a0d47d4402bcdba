//! Why a command could not do what it was asked.

use std::io;
use std::process::ExitCode;

use iap_core::pricing::QuoteError;
use iap_core::pricing::csv::CsvErrors;

use super::input::InputError;
use crate::http::ListenError;

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
    /// The server could not start.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The system refused something that it grants as a rule.
    #[error("{0} failed: {1}.")]
    System(&'static str, io::Error),
}

impl Failure {
    /// 2 for what the caller has to put right in the call, as clap has it; else 1.
    pub(super) fn status(&self) -> ExitCode {
        match self {
            Self::Input(_) | Self::Usage(_) | Self::Rates(..) => ExitCode::from(2),
            Self::Quote(_) | Self::Output(_) | Self::Listen(_) | Self::System(..) => {
                ExitCode::FAILURE
            }
        }
    }
}
