//! Who comes back to an order: somebody who is signed in, or whoever has its receipt.

use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use iap_core::api::{Order, ProblemCode};

use super::caller::Caller;
use super::{Portal, by, orders};
use crate::http::problem::Refused;
use crate::store::Actor;
use crate::{clock, secret};

/// The header that a receipt comes in: not the address, which is written into logs.
pub(super) const HEADER: &str = "iap-receipt";

/// Who sends a request about an order: somebody who is signed in, or with a receipt that is still to be
/// looked at.
pub(super) struct Viewer {
    caller: Option<Caller>,
    /// SHA-256 of what was sent.
    receipt: Option<String>,
}

/// Whom an order may be shown to.
pub(super) enum Holder {
    /// By what they are to the order's database.
    Caller(Box<Caller>),
    /// By the order's receipt.
    Receipt,
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer
where
    Portal: FromRef<S>,
{
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let receipt = sent(&parts.headers);
        let caller =
            <Caller as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        if caller.is_none() && receipt.is_none() {
            return Err(Refused::new(
                ProblemCode::NotSignedIn,
                "Sign in first, or send the order's receipt with the header Iap-Receipt.",
            ));
        }
        Ok(Self { caller, receipt })
    }
}

fn sent(headers: &HeaderMap) -> Option<String> {
    Some(secret::hash(headers.get(HEADER)?.to_str().ok()?.trim()))
}

impl Viewer {
    /// That they may see an order.
    pub(super) async fn sees(
        self,
        portal: &Portal,
        order: i64,
    ) -> Result<(Holder, Order), Refused> {
        let Self { caller, receipt } = self;
        let fits = match &receipt {
            Some(receipt) => portal.store().receipt_fits(order, receipt).await?,
            None => false,
        };
        if caller.is_none() && !fits {
            // Whether there is such an order is nobody's to know.
            return Err(Refused::new(
                ProblemCode::NotSignedIn,
                "This receipt is not of this order. Open the order as you did when you bought, or sign \
                 in.",
            ));
        }
        let found = orders::shown(portal, order).await?;
        match caller {
            Some(caller) if caller.rights.may_see_database(found.database) => {
                Ok((Holder::Caller(Box::new(caller)), found))
            }
            _ if fits => Ok((Holder::Receipt, Holder::Receipt.shown(found))),
            _ => Err(Refused::not_found("order")),
        }
    }

    /// That they may pay an order and give it up.
    pub(super) async fn administers(self, portal: &Portal, order: i64) -> Result<Holder, Refused> {
        let (holder, found) = self.sees(portal, order).await?;
        if let Holder::Caller(caller) = &holder {
            caller.administers(found.database, "order")?;
        }
        Ok(holder)
    }
}

impl Holder {
    /// Who changes something now.
    pub(super) fn by(&self) -> Actor {
        match self {
            Self::Caller(caller) => by(caller.user.id),
            Self::Receipt => Actor::server(clock::now()),
        }
    }

    /// An order as they see it: a receipt does not tell who ordered.
    pub(super) fn shown(&self, order: Order) -> Order {
        match self {
            Self::Caller(_) => order,
            Self::Receipt => Order { ordered_by: String::new(), ..order },
        }
    }
}
