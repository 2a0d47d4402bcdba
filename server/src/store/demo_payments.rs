//! The payments of demo data, as a payment service would keep them.

use iap_core::time::Timestamp;
use sqlx::Row as _;

use super::error::StoreError;
use super::open::Store;

/// A payment of demo data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DemoPayment {
    /// What it is called.
    pub(crate) id: String,
    /// In minor units.
    pub(crate) amount: i64,
    /// Its code, in small letters.
    pub(crate) currency: String,
    /// As Stripe names it.
    pub(crate) status: String,
    /// Why the last card was declined; empty where none was.
    pub(crate) error: String,
    /// When one that is being processed succeeds.
    pub(crate) settles_at: Option<Timestamp>,
}

impl Store {
    /// Begins a payment, or finds the one that was begun with the same key.
    pub(crate) async fn add_demo_payment(
        &self,
        new: &DemoPayment,
        request: &str,
    ) -> Result<String, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query(
            "INSERT INTO demo_payment (id, request, amount, currency, status) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (request) DO NOTHING",
        )
        .bind(&*new.id)
        .bind(request)
        .bind(new.amount)
        .bind(&*new.currency)
        .bind(&*new.status)
        .execute(&mut *connection)
        .await?;
        let id = sqlx::query("SELECT id FROM demo_payment WHERE request = $1")
            .bind(request)
            .fetch_one(&mut *connection)
            .await?
            .try_get(0)?;
        transaction.commit().await?;
        Ok(id)
    }

    /// A payment by its name.
    pub(crate) async fn demo_payment(&self, id: &str) -> Result<Option<DemoPayment>, StoreError> {
        let row = sqlx::query(
            "SELECT id, amount, currency, status, error, COALESCE(settles_at, -1) \
             FROM demo_payment WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let settles: i64 = row.try_get(5)?;
        Ok(Some(DemoPayment {
            id: row.try_get(0)?,
            amount: row.try_get(1)?,
            currency: row.try_get(2)?,
            status: row.try_get(3)?,
            error: row.try_get(4)?,
            settles_at: (settles >= 0).then(|| Timestamp::from_millis(settles)),
        }))
    }

    /// Changes a payment that is in one of some states; whether it was.
    pub(crate) async fn change_demo_payment(
        &self,
        to: &DemoPayment,
        from: &str,
    ) -> Result<bool, StoreError> {
        let changed = sqlx::query(
            "UPDATE demo_payment SET status = $2, error = $3, settles_at = $4 \
             WHERE id = $1 AND status = $5",
        )
        .bind(&*to.id)
        .bind(&*to.status)
        .bind(&*to.error)
        .bind(to.settles_at.map(Timestamp::millis))
        .bind(from)
        .execute(&mut *self.writers.connection().await?)
        .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Gives the money of a payment back, once.
    pub(crate) async fn refund_demo_payment(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE demo_payment SET refunded = amount WHERE id = $1")
            .bind(id)
            .execute(&mut *self.writers.connection().await?)
            .await?;
        Ok(())
    }
}
