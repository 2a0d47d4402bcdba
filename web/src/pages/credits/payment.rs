//! Paying an order.

use iap_core::billing::{PaymentError, PaymentMeans, PaymentState};
use iap_core::credits::Money;
use leptos::prelude::*;

use super::demo_card::DemoCardForm;
use super::purchase::Purchase;
use super::stripe_card::StripeCardForm;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, effect};
use crate::ui::{Button, ButtonKind, Card, Dialog, Notice, NoticeKind, Waiting};

/// What an order costs, and the way to pay it.
#[component]
pub(super) fn Payment(purchase: Purchase) -> Node {
    let t = use_i18n();
    purchase.begin();
    let order = purchase.order;
    let means = Memo::new(move |_| purchase.checkout.with(|it| it.as_ref().map(|it| it.means)));
    let state = Memo::new(move |_| {
        order.with(|it| it.as_ref().map(|it| (it.payment_state, it.payment_error)))
    });
    let sums = move || {
        let order = order.get()?;
        let gross = format::money(t.locale(), Money::new(order.gross, order.currency));
        Some(view! {
            <dl class="shop-sums">
                <div><dt>{t.shop_pack()}</dt><dd>{order.name}</dd></div>
                <div class="shop-sums-total"><dt>{t.shop_to_pay()}</dt><dd>{gross}</dd></div>
            </dl>
        })
    };
    let told = move || {
        let (state, error) = state.get()?;
        let text = match state {
            PaymentState::Processing => {
                return Some(view! { <Notice>{tr(I18n::shop_processing)}</Notice> });
            }
            PaymentState::Declined => declined(error),
            _ => return None,
        };
        Some(view! { <Notice kind=NoticeKind::Error>{tr(text)}</Notice> })
    };
    let processing =
        Memo::new(move |_| state.with(|it| matches!(it, Some((PaymentState::Processing, _)))));
    // What was typed stays when a card is declined.
    let way = move || match means.get() {
        _ if processing.get() => None,
        None => Some(view! { <Waiting label=tr(I18n::shop_asking)/> }),
        Some(PaymentMeans::Transfer) => {
            let how = order.with_untracked(|it| it.as_ref().map(|it| it.how_to_pay.clone()));
            Some(view! {
                <p class="how-to-pay">{how}</p>
                <p class="soft">{tr(I18n::shop_transfer)}</p>
            })
        }
        Some(PaymentMeans::Demo) => Some(view! { <DemoCardForm purchase=purchase/> }),
        Some(PaymentMeans::Card) => Some(view! { <StripeCardForm purchase=purchase/> }),
    };
    let number = move || order.with(|it| it.as_ref().map(|it| t.shop_order(it.id.to_string())));
    view! {
        <div class="shop shop-payment">
            <Card title=tr(I18n::shop_payment) aside=number>
                {sums}
                <div role="status">{told}</div>
                {way}
                <p class="no-print">
                    <Button
                        kind=ButtonKind::Quiet
                        attr:aria-describedby="give-up-hint"
                        disabled=purchase.busy
                        on:click=move |_| purchase.give_up()
                    >
                        {tr(I18n::shop_give_up)}
                    </Button>
                </p>
                <p class="soft no-print" id="give-up-hint">{tr(I18n::shop_give_up_hint)}</p>
            </Card>
        </div>
        <Bank purchase=purchase/>
    }
}

/// Why a card was not taken, and what to do.
fn declined(error: Option<PaymentError>) -> fn(I18n) -> &'static str {
    match error {
        Some(PaymentError::CardDeclined) => I18n::shop_error_declined,
        Some(PaymentError::InsufficientFunds) => I18n::shop_error_funds,
        Some(PaymentError::ExpiredCard) => I18n::shop_error_expired,
        Some(PaymentError::IncorrectCvc) => I18n::shop_error_code,
        Some(PaymentError::AuthenticationFailed) => I18n::shop_error_authentication,
        Some(PaymentError::Other) | None => I18n::shop_error_other,
    }
}

/// What a bank asks that wants to know whether it is oneself.
#[component]
fn Bank(purchase: Purchase) -> Node {
    let asks = Memo::new(move |_| {
        purchase.order.with(|it| {
            it.as_ref().is_some_and(|it| it.payment_state == PaymentState::ActionRequired)
        })
    });
    let open = RwSignal::new(false);
    // Whoever closed it and pays again is asked again, though nothing of the order has changed.
    effect(move |_| {
        let asks = asks.get();
        if !purchase.busy.get() {
            open.set(asks);
        }
    });
    view! {
        <Dialog open=open title=tr(I18n::shop_bank)>
            <p>{tr(I18n::shop_bank_text)}</p>
            <div class="dialog-actions">
                <Button on:click=move |_| purchase.authenticate(false)>{tr(I18n::shop_bank_no)}</Button>
                <Button kind=ButtonKind::Primary on:click=move |_| purchase.authenticate(true)>
                    {tr(I18n::shop_bank_yes)}
                </Button>
            </div>
        </Dialog>
    }
}
