//! People, and what they may do.

use iap_core::access::{EmailAddress, Role};
use iap_core::api::{DatabaseRole, Member, Page, SignInWay, User, UserChange};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::error::DatabaseError;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, joined, note};
use super::error::{StoreError, is_duplicate};
use super::open::Store;
use super::page::{Cut, cut};

/// Somebody who is to be able to sign in.
#[derive(Clone, Debug)]
pub struct NewUserRow {
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they are called.
    pub name: String,
    /// Their language, as browsers name it.
    pub language: String,
    /// Whether they run the server.
    pub operator: bool,
    /// The hash of their password; none where they sign in through the identity provider only.
    pub password_hash: Option<String>,
}

/// What is needed to let somebody in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Who it is.
    pub user: i64,
    /// The hash of their password; none where they have none.
    pub password_hash: Option<String>,
    /// Whether they are kept from signing in.
    pub disabled: bool,
}

/// Why somebody cannot be changed so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserError {
    /// There is nobody of that key.
    #[error("There is no such user.")]
    Unknown,
    /// One of the services is none.
    #[error("There is no such service.")]
    UnknownService,
    /// Somebody has that address.
    #[error("There is a user with that address already.")]
    Taken,
    /// There would be nobody to run the server.
    #[error("This is the last operator. Make somebody else an operator first.")]
    LastOperator,
    /// It cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for UserError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

const USER: &str = "SELECT id, email, name, language, operator, disabled, created_at, \
                    CAST(COALESCE(LENGTH(password_hash), 0) AS BIGINT), \
                    (SELECT COUNT(*) FROM identity WHERE user_id = iap_user.id) FROM iap_user";

impl Store {
    /// Lets somebody sign in from now on; their key.
    ///
    /// # Errors
    /// [`UserError`]
    pub async fn add_user(
        &self,
        new: &NewUserRow,
        services: &[i64],
        actor: &Actor,
    ) -> Result<i64, UserError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let row = sqlx::query(
            "INSERT INTO iap_user (email, name, language, operator, password_hash, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email) DO NOTHING RETURNING id",
        )
        .bind(new.email.as_str())
        .bind(&*new.name)
        .bind(&*new.language)
        .bind(i64::from(new.operator))
        .bind(new.password_hash.as_deref())
        .bind(actor.at.millis())
        .fetch_optional(&mut *connection)
        .await?;
        let id: i64 = row.ok_or(UserError::Taken)?.try_get(0)?;
        set_services(connection, id, services).await?;
        let detail = if new.operator { "as an operator" } else { "" };
        note(connection, actor, "user.add", &format!("user {id} {}", new.email), detail).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Changes somebody. A password is given as its hash, and ends their sessions, as being disabled
    /// does.
    ///
    /// # Errors
    /// [`UserError`]
    pub async fn change_user(
        &self,
        user: i64,
        change: &UserChange,
        password_hash: Option<&str>,
        actor: &Actor,
    ) -> Result<(), UserError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        // All operators are locked, so that two do not take each other away.
        let operators = AssertSqlSafe(format!(
            "SELECT id FROM iap_user WHERE operator = 1 AND disabled = 0 ORDER BY id{}",
            self.dialect.for_update()
        ));
        let operators = sqlx::query(operators).fetch_all(&mut *connection).await?;
        let operators: Vec<i64> =
            operators.iter().map(|row| row.try_get(0)).collect::<sqlx::Result<_>>()?;
        let steps_down = change.operator == Some(false) || change.disabled == Some(true);
        if steps_down && operators == [user] {
            return Err(UserError::LastOperator);
        }
        let flag = |flag: Option<bool>| flag.map(i64::from);
        let changed = sqlx::query(
            "UPDATE iap_user SET name = COALESCE($2, name), language = COALESCE($3, language), \
             operator = COALESCE($4, operator), disabled = COALESCE($5, disabled), \
             password_hash = COALESCE($6, password_hash) WHERE id = $1",
        )
        .bind(user)
        .bind(change.name.as_deref())
        .bind(change.language.as_deref())
        .bind(flag(change.operator))
        .bind(flag(change.disabled))
        .bind(password_hash)
        .execute(&mut *connection)
        .await?;
        if changed.rows_affected() == 0 {
            return Err(UserError::Unknown);
        }
        if let Some(services) = &change.services {
            sqlx::query("DELETE FROM service_user WHERE user_id = $1")
                .bind(user)
                .execute(&mut *connection)
                .await?;
            set_services(connection, user, services).await?;
        }
        if password_hash.is_some() || change.disabled == Some(true) {
            sqlx::query("DELETE FROM session WHERE user_id = $1")
                .bind(user)
                .execute(&mut *connection)
                .await?;
        }
        let detail = changes(change, password_hash.is_some());
        note(connection, actor, "user.change", &format!("user {user}"), &detail).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// What is needed to let in whoever has an address.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn credentials(
        &self,
        email: &EmailAddress,
    ) -> Result<Option<Credentials>, StoreError> {
        let row = sqlx::query(
            "SELECT id, COALESCE(password_hash, ''), disabled FROM iap_user WHERE email = $1",
        )
        .bind(email.as_str())
        .fetch_optional(&self.readers)
        .await?;
        let read = |row: AnyRow| -> sqlx::Result<_> {
            Ok(Credentials {
                user: row.try_get(0)?,
                password_hash: Some(row.try_get(1)?).filter(|hash: &String| !hash.is_empty()),
                disabled: row.try_get::<i64, _>(2)? != 0,
            })
        };
        Ok(row.map(read).transpose()?)
    }

    /// Somebody by their key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn user(&self, id: i64) -> Result<Option<User>, StoreError> {
        let statement = AssertSqlSafe(format!("{USER} WHERE id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        let Some(row) = row else { return Ok(None) };
        let mut user = read_user(&row)?;
        self.add_rights(std::slice::from_mut(&mut user)).await?;
        Ok(Some(user))
    }

    /// Everybody who can sign in, by their keys. Databases and services are told with each.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn users(&self, cut_at: Cut) -> Result<Page<User>, StoreError> {
        let statement = AssertSqlSafe(format!("{USER} WHERE id > $1 ORDER BY id LIMIT $2"));
        let query = sqlx::query(statement).bind(cut_at.above()).bind(cut_at.rows());
        let rows = query.fetch_all(&self.readers).await?;
        let users = rows.iter().map(read_user).collect::<Result<Vec<_>, _>>()?;
        let mut page = cut(users, cut_at, |user| user.id);
        self.add_rights(&mut page.items).await?;
        Ok(page)
    }

    /// Adds to people, who stand by their keys, what they may do: of all of them in one question.
    async fn add_rights(&self, users: &mut [User]) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (users.first(), users.last()) else { return Ok(()) };
        let rows = sqlx::query(
            "SELECT user_id, database_id, role FROM database_user \
             WHERE user_id >= $1 AND user_id <= $2 \
             UNION ALL SELECT user_id, service_id, '' FROM service_user \
             WHERE user_id >= $1 AND user_id <= $2 ORDER BY 1, 2",
        )
        .bind(first.id)
        .bind(last.id)
        .fetch_all(&self.readers)
        .await?;
        for row in rows {
            let (of, id): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let role: String = row.try_get(2)?;
            // Somebody may have been added since.
            let place = users.binary_search_by_key(&of, |user| user.id).ok();
            let Some(user) = place.and_then(|place| users.get_mut(place)) else { continue };
            if role.is_empty() {
                user.services.push(id);
            } else {
                user.databases.push(DatabaseRole { database: id, role: read_role(&role)? });
            }
        }
        Ok(())
    }

    /// Who has a role in a database, by their addresses.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn members(&self, database: i64) -> Result<Vec<Member>, StoreError> {
        let rows = sqlx::query(
            "SELECT u.id, u.email, u.name, m.role FROM database_user AS m \
             JOIN iap_user AS u ON u.id = m.user_id WHERE m.database_id = $1 ORDER BY u.email",
        )
        .bind(database)
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            Ok(Member {
                user: row.try_get(0)?,
                email: read_email(&row.try_get::<String, _>(1)?)?,
                name: row.try_get(2)?,
                role: read_role(&row.try_get::<String, _>(3)?)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Gives somebody a role in a database, in place of the one before; takes it where none is given.
    ///
    /// # Errors
    /// [`UserError`]
    pub async fn set_role(
        &self,
        database: i64,
        user: i64,
        role: Option<Role>,
        actor: &Actor,
    ) -> Result<(), UserError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let set =
            match role {
                Some(role) => sqlx::query(
                    "INSERT INTO database_user (database_id, user_id, role) VALUES ($1, $2, $3) \
                     ON CONFLICT (database_id, user_id) DO UPDATE SET role = excluded.role",
                )
                .bind(database)
                .bind(user)
                .bind(role.as_str())
                .execute(&mut *connection)
                .await,
                None => {
                    sqlx::query("DELETE FROM database_user WHERE database_id = $1 AND user_id = $2")
                        .bind(database)
                        .bind(user)
                        .execute(&mut *connection)
                        .await
                }
            };
        if set.map_err(unknown(UserError::Unknown))?.rows_affected() == 0 {
            return Err(UserError::Unknown);
        }
        let subject = format!("database {database} user {user}");
        let detail = role.map_or("none", Role::as_str);
        note(connection, actor, "database.role", &subject, detail).await?;
        Ok(transaction.commit().await?)
    }
}

async fn set_services(
    connection: &mut AnyConnection,
    user: i64,
    services: &[i64],
) -> Result<(), UserError> {
    for &service in services {
        sqlx::query(
            "INSERT INTO service_user (service_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(service)
        .bind(user)
        .execute(&mut *connection)
        .await
        .map_err(unknown(UserError::UnknownService))?;
    }
    Ok(())
}

/// A row that refers to one that is not there.
fn unknown(what: UserError) -> impl FnOnce(sqlx::Error) -> UserError {
    |error| {
        let refers = error.as_database_error().is_some_and(DatabaseError::is_foreign_key_violation);
        if refers && !is_duplicate(&error) { what } else { error.into() }
    }
}

/// What changed, for the audit log; passwords are named, not told.
fn changes(change: &UserChange, password: bool) -> String {
    let flag = |name: &str, flag: Option<bool>| flag.map(|flag| format!("{name} = {flag}"));
    let said = [
        change.name.as_ref().map(|name| format!("name = {name}")),
        change.language.as_ref().map(|language| format!("language = {language}")),
        flag("operator", change.operator),
        flag("disabled", change.disabled),
        change.services.as_ref().map(|services| format!("services = {services:?}")),
        password.then(|| "a new password".to_owned()),
    ];
    joined(said)
}

fn read_user(row: &AnyRow) -> Result<User, StoreError> {
    Ok(User {
        id: row.try_get(0)?,
        email: read_email(&row.try_get::<String, _>(1)?)?,
        name: row.try_get(2)?,
        language: row.try_get(3)?,
        operator: row.try_get::<i64, _>(4)? != 0,
        disabled: row.try_get::<i64, _>(5)? != 0,
        ways: read_ways(row)?,
        databases: Vec::new(),
        services: Vec::new(),
        created_at: Timestamp::from_millis(row.try_get(6)?),
    })
}

/// The ways in which somebody signs in: the length of the hash of a password, and how many identities.
fn read_ways(row: &AnyRow) -> Result<Vec<SignInWay>, StoreError> {
    let ways = SignInWay::ALL.into_iter().zip([row.try_get::<i64, _>(7)?, row.try_get(8)?]);
    Ok(ways.filter(|&(_, count)| count > 0).map(|(way, _)| way).collect())
}

pub(super) fn read_email(text: &str) -> Result<EmailAddress, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("“{text}” is no address")))
}

fn read_role(word: &str) -> Result<Role, StoreError> {
    Role::from_word(word).ok_or_else(|| StoreError::Corrupt(format!("a role is “{word}”")))
}
