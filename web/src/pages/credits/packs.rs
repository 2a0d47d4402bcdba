//! The packs that can be bought, a card each.

use iap_core::api::Pack;
use iap_core::credits::{self, Money};
use leptos::prelude::*;

use super::purchase::Purchase;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Button, ButtonKind, EmptyState, Icon, IconName};

/// The choice of a pack.
#[component]
pub(super) fn Packs(purchase: Purchase) -> Node {
    let t = use_i18n();
    let packs = move || {
        let packs = purchase.shop.with(|shop| shop.as_ref().map(|it| it.packs.clone()));
        let packs = packs.unwrap_or_default();
        if packs.is_empty() {
            return view! {
                <div class="card">
                    <EmptyState
                        icon=IconName::Coins
                        title=tr(I18n::shop_nothing)
                        text=tr(I18n::shop_nothing_text)
                    />
                </div>
            };
        }
        let cards: Vec<Node> = packs.into_iter().map(|it| card(t, it, purchase)).collect();
        view! {
            <ul class="packs" role="list">{cards}</ul>
            <p class="soft">{tr(I18n::shop_without_tax)}</p>
        }
    };
    view! { <div class="shop">{packs}</div> }
}

fn card(t: I18n, pack: Pack, purchase: Purchase) -> Node {
    let price = Money::new(pack.price, pack.currency);
    let shown = format::money(t.locale(), price);
    let credits = t.credits(pack.credits.credits());
    let each = credits::Pack::new(pack.credits, price).ok().and_then(|it| it.price_of_a_credit());
    let each = each
        .map(|each| t.shop_a_credit(format::price_of_a_credit(t.locale(), each, pack.currency)));
    let label = t.shop_choose_pack(&*pack.name, &*credits, &*shown);
    let (name, description) = (pack.name.clone(), pack.description.clone());
    view! {
        <li class="card pack">
            <h2 class="pack-name"><Icon name=IconName::from(pack.icon)/> {name}</h2>
            <p class="pack-credits">{credits}</p>
            <p class="soft">{description}</p>
            <p class="pack-price"><strong>{shown}</strong></p>
            <p class="soft">{each}</p>
            <Button
                kind=ButtonKind::Primary
                attr:aria-label=label
                on:click=move |_| purchase.pack.set(Some(pack.clone()))
            >
                {t.shop_choose()}
            </Button>
        </li>
    }
}
