//! Letting a database in or keeping it out, in the list and on its own page.

use iap_core::api::Database;
use iap_core::catalogue::Admission;

use crate::backend::database;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::I18n;
use crate::pages::focus::focus;
use crate::reactive::{Callback, RwSignal};
use crate::ui::{failure_text, use_toasts};

/// What is under way. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Deciding {
    /// The database about which a decision is under way.
    busy: RwSignal<Option<i64>>,
    /// Why the last decision was not taken.
    pub refused: RwSignal<Option<Failure>>,
    /// Told what was decided, once the server has taken it.
    decided: Callback<(i64, Admission)>,
}

impl Deciding {
    /// Nothing is decided yet.
    pub(super) fn new(decided: Callback<(i64, Admission)>) -> Self {
        Self { busy: RwSignal::new(None), refused: RwSignal::new(None), decided }
    }

    /// The page may be gone meanwhile: a toast stays when one goes to another page.
    fn admit(
        self,
        id: i64,
        admission: Admission,
        done: impl FnOnce() + 'static,
        failed: impl FnOnce(&Failure) + 'static,
    ) {
        let _ = self.busy.try_set(Some(id));
        let _ = self.refused.try_set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = database::admit(id, admission).await;
            let _ = self.busy.try_set(None);
            match answer {
                Ok(()) => {
                    self.decided.run((id, admission));
                    done();
                }
                Err(why) => failed(&why),
            }
        });
    }

    /// The buttons that decide about a database.
    pub(super) fn buttons(self, t: I18n, database: &Database) -> Vec<Node> {
        let decisions = [Admission::Approved, Admission::Refused];
        let decisions = decisions.into_iter().filter(|it| *it != database.admission);
        decisions.map(|it| self.button(t, database, it)).collect()
    }

    fn button(self, t: I18n, database: &Database, admission: Admission) -> Node {
        let toasts = use_toasts();
        let (id, before) = (database.id, database.admission);
        let name = database.called().to_owned();
        let (text, label) = match admission {
            Admission::Refused => (t.databases_refuse(), t.databases_refuse_of(&*name)),
            Admission::Approved | Admission::Waiting => {
                (t.databases_approve(), t.databases_approve_of(&*name))
            }
        };
        let decide = move |_| {
            let name = name.clone();
            let done = move || {
                let undo = {
                    let name = name.clone();
                    move || {
                        let name = name.clone();
                        let done = move || toasts.show(said(t, before, name));
                        let failed = move |why: &Failure| toasts.show(failure_text(t, why));
                        self.admit(id, before, done, failed);
                    }
                };
                toasts.show_with_undo(said(t, admission, name), undo);
                focus(place(id));
            };
            let refused = move |why: &Failure| {
                let _ = self.refused.try_set(Some(why.clone()));
            };
            self.admit(id, admission, done, refused);
        };
        let busy = move || self.busy.get() == Some(id);
        view! {
            <button
                type="button"
                class="button"
                aria-label=label
                prop:disabled=busy
                on:click=decide
            >
                {text}
            </button>
        }
    }
}

/// The id of what gets the focus when the button is gone because it was decided.
pub(super) fn place(id: i64) -> String {
    format!("database-{id}")
}

/// What is said after a decision.
fn said(t: I18n, admission: Admission, name: String) -> String {
    match admission {
        Admission::Approved => t.databases_now_approved(name),
        Admission::Refused => t.databases_now_refused(name),
        Admission::Waiting => t.databases_now_waiting(name),
    }
}
