//! What is known of the settings, and what is typed to become one.

use iap_core::api::{Problem, Settings};
use leptos::prelude::*;

use crate::backend::house;
use crate::backend::http::Failure;
use crate::reactive::{RwSignal, Signal, effect};
use crate::state::{Visitor, use_visitor};

/// The settings as the server has them. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct House {
    visitor: Visitor,
    known: RwSignal<Option<Settings>>,
    failure: RwSignal<Option<Failure>>,
}

impl House {
    /// Nothing is known yet.
    pub(super) fn new() -> Self {
        Self { visitor: use_visitor(), known: RwSignal::new(None), failure: RwSignal::new(None) }
    }

    /// Asks for them. What is typed and not saved stays.
    pub(super) fn refresh(self) {
        if !untrack(|| self.visitor.operates()) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            match house::settings().await {
                Ok(settings) => self.put(settings),
                // Where something is typed, only saving it says that the session has ended: signing in
                // would take it away.
                Err(_) if self.known.try_get().flatten().is_some() => {}
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    /// What the server says it has now.
    pub(super) fn put(self, settings: Settings) {
        let _ = self.failure.try_set(None);
        let _ = self.known.try_set(Some(settings));
    }

    /// Something of the settings, once they are known; follows it.
    pub(super) fn read<T>(self, read: impl FnOnce(&Settings) -> T) -> Option<T> {
        self.known.with(|known| known.as_ref().map(read))
    }

    /// Whether they are known; follows it.
    pub(super) fn is_known(self) -> bool {
        self.visitor.operates() && self.known.with(Option::is_some)
    }

    /// Whether they are asked for and not known; follows it.
    pub(super) fn is_asked(self) -> bool {
        self.visitor.operates()
            && self.known.with(Option::is_none)
            && self.failure.with(Option::is_none)
    }

    /// Why they are not known; follows it.
    pub(super) fn failure(self) -> Option<Failure> {
        self.failure.get().filter(|_| self.visitor.operates())
    }
}

/// A setting that is typed. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed {
    /// What is typed.
    pub text: RwSignal<String>,
    /// What is wrong with it.
    pub error: RwSignal<Option<String>>,
    /// What is saved.
    saved: RwSignal<String>,
}

impl Typed {
    /// What is saved, as `write` writes it. It follows the server as long as nothing else is typed.
    pub(super) fn new(house: House, write: impl Fn(&Settings) -> String + 'static) -> Self {
        let saved = untrack(|| house.read(&write)).unwrap_or_default();
        let typed = Self {
            text: RwSignal::new(saved.clone()),
            error: RwSignal::new(None),
            saved: RwSignal::new(saved),
        };
        effect(move |_| {
            if let Some(now) = house.read(&write) {
                let is_changed = untrack(|| typed.is_changed());
                typed.saved.set(now.clone());
                if !is_changed {
                    typed.text.set(now);
                }
            }
        });
        typed
    }

    /// Whether something else is typed than what is saved; follows it.
    pub(super) fn is_changed(self) -> bool {
        self.text.with(|text| self.saved.with(|saved| text != saved))
    }

    /// The same as a signal.
    pub(super) fn changed(self) -> Signal<bool> {
        Signal::derive(move || self.is_changed())
    }

    /// What is typed is being saved: gives what notes that it is, so that what the server makes of it
    /// takes its place.
    pub(super) fn settle(self) -> Box<dyn FnOnce()> {
        let text = self.text.get_untracked();
        Box::new(move || drop(self.saved.try_set(text)))
    }

    /// Tells beside it what the server says is wrong with the field of that name; whether it does.
    pub(super) fn tell(self, name: &str, problem: &Problem) -> bool {
        let wrong = problem.fields.iter().find(|it| it.field == name);
        if let Some(wrong) = wrong {
            let _ = self.error.try_set(Some(wrong.detail.clone()));
        }
        wrong.is_some()
    }
}
