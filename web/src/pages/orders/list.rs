//! What was bought, and the invoices for it.

use iap_core::api::Order;
use iap_core::credits::OrderState;
use iap_core::sort::sorted;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::row::{COLUMNS, Row, to_csv};
use super::table::Table;
use crate::backend::http::Failure;
use crate::backend::order::{self, Bill};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{
    Button, ColumnChoice, Columns, EmptyState, IconName, Order as Direction, Retry, SearchBar,
    Segmented, Sorting, Waiting, When, condition, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// The name of the filter in the page's address.
const STATE: &str = "state";

/// An order with its invoices.
type Billed = (Order, Vec<Bill>);

/// The page of all orders that one may see.
#[component]
pub fn OrdersPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let known = RwSignal::new(None::<Vec<Billed>>);
    let failure = RwSignal::new(None::<Failure>);
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let filter = query::get(STATE).and_then(|word| OrderState::from_word(&word));
    let filter = RwSignal::new(filter.map_or("", OrderState::as_str));
    // The newest first.
    let sorting = RwSignal::new(Sorting { column: "number", order: Direction::Descending });
    // Who ordered is of interest to few.
    let columns = Columns::new("orders", &COLUMNS, &["by"]);
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
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let only = OrderState::from_word(filter.get());
        let services = accounts.known().unwrap_or_default();
        let label = |account: i64| {
            let found = services.iter().find(|it| it.account.id == account);
            found.map(|it| it.account.service_label.clone()).unwrap_or_default()
        };
        let rows: Vec<Row> = known.with(|known| {
            let all = known.iter().flatten();
            let all = all.filter(|(order, _)| only.is_none_or(|only| order.state == only));
            let rows = all.map(|(order, bills)| Row::new(t, order, bills, label(order.account)));
            rows.filter(|row| row.matches(&search)).collect()
        });
        sorted(rows, &|a: &Row, b: &Row| sorting.apply(a.compare(b, locale, sorting.column)))
    });
    let export = move |_| {
        let csv = shown.with(|rows| to_csv(rows));
        let done = download::offer("orders.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.orders_exported() } else { t.prices_not_exported() });
    };
    let some = move || number().is_some_and(|it| it > 0);
    view! {
        <Page
            title=tr(I18n::orders_title)
            lead=tr(I18n::orders_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                        <ColumnChoice columns=columns/>
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
            <When when=condition(some)>
                <List shown=shown search=search filter=filter sorting=sorting columns=columns/>
            </When>
        </Page>
    }
}

/// The orders that are looked for, and how to look for them.
#[component]
fn List(
    shown: Memo<Vec<Row>>,
    search: RwSignal<String>,
    filter: RwSignal<&'static str>,
    sorting: RwSignal<Sorting>,
    columns: Columns,
) -> Node {
    let t = use_i18n();
    let change = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let choose = move |state: &'static str| {
        query::replace(STATE, state);
        filter.set(state);
    };
    let show_all = move |_| {
        change(String::new());
        choose("");
    };
    let options: Vec<(&'static str, TextProp, Option<IconName>)> = vec![
        ("", tr(I18n::databases_all).into(), None),
        (OrderState::Pending.as_str(), tr(I18n::orders_pending).into(), None),
        (OrderState::Paid.as_str(), tr(I18n::orders_paid).into(), None),
        (OrderState::Cancelled.as_str(), tr(I18n::orders_cancelled).into(), None),
        (OrderState::Refunded.as_str(), tr(I18n::orders_refunded).into(), None),
    ];
    view! {
        <div class="card">
            <div class="databases-filter no-print">
                <Segmented
                    label=tr(I18n::orders_filter)
                    options=options
                    value=filter
                    on_change=choose
                />
            </div>
            <SearchBar
                    label=tr(I18n::orders_search)
                    value=search
                    found=move || t.orders_shown(shown.with(Vec::len))
                    on_change=change
                />
            <When when=condition(move || shown.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::orders_none)
                    text=tr(I18n::orders_none_text)
                >
                    <Button on:click=show_all>{tr(I18n::prices_show_all)}</Button>
                </EmptyState>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <Table shown=shown sorting=sorting columns=columns/>
            </When>
        </div>
    }
}
