//! What an account was spent on: a chart, the figures behind it, and each execution.

use iap_core::api::{Company, Spent};
use iap_core::time::Timestamp;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::chosen::{Chosen, PERIODS};
use super::divided::Divided;
use super::entries::Entries;
use super::figures::{Asked, Figures, Looked};
use crate::backend::account::{self, company_name};
use crate::backend::http::Failure;
use crate::clock::Span;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::state::{Visitor, use_visitor};
use crate::ui::{
    Bar, BarChart, Card, EmptyState, Icon, IconName, Retry, Segmented, Switch, Waiting, When,
    condition,
};

/// A card with what was spent in a period.
#[component]
pub(in crate::pages) fn ConsumptionCard(
    /// The heading.
    #[prop(into)]
    title: TextProp,
    /// The accounts that are looked at: their keys, and what their services are called.
    #[prop(into)]
    accounts: Memo<Vec<Looked>>,
    /// Their database, by key.
    database: i64,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let chosen = Chosen::of_address();
    let figures = RwSignal::new(None::<Figures>);
    let failure = RwSignal::new(None::<Failure>);
    let asked = Memo::new(move |_| {
        let all = accounts.get().into_iter().map(|it| it.0);
        let only = chosen.account.get();
        // Who was sent an address of somebody else's account looks at their own.
        let known = only.filter(|only| accounts.with(|all| all.iter().any(|it| it.0 == *only)));
        let accounts: Vec<i64> = known.map_or_else(|| all.collect(), |only| vec![only]);
        Asked { accounts, period: chosen.period.get(), whose: chosen.whose.get() }
    });
    // The same, for answers that come when the page is gone.
    let latest = StoredValue::new(None);
    let load = move || {
        let of = asked.get_untracked();
        latest.set_value(Some(of.clone()));
        if of.accounts.is_empty() {
            return;
        }
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = of.clone().figures(is_demo).await;
            // Something else may have been chosen meanwhile.
            if latest.try_get_value().flatten() != Some(of) {
                return;
            }
            match answer {
                Ok(found) => {
                    let _ = failure.try_set(None);
                    let _ = figures.try_set(found);
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    effect(move |_| {
        asked.track();
        load();
    });
    let companies = companies(visitor, database);
    let several = accounts.with_untracked(Vec::len) > 1;
    let options = PERIODS.iter().map(|it| (it.0, tr(it.3).into(), None)).collect();
    let summary = move || figures.with(|it| it.as_ref().map(|it| summary(t, it.total())));
    let entries =
        Memo::new(move |_| figures.with(|it| it.as_ref()?.entries(!chosen.everything.get())));
    let spent = Memo::new(move |_| {
        figures.with(|it| it.as_ref().is_some_and(|it| it.total() != Spent::default()))
    });
    view! {
        <Card title=title class="consumption">
            <Segmented
                label=tr(I18n::consumption_period)
                options=options
                value=chosen.period
                on_change=move |period| chosen.choose_period(period)
            />
            <Limits chosen=chosen accounts=accounts companies=companies several=several/>
            {move || failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })}
            <When when=condition(move || figures.with(Option::is_none) && failure.with(Option::is_none))>
                <Waiting label=tr(I18n::consumption_asking)/>
            </When>
            <When when=condition(move || figures.with(Option::is_some))>
                <p role="status">{summary}</p>
                <Chart figures=figures/>
                <When when=condition(move || spent.get())>
                    <Divided
                        figures=figures
                        chosen=chosen
                        accounts=accounts
                        companies=companies
                        several=several
                    />
                </When>
                <Switch
                    label=tr(I18n::consumption_everything)
                    on=chosen.everything
                    on_change=move |on| chosen.show_everything(on)
                />
                {move || {
                    entries
                        .get()
                        .map(|asked| {
                            view! { <Entries asked=asked accounts=accounts companies=companies/> }
                        })
                }}
            </When>
        </Card>
    }
}

/// The companies of the database, by which charges are named. Where they cannot be had, their numbers are
/// shown.
fn companies(visitor: Visitor, database: i64) -> RwSignal<Vec<Company>> {
    let companies = RwSignal::new(Vec::new());
    let is_demo = visitor.is_demo_untracked();
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(known) = account::companies(is_demo, database).await {
            let _ = companies.try_set(known);
        }
    });
    companies
}

/// What everything is limited to, each a button that takes the limit away.
#[component]
fn Limits(
    chosen: Chosen,
    accounts: Memo<Vec<Looked>>,
    companies: RwSignal<Vec<Company>>,
    several: bool,
) -> Node {
    let t = use_i18n();
    let unsaid = move || t.consumption_unsaid().to_owned();
    let account = move || {
        let only = chosen.account.get().filter(|_| several)?;
        let (_, label) = accounts.get().into_iter().find(|it| it.0 == only)?;
        Some(limit(t, t.accounts_service(), &label, move || chosen.choose_account(None)))
    };
    let company = move || {
        let only = chosen.whose.get().company?;
        let name = if only == 0 { unsaid() } else { companies.with(|all| company_name(all, only)) };
        Some(limit(t, t.accounts_companies(), &name, move || chosen.choose_company(None)))
    };
    let user = move || {
        let only = chosen.whose.get().user?;
        let name = if only.is_empty() { unsaid() } else { only };
        Some(limit(t, t.consumption_user(), &name, move || chosen.choose_user(None)))
    };
    view! {
        <div class="limits">{account}{company}{user}</div>
    }
}

fn limit(t: I18n, what: &str, name: &str, lift: impl Fn() + 'static) -> Node {
    let shown = t.consumption_limit(what, name);
    let label = t.consumption_lift(&*shown);
    view! {
        <button type="button" class="limit" aria-label=label on:click=move |_| lift()>
            {shown}
            <Icon name=IconName::Close/>
        </button>
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
    let Figures { span, edges, spent, .. } = figures;
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
