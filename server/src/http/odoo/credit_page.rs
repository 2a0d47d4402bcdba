//! The link to the page where credits are bought.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use iap_core::catalogue::ServiceName;
use iap_core::credits::AccountToken;
use serde::Deserialize;

use super::Odoo;
use crate::http::buy_link;
use crate::store::AccountKey;

#[derive(Deserialize)]
pub(super) struct Credit {
    dbuuid: Option<String>,
    service_name: Option<String>,
    account_token: Option<String>,
    hashed: Option<String>,
}

/// Leads to the page where credits are bought for an account. Since version 19 the link has the
/// SHA-1 of the token, with which nothing else can be done; before it had the token itself, which is
/// why it goes no further than here.
pub(super) async fn credit(State(odoo): State<Arc<Odoo>>, Query(query): Query<Credit>) -> Response {
    match odoo.place(&query).await {
        Ok(Some(place)) => {
            let Ok(place) = HeaderValue::try_from(place) else {
                return plain(StatusCode::BAD_REQUEST, INCOMPLETE);
            };
            let headers = [
                (header::LOCATION, place),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                // The address it came from may hold a token.
                (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            ];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Ok(None) => plain(StatusCode::BAD_REQUEST, INCOMPLETE),
        Err(_) => plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "The page to buy credits cannot be opened just now. Try again in a moment.\n",
        ),
    }
}

const INCOMPLETE: &str = "This link to buy credits is not complete. Open it again from the account \
                          in your software; if it does not help, tell whoever runs this server.\n";

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

impl Odoo {
    async fn place(&self, query: &Credit) -> Result<Option<String>, super::fault::Fault> {
        let (Some(uuid), Some(service), Some(token)) =
            (&query.dbuuid, &query.service_name, &query.account_token)
        else {
            return Ok(None);
        };
        let key = match query.hashed.as_deref() {
            Some("1" | "true" | "True") => AccountKey::read(token),
            _ => token.parse::<AccountToken>().ok().as_ref().map(AccountKey::from),
        };
        let (Some(key), Ok(service)) = (key, service.parse::<ServiceName>()) else {
            return Ok(None);
        };
        if self.customers.store.service(&service).await?.is_none() {
            return Ok(None);
        }
        let database = uuid.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Ok(database.then(|| buy_link(&self.public_url, service.as_str(), uuid, &key)))
    }
}
