//! Giving somebody a role in a database.

use iap_core::access::{EmailAddress, Role};
use iap_core::api::{NewMember, ProblemCode};
use leptos::ev;
use leptos::prelude::*;

use super::members::set;
use crate::backend::database::{self, KnownDatabase};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::asked::Asked;
use crate::pages::sending::Sending;
use crate::pages::wrong::{read, tell};
use crate::reactive::{RwSignal, Signal};
use crate::ui::{
    Button, Failed, Field, IconName, Select, TextField, focus_first_error, use_toasts,
};

/// The word for a role.
pub(super) fn role_text(t: I18n, role: Role) -> &'static str {
    match role {
        Role::Member => t.databases_role_member(),
        Role::Admin => t.databases_role_admin(),
    }
}

/// The roles to choose from.
pub(super) fn role_options(t: I18n) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let option = |role: Role| (role.as_str().to_owned(), role_text(t, role).to_owned());
        Role::ALL.into_iter().map(option).collect()
    })
}

/// The form that asks for an address and a role.
#[component]
pub(super) fn AddMember(id: i64, asked: Asked<KnownDatabase>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Member.as_str().to_owned());
    let error = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let address = email.get_untracked().parse::<EmailAddress>();
        let address = address.map_err(|_| t.sign_in_email_wrong().to_owned());
        let Some(address) = read(error, address) else { return focus_first_error(&event) };
        let new = NewMember { email: address, role: database::role(&role.get_untracked()) };
        let request = async move { set(id, asked, &new).await.map(|()| new) };
        let refused = move |why| {
            let said = |_: &str, code| {
                (code == ProblemCode::NotFound).then(|| t.databases_member_unknown())
            };
            tell(why, &[("email", error)], said)
        };
        sending.send(event, request, refused, move |new: NewMember| {
            let _ = email.try_set(String::new());
            toasts.show(t.databases_role_now(new.email.as_str(), role_text(t, new.role)));
        });
    };
    view! {
        <form class="form members-add no-print" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <TextField
                label=tr(I18n::databases_member_email)
                hint=tr(I18n::databases_member_hint)
                error=error
                value=email
                inputmode="email"
            />
            <Field label=tr(I18n::databases_role) hint=tr(I18n::databases_role_hint) let:field>
                <Select
                    options=role_options(t)
                    value=role
                    on_change=move |word: String| role.set(word)
                    attr:id=field.id
                    attr:aria-describedby=field.by
                />
            </Field>
            <div>
                <Button icon=IconName::Plus r#type="submit" disabled=busy>
                    {tr(I18n::databases_member_add)}
                </Button>
            </div>
        </form>
    }
}
