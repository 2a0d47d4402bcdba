//! A payment as the service has it.

use iap_core::billing::{PaymentError, PaymentState};
use serde::Deserialize;

use super::charge::Charge;
use crate::store::StoreError;

/// A payment as the service has it: what Stripe calls a `PaymentIntent`.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: IntentStatus,
    /// Why the last card was declined.
    pub(super) error: Option<PaymentError>,
    /// What was asked for and what came, in the service's units.
    pub(super) amount: u64,
    pub(super) received: u64,
    /// In small letters.
    pub(super) currency: String,
    /// With what a browser pays it.
    pub(super) client_secret: Option<String>,
}

/// How far it is, as Stripe names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum IntentStatus {
    #[serde(rename = "requires_payment_method")]
    RequiresPaymentMethod,
    #[serde(rename = "requires_confirmation")]
    RequiresConfirmation,
    #[serde(rename = "requires_action")]
    RequiresAction,
    #[serde(rename = "processing")]
    Processing,
    #[serde(rename = "succeeded")]
    Succeeded,
    #[serde(rename = "canceled")]
    Cancelled,
    /// Of a later version, or of ways to pay that are not asked for.
    #[serde(other)]
    Other,
}

/// Why the service does not do what it is asked for.
#[derive(Debug)]
pub(super) enum ServiceError {
    /// It does not answer, or is not able to.
    Unreachable,
    /// It refuses. Why was logged.
    Refused,
    /// It knows of no such payment.
    Unknown,
    /// What is kept of demo data cannot be read or written.
    Store(StoreError),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Intent {
    /// One that the service knows no more.
    pub(super) fn gone(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            status: IntentStatus::Cancelled,
            error: None,
            amount: 0,
            received: 0,
            currency: String::new(),
            client_secret: None,
        }
    }

    /// Whether somebody can still pay it, and it can be cancelled.
    pub(super) const fn is_open(&self) -> bool {
        matches!(
            self.status,
            IntentStatus::RequiresPaymentMethod
                | IntentStatus::RequiresConfirmation
                | IntentStatus::RequiresAction
        )
    }

    /// Whether what came is what was to be charged.
    pub(super) fn is(&self, charge: &Charge) -> bool {
        self.amount == charge.amount
            && self.received == charge.amount
            && self.currency.eq_ignore_ascii_case(&charge.currency)
    }

    /// How far paying is.
    pub(super) const fn state(&self) -> PaymentState {
        match self.status {
            IntentStatus::RequiresPaymentMethod if self.error.is_some() => PaymentState::Declined,
            IntentStatus::RequiresPaymentMethod | IntentStatus::RequiresConfirmation => {
                PaymentState::Awaiting
            }
            IntentStatus::RequiresAction => PaymentState::ActionRequired,
            IntentStatus::Processing | IntentStatus::Other => PaymentState::Processing,
            IntentStatus::Succeeded => PaymentState::Succeeded,
            IntentStatus::Cancelled => PaymentState::None,
        }
    }
}

/// Why a card was declined, by the codes of Stripe.
///
/// Source: Stripe's documentation, "Error codes" and "Decline codes".
pub(super) fn reason(code: &str, decline_code: &str) -> PaymentError {
    match (code, decline_code) {
        (_, "insufficient_funds") => PaymentError::InsufficientFunds,
        ("expired_card", _) | (_, "expired_card") => PaymentError::ExpiredCard,
        ("incorrect_cvc" | "invalid_cvc", _) | (_, "incorrect_cvc" | "invalid_cvc") => {
            PaymentError::IncorrectCvc
        }
        ("payment_intent_authentication_failure" | "authentication_required", _)
        | (_, "authentication_required") => PaymentError::AuthenticationFailed,
        ("card_declined", _) => PaymentError::CardDeclined,
        _ => PaymentError::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_that_people_can_do_something_about() {
        for (code, decline_code, expected) in [
            ("card_declined", "generic_decline", PaymentError::CardDeclined),
            ("card_declined", "insufficient_funds", PaymentError::InsufficientFunds),
            ("card_declined", "expired_card", PaymentError::ExpiredCard),
            ("expired_card", "", PaymentError::ExpiredCard),
            ("incorrect_cvc", "", PaymentError::IncorrectCvc),
            ("card_declined", "authentication_required", PaymentError::AuthenticationFailed),
            ("payment_intent_authentication_failure", "", PaymentError::AuthenticationFailed),
            ("processing_error", "", PaymentError::Other),
        ] {
            assert_eq!(reason(code, decline_code), expected, "{code} {decline_code}");
        }
    }
}
