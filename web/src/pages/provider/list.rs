//! The services that one offers.

use iap_core::csv::cell;
use iap_core::pricing::Credits;
use leptos::prelude::*;

use super::form::ServiceForm;
use super::key::KeyShown;
use super::only::{ProvidersOnly, failure_of, follow_provider};
use crate::backend::http::Failure;
use crate::backend::provider::{self, Offer};
use crate::clock::Span;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Callback, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, ButtonKind, Dialog, EmptyState, Icon, IconName, Retry, Waiting, When, condition,
    use_toasts,
};
use crate::{download, format};

/// Days that are looked back on.
const DAYS: i32 = 30;

/// The page of all services that one offers.
#[component]
pub fn OffersPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let toasts = use_toasts();
    let known = RwSignal::new(None::<Vec<Offer>>);
    let failure = RwSignal::new(None::<Failure>);
    let offering = RwSignal::new(false);
    let again = follow_provider(move || {
        wasm_bindgen_futures::spawn_local(async move {
            let edges = Span::Day.edges(DAYS);
            let lately: Vec<_> = edges.first().into_iter().chain(edges.last()).copied().collect();
            match provider::offers(&lately).await {
                Ok(offers) => {
                    let _ = failure.try_set(None);
                    let _ = known.try_set(Some(offers));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let number = move || known.with(|known| known.as_ref().map(Vec::len));
    let some = move || number().is_some_and(|number| number > 0);
    let export = move |_| {
        let csv = known.with_untracked(|it| to_csv(it.as_deref().unwrap_or_default()));
        let done = download::offer("offered-services.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.provider_exported() } else { t.prices_not_exported() });
    };
    view! {
        <Page
            title=tr(I18n::provider_title)
            lead=tr(I18n::provider_lead)
            actions=move || {
                view! {
                    <When when=condition(some)>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                    </When>
                    <When when=condition(move || visitor.operates() && some())>
                        <OfferButton open=offering/>
                    </When>
                }
            }
        >
            <ProvidersOnly>
                {move || {
                    failure_of(failure.get())
                        .map(|failure| view! { <Retry failure=failure on_click=again/> })
                }}
                <When when=condition(move || number().is_none() && failure.with(Option::is_none))>
                    <Waiting label=tr(I18n::provider_asking)/>
                </When>
                <When when=condition(move || number() == Some(0))>
                    <div class="card">
                        <EmptyState
                            icon=IconName::Building
                            title=tr(I18n::provider_empty)
                            text=tr(I18n::provider_empty_text)
                        >
                            <OfferButton open=offering/>
                        </EmptyState>
                    </div>
                </When>
                <When when=condition(some)>
                    <ul class="provided" role="list">
                        {move || {
                            let offers = known.get().unwrap_or_default();
                            offers.into_iter().map(|it| card(t, it)).collect::<Vec<_>>()
                        }}
                    </ul>
                </When>
                <OfferDialog open=offering on_offered=Callback::new(move |()| again())/>
            </ProvidersOnly>
        </Page>
    }
}

#[component]
fn OfferButton(open: RwSignal<bool>) -> Node {
    view! {
        <Button
            kind=ButtonKind::Primary
            icon=IconName::Plus
            attr:aria-haspopup="dialog"
            on:click=move |_| open.set(true)
        >
            {tr(I18n::provider_offer)}
        </Button>
    }
}

/// The form of a new service, and then the key of its provider.
#[component]
fn OfferDialog(open: RwSignal<bool>, on_offered: Callback<()>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    view! {
        <Dialog open=open title=tr(I18n::provider_offer)>
            {
                let made = RwSignal::new(None::<(i64, String)>);
                let saved = Callback::new(move |key: Option<(i64, String)>| {
                    made.set(key);
                    toasts.show(t.provider_offered());
                    on_offered.run(());
                });
                move || match made.get() {
                    None => view! { <ServiceForm service=None open=open on_saved=saved/> },
                    Some((id, key)) => view! {
                        <KeyShown key=key open=open had_key=false/>
                        <p>
                            <a href=format!("/provider/services/{id}")>
                                {tr(I18n::provider_offer_next)}
                            </a>
                        </p>
                    },
                }
            }
        </Dialog>
    }
}

/// Credits of all kinds that a service took lately.
fn taken(offer: &Offer) -> Credits {
    let spans = offer.revenue.iter().flat_map(|it| &it.spans);
    spans.fold(Credits::ZERO, |sum, span| {
        let both = span.paid.checked_add(span.granted).unwrap_or(sum);
        sum.checked_add(both).unwrap_or(sum)
    })
}

fn card(t: I18n, offer: Offer) -> Node {
    let spent = format::balance(t.locale(), taken(&offer));
    let service = offer.service;
    let (class, key) = if service.has_key {
        ("pill", t.provider_has_key())
    } else {
        ("pill pill-quiet", t.provider_no_key())
    };
    let (class_of_packs, packs) = match offer.packs {
        0 => ("pill pill-warning", t.provider_no_packs().to_owned()),
        packs => ("", t.number(packs)),
    };
    view! {
        <li class="card provided-service">
            <h2>
                <Icon name=IconName::from(service.icon)/>
                <a href=format!("/provider/services/{}", service.id)>{service.label}</a>
            </h2>
            <p class="soft"><code>{service.name.to_string()}</code></p>
            <dl class="facts">
                <div>
                    <dt>{t.provider_packs()}</dt>
                    <dd><span class=class_of_packs>{packs}</span></dd>
                </div>
                <div><dt>{t.provider_taken()}</dt><dd>{spent}</dd></div>
                <div><dt>{t.provider_key()}</dt><dd><span class=class>{key}</span></dd></div>
            </dl>
        </li>
    }
}

/// The services as a CSV file. Programs read what its columns are called.
fn to_csv(offers: &[Offer]) -> String {
    let line = |offer: &Offer| {
        let Offer { service, packs, .. } = offer;
        let (name, label) = (cell(service.name.as_str()), cell(&service.label));
        let (taken, has_key) = (taken(offer), service.has_key);
        format!("{},{name},{label},{packs},{taken},{has_key}\r\n", service.id)
    };
    let lines: String = offers.iter().map(line).collect();
    format!("service,name,label,packs,taken_{DAYS}_days,has_key\r\n{lines}")
}
