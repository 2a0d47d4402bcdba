//! The versions of the rate card.

use iap_core::api::{RateCardState, RateCardVersion};
use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::backend::rates;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::Visitor;
use crate::ui::{
    Button, Card, EmptyState, Failed, Icon, IconName, TableScroll, Waiting, When, condition,
    use_toasts,
};

/// The versions as far as they are known. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Versions {
    visitor: Visitor,
    known: RwSignal<Option<Vec<RateCardVersion>>>,
    /// Why they could not be asked for last time.
    pub failure: RwSignal<Option<Failure>>,
}

impl Versions {
    pub(super) fn new(visitor: Visitor) -> Self {
        Self { visitor, known: RwSignal::new(None), failure: RwSignal::new(None) }
    }

    /// Asks for them again.
    pub(super) fn refresh(self) {
        wasm_bindgen_futures::spawn_local(async move {
            match rates::versions().await {
                Ok(versions) => {
                    let _ = self.failure.try_set(None);
                    if self.known.with_untracked(|known| known.as_ref() != Some(&versions)) {
                        let _ = self.known.try_set(Some(versions));
                    }
                }
                Err(why) if self.visitor.has_ended(&why) => {}
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }
}

#[component]
pub(super) fn VersionsCard(versions: Versions) -> Node {
    let t = use_i18n();
    let number = move || versions.known.with(|known| known.as_ref().map(Vec::len));
    let failure = RwSignal::new(None::<Failure>);
    view! {
        <Card title=tr(I18n::rate_cards_versions)>
            <Failed failure=failure/>
            <When when=condition(move || number().is_none())>
                <Waiting label=tr(I18n::rate_cards_asking)/>
            </When>
            <When when=condition(move || number() == Some(0))>
                <EmptyState
                    icon=IconName::Tag
                    title=tr(I18n::rate_cards_empty)
                    text=tr(I18n::rate_cards_empty_text)
                />
            </When>
            <When when=condition(move || number().is_some_and(|it| it > 0))>
                <TableScroll label=tr(I18n::rate_cards_versions)>
                    <table class="table rate-versions">
                        <thead>
                            <tr>
                                <th scope="col">{tr(I18n::rate_cards_version)}</th>
                                <th scope="col">{tr(I18n::rate_cards_from)}</th>
                                <th scope="col" class="number">{tr(I18n::rate_cards_rates)}</th>
                                <th scope="col">{tr(I18n::rate_cards_imported_on)}</th>
                                <th scope="col">{tr(I18n::rate_cards_file)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                let known = versions.known.get().unwrap_or_default();
                                let line = |it| line(t, it, versions, failure);
                                known.into_iter().map(line).collect::<Vec<_>>()
                            }}
                        </tbody>
                    </table>
                </TableScroll>
            </When>
        </Card>
    }
}

fn line(
    t: I18n,
    it: RateCardVersion,
    versions: Versions,
    failure: RwSignal<Option<Failure>>,
) -> Node {
    let toasts = use_toasts();
    let id = it.id;
    let (class, state) = match it.state {
        RateCardState::Planned => ("pill pill-warning", t.rate_cards_planned()),
        RateCardState::InForce => ("pill", t.rate_cards_in_force()),
        RateCardState::Past => ("pill pill-quiet", t.rate_cards_past()),
        RateCardState::Withdrawn => ("pill pill-quiet", t.rate_cards_withdrawn()),
    };
    let withdraw = move |_| {
        failure.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            match rates::withdraw(id).await {
                Ok(()) => toasts.show(t.rate_cards_withdraw_done(id.to_string())),
                Err(why) => drop(failure.try_set(Some(why))),
            }
            versions.refresh();
        });
    };
    let undo = (it.state == RateCardState::Planned).then(|| {
        let label = t.rate_cards_withdraw_version(id.to_string());
        view! {
            <Button icon=IconName::Undo attr:aria-label=label on:click=withdraw>
                {t.rate_cards_withdraw()}
            </Button>
        }
    });
    let by = if it.imported_by.is_empty() {
        t.rate_cards_by_command().to_owned()
    } else {
        it.imported_by
    };
    view! {
        <tr>
            <th scope="row">{id.to_string()} " " <span class=class>{state}</span></th>
            <td>{format::moment(t.locale(), it.valid_from)}</td>
            <td class="number">{t.number(it.rates)}</td>
            <td>{format::date(t.locale(), it.imported_at)} <div class="soft">{by}</div></td>
            <td class="rate-actions">
                {undo}
                <a
                    class="button"
                    href=format!("/api/v1/rate-cards/{id}/csv")
                    aria-label=t.rate_cards_export_version(id.to_string())
                    download=""
                >
                    <Icon name=IconName::Download/>
                    "CSV"
                </a>
            </td>
        </tr>
    }
}
