//! The entries of an account's ledger, a line each.

use iap_core::api::{Entry, Page};
use iap_core::credits::EntryKind;
use leptos::prelude::*;

use crate::backend::consumption::{self, EntriesAsked};
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::use_visitor;
use crate::ui::{
    Button, Icon, IconName, Retry, Row, Rows, TableScroll, Waiting, When, condition, rows,
};

/// The entries that are asked for, the newest first, and more on request.
#[component]
pub(super) fn Entries(asked: EntriesAsked) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let is_demo = visitor.is_demo_untracked();
    let known = RwSignal::new(None::<Page<Entry>>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
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
    let is_empty = move || known.with(|it| it.as_ref().is_none_or(|it| it.items.is_empty()));
    let has_more = move || known.with(|it| it.as_ref().is_some_and(|it| it.next.is_some()));
    let lines =
        move || known.get().unwrap_or_else(nothing).items.into_iter().map(move |it| line(t, it));
    view! {
        <When when=condition(move || known.with(Option::is_none) && failure.with(Option::is_none))>
            <Waiting label=tr(I18n::consumption_asking)/>
        </When>
        <When when=condition(move || !is_empty())>
            <div class="entries-header">
                <h3>{tr(I18n::consumption_list)}</h3>
                {csv
                    .clone()
                    .map(|csv| {
                        view! {
                            <a class="button button-quiet no-print" href=csv download="">
                                <Icon name=IconName::Download/>
                                {tr(I18n::prices_export)}
                            </a>
                        }
                    })}
            </div>
            <TableScroll label=tr(I18n::consumption_list)>
                <table class="table entries">
                    <thead>
                        <tr>
                            <th scope="col">{tr(I18n::consumption_when)}</th>
                            <th scope="col">{tr(I18n::consumption_what)}</th>
                            <th scope="col">{tr(I18n::consumption_kind)}</th>
                            <th scope="col" class="number">{tr(I18n::consumption_hold)}</th>
                            <th scope="col" class="number">{tr(I18n::consumption_charged)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Rows rows=rows(move || lines().collect())/>
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

fn line(t: I18n, entry: Entry) -> Row {
    Row::new(entry.id, move || {
        let charged = if entry.charged.is_zero() {
            entry.available_paid.checked_add(entry.available_granted).unwrap_or(entry.charged)
        } else {
            entry.charged
        };
        view! {
            <tr>
                <td class="entries-when">{format::moment(t.locale(), entry.at)}</td>
                <td class="entries-what">{entry.description}</td>
                <td class="entries-kind">{kind(t, entry.kind)}</td>
                <td class="entries-hold number">{entry.hold.map(|hold| format!("#{hold}"))}</td>
                <td class="entries-charged number">{format::balance(t.locale(), charged)}</td>
            </tr>
        }
    })
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
