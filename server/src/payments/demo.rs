//! The payment service of demo data: it behaves like Stripe's, and charges nobody.

use std::fmt;
use std::time::Duration;

use iap_core::api::DemoCard;
use iap_core::billing::{PaymentError, TestCard, TestCardError};
use iap_core::time::Timestamp;

use super::PaymentFailure;
use super::charge::Charge;
use super::intent::{Intent, IntentStatus, ServiceError};
use crate::store::{DemoPayment, OrderRefusal, Store};
use crate::{clock, secret};

/// How long a bank takes that takes its time.
const LATER: Duration = Duration::from_secs(5);

/// The states of Stripe's that it has.
const AWAITING: &str = "requires_payment_method";
const ACTION: &str = "requires_action";
const PROCESSING: &str = "processing";
const SUCCEEDED: &str = "succeeded";
const CANCELLED: &str = "canceled";

/// A payment service that charges nobody. What it knows lies in the database, so that it is there after
/// a restart; numbers of cards do not.
#[derive(Debug)]
pub struct DemoService {
    store: Store,
}

/// A card for trying out that was typed as it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Card(TestCard);

/// Without what it is.
impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

impl Card {
    /// A card that was typed.
    ///
    /// # Errors
    /// [`TestCardError`]
    pub fn read(typed: &DemoCard, now: Timestamp) -> Result<Self, TestCardError> {
        TestCard::read(&typed.number, &typed.expiry, &typed.cvc, now.date()).map(Self)
    }
}

impl DemoService {
    /// What it knows lies in a store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    pub(super) async fn create(
        &self,
        request: &str,
        charge: &Charge,
    ) -> Result<Intent, ServiceError> {
        let Ok(random) = secret::new() else { return Err(ServiceError::Unreachable) };
        let new = DemoPayment {
            id: format!("demo_{}", random.get(..24).unwrap_or_default()),
            amount: i64::try_from(charge.amount).map_err(|_| ServiceError::Refused)?,
            currency: charge.currency.clone(),
            status: AWAITING.to_owned(),
            error: String::new(),
            settles_at: None,
        };
        let id = self.store.add_demo_payment(&new, request).await?;
        self.find(&id).await
    }

    pub(super) async fn find(&self, id: &str) -> Result<Intent, ServiceError> {
        shown(&self.known(id).await?)
    }

    pub(super) async fn cancel(&self, id: &str) -> Result<Intent, ServiceError> {
        let known = self.known(id).await?;
        if [AWAITING, ACTION].contains(&&*known.status) {
            let to = DemoPayment { status: CANCELLED.to_owned(), ..known.clone() };
            self.store.change_demo_payment(&to, &known.status).await?;
        }
        self.find(id).await
    }

    pub(super) async fn give_back(&self, id: &str) -> Result<(), ServiceError> {
        match &*self.known(id).await?.status {
            SUCCEEDED => Ok(self.store.refund_demo_payment(id).await?),
            _ => Err(ServiceError::Refused),
        }
    }

    /// Pays with a card. Where the bank takes its time: how long.
    pub(super) async fn confirm(
        &self,
        id: &str,
        Card(card): Card,
        now: Timestamp,
    ) -> Result<Option<Duration>, PaymentFailure> {
        let known = self.known(id).await?;
        let (status, error, later) = match card {
            TestCard::Succeeds => (SUCCEEDED, None, None),
            TestCard::Declined(error) => (AWAITING, Some(error), None),
            TestCard::NeedsAuthentication => (ACTION, None, None),
            TestCard::SucceedsLater => (PROCESSING, None, Some(LATER)),
        };
        let to = DemoPayment {
            status: status.to_owned(),
            error: error.map_or("", PaymentError::as_str).to_owned(),
            settles_at: later.map(|later| now.later(later)),
            ..known.clone()
        };
        // A card may be tried while one is awaited, or instead of proving who one is.
        let open = [AWAITING, ACTION].contains(&&*known.status);
        if open && self.store.change_demo_payment(&to, &known.status).await? {
            Ok(later)
        } else {
            Err(OrderRefusal::BeingPaid.into())
        }
    }

    /// Whoever pays proves that it is they, or does not.
    pub(super) async fn authenticate(
        &self,
        id: &str,
        accepted: bool,
    ) -> Result<(), PaymentFailure> {
        let known = match self.known(id).await {
            Err(ServiceError::Unknown) => return Err(OrderRefusal::NotAsked.into()),
            known => known?,
        };
        let (status, error) = if accepted {
            (SUCCEEDED, "")
        } else {
            (AWAITING, PaymentError::AuthenticationFailed.as_str())
        };
        let to = DemoPayment { status: status.to_owned(), error: error.to_owned(), ..known };
        if self.store.change_demo_payment(&to, ACTION).await? {
            Ok(())
        } else {
            Err(OrderRefusal::NotAsked.into())
        }
    }

    /// A payment as it is now: one whose time has come has succeeded.
    async fn known(&self, id: &str) -> Result<DemoPayment, ServiceError> {
        let known = self.store.demo_payment(id).await?.ok_or(ServiceError::Unknown)?;
        let over = known.settles_at.is_some_and(|at| at <= clock::now());
        if known.status == PROCESSING && over {
            let to = DemoPayment { status: SUCCEEDED.to_owned(), ..known };
            self.store.change_demo_payment(&to, PROCESSING).await?;
            return Ok(to);
        }
        Ok(known)
    }
}

/// As the service tells it.
fn shown(known: &DemoPayment) -> Result<Intent, ServiceError> {
    let status = match &*known.status {
        AWAITING => IntentStatus::RequiresPaymentMethod,
        ACTION => IntentStatus::RequiresAction,
        PROCESSING => IntentStatus::Processing,
        SUCCEEDED => IntentStatus::Succeeded,
        CANCELLED => IntentStatus::Cancelled,
        _ => return Err(ServiceError::Refused),
    };
    let amount = u64::try_from(known.amount).map_err(|_| ServiceError::Refused)?;
    Ok(Intent {
        id: known.id.clone(),
        status,
        error: PaymentError::from_word(&known.error),
        amount,
        received: if status == IntentStatus::Succeeded { amount } else { 0 },
        currency: known.currency.clone(),
        client_secret: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_do_not_show_themselves() {
        let [number, expiry, cvc] = ["4242 4242 4242 4242", "12/99", "123"].map(str::to_owned);
        let typed = DemoCard { number, expiry, cvc };
        let card = Card::read(&typed, clock::now()).unwrap();
        assert_eq!(card, Card(TestCard::Succeeds));
        assert_eq!(format!("{typed:?} {card:?}"), "DemoCard { .. } Card(…)");
    }
}
