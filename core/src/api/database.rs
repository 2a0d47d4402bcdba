//! Customers' installations.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::access::{EmailAddress, Role};
use crate::catalogue::{Admission, DatabaseKind, Hosting};
use crate::time::Timestamp;

/// A customer's installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Database {
    /// Its key.
    pub id: i64,
    /// What its software calls itself.
    pub uuid: String,
    /// What people call it.
    pub name: String,
    /// Where it runs.
    pub hosting: Hosting,
    /// What it is for.
    pub kind: DatabaseKind,
    /// Whether it is let in.
    pub admission: Admission,
    /// When it was first seen.
    pub created_at: Timestamp,
}

impl Database {
    /// The longest name of a database or a company, in characters.
    pub const LONGEST_NAME: usize = 100;

    /// What it is called here: nobody need have named it.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.uuid } else { &self.name }
    }
}

/// What is to change of a database; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseChange {
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: Option<String>,
    /// Where it runs. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hosting: Option<Hosting>,
    /// What it is for. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DatabaseKind>,
    /// Whether it is let in. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admission: Option<Admission>,
}

/// Somebody with a role in a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Who, by key.
    pub user: i64,
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they are called.
    pub name: String,
    /// What they are to the database.
    pub role: Role,
}

/// Somebody who is to have a role in a database.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they will be to the database.
    pub role: Role,
}

/// A company in a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Company {
    /// Its key in the customer's software.
    pub number: i64,
    /// What it is called.
    pub name: String,
}

/// What a company is called.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompanyChange {
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
}
