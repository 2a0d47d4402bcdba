//! A form on its way to the server.

use leptos::ev;

use crate::backend::http::Failure;
use crate::reactive::RwSignal;
use crate::ui::focus_first_error;

/// What a form shows while it is sent and after it was refused. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct Sending {
    /// Whether it is under way.
    pub busy: RwSignal<bool>,
    /// What is wrong and belongs to no field.
    pub failure: RwSignal<Option<Failure>>,
}

impl Sending {
    /// Nothing is sent yet.
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Whether the form may be sent now: not while it is under way. The browser itself sends nothing.
    pub fn may_begin(self, event: &ev::SubmitEvent) -> bool {
        event.prevent_default();
        !self.busy.get_untracked()
    }

    /// Sends it. `refused` tells beside the fields what the server says is wrong with them and gives back
    /// the rest; where it was all told there, the focus goes to the first of them. Nobody is told where the
    /// form is gone.
    pub fn send<T: 'static>(
        self,
        event: ev::SubmitEvent,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        refused: impl FnOnce(Failure) -> Option<Failure> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.busy.set(true);
        self.failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = request.await;
            let is_gone = self.busy.try_set(false).is_some();
            match answer {
                Ok(answer) => done(answer),
                Err(_) if is_gone => {}
                Err(why) => {
                    let above_all = refused(why);
                    if above_all.is_none() {
                        focus_first_error(&event);
                    }
                    let _ = self.failure.try_set(above_all);
                }
            }
        });
    }
}
