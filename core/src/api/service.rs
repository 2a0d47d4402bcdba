//! Services.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::access::EmailAddress;
use crate::catalogue::{self, Origin, ServiceIcon, ServiceName};
use crate::credits::Amount;
use crate::time::Timestamp;

impl Service {
    /// The longest label, in characters.
    pub const LONGEST_LABEL: usize = 100;

    /// The longest description, in characters.
    pub const LONGEST_DESCRIPTION: usize = 2_000;
}

/// A service that is sold for credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Service {
    /// Its key.
    pub id: i64,
    /// What programs call it.
    pub name: ServiceName,
    /// What people call it.
    pub label: String,
    /// Its picture.
    #[serde(default)]
    pub icon: ServiceIcon,
    /// What it does, in a sentence or two.
    pub description: String,
    /// Where it says what becomes of what it is given; empty where it does not say.
    pub privacy_url: String,
    /// Whether it is the operator's own: seen by every customer, however their software is hosted.
    pub first_party: bool,
    /// What an entitled database is given once to try it.
    pub trial: Amount,
    /// Whether there is a key with which its provider calls.
    pub has_key: bool,
    /// Whether an account has been made for it: programs know its name then, and it stays.
    #[serde(default)]
    pub is_used: bool,
    /// Since when.
    pub created_at: Timestamp,
}

impl Service {
    /// The service as the rules see it.
    #[must_use]
    pub fn rules(&self) -> catalogue::Service {
        let origin = if self.first_party { Origin::FirstParty } else { Origin::ThirdParty };
        catalogue::Service { name: self.name.clone(), origin, trial: self.trial }
    }
}

/// A service that is to be offered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewService {
    /// What programs call it.
    pub name: ServiceName,
    /// What people call it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub label: String,
    /// Its picture.
    #[serde(default)]
    pub icon: ServiceIcon,
    /// What it does, in a sentence or two.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
    pub description: String,
    /// Where it says what becomes of what it is given.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub privacy_url: String,
    /// Whether it is the operator's own.
    #[serde(default)]
    pub first_party: bool,
    /// What an entitled database is given once to try it; nothing where nothing is said.
    #[serde(default)]
    pub trial: Amount,
}

/// What is to change of a service; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceChange {
    /// What programs call it; only as long as no account has been made for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ServiceName>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<ServiceIcon>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub label: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
    pub description: Option<String>,
    /// Where it says what becomes of what it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub privacy_url: Option<String>,
    /// Whether it is the operator's own. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_party: Option<bool>,
    /// What an entitled database is given once to try it. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Amount>,
}

/// Somebody who offers a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceProvider {
    /// Who it is, by key.
    pub user: i64,
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they are called.
    pub name: String,
}

/// Somebody who is to offer a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewServiceProvider {
    /// What they sign in with.
    pub email: EmailAddress,
}

/// The key with which a provider calls. It is shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceKey {
    /// The key.
    pub key: String,
}

/// A new service, with the key with which its provider calls. The key is shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceWithKey {
    /// The service.
    pub service: Service,
    /// The key.
    pub key: String,
}
