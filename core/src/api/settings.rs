//! What the operator sets for the whole server.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::billing::Buyer;
use super::text::given;
use crate::billing::{BuyerError, BuyerField, TaxRate};
use crate::catalogue::NewDatabases;
use crate::credits::Share;
use crate::{PlainTextError, plain};

/// What is set for the whole server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// What becomes of customers' databases that were never seen.
    pub new_databases: NewDatabases,
    /// For how many days mails that were sent are kept.
    pub mail_days: u32,
    /// How orders are paid, for those who buy: an account of a bank, what to write as the reference.
    pub how_to_pay: String,
    /// Who sells, as it stands on invoices; nothing where nobody has said, and then no tax is added.
    pub seller: Option<Buyer>,
    /// The rate at which the seller takes tax in their country; nothing where they take none.
    pub tax_rate: Option<TaxRate>,
    /// The platform's part of what providers' services earn; the rest is the providers'.
    #[serde(default)]
    pub platform_share: Share,
    /// Settings that the command line or the environment of this server sets, by their names here.
    /// They cannot be changed over this interface.
    pub fixed: Vec<String>,
}

/// What is to change of the settings; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsChange {
    /// What becomes of customers' databases that were never seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_databases: Option<NewDatabases>,
    /// For how many days mails that were sent are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 3650))]
    pub mail_days: Option<u32>,
    /// How orders are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub how_to_pay: Option<String>,
    /// Who sells; null so that nobody is said. What stands as the reference is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Buyer>))]
    pub seller: Option<Option<Buyer>>,
    /// The rate at which the seller takes tax; null so that they take none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<TaxRate>))]
    pub tax_rate: Option<Option<TaxRate>>,
    /// The platform's part of what providers' services earn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_share: Option<Share>,
}

impl SettingsChange {
    /// For how many days mails that were sent can be kept.
    pub const MAIL_DAYS: RangeInclusive<u32> = 1..=3_650;

    /// The longest text that says how to pay, in characters.
    pub const HOW_TO_PAY: usize = 2_000;

    /// The change as it is kept, if it can be: texts without spaces around them, the seller without a
    /// reference, which they do not want to read on their own invoice.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn check(self) -> Result<Self, Vec<SettingsError>> {
        let mut wrong = Vec::new();
        if self.mail_days.is_some_and(|days| !Self::MAIL_DAYS.contains(&days)) {
            wrong.push(SettingsError::MailDays);
        }
        let how_to_pay = self.how_to_pay.as_deref().map(|text| plain(text, Self::HOW_TO_PAY));
        let how_to_pay = match how_to_pay.transpose() {
            Ok(text) => text.map(str::to_owned),
            Err(error) => {
                wrong.push(SettingsError::HowToPay(error));
                None
            }
        };
        let checked = |seller: Buyer| Buyer { reference: String::new(), ..seller }.check();
        let seller = match self.seller.map(|seller| seller.map(checked).transpose()).transpose() {
            Ok(seller) => seller.map(|seller| seller.map(Buyer::from)),
            Err(fields) => {
                wrong.extend(
                    fields.into_iter().map(|(field, error)| SettingsError::Seller(field, error)),
                );
                None
            }
        };
        if wrong.is_empty() { Ok(Self { how_to_pay, seller, ..self }) } else { Err(wrong) }
    }
}

/// Why something cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Mails cannot be kept for so many days.
    MailDays,
    /// How to pay cannot be said like that.
    HowToPay(PlainTextError),
    /// The seller cannot stand on an invoice like that.
    Seller(BuyerField, BuyerError),
}

impl SettingsError {
    /// The field that is wrong, by its name in [`SettingsChange`].
    #[must_use]
    pub fn field(&self) -> String {
        match self {
            Self::MailDays => "mail_days".to_owned(),
            Self::HowToPay(_) => "how_to_pay".to_owned(),
            Self::Seller(field, _) => format!("seller.{}", field.as_str()),
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MailDays => {
                let days = SettingsChange::MAIL_DAYS;
                write!(f, "Say {} to {} days.", days.start(), days.end())
            }
            Self::HowToPay(error) => error.fmt(f),
            Self::Seller(_, error) => error.fmt(f),
        }
    }
}

impl Error for SettingsError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;
    use alloc::vec;

    fn seller() -> Buyer {
        Buyer {
            name: " Credits House ".into(),
            street: "Kouter 1".into(),
            city: "Gent".into(),
            country: "be".into(),
            email: "house@example.com".into(),
            reference: "ours".into(),
            ..Buyer::default()
        }
    }

    #[test]
    fn what_is_set_is_tidied() {
        let change = SettingsChange {
            how_to_pay: Some(" BE71 0961 2345 6769\n".into()),
            seller: Some(Some(seller())),
            mail_days: Some(3_650),
            ..SettingsChange::default()
        };
        let kept = change.check().unwrap();
        assert_eq!(kept.how_to_pay.as_deref(), Some("BE71 0961 2345 6769"));
        let seller = kept.seller.unwrap().unwrap();
        assert_eq!((&*seller.name, &*seller.country), ("Credits House", "BE"));
        assert_eq!(seller.reference, "");
        // Nobody is somebody to set, and what is not named stays out.
        let nobody = SettingsChange { seller: Some(None), ..SettingsChange::default() };
        let nobody = nobody.check().unwrap();
        assert_eq!((nobody.seller, nobody.how_to_pay), (Some(None), None));
    }

    #[test]
    fn all_that_is_wrong_is_told_by_its_field() {
        let wrong = SettingsChange {
            mail_days: Some(0),
            how_to_pay: Some("x".repeat(2_001)),
            seller: Some(Some(Buyer { vat_number: "BE1".into(), city: String::new(), ..seller() })),
            ..SettingsChange::default()
        };
        let wrong = wrong.check().unwrap_err();
        let fields: Vec<_> = wrong.iter().map(SettingsError::field).collect();
        assert_eq!(fields, ["mail_days", "how_to_pay", "seller.city", "seller.vat_number"]);
        assert_eq!(wrong[0].to_string(), "Say 1 to 3650 days.");
        let days = |days| SettingsChange { mail_days: Some(days), ..SettingsChange::default() };
        assert_eq!(days(3_651).check().unwrap_err(), vec![SettingsError::MailDays]);
        assert!(days(1).check().is_ok());
    }
}
