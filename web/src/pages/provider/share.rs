//! The platform's part of what services earn, for those who run the server.

use iap_core::api::SettingsChange;
use iap_core::credits::Share;
use leptos::ev;
use leptos::prelude::*;

use super::wrong::tell;
use crate::backend::house;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::wrong::read;
use crate::reactive::{Callback, RwSignal};
use crate::ui::{
    Button, Card, Failed, TextField, Waiting, When, condition, focus_first_error, use_toasts,
};

/// A card in which the operator sets the platform's part.
#[component]
pub(super) fn ShareCard(on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let share = RwSignal::new(String::new());
    let is_known = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    wasm_bindgen_futures::spawn_local(async move {
        match house::settings().await {
            Ok(settings) => {
                let typed = format::typed(t.locale(), &settings.platform_share.to_string());
                let _ = share.try_set(typed);
                let _ = is_known.try_set(true);
            }
            Err(why) => drop(failure.try_set(Some(why))),
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let typed = format::untyped(&share.get_untracked()).parse::<Share>();
        let typed = typed.map_err(|_| t.provider_share_wrong().to_owned());
        let Some(platform_share) = read(error, typed) else { return focus_first_error(&event) };
        busy.set(true);
        failure.set(None);
        let change =
            SettingsChange { platform_share: Some(platform_share), ..SettingsChange::default() };
        wasm_bindgen_futures::spawn_local(async move {
            let saved = house::change_settings(&change).await;
            let _ = busy.try_set(false);
            match saved {
                Ok(_) => {
                    toasts.show(t.provider_share_saved());
                    on_changed.run(());
                }
                Err(why) => {
                    drop(failure.try_set(tell(t, why, &[("platform_share", error)])));
                }
            }
        });
    };
    view! {
        <Card title=tr(I18n::provider_share)>
            <Failed failure=failure/>
            <When when=condition(move || {
                !is_known.get() && failure.with(Option::is_none)
            })>
                <Waiting label=tr(I18n::provider_asking)/>
            </When>
            <When when=condition(move || is_known.get())>
                <form class="form" novalidate="" on:submit=submit>
                    <TextField
                        label=tr(I18n::provider_share_label)
                        hint=tr(I18n::provider_share_hint)
                        error=error
                        value=share
                        inputmode="decimal"
                        class="input-short"
                    />
                    <div>
                        <Button r#type="submit" disabled=busy>{tr(I18n::alert_save)}</Button>
                    </div>
                </form>
            </When>
        </Card>
    }
}
