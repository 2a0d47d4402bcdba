//! What a database may use, and beginning to use it.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::database::Database;
use super::pack::Pack;
use super::service::Service;
use crate::catalogue::TrialState;

/// The services that a database may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// The database.
    pub database: Database,
    /// The services, by their names.
    pub services: Vec<OfferedService>,
}

/// A service that a database may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedService {
    /// The service.
    pub service: Service,
    /// The packs that can be bought for it, in their order.
    pub packs: Vec<Pack>,
    /// How the database stands to the credits to try it.
    pub trial: TrialState,
    /// The database's accounts for it, the oldest first; none where it was never used.
    pub accounts: Vec<Account>,
}

/// A service that a database is to use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAccount {
    /// The service, by key.
    pub service: i64,
}

/// A service that a database can use from now on, or could before.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activation {
    /// The account.
    pub account: Account,
    /// The token with which the database's software uses the account, if it was made now: whoever has
    /// it can spend the credits. It is shown now and never again. Nothing where there was an account
    /// before.
    pub token: Option<String>,
}
