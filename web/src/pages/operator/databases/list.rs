//! All databases: who waits for a decision, and who may use services.

use iap_core::api::Database;
use iap_core::catalogue::Admission;
use iap_core::sort::sorted;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast as _;

use super::row::{Row, to_csv};
use crate::backend::database;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::operator::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, EmptyState, Failed, IconName, Notice, NoticeKind, Retry, SearchBar, Segmented,
    SortHeader, Sorting, TableScroll, Waiting, When, condition, failure_text, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// The name of the filter in the page's address.
const ADMISSION: &str = "admission";

/// What the list is made of. Cheap to copy.
#[derive(Clone, Copy)]
struct Known {
    databases: RwSignal<Option<Vec<Database>>>,
    failure: RwSignal<Option<Failure>>,
    /// Why the last decision was not taken.
    refused: RwSignal<Option<Failure>>,
    /// The database about which a decision is under way.
    deciding: RwSignal<Option<i64>>,
}

/// The page of all databases.
#[component]
pub fn DatabasesPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let known = Known {
        databases: RwSignal::new(None),
        failure: RwSignal::new(None),
        refused: RwSignal::new(None),
        deciding: RwSignal::new(None),
    };
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let filter = query::get(ADMISSION).and_then(|word| Admission::from_word(&word));
    let filter = RwSignal::new(filter.map_or("", Admission::as_str));
    let sorting = RwSignal::new(Sorting::by("name"));
    let again = follow_visitor(move || {
        // Who is no operator is told so without asking.
        if untrack(|| visitor.operates()) {
            wasm_bindgen_futures::spawn_local(async move {
                match database::databases().await {
                    Ok(databases) => {
                        let _ = known.failure.try_set(None);
                        let _ = known.databases.try_set(Some(databases));
                    }
                    Err(why) if visitor.has_ended(&why) => {}
                    Err(why) => drop(known.failure.try_set(Some(why))),
                }
            });
        }
    });
    let number = move || known.databases.with(|all| all.as_ref().map(Vec::len));
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let only = Admission::from_word(filter.get());
        let rows: Vec<Row> = known.databases.with(|all| {
            let all = all.iter().flatten();
            let all = all.filter(|it| only.is_none_or(|only| it.admission == only));
            all.map(|it| Row::new(t, it)).filter(|row| row.matches(&search)).collect()
        });
        sorted(rows, &|a: &Row, b: &Row| {
            let waiting = b.is_waiting().cmp(&a.is_waiting());
            waiting.then_with(|| sorting.apply(a.compare(b, locale, sorting.column)))
        })
    });
    let export = move |_| {
        let csv = shown.with(|rows| to_csv(rows));
        let done = download::offer("databases.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.databases_exported() } else { t.prices_not_exported() });
    };
    let operates = move || visitor.operates();
    let failed = move || known.failure.get().filter(|_| operates());
    let some = move || operates() && number().is_some_and(|it| it > 0);
    view! {
        <Page
            title=tr(I18n::databases_title)
            lead=tr(I18n::databases_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(move || operates() && number().is_none() && failed().is_none())>
                <Waiting label=tr(I18n::databases_asking)/>
            </When>
            <When when=condition(move || operates() && number() == Some(0))>
                <div class="card">
                    <EmptyState
                        icon=IconName::Screen
                        title=tr(I18n::databases_empty)
                        text=tr(I18n::databases_empty_text)
                    />
                </div>
            </When>
            <When when=condition(some)>
                <List known=known shown=shown search=search filter=filter sorting=sorting/>
            </When>
        </Page>
    }
}

#[component]
fn List(
    known: Known,
    shown: Memo<Vec<Row>>,
    search: RwSignal<String>,
    filter: RwSignal<&'static str>,
    sorting: RwSignal<Sorting>,
) -> Node {
    let t = use_i18n();
    let change = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let choose = move |admission: &'static str| {
        query::replace(ADMISSION, admission);
        filter.set(admission);
    };
    let show_all = move |_| {
        change(String::new());
        choose("");
    };
    let waiting = Memo::new(move |_| {
        let waits = |it: &&Database| it.admission == Admission::Waiting;
        known.databases.with(|all| all.iter().flatten().filter(waits).count())
    });
    let options: Vec<(&'static str, TextProp, Option<IconName>)> = vec![
        ("", tr(I18n::databases_all).into(), None),
        (Admission::Waiting.as_str(), tr(I18n::databases_waiting).into(), None),
        (Admission::Approved.as_str(), tr(I18n::databases_approved).into(), None),
        (Admission::Refused.as_str(), tr(I18n::databases_refused).into(), None),
    ];
    view! {
        <When when=condition(move || { waiting.get() > 0 })>
            <Notice kind=NoticeKind::Warning>
                {move || t.databases_wait(waiting.get())}
            </Notice>
        </When>
        <Failed failure=known.refused/>
        <div class="card">
            <div class="databases-filter no-print">
                <Segmented
                    label=tr(I18n::databases_filter)
                    options=options
                    value=filter
                    on_change=choose
                />
            </div>
            <SearchBar
                label=tr(I18n::databases_search)
                value=search
                found=move || t.databases_shown(shown.with(Vec::len))
                on_change=change
            />
            <When when=condition(move || shown.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::databases_none)
                    text=tr(I18n::databases_none_text)
                >
                    <Button on:click=show_all>{tr(I18n::prices_show_all)}</Button>
                </EmptyState>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <Table known=known shown=shown sorting=sorting/>
            </When>
        </div>
    }
}

#[component]
fn Table(known: Known, shown: Memo<Vec<Row>>, sorting: RwSignal<Sorting>) -> Node {
    let t = use_i18n();
    view! {
        <TableScroll label=tr(I18n::databases_title)>
            <table class="table databases stacked">
                <thead>
                    <tr>
                        <SortHeader column="name" sorting=sorting label=tr(I18n::databases_name)/>
                        <SortHeader column="uuid" sorting=sorting label=|| "UUID"/>
                        <SortHeader
                            column="hosting"
                            sorting=sorting
                            label=tr(I18n::databases_hosting)
                        />
                        <SortHeader column="kind" sorting=sorting label=tr(I18n::databases_kind)/>
                        <SortHeader column="trial" sorting=sorting label=tr(I18n::databases_trial)/>
                        <SortHeader
                            column="admission"
                            sorting=sorting
                            label=tr(I18n::databases_admission)
                        />
                        <th scope="col" class="no-print">{tr(I18n::databases_decide)}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        shown.with(|shown| {
                            shown.iter().map(|row| line(t, known, row)).collect::<Vec<_>>()
                        })
                    }}
                </tbody>
            </table>
        </TableScroll>
    }
}

fn line(t: I18n, known: Known, row: &Row) -> Node {
    let id = row.database.id;
    let class = match row.database.admission {
        Admission::Waiting => "pill pill-warning",
        Admission::Approved => "pill",
        Admission::Refused => "pill pill-bad",
    };
    let trial = if row.is_entitled() { t.databases_trial_yes() } else { t.databases_trial_no() };
    let decisions = [Admission::Approved, Admission::Refused];
    let decisions = decisions.into_iter().filter(|it| *it != row.database.admission);
    let buttons: Vec<Node> = decisions.map(|it| decision(t, known, row, it)).collect();
    view! {
        <tr>
            <th scope="row" tabindex="-1" id=row_id(id)>{row.name.clone()}</th>
            <td class="databases-uuid"><code>{row.database.uuid.clone()}</code></td>
            <td>{row.hosting}</td>
            <td>{row.kind}</td>
            <td>{trial}</td>
            <td><span class=class>{row.admission}</span></td>
            <td class="databases-decide no-print">{buttons}</td>
        </tr>
    }
}

/// A button that decides about a database.
fn decision(t: I18n, known: Known, row: &Row, admission: Admission) -> Node {
    let toasts = use_toasts();
    let (id, before) = (row.database.id, row.database.admission);
    let (text, label) = match admission {
        Admission::Refused => (t.databases_refuse(), t.databases_refuse_of(&*row.name)),
        Admission::Approved | Admission::Waiting => {
            (t.databases_approve(), t.databases_approve_of(&*row.name))
        }
    };
    let name = row.name.clone();
    let decide = move |_| {
        let name = name.clone();
        let done = move || {
            let undo = {
                let name = name.clone();
                move || {
                    let name = name.clone();
                    let done = move || toasts.show(decided(t, before, name));
                    admit(known, id, before, done, move |why| toasts.show(failure_text(t, why)));
                }
            };
            toasts.show_with_undo(decided(t, admission, name), undo);
            focus(id);
        };
        let refused = move |why: &Failure| {
            let _ = known.refused.try_set(Some(why.clone()));
        };
        admit(known, id, admission, done, refused);
    };
    let busy = move || known.deciding.get() == Some(id);
    view! {
        <button
            type="button"
            class="button"
            aria-label=label
            prop:disabled=busy
            on:click=decide
        >
            {text}
        </button>
    }
}

/// Decides, and notes in the list what was decided once the server has taken it. The list may be
/// gone meanwhile: a toast stays when one goes to another page.
fn admit(
    known: Known,
    id: i64,
    admission: Admission,
    done: impl FnOnce() + 'static,
    failed: impl FnOnce(&Failure) + 'static,
) {
    let _ = known.deciding.try_set(Some(id));
    let _ = known.refused.try_set(None);
    wasm_bindgen_futures::spawn_local(async move {
        let answer = database::admit(id, admission).await;
        let _ = known.deciding.try_set(None);
        match answer {
            Ok(()) => {
                let _ = known.databases.try_update(|all| {
                    for it in all.iter_mut().flatten().filter(|it| it.id == id) {
                        it.admission = admission;
                    }
                });
                done();
            }
            Err(why) => failed(&why),
        }
    });
}

/// What is said after a decision.
fn decided(t: I18n, admission: Admission, name: String) -> String {
    match admission {
        Admission::Approved => t.databases_now_approved(name),
        Admission::Refused => t.databases_now_refused(name),
        Admission::Waiting => t.databases_now_waiting(name),
    }
}

fn row_id(id: i64) -> String {
    format!("database-{id}")
}

/// Moves the focus to a database whose button is gone because it was decided about.
fn focus(id: i64) {
    request_animation_frame(move || {
        if let Some(row) = document().get_element_by_id(&row_id(id)) {
            let _ = row.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}
