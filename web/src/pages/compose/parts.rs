//! The parts as bars.

use leptos::prelude::*;

use crate::i18n::use_i18n;
use crate::state::use_composer;

/// So many bars are drawn; more would only be a texture.
const BARS: usize = 30;

/// A bar for each part, as full as the part is.
#[component]
pub fn Parts() -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let parts = Memo::new(move |_| composer.shown.with(|shown| shown.parts.len()));
    let more = move || parts.get().saturating_sub(BARS);
    view! {
        <ol class="bars" role="list">
            <For each=move || 0..parts.get().min(BARS) key=|place| *place let:place>
                <Bar place=place/>
            </For>
        </ol>
        <Show when=move || { more() > 0 }>
            <p class="soft">{move || t.message_more_parts(more())}</p>
        </Show>
    }
}

#[component]
fn Bar(place: usize) -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let units = Memo::new(move |_| {
        composer
            .shown
            .with(|shown| shown.parts.get(place).map_or((0, 1), |part| (part.units, part.capacity)))
    });
    let share = move || {
        let (used, capacity) = units.get();
        format!("{}%", used * 100 / capacity.max(1))
    };
    let label = move || {
        let (used, capacity) = units.get();
        t.message_bar(place + 1, used, capacity)
    };
    view! {
        <li>
            <div class="bar" role="img" aria-label=label>
                <div class="bar-fill" style=("--share", share)></div>
            </div>
            <div class="bar-units" aria-hidden="true">
                {move || units.get().0} " / " {move || units.get().1}
            </div>
        </li>
    }
}
