//! Mails to people.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A mail, as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailRecord {
    /// Its key here.
    pub id: i64,
    /// What it is about.
    pub template: String,
    /// The address it goes to.
    pub recipient: String,
    /// How far it is.
    pub state: MailState,
    /// When it was written.
    pub created_at: Timestamp,
    /// How often it was tried since it was written or told to be sent again.
    pub attempts: u32,
    /// When it is tried next, if it waits.
    pub next_attempt_at: Option<Timestamp>,
    /// When it was sent, if it was.
    pub sent_at: Option<Timestamp>,
    /// What went wrong at the last try; empty where nothing did.
    pub error: String,
    /// The number of the invoice or credit note that it brings; empty where it brings none.
    pub invoice: String,
}

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

    /// The word that databases and interfaces use.
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
