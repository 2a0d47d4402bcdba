//! All databases: who waits for a decision, and who may use services.

use iap_core::api::Database;
use iap_core::catalogue::Admission;
use iap_core::sort::sorted;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::decide::{Deciding, place};
use super::row::{COLUMNS, Row, admission_class, to_csv};
use crate::backend::database;
use crate::dom::{Node, Row as ListRow, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::asked::Asked;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{
    Button, ColumnChoice, Columns, EmptyState, Failed, IconName, Notice, NoticeKind, Rows,
    SearchBar, Segmented, SortHeader, Sorting, TableScroll, When, condition, rows, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// The name of the filter in the page's address.
const ADMISSION: &str = "admission";

/// The page of all databases.
#[component]
pub fn DatabasesPage() -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let databases = Asked::<Vec<Database>>::new();
    let again = follow_visitor(move || databases.refresh(database::databases()));
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let filter = query::get(ADMISSION).and_then(|word| Admission::from_word(&word));
    let filter = RwSignal::new(filter.map_or("", Admission::as_str));
    let sorting = RwSignal::new(Sorting::by("name"));
    let columns = Columns::new("databases", &COLUMNS, &[]);
    let number = move || databases.known.with(|all| all.as_ref().map(Vec::len));
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let only = Admission::from_word(filter.get());
        let rows: Vec<Row> = databases.known.with(|all| {
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
    let some = move || databases.is_known() && number().is_some_and(|it| it > 0);
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
                        <ColumnChoice columns=columns/>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {databases.until_known(tr(I18n::databases_asking), again)}
            <When when=condition(move || databases.is_known() && number() == Some(0))>
                <div class="card">
                    <EmptyState
                        icon=IconName::Screen
                        title=tr(I18n::databases_empty)
                        text=tr(I18n::databases_empty_text)
                    />
                </div>
            </When>
            <When when=condition(some)>
                <List databases=databases shown=shown search=search filter=filter sorting=sorting columns=columns/>
            </When>
        </Page>
    }
}

#[component]
fn List(
    databases: Asked<Vec<Database>>,
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
        databases.known.with(|all| all.iter().flatten().filter(waits).count())
    });
    let deciding = Deciding::new(Callback::new(move |(id, admission)| {
        databases.change(|all| {
            if let Some(it) = all.iter_mut().find(|it| it.id == id) {
                it.admission = admission;
            }
        });
    }));
    let options: Vec<(&'static str, TextProp, Option<IconName>)> = vec![
        ("", tr(I18n::databases_all).into(), None),
        (Admission::Waiting.as_str(), tr(I18n::databases_waiting).into(), None),
        (Admission::Approved.as_str(), tr(I18n::databases_approved).into(), None),
        (Admission::Refused.as_str(), tr(I18n::databases_refused).into(), None),
    ];
    view! {
        <When when=condition(move || { waiting.get() > 0 })>
            <div class="databases-filter">
                <Notice kind=NoticeKind::Warning>
                    {move || t.databases_wait(waiting.get())}
                </Notice>
            </div>
        </When>
        <Failed failure=deciding.refused/>
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
                <Table deciding=deciding shown=shown sorting=sorting columns=columns/>
            </When>
        </div>
    }
}

#[component]
fn Table(
    deciding: Deciding,
    shown: Memo<Vec<Row>>,
    sorting: RwSignal<Sorting>,
    columns: Columns,
) -> Node {
    let t = use_i18n();
    let lines = move || {
        let kind = format!("{} {}", t.locale().tag(), columns.key());
        // What becomes of a database makes its line anew; the others keep their elements, and the focus.
        let line = |row: Row| {
            let key = format!("{kind} {}", row.csv());
            ListRow::new(key, move || line(t, deciding, columns, &row))
        };
        shown.get().into_iter().map(line).collect()
    };
    view! {
        <TableScroll label=tr(I18n::databases_title)>
            <table class="table databases stacked">
                <thead class="sort-headings">
                    <tr>
                        <SortHeader column="name" sorting=sorting label=tr(I18n::databases_name)/>
                        {columns.sort_headings(sorting, &[])}
                        <th scope="col" class="no-print">{tr(I18n::databases_decide)}</th>
                    </tr>
                </thead>
                <tbody>
                    <Rows rows=rows(lines)/>
                </tbody>
            </table>
        </TableScroll>
    }
}

fn line(t: I18n, deciding: Deciding, columns: Columns, row: &Row) -> Node {
    let id = row.database.id;
    let cells: Vec<Node> = columns.shown().map(|(name, _)| cell(t, row, name)).collect();
    view! {
        <tr>
            <th scope="row">
                <a id=place(id) href=format!("/operator/databases/{id}")>{row.name.clone()}</a>
            </th>
            {cells}
            <td class="databases-decide no-print">{deciding.buttons(t, &row.database)}</td>
        </tr>
    }
}

fn cell(t: I18n, row: &Row, column: &str) -> Node {
    match column {
        "uuid" => {
            let uuid = row.database.uuid.clone();
            view! { <td class="databases-uuid"><code>{uuid}</code></td> }
        }
        "hosting" => view! { <td>{row.hosting}</td> },
        "kind" => view! { <td>{row.kind}</td> },
        "trial" if row.is_entitled() => view! { <td>{t.databases_trial_yes()}</td> },
        "trial" => view! { <td>{t.databases_trial_no()}</td> },
        _ => {
            let class = admission_class(row.database.admission);
            view! { <td><span class=class>{row.admission}</span></td> }
        }
    }
}
