//! A line of the list of orders.

use std::cmp::Ordering;

use iap_core::api::Order;
use iap_core::credits::{Money, OrderState};
use iap_core::csv::cell;

use crate::backend::order::Bill;
use crate::format;
use crate::i18n::{I18n, Locale};
use crate::ui::Column;

/// The columns that can be hidden; the number of the order always stands there.
pub(super) const COLUMNS: [Column; 7] = [
    ("when", I18n::orders_when),
    ("service", I18n::accounts_service),
    ("pack", I18n::shop_pack),
    ("by", I18n::orders_by),
    ("amount", I18n::orders_amount),
    ("state", I18n::orders_state),
    ("invoice", I18n::orders_invoice),
];

/// An order with its invoices, and its texts in a language.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The order.
    pub order: Order,
    /// Its invoices, the newest first.
    pub bills: Vec<Bill>,
    /// What the service is called; empty where it is not known yet.
    pub service: String,
    /// The word for its state.
    pub state: &'static str,
    /// What can be read in the line, folded for searching.
    folded: String,
}

impl Row {
    pub(super) fn new(t: I18n, order: &Order, bills: &[Bill], service: String) -> Self {
        let state = state_text(t, order.state);
        let number = order.id.to_string();
        let numbers = numbers(bills);
        let words = [&number, &service, &order.name, &order.ordered_by, &numbers, state];
        let folded = format::fold(t.locale(), &words.map(AsRef::<str>::as_ref).join(" "));
        Self { order: order.clone(), bills: bills.to_vec(), service, state, folded }
    }

    /// Whether a folded search finds it.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by the number.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        let (one, two) = (&self.order, &other.order);
        match column {
            "when" => one.created_at.cmp(&two.created_at),
            "service" => format::compare(locale, &self.service, &other.service),
            "pack" => format::compare(locale, &one.name, &two.name)
                .then_with(|| one.credits.cmp(&two.credits)),
            "by" => format::compare(locale, &one.ordered_by, &two.ordered_by),
            // Amounts of different currencies cannot be compared.
            "amount" => {
                let currencies = one.currency.code().cmp(two.currency.code());
                currencies.then_with(|| one.gross.cmp(&two.gross))
            }
            "state" => format::compare(locale, self.state, other.state),
            "invoice" => numbers(&self.bills).cmp(&numbers(&other.bills)),
            _ => Ordering::Equal,
        }
        .then_with(|| one.id.cmp(&two.id))
    }

    /// The line of the CSV file.
    fn csv(&self) -> String {
        let order = &self.order;
        let texts = [
            order.id.to_string(),
            order.created_at.to_string(),
            cell(&self.service),
            cell(&order.name),
            order.credits.to_string(),
            cell(&order.ordered_by),
            Money::new(order.gross, order.currency).decimal(),
            order.currency.code().to_owned(),
            order.state.as_str().to_owned(),
            cell(&numbers(&self.bills)),
        ];
        texts.join(",") + "\r\n"
    }
}

/// The word for how an order stands.
pub(super) fn state_text(t: I18n, state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => t.orders_pending(),
        OrderState::Paid => t.orders_paid(),
        OrderState::Cancelled => t.orders_cancelled(),
        OrderState::Refunded => t.orders_refunded(),
    }
}

/// The class of that word.
pub(super) const fn state_class(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => "pill pill-warning",
        OrderState::Paid => "pill",
        OrderState::Cancelled | OrderState::Refunded => "pill pill-quiet",
    }
}

/// The numbers of invoices as one text.
fn numbers(bills: &[Bill]) -> String {
    bills.iter().map(|bill| &*bill.document.number).collect::<Vec<_>>().join(" ")
}

/// The columns of the CSV file; programs read them, so they are the same in each language.
const HEADER: &str =
    "order,ordered_at,service,pack,credits,ordered_by,amount,currency,state,invoice\r\n";

/// The lines as a CSV file.
pub(super) fn to_csv(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(Row::csv).collect();
    HEADER.to_owned() + &lines
}
