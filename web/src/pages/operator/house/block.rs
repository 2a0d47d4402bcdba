//! A block of settings that is saved on its own.

use std::rc::Rc;

use iap_core::api::{Problem, SettingsChange, SettingsError};
use leptos::ev;
use leptos::prelude::*;

use super::state::House;
use crate::backend::house;
use crate::backend::http::Failure;
use crate::dom::{Children, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{RwSignal, Signal};
use crate::ui::{Button, Card, Failed, When, condition, focus_first_error, use_toasts};

/// Tells beside the fields what is wrong.
type Tell = Box<dyn Fn(&[SettingsError])>;

/// What becomes of what is typed in a block.
pub(super) struct Save {
    /// What is to change; none where what is typed cannot be read, which is told beside it.
    pub change: Box<dyn Fn() -> Option<SettingsChange>>,
    /// Tells beside the fields what is wrong by core's rules.
    pub wrong: Tell,
    /// The same by the server's words; whether it stands beside a field.
    pub refused: Rc<dyn Fn(&Problem) -> bool>,
    /// Remembers what is typed now, and gives what notes later that it is saved: by then more may be
    /// typed.
    pub settle: Box<dyn Fn() -> Box<dyn FnOnce()>>,
}

/// A card with a form. What is typed stays when it cannot be saved.
#[component]
pub(super) fn Block(
    house: House,
    /// Its heading.
    title: fn(I18n) -> &'static str,
    /// What it means.
    text: fn(I18n) -> &'static str,
    /// Whether something is typed that is not saved.
    changed: Signal<bool>,
    /// Whether it cannot be changed here.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// What becomes of it.
    save: Save,
    /// The fields.
    children: Children,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || untrack(|| locked.get()) {
            return;
        }
        failure.set(None);
        let checked = (save.change)().and_then(|change| {
            let checked = change.check();
            (save.wrong)(checked.as_ref().err().map_or(&[], Vec::as_slice));
            checked.ok()
        });
        let Some(change) = checked else { return focus_first_error(&event) };
        busy.set(true);
        let (refused, settled) = (Rc::clone(&save.refused), (save.settle)());
        wasm_bindgen_futures::spawn_local(async move {
            let answer = house::change_settings(&change).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(settings) => {
                    settled();
                    house.put(settings);
                    toasts.show(t.house_saved());
                }
                Err(Failure::Refused { problem, .. }) if refused(&problem) => {
                    focus_first_error(&event);
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <Card title=tr(title)>
            <p class="soft">{tr(text)}</p>
            <form class="form" novalidate="" on:submit=submit>
                <Failed failure=failure/>
                {children()}
                <When when=condition(move || !locked.get())>
                    <div class="house-save">
                        <Button r#type="submit" disabled=busy>{tr(I18n::alert_save)}</Button>
                        <When when=changed>
                            <span class="soft">{tr(I18n::house_unsaved)}</span>
                        </When>
                    </div>
                </When>
            </form>
        </Card>
    }
}
