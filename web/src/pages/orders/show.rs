//! One order: what was bought, by whom, and what became of its money.

use iap_core::api::{Buyer, Order};
use iap_core::billing::{Tax, Taxed};
use iap_core::credits::Money;
use leptos::prelude::*;

use super::bills::bills;
use super::payment::payment;
use super::row::{state_class, state_text};
use super::settle::Settle;
use crate::backend::account::NamedAccount;
use crate::backend::http::Failure;
use crate::backend::order::{self, Bill};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::credits::sums;
use crate::pages::session::follow_visitor;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{Card, EmptyState, Icon, IconName, Retry, Waiting, When, condition};

/// An order with its invoices; nothing where there is none that one may see.
type Found = Option<(Order, Vec<Bill>)>;

/// The page of one order.
#[component]
pub fn OrderPage(
    /// Its key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let known = RwSignal::new(None::<Found>);
    let failure = RwSignal::new(None::<Failure>);
    let again = follow_visitor(move || {
        // The name of the service.
        accounts.refresh();
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            match order::order(is_demo, id).await {
                Ok(found) => {
                    let _ = failure.try_set(None);
                    if known.try_get().is_some_and(|before| before.as_ref() != Some(&found)) {
                        let _ = known.try_set(Some(found));
                    }
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
    let is_missing = move || known.with(|known| matches!(known, Some(None)));
    let found = Memo::new(move |_| known.with(|known| known.as_ref()?.clone()));
    let order = Memo::new(move |_| found.with(|it| it.as_ref().map(|(order, _)| order.clone())));
    let is_found = Memo::new(move |_| order.with(Option::is_some));
    let settled = Callback::new(move |order: Order| {
        let _ = known.try_update(|known| {
            if let Some(Some((before, _))) = known {
                *before = order;
            }
        });
        // Balances changed, and so did the invoices.
        accounts.changed();
        again();
    });
    view! {
        <Page
            title=move || t.shop_order(id.to_string())
            actions=move || {
                view! { <When when=is_found><Settle order=order on_settled=settled/></When> }
            }
        >
            <p class="no-print">
                <a class="way-back" href="/orders">
                    <Icon name=IconName::Back/>
                    {tr(I18n::orders_title)}
                </a>
            </p>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(move || known.with(Option::is_none) && failed().is_none())>
                <Waiting label=tr(I18n::orders_asking_one)/>
            </When>
            <When when=condition(is_missing)>
                <div class="card">
                    <EmptyState
                        icon=IconName::Receipt
                        title=tr(I18n::orders_missing)
                        text=tr(I18n::orders_missing_text)
                    >
                        <a class="button" href="/orders">{tr(I18n::orders_title)}</a>
                    </EmptyState>
                </div>
            </When>
            <When when=is_found>
                <div class="order">
                    <div class="stack">
                        <Card
                            title=tr(I18n::orders_what)
                            aside=move || order.get().map(|order| {
                                let class = state_class(order.state);
                                view! { <span class=class>{state_text(t, order.state)}</span> }
                            })
                        >
                            {move || order.get().map(|order| {
                                bought(t, &order, accounts.find(order.account))
                            })}
                        </Card>
                        <Card title=tr(I18n::orders_buyer)>
                            {move || order.get().map(|order| buyer(t, order.buyer))}
                        </Card>
                    </div>
                    <div class="stack">
                        <Card title=tr(I18n::shop_payment)>
                            {move || order.get().map(|order| payment(t, &order))}
                        </Card>
                        <Card title=tr(I18n::orders_bills)>
                            {move || found.get().map(|(order, all)| bills(t, &order, &all))}
                        </Card>
                    </div>
                </div>
            </When>
        </Page>
    }
}

/// What was ordered when and by whom, and what it costs.
fn bought(t: I18n, order: &Order, account: Option<NamedAccount>) -> Node {
    let locale = t.locale();
    let operates = use_visitor().operates();
    let place = account.map(|NamedAccount { account, database, .. }| {
        let (id, service) = (account.id, account.service_label);
        let database = operates.then(|| {
            let to = format!("/operator/databases/{}", account.database);
            view! { <div><dt>{t.accounts_database()}</dt><dd><a href=to>{database}</a></dd></div> }
        });
        view! {
            <div>
                <dt>{t.accounts_service()}</dt>
                <dd><a href=format!("/services/{id}")>{service}</a></dd>
            </div>
            {database}
        }
    });
    let by = (!order.ordered_by.is_empty()).then(|| order.ordered_by.clone());
    let net = Money::new(order.price, order.currency);
    let tax = Tax::restore(&order.tax_category, order.tax_rate);
    let taxed = tax.and_then(|tax| Taxed::new(net, tax));
    view! {
        <dl class="facts">
            <div>
                <dt>{t.orders_when()}</dt>
                <dd>{format::moment(locale, order.created_at)}</dd>
            </div>
            {by.map(|by| view! { <div><dt>{t.orders_by()}</dt><dd>{by}</dd></div> })}
            {place}
            <div><dt>{t.shop_pack()}</dt><dd>{order.name.clone()}</dd></div>
            <div>
                <dt>{t.orders_credits()}</dt>
                <dd>{format::balance(locale, order.credits.credits())}</dd>
            </div>
        </dl>
        <dl class="shop-sums">
            <div><dt>{t.shop_price()}</dt><dd>{format::money(locale, net)}</dd></div>
            {taxed.map(|taxed| sums(t, &taxed, t.orders_amount()))}
        </dl>
    }
}

/// Who bought, as it stands on the invoice.
fn buyer(t: I18n, buyer: Option<Buyer>) -> Node {
    let Some(buyer) = buyer else {
        return view! { <p class="soft">{t.orders_buyer_none()}</p> };
    };
    let place = [&*buyer.postcode, &*buyer.city].join(" ");
    let country = format::region(t.locale(), &buyer.country);
    let lines = [buyer.name, buyer.street, place.trim().to_owned(), country];
    let lines: Vec<Node> = lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <span>{line}</span> })
        .collect();
    let facts = [
        (t.shop_vat_number(), buyer.vat_number),
        (t.sign_in_email(), buyer.email),
        (t.orders_buyer_reference(), buyer.reference),
    ];
    let facts: Vec<Node> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            view! { <div class="facts-wide"><dt>{name}</dt><dd>{value}</dd></div> }
        })
        .collect();
    view! {
        <p class="order-buyer">{lines}</p>
        <dl class="facts">{facts}</dl>
    }
}
