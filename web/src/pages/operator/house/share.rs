//! The platform's part of what services earn, and the way to where it is set.

use leptos::prelude::*;

use super::state::House;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::Card;

/// What it is. It is set beside the figures that follow it.
#[component]
pub(super) fn ShareBlock(house: House) -> Node {
    let t = use_i18n();
    let told = move || {
        let share = house.read(|it| it.platform_share.to_string())?;
        Some(t.house_share_text(format::decimal(t.locale(), &share)))
    };
    view! {
        <Card title=tr(I18n::provider_share)>
            <div class="settings-way">
                <p>{told}</p>
                <a class="button" href="/provider/revenue">{tr(I18n::house_share_link)}</a>
            </div>
        </Card>
    }
}
