//! Signing in and out.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::user::User;
use crate::access::EmailAddress;
use crate::time::Timestamp;

/// An address and its password.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The address.
    pub email: EmailAddress,
    /// The password.
    pub password: String,
}

/// The ways to sign in that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaysToSignIn {
    /// Whether an address and its password open a session.
    pub password: bool,
    /// The identity provider, where there is one.
    pub provider: Option<IdentityProvider>,
    /// Who is signed in already, by the cookie that came with the request; nobody is no error here,
    /// so that a browser can ask before anybody has signed in.
    #[serde(default)]
    pub session: Option<Session>,
}

/// Where people say elsewhere who they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProvider {
    /// What people call it, for a button "Sign in with …".
    pub label: String,
    /// The path that leads there. Behind it may stand `?next=` and the path of a page of this server
    /// to go on to afterwards.
    pub path: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Who it is.
    pub user: User,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// A session of one's own, somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionRecord {
    /// Its key, which opens nothing.
    pub id: i64,
    /// What the browser called itself when it signed in.
    pub user_agent: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to within five minutes.
    pub seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Another password for the one before.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The one before.
    pub current: String,
    /// The new one.
    #[cfg_attr(feature = "openapi", schema(min_length = 12, max_length = 1_024))]
    pub new: String,
}
