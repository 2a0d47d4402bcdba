//! The pictures that services and packs can have.

use iap_core::catalogue::ServiceIcon;
use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::ui::{Icon, IconName, next_id};

fn name(t: I18n, icon: ServiceIcon) -> &'static str {
    match icon {
        ServiceIcon::Coins => t.provider_icon_coins(),
        ServiceIcon::Message => t.provider_icon_message(),
        ServiceIcon::Phone => t.provider_icon_phone(),
        ServiceIcon::Letter => t.provider_icon_letter(),
        ServiceIcon::Document => t.provider_icon_document(),
        ServiceIcon::Search => t.provider_icon_search(),
        ServiceIcon::People => t.provider_icon_people(),
        ServiceIcon::Building => t.provider_icon_building(),
        ServiceIcon::Globe => t.provider_icon_globe(),
        ServiceIcon::Cloud => t.provider_icon_cloud(),
        ServiceIcon::Lorry => t.provider_icon_lorry(),
        ServiceIcon::Shield => t.provider_icon_shield(),
        ServiceIcon::Star => t.provider_icon_star(),
        ServiceIcon::Wand => t.provider_icon_wand(),
    }
}

/// The choice of a picture.
#[component]
pub(super) fn IconChoice(chosen: RwSignal<ServiceIcon>) -> Node {
    let t = use_i18n();
    let group = next_id("icon");
    let one = |icon: ServiceIcon| {
        let is_chosen = move || chosen.get() == icon;
        view! {
            <label class="icon-choice" title=move || name(t, icon)>
                <input
                    type="radio"
                    class="visually-hidden"
                    name=group.clone()
                    value=icon.as_str()
                    aria-label=move || name(t, icon)
                    prop:checked=is_chosen
                    on:change=move |_| chosen.set(icon)
                />
                <Icon name=IconName::from(icon)/>
            </label>
        }
    };
    let all: Vec<Node> = ServiceIcon::ALL.into_iter().map(one).collect();
    view! {
        <fieldset class="field">
            <legend class="field-label">{tr(I18n::provider_icon)}</legend>
            <div class="icon-choices">{all}</div>
        </fieldset>
    }
}
