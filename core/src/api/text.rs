//! Values that travel as text: written as they are shown, read as people write them.

use alloc::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::access::{EmailAddress, Role};
use crate::catalogue::{Admission, DatabaseKind, Hosting, ServiceName};
use crate::credits::{Amount, EntryKind, Kind};
use crate::pricing::Credits;
use crate::time::Timestamp;

/// A text that need not be copied where the JSON holds it as it is.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

macro_rules! as_shown {
    ($($type:ident: $description:literal, $example:literal;)*) => {$(
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
                let known = Self::ALL.map(Self::as_str);
                Self::from_word(&text).ok_or_else(|| {
                    D::Error::custom(format_args!("this is one of {}", known.join(", ")))
                })
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .description(Some($description))
                    .enum_values(Some(Self::ALL.map(Self::as_str)))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $type {}
    )*};
}

as_shown! {
    Amount: "Credits, not negative, with up to six decimals.", "9.2608";
    Credits: "Credits, with up to six decimals.", "-0.7392";
    EmailAddress: "An address of electronic mail.", "ann@example.com";
    ServiceName: "What programs call a service.", "sms";
    Timestamp: "A moment in UTC, as in RFC 3339.", "2026-01-31T12:30:00.000Z";
}

as_word! {
    Admission: "Whether the operator lets a database in.";
    DatabaseKind: "What an installation is for; it says whether it may try services for free.";
    EntryKind: "What an entry of the ledger is for.";
    Hosting: "Where an installation runs.";
    Kind: "Whether credits were paid for or given.";
    Role: "What somebody is to a database.";
}
