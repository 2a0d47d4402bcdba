//! Orders and their invoices as the pages show them.

use iap_core::api::Order;
use serde::Deserialize;

use super::demo;
use super::http::{self, Failure};

/// What is shown of an invoice or a credit note: less than there is, because all of it is in its files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bill {
    /// Its key.
    pub id: i64,
    /// What stands on it.
    pub document: BillDocument,
}

/// What is shown of what stands on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BillDocument {
    /// Its number.
    pub number: String,
    /// The order that it bills or takes back, by key.
    pub order: i64,
}

/// The orders that one may see, the newest first, and their invoices.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn orders(is_demo: bool) -> Result<(Vec<Order>, Vec<Bill>), Failure> {
    if is_demo {
        return Ok((demo::orders(), Vec::new()));
    }
    Ok((http::list("/orders").await?, http::list("/invoices").await?))
}
