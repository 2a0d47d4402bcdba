//! The parts as bars.

use leptos::prelude::*;

use super::state::use_composer;
use crate::dom::{Node, view};
use crate::i18n::use_i18n;
use crate::reactive::{RwSignal, memo};
use crate::ui::{Row, Rows, When, condition, each, rows, text};

/// So many bars are drawn; more would only be a texture.
const BARS: usize = 30;

/// A bar for each part, as full as the part is.
#[component]
pub fn Parts() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let parts = memo(move || composer.shown.with(|shown| shown.parts.len()));
    let fills = each(move || {
        composer.shown.with(|shown| {
            let parts = shown.parts.iter().take(BARS);
            parts.map(|part| (part.units, part.capacity)).collect()
        })
    });
    let more = move || parts.get().saturating_sub(BARS);
    let bars = move || {
        let fills = fills.get().into_iter().enumerate();
        fills
            .map(|(place, fill)| Row::new(place, move || view! { <Bar place=place fill=fill/> }))
            .collect()
    };
    view! {
        <When when=condition(move || { parts.get() > 0 })>
            <ol class="bars" role="list">
                <Rows rows=rows(bars)/>
            </ol>
        </When>
        <When when=condition(move || { more() > 0 })>
            <p class="soft">{text(move || t.message_more_parts(more()))}</p>
        </When>
    }
}

#[component]
fn Bar(place: usize, fill: RwSignal<(u32, u32)>) -> Node {
    let t = use_i18n();
    let share = move || {
        let (used, capacity) = fill.get();
        format!("{}%", used * 100 / capacity.max(1))
    };
    let label = move || {
        let (used, capacity) = fill.get();
        t.message_bar(place + 1, used, capacity)
    };
    let numbers = move || {
        let (used, capacity) = fill.get();
        format!("{used} / {capacity}")
    };
    view! {
        <li>
            <div class="bar" role="img" aria-label=text(label)>
                <div class="bar-fill" style=("--share", text(share))></div>
            </div>
            <div class="bar-units" aria-hidden="true">
                {text(numbers)}
            </div>
        </li>
    }
}
