//! On what and for whom it was spent: by service, company or user.

use iap_core::api::{Company, ConsumptionLine, Dimension, Spent};
use iap_core::pricing::Credits;
use iap_core::sort::sorted;
use leptos::prelude::*;

use super::chosen::{BY_COMPANY, BY_SERVICE, BY_USER, Chosen};
use super::figures::{Figures, Looked, added};
use crate::backend::account::company_name;
use crate::backend::consumption::{self, EntriesAsked};
use crate::backend::http::Failure;
use crate::dom::{Node, Row, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, effect};
use crate::state::{Visitor, use_visitor};
use crate::ui::{
    Button, Retry, Rows, Segmented, TableScroll, VisuallyHidden, Waiting, When, condition, rows,
};

/// So many lines are drawn at once; more on request.
const AT_ONCE: usize = 10;

/// What a line is of. For whom it was is unsaid where programs do not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    Service(i64),
    Company(i64),
    User(String),
}

/// A way to divide: its name in the address, and its text.
type Choice = (&'static str, fn(I18n) -> &'static str);

/// A line: what it is of, and what was spent.
type Line = (Of, Spent);

/// A table of what was spent, divided by what one chooses; choosing a line limits everything to it.
#[component]
pub(super) fn Divided(
    figures: RwSignal<Option<Figures>>,
    chosen: Chosen,
    accounts: Memo<Vec<Looked>>,
    companies: RwSignal<Vec<Company>>,
    /// Whether there are several services, among which it can be divided.
    several: bool,
) -> Node {
    let t = use_i18n();
    let by = Memo::new(move |_| match chosen.by.get() {
        Some(BY_SERVICE) if !several => BY_COMPANY,
        Some(by) => by,
        None if several && chosen.account.get().is_none() => BY_SERVICE,
        None => BY_COMPANY,
    });
    let (told, failure) = (RwSignal::new(None), RwSignal::new(None));
    let visitor = use_visitor();
    let load = move || load(visitor, by.get_untracked(), figures, told, failure);
    effect(move |_| {
        by.track();
        figures.track();
        load();
    });
    let lines = Memo::new(move |_| match by.get() {
        BY_SERVICE => figures.get().map(|it| services(&it)),
        by => told.get().filter(|(of, _)| *of == by).map(|(_, lines)| lines),
    });
    let most = RwSignal::new(AT_ONCE);
    let all = move || lines.with(|lines| lines.as_ref().map_or(0, Vec::len));
    let total =
        move || figures.with(|it| it.as_ref().map_or(Credits::ZERO, |it| it.total().charged));
    let name = move |of: &Of| called(t, of, &accounts.get(), &companies.get());
    let drawn = move || {
        let (total, locale) = (total(), t.locale().tag());
        let shown = lines.get().unwrap_or_default().into_iter().take(most.get());
        let draw = |(of, spent): Line| {
            let name = name(&of);
            let key = format!("{locale} {of:?} {name} {spent:?} {total}");
            Row::new(key, move || line(t, &of, &name, spent, total, chosen))
        };
        shown.map(draw).collect()
    };
    let choices: [Choice; 3] = [
        (BY_SERVICE, I18n::accounts_service),
        (BY_COMPANY, I18n::accounts_companies),
        (BY_USER, I18n::consumption_user),
    ];
    let choices = choices.into_iter().filter(|(by, _)| several || *by != BY_SERVICE);
    let choices = choices.map(|(by, text)| (by, tr(text).into(), None)).collect();
    let heading = move || match by.get() {
        BY_SERVICE => t.accounts_service(),
        BY_COMPANY => t.accounts_companies(),
        _ => t.consumption_user(),
    };
    view! {
        <section class="divided">
            <Segmented
                label=tr(I18n::consumption_by)
                options=choices
                value=by
                on_change=move |by| {
                    most.set(AT_ONCE);
                    chosen.divide_by(by);
                }
            />
            {move || failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })}
            <When when=condition(move || lines.with(Option::is_none) && failure.with(Option::is_none))>
                <Waiting label=tr(I18n::consumption_asking)/>
            </When>
            <When when=condition(move || { all() > 0 })>
                <TableScroll label=tr(I18n::consumption_by)>
                    <table class="table divided-lines">
                        <thead>
                            <tr>
                                <th scope="col">{heading}</th>
                                <th scope="col" class="number">{tr(I18n::consumption_number)}</th>
                                <th scope="col" class="number">{tr(I18n::consumption_charged)}</th>
                                <th scope="col" class="divided-share">
                                    <VisuallyHidden>{tr(I18n::consumption_share)}</VisuallyHidden>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <Rows rows=rows(drawn)/>
                        </tbody>
                    </table>
                </TableScroll>
            </When>
            <When when=condition(move || all() > most.get())>
                <div class="rates-more">
                    <Button on:click=move |_| most.update(|most| *most += 10 * AT_ONCE)>
                        {tr(I18n::consumption_more)}
                    </Button>
                </div>
            </When>
        </section>
    }
}

/// Asks for whom it was spent, where the figures do not say it themselves.
fn load(
    visitor: Visitor,
    by: &'static str,
    figures: RwSignal<Option<Figures>>,
    told: RwSignal<Option<(&'static str, Vec<Line>)>>,
    failure: RwSignal<Option<Failure>>,
) {
    let dimension = match by {
        BY_COMPANY => Dimension::Company,
        BY_USER => Dimension::User,
        _ => return failure.set(None),
    };
    let Some(asked) = entries(figures) else { return };
    let is_demo = visitor.is_demo_untracked();
    wasm_bindgen_futures::spawn_local(async move {
        let answer = consumption::divided(is_demo, &asked, dimension).await;
        // Something else may be looked at meanwhile.
        if entries(figures).as_ref() != Some(&asked) {
            return;
        }
        match answer {
            Ok(lines) => {
                let _ = failure.try_set(None);
                let _ = told.try_set(Some((by, together(lines, dimension))));
            }
            Err(why) if visitor.has_ended(&why) => {}
            Err(why) => drop(failure.try_set(Some(why))),
        }
    });
}

fn entries(figures: RwSignal<Option<Figures>>) -> Option<EntriesAsked> {
    figures.try_get().flatten()?.entries(true)
}

/// What each service took, the largest first.
fn services(figures: &Figures) -> Vec<Line> {
    let spent = figures.by_account.iter().filter(|(_, spent)| *spent != Spent::default());
    largest_first(spent.map(|(account, spent)| (Of::Service(*account), *spent)).collect())
}

/// The lines of all accounts together: the server tells them account by account.
fn together(lines: Vec<ConsumptionLine>, dimension: Dimension) -> Vec<Line> {
    let mut sums = Vec::<Line>::new();
    for line in lines {
        let of = match dimension {
            Dimension::Company => Of::Company(line.company.unwrap_or_default()),
            Dimension::User => Of::User(line.user),
        };
        match sums.iter_mut().find(|(it, _)| *it == of) {
            Some((_, sum)) => *sum = added(*sum, &line.spent),
            None => sums.push((of, line.spent)),
        }
    }
    largest_first(sums)
}

fn largest_first(lines: Vec<Line>) -> Vec<Line> {
    sorted(lines, &|(_, one): &Line, (_, other): &Line| other.charged.cmp(&one.charged))
}

/// What a line is called.
fn called(t: I18n, of: &Of, accounts: &[Looked], companies: &[Company]) -> String {
    match of {
        Of::Service(key) => {
            let label = accounts.iter().find(|(it, _)| it == key).map(|(_, label)| label.clone());
            label.unwrap_or_else(|| format!("#{key}"))
        }
        Of::Company(0) => t.consumption_unsaid().to_owned(),
        Of::Company(number) => company_name(companies, *number),
        Of::User(name) if name.is_empty() => t.consumption_unsaid().to_owned(),
        Of::User(name) => name.clone(),
    }
}

fn line(t: I18n, of: &Of, name: &str, spent: Spent, total: Credits, chosen: Chosen) -> Node {
    let (limited, label) = (of.clone(), t.consumption_only(name));
    let limit = move |_| match limited.clone() {
        Of::Service(key) => chosen.choose_account(Some(key)),
        Of::Company(number) => chosen.choose_company(Some(number)),
        Of::User(name) => chosen.choose_user(Some(name)),
    };
    let executions = usize::try_from(spent.executions).unwrap_or_default();
    let percent = percent(spent.charged, total);
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="link-button" title=label on:click=limit>
                    {name.to_owned()}
                </button>
            </th>
            <td class="number">{t.number(executions)}</td>
            <td class="number">{format::balance(t.locale(), spent.charged)}</td>
            <td class="divided-share">
                <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <path d=format!("M0 0h{percent}v1h-{percent}z")/>
                </svg>
                <span>{format::unit(t.locale(), &percent.to_string(), "percent", false)}</span>
            </td>
        </tr>
    }
}

/// The share in hundredths, rounded.
fn percent(part: Credits, whole: Credits) -> i128 {
    let [part, whole] = [part, whole].map(|it| i128::from(it.millionths()));
    if whole <= 0 { 0 } else { ((200 * part + whole) / (2 * whole)).clamp(0, 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(millionths: i64) -> Spent {
        Spent { charged: Credits::from_millionths(millionths), executions: 1 }
    }

    #[test]
    fn a_share_is_rounded_and_never_more_than_all() {
        let of =
            |part, whole| percent(Credits::from_millionths(part), Credits::from_millionths(whole));
        assert_eq!(of(1, 3), 33);
        assert_eq!(of(2, 3), 67);
        assert_eq!(of(1, 200), 1);
        assert_eq!(of(5, 0), 0);
        // What was given back makes the whole less than a part of it.
        assert_eq!((of(5, 3), of(-5, 3)), (100, 0));
    }

    #[test]
    fn accounts_are_told_together() {
        let line = |account, user: &str, charged| ConsumptionLine {
            account,
            company: None,
            user: user.to_owned(),
            spent: spent(charged),
        };
        let lines = vec![line(1, "Ana", 5), line(2, "Marc", 4), line(1, "Marc", 3)];
        let expected = [
            (Of::User("Marc".to_owned()), Spent { executions: 2, ..spent(7) }),
            (Of::User("Ana".to_owned()), spent(5)),
        ];
        assert_eq!(together(lines, Dimension::User), expected);
    }
}
