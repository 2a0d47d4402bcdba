//! The payment service of demo data: it behaves like Stripe's, and charges nobody.

use std::fmt;
use std::time::Duration;

use iap_core::api::DemoCard;
use iap_core::billing::{PaymentError, TestCard};
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

/// Why a card is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// It may be somebody's.
    #[error(
        "Only test numbers are taken here, such as 4242 4242 4242 4242: nothing is real. What you typed \
         was not kept."
    )]
    Number,
    /// It is no month, or one that is over.
    #[error("Write month and year of any month to come, as in 12/30.")]
    Expiry,
    /// It is none.
    #[error("Write any three or four digits.")]
    Cvc,
}

impl CardError {
    /// The field that is wrong.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::Cvc => "cvc",
        }
    }
}

impl Card {
    /// A card that was typed.
    ///
    /// # Errors
    /// [`CardError`]; a number that may be somebody's is told first, and kept nowhere.
    pub fn read(typed: &DemoCard, now: Timestamp) -> Result<Self, CardError> {
        let card = TestCard::of(&typed.number).ok_or(CardError::Number)?;
        if !is_to_come(&typed.expiry, now) {
            return Err(CardError::Expiry);
        }
        let cvc = typed.cvc.trim();
        let digits = (3..=4).contains(&cvc.len()) && cvc.bytes().all(|it| it.is_ascii_digit());
        if digits { Ok(Self(card)) } else { Err(CardError::Cvc) }
    }
}

/// Whether a month, as in `12/30`, is not over.
fn is_to_come(expiry: &str, now: Timestamp) -> bool {
    let number = |text: &str| -> Option<u16> {
        let text = text.trim();
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let Some((month, year)) = expiry.split_once('/') else { return false };
    let (Some(month), Some(year)) = (number(month), number(year)) else { return false };
    // The moment as it is written begins with year and month.
    let today = now.to_string();
    let last = format!("20{year:02}-{month:02}");
    (1..=12).contains(&month) && today.get(..7).is_some_and(|today| *last >= *today)
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
    fn cards_are_for_trying_out_and_typed_as_they_should_be() {
        let now: Timestamp = "2026-05-31T12:00:00Z".parse().unwrap();
        let read = |number: &str, expiry: &str, cvc: &str| {
            let typed = DemoCard { number: number.into(), expiry: expiry.into(), cvc: cvc.into() };
            assert!(!format!("{typed:?}").contains('4'));
            Card::read(&typed, now)
        };
        let good = "4242 4242 4242 4242";
        assert_eq!(read(good, "05/26", "123"), Ok(Card(TestCard::Succeeds)));
        assert_eq!(read(good, "12/99", " 1234 "), Ok(Card(TestCard::Succeeds)));
        assert_eq!(read("4111 1111 1111 1111", "", ""), Err(CardError::Number));
        for bad in ["04/26", "13/30", "00/30", "1/30", "12/2030", "1230", ""] {
            assert_eq!(read(good, bad, "123"), Err(CardError::Expiry), "{bad}");
        }
        for bad in ["", "12", "12345", "12a"] {
            assert_eq!(read(good, "12/30", bad), Err(CardError::Cvc), "{bad}");
        }
    }
}
