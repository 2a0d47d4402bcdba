//! Invoices and credit notes.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use iap_core::api::{Invoice, NewInvoice, Page, Problem, ProblemCode};
use iap_core::billing::{self, InvoiceKind};
use iap_core::credits::Money;
use iap_core::csv::cell;
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, checked, cut};
use super::receipt::Viewer;
use super::{Answer, Portal, accounts, by, csv, orders};
use crate::http::problem::Refused;
use crate::invoices;
use crate::store::{Cut, InvoiceFilter, InvoiceRefusal, StoreError};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those for an account.
    account: Option<i64>,
    /// Only those for accounts of a database.
    database: Option<i64>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List invoices and credit notes, the newest first; those for databases that one is a member of
#[utoipa::path(
    get, path = "/invoices", tag = "invoices", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<Invoice>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(list): Asked<List>,
) -> Answer<Json<Page<Invoice>>> {
    let filter = filter(&portal, &caller, list.account, list.database).await?;
    Ok(Json(portal.store().invoices(&filter, cut(list.after, list.limit)).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Export {
    /// Only those for an account.
    account: Option<i64>,
    /// Only those for accounts of a database.
    database: Option<i64>,
}

/// Export invoices and credit notes as CSV, the newest first; those for databases that one is a member
/// of
///
/// What a credit note takes back is not negative in it.
#[utoipa::path(
    get, path = "/invoices.csv", tag = "invoices", security(("session" = [])), params(Export),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(asked): Asked<Export>,
) -> Answer<Response> {
    let filter = filter(&portal, &caller, asked.account, asked.database).await?;
    let store = portal.store().clone();
    csv::stream("invoices", HEADER, write_line, move |after| {
        let (store, filter) = (store.clone(), filter.clone());
        async move { store.invoices(&filter, csv::part(after.as_deref())).await }
    })
    .await
}

const HEADER: &str = "number,kind,issued_on,order,account,takes_back,buyer,country,vat_number,pack,\
                      credits,net,tax,gross,currency,tax_category,tax_rate,payment,paid_on\r\n";

fn write_line(lines: &mut String, invoice: &Invoice) {
    use std::fmt::Write as _;
    let document = &invoice.document;
    // The currency has a column of its own.
    let money = |minor: u64| Money::new(minor, document.currency).decimal();
    let taken = document.takes_back.as_ref().map(|taken| taken.number.to_string());
    // Writing to a text never fails.
    let _ = write!(
        lines,
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
        document.number,
        invoice.kind.as_str(),
        document.issued_on,
        document.order,
        invoice.account,
        taken.unwrap_or_default(),
        cell(&document.buyer.name),
        cell(&document.buyer.country),
        cell(&document.buyer.vat_number),
        cell(&document.name),
        document.credits,
        money(document.net),
        money(document.tax),
        money(document.gross),
        document.currency,
        document.tax_category,
        document.tax_rate.map(|rate| rate.to_string()).unwrap_or_default(),
        cell(&document.payment),
        document.paid_on,
    );
}

/// Show the invoice of an order and its credit note; members of the database that it is for, and
/// whoever has its receipt
///
/// There are none where the order is not paid, names nobody who buys, or nobody was said to sell.
#[utoipa::path(
    get, path = "/orders/{order}/invoices", tag = "invoices",
    security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "The order, by key.")),
    responses(
        (status = 200, body = Page<Invoice>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn of_order(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
) -> Answer<Json<Page<Invoice>>> {
    viewer.sees(&portal, order).await?;
    Ok(Json(of(&portal, order).await?))
}

/// Bill an order that was not billed when it was paid; operators only
///
/// An order that names nobody is billed to the buyer that is named here, if the tax that was paid is the
/// one that they have to pay. Where there is an invoice, it is answered, and nothing is issued.
#[utoipa::path(
    post, path = "/orders/{order}/invoice", tag = "invoices", security(("session" = [])),
    params(("order" = i64, Path, description = "The order, by key.")), request_body = NewInvoice,
    responses(
        (status = 201, body = Invoice),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn issue(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(order): Keys<i64>,
    Body(NewInvoice { buyer }): Body<NewInvoice>,
) -> Answer<(StatusCode, Json<Invoice>)> {
    let found = orders::shown(&portal, order).await?;
    caller.sees(found.database, "order")?;
    caller.operates()?;
    let buyer = buyer.map(|it| checked("buyer", &it)).transpose()?;
    let issued = portal.store().issue_invoice(order, buyer.as_ref(), &by(caller.user.id)).await?;
    issued?;
    let invoices = of(&portal, order).await?;
    let invoice = invoices.items.into_iter().find(|it| it.kind == InvoiceKind::Invoice);
    let invoice = invoice.ok_or_else(|| Refused::not_found("invoice"))?;
    Ok((StatusCode::CREATED, Json(invoice)))
}

/// Show an invoice or a credit note; members of the database that it is for, and whoever has the
/// receipt of its order
#[utoipa::path(
    get, path = "/invoices/{invoice}", tag = "invoices",
    security(("session" = []), ("receipt" = [])),
    params(("invoice" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Invoice),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(invoice): Keys<i64>,
) -> Answer<Json<Invoice>> {
    Ok(Json(seen(&portal, viewer, invoice).await?))
}

/// Download an invoice or a credit note as PDF; members of the database that it is for, and whoever has
/// the receipt of its order
#[utoipa::path(
    get, path = "/invoices/{invoice}/pdf", tag = "invoices",
    security(("session" = []), ("receipt" = [])),
    params(("invoice" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = [u8], content_type = "application/pdf"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn pdf(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(invoice): Keys<i64>,
) -> Answer<Response> {
    let document = document(&portal, viewer, invoice).await?;
    let name = document.number().file_name();
    // It takes milliseconds, which others need not wait for.
    let written = tokio::task::spawn_blocking(move || invoices::pdf(&document)).await;
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(invoice, %error, "an invoice is not written as PDF");
        Refused::new(
            ProblemCode::Failed,
            "The invoice could not be written as PDF. Its XML has the same contents.",
        )
    };
    let bytes = written.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    Ok(file(bytes, "application/pdf", &name, "pdf"))
}

/// Download an invoice or a credit note as XML (UBL 2.1, EN 16931); members of the database that it is
/// for, and whoever has the receipt of its order
#[utoipa::path(
    get, path = "/invoices/{invoice}/ubl", tag = "invoices",
    security(("session" = []), ("receipt" = [])),
    params(("invoice" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = String, content_type = "application/xml"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn ubl(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(invoice): Keys<i64>,
) -> Answer<Response> {
    let document = document(&portal, viewer, invoice).await?;
    let name = document.number().file_name();
    Ok(file(invoices::ubl(&document), "application/xml", &name, "xml"))
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str, ending: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{ending}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Which invoices somebody is shown who asks for some.
async fn filter(
    portal: &Portal,
    caller: &Caller,
    account: Option<i64>,
    database: Option<i64>,
) -> Answer<InvoiceFilter> {
    if let Some(account) = account {
        accounts::seen(portal, caller, account).await?;
    }
    if let Some(database) = database {
        caller.sees(database, "database")?;
    }
    Ok(InvoiceFilter { order: None, account, database, only: caller.databases() })
}

/// What was issued of an order.
async fn of(portal: &Portal, order: i64) -> Answer<Page<Invoice>> {
    let filter = InvoiceFilter { order: Some(order), ..InvoiceFilter::default() };
    Ok(portal.store().invoices(&filter, Cut::new(None, Cut::MOST)).await?)
}

/// An invoice that somebody may see.
async fn seen(portal: &Portal, viewer: Viewer, invoice: i64) -> Answer<Invoice> {
    let found = portal.store().invoice(invoice).await?;
    // No order has the key 0: what is not there is answered as what is not theirs.
    let order = found.as_ref().map_or(0, |found| found.document.order);
    viewer.sees(portal, order).await.map_err(|refused| refused.of("invoice"))?;
    found.ok_or_else(|| Refused::not_found("invoice"))
}

/// What stands on an invoice that somebody may see.
async fn document(portal: &Portal, viewer: Viewer, invoice: i64) -> Answer<billing::Invoice> {
    let found = seen(portal, viewer, invoice).await?;
    let document = found.document.read();
    let corrupt = || StoreError::Corrupt(format!("invoice {invoice} cannot be"));
    Ok(document.ok_or_else(corrupt)?)
}

impl From<InvoiceRefusal> for Refused {
    fn from(refusal: InvoiceRefusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            InvoiceRefusal::Unknown => Self::new(ProblemCode::NotFound, detail),
            InvoiceRefusal::NotPaid => Self::new(ProblemCode::OrderState, detail),
            InvoiceRefusal::NoBuyer | InvoiceRefusal::HasBuyer => Self::field("buyer", detail),
            InvoiceRefusal::NoSeller | InvoiceRefusal::OtherTax | InvoiceRefusal::Impossible(_) => {
                Self::new(ProblemCode::NotBillable, detail)
            }
        }
    }
}
