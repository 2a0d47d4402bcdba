//! Changing somebody.

use iap_core::api::{User, UserChange};
use leptos::ev;
use leptos::prelude::*;

use super::fields::{LanguageField, refused, why_not};
use crate::backend::user;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{Wrong, read, short, tell};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::{Standing, Visitor, use_visitor};
use crate::ui::{
    Button, ButtonKind, Dialog, Icon, IconName, Notice, NoticeKind, Switch, TextField, Toasts,
    When, condition, focus_first_error, next_id, use_toasts,
};

/// A dialog with what can be changed of the person that is chosen.
#[component]
pub(super) fn ChangeDialog(
    /// Who is changed.
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
        <Dialog open=open title=move || t.users_change_of(person())>
            {chosen
                .get_untracked()
                .map(|user| view! { <Form user=user open=open on_saved=on_saved/> })}
        </Dialog>
    }
}

/// Whether somebody is who sits in front of the page.
pub(super) fn is_oneself(visitor: Visitor, user: i64) -> bool {
    matches!(visitor.standing_untracked(), Standing::In(it) if it.id == user)
}

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    language: RwSignal<String>,
    operator: RwSignal<bool>,
    disabled: RwSignal<bool>,
    name_wrong: Wrong,
}

impl Fields {
    fn of(user: &User) -> Self {
        Self {
            name: RwSignal::new(user.name.clone()),
            language: RwSignal::new(user.language.clone()),
            operator: RwSignal::new(user.operator),
            disabled: RwSignal::new(user.disabled),
            name_wrong: RwSignal::new(None),
        }
    }

    /// What is another than before; nothing where something is wrong, which then stands beside it.
    fn read(self, t: I18n, before: &User) -> Option<UserChange> {
        let name = short(t, &self.name.get_untracked(), User::LONGEST_NAME);
        let name = read(self.name_wrong, name)?;
        let language = self.language.get_untracked();
        let (operator, disabled) = (self.operator.get_untracked(), self.disabled.get_untracked());
        Some(UserChange {
            name: (name != before.name).then_some(name),
            language: (language != before.language).then_some(language),
            operator: (operator != before.operator).then_some(operator),
            disabled: (disabled != before.disabled).then_some(disabled),
            ..UserChange::default()
        })
    }
}

#[component]
fn Form(user: User, open: RwSignal<bool>, on_saved: Callback<User>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let fields = Fields::of(&user);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let oneself = is_oneself(visitor, user.id);
    let operated = user.operator;
    let locks_out = Memo::new(move |_| {
        oneself && (fields.disabled.get() || (operated && !fields.operator.get()))
    });
    let sure = RwSignal::new(false);
    let not_sure = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let unsure = locks_out.get_untracked() && !sure.get_untracked();
        not_sure.set(unsure);
        let change = fields.read(t, &user);
        let Some(change) = change.filter(|_| !unsure) else { return focus_first_error(&event) };
        let before = user.clone();
        let id = before.id;
        let request = async move { user::change(id, &change).await };
        let refused = move |why| {
            // One's own session has ended: the change is made, or was not one's to make.
            if oneself && visitor.has_ended(&why) {
                let _ = open.try_set(false);
                return None;
            }
            tell(why, &[("name", fields.name_wrong)], |_, _| None)
        };
        sending.send(event, request, refused, move |after| {
            let _ = open.try_set(false);
            told(t, toasts, visitor, before, &after, on_saved);
            on_saved.run(after);
        });
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            {refused(t, failure)}
            <TextField label=tr(I18n::users_name) error=fields.name_wrong value=fields.name/>
            <LanguageField language=fields.language/>
            <Switch
                label=tr(I18n::users_operator)
                hint=tr(I18n::users_operator_hint)
                on=fields.operator
                on_change=move |on: bool| fields.operator.set(on)
            />
            <Switch
                label=tr(I18n::users_disabled)
                hint=tr(I18n::users_disabled_hint)
                on=fields.disabled
                on_change=move |on: bool| fields.disabled.set(on)
            />
            <div aria-live="polite">
                <When when=condition(move || locks_out.get())>{sure_of(t, sure, not_sure)}</When>
            </div>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// Says to somebody that they are about to lock themselves out, and asks whether they mean it.
fn sure_of(t: I18n, sure: RwSignal<bool>, not_sure: RwSignal<bool>) -> Node {
    let error_id = next_id("sure");
    let error = move || {
        let error = not_sure.get().then(|| t.users_oneself_unsure())?;
        Some(view! { <Icon name=IconName::Warning/> {error} })
    };
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{tr(I18n::users_oneself)}</p>
            <label class="check">
                <input
                    type="checkbox"
                    aria-describedby=error_id.clone()
                    aria-invalid=move || not_sure.get().to_string()
                    prop:checked=move || sure.get()
                    on:change=move |event| sure.set(event_target_checked(&event))
                />
                <span>{tr(I18n::users_oneself_sure)}</span>
            </label>
            <p class="field-error" id=error_id>{error}</p>
        </Notice>
    }
}

/// Says what became of somebody, with the way back where they lost something.
fn told(
    t: I18n,
    toasts: Toasts,
    visitor: Visitor,
    before: User,
    after: &User,
    on_saved: Callback<User>,
) {
    let oneself = is_oneself(visitor, after.id);
    if oneself {
        // The name in the navigation, or what one may still see.
        visitor.ask();
    }
    let shut_out = after.disabled && !before.disabled;
    let demoted = before.operator && !after.operator;
    let person = after.called().to_owned();
    let said = match (shut_out, demoted) {
        (true, _) => t.users_now_disabled(person),
        (_, true) => t.users_now_no_operator(person),
        _ => return toasts.show(t.users_saved(person)),
    };
    if oneself {
        // Only somebody else can take that back.
        return toasts.show(said);
    }
    let back = UserChange {
        operator: demoted.then_some(true),
        disabled: shut_out.then_some(false),
        ..UserChange::default()
    };
    toasts.show_with_undo(said, move || {
        let (back, id) = (back.clone(), before.id);
        wasm_bindgen_futures::spawn_local(async move {
            match user::change(id, &back).await {
                Ok(user) => {
                    toasts.show(t.users_as_before(user.called()));
                    on_saved.run(user);
                }
                Err(why) => toasts.show(why_not(t, &why)),
            }
        });
    });
}
