//! Signing in: with an address and a password, or through an identity provider.

use iap_core::access::EmailAddress;
use iap_core::api::{IdentityProvider, SignIn, WaysToSignIn};
use leptos::ev;
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::dom::{ElementRef, IntoNode as _, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::query;
use crate::reactive::{RwSignal, effect};
use crate::router::use_location;
use crate::state::{Standing, use_visitor};
use crate::ui::{Button, ButtonKind, Card, EmptyState, Failed, Field, IconName, Retry, Waiting};

/// Where to go on to, in the page's address.
const NEXT: &str = "next";

/// Where one goes on to if the address says nothing.
const FIRST_PAGE: &str = "/services";

/// The page to go on to: a path of this application and nothing else, so that no link leads from
/// here to another site.
fn next() -> String {
    // Browsers read a backslash as a slash.
    let inside =
        |path: &String| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    query::get(NEXT).filter(inside).unwrap_or_else(|| FIRST_PAGE.to_owned())
}

/// The way to sign in and back to the page in use, with what its address says.
pub(in crate::pages) fn sign_in_first() -> String {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    format!("/sign-in?{NEXT}={}", String::from(js_sys::encode_uri_component(&here)))
}

/// The page on which one signs in. Who is signed in already goes on at once.
#[component]
pub fn SignInPage() -> Node {
    let visitor = use_visitor();
    let location = use_location();
    effect(move |_| {
        if matches!(visitor.standing(), Standing::In(_)) {
            location.replace(&next());
        }
    });
    let content = move || match visitor.standing() {
        Standing::Asking | Standing::In(_) => view! { <Waiting label=tr(I18n::sign_in_asking)/> },
        Standing::Failed(failure) => {
            view! { <Retry failure=failure on_click=move || visitor.ask()/> }
        }
        Standing::Demo => view! {
            <EmptyState
                icon=IconName::Info
                title=tr(I18n::sign_in_demo)
                text=tr(I18n::sign_in_demo_text)
            >
                <a class="button" href=FIRST_PAGE>{tr(I18n::nav_services)}</a>
            </EmptyState>
        },
        Standing::Out(ways) => view! { <Ways ways=*ways/> },
    };
    view! {
        <Page title=tr(I18n::sign_in_title)>
            <div class="sign-in">{content}</div>
        </Page>
    }
}

#[component]
fn Ways(ways: WaysToSignIn) -> Node {
    let WaysToSignIn { password, provider, .. } = ways;
    let both = password && provider.is_some();
    view! {
        <Card title=tr(I18n::sign_in_card)>
            {provider.map(|provider| view! { <Provider provider=provider/> })}
            {both.then(|| view! { <p class="sign-in-or">{tr(I18n::sign_in_or)}</p> })}
            {password.then(|| view! { <Password/> })}
        </Card>
    }
}

/// The way through the identity provider. It leaves the application, so it is a plain link.
#[component]
fn Provider(provider: IdentityProvider) -> Node {
    let t = use_i18n();
    let IdentityProvider { label, path } = provider;
    let to = format!("{path}?{NEXT}={}", String::from(js_sys::encode_uri_component(&next())));
    view! {
        <a class="button button-wide" href=to rel="external">
            {move || t.sign_in_provider(&*label)}
        </a>
    }
}

/// The way with an address and a password.
#[component]
fn Password() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let email = ElementRef::<web_sys::HtmlInputElement>::new();
    let password = ElementRef::<web_sys::HtmlInputElement>::new();
    let email_error = RwSignal::new(None::<String>);
    let password_error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(email), Some(password)) = (email.get_untracked(), password.get_untracked())
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let address = email.value().trim().parse::<EmailAddress>();
        let secret = password.value();
        email_error.set(address.is_err().then(|| t.sign_in_email_wrong().to_owned()));
        password_error.set(secret.is_empty().then(|| t.sign_in_password_missing().to_owned()));
        let Ok(address) = address else {
            let _ = email.focus();
            return;
        };
        if secret.is_empty() {
            let _ = password.focus();
            return;
        }
        busy.set(true);
        failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let sign_in = SignIn { email: address, password: secret };
            let done = visitor.sign_in(&sign_in).await;
            let _ = busy.try_set(false);
            if let Err(why) = done {
                let _ = failure.try_set(Some(why));
                // What was typed stays; the password is what most often has to be typed again.
                password.select();
                let _ = password.focus();
            }
        });
    };
    view! {
        // The browser's own messages would be in its language, not in the page's.
        <form class="sign-in-form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <Field label=tr(I18n::sign_in_email) error=email_error let:field>
                <input
                    node_ref=email
                    class="input"
                    type="email"
                    name="email"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required=""
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                />
            </Field>
            <Field label=tr(I18n::sign_in_password) error=password_error let:field>
                <input
                    node_ref=password
                    class="input"
                    type="password"
                    name="password"
                    autocomplete="current-password"
                    required=""
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                />
            </Field>
            <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                {move || {
                    if busy.get() { t.sign_in_busy() } else { t.sign_in_submit() }.into_node()
                }}
            </Button>
        </form>
    }
}
