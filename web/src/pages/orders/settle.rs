//! What settles an order: its money came in, is given back, or does not come any more.

use iap_core::api::{Order, Payment, Refund};
use iap_core::billing::PaymentMeans;
use iap_core::credits::{Money, OrderState};
use leptos::ev;
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::backend::order;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{filled, read, tell};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, ButtonKind, Dialog, Failed, TextField, When, focus_first_error, use_toasts,
};

/// The buttons with which an order is settled, for those who may, and the dialogs that they open.
#[component]
pub(super) fn Settle(
    /// The order; it is there as long as this is.
    order: Memo<Option<Order>>,
    /// Told what it is then.
    on_settled: Callback<Order>,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let [recording, refunding, giving_up] = [(); 3].map(|()| RwSignal::new(false));
    let is = move |state| order.with(|it| it.as_ref().is_some_and(|it| it.state == state));
    let administers = move || {
        let database = order.with(|it| it.as_ref().map(|it| it.database));
        database.is_some_and(|database| visitor.may_administer(database))
    };
    // Where a payment service takes the money, it says itself that it came.
    let by_hand =
        move || order.with(|it| it.as_ref().is_some_and(|it| it.means == PaymentMeans::Transfer));
    let may_record = Memo::new(move |_| visitor.operates() && is(OrderState::Pending) && by_hand());
    let may_refund = Memo::new(move |_| visitor.operates() && is(OrderState::Paid));
    let may_pay = Memo::new(move |_| administers() && is(OrderState::Pending));
    let pay = move || {
        let (account, order) = order.with(|it| it.as_ref().map(|it| (it.account, it.id)))?;
        may_pay.get().then(|| {
            let to = format!("/buy?account={account}&order={order}");
            view! { <a class="button" href=to>{t.orders_pay()}</a> }
        })
    };
    let number =
        move || order.with(|it| it.as_ref().map(|it| it.id.to_string()).unwrap_or_default());
    let shown = move || order.get_untracked();
    view! {
        <When when=may_record>
            <Button
                kind=ButtonKind::Primary
                attr:aria-haspopup="dialog"
                on:click=move |_| recording.set(true)
            >
                {tr(I18n::orders_record)}
            </Button>
        </When>
        {pay}
        <When when=may_refund>
            <Button attr:aria-haspopup="dialog" on:click=move |_| refunding.set(true)>
                {tr(I18n::orders_refund)}
            </Button>
        </When>
        <When when=may_pay>
            <Button
                kind=ButtonKind::Quiet
                attr:aria-haspopup="dialog"
                on:click=move |_| giving_up.set(true)
            >
                {tr(I18n::shop_give_up)}
            </Button>
        </When>
        <Dialog open=recording title=move || t.orders_record_title(number())>
            {shown().map(|it| view! { <Record order=it open=recording on_settled=on_settled/> })}
        </Dialog>
        <Dialog open=refunding title=move || t.orders_refund_title(number())>
            {shown().map(|it| view! { <GiveBack order=it open=refunding on_settled=on_settled/> })}
        </Dialog>
        <Dialog open=giving_up title=move || t.orders_give_up_title(number())>
            {shown().map(|it| view! { <GiveUp order=it.id open=giving_up on_settled=on_settled/> })}
        </Dialog>
    }
}

/// The money came in.
#[component]
fn Record(order: Order, open: RwSignal<bool>, on_settled: Callback<Order>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let payment = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let id = order.id;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let typed = filled(t, &payment.get_untracked(), Payment::LONGEST);
        let Some(typed) = read(wrong, typed) else { return focus_first_error(&event) };
        let refused = move |why| tell(why, &[("payment", wrong)], |_, _| None);
        sending.send(event, order::record_payment(id, typed), refused, move |order| {
            let _ = open.try_set(false);
            toasts.show(t.orders_recorded(id.to_string()));
            on_settled.run(order);
        });
    };
    let credits = t.credits(order.credits.credits());
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <p>{t.orders_record_text(credits)}</p>
            <TextField
                label=tr(I18n::orders_record_field)
                hint=tr(I18n::orders_record_hint)
                error=wrong
                value=payment
            />
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::orders_record)}
                </Button>
            </div>
        </form>
    }
}

/// The money is given back.
#[component]
fn GiveBack(order: Order, open: RwSignal<bool>, on_settled: Callback<Order>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let reason = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let id = order.id;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let typed = filled(t, &reason.get_untracked(), Refund::LONGEST);
        let Some(typed) = read(wrong, typed) else { return focus_first_error(&event) };
        let refused = move |why| tell(why, &[("reason", wrong)], |_, _| None);
        sending.send(event, order::refund(id, typed), refused, move |order| {
            let _ = open.try_set(false);
            toasts.show(t.orders_refund_done(id.to_string()));
            on_settled.run(order);
        });
    };
    let credits = t.credits(order.credits.credits());
    let amount = format::money(t.locale(), Money::new(order.gross, order.currency));
    let how = match order.means {
        PaymentMeans::Transfer => t.orders_refund_transfer(amount),
        PaymentMeans::Card | PaymentMeans::Demo => t.orders_refund_service(amount),
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <p>{t.orders_refund_text(credits)}</p>
            <p>{how}</p>
            <TextField
                label=tr(I18n::orders_reason)
                hint=tr(I18n::orders_refund_hint)
                error=wrong
                value=reason
            />
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::orders_refund)}
                </Button>
            </div>
        </form>
    }
}

/// The money does not come any more.
#[component]
fn GiveUp(order: i64, open: RwSignal<bool>, on_settled: Callback<Order>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let give_up = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = order::give_up(is_demo, order).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(order) => {
                    let _ = open.try_set(false);
                    toasts.show(t.orders_given_up(order.id.to_string()));
                    on_settled.run(order);
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <Failed failure=failure/>
        <p>{tr(I18n::shop_give_up_hint)}</p>
        <div class="dialog-actions">
            <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
            <Button kind=ButtonKind::Primary disabled=busy on:click=give_up>
                {tr(I18n::shop_give_up)}
            </Button>
        </div>
    }
}
