//! Values that travel as text: written as they are shown, read as people write them.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::health::{DatabaseEngine, JobName, MailMeans};
use super::hold::HoldState;
use super::mail::MailState;
use super::problem::ProblemCode;
use super::rate_card::RateCardState;
use super::user::SignInWay;
use crate::access::{EmailAddress, Role};
use crate::billing::{
    InvoiceKind, InvoiceNumber, MoneyBack, PaymentError, PaymentMeans, PaymentState, TaxRate,
};
use crate::catalogue::{
    Admission, DatabaseKind, Hosting, NewDatabases, ServiceIcon, ServiceName, TrialState,
};
use crate::credits::{Amount, Currency, EntryKind, Kind, OrderState, Share};
use crate::pricing::{Credits, Date, RateKind, RateWarning};
use crate::time::Timestamp;

/// A text that need not be copied where the JSON holds it as it is.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

/// A field that is there, where one that is not means something else: `null` is a value.
pub(super) fn given<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

macro_rules! as_shown {
    ($($type:ident: $description:literal, $example:literal, $pattern:expr;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Text::deserialize(deserializer)?.0.parse().map_err(D::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .description(Some($description))
                    .examples([$example])
                    .pattern($pattern)
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $type {}
    )*};
}

macro_rules! as_word {
    ($($type:ident: $description:literal;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Text::deserialize(deserializer)?.0;
                Self::from_word(&text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|it| it.as_str()).collect();
                    D::Error::custom(format_args!("This is one of {}.", known.join(", ")))
                })
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .description(Some($description))
                    .enum_values(Some(Self::ALL.iter().map(|it| it.as_str())))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $type {}
    )*};
}

as_shown! {
    Amount: "Credits, not negative, with up to six decimals.", "9.2608",
        Some("^[0-9]{1,13}(\\.[0-9]{1,6})?$");
    Credits: "Credits, with up to six decimals.", "-0.7392",
        Some("^-?[0-9]{1,13}(\\.[0-9]{1,6})?$");
    Currency: "A currency, by its code of ISO 4217.", "EUR",
        Some("^[A-Z]{3}$");
    Date: "A day: year, month and day, as in ISO 8601.", "2026-01-31",
        Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    EmailAddress: "An address of electronic mail.", "ann@example.com",
        Some("^\\s*[^@\\s\"(),:;<>\\[\\]]{1,64}@[^@\\s]{1,189}\\s*$");
    InvoiceNumber: "The number of an invoice or a credit note.", "INV/2026/00001",
        Some("^(INV|CN)/[0-9]{4}/[0-9]{5,10}$");
    ServiceName: "What programs call a service.", "sms",
        Some("^[a-z0-9][a-z0-9_.-]{0,63}$");
    Share: "A part of a whole in percent, 0 to 100, with up to two decimals.", "25",
        Some("^[0-9]{1,3}(\\.[0-9]{1,2})?$");
    TaxRate: "A rate of tax in percent, above 0 and up to 100, with up to two decimals.", "21",
        Some("^[0-9]{1,3}(\\.[0-9]{1,2})?$");
    Timestamp: "A moment, as in RFC 3339, or a day, which is its midnight in UTC.",
        "2026-01-31T12:30:00.000Z",
        Some(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?\
             ([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
        );
}

as_word! {
    Admission: "Whether the operator lets a database in.";
    DatabaseEngine: "Which database keeps what the server knows.";
    DatabaseKind: "What an installation is for; it says whether it may try services for free.";
    EntryKind: "What an entry of the ledger is for.";
    Hosting: "Where an installation runs.";
    HoldState: "What became of a hold.";
    InvoiceKind: "Whether a document bills a purchase or takes an invoice back.";
    JobName: "What the server does without being asked.";
    Kind: "Whether credits were paid for or given.";
    MailMeans: "How mails leave the server.";
    MailState: "How far a mail is.";
    MoneyBack: "Whether the payment service gives money back that it took for an order.";
    NewDatabases: "What becomes of databases that were never seen.";
    OrderState: "What became of a purchase.";
    PaymentError: "Why a card was declined.";
    PaymentMeans: "How an order is paid.";
    PaymentState: "How far a payment through a payment service is.";
    ProblemCode: "What went wrong. Codes are only ever added.";
    RateCardState: "How far a version of the rate card is.";
    RateKind: "Whether numbers are delivered to.";
    RateWarning: "What to look at in a change of a price.";
    Role: "What somebody is to a database.";
    ServiceIcon: "A picture of a service or a pack.";
    SignInWay: "A way in which somebody signs in.";
    TrialState: "How a database stands to the credits to try a service.";
}
