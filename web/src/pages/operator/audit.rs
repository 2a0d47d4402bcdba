//! Who changed what.

use std::time::Duration;

use iap_core::api::{AuditRecord, User};
use leptos::prelude::*;

use super::paged::Paged;
use crate::backend::operator::{self, AuditFilter};
use crate::backend::user;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::asked::Asked;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::pause::Pause;
use crate::reactive::{RwSignal, Signal, effect};
use crate::state::use_visitor;
use crate::ui::{
    Button, Column, ColumnChoice, Columns, EmptyState, Field, Icon, IconName, Row, Rows, Select,
    TableScroll, TextField, Waiting, When, condition, rows,
};
use crate::{format, query};

/// The columns that can be hidden; when it was and who did it always stands there.
const COLUMNS: [Column; 3] =
    [("what", I18n::audit_what), ("subject", I18n::audit_subject), ("detail", I18n::audit_detail)];

/// The names of the filters in the page's address.
const USER: &str = "user";
const SUBJECT: &str = "subject";

/// How long nothing is typed before the server is asked.
const PAUSE: Duration = Duration::from_millis(300);

/// The server itself, where people are told by their keys.
const SERVER: &str = "0";

/// What the page is made of. Cheap to copy.
#[derive(Clone, Copy)]
struct Log {
    changes: Paged<AuditRecord, AuditFilter>,
    /// The subject as it is typed.
    subject: RwSignal<String>,
}

impl Log {
    /// Shows what somebody changed; of all where none is named.
    fn by(self, user: String) {
        query::replace(USER, &user);
        let filter = self.changes.filter.get_untracked();
        self.changes.limit(AuditFilter { user, ..filter });
    }

    /// Shows what was changed of something; of all where nothing is named.
    fn of(self, subject: &str) {
        let subject = subject.trim().to_owned();
        query::replace(SUBJECT, &subject);
        let filter = self.changes.filter.get_untracked();
        if filter.subject != subject {
            self.changes.limit(AuditFilter { subject, ..filter });
        }
    }

    /// Shows everything.
    fn all(self) {
        query::replace(USER, "");
        query::replace(SUBJECT, "");
        self.subject.set(String::new());
        self.changes.limit(AuditFilter::default());
    }
}

/// The page of all changes.
#[component]
pub(super) fn AuditPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let asked = |name| query::get(name).unwrap_or_default();
    let filter = AuditFilter { user: asked(USER), subject: asked(SUBJECT) };
    let subject = RwSignal::new(filter.subject.clone());
    let changes = Paged::new(filter, |filter, after| Box::pin(operator::audit(filter, after)));
    let log = Log { changes, subject };
    let people = Asked::<Vec<User>>::new();
    let again = follow_visitor(move || {
        changes.refresh();
        people.refresh(user::users());
    });
    let columns = Columns::new("audit", &COLUMNS, &[]);
    let is_empty = move || changes.items().is_some_and(|items| items.is_empty());
    let some = move || changes.items().is_some_and(|items| !items.is_empty());
    let is_all = move || changes.filter.with(AuditFilter::is_all);
    let lines = move || {
        let changes = changes.items().unwrap_or_default().into_iter();
        let kind = format!("{} {}", t.locale().tag(), columns.key());
        changes.map(|it| line(t, log, &kind, columns, it)).collect()
    };
    view! {
        <Page
            title=tr(I18n::audit_title)
            lead=tr(I18n::audit_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <a
                            class="button"
                            href=move || changes.filter.get().of("/api/v1/audit.csv")
                            download=""
                        >
                            <Icon name=IconName::Download/>
                            {tr(I18n::prices_export)}
                        </a>
                        <ColumnChoice columns=columns/>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {move || changes.failed()}
            <When when=condition(move || changes.is_asked())>
                <Waiting label=tr(I18n::audit_asking)/>
            </When>
            <When when=condition(move || visitor.operates() && (some() || !is_all()))>
                <Filters log=log people=people/>
            </When>
            <When when=condition(move || is_empty() && is_all())>
                <div class="card">
                    <EmptyState
                        icon=IconName::Receipt
                        title=tr(I18n::changes_nothing)
                        text=tr(I18n::audit_lead)
                    />
                </div>
            </When>
            <When when=condition(move || is_empty() && !is_all())>
                <div class="card">
                    <EmptyState
                        icon=IconName::Search
                        title=tr(I18n::audit_none)
                        text=tr(I18n::audit_none_text)
                    >
                        <Button on:click=move |_| log.all()>{tr(I18n::prices_show_all)}</Button>
                    </EmptyState>
                </div>
            </When>
            <When when=condition(some)>
                <div class="card">
                    <TableScroll label=tr(I18n::audit_title)>
                        <table class="table stacked">
                            <thead>
                                <tr>
                                    <th scope="col">{tr(I18n::consumption_when)}</th>
                                    <th scope="col">{tr(I18n::audit_who)}</th>
                                    {columns.headings(&[])}
                                </tr>
                            </thead>
                            <tbody>
                                <Rows rows=rows(lines)/>
                            </tbody>
                        </table>
                    </TableScroll>
                    {changes.more_button()}
                </div>
            </When>
        </Page>
    }
}

/// Who, and what of.
#[component]
fn Filters(log: Log, people: Asked<Vec<User>>) -> Node {
    let t = use_i18n();
    let who = Signal::derive(move || log.changes.filter.with(|filter| filter.user.clone()));
    let options = move || {
        let mut options = vec![
            (String::new(), t.audit_everybody().to_owned()),
            (SERVER.to_owned(), t.changes_server().to_owned()),
        ];
        people.known.with(|people| {
            let mut people: Vec<_> = people.iter().flatten().collect();
            people.sort_by(|a, b| a.email.cmp(&b.email));
            options.extend(people.iter().map(|it| (it.id.to_string(), it.email.to_string())));
        });
        // Before they are known, or where nobody has that key any more.
        let chosen = who.get();
        if !options.iter().any(|(value, _)| *value == chosen) {
            options.push((chosen.clone(), format!("#{chosen}")));
        }
        options
    };
    // A line that is chosen writes the subject; what is typed is asked for when typing pauses.
    let pause = Pause::new(PAUSE);
    let typed = log.subject;
    effect(move |_| {
        typed.track();
        pause.begin(move || {
            if let Some(subject) = typed.try_get() {
                log.of(&subject);
            }
        });
    });
    on_cleanup(move || pause.end());
    view! {
        <div class="audit-filters no-print">
            <Field label=tr(I18n::audit_who) let:field>
                <Select
                    options=Signal::derive(options)
                    value=who
                    on_change=move |user: String| log.by(user)
                    attr:id=field.id
                />
            </Field>
            <TextField
                label=tr(I18n::audit_subject)
                hint=tr(I18n::audit_subject_hint)
                error=Signal::stored(None)
                value=log.subject
            />
        </div>
    }
}

/// A change. What was done and to what are words that programs read too: they are the same in each
/// language. Who and what of lead to all other changes by them and of it.
fn line(t: I18n, log: Log, kind: &str, columns: Columns, record: AuditRecord) -> Row {
    Row::new(format!("{kind} {}", record.id), move || {
        let cells: Vec<Node> =
            columns.shown().map(|(name, _)| cell(t, log, &record, name)).collect();
        let who =
            if record.email.is_empty() { t.changes_server().to_owned() } else { record.email };
        let user = record.user.map_or_else(|| SERVER.to_owned(), |user| user.to_string());
        let only_who = t.audit_only_who(&*who);
        view! {
            <tr>
                <td class="audit-when">{format::moment(t.locale(), record.at)}</td>
                <th scope="row">
                    <button
                        type="button"
                        class="link-button"
                        aria-label=only_who
                        on:click=move |_| log.by(user.clone())
                    >
                        {who}
                    </button>
                </th>
                {cells}
            </tr>
        }
    })
}

fn cell(t: I18n, log: Log, record: &AuditRecord, column: &str) -> Node {
    match column {
        "what" => view! { <td><code>{record.action.clone()}</code></td> },
        "subject" => {
            let subject = record.subject.clone();
            let (label, shown) = (t.audit_only_subject(&*subject), subject.clone());
            let of = move |_| {
                log.subject.set(subject.clone());
                log.of(&subject);
            };
            view! {
                <td>
                    <button type="button" class="link-button" aria-label=label on:click=of>
                        {shown}
                    </button>
                </td>
            }
        }
        _ => view! { <td class="audit-detail">{record.detail.clone()}</td> },
    }
}
