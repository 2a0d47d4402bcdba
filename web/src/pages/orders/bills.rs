//! The invoices of an order, with their files.

use iap_core::api::Order;
use iap_core::billing::InvoiceKind;
use iap_core::credits::OrderState;

use crate::backend::order::Bill;
use crate::dom::{Node, view};
use crate::i18n::I18n;

/// All of them, or why there is none.
pub(super) fn bills(t: I18n, order: &Order, bills: &[Bill]) -> Node {
    if bills.is_empty() {
        let waits = order.state == OrderState::Pending && order.buyer.is_some();
        let why = if waits { t.orders_not_billed() } else { t.orders_none_billed() };
        return view! { <p class="soft">{why}</p> };
    }
    let lines: Vec<Node> = bills.iter().map(|bill| line(t, bill)).collect();
    view! { <ul class="order-bills" role="list">{lines}</ul> }
}

fn line(t: I18n, bill: &Bill) -> Node {
    let number = &*bill.document.number;
    let called = match bill.kind {
        InvoiceKind::Invoice => t.orders_bill(number),
        InvoiceKind::CreditNote => t.orders_credit_note(number),
    };
    view! { <li><span>{called}</span>{files(t, bill, true)}</li> }
}

/// The files of an invoice: for people, and for the buyer's software. Beside its name, or instead of it.
pub(super) fn files(t: I18n, bill: &Bill, is_named: bool) -> Node {
    let (id, number) = (bill.id, bill.document.number.clone());
    let (pdf, ubl) = (t.orders_pdf(&*number), t.orders_ubl(&*number));
    let shown = if is_named { "PDF".to_owned() } else { number };
    view! {
        <span class="orders-file">
            <a href=format!("/api/v1/invoices/{id}/pdf") aria-label=pdf rel="external">{shown}</a>
            " "
            <a
                href=format!("/api/v1/invoices/{id}/ubl")
                aria-label=format!("UBL: {ubl}")
                download=""
                rel="external"
            >
                "UBL"
            </a>
        </span>
    }
}
