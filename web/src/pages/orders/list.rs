//! What was bought, and the invoices for it.

use iap_core::api::Order;
use iap_core::credits::{Money, OrderState};
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::backend::order::{self, Bill};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::reactive::RwSignal;
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{EmptyState, Icon, IconName, Retry, TableScroll, Waiting, When, condition};

/// An order with its invoices.
type Billed = (Order, Vec<Bill>);

/// The page of all orders that one may see.
#[component]
pub fn OrdersPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let known = RwSignal::new(None::<Vec<Billed>>);
    let failure = RwSignal::new(None::<Failure>);
    let again = follow_visitor(move || {
        // The names of the services.
        accounts.refresh();
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            match order::orders(is_demo).await {
                Ok((orders, bills)) => {
                    let billed = |order: Order| {
                        let of = |bill: &&Bill| bill.document.order == order.id;
                        let bills = bills.iter().filter(of).cloned().collect();
                        (order, bills)
                    };
                    let _ = failure.try_set(None);
                    let _ = known.try_set(Some(orders.into_iter().map(billed).collect()));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let failed = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => failure.get(),
    };
    let number = move || known.with(|known| known.as_ref().map(Vec::len));
    view! {
        <Page
            title=tr(I18n::orders_title)
            lead=tr(I18n::orders_lead)
            actions=move || {
                view! {
                    <When when=condition(move || number().is_some_and(|it| it > 0) && !visitor.is_demo())>
                        <a class="button" href="/api/v1/orders.csv" download="">
                            <Icon name=IconName::Download/>
                            {tr(I18n::prices_export)}
                        </a>
                    </When>
                }
            }
        >
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(move || number().is_none() && failed().is_none())>
                <Waiting label=tr(I18n::orders_asking)/>
            </When>
            <When when=condition(move || number() == Some(0))>
                <div class="card">
                    <EmptyState
                        icon=IconName::Coins
                        title=tr(I18n::orders_empty)
                        text=tr(I18n::orders_empty_text)
                    >
                        <a class="button" href="/services">{tr(I18n::nav_services)}</a>
                    </EmptyState>
                </div>
            </When>
            <When when=condition(move || number().is_some_and(|it| it > 0))>
                <div class="card">
                    <TableScroll label=tr(I18n::orders_title)>
                        <table class="table orders">
                            <thead>
                                <tr>
                                    <th scope="col">{tr(I18n::orders_number)}</th>
                                    <th scope="col">{tr(I18n::orders_when)}</th>
                                    <th scope="col">{tr(I18n::accounts_service)}</th>
                                    <th scope="col">{tr(I18n::shop_pack)}</th>
                                    <th scope="col" class="number">{tr(I18n::orders_amount)}</th>
                                    <th scope="col">{tr(I18n::orders_state)}</th>
                                    <th scope="col">{tr(I18n::orders_invoice)}</th>
                                </tr>
                            </thead>
                            <tbody>
                                {move || {
                                    let orders = known.get().unwrap_or_default();
                                    orders.into_iter().map(|it| line(t, it)).collect::<Vec<_>>()
                                }}
                            </tbody>
                        </table>
                    </TableScroll>
                </div>
            </When>
        </Page>
    }
}

fn line(t: I18n, (order, bills): Billed) -> Node {
    let (visitor, accounts) = (use_visitor(), use_accounts());
    let account = order.account;
    let service = move || accounts.find(account).map(|it| it.account.service_label);
    let credits = t.credits(order.credits.credits());
    let gross = format::money(t.locale(), Money::new(order.gross, order.currency));
    let (class, state) = match order.state {
        OrderState::Pending => ("pill pill-warning", t.orders_pending()),
        OrderState::Paid => ("pill", t.orders_paid()),
        OrderState::Cancelled => ("pill pill-quiet", t.orders_cancelled()),
        OrderState::Refunded => ("pill pill-quiet", t.orders_refunded()),
    };
    let may_pay = order.state == OrderState::Pending && visitor.may_administer(order.database);
    let pay = may_pay.then(|| {
        let to = format!("/buy?account={account}&order={}", order.id);
        let label = t.orders_pay_order(order.id.to_string());
        view! { <a class="button" href=to aria-label=label>{t.orders_pay()}</a> }
    });
    let files: Vec<Node> = bills.into_iter().map(|it| files(t, &it)).collect();
    view! {
        <tr>
            <th scope="row" class="orders-number">{order.id.to_string()}</th>
            <td class="orders-when">{format::date(t.locale(), order.created_at)}</td>
            <td class="orders-service">{service}</td>
            <td class="orders-pack">{order.name} <span class="soft">" · " {credits}</span></td>
            <td class="orders-amount number">{gross}</td>
            <td class="orders-state"><span class=class>{state}</span></td>
            <td class="orders-files">{files} {pay}</td>
        </tr>
    }
}

/// The files of an invoice: for people, and for the buyer's software.
fn files(t: I18n, bill: &Bill) -> Node {
    let (id, number) = (bill.id, bill.document.number.clone());
    let (pdf, ubl) = (t.orders_pdf(&*number), t.orders_ubl(&*number));
    view! {
        <span class="orders-file">
            <a href=format!("/api/v1/invoices/{id}/pdf") aria-label=pdf rel="external">{number}</a>
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
