//! What a service says of itself.

use iap_core::api::Service;
use leptos::prelude::*;

use super::form::ServiceForm;
use crate::backend::provider::Offered;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{Button, Card, Dialog, Icon, IconName, use_toasts};

/// A card with what the service says of itself, and a form to change it.
#[component]
pub(super) fn Details(known: Memo<Option<Offered>>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let saved = Callback::new(move |_: Option<(i64, String)>| {
        open.set(false);
        toasts.show(t.provider_saved());
        on_changed.run(());
    });
    view! {
        <Card
            title=tr(I18n::provider_details)
            aside=move || {
                view! {
                    <Button attr:aria-haspopup="dialog" on:click=move |_| open.set(true)>
                        {tr(I18n::account_change)}
                    </Button>
                }
            }
        >
            {move || known.get().map(|it| facts(t, it.service))}
        </Card>
        <Dialog open=open title=tr(I18n::provider_details_change)>
            {known
                .get_untracked()
                .map(|it| view! { <ServiceForm service=Some(it.service) open=open on_saved=saved/> })}
        </Dialog>
    }
}

fn facts(t: I18n, service: Service) -> Node {
    let privacy = service.privacy_url.clone();
    let privacy = if privacy.is_empty() {
        view! { <span class="soft">{t.account_sender_none()}</span> }
    } else {
        view! { <a href=privacy.clone() rel="external noreferrer" target="_blank">{privacy}</a> }
    };
    let trial = format::balance(t.locale(), service.trial.credits());
    view! {
        <p class="offer-says">
            <Icon name=IconName::from(service.icon)/>
            {if service.description.is_empty() {
                t.provider_no_description().to_owned()
            } else {
                service.description
            }}
        </p>
        <dl class="facts">
            <div><dt>{t.provider_name()}</dt><dd><code>{service.name.to_string()}</code></dd></div>
            <div><dt>{t.provider_privacy()}</dt><dd>{privacy}</dd></div>
            <div><dt>{t.provider_trial()}</dt><dd>{trial}</dd></div>
            <div>
                <dt>{t.account_since()}</dt>
                <dd>{format::date(t.locale(), service.created_at)}</dd>
            </div>
        </dl>
    }
}
