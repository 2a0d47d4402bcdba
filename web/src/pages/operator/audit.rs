//! Who changed what.

use iap_core::api::AuditRecord;
use leptos::prelude::*;

use super::barred::Barred;
use super::paged::Paged;
use crate::backend::operator;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::ui::{
    EmptyState, Icon, IconName, Row, Rows, TableScroll, Waiting, When, condition, rows,
};

/// The page of all changes.
#[component]
pub(super) fn AuditPage() -> Node {
    let t = use_i18n();
    let changes = Paged::new("", |_, after| Box::pin(operator::audit(after)));
    let again = follow_visitor(move || changes.refresh());
    let is_empty = move || changes.items().is_some_and(|items| items.is_empty());
    let some = move || changes.items().is_some_and(|items| !items.is_empty());
    let lines =
        move || changes.items().unwrap_or_default().into_iter().map(|it| line(t, it)).collect();
    view! {
        <Page
            title=tr(I18n::audit_title)
            lead=tr(I18n::audit_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <a class="button" href="/api/v1/audit.csv" download="">
                            <Icon name=IconName::Download/>
                            {tr(I18n::prices_export)}
                        </a>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {move || changes.failed()}
            <When when=condition(move || changes.is_asked())>
                <Waiting label=tr(I18n::audit_asking)/>
            </When>
            <When when=condition(is_empty)>
                <div class="card">
                    <EmptyState
                        icon=IconName::Receipt
                        title=tr(I18n::changes_nothing)
                        text=tr(I18n::audit_lead)
                    />
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
                                    <th scope="col">{tr(I18n::audit_what)}</th>
                                    <th scope="col">{tr(I18n::audit_subject)}</th>
                                    <th scope="col">{tr(I18n::audit_detail)}</th>
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

/// A change. What was done and to what are words that programs read too: they are the same in each
/// language.
fn line(t: I18n, record: AuditRecord) -> Row {
    Row::new(format!("{} {}", t.locale().tag(), record.id), move || {
        let who =
            if record.email.is_empty() { t.changes_server().to_owned() } else { record.email };
        view! {
            <tr>
                <td>{format::moment(t.locale(), record.at)}</td>
                <th scope="row">{who}</th>
                <td><code>{record.action}</code></td>
                <td>{record.subject}</td>
                <td class="audit-detail">{record.detail}</td>
            </tr>
        }
    })
}
