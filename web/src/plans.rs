//! The countries' numbering plans: a tenth of what the application weighs, and needed only to read
//! phone numbers. They are loaded once the page is there.

use iap_core::phone::{install_plans, plans_ready};
use leptos::prelude::*;

use crate::file;
use crate::reactive::RwSignal;

/// Whether phone numbers can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// The plans are on their way.
    Loading,
    /// They can.
    Ready,
    /// The plans could not be loaded.
    Failed,
}

/// What is known about the numbering plans; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct PlansState(RwSignal<Plans>);

impl PlansState {
    /// Loads the plans, and again when the browser comes back online. Call it once, where the
    /// application starts.
    pub fn start() {
        let state = Self::new();
        provide_context(state);
        state.load();
        let handle = window_event_listener_untyped("online", move |_| state.retry());
        on_cleanup(move || handle.remove());
    }

    fn new() -> Self {
        let ready = if plans_ready() { Plans::Ready } else { Plans::Loading };
        Self(RwSignal::new(ready))
    }

    /// What is known now; follows it where it is read reactively.
    #[must_use]
    pub fn get(self) -> Plans {
        self.0.get()
    }

    /// Tries again if it failed.
    pub fn retry(self) {
        if self.0.get_untracked() == Plans::Failed {
            self.0.set(Plans::Loading);
            self.load();
        }
    }

    fn load(self) {
        if self.0.get_untracked() == Plans::Ready {
            return;
        }
        file::load("phone-plans", move |packed| {
            let installed = packed.is_some_and(|packed| install_plans(&packed).is_ok());
            self.0.set(if installed { Plans::Ready } else { Plans::Failed });
        });
    }
}

/// What is known about the numbering plans.
#[must_use]
pub fn use_plans() -> PlansState {
    use_context().unwrap_or_else(PlansState::new)
}
