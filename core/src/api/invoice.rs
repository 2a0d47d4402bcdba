//! Invoices and credit notes.

use alloc::string::{String, ToString as _};

use serde::{Deserialize, Serialize};

use super::billing::Buyer;
use crate::billing::{self, InvoiceKind, InvoiceNumber, Sale, TakenBack, Tax, TaxRate, Taxed};
use crate::credits::{Amount, Currency, Money};
use crate::pricing::Date;

/// An invoice or a credit note. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invoice {
    /// Its key.
    pub id: i64,
    /// What it is.
    pub kind: InvoiceKind,
    /// The account that the order was for, by key.
    pub account: i64,
    /// The database of that account, by key.
    pub database: i64,
    /// What stands on it.
    pub document: InvoiceDocument,
}

/// What stands on an invoice or a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceDocument {
    /// Its number.
    pub number: InvoiceNumber,
    /// The day on which it was issued, in UTC.
    pub issued_on: Date,
    /// Who sells.
    pub seller: Buyer,
    /// Who buys.
    pub buyer: Buyer,
    /// What the pack is called.
    pub name: String,
    /// What the service is called that its credits are for.
    pub service: String,
    /// The credits in it.
    pub credits: Amount,
    /// What it costs without tax, in minor units. What is given back is not negative on a credit note.
    pub net: u64,
    /// The tax, in minor units.
    pub tax: u64,
    /// Both, in minor units.
    pub gross: u64,
    /// The currency.
    pub currency: Currency,
    /// How it is taxed, by the code of EN 16931: S for the seller's rate, AE where the buyer owes the
    /// tax, O for none.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(S|AE|O)$"))]
    pub tax_category: String,
    /// The rate of the tax; nothing where none is added.
    pub tax_rate: Option<TaxRate>,
    /// What the payment is known by where the money came in.
    pub payment: String,
    /// The day on which it was paid, in UTC.
    pub paid_on: Date,
    /// The order, by key.
    pub order: i64,
    /// The language it is written in, as browsers name it.
    pub language: String,
    /// The invoice that a credit note takes back; nothing for an invoice.
    pub takes_back: Option<InvoiceTakenBack>,
}

/// The invoice that a credit note takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceTakenBack {
    /// Its number.
    pub number: InvoiceNumber,
    /// The day on which it was issued, in UTC.
    pub issued_on: Date,
    /// The day on which the money was given back, in UTC.
    pub refunded_on: Date,
}

/// Who buys, for an invoice of an order that names nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInvoice {
    /// Who buys; nothing where the order says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
}

impl InvoiceDocument {
    /// The invoice that it describes; none where it contradicts itself.
    #[must_use]
    pub fn read(&self) -> Option<billing::Invoice> {
        let tax = Tax::restore(&self.tax_category, self.tax_rate)?;
        let price = Taxed::new(Money::new(self.net, self.currency), tax)?;
        if (price.tax().minor(), price.gross().minor()) != (self.tax, self.gross) {
            return None;
        }
        let sale = Sale {
            seller: self.seller.check().ok()?,
            buyer: self.buyer.check().ok()?,
            name: self.name.clone(),
            service: self.service.clone(),
            credits: self.credits,
            price,
            payment: self.payment.clone(),
            paid_on: self.paid_on,
            order: self.order,
            language: self.language.clone(),
        };
        let takes_back = self.takes_back.as_ref().map(|it| TakenBack {
            number: it.number,
            issued_on: it.issued_on,
            refunded_on: it.refunded_on,
        });
        billing::Invoice::new(self.number, self.issued_on, sale, takes_back).ok()
    }
}

impl From<&billing::Invoice> for InvoiceDocument {
    fn from(invoice: &billing::Invoice) -> Self {
        let sale = invoice.sale();
        let price = sale.price;
        Self {
            number: invoice.number(),
            issued_on: invoice.issued_on(),
            seller: sale.seller.clone().into(),
            buyer: sale.buyer.clone().into(),
            name: sale.name.clone(),
            service: sale.service.clone(),
            credits: sale.credits,
            net: price.net().minor(),
            tax: price.tax().minor(),
            gross: price.gross().minor(),
            currency: price.net().currency(),
            tax_category: price.kind().category().to_string(),
            tax_rate: price.kind().rate(),
            payment: sale.payment.clone(),
            paid_on: sale.paid_on,
            order: sale.order,
            language: sale.language.clone(),
            takes_back: invoice.takes_back().map(|it| InvoiceTakenBack {
                number: it.number,
                issued_on: it.issued_on,
                refunded_on: it.refunded_on,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> InvoiceDocument {
        let party = Buyer {
            name: "Peeters Fietsen".into(),
            street: "Kouter 1".into(),
            postcode: "9000".into(),
            city: "Gent".into(),
            country: "BE".into(),
            vat_number: "BE0123456789".into(),
            email: "ada@example.com".into(),
            reference: String::new(),
        };
        InvoiceDocument {
            number: "CN/2026/00002".parse().unwrap(),
            issued_on: "2026-03-02".parse().unwrap(),
            seller: party.clone(),
            buyer: party,
            name: "Starter".into(),
            service: "Text messages".into(),
            credits: "100".parse().unwrap(),
            net: 1_000,
            tax: 210,
            gross: 1_210,
            currency: Currency::EUR,
            tax_category: "S".into(),
            tax_rate: Some("21".parse().unwrap()),
            payment: "+++1+++".into(),
            paid_on: "2026-03-01".parse().unwrap(),
            order: 7,
            language: "nl-BE".into(),
            takes_back: Some(InvoiceTakenBack {
                number: "INV/2026/00001".parse().unwrap(),
                issued_on: "2026-03-01".parse().unwrap(),
                refunded_on: "2026-03-02".parse().unwrap(),
            }),
        }
    }

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        let document = document();
        assert_eq!(InvoiceDocument::from(&document.read().unwrap()), document);
    }

    #[test]
    fn what_contradicts_itself_is_no_invoice() {
        let wrong: [fn(&mut InvoiceDocument); 7] = [
            |it| it.tax = 211,
            |it| it.gross = 1_000,
            |it| it.tax_category = "AE".into(),
            |it| it.tax_rate = None,
            |it| it.seller.vat_number.clear(),
            |it| it.buyer.country = "XX".into(),
            |it| it.takes_back = None,
        ];
        for wrong in wrong {
            let mut document = document();
            wrong(&mut document);
            assert_eq!(document.read(), None, "{document:?}");
        }
    }
}
