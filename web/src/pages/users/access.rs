//! How somebody signs in, and what an operator can do about it.

use iap_core::api::{SignInWay, User};
use leptos::prelude::*;

use super::password::PasswordDialog;
use crate::backend::http::Failure;
use crate::backend::user::{self, KnownUser};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{Button, ButtonKind, Card, Dialog, Failed, When, condition, use_toasts};

/// A card with the ways in which somebody signs in.
#[component]
pub(super) fn Access(known: Memo<Option<KnownUser>>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let chosen = RwSignal::new(None::<User>);
    let setting = RwSignal::new(false);
    let forgetting = RwSignal::new(false);
    let has = move |way| known.with(|it| it.as_ref().is_some_and(|it| it.user.ways.contains(&way)));
    // Where one signs in elsewhere only, a password opens nothing.
    let passwords = move || known.with(|it| it.as_ref().is_some_and(|it| it.ways.password));
    let provider = move || {
        let label = known.with(|it| it.as_ref()?.ways.provider.as_ref().map(|it| it.label.clone()));
        label.unwrap_or_else(|| t.users_way_elsewhere().to_owned())
    };
    let ways = move || {
        let with_password = has(SignInWay::Password).then(|| t.users_way_password().to_owned());
        let through = has(SignInWay::Provider).then(|| t.users_way_provider(provider()));
        let ways: Vec<Node> = [with_password, through]
            .into_iter()
            .flatten()
            .map(|way| view! { <li>{way}</li> })
            .collect();
        if ways.is_empty() { vec![view! { <li>{t.users_way_none()}</li> }] } else { ways }
    };
    let set = move |_| {
        chosen.set(known.get_untracked().map(|it| it.user));
        setting.set(true);
    };
    view! {
        <Card title=tr(I18n::users_access)>
            <ul class="users-ways" role="list">{ways}</ul>
            <div class="users-actions no-print">
                <When when=condition(passwords)>
                    <Button attr:aria-haspopup="dialog" on:click=set>
                        {tr(I18n::users_password_set_new)}
                    </Button>
                </When>
                <When when=condition(move || has(SignInWay::Provider))>
                    <Button attr:aria-haspopup="dialog" on:click=move |_| forgetting.set(true)>
                        {tr(I18n::users_forget)}
                    </Button>
                </When>
            </div>
        </Card>
        <PasswordDialog
            chosen=chosen
            open=setting
            on_saved=Callback::new(move |_: User| on_changed.run(()))
        />
        <Dialog open=forgetting title=tr(I18n::users_forget)>
            {known
                .get_untracked()
                .map(|it| view! { <Forget user=it.user open=forgetting on_changed=on_changed/> })}
        </Dialog>
    }
}

/// Says what it means that an identity is forgotten, and does it.
#[component]
fn Forget(user: User, open: RwSignal<bool>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let text = t.users_forget_text(user.called(), user.email.as_str());
    let forget = move |_| {
        let (id, person) = (user.id, user.called().to_owned());
        busy.set(true);
        failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let done = user::forget_identity(id).await;
            let _ = busy.try_set(false);
            match done {
                Ok(()) => {
                    let _ = open.try_set(false);
                    toasts.show(t.users_forgotten(person));
                    on_changed.run(());
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <Failed failure=failure/>
        <p>{text}</p>
        <div class="dialog-actions">
            <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
            <Button kind=ButtonKind::Primary disabled=busy on:click=forget>
                {tr(I18n::users_forget)}
            </Button>
        </div>
    }
}
