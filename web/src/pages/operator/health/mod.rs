//! How the server does.

mod concerns;
mod figures;
mod jobs;

use std::time::Duration;

use iap_core::api::Health;
use leptos::prelude::*;

use self::concerns::Concerns;
use self::figures::Figures;
use self::jobs::Jobs;
use crate::backend::house;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::RwSignal;
use crate::state::{Visitor, use_visitor};
use crate::ui::{Button, IconName, Retry, Waiting, When, condition};

/// How often it is asked while somebody looks.
const AGAIN: Duration = Duration::from_secs(15);

/// What is known of how the server does. Cheap to copy.
#[derive(Debug, Clone, Copy)]
struct Known {
    visitor: Visitor,
    health: RwSignal<Option<Health>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
}

impl Known {
    /// Asks the server, unless it is being asked.
    fn refresh(self) {
        if !untrack(|| self.visitor.operates()) || self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let answer = house::health().await;
            let _ = self.busy.try_set(false);
            match answer {
                Ok(health) => {
                    let _ = self.failure.try_set(None);
                    let _ = self.health.try_set(Some(health));
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    /// The same after a while, in which the page may have been left.
    fn refresh_if_there(self) {
        if self.busy.try_get().is_some() {
            self.refresh();
        }
    }

    /// Something of it, once it is known; follows it.
    fn read<T>(self, read: impl FnOnce(&Health) -> T) -> Option<T> {
        self.health.with(|health| health.as_ref().map(read))
    }
}

/// The page of how the server does.
#[component]
pub(super) fn HealthPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let known = Known {
        visitor,
        health: RwSignal::new(None),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let again = follow_visitor(move || known.refresh());
    let look = move || {
        if !document().hidden() {
            known.refresh();
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, AGAIN) {
        on_cleanup(move || timer.clear());
    }
    let operates = move || visitor.operates();
    let failed = move || known.failure.get().filter(|_| operates());
    let is_known = move || operates() && known.health.with(Option::is_some);
    let is_asked = move || operates() && !is_known() && failed().is_none();
    let as_of = move || {
        let at = known.read(|health| health.now)?;
        Some(t.health_as_of(format::time(t.locale(), at)))
    };
    view! {
        <Page
            title=tr(I18n::health_title)
            lead=tr(I18n::health_lead)
            actions=move || {
                view! {
                    <When when=condition(is_known)>
                        <span class="soft health-as-of">{as_of}</span>
                        <Button icon=IconName::Undo on:click=move |_| again()>
                            {tr(I18n::health_refresh)}
                        </Button>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(is_asked)>
                <Waiting label=tr(I18n::health_asking)/>
            </When>
            <When when=condition(is_known)>
                <div class="health">
                    <Concerns known=known/>
                    <Figures known=known/>
                    <Jobs known=known/>
                </div>
            </When>
        </Page>
    }
}
