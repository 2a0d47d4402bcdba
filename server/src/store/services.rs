//! What is offered.

use iap_core::access::EmailAddress;
use iap_core::api::{self, ServiceChange};
use iap_core::catalogue::{Origin, Service, ServiceIcon, ServiceName};
use iap_core::credits::Amount;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::audit::{Actor, joined, note};
use super::error::{StoreError, is_duplicate};
use super::open::Store;

/// A service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// Its key here.
    pub id: i64,
    /// What the rules know of it.
    pub service: Service,
    /// What people call it.
    pub label: String,
}

/// A service that is to be offered.
#[derive(Clone, Debug)]
pub struct NewService {
    /// What the rules know of it.
    pub service: Service,
    /// What people call it.
    pub label: String,
    /// Its picture.
    pub icon: ServiceIcon,
    /// What it does, in a sentence or two.
    pub description: String,
    /// Where it says what becomes of what it is given; empty where it does not say.
    pub privacy_url: String,
    /// SHA-256 of its provider's key, in hexadecimal; none where only this server uses it.
    pub key_sha256: Option<String>,
}

/// Why a service is not called as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRefused {
    /// Another service is.
    Taken,
    /// Programs know it by the name before.
    Used,
}

const SERVICE: &str = "SELECT id, name, first_party, trial, label FROM service";

impl Store {
    /// A service by its name.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn service(&self, name: &ServiceName) -> Result<Option<ServiceRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{SERVICE} WHERE name = $1"));
        let row = sqlx::query(statement).bind(name.as_str()).fetch_optional(&self.readers).await?;
        row.map(|row| read_service(&row)).transpose()
    }

    /// The service whose provider has a key, by the key's SHA-256 in hexadecimal.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn service_of_key(&self, sha256: &str) -> Result<Option<ServiceRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{SERVICE} WHERE key_sha256 = $1"));
        let row = sqlx::query(statement).bind(sha256).fetch_optional(&self.readers).await?;
        row.map(|row| read_service(&row)).transpose()
    }

    /// Offers a service. None where there is one of that name, or with that key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn add_service(
        &self,
        new: &NewService,
        actor: &Actor,
    ) -> Result<Option<i64>, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let row = sqlx::query(
            "INSERT INTO service (name, label, description, privacy_url, first_party, trial, \
             key_sha256, created_at, icon) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(new.service.name.as_str())
        .bind(&*new.label)
        .bind(&*new.description)
        .bind(&*new.privacy_url)
        .bind(i64::from(new.service.origin == Origin::FirstParty))
        .bind(new.service.trial.millionths())
        .bind(new.key_sha256.clone())
        .bind(actor.at.millis())
        .bind(new.icon.as_str())
        .fetch_optional(&mut *connection)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let id: i64 = row.try_get(0)?;
        let subject = format!("service {id} {}", new.service.name);
        note(connection, actor, "service.add", &subject, "").await?;
        transaction.commit().await?;
        Ok(Some(id))
    }

    /// All services as they are shown, by their names.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_services(&self) -> Result<Vec<api::Service>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} ORDER BY name"));
        let rows = sqlx::query(statement).fetch_all(&self.readers).await?;
        rows.iter().map(read_shown).collect()
    }

    /// A service as it is shown, by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_service(&self, id: i64) -> Result<Option<api::Service>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} WHERE id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read_shown(&row)).transpose()
    }

    /// Changes a service. Nothing happens where there is none of that key.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`NameRefused`].
    pub async fn change_service(
        &self,
        id: i64,
        change: &ServiceChange,
        actor: &Actor,
    ) -> Result<Result<(), NameRefused>, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        if let Some(name) = &change.name {
            let renamed = sqlx::query(
                "UPDATE service SET name = $2 WHERE id = $1 AND (name = $2 OR NOT EXISTS \
                 (SELECT 1 FROM account WHERE service_id = $1))",
            )
            .bind(id)
            .bind(name.as_str())
            .execute(&mut *connection)
            .await;
            match renamed {
                Err(error) if is_duplicate(&error) => return Ok(Err(NameRefused::Taken)),
                renamed => {
                    if renamed?.rows_affected() == 0 {
                        return Ok(Err(NameRefused::Used));
                    }
                }
            }
        }
        sqlx::query(
            "UPDATE service SET label = COALESCE($2, label), \
             description = COALESCE($3, description), privacy_url = COALESCE($4, privacy_url), \
             first_party = COALESCE($5, first_party), trial = COALESCE($6, trial), \
             icon = COALESCE($7, icon) WHERE id = $1",
        )
        .bind(id)
        .bind(change.label.as_deref())
        .bind(change.description.as_deref())
        .bind(change.privacy_url.as_deref())
        .bind(change.first_party.map(i64::from))
        .bind(change.trial.map(Amount::millionths))
        .bind(change.icon.map(ServiceIcon::as_str))
        .execute(&mut *connection)
        .await?;
        let said = [
            change.name.as_ref().map(|name| format!("name = {name}")),
            change.icon.map(|icon| format!("icon = {}", icon.as_str())),
            change.label.as_ref().map(|label| format!("label = {label}")),
            change.description.as_ref().map(|_| "a new description".to_owned()),
            change.privacy_url.as_ref().map(|url| format!("privacy_url = {url}")),
            change.first_party.map(|flag| format!("first_party = {flag}")),
            change.trial.map(|trial| format!("trial = {trial}")),
        ];
        let detail = joined(said);
        note(connection, actor, "service.change", &format!("service {id}"), &detail).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Keeps the SHA-256 of a service's new key; the one before opens nothing any more.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_service_key(
        &self,
        id: i64,
        key_sha256: &str,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query("UPDATE service SET key_sha256 = $2 WHERE id = $1")
            .bind(id)
            .bind(key_sha256)
            .execute(&mut *connection)
            .await?;
        note(connection, actor, "service.key", &format!("service {id}"), "a new key").await?;
        Ok(transaction.commit().await?)
    }

    /// Who offers a service, by their addresses.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn providers(&self, service: i64) -> Result<Vec<api::ServiceProvider>, StoreError> {
        let rows = sqlx::query(
            "SELECT u.id, u.email, u.name FROM service_user AS s \
             JOIN iap_user AS u ON u.id = s.user_id WHERE s.service_id = $1 ORDER BY u.email",
        )
        .bind(service)
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            let email: String = row.try_get(1)?;
            let corrupt = || StoreError::Corrupt(format!("somebody's address “{email}”"));
            let email: EmailAddress = email.parse().map_err(|_| corrupt())?;
            Ok(api::ServiceProvider { user: row.try_get(0)?, email, name: row.try_get(2)? })
        };
        rows.iter().map(read).collect()
    }

    /// Lets somebody offer a service, or no longer; whether there are both.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_provider(
        &self,
        service: i64,
        user: i64,
        provides: bool,
        actor: &Actor,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let statement = if provides {
            "INSERT INTO service_user (service_id, user_id) \
             SELECT s.id, u.id FROM service AS s, iap_user AS u WHERE s.id = $1 AND u.id = $2 \
             ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM service_user WHERE service_id = $1 AND user_id = $2"
        };
        let done =
            sqlx::query(statement).bind(service).bind(user).execute(&mut *connection).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("user {user}: {}", if provides { "yes" } else { "no" });
        note(connection, actor, "service.provider", &format!("service {service}"), &detail).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The picture of that word.
pub(super) fn read_icon(word: &str) -> Result<ServiceIcon, StoreError> {
    ServiceIcon::from_word(word).ok_or_else(|| StoreError::Corrupt(format!("the icon “{word}”")))
}

const SHOWN: &str = "SELECT id, name, first_party, trial, label, description, privacy_url, \
                     COALESCE(key_sha256, ''), created_at, icon, \
                     CAST(CASE WHEN EXISTS (SELECT 1 FROM account \
                     WHERE account.service_id = service.id) THEN 1 ELSE 0 END AS BIGINT) \
                     FROM service";

fn read_shown(row: &AnyRow) -> Result<api::Service, StoreError> {
    let ServiceRow { id, service, label } = read_service(row)?;
    let icon: String = row.try_get(9)?;
    Ok(api::Service {
        id,
        name: service.name,
        label,
        description: row.try_get(5)?,
        privacy_url: row.try_get(6)?,
        first_party: service.origin == Origin::FirstParty,
        trial: service.trial,
        has_key: !row.try_get::<String, _>(7)?.is_empty(),
        created_at: Timestamp::from_millis(row.try_get(8)?),
        icon: read_icon(&icon)?,
        is_used: row.try_get::<i64, _>(10)? != 0,
    })
}

fn read_service(row: &AnyRow) -> Result<ServiceRow, StoreError> {
    let name: String = row.try_get(1)?;
    let trial = Amount::new(Credits::from_millionths(row.try_get(3)?));
    let origin = match row.try_get::<i64, _>(2)? {
        0 => Origin::ThirdParty,
        _ => Origin::FirstParty,
    };
    Ok(ServiceRow {
        id: row.try_get(0)?,
        service: Service {
            name: name.parse().map_err(|_| StoreError::Corrupt(format!("service “{name}”")))?,
            origin,
            trial: trial.map_err(|_| StoreError::Corrupt(format!("the trial of {name}")))?,
        },
        label: row.try_get(4)?,
    })
}
