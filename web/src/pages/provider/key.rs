//! The key with which a provider's program calls.

use leptos::prelude::*;

use super::copy::CopyButton;
use crate::backend::http::Failure;
use crate::backend::provider::{self, Offered};
use crate::dom::{IntoNode as _, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{Button, ButtonKind, Card, Dialog, Failed, IconName, Notice, NoticeKind};

/// A card that says whether there is a key, and makes one.
#[component]
pub(super) fn KeyCard(known: Memo<Option<Offered>>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let open = RwSignal::new(false);
    let has_key = move || known.with(|it| it.as_ref().is_some_and(|it| it.service.has_key));
    let action = move || if has_key() { t.provider_key_renew() } else { t.provider_key_make() };
    let id = known.with_untracked(|it| it.as_ref().map(|it| it.service.id).unwrap_or_default());
    view! {
        <Card
            title=tr(I18n::provider_key)
            aside=move || {
                view! {
                    <Button
                        icon=IconName::Key
                        attr:aria-haspopup="dialog"
                        on:click=move |_| open.set(true)
                    >
                        {action}
                    </Button>
                }
            }
        >
            <p>
                {move || {
                    if has_key() { t.provider_key_there() } else { t.provider_key_none_text() }
                }}
            </p>
            <p>
                <a href=format!("/provider/services/{id}/documentation")>
                    {tr(I18n::provider_documentation_link)}
                </a>
            </p>
        </Card>
        <Dialog open=open title=action>
            <Renewal id=id had_key=untrack(has_key) open=open on_changed=on_changed/>
        </Dialog>
    }
}

/// Asks first, then shows the key.
#[component]
fn Renewal(id: i64, had_key: bool, open: RwSignal<bool>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let key = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let renew = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let made = provider::renew_key(id).await;
            let _ = busy.try_set(false);
            match made {
                Ok(made) => {
                    let _ = key.try_set(Some(made.key));
                    on_changed.run(());
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let shown = move || {
        match key.get() {
            Some(key) => view! { <KeyShown key=key open=open had_key=had_key/> },
            None => view! {
                <div class="form">
                    <Failed failure=failure/>
                    <p>
                        {if had_key { t.provider_key_confirm() } else { t.provider_key_first() }}
                    </p>
                    <div class="dialog-actions">
                        <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                        <Button kind=ButtonKind::Primary disabled=busy on:click=renew>
                            {if had_key { t.provider_key_renew() } else { t.provider_key_make() }}
                        </Button>
                    </div>
                </div>
            },
        }
        .into_node()
    };
    shown.into_node()
}

/// A key, this once.
#[component]
pub(super) fn KeyShown(key: String, open: RwSignal<bool>, had_key: bool) -> Node {
    let t = use_i18n();
    view! {
        <div class="form" role="status">
            <Notice kind=NoticeKind::Warning>
                <p>{tr(I18n::provider_key_once)}</p>
                {had_key.then(|| view! { <p>{t.provider_key_before()}</p> })}
            </Notice>
            <p class="offer-key">
                <code>{key.clone()}</code>
                <CopyButton text=move || key.clone() label=tr(I18n::provider_key_copy)/>
            </p>
            <div class="dialog-actions">
                <Button kind=ButtonKind::Primary on:click=move |_| open.set(false)>
                    {tr(I18n::provider_key_kept)}
                </Button>
            </div>
        </div>
    }
}
