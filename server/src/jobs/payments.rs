//! Payments whose notices were lost, and money that is still to be given back.

use std::time::Duration;

use iap_core::api::JobName;

use super::log::{JobLog, repeat};
use crate::clock;
use crate::payments::Payments;

/// How often it is looked for them.
const PAUSE: Duration = Duration::from_secs(15);

/// Asks the payment service for what became of payments that were begun, and tells it what it is still to
/// give back, for as long as it is not dropped.
///
/// Several servers may do it side by side: each takes some, and what is done twice changes nothing.
pub async fn look_after_payments(payments: Payments, log: JobLog) {
    repeat(log, JobName::LookAfterPayments, PAUSE, move || run(payments.clone())).await;
}

async fn run(payments: Payments) -> Result<(), String> {
    match payments.reconcile(clock::now()).await {
        Ok(looked) if looked.failed == 0 => Ok(()),
        Ok(looked) => {
            let failed = looked.failed;
            Err(format!("{failed} payments could not be looked after. Why is in the log."))
        }
        Err(error) => {
            tracing::warn!(%error, "payments could not be looked after");
            Err(error.to_string())
        }
    }
}
