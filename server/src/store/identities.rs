//! Who is who at an identity provider.

use iap_core::access::AdmittedDomains;
use iap_core::time::{Hours, Timestamp};
use sqlx::{AnyConnection, Row as _};

use super::audit::{Actor, note};
use super::error::StoreError;
use super::open::Store;
use super::sessions::insert_session;
use crate::oidc::{Attempt, Person};

/// Why somebody whom the identity provider knows is not let in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// An operator has closed their access.
    #[error("An operator has closed your access. Ask whoever runs this server.")]
    Disabled,
    /// The provider says no address, or none that it has verified.
    #[error(
        "The identity provider does not say that your e-mail address is verified, and you have not \
         signed in through it before. Have your address verified there, or ask whoever runs this \
         server."
    )]
    Unverified,
    /// Nobody has that address, and its domain is not let in.
    #[error("Nobody with the address {0} has access here. Ask whoever runs this server to add it.")]
    Unknown(String),
    /// Whoever has that address here is somebody else at the provider.
    #[error(
        "Whoever has the address {0} here is somebody else at the identity provider. Ask whoever \
         runs this server to forget that identity."
    )]
    Taken(String),
    /// The attempt has let somebody in already.
    #[error("This sign-in is done already. Begin again.")]
    Finished,
    /// It cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for IdentityError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Opens a session for whoever an identity provider says has come, and keeps that the attempt is
    /// done; their key.
    ///
    /// The first time they are found by the address that the provider has verified, and added where
    /// its domain is let in. From then on it is the provider's subject that counts: another address
    /// there changes nothing here.
    ///
    /// # Errors
    /// [`IdentityError`]
    pub async fn open_session_of(
        &self,
        person: &Person,
        attempt: &Attempt,
        admitted: &AdmittedDomains,
        (token_sha256, user_agent, lasts): (&str, &str, Hours),
        now: Timestamp,
    ) -> Result<i64, IdentityError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let finished = sqlx::query(
            "INSERT INTO finished_sign_in (state, until) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(attempt.state())
        .bind(attempt.until().millis())
        .execute(&mut *connection)
        .await?;
        if finished.rows_affected() == 0 {
            return Err(IdentityError::Finished);
        }
        let user = match known(connection, person).await? {
            Some(user) => user,
            None => linked(connection, person, admitted, now).await?,
        };
        let (email, disabled) = shown(connection, user).await?;
        if disabled {
            return Err(IdentityError::Disabled);
        }
        let actor = Actor { user: Some(user), at: now };
        insert_session(connection, token_sha256, user_agent, lasts, &actor).await?;
        let through = format!("through {}", person.issuer);
        note(connection, &actor, "session.open", &email, &through).await?;
        transaction.commit().await?;
        Ok(user)
    }

    /// Forgets who somebody is at identity providers, and ends their sessions: their next sign-in
    /// finds them by their address. Whether anything was known.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn forget_identity(&self, user: i64, actor: &Actor) -> Result<bool, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let forgotten = sqlx::query("DELETE FROM identity WHERE user_id = $1")
            .bind(user)
            .execute(&mut *connection)
            .await?;
        if forgotten.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("DELETE FROM session WHERE user_id = $1")
            .bind(user)
            .execute(&mut *connection)
            .await?;
        note(connection, actor, "user.identity", &format!("user {user}"), "forgotten").await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Whose identity it is.
async fn known(connection: &mut AnyConnection, person: &Person) -> sqlx::Result<Option<i64>> {
    sqlx::query("SELECT user_id FROM identity WHERE issuer = $1 AND subject = $2")
        .bind(&*person.issuer)
        .bind(&*person.subject)
        .fetch_optional(connection)
        .await?
        .map(|row| row.try_get(0))
        .transpose()
}

/// Whoever has the person's address, as whom they are known from now on.
async fn linked(
    connection: &mut AnyConnection,
    person: &Person,
    admitted: &AdmittedDomains,
    now: Timestamp,
) -> Result<i64, IdentityError> {
    let email = person.email.as_ref().ok_or(IdentityError::Unverified)?;
    if admitted.admit(email) {
        add(connection, person, email.as_str(), now).await?;
    }
    let user = sqlx::query("SELECT id FROM iap_user WHERE email = $1")
        .bind(email.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let user = user.ok_or_else(|| IdentityError::Unknown(email.to_string()))?;
    let user: i64 = user.try_get(0)?;
    let linked = sqlx::query(
        "INSERT INTO identity (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    )
    .bind(&*person.issuer)
    .bind(&*person.subject)
    .bind(user)
    .bind(now.millis())
    .execute(&mut *connection)
    .await?;
    if linked.rows_affected() == 0 {
        // The same person may have come twice at the same moment.
        return match known(connection, person).await? {
            Some(same) => Ok(same),
            None => Err(IdentityError::Taken(email.to_string())),
        };
    }
    let actor = Actor { user: Some(user), at: now };
    let detail = format!("{} at {}", person.subject, person.issuer);
    note(connection, &actor, "user.identity", &format!("user {user}"), &detail).await?;
    Ok(user)
}

/// Adds somebody without rights and without a password, unless somebody has the address.
async fn add(
    connection: &mut AnyConnection,
    person: &Person,
    email: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let added = sqlx::query(
        "INSERT INTO iap_user (email, name, language, operator, created_at) \
         VALUES ($1, $2, $3, 0, $4) ON CONFLICT (email) DO NOTHING RETURNING id",
    )
    .bind(email)
    .bind(&*person.name)
    .bind(&*person.language)
    .bind(now.millis())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(added) = added else { return Ok(()) };
    let subject = format!("user {} {email}", added.try_get::<i64, _>(0)?);
    let by = format!("let in by {}", person.issuer);
    note(connection, &Actor::server(now), "user.add", &subject, &by).await
}

/// The address of somebody, and whether they are kept out.
async fn shown(connection: &mut AnyConnection, user: i64) -> sqlx::Result<(String, bool)> {
    let row = sqlx::query("SELECT email, disabled FROM iap_user WHERE id = $1")
        .bind(user)
        .fetch_one(connection)
        .await?;
    Ok((row.try_get(0)?, row.try_get::<i64, _>(1)? != 0))
}
