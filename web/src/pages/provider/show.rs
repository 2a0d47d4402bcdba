//! One service that one offers.

use leptos::prelude::*;

use super::details::Details;
use super::key::KeyCard;
use super::only::{ProvidersOnly, failure_of, follow_provider};
use super::packs::Packs;
use super::people::People;
use crate::backend::http::Failure;
use crate::backend::provider::{self, Offered};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{Icon, IconName, Retry, Waiting, When, condition};

/// The page of one service.
#[component]
pub fn OfferPage(
    /// Its key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let known = RwSignal::new(None::<Offered>);
    let failure = RwSignal::new(None::<Failure>);
    let again = follow_provider(move || {
        wasm_bindgen_futures::spawn_local(async move {
            match provider::offered(id).await {
                Ok(offered) => {
                    let _ = failure.try_set(None);
                    // What did not change is not drawn again, and keeps the focus.
                    if known.try_get() != Some(Some(offered.clone())) {
                        let _ = known.try_set(Some(offered));
                    }
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let found = Memo::new(move |_| known.get());
    let is_known = move || found.with(Option::is_some);
    let title = move || match found.with(|it| it.as_ref().map(|it| it.service.label.clone())) {
        Some(label) => label,
        None => t.provider_title().to_owned(),
    };
    let changed = Callback::new(move |()| again());
    view! {
        <Page title=title lead=tr(I18n::provider_service_lead)>
            <p class="no-print">
                <a class="way-back" href="/provider">
                    <Icon name=IconName::Back/>
                    {tr(I18n::provider_all)}
                </a>
            </p>
            <ProvidersOnly>
                {move || {
                    failure_of(failure.get())
                        .map(|failure| view! { <Retry failure=failure on_click=again/> })
                }}
                <When when=condition(move || !is_known() && failure.with(Option::is_none))>
                    <Waiting label=tr(I18n::provider_asking)/>
                </When>
                <When when=condition(is_known)>
                    <div class="provided-figures">
                        <Details known=found on_changed=changed/>
                        <KeyCard known=found on_changed=changed/>
                        <Packs known=known on_changed=changed/>
                        <People known=found on_changed=changed/>
                    </div>
                </When>
            </ProvidersOnly>
        </Page>
    }
}
