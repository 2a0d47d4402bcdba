//! Invoices and credit notes.
//!
//! A number is taken in the transaction that keeps the document, under the lock of its counter: a
//! transaction that fails gives it back, so there are no gaps. What is issued never changes.

use iap_core::api::{Invoice, InvoiceDocument, Page};
use iap_core::billing::{
    self, Buyer, InvoiceError, InvoiceKind, InvoiceNumber, Sale, TakenBack, Tax,
};
use iap_core::credits::{Amount, OrderState};
use iap_core::phone::Region;
use iap_core::pricing::{Credits, Date};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, note};
use super::databases::within;
use super::error::StoreError;
use super::open::Store;
use super::orders::{corrupt, read_tax, tax_on};
use super::page::{Cut, cut};

/// Which invoices are shown; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct InvoiceFilter {
    /// Only those of an order.
    pub order: Option<i64>,
    /// Only those for an account.
    pub account: Option<i64>,
    /// Only those for accounts of a database.
    pub database: Option<i64>,
    /// Only those of these databases.
    pub only: Option<Vec<i64>>,
}

/// Why an order has no invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceRefusal {
    /// There is no order of that key.
    #[error("There is no such order.")]
    Unknown,
    /// Its money did not come in, or its credits not yet.
    #[error("The order has not been paid yet. It is billed when it is.")]
    NotPaid,
    /// Nobody is named who buys.
    #[error("The order names nobody who buys. Say who does.")]
    NoBuyer,
    /// Somebody else is named who buys.
    #[error("The order names who buys, and they are billed. Leave the buyer out.")]
    HasBuyer,
    /// Nobody is said to sell.
    #[error("Nobody is said to sell: write into the settings who does.")]
    NoSeller,
    /// It was paid with another tax than an invoice would have to tell.
    #[error(
        "The order was made with another tax than this seller and this buyer have to have on an \
         invoice. Give the money back, and let it be ordered again with the buyer's name."
    )]
    OtherTax,
    /// What would stand on it does not make an invoice.
    #[error(transparent)]
    Impossible(#[from] InvoiceError),
}

/// What is done with an invoice, or why it cannot be.
type Billed<T> = Result<Result<T, InvoiceRefusal>, StoreError>;

/// What of an order stands on its invoice.
struct Order {
    state: OrderState,
    /// Whether the ledger has the credits.
    entered: bool,
    name: String,
    service: String,
    credits: i64,
    price: i64,
    currency: String,
    tax: Tax,
    buyer: String,
    payment: String,
    paid_at: i64,
    refunded_at: i64,
    /// Of whoever ordered; empty where they are not known.
    language: String,
}

impl Store {
    /// Issues what an order is owed: an invoice when it is paid, and a credit note when its money is
    /// given back. How many were issued; none where they had been before. An order that names nobody is
    /// billed to the `buyer`.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`InvoiceRefusal`].
    pub async fn issue_invoice(
        &self,
        order: i64,
        buyer: Option<&Buyer>,
        actor: &Actor,
    ) -> Billed<u64> {
        let settings = self.settings().await?;
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        // Whoever bills the same order at the same moment waits here.
        let Some(found) = self.lock_billed(connection, order).await? else {
            return Ok(Err(InvoiceRefusal::Unknown));
        };
        let paid = matches!(found.state, OrderState::Paid | OrderState::Refunded);
        if !paid || !found.entered {
            return Ok(Err(InvoiceRefusal::NotPaid));
        }
        let mut issued = 0;
        let known = document(connection, order, InvoiceKind::Invoice).await?;
        let invoice = if let Some(known) = known {
            known
        } else {
            let seller = settings.seller.as_ref().and_then(|seller| seller.check().ok());
            let sale = match sale(order, &found, seller, settings.tax_rate, buyer)? {
                Ok(sale) => sale,
                Err(refusal) => return Ok(Err(refusal)),
            };
            match issue(connection, order, actor, actor.at, sale, None).await? {
                Ok(invoice) => invoice,
                Err(error) => return Ok(Err(error.into())),
            }
        };
        issued += u64::from(invoice.is_new);
        if found.state == OrderState::Refunded
            && document(connection, order, InvoiceKind::CreditNote).await?.is_none()
        {
            let taken = TakenBack {
                number: invoice.document.number(),
                issued_on: invoice.document.issued_on(),
                refunded_on: day(found.refunded_at).ok_or_else(|| corrupt(order))?,
            };
            let sale = invoice.document.sale().clone();
            // Not before the invoice, whatever clock that was issued by.
            let at = actor.at.max(invoice.issued_at);
            match issue(connection, order, actor, at, sale, Some(taken)).await? {
                Ok(_) => issued += 1,
                Err(error) => return Ok(Err(error.into())),
            }
        }
        transaction.commit().await?;
        Ok(Ok(issued))
    }

    /// Orders behind a key that are owed an invoice or a credit note, the oldest first. Where nobody is
    /// said to sell, only those whose invoice is to be taken back.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn unbilled_orders(&self, after: i64, most: i64) -> Result<Vec<i64>, StoreError> {
        let sells = self.settings().await?.seller.is_some();
        let rows = sqlx::query(
            "SELECT id FROM iap_order \
             WHERE invoiced < CASE state WHEN 'paid' THEN 1 WHEN 'refunded' THEN 2 ELSE 0 END \
             AND (buyer <> '' OR invoiced > 0) AND id > $1 AND step <> 'credit' \
             AND (invoiced > 0 OR $2 = 1) ORDER BY id LIMIT $3",
        )
        .bind(after)
        .bind(i64::from(sells))
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Invoices and credit notes, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn invoices(
        &self,
        filter: &InvoiceFilter,
        cut_at: Cut,
    ) -> Result<Page<Invoice>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{SHOWN} WHERE i.id < $1 AND ($2 = 0 OR i.order_id = $2) \
             AND ($3 = 0 OR o.account_id = $3) AND ($4 = 0 OR a.database_id = $4){} \
             ORDER BY i.id DESC LIMIT $5",
            within("a.database_id", filter.only.as_deref())
        ));
        let rows = sqlx::query(statement)
            .bind(cut_at.before())
            .bind(filter.order.unwrap_or(0))
            .bind(filter.account.unwrap_or(0))
            .bind(filter.database.unwrap_or(0))
            .bind(cut_at.rows())
            .fetch_all(&self.readers)
            .await?;
        let invoices = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(invoices, cut_at, |invoice| invoice.id))
    }

    /// An invoice or a credit note by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn invoice(&self, id: i64) -> Result<Option<Invoice>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} WHERE i.id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row)).transpose()
    }

    async fn lock_billed(
        &self,
        connection: &mut AnyConnection,
        id: i64,
    ) -> Result<Option<Order>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "SELECT state, step, name, credits, price, currency, tax_category, tax_rate, buyer, \
             payment, COALESCE(paid_at, -1), COALESCE(refunded_at, -1) FROM iap_order \
             WHERE id = $1{}",
            self.dialect.for_update()
        ));
        let row = sqlx::query(statement).bind(id).fetch_optional(&mut *connection).await?;
        let Some(row) = row else { return Ok(None) };
        let (state, step): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let category: String = row.try_get(6)?;
        let others = sqlx::query(
            "SELECT s.label, COALESCE(u.language, '') FROM iap_order AS o \
             JOIN account AS a ON a.id = o.account_id JOIN service AS s ON s.id = a.service_id \
             LEFT JOIN iap_user AS u ON u.id = o.user_id WHERE o.id = $1",
        )
        .bind(id)
        .fetch_one(connection)
        .await?;
        Ok(Some(Order {
            state: OrderState::from_word(&state).ok_or_else(|| corrupt(id))?,
            entered: step != "credit",
            name: row.try_get(2)?,
            service: others.try_get(0)?,
            credits: row.try_get(3)?,
            price: row.try_get(4)?,
            currency: row.try_get(5)?,
            tax: read_tax(&category, row.try_get(7)?).ok_or_else(|| corrupt(id))?,
            buyer: row.try_get(8)?,
            payment: row.try_get(9)?,
            paid_at: row.try_get(10)?,
            refunded_at: row.try_get(11)?,
            language: others.try_get(1)?,
        }))
    }
}

const SHOWN: &str = "SELECT i.id, i.kind, o.account_id, a.database_id, i.document FROM invoice AS i \
                     JOIN iap_order AS o ON o.id = i.order_id \
                     JOIN account AS a ON a.id = o.account_id";

/// A document that is kept.
struct Kept {
    document: billing::Invoice,
    issued_at: Timestamp,
    is_new: bool,
}

/// The document of an order that was issued before.
async fn document(
    connection: &mut AnyConnection,
    order: i64,
    kind: InvoiceKind,
) -> Result<Option<Kept>, StoreError> {
    let row =
        sqlx::query("SELECT document, issued_at FROM invoice WHERE order_id = $1 AND kind = $2")
            .bind(order)
            .bind(kind.as_str())
            .fetch_optional(connection)
            .await?;
    let Some(row) = row else { return Ok(None) };
    let written: String = row.try_get(0)?;
    let document = serde_json::from_str::<InvoiceDocument>(&written).ok();
    let document = document.and_then(|document| document.read());
    Ok(Some(Kept {
        document: document.ok_or_else(|| unreadable(order))?,
        issued_at: Timestamp::from_millis(row.try_get(1)?),
        is_new: false,
    }))
}

/// What an order's invoice says, or why there can be none.
fn sale(
    id: i64,
    order: &Order,
    seller: Option<Buyer>,
    rate: Option<billing::TaxRate>,
    buyer: Option<&Buyer>,
) -> Billed<Sale> {
    let named = (!order.buyer.is_empty())
        .then(|| serde_json::from_str::<iap_core::api::Buyer>(&order.buyer))
        .transpose()
        .ok()
        .and_then(|named| named.map(|named| named.check()).transpose().ok())
        .ok_or_else(|| corrupt(id))?;
    let buyer = match (named, buyer) {
        (Some(named), Some(other)) if named != *other => {
            return Ok(Err(InvoiceRefusal::HasBuyer));
        }
        (Some(named), _) => named,
        (None, Some(buyer)) => buyer.clone(),
        (None, None) => return Ok(Err(InvoiceRefusal::NoBuyer)),
    };
    let Some(seller) = seller else { return Ok(Err(InvoiceRefusal::NoSeller)) };
    // What was paid was paid with the tax of then: an invoice cannot make another one of it. Its rate may
    // have changed in between.
    if order.tax.category() != Tax::of(seller.country, rate, &buyer).category() {
        return Ok(Err(InvoiceRefusal::OtherTax));
    }
    let price = tax_on(order.price, &order.currency, order.tax).ok_or_else(|| corrupt(id))?;
    let credits = Amount::new(Credits::from_millionths(order.credits));
    let language = match &*order.language {
        "" => spoken_in(buyer.country).to_owned(),
        language => language.to_owned(),
    };
    let sale = Sale {
        seller,
        buyer,
        name: order.name.clone(),
        service: order.service.clone(),
        credits: credits.map_err(|_| corrupt(id))?,
        price,
        payment: order.payment.clone(),
        paid_on: day(order.paid_at).ok_or_else(|| corrupt(id))?,
        order: id,
        language,
    };
    Ok(sale.check().map(|()| sale).map_err(InvoiceRefusal::from))
}

/// The language of somebody who bought without signing in: that of their country, if it is one of ours
/// and the only one there; English elsewhere.
fn spoken_in(country: Region) -> &'static str {
    match country.as_str() {
        "FR" => "fr",
        "NL" => "nl",
        "RO" | "MD" => "ro",
        "TR" => "tr",
        _ => "en",
    }
}

/// Takes the next number and keeps the document under it.
async fn issue(
    connection: &mut AnyConnection,
    order: i64,
    actor: &Actor,
    at: Timestamp,
    sale: Sale,
    takes_back: Option<TakenBack>,
) -> Result<Result<Kept, InvoiceError>, StoreError> {
    let kind = if takes_back.is_some() { InvoiceKind::CreditNote } else { InvoiceKind::Invoice };
    let year = day(at.millis()).ok_or_else(|| corrupt(order))?.year();
    // Servers' clocks differ: nobody issues before the one who had the number before.
    let row = sqlx::query(
        "INSERT INTO invoice_counter (kind, year, running, issued_at) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (kind, year) DO UPDATE SET running = invoice_counter.running + 1, \
         issued_at = CASE WHEN invoice_counter.issued_at > excluded.issued_at \
         THEN invoice_counter.issued_at ELSE excluded.issued_at END RETURNING running, issued_at",
    )
    .bind(kind.as_str())
    .bind(i64::from(year))
    .bind(at.millis())
    .fetch_one(&mut *connection)
    .await?;
    let (running, issued_at): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let running_number = u32::try_from(running).map_err(|_| corrupt(order))?;
    let number = InvoiceNumber::new(kind, year, running_number).map_err(|_| corrupt(order))?;
    let issued_on = day(issued_at).ok_or_else(|| corrupt(order))?;
    let document = match billing::Invoice::new(number, issued_on, sale, takes_back) {
        Ok(document) => document,
        Err(error) => return Ok(Err(error)),
    };
    let written = serde_json::to_string(&InvoiceDocument::from(&document));
    let written = written.map_err(|_| unreadable(order))?;
    let kept = sqlx::query(
        "INSERT INTO invoice (order_id, kind, year, running, number, issued_at, language, document) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
    )
    .bind(order)
    .bind(kind.as_str())
    .bind(i64::from(year))
    .bind(running)
    .bind(number.to_string())
    .bind(issued_at)
    .bind(&*document.sale().language)
    .bind(written)
    .fetch_one(&mut *connection)
    .await?;
    mail(connection, kept.try_get(0)?, order, kind, &document, at).await?;
    sqlx::query("UPDATE iap_order SET invoiced = invoiced + 1 WHERE id = $1")
        .bind(order)
        .execute(&mut *connection)
        .await?;
    let action = match kind {
        InvoiceKind::Invoice => "invoice.issue",
        InvoiceKind::CreditNote => "invoice.take_back",
    };
    note(connection, actor, action, &format!("order {order}"), &number.to_string()).await?;
    Ok(Ok(Kept { document, issued_at: Timestamp::from_millis(issued_at), is_new: true }))
}

/// Writes the mail that brings a document to its buyer, in the transaction that issues it: so it is
/// neither lost nor written twice.
async fn mail(
    connection: &mut AnyConnection,
    invoice: i64,
    order: i64,
    kind: InvoiceKind,
    document: &billing::Invoice,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sale = document.sale();
    sqlx::query(
        "INSERT INTO mail (template, recipient, language, account_id, invoice_id, content, \
         created_at, next_attempt_at) \
         SELECT $1, $2, $3, account_id, $4, '{}', $5, $5 FROM iap_order WHERE id = $6",
    )
    .bind(kind.as_str())
    .bind(sale.buyer.email.as_str())
    .bind(&*sale.language)
    .bind(invoice)
    .bind(at.millis())
    .bind(order)
    .execute(connection)
    .await?;
    Ok(())
}

/// The day of a moment, in UTC; none where there is no such moment.
fn day(millis: i64) -> Option<Date> {
    let written = (millis >= 0).then(|| Timestamp::from_millis(millis).to_string())?;
    written.get(..10)?.parse().ok()
}

fn unreadable(order: i64) -> StoreError {
    StoreError::Corrupt(format!("an invoice of order {order} cannot be"))
}

fn read(row: &AnyRow) -> Result<Invoice, StoreError> {
    let id: i64 = row.try_get(0)?;
    let (kind, document): (String, String) = (row.try_get(1)?, row.try_get(4)?);
    let corrupt = || StoreError::Corrupt(format!("invoice {id} cannot be"));
    Ok(Invoice {
        id,
        kind: InvoiceKind::from_word(&kind).ok_or_else(corrupt)?,
        account: row.try_get(2)?,
        database: row.try_get(3)?,
        document: serde_json::from_str(&document).map_err(|_| corrupt())?,
    })
}
