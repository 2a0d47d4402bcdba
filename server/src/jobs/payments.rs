//! Payments whose notices were lost, and money that is still to be given back.

use std::time::Duration;

use crate::clock;
use crate::payments::Payments;

/// How often it is looked for them.
const PAUSE: Duration = Duration::from_secs(15);

/// Asks the payment service for what became of payments that were begun, and tells it what it is still to
/// give back, for as long as it is not dropped.
///
/// Several servers may do it side by side: each takes some, and what is done twice changes nothing.
pub async fn look_after_payments(payments: Payments) {
    loop {
        if let Err(error) = payments.reconcile(clock::now()).await {
            tracing::warn!(%error, "payments could not be looked after");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
