//! The clock, read in one place.

use std::time::{SystemTime, UNIX_EPOCH};

use iap_core::time::Timestamp;

/// This moment, as the machine has it. It may go back between two calls, as clocks do.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
