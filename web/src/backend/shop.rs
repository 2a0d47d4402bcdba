//! Buying packs: from the server, by who is signed in or by an account's link, or in the demo.

use iap_core::api::{
    AccountLink, Buyer, Checkout, DemoAuthentication, DemoCard, LinkedOrder, NewOrder, Order, Page,
    Purchase, Shop,
};

use super::demo;
use super::http::{self, Failure};
use super::order::Bill;

/// For which account something is bought, and by what right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Till {
    /// An account of the demo, by key.
    Demo(i64),
    /// An account of a database that whoever is signed in administers, by key.
    Account(i64),
    /// The account of a link.
    Link(AccountLink),
}

/// What one comes back to an order with, where nobody is signed in.
pub type Receipt = Option<String>;

const KEY: &str = "idempotency-key";
const RECEIPT: &str = "iap-receipt";

/// What can be bought.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn shop(till: &Till) -> Result<Shop, Failure> {
    match till {
        Till::Demo(account) => demo::shop(*account),
        Till::Account(account) => http::get(&format!("/accounts/{account}/shop")).await,
        Till::Link(link) => http::post("/shop", link).await,
    }
}

/// Orders a pack. The same key again is the same order.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn order(
    till: &Till,
    pack: i64,
    buyer: Buyer,
    key: &str,
) -> Result<(Order, Receipt), Failure> {
    match till {
        Till::Demo(account) => Ok((demo::order(*account, pack, buyer, key)?, None)),
        Till::Account(account) => {
            let new = NewOrder { pack, buyer: Some(buyer) };
            let path = format!("/accounts/{account}/orders");
            Ok((http::post_with(&path, &new, &[(KEY, key)]).await?, None))
        }
        Till::Link(link) => {
            let new = LinkedOrder { link: link.clone(), pack, buyer };
            let Purchase { order, receipt } =
                http::post_with("/shop/orders", &new, &[(KEY, key)]).await?;
            Ok((order, Some(receipt)))
        }
    }
}

/// An order, as it stands.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn known(till: &Till, order: i64, receipt: &Receipt) -> Result<Order, Failure> {
    match till {
        Till::Demo(_) => demo::known(order),
        _ => http::get_with(&format!("/orders/{order}"), &headers(receipt)).await,
    }
}

/// Begins to pay an order, or takes it up again.
///
/// # Errors
/// [`Failure`] where it cannot be paid.
pub async fn checkout(till: &Till, order: i64, receipt: &Receipt) -> Result<Checkout, Failure> {
    match till {
        Till::Demo(_) => demo::checkout(order),
        _ => http::post_with(&format!("/orders/{order}/checkout"), &(), &headers(receipt)).await,
    }
}

/// Pays an order with a card for trying out.
///
/// # Errors
/// [`Failure`] where the card is not taken.
pub async fn pay(
    till: &Till,
    order: i64,
    receipt: &Receipt,
    card: DemoCard,
) -> Result<Order, Failure> {
    match till {
        Till::Demo(_) => demo::pay(order, &card),
        _ => {
            http::post_with(&format!("/orders/{order}/demo-payment"), &card, &headers(receipt))
                .await
        }
    }
}

/// Says whether it is oneself who pays.
///
/// # Errors
/// [`Failure`] where nothing waits for that.
pub async fn authenticate(
    till: &Till,
    order: i64,
    receipt: &Receipt,
    accepted: bool,
) -> Result<Order, Failure> {
    if matches!(till, Till::Demo(_)) {
        return demo::authenticate(order, accepted);
    }
    let path = format!("/orders/{order}/demo-payment/authentication");
    http::post_with(&path, &DemoAuthentication { accepted }, &headers(receipt)).await
}

/// Gives an order up.
///
/// # Errors
/// [`Failure`] where it was paid.
pub async fn give_up(till: &Till, order: i64, receipt: &Receipt) -> Result<Order, Failure> {
    match till {
        Till::Demo(_) => demo::give_up(order),
        _ => http::post_with(&format!("/orders/{order}/cancel"), &(), &headers(receipt)).await,
    }
}

/// The invoice of an order, and its credit note, as far as they are there.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn bills(till: &Till, order: i64, receipt: &Receipt) -> Result<Vec<Bill>, Failure> {
    if matches!(till, Till::Demo(_)) {
        return Ok(Vec::new());
    }
    let path = format!("/orders/{order}/invoices");
    Ok(http::get_with::<Page<Bill>>(&path, &headers(receipt)).await?.items)
}

/// A file of an invoice: `pdf` for people, `ubl` for their software. Receipts stand in no address, so
/// that it is no link.
///
/// # Errors
/// [`Failure`] where the server does not give it.
pub async fn file(bill: i64, kind: &str, receipt: &Receipt) -> Result<web_sys::Blob, Failure> {
    http::file(&format!("/invoices/{bill}/{kind}"), &headers(receipt)).await
}

fn headers(receipt: &Receipt) -> Vec<(&'static str, &str)> {
    receipt.iter().map(|receipt| (RECEIPT, receipt.as_str())).collect()
}
