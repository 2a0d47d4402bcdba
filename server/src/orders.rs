//! Purchases, from payment to credits.
//!
//! What was decided is noted first and told to the ledger next, with a key made of the order: told
//! twice it counts once. [`finish_all`] tells what a process that ended in between did not.

use iap_core::credits::{Attribution, Kind};
use iap_core::time::Timestamp;

use crate::clock;
use crate::store::{
    Actor, By, Change, LedgerError, OrderRefusal, Refusal, Request, Step, Store, StoreError,
    Unfinished,
};

/// Why an order is not paid or refunded.
#[derive(Debug, thiserror::Error)]
pub enum OrderFailure {
    /// It cannot be, as it stands.
    #[error(transparent)]
    Refused(#[from] OrderRefusal),
    /// The credits cannot be taken out: some are spent.
    #[error(
        "Credits of this order are spent or held: the account has fewer than the order brought. \
         Nothing was given back."
    )]
    Spent,
    /// The ledger refuses it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// It cannot be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Money came in for an order: its credits come in. The same payment again changes nothing.
///
/// # Errors
/// [`OrderFailure`]. Where the store fails after the payment was noted, the credits come in later.
pub async fn pay(
    store: &Store,
    order: i64,
    payment: &str,
    actor: &Actor,
) -> Result<(), OrderFailure> {
    let known = store.payment(order).await?;
    if known.is_some_and(|known| !known.intent.is_empty() && known.intent == payment) {
        return Err(OrderRefusal::ByService.into());
    }
    pay_by_service(store, order, payment, actor).await
}

/// The same where the payment service itself was asked, and says that it has the money.
pub(crate) async fn pay_by_service(
    store: &Store,
    order: i64,
    payment: &str,
    actor: &Actor,
) -> Result<(), OrderFailure> {
    store.note_payment(order, payment, actor).await??;
    finish(store, order, actor.at).await
}

/// The money of an order is given back: its credits are taken out.
///
/// # Errors
/// [`OrderFailure`]; it stays as it was where credits are spent.
pub async fn refund(
    store: &Store,
    order: i64,
    reason: &str,
    actor: &Actor,
) -> Result<(), OrderFailure> {
    store.note_refund(order, reason, actor).await??;
    finish(store, order, actor.at).await
}

async fn finish(store: &Store, order: i64, at: Timestamp) -> Result<(), OrderFailure> {
    if let Some(unfinished) = store.unfinished_order(order).await? {
        tell(store, &unfinished, at).await?;
    }
    bill(store, order, at).await;
    Ok(())
}

/// Issues what an order is owed; how many documents. Whether it is billed says nothing of whether it is
/// paid, so nothing fails here: what is not issued now is looked for again.
async fn bill(store: &Store, order: i64, at: Timestamp) -> u64 {
    match store.issue_invoice(order, None, &Actor::server(at)).await {
        Ok(Ok(issued)) => issued,
        Ok(Err(refusal)) => {
            // Most orders of programs name nobody.
            tracing::debug!(order, %refusal, "an order is not billed");
            0
        }
        Err(error) => {
            tracing::error!(order, %error, "an order is not billed");
            0
        }
    }
}

/// Issues all invoices and credit notes that are owed: those that a process did not issue because it
/// ended, and those of orders that were paid before somebody was said to sell. How many were issued.
///
/// # Errors
/// [`StoreError`] where they cannot be read.
pub async fn bill_all(store: &Store, part: i64) -> Result<u64, StoreError> {
    let (mut issued, mut after) = (0, 0);
    loop {
        // What cannot be billed does not keep those behind it waiting.
        let orders = store.unbilled_orders(after, part).await?;
        let Some(&last) = orders.last() else { return Ok(issued) };
        for order in orders {
            issued += bill(store, order, clock::now()).await;
        }
        after = last;
    }
}

/// Tells the ledger what it is still to be told, of so many orders at most; how many it was told of.
///
/// # Errors
/// [`StoreError`] where they cannot be read.
pub async fn finish_all(store: &Store, most: i64) -> Result<u64, StoreError> {
    let mut told = 0;
    for unfinished in store.unfinished_orders(most).await? {
        match tell(store, &unfinished, clock::now()).await {
            Ok(()) | Err(OrderFailure::Spent) => told += 1,
            Err(error) => {
                tracing::error!(order = unfinished.order, %error, "an order is not finished");
            }
        }
    }
    Ok(told)
}

async fn tell(store: &Store, unfinished: &Unfinished, at: Timestamp) -> Result<(), OrderFailure> {
    let Unfinished { order, account, name, credits, step } = unfinished;
    let (change, key, description) = match step {
        Step::Credit => (
            Change::Credit(Kind::Paid, *credits),
            format!("order:{order}"),
            format!("{name} (order {order})"),
        ),
        Step::Withdraw => (
            Change::Withdraw(Kind::Paid, *credits),
            format!("order:{order}:refund"),
            format!("{name} (order {order}), given back"),
        ),
    };
    let request = Request {
        account: *account,
        by: By::House,
        at,
        change,
        description,
        attribution: Attribution::NONE,
        key: Some(key),
    };
    let outcome = match store.ledger().make(request).await {
        Err(LedgerError::Refused(Refusal::Withdraw(_))) => {
            store.drop_refund(*order, &Actor::server(at)).await?;
            return Err(OrderFailure::Spent);
        }
        outcome => outcome?,
    };
    Ok(store.note_entered(*order, *step, outcome.entry).await?)
}
