//! What an account is, and what is set for it.

use leptos::prelude::*;

use super::edit::EditDialog;
use super::switch::SwitchButton;
use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::settings::use_settings;
use crate::ui::{Button, Card, When};

/// A card with all fields of an account, and the way to change those that can be changed.
#[component]
pub(super) fn Information(found: Memo<Option<NamedAccount>>, may_change: Signal<bool>) -> Node {
    let t = use_i18n();
    let settings = use_settings();
    let developer = Signal::derive(move || settings.get().developer);
    let open = RwSignal::new(false);
    let facts = move || {
        let NamedAccount { account, database, companies } = found.get()?;
        let companies = match companies.as_slice() {
            [] => t.accounts_all_companies().to_owned(),
            some => format::list(t.locale(), some),
        };
        let sender = match account.sender_name.as_str() {
            "" => t.account_sender_none().to_owned(),
            name => name.to_owned(),
        };
        let since = format::date(t.locale(), account.created_at);
        let name = account.service_name.as_str().to_owned();
        let technical = developer.get().then_some((t.account_technical_name(), name));
        let facts = [
            Some((t.accounts_service(), account.service_label)),
            technical,
            Some((t.accounts_database(), database)),
            Some((t.accounts_companies(), companies)),
            Some((t.account_sender(), sender)),
            Some((t.account_since(), since)),
        ];
        let fact = |(name, value): (&'static str, String)| {
            view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
        };
        let facts: Vec<Node> = facts.into_iter().flatten().map(fact).collect();
        Some(view! { <dl class="facts">{facts}</dl> })
    };
    view! {
        <Card
            title=tr(I18n::account_information)
            aside=move || {
                view! {
                    <When when=may_change>
                        <Button on:click=move |_| open.set(true)>{tr(I18n::account_change)}</Button>
                    </When>
                }
            }
        >
            {facts}
            <When when=developer>
                <h3>{tr(I18n::account_token)}</h3>
                <p>{tr(I18n::account_token_text)}</p>
                <p>{tr(I18n::account_token_flag)}</p>
            </When>
            <When when=may_change>
                <p class="account-switch no-print"><SwitchButton found=found/></p>
            </When>
        </Card>
        <EditDialog found=found open=open/>
    }
}
