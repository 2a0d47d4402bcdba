//! Payments of orders through a payment service, and what it is still to be asked or told.

use iap_core::billing::{MoneyBack, PaymentError, PaymentMeans, PaymentState};
use iap_core::credits::{Money, OrderState};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, note};
use super::error::StoreError;
use super::open::Store;
use super::orders::{Decided, OrderRefusal, corrupt};

/// The payment of an order, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    /// The order, by key.
    pub order: i64,
    /// What became of the order.
    pub state: OrderState,
    /// What is to be paid, tax and all.
    pub gross: Money,
    /// What the payment that paid it is known by; empty where none has.
    pub payment: String,
    /// How paying was begun.
    pub means: PaymentMeans,
    /// What keys of requests to the payment service are made of; empty where paying was not begun.
    pub key: String,
    /// What the service calls the payment; empty where it knows of none.
    pub intent: String,
    /// How far the payment was.
    pub payment_state: PaymentState,
    /// When paying was last begun or taken up again.
    pub begun_at: Option<Timestamp>,
    /// Whether the service is to give back what it took.
    pub money_back: MoneyBack,
}

const PAYMENT: &str = "SELECT id, state, price + tax, currency, payment, means, payment_key, intent, \
                       payment_state, COALESCE(begun_at, -1), money_back FROM iap_order";

impl Store {
    /// The payment of an order; none where there is no such order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn payment(&self, order: i64) -> Result<Option<PaymentRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{PAYMENT} WHERE id = $1"));
        let row = sqlx::query(statement).bind(order).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// The payment that the service knows by a name; none where it is none of ours.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn payment_of_intent(&self, intent: &str) -> Result<Option<PaymentRow>, StoreError> {
        // Orders without a payment are kept with an empty name.
        let statement = AssertSqlSafe(format!("{PAYMENT} WHERE intent = $1 AND intent <> ''"));
        let row = sqlx::query(statement).bind(intent).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// Notes that paying an order is begun, or taken up again. `key` is kept where there is none yet:
    /// whoever begins at the same moment gets the same.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`OrderRefusal`].
    pub async fn begin_payment(
        &self,
        order: i64,
        means: PaymentMeans,
        key: &str,
        actor: &Actor,
        check_at: Timestamp,
    ) -> Decided<PaymentRow> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(mut row) = self.lock_payment(connection, order).await? else {
            return Ok(Err(OrderRefusal::Unknown));
        };
        if row.state != OrderState::Pending {
            return Ok(Err(iap_core::credits::OrderError(row.state).into()));
        }
        if !row.intent.is_empty() && row.means != means {
            return Ok(Err(OrderRefusal::OtherMeans));
        }
        let first = row.key.is_empty();
        if first {
            key.clone_into(&mut row.key);
        }
        row.means = means;
        row.begun_at = Some(actor.at);
        sqlx::query(
            "UPDATE iap_order SET means = $2, payment_key = $3, begun_at = $4, \
             check_at = CASE WHEN intent = '' THEN NULL ELSE $5 END WHERE id = $1",
        )
        .bind(order)
        .bind(means.as_str())
        .bind(&*row.key)
        .bind(actor.at.millis())
        .bind(check_at.millis())
        .execute(&mut *connection)
        .await?;
        if first {
            let subject = format!("order {order}");
            note(connection, actor, "order.checkout", &subject, means.as_str()).await?;
        }
        transaction.commit().await?;
        Ok(Ok(row))
    }

    /// Keeps what the service calls the payment of an order that waits for its money, unless it has one;
    /// whether it is this one.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn keep_intent(
        &self,
        order: i64,
        intent: &str,
        check_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(row) = self.lock_payment(connection, order).await? else { return Ok(false) };
        if !row.intent.is_empty() || row.state != OrderState::Pending {
            return Ok(row.intent == intent && row.state == OrderState::Pending);
        }
        sqlx::query(
            "UPDATE iap_order SET intent = $2, payment_state = $3, check_at = $4 WHERE id = $1",
        )
        .bind(order)
        .bind(intent)
        .bind(PaymentState::Awaiting.as_str())
        .bind(check_at.millis())
        .execute(&mut *connection)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Notes how far a payment is, and when the service is to be asked again; never, where there is
    /// nothing more to come. What has succeeded stays so.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_payment_state(
        &self,
        order: i64,
        state: PaymentState,
        error: Option<PaymentError>,
        check_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE iap_order SET payment_state = $2, payment_error = $3, check_at = $4 \
             WHERE id = $1 AND (payment_state <> 'succeeded' OR $2 = 'succeeded')",
        )
        .bind(order)
        .bind(state.as_str())
        .bind(error.map_or("", PaymentError::as_str))
        .bind(check_at.map(Timestamp::millis))
        .execute(&mut *self.writers.connection().await?)
        .await?;
        Ok(())
    }

    /// Notes something about a payment that an operator should know, and that the service is not asked
    /// for it any more.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_wrong_payment(
        &self,
        order: i64,
        detail: &str,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let changed = sqlx::query(
            "UPDATE iap_order SET payment_error = 'other', check_at = NULL \
             WHERE id = $1 AND (payment_error <> 'other' OR check_at IS NOT NULL)",
        )
        .bind(order)
        .execute(&mut *connection)
        .await?;
        // However often it is noticed, it is noted once.
        if changed.rows_affected() > 0 {
            let subject = format!("order {order}");
            note(connection, actor, "order.wrong_payment", &subject, detail).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Notes that the service took money for an order that does not take it, and that it is to give it
    /// back. Again it changes nothing.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_paid_twice(&self, order: i64, actor: &Actor) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let Some(row) = self.lock_payment(connection, order).await? else { return Ok(()) };
        sqlx::query(
            "UPDATE iap_order SET payment_state = 'succeeded', payment_error = '', check_at = NULL, \
             money_back = CASE WHEN money_back = 'none' THEN 'due' ELSE money_back END WHERE id = $1",
        )
        .bind(order)
        .execute(&mut *connection)
        .await?;
        if row.money_back == MoneyBack::None {
            let (subject, intent) = (format!("order {order}"), &row.intent);
            let detail = match (row.payment == row.intent, row.state) {
                (true, _) => format!("{intent} was refunded here and is to be given back"),
                (_, OrderState::Refunded) => {
                    format!(
                        "paid after the money was given back: {intent} is to be given back, too"
                    )
                }
                _ => format!("paid twice: by {} and by {intent}, which is given back", row.payment),
            };
            note(connection, actor, "order.paid_twice", &subject, &detail).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Orders for whose payments the service is to be asked now, the longest ago first. Others leave
    /// them alone until `again_at`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn claim_checks(
        &self,
        means: PaymentMeans,
        now: Timestamp,
        again_at: Timestamp,
        most: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "UPDATE iap_order SET check_at = $3 WHERE id IN (SELECT id FROM iap_order \
             WHERE check_at <= $2 AND means = $1 ORDER BY check_at LIMIT $4{}) RETURNING id",
            self.dialect.for_update_skipping()
        ));
        let rows = sqlx::query(statement)
            .bind(means.as_str())
            .bind(now.millis())
            .bind(again_at.millis())
            .bind(most)
            .fetch_all(&mut *self.writers.connection().await?)
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Orders whose money the service is to be told to give back, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn due_back(
        &self,
        means: PaymentMeans,
        most: i64,
    ) -> Result<Vec<PaymentRow>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{PAYMENT} WHERE money_back = 'due' AND means = $1 ORDER BY id LIMIT $2"
        ));
        let query = sqlx::query(statement).bind(means.as_str()).bind(most);
        query.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// Notes that the service was told to give the money of an order back.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_given_back(&self, order: i64, actor: &Actor) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let changed = sqlx::query(
            "UPDATE iap_order SET money_back = 'done' WHERE id = $1 AND money_back = 'due'",
        )
        .bind(order)
        .execute(&mut *connection)
        .await?;
        if changed.rows_affected() > 0 {
            note(connection, actor, "order.money_back", &format!("order {order}"), "").await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn lock_payment(
        &self,
        connection: &mut AnyConnection,
        order: i64,
    ) -> Result<Option<PaymentRow>, StoreError> {
        let statement =
            AssertSqlSafe(format!("{PAYMENT} WHERE id = $1{}", self.dialect.for_update()));
        let row = sqlx::query(statement).bind(order).fetch_optional(connection).await?;
        row.map(|row| read(&row)).transpose()
    }
}

fn read(row: &AnyRow) -> Result<PaymentRow, StoreError> {
    let order: i64 = row.try_get(0)?;
    let text = |index: usize| row.try_get::<String, _>(index);
    let (state, currency, means) = (text(1)?, text(3)?, text(5)?);
    let (payment_state, money_back) = (text(8)?, text(10)?);
    let parts = || {
        let gross = u64::try_from(row.try_get::<i64, _>(2).ok()?).ok()?;
        Some((
            OrderState::from_word(&state)?,
            Money::new(gross, currency.parse().ok()?),
            PaymentMeans::from_word(&means)?,
            PaymentState::from_word(&payment_state)?,
            MoneyBack::from_word(&money_back)?,
        ))
    };
    let (state, gross, means, payment_state, money_back) = parts().ok_or_else(|| corrupt(order))?;
    let begun: i64 = row.try_get(9)?;
    Ok(PaymentRow {
        order,
        state,
        gross,
        payment: text(4)?,
        means,
        key: text(6)?,
        intent: text(7)?,
        payment_state,
        begun_at: (begun >= 0).then(|| Timestamp::from_millis(begun)),
        money_back,
    })
}
