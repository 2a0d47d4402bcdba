//! Mails on their way out. They are written in the transaction that makes what they tell of true
//! (`ledger/write.rs`), and wait here until they are sent.

mod claim;
mod record;

pub use claim::{Claim, MailAccount, Settled, WaitingMail};
pub use record::{MailRecord, Resend};

use iap_core::time::Timestamp;

use super::error::StoreError;

/// How far a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailState {
    /// It is to be sent, or is being sent just now.
    Waiting,
    /// It was sent.
    Sent,
    /// It is not tried any more.
    Failed,
}

impl MailState {
    /// All.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Failed];

    /// The word that the database and the command line use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// The number of tries, as it is kept.
fn attempts(kept: i64) -> Result<u32, StoreError> {
    u32::try_from(kept).map_err(|_| StoreError::Corrupt(format!("a mail tried {kept} times")))
}

fn moment(kept: Option<i64>) -> Option<Timestamp> {
    kept.map(Timestamp::from_millis)
}
