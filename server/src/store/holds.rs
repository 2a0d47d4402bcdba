//! Credits set aside for work, as they are shown.

use iap_core::api::{Hold, HoldState, Page};
use iap_core::credits::Amount;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};

const HOLD: &str = "SELECT h.id, h.account_id, h.paid + h.granted, h.expires_at, h.state, \
                    h.charged_paid + h.charged_granted, h.refunded_paid + h.refunded_granted \
                    FROM hold AS h";

impl Store {
    /// The open holds of an account, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_holds(&self, account: i64, cut_at: Cut) -> Result<Page<Hold>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{HOLD} WHERE h.state = 'open' AND h.account_id = $1 AND h.id < $2 \
             ORDER BY h.id DESC LIMIT $3"
        ));
        let rows = sqlx::query(statement)
            .bind(account)
            .bind(cut_at.before())
            .bind(cut_at.rows())
            .fetch_all(&self.readers)
            .await?;
        let holds = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(holds, cut_at, |hold| hold.id))
    }

    /// A hold on an account for a service, by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn hold_of_service(
        &self,
        hold: i64,
        service: i64,
    ) -> Result<Option<Hold>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{HOLD} JOIN account AS a ON a.id = h.account_id WHERE h.id = $1 AND a.service_id = $2"
        ));
        let query = sqlx::query(statement).bind(hold).bind(service);
        let row = query.fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }
}

fn read(row: &AnyRow) -> Result<Hold, StoreError> {
    let (id, state): (i64, String) = (row.try_get(0)?, row.try_get(4)?);
    let corrupt = || StoreError::Corrupt(format!("hold {id} is in no state"));
    let amount = |column: usize| {
        Amount::new(Credits::from_millionths(row.try_get(column)?)).map_err(|_| corrupt())
    };
    Ok(Hold {
        id,
        account: row.try_get(1)?,
        amount: amount(2)?,
        expires_at: Timestamp::from_millis(row.try_get(3)?),
        state: HoldState::from_word(&state).ok_or_else(corrupt)?,
        charged: amount(5)?,
        refunded: amount(6)?,
    })
}
