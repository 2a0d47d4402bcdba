//! Accounts as they are shown.

use std::collections::BTreeMap;

use iap_core::api::{Account, AccountChange, Alert, Funds, Page, Recipient};
use iap_core::credits::{Amount, Companies};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::audit::{Actor, joined, note};
use super::databases::within;
use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};
use super::users::read_email;

const SHOWN: &str = "SELECT a.id, a.database_id, a.service_id, s.name, s.label, a.available_paid, \
                     a.available_granted, a.held_paid, a.held_granted, a.sender_name, \
                     COALESCE(a.threshold, 0), a.created_at, a.disabled FROM account AS a \
                     JOIN service AS s ON s.id = a.service_id";

/// The most accounts of a database that are told at once.
const MOST: i64 = 1_000;

impl Store {
    /// Accounts, by their keys: those of a database and of a service, if they are given, and only
    /// those of some databases, if some are.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_accounts(
        &self,
        database: Option<i64>,
        service: Option<i64>,
        only: Option<&[i64]>,
        cut_at: Cut,
    ) -> Result<Page<Account>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{SHOWN} WHERE a.id > $1 AND ($2 = 0 OR a.database_id = $2) \
             AND ($3 = 0 OR a.service_id = $3){} ORDER BY a.id LIMIT $4",
            within("a.database_id", only)
        ));
        let rows = sqlx::query(statement)
            .bind(cut_at.above())
            .bind(database.unwrap_or(0))
            .bind(service.unwrap_or(0))
            .bind(cut_at.rows())
            .fetch_all(&self.readers)
            .await?;
        let accounts = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let mut page = cut(accounts, cut_at, |account| account.id);
        self.add_lists(&mut page.items).await?;
        Ok(page)
    }

    /// The accounts of a database, the oldest first: as many as there can be for its services.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn accounts_of_database(&self, database: i64) -> Result<Vec<Account>, StoreError> {
        let statement =
            AssertSqlSafe(format!("{SHOWN} WHERE a.database_id = $1 ORDER BY a.id LIMIT {MOST}"));
        let rows = sqlx::query(statement).bind(database).fetch_all(&self.readers).await?;
        let mut accounts = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        self.add_lists(&mut accounts).await?;
        Ok(accounts)
    }

    /// An account, by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_account(&self, id: i64) -> Result<Option<Account>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} WHERE a.id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        let mut accounts = row.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        self.add_lists(&mut accounts).await?;
        Ok(accounts.pop())
    }

    /// Those of some accounts that are of some databases, by their keys.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn accounts_within(
        &self,
        accounts: &[i64],
        databases: &[i64],
    ) -> Result<Vec<i64>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "SELECT id FROM account WHERE 1 = 1{}{} ORDER BY id",
            within("id", Some(accounts)),
            within("database_id", Some(databases))
        ));
        let rows = sqlx::query(statement).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// The companies that an account is limited to.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn companies_of(&self, account: i64) -> Result<Companies, StoreError> {
        let rows = sqlx::query("SELECT company FROM account_company WHERE account_id = $1")
            .bind(account)
            .fetch_all(&self.readers)
            .await?;
        let companies = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<_>, _>>()?;
        Ok(Companies::only(companies))
    }

    /// The companies that accounts are limited to, and who is warned.
    async fn add_lists(&self, accounts: &mut [Account]) -> Result<(), StoreError> {
        let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
        let mut by_id: BTreeMap<_, _> =
            accounts.iter_mut().map(|account| (account.id, account)).collect();
        let within = within("account_id", Some(&ids));
        let statement = AssertSqlSafe(format!(
            "SELECT account_id, company FROM account_company WHERE 1 = 1{within} ORDER BY company"
        ));
        for row in sqlx::query(statement).fetch_all(&self.readers).await? {
            if let Some(account) = by_id.get_mut(&row.try_get(0)?) {
                account.companies.push(row.try_get(1)?);
            }
        }
        let statement = AssertSqlSafe(format!(
            "SELECT account_id, email, language FROM alert_recipient WHERE 1 = 1{within} \
             ORDER BY email"
        ));
        for row in sqlx::query(statement).fetch_all(&self.readers).await? {
            if let Some(account) = by_id.get_mut(&row.try_get(0)?) {
                let email = read_email(&row.try_get::<String, _>(1)?)?;
                let language = row.try_get(2)?;
                account.alert.recipients.push(Recipient { email, language });
            }
        }
        Ok(())
    }

    /// Changes what is set for an account. Nothing happens where there is none of that key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn change_account(
        &self,
        id: i64,
        change: &AccountChange,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        if let Some(sender) = &change.sender_name {
            sqlx::query("UPDATE account SET sender_name = $2 WHERE id = $1")
                .bind(id)
                .bind(&**sender)
                .execute(&mut *connection)
                .await?;
        }
        if let Some(companies) = &change.companies {
            sqlx::query("DELETE FROM account_company WHERE account_id = $1")
                .bind(id)
                .execute(&mut *connection)
                .await?;
            for &company in companies {
                sqlx::query(
                    "INSERT INTO account_company (account_id, company) VALUES ($1, $2) \
                     ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(company)
                .execute(&mut *connection)
                .await?;
            }
        }
        if let Some(disabled) = change.disabled {
            sqlx::query("UPDATE account SET disabled = $2 WHERE id = $1")
                .bind(id)
                .bind(i64::from(disabled))
                .execute(&mut *connection)
                .await?;
        }
        let said = [
            change.disabled.map(|disabled| format!("disabled = {disabled}")),
            change.sender_name.as_ref().map(|name| format!("sender_name = {name}")),
            change.companies.as_ref().map(|companies| format!("companies = {companies:?}")),
        ];
        let detail = joined(said);
        note(connection, actor, "account.change", &format!("account {id}"), &detail).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes in the audit log to whom and when the warning of an account goes.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_alert(
        &self,
        id: i64,
        alert: &Alert,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let recipients: Vec<_> = alert.recipients.iter().map(|it| it.email.as_str()).collect();
        let threshold = alert.threshold.map_or("none".to_owned(), |amount| amount.to_string());
        let detail = format!("threshold = {threshold}, recipients = {}", recipients.join(" "));
        let connection = transaction.connection()?;
        note(connection, actor, "account.alert", &format!("account {id}"), &detail).await?;
        Ok(transaction.commit().await?)
    }
}

fn read(row: &AnyRow) -> Result<Account, StoreError> {
    let id: i64 = row.try_get(0)?;
    let corrupt = || StoreError::Corrupt(format!("account {id} has a balance that cannot be"));
    let funds = |paid: i64, granted: i64| {
        let amount = |millionths| Amount::new(Credits::from_millionths(millionths)).ok();
        let (paid, granted) = (amount(paid)?, amount(granted)?);
        Some(Funds { paid, granted, total: paid.checked_add(granted).ok()? })
    };
    let name: String = row.try_get(3)?;
    let threshold = Amount::new(Credits::from_millionths(row.try_get(10)?)).ok();
    Ok(Account {
        id,
        database: row.try_get(1)?,
        service: row.try_get(2)?,
        service_name: name.parse().map_err(|_| StoreError::Corrupt(format!("service “{name}”")))?,
        service_label: row.try_get(4)?,
        available: funds(row.try_get(5)?, row.try_get(6)?).ok_or_else(corrupt)?,
        held: funds(row.try_get(7)?, row.try_get(8)?).ok_or_else(corrupt)?,
        sender_name: row.try_get(9)?,
        companies: Vec::new(),
        alert: Alert {
            threshold: threshold.filter(|threshold| !threshold.is_zero()),
            recipients: Vec::new(),
        },
        disabled: row.try_get::<i64, _>(12)? != 0,
        created_at: Timestamp::from_millis(row.try_get(11)?),
    })
}
