//! What databases may use, and beginning to use it.

use iap_core::api::{Activation, Catalogue, Database, NewAccount};

use super::demo;
use super::http::{self, Failure};

/// The databases that one may see.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn databases(is_demo: bool) -> Result<Vec<Database>, Failure> {
    if is_demo {
        return Ok(vec![demo::catalogue()?.database]);
    }
    http::list("/databases").await
}

/// What a database may use.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn catalogue(is_demo: bool, database: i64) -> Result<Catalogue, Failure> {
    if is_demo {
        return demo::catalogue();
    }
    http::get(&format!("/databases/{database}/catalogue")).await
}

/// Activates a service for a database. The same key again is the same request.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn activate(
    is_demo: bool,
    database: i64,
    service: i64,
    key: &str,
) -> Result<Activation, Failure> {
    if is_demo {
        return demo::activate(service);
    }
    let path = format!("/databases/{database}/accounts");
    http::post_with(&path, &NewAccount { service }, &[("idempotency-key", key)]).await
}
