//! Numbers of invoices.
#![cfg(not(target_arch = "wasm32"))]

use iap_core::billing::{InvoiceKind, InvoiceNumber};
use proptest::prelude::*;

fn kind() -> impl Strategy<Value = InvoiceKind> {
    prop_oneof![Just(InvoiceKind::Invoice), Just(InvoiceKind::CreditNote)]
}

proptest! {
    /// Numbers are read as they are shown.
    #[test]
    fn shown_and_read(kind in kind(), year in 1000_u16..=9999, running in 1_u32..) {
        let number = InvoiceNumber::new(kind, year, running).unwrap();
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert!(number.file_name().bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-'));
    }

    /// Whatever is read is written in that way alone.
    #[test]
    fn one_name(text in "(INV|CN|inv)/[0-9]{3,5}/[0-9]{1,12}") {
        if let Ok(number) = text.parse::<InvoiceNumber>() {
            prop_assert_eq!(number.to_string(), text);
        }
    }

    /// In a series of a year the order of numbers is that of their names, up to the digits they fill.
    #[test]
    fn in_order(kind in kind(), year in 1000_u16..=9999, one in 1_u32..100_000, other in 1_u32..100_000) {
        let number = |running| InvoiceNumber::new(kind, year, running).unwrap();
        let (one, other) = (number(one), number(other));
        prop_assert_eq!(one.cmp(&other), one.to_string().cmp(&other.to_string()));
    }
}
