//! Who is signed in, and the way in and out.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::router::use_location;
use crate::state::{Standing, use_visitor};
use crate::ui::{failure_text, use_toasts};

/// At the end of the navigation: a link to sign in, or who is signed in and a button to sign out.
/// Nothing where there is no server.
#[component]
pub(super) fn VisitorMenu() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let location = use_location();
    let toasts = use_toasts();
    let sign_out = move |_| {
        wasm_bindgen_futures::spawn_local(async move {
            match visitor.sign_out().await {
                Ok(()) => {
                    toasts.show(t.sign_in_done());
                    location.go("/sign-in");
                }
                Err(failure) => toasts.show(failure_text(t, &failure)),
            }
        });
    };
    view! {
        <div class="visitor">
            {move || match visitor.standing() {
                Standing::In(user) => {
                    let email = user.email.to_string();
                    let name = if user.name.is_empty() { email.clone() } else { user.name };
                    Some(view! {
                        <p class="visitor-name" title=email>{name}</p>
                        <button type="button" class="button button-quiet" on:click=sign_out>
                            {tr(I18n::sign_in_out)}
                        </button>
                    })
                }
                Standing::Out(_) => Some(view! {
                    <a class="button button-quiet" href="/sign-in">{tr(I18n::sign_in_title)}</a>
                }),
                Standing::Asking | Standing::Demo | Standing::Failed(_) => None,
            }}
        </div>
    }
}
