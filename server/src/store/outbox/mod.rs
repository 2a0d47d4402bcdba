//! Mails on their way out. They are written in the transaction that makes what they tell of true
//! (`ledger/write.rs`), and wait here until they are sent.

mod claim;
mod record;

pub use claim::{Claim, MailAccount, Settled, WaitingMail};
pub use record::Resend;

use iap_core::time::Timestamp;

use super::error::StoreError;

/// The number of tries, as it is kept.
fn attempts(kept: i64) -> Result<u32, StoreError> {
    u32::try_from(kept).map_err(|_| StoreError::Corrupt(format!("a mail tried {kept} times")))
}

fn moment(kept: Option<i64>) -> Option<Timestamp> {
    kept.map(Timestamp::from_millis)
}
