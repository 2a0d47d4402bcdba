//! Letting somebody sign in from now on.

use iap_core::access::EmailAddress;
use iap_core::api::{NewUser, ProblemCode, User, WaysToSignIn};
use leptos::ev;
use leptos::prelude::*;

use super::fields::{LanguageField, read_password, refused};
use crate::backend::http::Failure;
use crate::backend::user;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{Wrong, read, short, tell};
use crate::reactive::{Callback, RwSignal};
use crate::ui::{Button, ButtonKind, Dialog, Switch, TextField, focus_first_error, use_toasts};

/// A dialog that asks who it is.
#[component]
pub(super) fn AddDialog(open: RwSignal<bool>, on_added: Callback<User>) -> Node {
    view! {
        <Dialog open=open title=tr(I18n::users_add)>
            <Form open=open on_added=on_added/>
        </Dialog>
    }
}

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Fields {
    email: RwSignal<String>,
    name: RwSignal<String>,
    password: RwSignal<String>,
    language: RwSignal<String>,
    operator: RwSignal<bool>,
    /// The ways to sign in that there are, once they are known.
    ways: RwSignal<Option<WaysToSignIn>>,
    /// In the order of the texts above.
    wrong: [Wrong; 3],
}

impl Fields {
    fn new(t: I18n) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            email: text(),
            name: text(),
            password: text(),
            language: RwSignal::new(t.locale().tag().to_owned()),
            operator: RwSignal::new(false),
            ways: RwSignal::new(None),
            wrong: std::array::from_fn(|_| RwSignal::new(None)),
        }
    }

    /// What is typed, read by core's rules; nothing where something is wrong, which then stands beside it.
    fn read(self, t: I18n) -> Option<NewUser> {
        let [email_wrong, name_wrong, password_wrong] = self.wrong;
        let email = self.email.get_untracked().parse::<EmailAddress>();
        let email = read(email_wrong, email.map_err(|_| t.sign_in_email_wrong().to_owned()));
        let name = short(t, &self.name.get_untracked(), User::LONGEST_NAME);
        let name = read(name_wrong, name);
        let typed = self.password.get_untracked();
        let elsewhere =
            self.ways.with_untracked(|it| it.as_ref().is_none_or(|it| it.provider.is_some()));
        let password = if typed.is_empty() && elsewhere {
            // They sign in through the identity provider; where it is not known whether there is one, the
            // server says so.
            password_wrong.set(None);
            Some(None)
        } else if typed.is_empty() {
            password_wrong.set(Some(t.users_password_missing().to_owned()));
            None
        } else {
            email
                .as_ref()
                .and_then(|email| read_password(t, &typed, email, password_wrong))
                .map(Some)
        };
        Some(NewUser {
            email: email?,
            name: name?,
            language: Some(self.language.get_untracked()),
            operator: self.operator.get_untracked(),
            password: password?,
            services: Vec::new(),
        })
    }

    /// Tells beside them what the server says is wrong.
    fn tell(self, t: I18n, failure: Failure) -> Option<Failure> {
        let fields: Vec<_> = ["email", "name", "password"].into_iter().zip(self.wrong).collect();
        let typed = !self.password.get_untracked().is_empty();
        tell(failure, &fields, |field, code| match (field, code) {
            ("email", ProblemCode::AlreadyExists) => Some(t.users_taken()),
            ("password", _) if !typed => Some(t.users_password_missing()),
            _ => None,
        })
    }
}

#[component]
fn Form(open: RwSignal<bool>, on_added: Callback<User>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let fields = Fields::new(t);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    wasm_bindgen_futures::spawn_local(async move {
        if let Ok(ways) = user::ways().await {
            let _ = fields.ways.try_set(Some(ways));
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let Some(new) = fields.read(t) else { return focus_first_error(&event) };
        let request = async move { user::add(&new).await };
        sending.send(
            event,
            request,
            move |why| fields.tell(t, why),
            move |user: User| {
                let _ = open.try_set(false);
                toasts.show(t.users_added(user.called()));
                on_added.run(user);
            },
        );
    };
    let [email_wrong, name_wrong, password_wrong] = fields.wrong;
    let password_hint = move || match fields.ways.get().and_then(|ways| ways.provider) {
        Some(provider) => t.users_password_or(provider.label),
        None => t.users_password_hint().to_owned(),
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            {refused(t, failure)}
            <TextField
                label=tr(I18n::sign_in_email)
                hint=tr(I18n::users_email_hint)
                error=email_wrong
                value=fields.email
                inputmode="email"
            />
            <TextField label=tr(I18n::users_name) error=name_wrong value=fields.name/>
            <LanguageField language=fields.language/>
            <TextField
                label=tr(I18n::users_password)
                hint=password_hint
                error=password_wrong
                value=fields.password
            />
            <Switch
                label=tr(I18n::users_operator)
                hint=tr(I18n::users_operator_hint)
                on=fields.operator
                on_change=move |on: bool| fields.operator.set(on)
            />
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::users_add)}
                </Button>
            </div>
        </form>
    }
}
