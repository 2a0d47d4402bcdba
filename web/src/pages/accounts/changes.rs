//! Who changed what of an account.

use iap_core::api::AuditRecord;
use leptos::prelude::*;

use crate::backend::account::NamedAccount;
use crate::backend::consumption;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, effect};
use crate::state::use_visitor;
use crate::ui::{Card, When, condition};

/// The newest changes of what is set for an account. Nothing where there is no server: it is the
/// server that writes them down.
#[component]
pub(super) fn Changes(account: i64, found: Memo<Option<NamedAccount>>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let known = RwSignal::new(None::<Vec<AuditRecord>>);
    effect(move |_| {
        // What is shown above changed: somebody changed it.
        found.track();
        if visitor.is_demo() {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            // Whatever is wrong is told above, where it matters more.
            if let Ok(page) = consumption::changes(account).await {
                let _ = known.try_set(Some(page.items));
            }
        });
    });
    let is_empty = move || known.with(|it| it.as_ref().is_none_or(Vec::is_empty));
    view! {
        <When when=condition(move || known.with(Option::is_some))>
            <Card title=tr(I18n::changes_title) class="changes">
                <When when=condition(is_empty)>
                    <p class="soft">{tr(I18n::changes_nothing)}</p>
                </When>
                <ol role="list">
                    {move || {
                        let records = known.get().unwrap_or_default();
                        records.into_iter().map(|it| record(t, it)).collect::<Vec<_>>()
                    }}
                </ol>
            </Card>
        </When>
    }
}

fn record(t: I18n, record: AuditRecord) -> Node {
    let what = match record.action.as_str() {
        "account.change" => t.changes_account().to_owned(),
        "account.alert" => t.changes_alert().to_owned(),
        _ => record.action,
    };
    let who = if record.email.is_empty() { t.changes_server().to_owned() } else { record.email };
    view! {
        <li>
            <strong>{what}</strong>
            <span class="soft">{who} " · " {format::moment(t.locale(), record.at)}</span>
            <code>{record.detail}</code>
        </li>
    }
}
