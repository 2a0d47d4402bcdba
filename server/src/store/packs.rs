//! What can be bought.

use iap_core::api::{NewPack, Pack, PackChange};
use iap_core::catalogue::ServiceIcon;
use iap_core::credits::Amount;
use iap_core::pricing::Credits;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::audit::{Actor, joined, note};
use super::error::{StoreError, is_duplicate};
use super::open::Store;
use super::services::read_icon;

const PACK: &str = "SELECT id, service_id, name, description, credits, price, currency, position, \
                    offered, icon FROM pack";

/// A pack of the same service is called the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameTaken;

impl Store {
    /// The packs of a service in their order: those that can be bought, or all.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn packs(&self, service: i64, all: bool) -> Result<Vec<Pack>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{PACK} WHERE service_id = $1 AND (offered = 1 OR $2 = 1) ORDER BY position, id"
        ));
        let query = sqlx::query(statement).bind(service).bind(i64::from(all));
        query.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// The packs of all services that can be bought, in their order.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn offered_packs(&self) -> Result<Vec<Pack>, StoreError> {
        let statement = AssertSqlSafe(format!("{PACK} WHERE offered = 1 ORDER BY position, id"));
        sqlx::query(statement).fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// A pack by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn pack(&self, id: i64) -> Result<Option<Pack>, StoreError> {
        let statement = AssertSqlSafe(format!("{PACK} WHERE id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// Sells a pack from now on; its key.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`NameTaken`].
    pub async fn add_pack(
        &self,
        service: i64,
        new: &NewPack,
        actor: &Actor,
    ) -> Result<Result<i64, NameTaken>, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let row = sqlx::query(
            "INSERT INTO pack (service_id, name, description, credits, price, currency, position, \
             icon) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(service)
        .bind(&*new.name)
        .bind(&*new.description)
        .bind(new.credits.millionths())
        .bind(i64::try_from(new.price).unwrap_or(i64::MAX))
        .bind(new.currency.code())
        .bind(new.position)
        .bind(new.icon.as_str())
        .fetch_optional(&mut *connection)
        .await?;
        let Some(row) = row else { return Ok(Err(NameTaken)) };
        let id: i64 = row.try_get(0)?;
        let detail = format!("{} credits for {} {}", new.credits, new.price, new.currency);
        let subject = format!("pack {id} {} of service {service}", new.name);
        note(connection, actor, "pack.add", &subject, &detail).await?;
        transaction.commit().await?;
        Ok(Ok(id))
    }

    /// Changes a pack. Nothing happens where there is none of that key.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`NameTaken`].
    pub async fn change_pack(
        &self,
        id: i64,
        change: &PackChange,
        actor: &Actor,
    ) -> Result<Result<(), NameTaken>, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let changed = sqlx::query(
            "UPDATE pack SET name = COALESCE($2, name), description = COALESCE($3, description), \
             credits = COALESCE($4, credits), price = COALESCE($5, price), \
             position = COALESCE($6, position), offered = COALESCE($7, offered), \
             icon = COALESCE($8, icon) WHERE id = $1",
        )
        .bind(id)
        .bind(change.name.as_deref())
        .bind(change.description.as_deref())
        .bind(change.credits.map(Amount::millionths))
        .bind(change.price.map(|price| i64::try_from(price).unwrap_or(i64::MAX)))
        .bind(change.position)
        .bind(change.offered.map(i64::from))
        .bind(change.icon.map(ServiceIcon::as_str))
        .execute(&mut *connection)
        .await;
        match changed {
            Err(error) if is_duplicate(&error) => return Ok(Err(NameTaken)),
            changed => changed?,
        };
        let said = [
            change.name.as_ref().map(|name| format!("name = {name}")),
            change.icon.map(|icon| format!("icon = {}", icon.as_str())),
            change.description.as_ref().map(|_| "a new description".to_owned()),
            change.credits.map(|credits| format!("credits = {credits}")),
            change.price.map(|price| format!("price = {price}")),
            change.position.map(|position| format!("position = {position}")),
            change.offered.map(|offered| format!("offered = {offered}")),
        ];
        let detail = joined(said);
        note(connection, actor, "pack.change", &format!("pack {id}"), &detail).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }
}

fn read(row: &AnyRow) -> Result<Pack, StoreError> {
    let id: i64 = row.try_get(0)?;
    let corrupt = || StoreError::Corrupt(format!("pack {id} cannot be"));
    let credits = Amount::new(Credits::from_millionths(row.try_get(4)?));
    let currency: String = row.try_get(6)?;
    Ok(Pack {
        id,
        service: row.try_get(1)?,
        name: row.try_get(2)?,
        description: row.try_get(3)?,
        credits: credits.map_err(|_| corrupt())?,
        price: u64::try_from(row.try_get::<i64, _>(5)?).map_err(|_| corrupt())?,
        currency: currency.parse().map_err(|_| corrupt())?,
        position: row.try_get(7)?,
        offered: row.try_get::<i64, _>(8)? != 0,
        icon: read_icon(&row.try_get::<String, _>(9)?)?,
    })
}
