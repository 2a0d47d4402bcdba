//! Doing something when changes pause.

use std::time::Duration;

use leptos::prelude::*;

use crate::reactive::StoredValue;

/// So often within a pause it is looked whether something changed.
const LOOKS: u32 = 4;

/// Does something once nothing has changed for a while, or up to a quarter of that while later.
/// Cheap to copy.
///
/// A change only notes that it came, and a timer that runs on looks for it: to end a timer and
/// start the next one at every keystroke takes longer than to count a text.
#[derive(Debug, Clone, Copy)]
pub struct Pause {
    length: Duration,
    /// Looks without a change.
    quiet: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Pause {
    /// A pause of that length.
    #[must_use]
    pub fn new(length: Duration) -> Self {
        Self { length, quiet: StoredValue::new(0), timer: StoredValue::new(None) }
    }

    /// Something changed: `act` when nothing more does. It is done once for all changes before,
    /// so give the same each time.
    pub fn begin(self, act: impl FnOnce() + 'static) {
        self.quiet.set_value(0);
        if self.timer.with_value(Option::is_none) {
            self.wait(Box::new(act));
        }
    }

    /// Nothing is waited for any more.
    pub fn end(self) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
    }

    fn wait(self, act: Box<dyn FnOnce()>) {
        let look = move || {
            // It may be gone, with the part of the page that it belongs to.
            let Some(quiet) = self.quiet.try_update_value(|quiet| {
                *quiet += 1;
                *quiet
            }) else {
                return;
            };
            if quiet <= LOOKS {
                self.wait(act);
            } else {
                self.timer.set_value(None);
                act();
            }
        };
        self.timer.set_value(set_timeout_with_handle(look, self.length / LOOKS).ok());
    }
}
