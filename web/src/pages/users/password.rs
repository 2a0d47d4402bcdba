//! A new password for somebody who lost theirs.

use iap_core::api::{User, UserChange};
use leptos::ev;
use leptos::prelude::*;

use super::change::is_oneself;
use super::fields::{read_password, refused};
use crate::backend::user;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::tell;
use crate::reactive::{Callback, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, ButtonKind, Dialog, Notice, NoticeKind, TextField, focus_first_error, use_toasts,
};

/// A dialog that asks for the password.
#[component]
pub(super) fn PasswordDialog(
    /// Whose it is.
    chosen: RwSignal<Option<User>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Told what they are then.
    on_saved: Callback<User>,
) -> Node {
    let t = use_i18n();
    let person =
        move || chosen.with(|it| it.as_ref().map(|it| it.called().to_owned())).unwrap_or_default();
    view! {
        <Dialog open=open title=move || t.users_password_for(person())>
            {chosen
                .get_untracked()
                .map(|user| view! { <Form user=user open=open on_saved=on_saved/> })}
        </Dialog>
    }
}

#[component]
fn Form(user: User, open: RwSignal<bool>, on_saved: Callback<User>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let password = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let oneself = is_oneself(visitor, user.id);
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let typed = password.get_untracked();
        let Some(typed) = read_password(t, &typed, &user.email, wrong) else {
            return focus_first_error(&event);
        };
        let id = user.id;
        let person = user.called().to_owned();
        let change = UserChange { password: Some(typed), ..UserChange::default() };
        let request = async move { user::change(id, &change).await };
        let refused = move |why| tell(why, &[("password", wrong)], |_, _| None);
        sending.send(event, request, refused, move |after| {
            let _ = open.try_set(false);
            toasts.show(t.users_password_set(person));
            if oneself {
                visitor.ask();
            }
            on_saved.run(after);
        });
    };
    let own = oneself.then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>{tr(I18n::users_password_oneself)}</Notice>
        }
    });
    view! {
        <form class="form" novalidate="" on:submit=submit>
            {refused(t, failure)}
            {own}
            <TextField
                label=tr(I18n::users_password_new)
                hint=tr(I18n::users_password_new_hint)
                error=wrong
                value=password
            />
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}
