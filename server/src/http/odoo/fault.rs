//! Why a call does not do what it is asked for, as Odoo's client understands it.

use iap_core::credits::{Amount, Disabled, InsufficientCredit, TokenError};
use serde_json::{Value, json};

use crate::customers::CustomerError;
use crate::store::{LedgerError, Refusal, StoreError};

/// Why a call does not do what it is asked for. The client reads the last word of the name and the
/// message, and tells only lack of credit apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Whoever asks may not.
    Access(String),
    /// What is sent is of the wrong form.
    Type(String),
    /// What is asked for cannot be done.
    User(String),
    /// There are not enough credits.
    InsufficientCredit {
        /// What is needed.
        needed: Amount,
        /// What programs call the service.
        service: String,
        /// Where credits are bought.
        credit_url: String,
        /// A sentence.
        message: String,
    },
}

impl Fault {
    /// The object that goes into `error`.
    pub(super) fn body(&self) -> Value {
        let (name, message) = match self {
            Self::Access(message) => ("odoo.exceptions.AccessError", message.clone()),
            Self::Type(message) => ("builtins.TypeError", message.clone()),
            Self::User(message) => ("odoo.exceptions.UserError", message.clone()),
            Self::InsufficientCredit { needed, service, credit_url, message } => (
                "odoo.addons.iap.tools.iap_tools.InsufficientCreditError",
                // The client reads it as JSON again.
                json!({
                    "credit": number(needed.credits()),
                    "service_name": service,
                    "base_url": credit_url,
                    "message": message,
                })
                .to_string(),
            ),
        };
        json!({
            "code": 200,
            "message": "Odoo Server Error",
            "data": {
                "name": name,
                "message": message,
                "arguments": [message],
                "context": {},
                "debug": "",
            },
        })
    }

    /// Not enough credits, or an account that its owner has switched off.
    pub(super) fn insufficient(
        needed: Amount,
        service: &str,
        public_url: &str,
        message: &impl ToString,
    ) -> Self {
        Self::InsufficientCredit {
            needed,
            service: service.to_owned(),
            credit_url: format!("{public_url}/iap/1/credit"),
            message: message.to_string(),
        }
    }
}

/// Credits as a number of JSON, which Odoo reads as binary floating point.
pub(super) fn number(credits: iap_core::pricing::Credits) -> Value {
    serde_json::from_str(&credits.to_string()).unwrap_or_default()
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(?error, "the store failed");
        Self::User(error.to_string())
    }
}

impl From<CustomerError> for Fault {
    fn from(error: CustomerError) -> Self {
        match error {
            CustomerError::BadUuid => Self::Type(format!("{error} It stands in `dbuuid`.")),
            CustomerError::NotAdmitted | CustomerError::TooManyNew | CustomerError::Company(_) => {
                Self::Access(error.to_string())
            }
            CustomerError::Ambiguous => Self::User(format!("{error} It goes into `dbuuid`.")),
            CustomerError::Store(error) => error.into(),
            CustomerError::Ledger(error) => error.into(),
        }
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::User(error.to_string())
    }
}

impl From<TokenError> for Fault {
    fn from(error: TokenError) -> Self {
        Self::Type(error.to_string())
    }
}

/// A refusal for lack of credit, told apart from others.
pub(super) fn refused(
    error: LedgerError,
    needed: Amount,
    service: &str,
    public_url: &str,
) -> Fault {
    match error {
        LedgerError::Refused(Refusal::Insufficient(short)) => {
            let short: InsufficientCredit = short;
            Fault::insufficient(needed, service, public_url, &short)
        }
        // What a token with “+disabled” is told, too: clients know no other refusal.
        LedgerError::Refused(refusal @ Refusal::Disabled) => {
            Fault::insufficient(needed, service, public_url, &refusal)
        }
        other => other.into(),
    }
}

/// The account is switched off: for the client that is the same as no credits.
pub(super) fn disabled(disabled: Disabled, needed: Amount, service: &str, url: &str) -> Fault {
    Fault::insufficient(needed, service, url, &disabled)
}
