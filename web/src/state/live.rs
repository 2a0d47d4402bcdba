//! What changes on the server, told as it happens.
//!
//! A browser opens six connections to a server at most, and one that follows stays open: so one tab
//! follows for all, the one that holds the lock, and tells the others. When it is closed the next
//! takes over.

use std::time::Duration;

use leptos::prelude::{StoredValue as LocalValue, *};
use wasm_bindgen::prelude::*;
use web_sys::EventSource;

use super::Accounts;
use crate::backend::http::BASE;
use crate::lock::{self, Lock, Otherwise};

/// The lock of the tab that follows.
const LOCK: &str = "iap.live";

/// How long to wait where the server wants nobody to follow now.
const AGAIN: Duration = Duration::from_mins(1);

/// Whether the server is followed. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live(LocalValue<Following, LocalStorage>);

#[derive(Debug)]
enum Following {
    Not,
    /// Another tab does.
    Waiting,
    /// This one does.
    Here(Lock, Option<EventSource>),
}

impl Live {
    /// Nothing is followed yet.
    pub(super) fn new() -> Self {
        Self(LocalValue::new_local(Following::Not))
    }

    /// Follows from now on. Where there are no locks nothing is followed: what was known is asked for
    /// again whenever the window is come back to.
    pub(super) fn start(self, accounts: Accounts) {
        let follows = self.0.try_with_value(|it| !matches!(it, Following::Not)).unwrap_or(true);
        if follows || !lock::are_there() {
            return;
        }
        self.0.set_value(Following::Waiting);
        lock::hold(LOCK, Otherwise::GiveUp, move |lock| match lock {
            Some(lock) => self.take(lock, accounts, false),
            None => lock::hold(LOCK, Otherwise::Wait, move |lock| {
                if let Some(lock) = lock {
                    // Between the other tab's connection and this one's something may be missed.
                    self.take(lock, accounts, true);
                }
            }),
        });
    }

    fn take(self, lock: Lock, accounts: Accounts, again: bool) {
        // It may have been given up meanwhile.
        if self.0.try_with_value(|it| matches!(it, Following::Waiting)) == Some(true) {
            self.0.set_value(Following::Here(lock, None));
            self.connect(accounts, again);
        } else {
            lock.release();
        }
    }

    /// Follows no longer.
    pub(super) fn stop(self) {
        let before = self.0.try_update_value(|it| std::mem::replace(it, Following::Not));
        if let Some(Following::Here(lock, source)) = before {
            if let Some(source) = source {
                source.close();
            }
            lock.release();
        }
    }

    /// Opens the connection. When it is there again, what was missed is asked for.
    fn connect(self, accounts: Accounts, again: bool) {
        let Ok(source) = EventSource::new(&format!("{BASE}/events")) else { return };
        let mut missed = again;
        on(&source, "open", move || {
            if std::mem::replace(&mut missed, true) {
                accounts.changed();
            }
        });
        on(&source, "accounts", move || accounts.changed());
        let ended = source.clone();
        on(&source, "error", move || {
            // Otherwise the browser tries again by itself.
            if ended.ready_state() == EventSource::CLOSED {
                set_timeout(move || self.reconnect(accounts), AGAIN);
            }
        });
        self.0.try_update_value(|it| {
            if let Following::Here(_, now) = it {
                *now = Some(source);
            }
        });
    }

    fn reconnect(self, accounts: Accounts) {
        if self.0.try_with_value(|it| matches!(it, Following::Here(..))) == Some(true) {
            self.connect(accounts, true);
        }
    }
}

/// Calls something at an event, as long as the connection is there.
fn on(source: &EventSource, event: &str, call: impl FnMut() + 'static) {
    let call = Closure::<dyn FnMut()>::new(call).into_js_value();
    let _ = source.add_event_listener_with_callback(event, call.unchecked_ref());
}
