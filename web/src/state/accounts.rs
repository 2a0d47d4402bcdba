//! The accounts that one may see. They stay when one leaves the page, so that it is filled at once
//! when one comes back, and are asked for again behind it.

use leptos::prelude::*;

use super::{Composer, Standing, Visitor};
use crate::backend::account::{self, NamedAccount};
use crate::backend::demo;
use crate::backend::http::Failure;
use crate::reactive::{RwSignal, StoredValue, effect};

/// The accounts. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Accounts {
    visitor: Visitor,
    known: RwSignal<Option<Vec<NamedAccount>>>,
    failure: RwSignal<Option<Failure>>,
    /// Whose they are, by key; what is asked for somebody else comes too late.
    of: StoredValue<Option<i64>>,
}

impl Accounts {
    /// Follows who is signed in: what one person may see is gone when another comes. Call it once,
    /// where the application starts.
    pub fn start(visitor: Visitor, composer: Composer) {
        let accounts = Self {
            visitor,
            known: RwSignal::new(None),
            failure: RwSignal::new(None),
            of: StoredValue::new(None),
        };
        provide_context(accounts);
        effect(move |_| match visitor.standing() {
            Standing::Demo => accounts.known.set(Some(demo::accounts(composer.balance.get()))),
            Standing::In(user) => {
                let of = Some(user.id);
                if accounts.of.try_get_value() != Some(of) {
                    accounts.forget();
                    accounts.of.set_value(of);
                }
            }
            Standing::Asking | Standing::Failed(_) => {}
            Standing::Out(_) => accounts.forget(),
        });
    }

    fn forget(self) {
        self.of.set_value(None);
        self.failure.set(None);
        self.known.set(None);
    }

    /// The accounts, once they are known; follows them.
    #[must_use]
    pub fn known(self) -> Option<Vec<NamedAccount>> {
        self.known.get()
    }

    /// Why they could not be asked for last time; follows it.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Asks the server for them, where somebody is signed in.
    pub fn refresh(self) {
        let Standing::In(user) = self.visitor.standing_untracked() else { return };
        wasm_bindgen_futures::spawn_local(async move {
            let answer = account::accounts().await;
            if self.of.try_get_value() != Some(Some(user.id)) {
                return;
            }
            match answer {
                Ok(accounts) => {
                    let _ = self.failure.try_set(None);
                    // What stays the same is not drawn again.
                    if !self.known.with_untracked(|known| known.as_ref() == Some(&accounts)) {
                        let _ = self.known.try_set(Some(accounts));
                    }
                }
                Err(failure) if self.visitor.has_ended(&failure) => {}
                Err(failure) => {
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }
}

/// The accounts. Outside the application there are none.
#[must_use]
pub fn use_accounts() -> Accounts {
    use_context().unwrap_or_else(|| Accounts {
        visitor: super::use_visitor(),
        known: RwSignal::new(None),
        failure: RwSignal::new(None),
        of: StoredValue::new(None),
    })
}
