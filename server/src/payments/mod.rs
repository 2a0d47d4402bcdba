//! Payments of orders: through Stripe, or on demo data through a service of our own that behaves like it.
//!
//! An order has one payment there, called an intent. What it is called is kept in the order's row before
//! anything can be paid, so that whoever pays is never forgotten. What becomes of it the service alone
//! knows: a notice, a person who comes back, and the job that looks after orders whose notice was lost all
//! do the same, [`Payments::look`], which asks the service and acts on that. So late, repeated and
//! re-ordered notices change nothing.

mod charge;
mod demo;
mod intent;
mod notice;
mod stripe;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use iap_core::api::Checkout;
use iap_core::billing::{MoneyBack, PaymentMeans, PaymentState, TestCardError};
use iap_core::credits::{OrderError, OrderState};
use iap_core::time::Timestamp;

use self::charge::Charge;
pub use self::demo::{Card, DemoService};
use self::intent::{Intent, IntentStatus, ServiceError};
pub use self::notice::{Notice, NoticeError, WebhookSecret};
pub use self::stripe::{SecretKey, Stripe, StripeSettings, StripeUrl};
use crate::orders::{self, OrderFailure};
use crate::store::{Actor, OrderRefusal, PaymentRow, Store, StoreError};
use crate::{clock, secret};

/// What takes payments for orders. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Payments {
    store: Store,
    service: Option<Arc<Service>>,
}

/// A payment service.
#[derive(Debug)]
enum Service {
    Demo(DemoService),
    Stripe(Box<Stripe>),
}

/// Why an order cannot be paid, given up or refunded through a payment service.
#[derive(Debug, thiserror::Error)]
pub enum PaymentFailure {
    /// By what the order is.
    #[error(transparent)]
    Order(#[from] OrderFailure),
    /// It costs nothing, or is priced in what the service cannot charge.
    #[error(
        "This order cannot be paid by card: its amount is nothing, or not of a currency that cards are \
         charged in. Ask whoever runs this server."
    )]
    NotChargeable,
    /// The service cannot be reached.
    #[error(
        "The payment service cannot be reached at the moment. Try again in a moment: an order is never \
         charged twice."
    )]
    Unreachable,
    /// It does not do what it is asked for. Why stands in the log.
    #[error(
        "The payment service did not take this request. Try again; if it happens again, tell whoever \
         runs this server."
    )]
    Rejected,
    /// There is no demo data here.
    #[error("Cards for trying out are taken on demo data alone.")]
    NoDemo,
    /// The card cannot be taken.
    #[error(transparent)]
    Card(#[from] TestCardError),
    /// The system has no random numbers.
    #[error("The system gave no random numbers.")]
    Random(#[from] getrandom::Error),
}

impl From<StoreError> for PaymentFailure {
    fn from(error: StoreError) -> Self {
        Self::Order(error.into())
    }
}

impl From<OrderRefusal> for PaymentFailure {
    fn from(refusal: OrderRefusal) -> Self {
        Self::Order(refusal.into())
    }
}

impl From<ServiceError> for PaymentFailure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Unreachable => Self::Unreachable,
            ServiceError::Refused | ServiceError::Unknown => Self::Rejected,
            ServiceError::Store(error) => error.into(),
        }
    }
}

type Result<T, E = PaymentFailure> = std::result::Result<T, E>;

/// What became of payments that were looked after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many there were.
    pub payments: usize,
    /// With how many of them it did not work.
    pub failed: usize,
}

/// A payment that was begun is first looked after when its own notice should have come.
const FIRST_CHECK: Duration = Duration::from_secs(20);

/// For how long other servers leave a payment that one looks after.
const CLAIM: Duration = Duration::from_mins(1);

/// How long after a payment was begun it is given up.
const GIVE_UP: i64 = 24 * 3_600_000;

/// Payments that are looked after at once, and of which side by side.
const CHECKS: i64 = 200;
const SIDE_BY_SIDE: usize = 4;

/// When a payment that was begun so long ago is looked after again, in milliseconds: within a minute
/// while somebody may still be in front of it.
const fn pause(age: i64) -> i64 {
    match age {
        ..120_000 => 15_000,
        120_000..600_000 => 30_000,
        600_000..3_600_000 => 45_000,
        _ => 600_000,
    }
}

impl Payments {
    /// None are taken: operators say when money came.
    #[must_use]
    pub const fn none(store: Store) -> Self {
        Self { store, service: None }
    }

    /// Taken on demo data; nothing is charged.
    #[must_use]
    pub fn demo(store: Store) -> Self {
        let service = Service::Demo(DemoService::new(store.clone()));
        Self { store, service: Some(Arc::new(service)) }
    }

    /// Taken by card, through Stripe.
    #[must_use]
    pub fn stripe(store: Store, stripe: Stripe) -> Self {
        Self { store, service: Some(Arc::new(Service::Stripe(Box::new(stripe)))) }
    }

    /// How orders are paid.
    #[must_use]
    pub fn means(&self) -> PaymentMeans {
        match self.service.as_deref() {
            None => PaymentMeans::Transfer,
            Some(Service::Demo(_)) => PaymentMeans::Demo,
            Some(Service::Stripe(_)) => PaymentMeans::Card,
        }
    }

    /// What a browser needs of Stripe, where cards are taken.
    #[must_use]
    pub fn settings(&self) -> Option<&StripeSettings> {
        match self.service.as_deref()? {
            Service::Stripe(stripe) => Some(stripe.settings()),
            Service::Demo(_) => None,
        }
    }

    /// Begins to pay an order, or takes it up again: the same payment, however often and by whomever it
    /// is asked for.
    ///
    /// # Errors
    /// [`PaymentFailure`]
    pub async fn begin(&self, order: i64, actor: &Actor) -> Result<Checkout> {
        let Some(service) = &self.service else { return self.by_transfer(order).await };
        let known = self.known(order).await?;
        if known.state == OrderState::Pending && Charge::of(known.gross).is_none() {
            return Err(PaymentFailure::NotChargeable);
        }
        let check_at = actor.at.later(FIRST_CHECK);
        let (key, means) = (secret::new()?, self.means());
        let row = self.store.begin_payment(order, means, &key, actor, check_at).await??;
        let charge = Charge::of(row.gross).ok_or(PaymentFailure::NotChargeable)?;
        let (row, intent) = if row.intent.is_empty() {
            // The same key is the same payment there, too, for whoever else begins now, and after a
            // crash before it is kept.
            let intent = service.create(&row.key, order, &charge).await?;
            if !self.store.keep_intent(order, &intent.id, check_at).await? {
                return self.begun_otherwise(order, service, &intent).await;
            }
            (self.known(order).await?, intent)
        } else {
            let intent = service.find(&row.intent).await?;
            (row, intent)
        };
        let state = self.act(service, &row, &intent, actor.at).await?;
        let state_now = self.known(order).await?.state;
        if state_now != OrderState::Pending {
            return Err(OrderRefusal::from(OrderError(state_now)).into());
        }
        // Only with a payment that is kept can anything be paid.
        Ok(Checkout { means: self.means(), client_secret: intent.client_secret, state })
    }

    async fn by_transfer(&self, order: i64) -> Result<Checkout> {
        let known = self.known(order).await?;
        if known.state != OrderState::Pending {
            return Err(OrderRefusal::from(OrderError(known.state)).into());
        }
        if !known.intent.is_empty() {
            return Err(OrderRefusal::OtherMeans.into());
        }
        let (means, state) = (PaymentMeans::Transfer, PaymentState::None);
        Ok(Checkout { means, client_secret: None, state })
    }

    /// What was begun is not the order's payment: the order has another one, or waits no longer. Nobody
    /// was told of it, so nobody can pay it.
    async fn begun_otherwise(
        &self,
        order: i64,
        service: &Service,
        stray: &Intent,
    ) -> Result<Checkout> {
        let known = self.known(order).await?;
        if known.intent != stray.id {
            service.cancel(&stray.id).await?;
        }
        match known.state {
            // Whoever asks again is told of the payment that is kept.
            OrderState::Pending => Err(OrderRefusal::Busy.into()),
            state => Err(OrderRefusal::from(OrderError(state)).into()),
        }
    }

    /// Asks the service how far the payment of an order is, and acts on that. Again it changes nothing.
    ///
    /// # Errors
    /// [`PaymentFailure`]; it is asked again later.
    pub async fn look(&self, order: i64, now: Timestamp) -> Result<()> {
        let row = self.known(order).await?;
        match &self.service {
            Some(service) if row.means == self.means() && !row.intent.is_empty() => {
                let intent = match service.find(&row.intent).await {
                    // The service knows of it no more: then nobody can pay it.
                    Err(ServiceError::Unknown) if is_old(&row, now) => Intent::gone(&row.intent),
                    found => found?,
                };
                self.act(service, &row, &intent, now).await?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Somebody says that something became of a payment. What it says is not believed: the service is
    /// asked. What is none of ours is left alone.
    ///
    /// # Errors
    /// [`PaymentFailure`]; whoever said it should say it again.
    pub async fn notice(&self, intent: &str, now: Timestamp) -> Result<()> {
        match self.store.payment_of_intent(intent).await? {
            Some(row) => self.look(row.order, now).await,
            None => Ok(()),
        }
    }

    /// Acts on what the service says of a payment; how far it is.
    async fn act(
        &self,
        service: &Service,
        row: &PaymentRow,
        intent: &Intent,
        now: Timestamp,
    ) -> Result<PaymentState> {
        let (order, actor) = (row.order, Actor::server(now));
        let ended;
        let over = row.state != OrderState::Pending || is_old(row, now);
        let intent = if intent.is_open() && over {
            // Nobody should pay it any more. What was paid in between counts.
            ended = service.cancel(&intent.id).await?;
            &ended
        } else {
            intent
        };
        match intent.status {
            IntentStatus::Succeeded => self.take(row, intent, &actor).await?,
            IntentStatus::Cancelled => match self.end(order, &actor).await {
                // Paid otherwise, it needs no payment.
                Ok(()) | Err(PaymentFailure::Order(OrderFailure::Refused(_))) => {
                    self.store.note_payment_state(order, PaymentState::None, None, None).await?;
                }
                failed => failed?,
            },
            _ => {
                let age = row.begun_at.map_or(0, |at| now.millis().saturating_sub(at.millis()));
                let next = Timestamp::from_millis(now.millis().saturating_add(pause(age)));
                let state = intent.state();
                self.store.note_payment_state(order, state, intent.error, Some(next)).await?;
            }
        }
        Ok(intent.state())
    }

    /// The service has the money: the order is paid, or the money goes back.
    async fn take(&self, row: &PaymentRow, intent: &Intent, actor: &Actor) -> Result<()> {
        let order = row.order;
        if intent.id != row.intent || !Charge::of(row.gross).is_some_and(|it| intent.is(&it)) {
            let detail = format!(
                "{} is of {} {}, not of the order's {}: nothing was credited",
                intent.id, intent.received, intent.currency, row.gross
            );
            tracing::error!(order, detail, "a payment is not of its order's amount");
            return Ok(self.store.note_wrong_payment(order, &detail, actor).await?);
        }
        match orders::pay_by_service(&self.store, order, &intent.id, actor).await {
            Ok(()) => Ok(self
                .store
                .note_payment_state(order, PaymentState::Succeeded, None, None)
                .await?),
            Err(OrderFailure::Refused(OrderRefusal::PaidBefore(_) | OrderRefusal::State(_))) => {
                let known = self.known(order).await?;
                // Refunded here, and the service was told so: nothing is new.
                if known.money_back == MoneyBack::None {
                    tracing::warn!(order, intent = intent.id, "money came that is given back");
                }
                self.store.note_paid_twice(order, actor).await?;
                self.give_back(order, actor.at).await
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// Gives an order up that was not paid, and its payment with it. One that is paid meanwhile is not
    /// given up.
    ///
    /// # Errors
    /// [`PaymentFailure`]; it stays as it was.
    pub async fn cancel(&self, order: i64, actor: &Actor) -> Result<()> {
        let row = self.known(order).await?;
        let at_service = row.state == OrderState::Pending && !row.intent.is_empty();
        match &self.service {
            Some(service) if at_service && row.means == self.means() => {
                let intent = match service.cancel(&row.intent).await {
                    Err(ServiceError::Unknown) => Intent::gone(&row.intent),
                    ended => ended?,
                };
                if intent.status == IntentStatus::Cancelled {
                    self.end(order, actor).await?;
                    let none = PaymentState::None;
                    return Ok(self.store.note_payment_state(order, none, None, None).await?);
                }
                self.act(service, &row, &intent, actor.at).await?;
                if intent.status != IntentStatus::Succeeded {
                    return Err(OrderRefusal::BeingPaid.into());
                }
            }
            _ => {}
        }
        self.end(order, actor).await
    }

    async fn end(&self, order: i64, actor: &Actor) -> Result<()> {
        Ok(self.store.cancel_order(order, actor).await??)
    }

    /// Gives the money of an order back that its credits were taken out for. Where the service cannot be
    /// told, it is later.
    ///
    /// # Errors
    /// [`PaymentFailure`]
    pub async fn give_back(&self, order: i64, now: Timestamp) -> Result<()> {
        let row = self.known(order).await?;
        match &self.service {
            Some(service) if row.money_back == MoneyBack::Due && row.means == self.means() => {
                service.give_back(&row.intent, &format!("{}-refund", row.key)).await?;
                Ok(self.store.note_given_back(order, &Actor::server(now)).await?)
            }
            _ => Ok(()),
        }
    }

    /// Looks after payments whose notices may be lost, and after money that is still to be given back.
    /// Several servers may do it side by side.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be found.
    pub async fn reconcile(&self, now: Timestamp) -> Result<Looked, StoreError> {
        use futures_util::stream::{StreamExt as _, iter};
        let means = self.means();
        if means == PaymentMeans::Transfer {
            return Ok(Looked::default());
        }
        let failed = AtomicUsize::new(0);
        let due = self.store.claim_checks(means, now, now.later(CLAIM), CHECKS).await?;
        let back = self.store.due_back(means, CHECKS).await?;
        let checks = iter(&due).for_each_concurrent(SIDE_BY_SIDE, async |&order| {
            if let Err(error) = self.look(order, now).await {
                tracing::warn!(order, %error, "a payment could not be looked after");
                failed.fetch_add(1, Ordering::Relaxed);
            }
        });
        checks.await;
        let refunds = iter(&back).for_each_concurrent(SIDE_BY_SIDE, async |row| {
            if let Err(error) = self.give_back(row.order, now).await {
                tracing::warn!(order = row.order, %error, "money could not be given back yet");
                failed.fetch_add(1, Ordering::Relaxed);
            }
        });
        refunds.await;
        Ok(Looked { payments: due.len() + back.len(), failed: failed.into_inner() })
    }

    /// Pays an order with a card for trying out.
    ///
    /// # Errors
    /// [`PaymentFailure`]
    pub async fn pay_with_demo_card(&self, order: i64, card: Card, actor: &Actor) -> Result<()> {
        let Some(Service::Demo(demo)) = self.service.as_deref() else {
            return Err(PaymentFailure::NoDemo);
        };
        self.begin(order, actor).await?;
        let intent = self.known(order).await?.intent;
        if let Some(later) = demo.confirm(&intent, card, actor.at).await? {
            // A late notice, through what Stripe's notices take. If this process ends before, the job
            // that looks after lost ones does it.
            let payments = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(later).await;
                if let Err(error) = payments.notice(&intent, clock::now()).await {
                    tracing::warn!(order, %error, "a notice of demo data could not be acted on");
                }
            });
        }
        self.look(order, clock::now()).await
    }

    /// Says whether whoever pays with a card for trying out proves that it is they.
    ///
    /// # Errors
    /// [`PaymentFailure`]
    pub async fn authenticate_demo(&self, order: i64, accepted: bool) -> Result<()> {
        let Some(Service::Demo(demo)) = self.service.as_deref() else {
            return Err(PaymentFailure::NoDemo);
        };
        let intent = self.known(order).await?.intent;
        demo.authenticate(&intent, accepted).await?;
        self.look(order, clock::now()).await
    }

    async fn known(&self, order: i64) -> Result<PaymentRow> {
        Ok(self.store.payment(order).await?.ok_or(OrderRefusal::Unknown)?)
    }
}

/// Whether a payment was begun so long ago that it is given up.
fn is_old(row: &PaymentRow, now: Timestamp) -> bool {
    row.begun_at.is_some_and(|at| now.millis().saturating_sub(at.millis()) >= GIVE_UP)
}

impl Service {
    async fn create(&self, key: &str, order: i64, charge: &Charge) -> Result<Intent, ServiceError> {
        match self {
            Self::Demo(demo) => demo.create(key, charge).await,
            Self::Stripe(stripe) => stripe.create(key, order, charge).await,
        }
    }

    async fn find(&self, intent: &str) -> Result<Intent, ServiceError> {
        match self {
            Self::Demo(demo) => demo.find(intent).await,
            Self::Stripe(stripe) => stripe.find(intent).await,
        }
    }

    /// Cancels a payment, if it can be; how far it is then.
    async fn cancel(&self, intent: &str) -> Result<Intent, ServiceError> {
        match self {
            Self::Demo(demo) => demo.cancel(intent).await,
            Self::Stripe(stripe) => stripe.cancel(intent).await,
        }
    }

    /// Gives back what a payment took. Done before, it is done.
    async fn give_back(&self, intent: &str, key: &str) -> Result<(), ServiceError> {
        match self {
            Self::Demo(demo) => demo.give_back(intent).await,
            Self::Stripe(stripe) => stripe.give_back(intent, key).await,
        }
    }
}
