//! Which database's catalogue is looked at, and what is activated in it.

use iap_core::api::{Activation, Catalogue, Database};

use crate::backend::catalogue;
use crate::backend::http::{self, Failure};
use crate::i18n::{I18n, use_i18n};
use crate::query;
use crate::reactive::{RwSignal, StoredValue};
use crate::state::{Accounts, Visitor, use_accounts, use_visitor};
use crate::ui::{Toasts, use_toasts};

/// The name of the database in the page's address.
const DATABASE: &str = "database";

/// The catalogue of a database. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    t: I18n,
    visitor: Visitor,
    accounts: Accounts,
    toasts: Toasts,
    /// The databases that one may see, once they are known.
    pub databases: RwSignal<Option<Vec<Database>>>,
    /// The catalogue of the one that was chosen, once it is known.
    pub catalogue: RwSignal<Option<Catalogue>>,
    /// Why it is not known.
    pub failure: RwSignal<Option<Failure>>,
    /// The service that is being activated, by key.
    pub busy: RwSignal<Option<i64>>,
    /// Why the last activation failed.
    pub refused: RwSignal<Option<Failure>>,
    /// What was activated last.
    pub done: RwSignal<Option<Activation>>,
    /// Whether it is shown.
    pub open: RwSignal<bool>,
    /// The database, service and key of the activation under way: tried again it is the same one.
    key: StoredValue<Option<(i64, i64, String)>>,
}

impl Shelf {
    pub(super) fn start() -> Self {
        Self {
            t: use_i18n(),
            visitor: use_visitor(),
            accounts: use_accounts(),
            toasts: use_toasts(),
            databases: RwSignal::new(None),
            catalogue: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(None),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            open: RwSignal::new(false),
            key: StoredValue::new(None),
        }
    }

    /// Asks for the databases, and for the catalogue of the one that the address names, or else of the
    /// first.
    pub(super) fn load(self) {
        let is_demo = self.visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            match Self::ask(is_demo).await {
                Ok((databases, catalogue)) => {
                    let _ = self.failure.try_set(None);
                    let _ = self.databases.try_set(Some(databases));
                    let asked = chosen();
                    // Another one may have been chosen meanwhile.
                    if asked.is_none() || asked == catalogue.as_ref().map(|it| it.database.id) {
                        let _ = self.catalogue.try_set(catalogue);
                    }
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    async fn ask(is_demo: bool) -> Result<(Vec<Database>, Option<Catalogue>), Failure> {
        let databases = catalogue::databases(is_demo).await?;
        let asked = databases.iter().find(|it| Some(it.id) == chosen());
        // What the address names may be nobody's, or somebody else's.
        if asked.is_none() {
            query::replace(DATABASE, "");
        }
        let Some(database) = asked.or(databases.first()) else { return Ok((databases, None)) };
        let catalogue = catalogue::catalogue(is_demo, database.id).await?;
        Ok((databases, Some(catalogue)))
    }

    /// Looks at another database.
    pub(super) fn choose(self, database: &str) {
        query::replace(DATABASE, database);
        self.refused.set(None);
        self.catalogue.set(None);
        self.load();
    }

    /// Activates a service for the database that is looked at.
    pub(super) fn activate(self, service: i64) {
        let Some(database) = self.catalogue.with_untracked(|it| Some(it.as_ref()?.database.id))
        else {
            return;
        };
        if self.busy.get_untracked().is_some() {
            return;
        }
        let key = match self.key.try_get_value().flatten() {
            Some((of, what, key)) if of == database && what == service => key,
            _ => http::new_key(),
        };
        self.key.set_value(Some((database, service, key.clone())));
        self.busy.set(Some(service));
        self.refused.set(None);
        let is_demo = self.visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = catalogue::activate(is_demo, database, service, &key).await;
            let _ = self.busy.try_set(None);
            match answer {
                Ok(activation) => {
                    self.key.set_value(None);
                    self.accounts.changed();
                    self.load();
                    self.show(activation);
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.refused.try_set(Some(why))),
            }
        });
    }

    fn show(self, activation: Activation) {
        if activation.token.is_none() {
            let service = &*activation.account.service_label;
            self.toasts.show(self.t.catalogue_was_active(service));
            return;
        }
        if self.done.try_set(Some(activation)).is_none() {
            let _ = self.open.try_set(true);
        }
    }
}

/// The database that the address names, by key.
fn chosen() -> Option<i64> {
    query::get(DATABASE)?.parse().ok()
}
