//! What an account was spent on: a chart, the figures behind it, and each execution.

use iap_core::api::Spent;
use iap_core::time::Timestamp;
use leptos::prelude::*;

use super::entries::Entries;
use crate::backend::consumption::{self, EntriesAsked};
use crate::backend::http::Failure;
use crate::clock::Span;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, effect};
use crate::state::use_visitor;
use crate::ui::{
    Bar, BarChart, Card, EmptyState, IconName, Retry, Segmented, Switch, Waiting, When, condition,
};
use crate::{format, query};

/// The names of what is chosen in the page's address.
const PERIOD: &str = "period";
const ALL: &str = "all";

/// A period that can be looked at: its name in the address, its spans, how many of them, its text.
struct Period(&'static str, Span, i32, fn(I18n) -> &'static str);

const PERIODS: [Period; 4] = [
    Period("7", Span::Day, 7, I18n::consumption_days_7),
    Period("30", Span::Day, 30, I18n::consumption_days_30),
    Period("90", Span::Day, 90, I18n::consumption_days_90),
    Period("12m", Span::Month, 12, I18n::consumption_months),
];

/// The one that is looked at where nothing is chosen.
const FIRST: &str = "30";

/// Where the spans of a period begin and end, and what was spent in each.
#[derive(Clone, PartialEq, Eq)]
struct Figures {
    span: Span,
    edges: Vec<Timestamp>,
    spent: Vec<Spent>,
}

impl Figures {
    fn total(&self) -> Spent {
        let add = |sum: Spent, next: &Spent| sum.checked_add(*next).unwrap_or(sum);
        self.spent.iter().fold(Spent::default(), add)
    }
}

/// A card with what was spent in a period.
#[component]
pub(super) fn ConsumptionCard(account: i64) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let asked = query::get(PERIOD).unwrap_or_default();
    let asked = PERIODS.iter().find(|it| it.0 == asked).map_or(FIRST, |it| it.0);
    let period = RwSignal::new(asked);
    let everything = RwSignal::new(query::get(ALL).is_some());
    let figures = RwSignal::new(None::<Figures>);
    let failure = RwSignal::new(None::<Failure>);
    let load = move || {
        let chosen = period.get_untracked();
        let Some(&Period(_, span, number, _)) = PERIODS.iter().find(|it| it.0 == chosen) else {
            return;
        };
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let edges = span.edges(number);
            let answer = consumption::spent(is_demo, &[account], &edges).await;
            // Another one may have been chosen meanwhile.
            if period.try_get() != Some(chosen) {
                return;
            }
            match answer {
                Ok(all) => {
                    let spent = all.into_iter().flat_map(|(_, spent)| spent).collect();
                    let _ = failure.try_set(None);
                    let _ = figures.try_set(Some(Figures { span, edges, spent }));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    effect(move |_| {
        period.track();
        load();
    });
    let choose = move |value: &'static str| {
        query::replace(PERIOD, if value == FIRST { "" } else { value });
        period.set(value);
    };
    let show_everything = move |on: bool| {
        query::replace(ALL, if on { "1" } else { "" });
        everything.set(on);
    };
    let options = PERIODS.iter().map(|it| (it.0, tr(it.3).into(), None)).collect();
    let summary = move || figures.with(|it| it.as_ref().map(|it| summary(t, it.total())));
    let entries = Memo::new(move |_| {
        let Figures { edges, .. } = figures.get()?;
        let (from, to) = (*edges.first()?, *edges.last()?);
        Some(EntriesAsked { account, from, to, charges: !everything.get() })
    });
    view! {
        <Card title=tr(I18n::consumption_title) class="consumption">
            <Segmented
                label=tr(I18n::consumption_period)
                options=options
                value=period
                on_change=choose
            />
            {move || failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })}
            <When when=condition(move || figures.with(Option::is_none) && failure.with(Option::is_none))>
                <Waiting label=tr(I18n::consumption_asking)/>
            </When>
            <When when=condition(move || figures.with(Option::is_some))>
                <p role="status">{summary}</p>
                <Chart figures=figures/>
                <Switch
                    label=tr(I18n::consumption_everything)
                    on=everything
                    on_change=show_everything
                />
                {move || entries.get().map(|asked| view! { <Entries asked=asked/> })}
            </When>
        </Card>
    }
}

/// What was spent altogether.
fn summary(t: I18n, total: Spent) -> String {
    t.consumption_total(
        t.credits(total.charged),
        t.consumption_executions(number(total.executions)),
    )
}

#[component]
fn Chart(figures: RwSignal<Option<Figures>>) -> Node {
    let t = use_i18n();
    let rows =
        Memo::new(move |_| figures.get().map(|figures| rows(t, &figures)).unwrap_or_default());
    let bars = Memo::new(move |_| {
        let bar = |row: &FigureRow| Bar { value: row.spent.charged, text: row.told(t) };
        rows.with(|rows| rows.iter().map(bar).collect::<Vec<_>>())
    });
    let nothing = move || rows.with(|rows| rows.iter().all(|row| row.spent == Spent::default()));
    view! {
        <When when=condition(nothing)>
            <EmptyState
                icon=IconName::Coins
                title=tr(I18n::consumption_nothing)
                text=tr(I18n::consumption_nothing_text)
            />
        </When>
        <When when=condition(move || !nothing())>
            <BarChart
                label=tr(I18n::consumption_chart)
                hint=tr(I18n::consumption_hint)
                bars=bars
            />
            <details class="figures">
                <summary>{tr(I18n::consumption_figures)}</summary>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{tr(I18n::consumption_when)}</th>
                            <th scope="col" class="number">{tr(I18n::consumption_number)}</th>
                            <th scope="col" class="number">{tr(I18n::consumption_charged)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || figure_rows(t, &rows.get())}</tbody>
                </table>
            </details>
        </When>
    }
}

/// What was spent in one span.
#[derive(Clone, PartialEq, Eq)]
struct FigureRow {
    when: String,
    spent: Spent,
}

impl FigureRow {
    fn told(&self, t: I18n) -> String {
        let executions = t.consumption_executions(number(self.spent.executions));
        t.consumption_point(&*self.when, t.credits(self.spent.charged), executions)
    }
}

fn rows(t: I18n, figures: &Figures) -> Vec<FigureRow> {
    let Figures { span, edges, spent } = figures;
    let when = |at: Timestamp| match span {
        Span::Day => format::day(t.locale(), at),
        Span::Month => format::month(t.locale(), at),
    };
    let row = |(at, spent): (&Timestamp, &Spent)| FigureRow { when: when(*at), spent: *spent };
    edges.iter().zip(spent).map(row).collect()
}

/// The newest first.
fn figure_rows(t: I18n, rows: &[FigureRow]) -> Vec<Node> {
    let row = |row: &FigureRow| {
        view! {
            <tr>
                <td>{row.when.clone()}</td>
                <td class="number">{t.number(number(row.spent.executions))}</td>
                <td class="number">{format::balance(t.locale(), row.spent.charged)}</td>
            </tr>
        }
    };
    rows.iter().rev().map(row).collect()
}

fn number(of: i64) -> usize {
    usize::try_from(of).unwrap_or_default()
}
