//! The prices. Those that were known last are there at once, and are asked for again behind that.

use std::time::Duration;

use iap_core::pricing::{RateCard, sample_rate_card};
use iap_core::time::Timestamp;
use leptos::prelude::*;

use super::{Standing, Visitor};
use crate::backend::rates;
use crate::reactive::{RwSignal, effect};
use crate::storage;

/// What was known last is kept under this.
const KEPT: &str = "iap.rates";

/// So often it is asked whether prices are still the same: a planned card comes into force while
/// somebody writes.
const AGAIN: Duration = Duration::from_mins(5);

/// Prices and since when they are valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// The rates.
    pub card: RateCard,
    /// Since when; none for the sample that is built in.
    pub valid_from: Option<Timestamp>,
}

impl Default for Prices {
    fn default() -> Self {
        Self { card: sample_rate_card(), valid_from: None }
    }
}

impl Prices {
    fn kept() -> Option<Self> {
        let kept = storage::get(KEPT)?;
        let (valid_from, csv) = kept.split_once('\n')?;
        Some(Self { card: RateCard::from_written(csv)?, valid_from: valid_from.parse().ok() })
    }
}

/// The prices. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    visitor: Visitor,
    /// The prices; follows them.
    pub prices: RwSignal<Prices>,
}

impl Rates {
    /// Asks a server for its prices as soon as there is one, and again later. Call it once, where the
    /// application starts.
    pub fn start(visitor: Visitor) -> Self {
        let rates = Self { visitor, prices: RwSignal::new(Prices::kept().unwrap_or_default()) };
        provide_context(rates);
        effect(move |_| match visitor.standing() {
            Standing::Demo => {
                storage::remove(KEPT);
                rates.put(Prices::default());
            }
            Standing::In(_) | Standing::Out(_) => rates.refresh(),
            Standing::Asking | Standing::Failed(_) => {}
        });
        for event in ["focus", "online"] {
            let handle = window_event_listener_untyped(event, move |_| rates.refresh());
            on_cleanup(move || handle.remove());
        }
        if let Ok(handle) = set_interval_with_handle(move || rates.refresh(), AGAIN) {
            on_cleanup(move || handle.clear());
        }
        rates
    }

    /// Asks for them again, where there is a server. What is known stays where it cannot be asked.
    pub fn refresh(self) {
        if !matches!(self.visitor.standing_untracked(), Standing::In(_) | Standing::Out(_)) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(current) = rates::current().await else { return };
            let Some(card) = RateCard::from_written(&current.csv) else { return };
            let since = current.valid_from.map(|it| it.to_string()).unwrap_or_default();
            storage::set(KEPT, &format!("{since}\n{}", current.csv));
            self.put(Prices { card, valid_from: current.valid_from });
        });
    }

    fn put(self, new: Prices) {
        if self.prices.with_untracked(|before| *before != new) {
            let _ = self.prices.try_set(new);
        }
    }
}

/// The prices. Outside the application those of the sample.
#[must_use]
pub fn use_rates() -> Rates {
    use_context().unwrap_or_else(|| Rates {
        visitor: super::use_visitor(),
        prices: RwSignal::new(Prices::default()),
    })
}
