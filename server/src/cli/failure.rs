//! Why a command could not do what it was asked.

use std::io;
use std::process::ExitCode;

use super::input::InputError;
use crate::http::ListenError;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// What was read is not what the command needs.
    #[error(transparent)]
    Input(#[from] InputError),
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
            Self::Input(_) => ExitCode::from(2),
            Self::Output(_) | Self::Listen(_) | Self::System(..) => ExitCode::FAILURE,
        }
    }
}
