//! People.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::{EmailAddress, Rights, Role};
use crate::time::Timestamp;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Their key.
    pub id: i64,
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they are called.
    pub name: String,
    /// Their language, as browsers name it.
    pub language: String,
    /// Whether they run the server.
    pub operator: bool,
    /// Whether they are kept from signing in.
    pub disabled: bool,
    /// The ways in which they sign in; none where the identity provider has not let them in yet.
    pub ways: Vec<SignInWay>,
    /// Their roles in databases.
    pub databases: Vec<DatabaseRole>,
    /// Services that they offer, by key.
    pub services: Vec<i64>,
    /// Since when.
    pub created_at: Timestamp,
}

impl User {
    /// The longest name, in characters.
    pub const LONGEST_NAME: usize = 100;

    /// What they are called here: nobody need have named them.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.name.is_empty() { self.email.as_str() } else { &self.name }
    }

    /// What they may do.
    #[must_use]
    pub fn rights(&self) -> Rights {
        let rights = Rights::none().with_operator(self.operator);
        let rights =
            self.databases.iter().fold(rights, |rights, it| rights.with_role(it.database, it.role));
        self.services.iter().fold(rights, |rights, &service| rights.with_service(service))
    }

    /// Whether they may set what is set for a database and its accounts, as [`Rights`] has it.
    #[must_use]
    pub fn may_administer(&self, database: i64) -> bool {
        let roles = self.databases.iter().filter(|it| it.database == database);
        Role::may_administer(roles.map(|it| it.role).max(), self.operator)
    }
}

/// A way in which somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInWay {
    /// With a password that is kept here.
    Password,
    /// Through an identity provider, which has let them in before.
    Provider,
}

impl SignInWay {
    /// All.
    pub const ALL: [Self; 2] = [Self::Password, Self::Provider];

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "provider",
        }
    }

    /// The way of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// What somebody is to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseRole {
    /// The database, by key.
    pub database: i64,
    /// What they are to it.
    pub role: Role,
}

/// Somebody who is to be able to sign in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUser {
    /// What they sign in with.
    pub email: EmailAddress,
    /// What they are called.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// Their language, as browsers name it; English where nothing is said.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub language: Option<String>,
    /// Whether they run the server.
    #[serde(default)]
    pub operator: bool,
    /// Their first password; none where they sign in through the identity provider only.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 1_024))]
    pub password: Option<String>,
    /// Services that they offer, by key.
    #[serde(default)]
    pub services: Vec<i64>,
}

/// What is to change of somebody; what is not named stays.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserChange {
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: Option<String>,
    /// Their language, as browsers name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub language: Option<String>,
    /// Whether they run the server. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<bool>,
    /// Whether they are kept from signing in. Only an operator sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// Services that they offer, by key, in place of those before. Only an operator sets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<i64>>,
    /// A new password, set by an operator for somebody who lost theirs. It ends their sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 1_024))]
    pub password: Option<String>,
}
