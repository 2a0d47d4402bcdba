//! What the services earn that one offers.

use std::fmt::Write as _;

use iap_core::api::{Earned, Earnings, Revenue};
use iap_core::credits::{Currency, Money};
use iap_core::csv::cell;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use leptos::prelude::*;

use super::only::{ProvidersOnly, failure_of, follow_provider};
use super::share::ShareCard;
use crate::backend::http::Failure;
use crate::backend::provider;
use crate::clock::Span;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Bar, BarChart, Button, Card, EmptyState, Field, Icon, IconName, Retry, Select, TableScroll,
    Waiting, When, condition, use_toasts,
};
use crate::{download, format, query};

/// Months that are looked back on, this one included.
const MONTHS: i32 = 12;

/// The name of the chosen service in the page's address.
const SERVICE: &str = "service";

/// What was earned, and where its months begin and end.
#[derive(Clone, PartialEq, Eq)]
struct Figures {
    edges: Vec<Timestamp>,
    all: Vec<Revenue>,
}

/// A service in a month.
type Line = (Timestamp, Revenue, Earned);

/// The page of what one earns.
#[component]
pub fn RevenuePage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let figures = RwSignal::new(None::<Figures>);
    let failure = RwSignal::new(None::<Failure>);
    let chosen = RwSignal::new(query::get(SERVICE).unwrap_or_default());
    let again = follow_provider(move || {
        wasm_bindgen_futures::spawn_local(async move {
            let edges = Span::Month.edges(MONTHS);
            match provider::revenue(&edges).await {
                Ok(all) => {
                    let _ = failure.try_set(None);
                    let _ = figures.try_set(Some(Figures { edges, all }));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let shown = Memo::new(move |_| {
        let chosen = chosen.get();
        let mut figures = figures.get()?;
        let one = figures.all.iter().any(|it| it.name.as_str() == chosen);
        figures.all.retain(|it| !one || it.name.as_str() == chosen);
        Some(figures)
    });
    let lines = move || shown.with(|it| it.as_ref().map(lines).unwrap_or_default());
    let some = move || !lines().is_empty();
    let export = move |_| {
        let csv = to_csv(&untrack(lines));
        let done = download::offer("revenue.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.provider_revenue_exported() } else { t.prices_not_exported() });
    };
    let payouts = move || {
        let edges = shown.with(|it| it.as_ref().map(|it| it.edges.clone()));
        edges.map(|edges| provider::payouts(&edges))
    };
    view! {
        <Page
            title=tr(I18n::provider_revenue)
            lead=tr(I18n::provider_revenue_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                    </When>
                    <When when=condition(move || visitor.operates() && payouts().is_some())>
                        <a class="button" href=payouts download="" rel="external">
                            <Icon name=IconName::Download/>
                            {tr(I18n::provider_payouts)}
                        </a>
                    </When>
                }
            }
        >
            <ProvidersOnly>
                {move || {
                    failure_of(failure.get())
                        .map(|failure| view! { <Retry failure=failure on_click=again/> })
                }}
                <When when=condition(move || {
                    shown.with(Option::is_none) && failure.with(Option::is_none)
                })>
                    <Waiting label=tr(I18n::provider_asking)/>
                </When>
                <When when=condition(move || shown.with(Option::is_some))>
                    <div class="provided-figures">
                        <Choice figures=figures chosen=chosen/>
                        <When when=condition(move || !some())>
                            <div class="card">
                                <EmptyState
                                    icon=IconName::Chart
                                    title=tr(I18n::provider_revenue_empty)
                                    text=tr(I18n::provider_revenue_empty_text)
                                >
                                    <a class="button" href="/provider">{tr(I18n::provider_all)}</a>
                                </EmptyState>
                            </div>
                        </When>
                        <When when=condition(some)>
                            <Charts shown=shown/>
                            <Table shown=shown/>
                        </When>
                        <When when=condition(move || visitor.operates())>
                            <ShareCard on_changed=Callback::new(move |()| again())/>
                        </When>
                    </div>
                </When>
            </ProvidersOnly>
        </Page>
    }
}

/// The service that is looked at, where there are several.
#[component]
fn Choice(figures: RwSignal<Option<Figures>>, chosen: RwSignal<String>) -> Node {
    let t = use_i18n();
    let several = move || figures.with(|it| it.as_ref().is_some_and(|it| it.all.len() > 1));
    let options = Memo::new(move |_| {
        let all = figures.get().map(|it| it.all).unwrap_or_default();
        let mut options = vec![(String::new(), t.provider_all_services().to_owned())];
        options.extend(all.into_iter().map(|it| (it.name.to_string(), it.label)));
        options
    });
    view! {
        <When when=condition(several)>
            <Field label=tr(I18n::accounts_service) let:field>
                <Select
                    options=options
                    value=chosen
                    on_change=move |name: String| {
                        query::replace(SERVICE, &name);
                        chosen.set(name);
                    }
                    attr:id=field.id
                />
            </Field>
        </When>
    }
}

/// A chart for each currency that was earned in.
#[component]
fn Charts(shown: Memo<Option<Figures>>) -> Node {
    let t = use_i18n();
    let currencies = Memo::new(move |_| {
        let mut currencies: Vec<Currency> =
            shown.with(|it| it.iter().flat_map(moneys).map(|it| it.currency).collect());
        currencies.sort_unstable();
        currencies.dedup();
        currencies
    });
    let chart = move |currency: Currency| {
        let months =
            Memo::new(move |_| shown.get().map(|it| months(&it, currency)).unwrap_or_default());
        let bars = Memo::new(move |_| {
            let bar = |(at, sum): &(Timestamp, Earnings)| Bar {
                value: Credits::from_millionths(sum.payout),
                text: t.provider_bar(
                    format::month(t.locale(), *at),
                    signed(t, sum.payout, currency),
                    signed(t, sum.gross, currency),
                ),
            };
            months.with(|it| it.iter().map(bar).collect::<Vec<_>>())
        });
        let total = move || {
            let sum = months.with(|it| it.iter().fold(nothing(currency), |sum, it| add(sum, it.1)));
            let [payout, gross, platform] =
                [sum.payout, sum.gross, sum.platform].map(|minor| signed(t, minor, currency));
            t.provider_total(payout, gross, platform)
        };
        view! {
            <Card title=move || t.provider_payout_in(currency.code()) class="consumption">
                <p role="status">{total}</p>
                <BarChart
                    label=tr(I18n::provider_chart)
                    hint=tr(I18n::consumption_hint)
                    bars=bars
                />
            </Card>
        }
    };
    view! {
        {move || currencies.get().into_iter().map(chart).collect::<Vec<_>>()}
    }
}

#[component]
fn Table(shown: Memo<Option<Figures>>) -> Node {
    let t = use_i18n();
    let rows = move || {
        let lines = shown.with(|it| it.as_ref().map(lines).unwrap_or_default());
        lines.iter().rev().map(|it| row(t, it)).collect::<Vec<_>>()
    };
    view! {
        <Card title=tr(I18n::provider_months)>
            <p class="soft">{tr(I18n::provider_rule)}</p>
            <TableScroll label=tr(I18n::provider_months)>
                <table class="table revenue">
                    <thead>
                        <tr>
                            <th scope="col">{tr(I18n::provider_month)}</th>
                            <th scope="col">{tr(I18n::accounts_service)}</th>
                            <th scope="col" class="number">{tr(I18n::consumption_number)}</th>
                            <th scope="col" class="number">{tr(I18n::account_paid)}</th>
                            <th scope="col" class="number">{tr(I18n::account_granted)}</th>
                            <th scope="col" class="number">{tr(I18n::provider_gross)}</th>
                            <th scope="col" class="number">{tr(I18n::provider_platform)}</th>
                            <th scope="col" class="number">{tr(I18n::provider_payout)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableScroll>
        </Card>
    }
}

fn row(t: I18n, (at, revenue, span): &Line) -> Node {
    let sums = |of: fn(&Earnings) -> i64| {
        let all = span.money.iter().map(|it| signed(t, of(it), it.currency));
        let all: Vec<String> = all.collect();
        if all.is_empty() { "–".to_owned() } else { all.join(" + ") }
    };
    let executions = usize::try_from(span.executions).unwrap_or_default();
    view! {
        <tr>
            <td class="revenue-month">{format::month(t.locale(), *at)}</td>
            <th scope="row">
                <a href=format!("/provider/services/{}", revenue.service)>{revenue.label.clone()}</a>
            </th>
            <td class="number" data-label=t.consumption_number()>{t.number(executions)}</td>
            <td class="number" data-label=t.account_paid()>{format::balance(t.locale(), span.paid)}</td>
            <td class="number" data-label=t.account_granted()>{format::balance(t.locale(), span.granted)}</td>
            <td class="number" data-label=t.provider_gross()>{sums(|it| it.gross)}</td>
            <td class="number" data-label=t.provider_platform()>{sums(|it| it.platform)}</td>
            <td class="number" data-label=t.provider_payout()><strong>{sums(|it| it.payout)}</strong></td>
        </tr>
    }
}

/// Each service in each month in which it took something, the oldest first.
fn lines(figures: &Figures) -> Vec<Line> {
    let mut lines = Vec::new();
    for (place, at) in figures.edges.iter().enumerate() {
        for revenue in &figures.all {
            if let Some(span) = revenue.spans.get(place)
                && (span.executions > 0 || !span.money.is_empty())
            {
                lines.push((*at, revenue.clone(), span.clone()));
            }
        }
    }
    lines
}

fn moneys(figures: &Figures) -> impl Iterator<Item = &Earnings> {
    figures.all.iter().flat_map(|it| &it.spans).flat_map(|it| &it.money)
}

/// What was earned in a currency by all services that are shown, month by month.
fn months(figures: &Figures, currency: Currency) -> Vec<(Timestamp, Earnings)> {
    let number = figures.edges.len().saturating_sub(1);
    let month = |(place, at): (usize, &Timestamp)| {
        let spans = figures.all.iter().filter_map(|it| it.spans.get(place));
        let of = spans.flat_map(|it| &it.money).filter(|it| it.currency == currency);
        (*at, of.fold(nothing(currency), |sum, it| add(sum, *it)))
    };
    figures.edges.iter().take(number).enumerate().map(month).collect()
}

const fn nothing(currency: Currency) -> Earnings {
    Earnings { currency, gross: 0, platform: 0, payout: 0 }
}

fn add(sum: Earnings, it: Earnings) -> Earnings {
    Earnings {
        currency: sum.currency,
        gross: sum.gross.saturating_add(it.gross),
        platform: sum.platform.saturating_add(it.platform),
        payout: sum.payout.saturating_add(it.payout),
    }
}

/// An amount of money, below nothing too.
fn signed(t: I18n, minor: i64, currency: Currency) -> String {
    let shown = format::money(t.locale(), Money::new(minor.unsigned_abs(), currency));
    if minor < 0 { format!("\u{2212}{shown}") } else { shown }
}

/// The lines as a CSV file, one for each currency. Programs read what its columns are called.
fn to_csv(lines: &[Line]) -> String {
    let mut csv =
        "service,from,credits_paid,credits_granted,executions,currency,gross,platform_share,payout\r\n"
            .to_owned();
    for (at, revenue, span) in lines {
        let decimal = |minor: i64, currency: Currency| {
            let sign = if minor < 0 { "-" } else { "" };
            format!("{sign}{}", Money::new(minor.unsigned_abs(), currency).decimal())
        };
        let name = cell(revenue.name.as_str());
        let begin = format!("{name},{at},{},{},{}", span.paid, span.granted, span.executions);
        if span.money.is_empty() {
            // Writing to a text never fails.
            let _ = write!(csv, "{begin},,0,0,0\r\n");
        }
        for it in &span.money {
            let [gross, platform, payout] =
                [it.gross, it.platform, it.payout].map(|minor| decimal(minor, it.currency));
            let code = it.currency.code();
            let _ = write!(csv, "{begin},{code},{gross},{platform},{payout}\r\n");
        }
    }
    csv
}
