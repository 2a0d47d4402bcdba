//! What is typed to import prices, and what becomes of it.

use iap_core::api::{NewRateCard, RateCardPreview};
use iap_core::pricing::RateCard;
use iap_core::pricing::csv::CsvErrors;
use iap_core::time::Timestamp;
use leptos::ev;
use wasm_bindgen_futures::JsFuture;

use super::versions::Versions;
use crate::backend::http::Failure;
use crate::backend::rates;
use crate::clock;
use crate::i18n::{I18n, use_i18n};
use crate::reactive::RwSignal;
use crate::state::{Rates, Visitor, use_rates, use_visitor};
use crate::ui::{Toasts, focus_first_error, use_toasts};

/// The most bytes of a file: what is sent may have a mebibyte in all.
const MOST: usize = 900_000;

/// What is looked at, and what it would change.
#[derive(Clone)]
pub(super) struct Looked {
    new: NewRateCard,
    /// What it would change.
    pub preview: RateCardPreview,
}

/// What is typed, and what was said of it. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Form {
    t: I18n,
    visitor: Visitor,
    rates: Rates,
    toasts: Toasts,
    versions: Versions,
    /// The lines.
    pub csv: RwSignal<String>,
    /// From when on, as the field has it.
    pub from: RwSignal<String>,
    /// What is wrong with the lines as a whole.
    pub csv_error: RwSignal<Option<String>>,
    /// What is wrong with the moment.
    pub from_error: RwSignal<Option<String>>,
    /// What is wrong with single lines.
    pub wrong: RwSignal<Option<CsvErrors>>,
    /// Why the server did not do what it was asked for.
    pub failure: RwSignal<Option<Failure>>,
    /// What it would change, once that was asked for.
    pub looked: RwSignal<Option<Looked>>,
    /// Whether the server is asked.
    pub busy: RwSignal<bool>,
}

impl Form {
    pub(super) fn new(versions: Versions) -> Self {
        Self {
            t: use_i18n(),
            visitor: use_visitor(),
            rates: use_rates(),
            toasts: use_toasts(),
            versions,
            csv: RwSignal::new(String::new()),
            from: RwSignal::new(String::new()),
            csv_error: RwSignal::new(None),
            from_error: RwSignal::new(None),
            wrong: RwSignal::new(None),
            failure: RwSignal::new(None),
            looked: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// What was said belongs to what was typed then.
    fn forget(self) {
        self.looked.set(None);
        self.wrong.set(None);
        self.csv_error.set(None);
        self.from_error.set(None);
        self.failure.set(None);
    }

    /// Takes other lines.
    pub(super) fn write(self, csv: String) {
        self.forget();
        self.csv.set(csv);
    }

    /// Takes another moment.
    pub(super) fn set_from(self, from: String) {
        self.forget();
        self.from.set(from);
    }

    /// Takes the prices that are in force, to be changed. What is made of the sample is none: its mark
    /// stays behind.
    pub(super) fn start_from_current(self) {
        let csv = self.rates.prices.with_untracked(|prices| prices.card.to_csv());
        let lines = csv.split_inclusive('\n').filter(|line| !line.starts_with('#'));
        self.write(lines.collect());
    }

    /// Takes the lines of the first file.
    pub(super) fn read(self, files: Option<web_sys::FileList>) {
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        wasm_bindgen_futures::spawn_local(async move {
            match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
                Some(text) => self.write(text),
                None => self.csv_error.set(Some(self.t.rate_cards_not_read().to_owned())),
            }
        });
    }

    /// Asks what an import would change, if what is typed can be imported.
    pub(super) fn look(self, event: &ev::SubmitEvent) {
        event.prevent_default();
        if self.busy.get_untracked() {
            return;
        }
        self.forget();
        let csv = self.csv.get_untracked();
        if let Err((sentence, errors)) = checked(self.t, &csv) {
            self.csv_error.set(Some(sentence));
            self.wrong.set(errors);
        }
        let valid_from = moment(&self.from.get_untracked());
        if valid_from.is_none() {
            self.from_error.set(Some(self.t.rate_cards_from_wrong().to_owned()));
        }
        let Some(valid_from) =
            valid_from.filter(|_| self.csv_error.with_untracked(Option::is_none))
        else {
            return focus_first_error(event);
        };
        self.busy.set(true);
        let new = NewRateCard { csv, valid_from, against: None };
        wasm_bindgen_futures::spawn_local(async move {
            let preview = rates::preview(&new).await;
            let _ = self.busy.try_set(false);
            match preview {
                Ok(preview) => {
                    let new = NewRateCard { against: Some(preview.against), ..new };
                    let _ = self.looked.try_set(Some(Looked { new, preview }));
                }
                Err(why) => self.fail(why),
            }
        });
    }

    /// Imports what was looked at.
    pub(super) fn import(self) {
        let Some(Looked { new, .. }) = self.looked.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let imported = rates::import(&new).await;
            let _ = self.busy.try_set(false);
            match imported {
                Ok(version) => {
                    self.toasts.show(self.t.rate_cards_imported(version.id.to_string()));
                    self.rates.refresh();
                    self.versions.refresh();
                    self.write(String::new());
                    self.from.set(String::new());
                }
                Err(why) => self.fail(why),
            }
        });
    }

    fn fail(self, why: Failure) {
        if !self.visitor.has_ended(&why) {
            let _ = self.failure.try_set(Some(why));
        }
    }
}

/// Why a file cannot be looked at: a sentence, and perhaps what is wrong with its lines.
fn checked(t: I18n, csv: &str) -> Result<(), (String, Option<CsvErrors>)> {
    if csv.trim().is_empty() {
        return Err((t.rate_cards_csv_empty().to_owned(), None));
    }
    if csv.len() > MOST {
        return Err((t.rate_cards_csv_large().to_owned(), None));
    }
    RateCard::from_csv(csv.as_bytes())
        .map(drop)
        .map_err(|errors| (t.rate_cards_errors(errors.errors.len() + errors.more), Some(errors)))
}

/// The moment that is chosen: `Some(None)` for now, none where it is over or cannot be read.
#[expect(clippy::option_option, reason = "nothing typed is an answer, and not the wrong one")]
fn moment(typed: &str) -> Option<Option<Timestamp>> {
    match typed.trim() {
        "" => Some(None),
        typed => clock::local(typed).filter(|at| *at > clock::now()).map(Some),
    }
}
