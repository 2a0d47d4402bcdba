//! A list that the server tells part by part, the newest first.

use std::pin::Pin;

use iap_core::api::Page;
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::{RwSignal, StoredValue};
use crate::state::{Visitor, use_visitor};
use crate::ui::{Button, Retry, When, condition};

/// What a part of the list will be.
pub(super) type Part<T> = Pin<Box<dyn Future<Output = Result<Page<T>, Failure>>>>;

/// The parts that are known, limited to a filter. Cheap to copy.
pub(super) struct Paged<T: 'static, F: 'static = &'static str> {
    visitor: Visitor,
    known: RwSignal<Option<Page<T>>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    ask: fn(F, Option<String>) -> Part<T>,
    /// What the list is limited to.
    pub filter: RwSignal<F>,
    /// The same, for answers that may come when the page is gone.
    limited: StoredValue<F>,
    /// What the parts that are known are limited to.
    known_for: StoredValue<F>,
}

impl<T, F> Clone for Paged<T, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, F> Copy for Paged<T, F> {}

impl<T, F> Paged<T, F>
where
    T: Clone + Send + Sync + 'static,
    F: Clone + PartialEq + Send + Sync + 'static,
{
    /// Nothing is known yet. `ask` asks for the part behind a place, limited to a filter.
    pub(super) fn new(filter: F, ask: fn(F, Option<String>) -> Part<T>) -> Self {
        Self {
            visitor: use_visitor(),
            known: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            ask,
            filter: RwSignal::new(filter.clone()),
            limited: StoredValue::new(filter.clone()),
            known_for: StoredValue::new(filter),
        }
    }

    /// Asks for the newest part, in place of what is known.
    pub(super) fn refresh(self) {
        if untrack(|| self.visitor.operates()) {
            self.load(None);
        }
    }

    /// Asks for the part behind those that are known.
    fn more(self) {
        let after = self.known.with_untracked(|it| it.as_ref().and_then(|it| it.next.clone()));
        if after.is_some() && !self.busy.get_untracked() {
            self.load(after);
        }
    }

    fn load(self, after: Option<String>) {
        let filter = self.filter.get_untracked();
        let part = (self.ask)(filter.clone(), after.clone());
        let _ = self.busy.try_set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = part.await;
            let _ = self.busy.try_set(false);
            // Another filter may have been chosen meanwhile.
            if self.limited.try_get_value().as_ref() != Some(&filter) {
                return;
            }
            match answer {
                Ok(part) => {
                    let _ = self.failure.try_set(None);
                    self.known_for.set_value(filter);
                    let _ = self.known.try_update(|known| match known {
                        Some(known) if after.is_some() => {
                            known.items.extend(part.items);
                            known.next = part.next;
                        }
                        _ => *known = Some(part),
                    });
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => {
                    // What is known of another filter is no answer.
                    if self.known_for.try_get_value().as_ref() != Some(&filter) {
                        let _ = self.known.try_set(None);
                    }
                    let _ = self.failure.try_set(Some(why));
                }
            }
        });
    }

    /// Limits the list to something else. What is known stays in sight until the answer comes.
    pub(super) fn limit(self, filter: F) {
        self.filter.set(filter.clone());
        self.limited.set_value(filter);
        self.refresh();
    }

    /// What is known, once something is; follows it.
    pub(super) fn items(self) -> Option<Vec<T>> {
        self.known.with(|known| known.as_ref().map(|known| known.items.clone()))
    }

    /// Whether it is being asked for and nothing is known; follows it.
    pub(super) fn is_asked(self) -> bool {
        self.visitor.operates()
            && self.known.with(Option::is_none)
            && self.failure.with(Option::is_none)
    }

    /// Why it is not known, with a way to try again; nothing while all is well.
    pub(super) fn failed(self) -> Option<Node> {
        let failure = self.failure.get()?;
        Some(view! { <Retry failure=failure on_click=move || self.refresh()/> })
    }

    /// The button that shows more, where there is more.
    pub(super) fn more_button(self) -> Node {
        let has_more =
            move || self.known.with(|it| it.as_ref().is_some_and(|it| it.next.is_some()));
        view! {
            <When when=condition(has_more)>
                <div class="rates-more">
                    <Button disabled=self.busy on:click=move |_| self.more()>
                        {tr(I18n::consumption_more)}
                    </Button>
                </div>
            </When>
        }
    }
}
