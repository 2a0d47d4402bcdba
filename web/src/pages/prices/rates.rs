//! The rate card as a table: searched, sorted, exported.

use iap_core::pricing::RateKind;
use iap_core::sort::sorted;
use leptos::prelude::*;

use super::row::{Row, rows};
use crate::dom::{IntoNode as _, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal};
use crate::state::use_rates;
use crate::ui::{
    Button, Card, EmptyState, IconName, SearchBar, SortHeader, Sorting, TableScroll, When,
    condition, use_toasts,
};
use crate::{clock, download, format, query};

/// How many rows are shown before one asks for all.
const FIRST_ROWS: usize = 50;

/// A country with more calling codes than this shows them on request: Canada has dozens.
const CODES: usize = 6;

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// What one part costs, by destination.
#[component]
pub(super) fn Rates() -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let prices = use_rates().prices;
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let sorting = RwSignal::new(Sorting::by("country"));
    let whole = RwSignal::new(false);

    let all = Memo::new(move |_| prices.with(|it| rows(t, it.card.rates(), clock::today())));
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| {
            // Codes are found with or without their plus sign and spaces.
            let search = search.trim();
            let compact: String = search.chars().filter(|c| *c != ' ').collect();
            let is_code = compact.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit());
            format::fold(locale, if is_code { &compact } else { search })
        });
        let shown: Vec<Row> =
            all.with(|all| all.iter().filter(|row| row.matches(&search)).cloned().collect());
        sorted(shown, &|a, b| sorting.apply(a.compare(b, locale, sorting.column)))
    });

    let export = move |_| {
        let csv = prices.with_untracked(|it| it.card.to_csv());
        let done = download::offer("rates.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.prices_exported() } else { t.prices_not_exported() });
    };
    // On paper there is no button for the rest.
    let printed = window_event_listener_untyped("beforeprint", move |_| whole.set(true));
    on_cleanup(move || printed.remove());
    let change = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };

    view! {
        <Card
            title=tr(I18n::prices_rates)
            aside=move || {
                view! {
                    <Button icon=IconName::Download on:click=export>
                        {tr(I18n::prices_export)}
                    </Button>
                }
            }
        >
            {move || {
                prices.with(|prices| match prices.valid_from {
                    _ if prices.card.is_sample() => {
                        view! {
                            <p class="rates-sample">
                                <span class="pill pill-warning">{tr(I18n::prices_sample)}</span>
                                {tr(I18n::prices_sample_text)}
                            </p>
                        }
                    }
                    Some(at) => {
                        let since = t.cost_since(format::moment(t.locale(), at));
                        view! { <p class="soft">{since}</p> }
                    }
                    None => None::<Node>.into_node(),
                })
            }}
            <SearchBar label=tr(I18n::prices_search) value=search found=move || t.prices_shown(shown.with(Vec::len)) on_change=change/>
            <When when=condition(move || shown.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::prices_none)
                    text=move || t.prices_none_text(search.get())
                >
                    <Button on:click=move |_| change(String::new())>
                        {tr(I18n::prices_show_all)}
                    </Button>
                </EmptyState>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <Table shown=shown sorting=sorting whole=whole/>
                <When when=condition(move || { !whole.get() && shown.with(Vec::len) > FIRST_ROWS })>
                    <p class="rates-more">
                        <Button on:click=move |_| whole.set(true)>
                            {move || t.prices_show_rest(shown.with(Vec::len).saturating_sub(FIRST_ROWS))}
                        </Button>
                    </p>
                </When>
                <p class="field-hint">{tr(I18n::prices_not_delivered)}</p>
            </When>
        </Card>
    }
}

/// The destinations in sight: the first ones, or the whole card.
#[component]
fn Table(shown: Memo<Vec<Row>>, sorting: RwSignal<Sorting>, whole: RwSignal<bool>) -> Node {
    let t = use_i18n();
    view! {
        <TableScroll label=tr(I18n::prices_rates)>
            <table class="table rates">
                <thead>
                    <tr>
                        <SortHeader
                            column="country"
                            sorting=sorting
                            label=tr(I18n::prices_country)
                        />
                        <SortHeader
                            column="code"
                            sorting=sorting
                            label=tr(I18n::prices_code)
                        />
                        <SortHeader
                            column="price"
                            sorting=sorting
                            label=tr(I18n::prices_price)
                            number=true
                        />
                        <SortHeader
                            column="kind"
                            sorting=sorting
                            label=tr(I18n::prices_kind)
                        />
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let rows = if whole.get() { usize::MAX } else { FIRST_ROWS };
                        shown.with(|shown| {
                            shown
                                .iter()
                                .take(rows)
                                .map(|row| table_row(t, row))
                                .collect::<Vec<_>>()
                        })
                    }}
                </tbody>
            </table>
        </TableScroll>
    }
}

/// The calling codes; of many the first and the last, which unfold into all.
fn codes(row: &Row) -> Node {
    let codes = row.codes.clone();
    match row.rate.prefixes().count() {
        0..=CODES => codes.into_node(),
        many => {
            let first = codes.split(", ").next().unwrap_or_default();
            let last = codes.rsplit(", ").next().unwrap_or_default();
            let short = format!("{first} … {last} ({many})");
            view! { <details><summary>{short}</summary>{codes}</details> }
        }
    }
}

fn table_row(t: I18n, row: &Row) -> Node {
    let tariff = row.rate.tariff();
    let price = tariff.price().map(|price| format::credits(t.locale(), price.credits()));
    let (class, kind) = match tariff.kind() {
        RateKind::Standard => ("", t.prices_standard()),
        RateKind::Premium => ("pill pill-warning", t.prices_premium()),
        RateKind::Blocked => ("pill pill-bad", t.prices_blocked()),
    };
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td>{codes(row)}</td>
            <td class="number">{price.unwrap_or_else(|| "–".to_owned())}</td>
            <td>
                <span class=class>{kind}</span>
            </td>
        </tr>
    }
}
