//! Mails on their way out: what became of them, and sending one again.

use iap_core::api::{MailRecord, MailState};
use leptos::prelude::*;

use super::paged::Paged;
use crate::backend::http::Failure;
use crate::backend::operator;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::RwSignal;
use crate::ui::{
    Column, ColumnChoice, Columns, EmptyState, Failed, IconName, Row, Rows, Segmented, TableScroll,
    Waiting, When, condition, rows, use_toasts,
};
use crate::{format, query};

/// The columns that can be hidden; to whom a mail goes always stands there.
const COLUMNS: [Column; 3] = [
    ("about", I18n::outbox_about),
    ("written", I18n::outbox_written),
    ("state", I18n::outbox_state),
];

/// The name of the filter in the page's address.
const STATE: &str = "state";

/// The page of all mails.
#[component]
pub(super) fn OutboxPage() -> Node {
    let t = use_i18n();
    let asked = query::get(STATE).and_then(|word| MailState::from_word(&word));
    let mails = Paged::new(asked.map_or("", MailState::as_str), |state, after| {
        Box::pin(operator::mails(MailState::from_word(state), after))
    });
    let again = follow_visitor(move || mails.refresh());
    let refused = RwSignal::new(None::<Failure>);
    let choose = move |state: &'static str| {
        query::replace(STATE, state);
        mails.limit(state);
    };
    let options = vec![
        ("", tr(I18n::databases_all).into(), None),
        (MailState::Waiting.as_str(), tr(I18n::outbox_waiting).into(), None),
        (MailState::Sent.as_str(), tr(I18n::outbox_sent).into(), None),
        (MailState::Failed.as_str(), tr(I18n::outbox_failed).into(), None),
    ];
    let columns = Columns::new("outbox", &COLUMNS, &[]);
    let is_empty = move || mails.items().is_some_and(|items| items.is_empty());
    let lines = move || {
        let lines = mails.items().unwrap_or_default().into_iter();
        let kind = format!("{} {}", t.locale().tag(), columns.key());
        lines.map(|mail| line(t, mail, &kind, columns, mails, refused)).collect()
    };
    view! {
        <Page
            title=tr(I18n::outbox_title)
            lead=tr(I18n::outbox_lead)
            actions=move || {
                view! {
                    <When when=condition(move || mails.items().is_some())>
                        <ColumnChoice columns=columns/>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {move || mails.failed()}
            <Failed failure=refused/>
            <When when=condition(move || mails.is_asked())>
                <Waiting label=tr(I18n::outbox_asking)/>
            </When>
            <When when=condition(move || mails.items().is_some())>
                <div class="card">
                    <div class="databases-filter no-print">
                        <Segmented
                            label=tr(I18n::databases_filter)
                            options=options.clone()
                            value=mails.filter
                            on_change=choose
                        />
                    </div>
                    <When when=condition(is_empty)>
                        <EmptyState
                            icon=IconName::Letter
                            title=tr(I18n::outbox_empty)
                            text=tr(I18n::outbox_empty_text)
                        />
                    </When>
                    <When when=condition(move || !is_empty())>
                        <TableScroll label=tr(I18n::outbox_title)>
                            <table class="table stacked">
                                <thead>
                                    <tr>
                                        <th scope="col">{tr(I18n::outbox_to)}</th>
                                        {columns.headings(&[])}
                                        <th scope="col" class="no-print">
                                            {tr(I18n::outbox_again)}
                                        </th>
                                    </tr>
                                </thead>
                                <tbody>
                                    <Rows rows=rows(lines)/>
                                </tbody>
                            </table>
                        </TableScroll>
                        {mails.more_button()}
                    </When>
                </div>
            </When>
        </Page>
    }
}

fn line(
    t: I18n,
    mail: MailRecord,
    kind: &str,
    columns: Columns,
    mails: Paged<MailRecord>,
    refused: RwSignal<Option<Failure>>,
) -> Row {
    // What becomes of a mail makes its line anew.
    let MailRecord { id, state, attempts, .. } = mail;
    let key = format!("{kind} {id} {} {attempts}", state.as_str());
    Row::new(key, move || {
        let to = mail.recipient.clone();
        let resend = (state != MailState::Waiting)
            .then(|| view! { <Resend id=id to=to mails=mails refused=refused/> });
        let cells: Vec<Node> = columns.shown().map(|(name, _)| cell(t, &mail, name)).collect();
        view! {
            <tr>
                <th scope="row">{mail.recipient}</th>
                {cells}
                <td class="no-print">{resend}</td>
            </tr>
        }
    })
}

fn cell(t: I18n, mail: &MailRecord, column: &str) -> Node {
    let locale = t.locale();
    match column {
        "about" => {
            let about = match mail.template.as_str() {
                "low_credit" => t.outbox_low_credit().to_owned(),
                "invoice" => t.outbox_invoice(&*mail.invoice),
                "credit_note" => t.outbox_credit_note(&*mail.invoice),
                other => other.to_owned(),
            };
            view! { <td>{about}</td> }
        }
        "written" => view! { <td>{format::moment(locale, mail.created_at)}</td> },
        _ => {
            let (class, state) = match mail.state {
                MailState::Waiting => ("pill pill-warning", t.outbox_waiting()),
                MailState::Sent => ("pill", t.outbox_sent()),
                MailState::Failed => ("pill pill-bad", t.outbox_failed()),
            };
            let when = match (mail.state, mail.sent_at, mail.next_attempt_at) {
                (MailState::Sent, Some(at), _) => Some(format::moment(locale, at)),
                (MailState::Waiting, _, Some(at)) if mail.attempts > 0 => {
                    Some(t.outbox_next(mail.attempts, format::moment(locale, at)))
                }
                _ => None,
            };
            let error = (!mail.error.is_empty()).then(|| mail.error.clone());
            view! {
                <td>
                    <span class=class>{state}</span>
                    {when.map(|when| view! { <span class="soft">" " {when}</span> })}
                    {error.map(|error| view! { <p class="soft">{error}</p> })}
                </td>
            }
        }
    }
}

/// The button that sends a mail again.
#[component]
fn Resend(
    id: i64,
    to: String,
    mails: Paged<MailRecord>,
    refused: RwSignal<Option<Failure>>,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let label = t.outbox_resend_to(&*to);
    let resend = move |_| {
        let to = to.clone();
        busy.set(true);
        refused.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let done = operator::resend(id).await;
            let _ = busy.try_set(false);
            match done {
                Ok(()) => {
                    toasts.show(t.outbox_resent(to));
                    mails.refresh();
                }
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    view! {
        <button type="button" class="button" aria-label=label prop:disabled=move || busy.get() on:click=resend>
            {tr(I18n::outbox_resend)}
        </button>
    }
}
