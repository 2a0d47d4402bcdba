//! Who makes a call.

use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use iap_core::access::Rights;
use iap_core::api::{ProblemCode, Session, User};

use super::{Portal, sessions};
use crate::http::problem::Refused;
use crate::store::{ServiceRow, SessionRow, Store, StoreError};
use crate::{clock, secret};

/// Somebody who is signed in.
pub(super) struct Caller {
    /// Who it is.
    pub(super) user: User,
    /// What they may do.
    pub(super) rights: Rights,
    /// The session that they call with.
    pub(super) session: SessionRow,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    Portal: FromRef<S>,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let caller = Self::of(parts, &Portal::from_ref(state)).await?;
        caller.ok_or_else(|| Refused::new(ProblemCode::NotSignedIn, "Sign in first."))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Caller
where
    Portal: FromRef<S>,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refused> {
        Self::of(parts, &Portal::from_ref(state)).await
    }
}

impl Caller {
    /// Whoever sends a request; none where nobody is signed in.
    async fn of(parts: &Parts, portal: &Portal) -> Result<Option<Self>, Refused> {
        let Some(token) = sessions::token(&parts.headers, &portal.public_url) else {
            return Ok(None);
        };
        Ok(Self::of_session(portal.store(), &secret::hash(token)).await?)
    }

    /// Whoever has a session, by the hash of its token; none where it has ended.
    pub(super) async fn of_session(
        store: &Store,
        token_sha256: &str,
    ) -> Result<Option<Self>, StoreError> {
        let Some(session) = store.session(token_sha256, clock::now()).await? else {
            return Ok(None);
        };
        let Some(user) = store.user(session.user).await? else { return Ok(None) };
        let rights = user.rights();
        Ok(Some(Self { user, rights, session }))
    }

    /// Their session, as they are shown it.
    pub(super) fn into_session(self) -> Session {
        Session { expires_at: self.session.expires_at, user: self.user }
    }

    /// That they run the server.
    pub(super) fn operates(&self) -> Result<(), Refused> {
        if self.rights.may_operate() { Ok(()) } else { Err(Refused::not_allowed("an operator")) }
    }

    /// That they may see a database.
    pub(super) fn sees(&self, database: i64, what: &str) -> Result<(), Refused> {
        let may = self.rights.may_see_database(database);
        if may { Ok(()) } else { Err(Refused::not_found(what)) }
    }

    /// That they administer a database that they may see.
    pub(super) fn administers(&self, database: i64, what: &str) -> Result<(), Refused> {
        self.sees(database, what)?;
        let may = self.rights.may_administer(database);
        if may { Ok(()) } else { Err(Refused::not_allowed("an admin of the database")) }
    }

    /// That they offer a service, which everybody may see.
    pub(super) fn provides(&self, service: i64) -> Result<(), Refused> {
        let may = self.rights.may_provide(service);
        if may { Ok(()) } else { Err(Refused::not_allowed("its provider")) }
    }

    /// The databases that they may see; none where they may see all.
    pub(super) fn databases(&self) -> Option<Vec<i64>> {
        let own = || self.rights.databases().map(|(database, _)| database).collect();
        (!self.rights.may_operate()).then(own)
    }
}

/// The service whose provider calls with its key: `Authorization: Bearer KEY`.
pub(super) struct Provider(pub(super) ServiceRow);

impl<S: Send + Sync> FromRequestParts<S> for Provider
where
    Portal: FromRef<S>,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let portal = Portal::from_ref(state);
        let key = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = key.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| {
            // Names of schemes are the same in capitals (RFC 9110, 11.1).
            scheme.eq_ignore_ascii_case("bearer")
        });
        let nobody = || {
            Refused::new(
                ProblemCode::NotSignedIn,
                "Send the key of the service, with the header Authorization: Bearer KEY.",
            )
        };
        let (_, key) = key.ok_or_else(nobody)?;
        let service = portal.store().service_of_key(&secret::hash(key.trim())).await?;
        service.map(Self).ok_or_else(nobody)
    }
}
