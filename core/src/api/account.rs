//! Accounts.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::access::EmailAddress;
use crate::catalogue::ServiceName;
use crate::credits::{Amount, Kind, Level, Threshold};
use crate::time::Timestamp;

/// The credits of a database for a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Its key.
    pub id: i64,
    /// The database, by key.
    pub database: i64,
    /// The service, by key.
    pub service: i64,
    /// What programs call the service.
    pub service_name: ServiceName,
    /// What people call the service.
    pub service_label: String,
    /// What can be spent.
    pub available: Funds,
    /// What is set aside for work under way.
    pub held: Funds,
    /// In whose name messages are sent; empty where nothing is set.
    pub sender_name: String,
    /// The companies that it is limited to; none where all may use it.
    pub companies: Vec<i64>,
    /// The warning that credits run low.
    pub alert: Alert,
    /// Whether an admin has switched it off: then nothing is charged, whatever its token.
    #[serde(default)]
    pub disabled: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl Account {
    /// Whether it has enough, beside the threshold of its warning.
    #[must_use]
    pub fn level(&self) -> Level {
        let threshold = self.alert.threshold.and_then(|amount| Threshold::new(amount).ok());
        Level::of(self.available.total, threshold)
    }
}

/// Credits by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Funds {
    /// Those that were paid for.
    pub paid: Amount,
    /// Those that were given; they are spent first.
    pub granted: Amount,
    /// Both together.
    pub total: Amount,
}

/// When and to whom a warning goes that credits run low.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alert {
    /// Below how many credits; nothing, or null, where nobody is to be warned.
    #[serde(default)]
    pub threshold: Option<Amount>,
    /// To whom.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub recipients: Vec<Recipient>,
}

impl Alert {
    /// The most people who are warned.
    pub const MOST_RECIPIENTS: usize = 50;

    /// The threshold, if it can be set: none where nobody is to be warned. A threshold of nothing is
    /// how Odoo says that.
    ///
    /// # Errors
    /// [`AlertError`] where it would warn nobody, or too many.
    pub fn check(&self) -> Result<Option<Threshold>, AlertError> {
        if self.recipients.len() > Self::MOST_RECIPIENTS {
            return Err(AlertError::TooManyRecipients);
        }
        let threshold = self.threshold.and_then(|amount| Threshold::new(amount).ok());
        match threshold {
            Some(_) if self.recipients.is_empty() => Err(AlertError::NobodyToWarn),
            _ => Ok(threshold),
        }
    }
}

/// Why a warning cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertError {
    /// There is a threshold and nobody to warn.
    NobodyToWarn,
    /// More than [`Alert::MOST_RECIPIENTS`] people would be warned.
    TooManyRecipients,
}

impl fmt::Display for AlertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NobodyToWarn => f.write_str("Say who is to be warned, or set no threshold."),
            Self::TooManyRecipients => {
                let most = Alert::MOST_RECIPIENTS;
                write!(f, "An account can have no more than {most} recipients.")
            }
        }
    }
}

impl Error for AlertError {}

/// Somebody who is warned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recipient {
    /// Where they are written to.
    pub email: EmailAddress,
    /// In which language, as browsers name it; English where nothing is said.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub language: String,
}

/// What is to change of an account; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountChange {
    /// In whose name messages are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 11))]
    pub sender_name: Option<String>,
    /// The companies that it is limited to, in place of those before; none so that all may use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub companies: Option<Vec<i64>>,
    /// Whether it is switched off, so that nothing more can be charged to it. Work that was begun
    /// before may still be charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

impl AccountChange {
    /// The longest name of a sender, in characters. Source: Odoo's field `sender_name`; telephones show
    /// eleven letters and digits.
    pub const LONGEST_SENDER: usize = 11;
}

/// Credits that are to come in, or to be taken out, by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Movement {
    /// Whether they are paid for or given.
    pub kind: Kind,
    /// How many; more than none.
    pub amount: Amount,
    /// What they are for, or why they are taken out.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(threshold: Option<&str>, recipients: usize) -> Alert {
        let recipient =
            |_| Recipient { email: "a@example.com".parse().unwrap(), language: String::new() };
        Alert {
            threshold: threshold.map(|it| it.parse().unwrap()),
            recipients: (0..recipients).map(recipient).collect(),
        }
    }

    #[test]
    fn a_threshold_needs_somebody_to_warn() {
        assert_eq!(alert(None, 0).check(), Ok(None));
        assert_eq!(alert(Some("0"), 0).check(), Ok(None));
        assert_eq!(alert(Some("10"), 0).check(), Err(AlertError::NobodyToWarn));
        let ten = Threshold::new("10".parse().unwrap()).unwrap();
        assert_eq!(alert(Some("10"), 1).check(), Ok(Some(ten)));
        assert_eq!(alert(Some("10"), 50).check(), Ok(Some(ten)));
        assert_eq!(alert(None, 51).check(), Err(AlertError::TooManyRecipients));
    }
}
