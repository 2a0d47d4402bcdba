//! Invoices as files: as PDF for people, as UBL for programs.
//!
//! Both are made of the same [`iap_core::billing::Invoice`] whenever they are asked for, and are the
//! same bytes each time.

mod countries;
mod pdf;
#[cfg(test)]
pub(crate) mod sample;
mod texts;
mod typeface;
mod ubl;
pub(crate) mod written;

pub use pdf::{PdfError, pdf};
pub use ubl::ubl;
