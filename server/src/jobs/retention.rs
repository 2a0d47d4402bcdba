//! What is forgotten after a while.

use std::time::Duration;

use iap_core::api::JobName;
use iap_core::time::Timestamp;

use super::log::{JobLog, repeat};
use crate::clock;
use crate::store::{Store, StoreError};

/// How often it is looked for it.
const PAUSE: Duration = Duration::from_hours(6);

const DAY: i64 = 24 * 3_600 * 1_000;

/// So many at once, so that nobody who writes waits for long.
const MOST: i64 = 500;

/// Forgets mails that were sent long ago and sessions that have ended, for as long as it is not
/// dropped.
///
/// Several servers may do it side by side.
pub async fn forget_what_is_over(store: Store, log: JobLog) {
    repeat(log, JobName::Forget, PAUSE, move || run(store.clone())).await;
}

async fn run(store: Store) -> Result<(), String> {
    let mut outcome = Ok(());
    if let Err(error) = store.forget_sessions(clock::now()).await {
        tracing::warn!(%error, "sessions that have ended could not be forgotten");
        outcome = Err(error.to_string());
    }
    match forget_old_mails(&store, clock::now()).await {
        Ok(0) => {}
        Ok(forgotten) => tracing::info!(forgotten, "old mails are forgotten"),
        Err(error) => {
            tracing::warn!(%error, "old mails could not be forgotten");
            outcome = Err(error.to_string());
        }
    }
    outcome
}

/// Forgets the mails that were sent more days before `now` than the settings keep them; how many
/// there were.
///
/// # Errors
/// [`StoreError`]
pub async fn forget_old_mails(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let kept = i64::from(store.settings().await?.mail_days).saturating_mul(DAY);
    let before = Timestamp::from_millis(now.millis().saturating_sub(kept));
    let mut forgotten = 0;
    loop {
        match store.forget_sent_mails(before, MOST).await? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}
