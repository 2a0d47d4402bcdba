//! What services took, and what it is worth.
//!
//! Worth depends on all that happened on an account since its beginning, so each account's chain of entries
//! is followed to its end. The database adds up what lies within each quarter of an hour.

use std::collections::BTreeMap;

use iap_core::api::{Earned, Revenue, Service};
use iap_core::credits::{Amount, Money, Moves, RevenueBook, Sale, Share};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::consumption::QUARTER;
use super::error::StoreError;
use super::open::Store;

impl Store {
    /// What services took between each of the `edges` and the next, in the order of `services`, and what it
    /// is worth where this much of it is the platform's. Edges ascend and are multiples of [`QUARTER`].
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn revenue(
        &self,
        services: Vec<Service>,
        edges: &[Timestamp],
        share: Share,
    ) -> Result<Vec<Revenue>, StoreError> {
        let mut all = Vec::with_capacity(services.len());
        for service in services {
            let mut book = RevenueBook::new(edges);
            for account in self.moves(service.id, edges).await?.into_values() {
                book.enter(account).map_err(|_| {
                    StoreError::Corrupt(format!("{} took more than there can be", service.name))
                })?;
            }
            let providers = self.providers(service.id).await?;
            all.push(Revenue {
                service: service.id,
                name: service.name,
                label: service.label,
                icon: service.icon,
                providers: providers.into_iter().map(|it| it.email).collect(),
                platform_share: share,
                spans: book.close().into_iter().map(|taken| Earned::new(taken, share)).collect(),
            });
        }
        Ok(all)
    }

    /// What happened on each account of a service before the last edge, quarter by quarter.
    async fn moves(
        &self,
        service: i64,
        edges: &[Timestamp],
    ) -> Result<BTreeMap<i64, BTreeMap<Timestamp, Moves>>, StoreError> {
        let last = edges.last().map_or(0, |edge| edge.millis());
        let mut accounts = BTreeMap::<i64, BTreeMap<Timestamp, Moves>>::new();
        let columns = "e.id, e.account_id, e.previous, e.at, e.provider_paid, e.provider_granted, \
                       e.platform_paid";
        let statement = AssertSqlSafe(format!(
            "WITH RECURSIVE chain AS (\
               SELECT {columns} FROM account AS a JOIN entry AS e ON e.id = a.last_entry \
               WHERE a.service_id = $1 \
               UNION ALL \
               SELECT {columns} FROM chain AS c JOIN entry AS e ON e.id = c.previous\
             ) SELECT account_id, at / {QUARTER}, \
               CAST(SUM(CASE WHEN platform_paid < 0 THEN -platform_paid ELSE 0 END) AS BIGINT), \
               CAST(SUM(CASE WHEN platform_paid > 0 THEN platform_paid ELSE 0 END) AS BIGINT), \
               CAST(SUM(provider_paid) AS BIGINT), CAST(SUM(provider_granted) AS BIGINT), \
               CAST(SUM(CASE WHEN provider_paid + provider_granted <> 0 THEN 1 ELSE 0 END) AS BIGINT) \
             FROM chain WHERE at < $2 \
             AND (provider_paid <> 0 OR provider_granted <> 0 OR platform_paid <> 0) \
             GROUP BY account_id, at / {QUARTER}"
        ));
        let rows = sqlx::query(statement).bind(service).bind(last).fetch_all(&self.readers).await?;
        for row in rows {
            let moves = accounts.entry(row.try_get(0)?).or_default().entry(at(&row)?).or_default();
            moves.came = amount(&row, 2)?;
            moves.went = amount(&row, 3)?;
            moves.paid = Credits::from_millionths(row.try_get(4)?);
            moves.granted = Credits::from_millionths(row.try_get(5)?);
            moves.executions = row.try_get(6)?;
        }
        // What was sold and taken back, at the moments at which the ledger was told.
        let sales = |entry: &str, is_refund: u8| {
            format!(
                "SELECT o.account_id, e.at / {QUARTER}, o.credits, o.price, o.currency, \
                 CAST({is_refund} AS BIGINT) FROM account AS a \
                 JOIN iap_order AS o ON o.account_id = a.id JOIN entry AS e ON e.id = o.{entry} \
                 WHERE a.service_id = $1 AND e.at < $2"
            )
        };
        let (sold, refunded) = (sales("entry_id", 0), sales("refund_entry_id", 1));
        let statement = AssertSqlSafe(format!("{sold} UNION ALL {refunded}"));
        let rows = sqlx::query(statement).bind(service).bind(last).fetch_all(&self.readers).await?;
        for row in rows {
            let account = row.try_get(0)?;
            let corrupt = || StoreError::Corrupt(format!("an order of account {account}"));
            let price = u64::try_from(row.try_get::<i64, _>(3)?).map_err(|_| corrupt())?;
            let currency: String = row.try_get(4)?;
            let price = Money::new(price, currency.parse().map_err(|_| corrupt())?);
            let sale = Sale { credits: amount(&row, 2)?, price };
            let moves = accounts.entry(account).or_default().entry(at(&row)?).or_default();
            let is_refund = row.try_get::<i64, _>(5)? != 0;
            if is_refund { moves.refunded.push(sale) } else { moves.sold.push(sale) }
        }
        Ok(accounts)
    }
}

fn at(row: &AnyRow) -> Result<Timestamp, StoreError> {
    Ok(Timestamp::from_millis(row.try_get::<i64, _>(1)?.saturating_mul(QUARTER)))
}

fn amount(row: &AnyRow, column: usize) -> Result<Amount, StoreError> {
    let credits = Credits::from_millionths(row.try_get(column)?);
    Amount::new(credits).map_err(|_| StoreError::Corrupt("credits below nothing".to_owned()))
}
