//! The count for those who hear it.

use std::time::Duration;

use iap_core::sms::Encoding;
use leptos::prelude::*;

use super::state::use_composer;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{Count, use_i18n};
use crate::pause::Pause;
use crate::reactive::{RwSignal, effect};
use crate::ui::text;

/// How long typing pauses before the count is said. A screen reader that spoke at every key would
/// drown what is typed.
const PAUSE: Duration = Duration::from_secs(1);

/// A polite live region that says encoding, parts and cost when typing pauses.
#[component]
pub fn Announcer() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let said = RwSignal::new(String::new());
    let pause = Pause::new(PAUSE);
    let say = move || {
        let count = composer.shown.with_untracked(|shown| shown.count);
        if count.parts == 0 {
            said.set(String::new());
            return;
        }
        let encoding = match count.encoding {
            Encoding::Gsm7 => "GSM-7",
            Encoding::Ucs2 => "Unicode",
        };
        let mut text = t.announce_count(encoding, t.compose_parts(count.parts), count.left);
        let total = composer.quote.with_untracked(|quote| quote.as_ref().map(|quote| quote.total));
        if let Some(total) = total.filter(|total| !total.is_zero()) {
            let shown = format::credits(t.locale(), total);
            let credits = t.compose_credits(Count::shown_as(total.to_string(), shown));
            text.push(' ');
            text += &t.announce_cost(credits);
        }
        said.set(text);
    };
    effect(move |first| {
        composer.shown.track();
        composer.quote.track();
        // What is there when the page opens is read with the page.
        if !first {
            pause.begin(say);
        }
    });
    on_cleanup(move || pause.end());
    view! { <div class="visually-hidden" role="status" aria-live="polite">{text(move || said.get())}</div> }
}
