//! The entries of accounts' ledgers, a line each.

use iap_core::api::{Company, Entry, Page};
use iap_core::credits::EntryKind;
use leptos::prelude::*;

use super::figures::Looked;
use crate::backend::account::company_name;
use crate::backend::consumption::{self, EntriesAsked};
use crate::backend::http::Failure;
use crate::dom::{IntoNode as _, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, Column, ColumnChoice, Columns, Icon, IconName, Retry, Row, Rows, TableScroll, Waiting,
    When, condition, rows,
};

/// The columns that can be hidden; when, what for and how much always stands there.
const COLUMNS: [Column; 3] = [
    ("whom", I18n::consumption_whom),
    ("kind", I18n::consumption_kind),
    ("hold", I18n::consumption_hold),
];

/// The entries that are asked for, the newest first, and more on request.
#[component]
pub(super) fn Entries(
    asked: EntriesAsked,
    accounts: Memo<Vec<Looked>>,
    companies: RwSignal<Vec<Company>>,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let is_demo = visitor.is_demo_untracked();
    let known = RwSignal::new(None::<Page<Entry>>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    // Of which service an entry is stands there where it is not known anyway.
    let several = asked.accounts.len() > 1;
    let csv = (!is_demo).then(|| asked.csv());
    let load = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let asked = asked.clone();
        let after = known.with_untracked(|it| it.as_ref().and_then(|it| it.next.clone()));
        wasm_bindgen_futures::spawn_local(async move {
            let answer = consumption::entries(is_demo, &asked, after).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(part) => {
                    let _ = failure.try_set(None);
                    let _ = known.try_update(|known| {
                        let known = known.get_or_insert_with(nothing);
                        known.items.extend(part.items);
                        known.next = part.next;
                    });
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    load();
    let more = load.clone();
    let columns = Columns::new("entries", &COLUMNS, &[]);
    let is_empty = move || known.with(|it| it.as_ref().is_none_or(|it| it.items.is_empty()));
    let has_more = move || known.with(|it| it.as_ref().is_some_and(|it| it.next.is_some()));
    let lines = move || {
        let (accounts, companies) = (accounts.get(), companies.get());
        let service = |entry: &Entry| {
            let label = accounts.iter().find(|it| it.0 == entry.account).map(|it| it.1.clone());
            several.then_some(label.unwrap_or_default())
        };
        let items = known.get().unwrap_or_else(nothing).items;
        let key = columns.key();
        let line = |it| line(t, &key, columns, service(&it), whom(&it, &companies), it);
        items.into_iter().map(line).collect()
    };
    view! {
        <When when=condition(move || known.with(Option::is_none) && failure.with(Option::is_none))>
            <Waiting label=tr(I18n::consumption_asking)/>
        </When>
        <When when=condition(move || !is_empty())>
            <div class="entries-header">
                <h3>{tr(I18n::consumption_list)}</h3>
                <div class="page-actions no-print">
                    {csv
                        .clone()
                        .map(|csv| {
                            view! {
                                <a class="button" href=csv download="">
                                    <Icon name=IconName::Download/>
                                    {tr(I18n::prices_export)}
                                </a>
                            }
                        })}
                    <ColumnChoice columns=columns/>
                </div>
            </div>
            <TableScroll label=tr(I18n::consumption_list)>
                <table class="table entries">
                    <thead>
                        <tr>
                            <th scope="col">{tr(I18n::consumption_when)}</th>
                            {several.then(|| view! { <th scope="col">{tr(I18n::accounts_service)}</th> })}
                            <th scope="col">{tr(I18n::consumption_what)}</th>
                            {columns.headings(&["hold"])}
                            <th scope="col" class="number">{tr(I18n::consumption_charged)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Rows rows=rows(lines)/>
                    </tbody>
                </table>
            </TableScroll>
        </When>
        {move || {
            let load = more.clone();
            failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })
        }}
        <When when=condition(has_more)>
            <div class="rates-more">
                <Button disabled=busy on:click={
                    let load = load.clone();
                    move |_| load()
                }>{tr(I18n::consumption_more)}</Button>
            </div>
        </When>
    }
}

const fn nothing() -> Page<Entry> {
    Page { items: Vec::new(), next: None }
}

/// For whom it was, as far as the program said it.
fn whom(entry: &Entry, companies: &[Company]) -> String {
    let company = entry.company.map(|number| company_name(companies, number)).unwrap_or_default();
    let between = if company.is_empty() || entry.user.is_empty() { "" } else { " · " };
    format!("{}{between}{company}", entry.user)
}

/// What it was for, with the way there where the program said one.
fn what(entry: &Entry) -> Node {
    let text = entry.description.clone();
    if entry.link.is_empty() {
        return text.into_node();
    }
    let text = if text.is_empty() { entry.link.clone() } else { text };
    view! {
        <a href=entry.link.clone() target="_blank" rel="noopener noreferrer">
            {text}
            <Icon name=IconName::External/>
        </a>
    }
}

fn line(
    t: I18n,
    key: &str,
    columns: Columns,
    service: Option<String>,
    whom: String,
    entry: Entry,
) -> Row {
    Row::new(format!("{} {key} {whom}", entry.id), move || {
        let cells: Vec<Node> =
            columns.shown().map(|(name, _)| cell(t, &entry, &whom, name)).collect();
        let charged = if entry.charged.is_zero() {
            entry.available_paid.checked_add(entry.available_granted).unwrap_or(entry.charged)
        } else {
            entry.charged
        };
        view! {
            <tr>
                <td class="entries-when">{format::moment(t.locale(), entry.at)}</td>
                {service.map(|service| view! { <td class="entries-service">{service}</td> })}
                <td class="entries-what">{what(&entry)}</td>
                {cells}
                <td class="entries-charged number">{format::balance(t.locale(), charged)}</td>
            </tr>
        }
    })
}

fn cell(t: I18n, entry: &Entry, whom: &str, column: &str) -> Node {
    match column {
        "whom" => view! { <td class="entries-whom">{whom.to_owned()}</td> },
        "kind" => view! { <td class="entries-kind">{kind(t, entry.kind)}</td> },
        _ => {
            let hold = entry.hold.map(|hold| format!("#{hold}"));
            view! { <td class="entries-hold number">{hold}</td> }
        }
    }
}

fn kind(t: I18n, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Credit => t.consumption_kind_credit(),
        EntryKind::Authorize => t.consumption_kind_authorize(),
        EntryKind::Capture => t.consumption_kind_capture(),
        EntryKind::Cancel => t.consumption_kind_cancel(),
        EntryKind::Expire => t.consumption_kind_expire(),
        EntryKind::Refund => t.consumption_kind_refund(),
        EntryKind::Withdraw => t.consumption_kind_withdraw(),
    }
}
