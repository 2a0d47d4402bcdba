//! What can be bought of a service.

use std::collections::BTreeMap;

use iap_core::api::{Pack, PackChange};
use iap_core::credits::{self, Money};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::pack_form::PackDialog;
use crate::backend::provider::{self, Offered};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, RwSignal};
use crate::ui::{
    Button, ButtonKind, Card, EmptyState, Icon, IconName, TableScroll, Toasts, When, condition,
    failure_text, use_toasts,
};

/// A card with the packs of the service, in their order.
#[component]
pub(super) fn Packs(known: RwSignal<Option<Offered>>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let open = RwSignal::new(false);
    let untold = RwSignal::new(BTreeMap::new());
    let chosen = RwSignal::new(None::<Pack>);
    let choose = move |pack: Option<Pack>| {
        chosen.set(pack);
        open.set(true);
    };
    let id = known.with_untracked(|it| it.as_ref().map(|it| it.service.id).unwrap_or_default());
    let is_empty = move || known.with(|it| it.as_ref().is_none_or(|it| it.packs.is_empty()));
    let rows = move || {
        let packs = known.get().map(|it| it.packs).unwrap_or_default();
        let last = packs.len().saturating_sub(1);
        let row = |(place, pack): (usize, Pack)| {
            let ends = (place == 0, place == last);
            row(t, pack, ends, Acts { known, on_changed, choose: Callback::new(choose), untold })
        };
        packs.into_iter().enumerate().map(row).collect::<Vec<_>>()
    };
    view! {
        <Card
            title=tr(I18n::provider_packs)
            class="offer-packs"
            aside=move || {
                view! {
                    <When when=condition(move || !is_empty())>
                        <AddButton choose=Callback::new(choose)/>
                    </When>
                }
            }
        >
            <When when=condition(is_empty)>
                <EmptyState
                    icon=IconName::Coins
                    title=tr(I18n::provider_packs_empty)
                    text=tr(I18n::provider_packs_empty_text)
                >
                    <AddButton choose=Callback::new(choose)/>
                </EmptyState>
            </When>
            <When when=condition(move || !is_empty())>
                <p class="soft">{tr(I18n::provider_packs_hint)}</p>
                <TableScroll label=tr(I18n::provider_packs)>
                    <table class="table pack-table">
                        <thead>
                            <tr>
                                <th scope="col">{tr(I18n::shop_pack)}</th>
                                <th scope="col" class="number">{tr(I18n::provider_credits)}</th>
                                <th scope="col" class="number">{tr(I18n::provider_price)}</th>
                                <th scope="col" class="number">{tr(I18n::provider_each)}</th>
                                <th scope="col" class="pack-actions no-print">
                                    {tr(I18n::provider_actions)}
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableScroll>
            </When>
        </Card>
        <PackDialog service=id chosen=chosen known=known open=open on_saved=on_changed/>
    }
}

#[component]
fn AddButton(choose: Callback<Option<Pack>>) -> Node {
    view! {
        <Button
            icon=IconName::Plus
            attr:aria-haspopup="dialog"
            on:click=move |_| choose.run(None)
        >
            {tr(I18n::provider_pack_add)}
        </Button>
    }
}

/// What can be done with a pack in the list.
#[derive(Clone, Copy)]
struct Acts {
    known: RwSignal<Option<Offered>>,
    on_changed: Callback<()>,
    choose: Callback<Option<Pack>>,
    /// Places that the server has not been told yet, by keys of packs.
    untold: RwSignal<BTreeMap<i64, i64>>,
}

impl Acts {
    /// Moves a pack up or down, at once here and then on the server; the focus stays on the pack.
    fn shift(self, t: I18n, pack: i64, up: bool) {
        let toasts = use_toasts();
        let moved = self.known.try_update(|known| {
            let packs = &mut known.as_mut()?.packs;
            let from = packs.iter().position(|it| it.id == pack)?;
            let to = if up { from.checked_sub(1)? } else { from + 1 };
            if to >= packs.len() {
                return None;
            }
            packs.swap(from, to);
            // Several may have had the same place: each gets its own.
            let mut changed = Vec::new();
            for (pack, place) in packs.iter_mut().zip(1..) {
                if pack.position != place {
                    pack.position = place;
                    changed.push((pack.id, place));
                }
            }
            Some(changed)
        });
        let Some(Some(changed)) = moved else { return };
        focus_on(pack, if up { &["up", "down"] } else { &["down", "up"] });
        // A pack that moves again before it is told has its last place told alone.
        let is_telling = self.untold.try_update(|untold| {
            let is_telling = !untold.is_empty();
            untold.extend(changed);
            is_telling
        });
        if is_telling == Some(false) {
            wasm_bindgen_futures::spawn_local(self.tell(t, toasts));
        }
    }

    /// Tells the server the places that changed, one after the other, so that the last word is the last.
    async fn tell(self, t: I18n, toasts: Toasts) {
        let next = || self.untold.try_get().and_then(|it| it.into_iter().next());
        while let Some((id, place)) = next() {
            let change = PackChange { position: Some(place), ..PackChange::default() };
            if let Err(why) = provider::change_pack(id, &change).await {
                let _ = self.untold.try_set(BTreeMap::new());
                toasts.show(failure_text(t, &why));
                // What the server has is shown again.
                return self.on_changed.run(());
            }
            let _ = self.untold.try_update(|untold| {
                if untold.get(&id) == Some(&place) {
                    untold.remove(&id);
                }
            });
        }
    }

    /// Stops offering a pack, or offers it again; either can be taken back.
    fn offer(self, t: I18n, pack: &Pack) {
        let toasts = use_toasts();
        let (id, offered, name) = (pack.id, !pack.offered, pack.name.clone());
        let undo = {
            let name = name.clone();
            move || {
                let told = told(t, !offered, name.clone());
                self.set_offered(t, toasts, id, !offered, move || toasts.show(told));
            }
        };
        let done = move || toasts.show_with_undo(told(t, offered, name), undo);
        self.set_offered(t, toasts, id, offered, done);
    }

    /// Says whether a pack is offered. The page may be gone meanwhile: a toast stays.
    fn set_offered(
        self,
        t: I18n,
        toasts: Toasts,
        id: i64,
        offered: bool,
        done: impl FnOnce() + 'static,
    ) {
        wasm_bindgen_futures::spawn_local(async move {
            let change = PackChange { offered: Some(offered), ..PackChange::default() };
            match provider::change_pack(id, &change).await {
                Ok(()) => {
                    let _ = self.known.try_update(|known| {
                        let packs = known.iter_mut().flat_map(|it| &mut it.packs);
                        for pack in packs.filter(|pack| pack.id == id) {
                            pack.offered = offered;
                        }
                    });
                    focus_on(id, &["offer"]);
                    done();
                }
                Err(why) => toasts.show(failure_text(t, &why)),
            }
        });
    }
}

/// What is said when a pack is offered again or no longer.
fn told(t: I18n, offered: bool, name: String) -> String {
    if offered { t.provider_pack_again(name) } else { t.provider_pack_stopped(name) }
}

/// Once the lines are drawn anew, the focus goes to the first of these buttons of a pack that can be pressed: the
/// one that was, and at an end of the list another.
fn focus_on(pack: i64, buttons: &'static [&'static str]) {
    request_animation_frame(move || {
        for name in buttons {
            let button = document().get_element_by_id(&format!("pack-{pack}-{name}"));
            let button: Option<web_sys::HtmlButtonElement> = button.map(JsCast::unchecked_into);
            if let Some(button) = button.filter(|it| !it.disabled()) {
                let _ = button.focus();
                return;
            }
        }
    });
}

fn row(t: I18n, pack: Pack, (is_first, is_last): (bool, bool), acts: Acts) -> Node {
    let price = Money::new(pack.price, pack.currency);
    let each = credits::Pack::new(pack.credits, price).ok().and_then(|it| it.price_of_a_credit());
    let each = each.map(|each| format::price_of_a_credit(t.locale(), each, pack.currency));
    let id = pack.id;
    let keys = move |event: ev::KeyboardEvent| {
        let up = match &*event.key() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            acts.shift(t, id, up);
        }
    };
    let shift = |up: bool, disabled: bool| {
        let (way, icon) = if up { ("up", IconName::SortUp) } else { ("down", IconName::SortDown) };
        let label =
            if up { t.provider_pack_up(&*pack.name) } else { t.provider_pack_down(&*pack.name) };
        view! {
            <button
                type="button"
                class="button button-quiet button-icon"
                id=format!("pack-{id}-{way}")
                aria-label=label
                prop:disabled=disabled
                on:click=move |_| acts.shift(t, id, up)
            >
                <Icon name=icon/>
            </button>
        }
    };
    let (edited, toggled) = (pack.clone(), pack.clone());
    let edit = t.provider_pack_edit(&*pack.name);
    let (stop, stop_label) = if pack.offered {
        (t.provider_pack_stop(), t.provider_pack_stop_label(&*pack.name))
    } else {
        (t.provider_pack_resume(), t.provider_pack_resume_label(&*pack.name))
    };
    let out = (!pack.offered)
        .then(|| view! { <span class="pill pill-quiet">{t.provider_pack_out()}</span> });
    let description = pack.description.clone();
    view! {
        <tr on:keydown=keys>
            <th scope="row">
                <span class="pack-name">
                    <Icon name=IconName::from(pack.icon)/>
                    {pack.name.clone()}
                    {out}
                </span>
                <span class="pack-says soft">{description}</span>
            </th>
            <td class="number" data-label=t.provider_credits()>{format::balance(t.locale(), pack.credits.credits())}</td>
            <td class="number" data-label=t.provider_price()>{format::money(t.locale(), price)}</td>
            <td class="number" data-label=t.provider_each()>{each}</td>
            <td class="pack-actions no-print">
                {shift(true, is_first)}
                {shift(false, is_last)}
                <Button
                    kind=ButtonKind::Quiet
                    attr:aria-haspopup="dialog"
                    attr:aria-label=edit
                    on:click=move |_| acts.choose.run(Some(edited.clone()))
                >
                    {t.account_change()}
                </Button>
                <Button
                    kind=ButtonKind::Quiet
                    attr:id=format!("pack-{id}-offer")
                    attr:aria-label=stop_label
                    on:click=move |_| acts.offer(t, &toggled)
                >
                    {stop}
                </Button>
            </td>
        </tr>
    }
}
