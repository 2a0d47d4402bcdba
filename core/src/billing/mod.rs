//! What a purchase is billed with: who buys, the tax on it, what it comes to, and how it is paid.
//!
//! Sources: Council Directive 2006/112/EC on value added tax (called "the directive" here), and
//! EN 16931-1, the semantic model of electronic invoices, for what has to be known.

mod buyer;
mod invoice;
mod payment;
mod tax;
mod test_card;
mod vat_number;

pub use buyer::{Buyer, BuyerError, BuyerField};
pub use invoice::{
    Invoice, InvoiceError, InvoiceKind, InvoiceNumber, InvoiceNumberError, Sale, TakenBack, TaxNote,
};
pub use payment::{MoneyBack, PaymentError, PaymentMeans, PaymentState};
pub use tax::{Tax, TaxRate, TaxRateError, Taxed, is_in_the_union};
pub use test_card::{TestCard, TestCardError};
pub use vat_number::{VatNumber, VatNumberError};
