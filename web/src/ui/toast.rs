//! Short messages about what just happened.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::{Icon, IconName, Row, Rows, rows};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::{RwSignal, StoredValue};

/// How long a toast stays. It says nothing that is not to be seen elsewhere too.
const STAY: Duration = Duration::from_secs(8);

/// What a toast offers to do. It outlives the page that showed it, unlike a callback.
type Act = Arc<dyn Fn() + Send + Sync>;

/// A message in sight.
#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    /// What can be taken back, where something can.
    undo: Option<Act>,
}

/// The toasts in sight; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// None in sight. Call it once, where the application starts.
    pub fn start() -> Self {
        let toasts = Self::new();
        provide_context(toasts);
        toasts
    }

    fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a message for a while; screen readers say it when they are done with what they say.
    pub fn show(self, text: impl Into<String>) {
        self.add(text.into(), None);
    }

    /// The same, with a button that takes back what was done.
    pub fn show_with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.add(text.into(), Some(Arc::new(undo)));
    }

    fn add(self, text: String, undo: Option<Act>) {
        let id = self.next.try_get_value().unwrap_or_default();
        self.next.set_value(id.wrapping_add(1));
        self.shown.update(|shown| shown.push(Toast { id, text, undo }));
        set_timeout(move || self.dismiss(id), STAY);
    }

    fn dismiss(self, id: u32) {
        let _ = self.shown.try_update(|shown| shown.retain(|kept| kept.id != id));
    }
}

/// The toasts. Outside the application nothing shows them.
#[must_use]
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// Where toasts appear: a polite live region that is always in the page.
#[component]
pub fn ToastRegion() -> Node {
    let toasts = use_toasts();
    let close = tr(I18n::app_close);
    let row = move |Toast { id, text, undo }: Toast| {
        Row::new(id, move || {
            let undo = undo.map(|undo| {
                let take_back = move |_| {
                    toasts.dismiss(id);
                    undo();
                };
                view! {
                    <button type="button" class="button button-quiet" on:click=take_back>
                        {tr(I18n::app_undo)}
                    </button>
                }
            });
            view! {
                <div class="toast">
                    <span>{text}</span>
                    {undo}
                    <button
                        type="button"
                        class="button button-quiet button-icon"
                        aria-label=close
                        on:click=move |_| toasts.dismiss(id)
                    >
                        <Icon name=IconName::Close/>
                    </button>
                </div>
            }
        })
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <Rows rows=rows(move || toasts.shown.get().into_iter().map(row).collect())/>
        </div>
    }
}
