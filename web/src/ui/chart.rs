//! Charts: amounts over time.

use std::fmt::Write as _;

use iap_core::pricing::Credits;
use leptos::ev;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::dom::{ElementRef, Node, view};
use crate::reactive::{Memo, RwSignal};

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// How high it is; below nothing it is not drawn.
    pub value: Credits,
    /// What is told of it.
    pub text: String,
}

/// Units that a chart is high, and those from one value to the next; the browser stretches both to the
/// place there is.
const HEIGHT: i64 = 1_000;
const STEP: usize = 10;

/// Bars side by side. What one of them stands for is told when it is pointed at, or chosen with the
/// arrow keys; to screen readers it is a slider whose values are the bars.
#[component]
pub fn BarChart(
    /// What is drawn.
    #[prop(into)]
    label: TextProp,
    /// What is told while no bar is chosen.
    #[prop(into)]
    hint: TextProp,
    /// The bars.
    bars: Memo<Vec<Bar>>,
) -> Node {
    let chart = ElementRef::<web_sys::HtmlElement>::new();
    let chosen = RwSignal::new(None::<usize>);
    let number = move || bars.with(Vec::len);
    let last = move || number().saturating_sub(1);
    let point = move |event: ev::PointerEvent| {
        let Some(chart) = chart.get_untracked() else { return };
        let at = usize::try_from(event.offset_x()).unwrap_or_default();
        let width = usize::try_from(chart.client_width()).unwrap_or_default().max(1);
        chosen.set(Some((at * number() / width).min(last())));
    };
    let press = move |event: ev::KeyboardEvent| {
        let now = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.map_or(last(), |now| now.saturating_sub(1)),
            "ArrowRight" | "ArrowUp" => now.map_or(last(), |now| (now + 1).min(last())),
            "Home" => 0,
            "End" => last(),
            _ => return,
        };
        event.prevent_default();
        chosen.set(Some(to));
    };
    // There may be fewer bars than when it was chosen.
    let told = move || {
        let chosen = chosen.get()?;
        bars.with(|bars| bars.get(chosen).map(|bar| bar.text.clone()))
    };
    let drawn = move |only: Option<usize>| {
        let values: Vec<Credits> = bars.with(|bars| bars.iter().map(|bar| bar.value).collect());
        bar_path(&values, only)
    };
    view! {
        <div
            node_ref=chart
            class="chart"
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="1"
            aria-valuemax=move || number().to_string()
            aria-valuenow=move || (chosen.get().unwrap_or_else(last) + 1).to_string()
            aria-valuetext=told
            on:pointermove=point
            on:pointerdown=point
            on:pointerleave=move |_| chosen.set(None)
            on:keydown=press
        >
            <svg
                viewBox=move || format!("0 0 {} {HEIGHT}", number().max(1) * STEP)
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
            >
                <path class="chart-bars" d=move || drawn(None)/>
                <path class="chart-chosen" d=move || chosen.get().map(|it| drawn(Some(it)))/>
            </svg>
        </div>
        <p class="chart-told" aria-hidden="true">
            {move || told().unwrap_or_else(|| hint.get().into_owned())}
        </p>
    }
}

/// The bars as one path, or one of them.
fn bar_path(values: &[Credits], only: Option<usize>) -> String {
    let highest = highest(values);
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        if value.millionths() <= 0 || only.is_some_and(|only| only != place) {
            continue;
        }
        // What is something is seen.
        let height = share(value.millionths(), highest).max(HEIGHT / 60);
        let left = place * STEP + 1;
        // Writing to a text never fails.
        let _ = write!(path, "M{left} {HEIGHT}v-{height}h{}v{height}z", STEP - 2);
    }
    path
}

fn highest(values: &[Credits]) -> i64 {
    values.iter().map(|value| value.millionths()).max().unwrap_or_default().max(1)
}

/// How high a value is drawn, beside the highest.
fn share(value: i64, highest: i64) -> i64 {
    let share = i128::from(value.max(0)) * i128::from(HEIGHT) / i128::from(highest);
    i64::try_from(share).unwrap_or(HEIGHT)
}

/// A small line of amounts over time, for a row of a table. It says nothing that does not stand
/// beside it.
#[component]
pub fn Sparkline(
    /// The amounts.
    values: Vec<Credits>,
) -> Node {
    let highest = highest(&values);
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        let down = HEIGHT - share(value.millionths(), highest);
        let _ = write!(path, "{letter}{} {down}", place * STEP);
    }
    let width = values.len().saturating_sub(1).max(1) * STEP;
    view! {
        <svg
            class="sparkline"
            viewBox=format!("0 -40 {width} {}", HEIGHT + 80)
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            <path d=path/>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(of: &[i64]) -> Vec<Credits> {
        of.iter().map(|&it| Credits::from_millionths(it)).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_share_of_the_highest() {
        assert_eq!(bar_path(&values(&[1, 2]), None), "M1 1000v-500h8v500zM11 1000v-1000h8v1000z");
        assert_eq!(bar_path(&values(&[1, 2]), Some(0)), "M1 1000v-500h8v500z");
        // What is nothing, or was given back, is not drawn; what is something is seen.
        assert_eq!(
            bar_path(&values(&[0, -5, 1, 1_000]), None),
            "M21 1000v-16h8v16zM31 1000v-1000h8v1000z"
        );
        assert_eq!(bar_path(&[], None), "");
        assert_eq!(bar_path(&values(&[i64::MAX]), None), "M1 1000v-1000h8v1000z");
    }
}
