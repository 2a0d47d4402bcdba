//! What a page asks the server for as a whole, and again whenever somebody comes back to it.

use iap_core::api::ProblemCode;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::reactive::RwSignal;
use crate::state::{Visitor, use_visitor};
use crate::ui::{Retry, Waiting, When, condition};

/// What is known of it. Cheap to copy.
pub(in crate::pages) struct Asked<T: 'static> {
    visitor: Visitor,
    /// It, once it is known.
    pub known: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Asked<T> {
    /// Nothing is known yet.
    pub(in crate::pages) fn new() -> Self {
        Self { visitor: use_visitor(), known: RwSignal::new(None), failure: RwSignal::new(None) }
    }

    /// Waits for an answer, if whoever is there is an operator: others are told so without asking.
    pub(in crate::pages) fn refresh(
        self,
        answer: impl Future<Output = Result<T, Failure>> + 'static,
    ) {
        if !untrack(|| self.visitor.operates()) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            match answer.await {
                Ok(found) => {
                    let _ = self.failure.try_set(None);
                    // What did not change is not drawn again, and keeps the focus.
                    if self.known.try_get().is_some_and(|known| known.as_ref() != Some(&found)) {
                        let _ = self.known.try_set(Some(found));
                    }
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    /// Takes over what the server has taken, where it is known. The page may be gone meanwhile.
    pub(in crate::pages) fn change(self, change: impl FnOnce(&mut T)) {
        let _ = self.known.try_update(|known| {
            if let Some(known) = known {
                change(known);
            }
        });
    }

    /// Whether it is known, and whoever is there may see it; follows it.
    pub(in crate::pages) fn is_known(self) -> bool {
        self.visitor.operates() && self.known.with(Option::is_some) && !self.is_missing()
    }

    /// Whether the server says that there is none; follows it.
    pub(in crate::pages) fn is_missing(self) -> bool {
        self.failure.with(|failure| match failure {
            Some(Failure::Refused { problem, .. }) => problem.code == ProblemCode::NotFound,
            _ => false,
        })
    }

    /// Holds its place until it is known, and says why it is not, with a way to try again.
    pub(in crate::pages) fn until_known(
        self,
        label: impl Into<TextProp>,
        again: impl Fn() + Copy + Send + Sync + 'static,
    ) -> Node {
        let label = label.into();
        let waits = move || {
            self.visitor.operates()
                && self.known.with(Option::is_none)
                && self.failure.with(Option::is_none)
        };
        let failed = move || {
            let failure = self.failure.get().filter(|_| self.visitor.operates())?;
            (!self.is_missing()).then(|| view! { <Retry failure=failure on_click=again/> })
        };
        view! {
            {failed}
            <When when=condition(waits)>
                <Waiting label=label.clone()/>
            </When>
        }
    }
}
