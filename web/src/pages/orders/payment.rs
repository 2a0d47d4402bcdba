//! How far the payment of an order is, and what became of its money.

use iap_core::api::Order;
use iap_core::billing::{MoneyBack, PaymentMeans, PaymentState};
use iap_core::credits::OrderState;

use crate::dom::{Node, view};
use crate::format;
use crate::i18n::I18n;

/// What is known of it.
pub(super) fn payment(t: I18n, order: &Order) -> Node {
    let waits = order.state == OrderState::Pending;
    let means = match order.means {
        PaymentMeans::Transfer => t.orders_means_transfer(),
        PaymentMeans::Card => t.orders_means_card(),
        PaymentMeans::Demo => t.orders_means_demo(),
    };
    let progress = match order.payment_state {
        PaymentState::Awaiting => Some(t.orders_progress_begun()),
        PaymentState::ActionRequired => Some(t.orders_progress_bank()),
        PaymentState::Processing => Some(t.orders_progress_waiting()),
        PaymentState::Declined => Some(t.orders_progress_declined()),
        PaymentState::None | PaymentState::Succeeded => None,
    };
    let moment = |at| format::moment(t.locale(), at);
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let facts = [
        (t.orders_means(), Some(means.to_owned())),
        (t.orders_progress(), progress.filter(|_| waits).map(str::to_owned)),
        (t.orders_payment_reference(), said(&order.payment)),
        (t.orders_paid_at(), order.paid_at.map(moment)),
        (t.orders_refunded_at(), order.refunded_at.map(moment)),
        (t.orders_reason(), said(&order.refund_reason)),
    ];
    let facts: Vec<Node> = facts
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <div><dt>{name}</dt><dd>{value?}</dd></div> }))
        .collect();
    let back = match order.money_back {
        MoneyBack::None => None,
        MoneyBack::Due => Some(t.orders_back_due()),
        MoneyBack::Done => Some(t.orders_back_done()),
    };
    let how = said(&order.how_to_pay).filter(|_| order.means == PaymentMeans::Transfer);
    view! {
        <dl class="facts">{facts}</dl>
        {back.map(|back| view! { <p class="soft">{back}</p> })}
        {how.map(|how| view! { <p class="how-to-pay">{how}</p> })}
    }
}
