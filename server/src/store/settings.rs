//! What the operator sets for the whole server.

use iap_core::api::{Buyer, Settings, SettingsChange};
use iap_core::billing::{self, Tax, TaxRate};
use iap_core::catalogue::NewDatabases;
use iap_core::credits::Share;
use sqlx::Row as _;

use super::audit::{Actor, joined, note};
use super::error::StoreError;
use super::open::Store;

/// For how long mails that were sent are kept where nothing is set: whoever looks back on a quarter
/// can see whether somebody was warned. They hold addresses of people, so they are kept no longer.
const MAIL_DAYS: u32 = 90;

/// Their names in the table.
const NEW_DATABASES: &str = "new_databases";
const MAIL_DAYS_NAME: &str = "mail_days";
const HOW_TO_PAY: &str = "how_to_pay";
const SELLER: &str = "seller";
const TAX_RATE: &str = "tax_rate";
const PLATFORM_SHARE: &str = "platform_share";

impl Store {
    /// What is set, and what the program has where nothing is. Nothing in it is fixed: that is for
    /// the process to say.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let mut settings = Settings {
            new_databases: NewDatabases::default(),
            mail_days: MAIL_DAYS,
            how_to_pay: String::new(),
            seller: None,
            tax_rate: None,
            platform_share: Share::NONE,
            fixed: Vec::new(),
        };
        for row in sqlx::query("SELECT name, value FROM setting").fetch_all(&self.readers).await? {
            let (name, value): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let corrupt = || StoreError::Corrupt(format!("the setting {name} is “{value}”"));
            match &*name {
                NEW_DATABASES => {
                    settings.new_databases = NewDatabases::from_word(&value).ok_or_else(corrupt)?;
                }
                MAIL_DAYS_NAME => settings.mail_days = value.parse().map_err(|_| corrupt())?,
                HOW_TO_PAY => settings.how_to_pay = value,
                // What is set to nothing is kept as an empty text.
                SELLER | TAX_RATE if value.is_empty() => {}
                SELLER => {
                    settings.seller = Some(serde_json::from_str(&value).map_err(|_| corrupt())?);
                }
                TAX_RATE => settings.tax_rate = Some(value.parse().map_err(|_| corrupt())?),
                PLATFORM_SHARE => settings.platform_share = value.parse().map_err(|_| corrupt())?,
                // Of a version that knows more.
                _ => {}
            }
        }
        Ok(settings)
    }

    /// Sets what is named.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn change_settings(
        &self,
        change: &SettingsChange,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let seller = change.seller.as_ref().map(|seller| seller.as_ref().map(written));
        let tax_rate = change.tax_rate.map(|rate| rate.as_ref().map(TaxRate::to_string));
        let values = [
            (NEW_DATABASES, change.new_databases.map(|policy| policy.as_str().to_owned())),
            (MAIL_DAYS_NAME, change.mail_days.map(|days| days.to_string())),
            (HOW_TO_PAY, change.how_to_pay.clone()),
            (SELLER, seller.map(Option::unwrap_or_default)),
            (TAX_RATE, tax_rate.map(Option::unwrap_or_default)),
            (PLATFORM_SHARE, change.platform_share.map(|share| share.to_string())),
        ];
        for (name, value) in &values {
            let Some(value) = value else { continue };
            sqlx::query(
                "INSERT INTO setting (name, value) VALUES ($1, $2) \
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )
            .bind(*name)
            .bind(&**value)
            .execute(&mut *connection)
            .await?;
        }
        let said = values.map(|(name, value)| value.map(|value| format!("{name} = {value}")));
        note(connection, actor, "settings.change", "settings", &joined(said)).await?;
        Ok(transaction.commit().await?)
    }
}

/// A buyer or seller as it is kept.
pub(super) fn written(buyer: &Buyer) -> String {
    // Texts can always be written.
    serde_json::to_string(buyer).unwrap_or_default()
}

/// How a sale is taxed as the settings are; none is taxed where nobody is said to sell.
pub(super) fn tax(settings: &Settings, buyer: Option<&billing::Buyer>) -> Tax {
    let seller = settings.seller.as_ref().and_then(|seller| seller.country.parse().ok());
    match (seller, buyer) {
        (Some(seller), Some(buyer)) => Tax::of(seller, settings.tax_rate, buyer),
        (Some(_), None) => Tax::of_nobody(settings.tax_rate),
        (None, _) => Tax::Outside,
    }
}
