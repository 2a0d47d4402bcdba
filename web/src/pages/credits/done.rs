//! The end of a purchase.

use iap_core::credits::{Money, OrderState};
use leptos::prelude::*;

use super::purchase::Purchase;
use crate::backend::order::Bill;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::query;
use crate::reactive::RwSignal;
use crate::ui::{Button, Icon, IconName, Notice};

/// How often it is looked whether an order is billed.
const TRIES: u8 = 5;

/// The credits are there.
#[component]
pub(super) fn Paid(purchase: Purchase) -> Node {
    let t = use_i18n();
    let told = move || {
        let order = purchase.order.get()?;
        let credits = t.credits(order.credits.credits());
        let gross = format::money(t.locale(), Money::new(order.gross, order.currency));
        Some(view! {
            <h2>{t.shop_paid(credits)}</h2>
            <p>{t.shop_paid_text(order.id.to_string(), gross)}</p>
        })
    };
    let bills = RwSignal::new(Vec::new());
    purchase.show_bills(bills, TRIES);
    let on = match purchase.account() {
        Some(account) => view! {
            <p class="shop-on">
                <a class="button" href="/orders">{tr(I18n::orders_title)}</a>
                <a class="button button-primary" href=format!("/services/{account}")>
                    {tr(I18n::shop_to_account)}
                </a>
            </p>
        },
        None => view! { <p class="soft">{tr(I18n::shop_close)}</p> },
    };
    view! {
        <div class="card shop-done">
            <Icon name=IconName::Check/>
            <div role="status">{told}</div>
            {move || {
                let mailed = purchase.order.with(|it| it.as_ref()?.buyer.as_ref().map(|it| it.email.clone()));
                bills.get().into_iter().map(|it| files(t, purchase, it, mailed.clone())).collect::<Vec<_>>()
            }}
            {on}
        </div>
    }
}

/// The files of an invoice. The mail with them is on its way.
fn files(t: I18n, purchase: Purchase, bill: Bill, mailed: Option<String>) -> Node {
    let kept = bill.clone();
    let number = bill.document.number.clone();
    let mailed = mailed.map(|email| view! { <p class="soft">{t.shop_mailed(email)}</p> });
    view! {
        <div class="shop-files">
            <p>{t.shop_invoice(number)}</p>
            {mailed}
            <p class="shop-on no-print">
                <Button icon=IconName::Download on:click=move |_| purchase.save(t, &kept, "pdf")>
                    {t.shop_invoice_pdf()}
                </Button>
                <Button icon=IconName::Download on:click=move |_| purchase.save(t, &bill, "ubl")>
                    {t.shop_invoice_ubl()}
                </Button>
            </p>
        </div>
    }
}

/// The order was given up, or its money given back.
#[component]
pub(super) fn Ended(purchase: Purchase) -> Node {
    let t = use_i18n();
    let told = move || match purchase.order.with(|it| it.as_ref().map(|it| it.state)) {
        Some(OrderState::Refunded) => t.shop_refunded(),
        _ => t.shop_cancelled(),
    };
    let again = move |_| {
        query::push("order", "");
        purchase.order.set(None);
        purchase.pack.set(None);
    };
    view! {
        <div class="shop">
            <Notice>{told}</Notice>
            <p><Button on:click=again>{tr(I18n::shop_another)}</Button></p>
        </div>
    }
}
