//! What takes mails to where they are read.

use super::letter::Letter;

/// What takes mails to where they are read.
pub trait Carrier: Send + Sync {
    /// Hands over a mail. When this returns `Ok`, the mail is the carrier's.
    ///
    /// # Errors
    /// [`Undelivered`] where it is not taken.
    fn deliver(&self, letter: &Letter) -> impl Future<Output = Result<(), Undelivered>> + Send;
}

/// Why a mail was not taken, in a sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// It would not be taken another time either.
    #[error("{0}")]
    Refused(String),
    /// It may be taken later.
    #[error("{0}")]
    Later(String),
}
