//! The ways from the settings to services and their credits, and to what is set for the whole server.

use leptos::prelude::*;

use super::search::marked;
use crate::dom::{Node, view};
use crate::i18n::use_i18n;
use crate::reactive::{Memo, effect};
use crate::state::{Standing, use_accounts, use_visitor};

/// To all services.
#[component]
pub(super) fn Services(words: Memo<Vec<String>>) -> Node {
    let t = use_i18n();
    let text = move || words.with(|words| marked(t.locale(), words, t.settings_iap_text()));
    let link = move || words.with(|words| marked(t.locale(), words, t.settings_iap_link()));
    view! {
        <div class="settings-way">
            <p>{text}</p>
            <a class="button" href="/services">{link}</a>
        </div>
    }
}

/// To what is set for the whole server.
#[component]
pub(super) fn House(words: Memo<Vec<String>>) -> Node {
    let t = use_i18n();
    let text = move || words.with(|words| marked(t.locale(), words, t.settings_house_text()));
    let link = move || words.with(|words| marked(t.locale(), words, t.settings_house_link()));
    view! {
        <div class="settings-way">
            <p>{text}</p>
            <a class="button" href="/operator/settings">{link}</a>
        </div>
    }
}

/// To the service that sends messages; where it is not active yet, to where it is activated.
#[component]
pub(super) fn Messages(words: Memo<Vec<String>>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    effect(move |_| {
        if matches!(visitor.standing(), Standing::In(_)) {
            accounts.refresh();
        }
    });
    let way = move || match (accounts.messages(), accounts.known()) {
        (Some(account), _) => format!("/services/{}", account.account.id),
        (None, Some(_)) => "/catalogue?q=sms".to_owned(),
        (None, None) => "/services".to_owned(),
    };
    let text = move || words.with(|words| marked(t.locale(), words, t.settings_sms_text()));
    let link = move || words.with(|words| marked(t.locale(), words, t.settings_sms_link()));
    view! {
        <div class="settings-way">
            <p>{text}</p>
            <a class="button" href=way>{link}</a>
        </div>
    }
}
