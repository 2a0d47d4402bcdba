//! Orders and their invoices as the pages show them.

use iap_core::api::{Order, Page, Payment, ProblemCode, Refund};
use iap_core::billing::InvoiceKind;
use serde::Deserialize;

use super::demo;
use super::http::{self, Failure};

/// What is shown of an invoice or a credit note: less than there is, because all of it is in its files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bill {
    /// Its key.
    pub id: i64,
    /// What it is.
    pub kind: InvoiceKind,
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

/// An order with its invoices; nothing where there is none that one may see.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn order(is_demo: bool, id: i64) -> Result<Option<(Order, Vec<Bill>)>, Failure> {
    if is_demo {
        return Ok(demo::known(id).ok().map(|order| (order, Vec::new())));
    }
    let order = match http::get(&format!("/orders/{id}")).await {
        Err(Failure::Refused { problem, .. }) if problem.code == ProblemCode::NotFound => {
            return Ok(None);
        }
        order => order?,
    };
    let bills: Page<Bill> = http::get(&format!("/orders/{id}/invoices")).await?;
    Ok(Some((order, bills.items)))
}

/// Says that the money of an order came in, and what the payment is known by.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn record_payment(id: i64, payment: String) -> Result<Order, Failure> {
    http::post(&format!("/orders/{id}/payment"), &Payment { payment }).await
}

/// Gives the money of an order back, and says why.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn refund(id: i64, reason: String) -> Result<Order, Failure> {
    http::post(&format!("/orders/{id}/refund"), &Refund { reason }).await
}

/// Gives an order up that was not paid.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn give_up(is_demo: bool, id: i64) -> Result<Order, Failure> {
    if is_demo { demo::give_up(id) } else { http::post(&format!("/orders/{id}/cancel"), &()).await }
}
