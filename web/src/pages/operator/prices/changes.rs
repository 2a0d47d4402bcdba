//! What an import would change, as a table.

use iap_core::api::{RateCardPreview, RateDelta, RateLine};
use iap_core::pricing::{RateKind, RateWarning};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::dom::{Children, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, Signal, StoredValue};
use crate::ui::{
    Button, EmptyState, IconName, SearchBar, Segmented, TableScroll, When, condition, text,
};

/// A text of the page.
type Text = fn(I18n) -> &'static str;

/// How many rows are shown before one asks for all.
const FIRST_ROWS: usize = 50;

/// What happens to a rate, by the word with which it is chosen.
fn kind(delta: &RateDelta) -> &'static str {
    match (&delta.old, &delta.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

/// The changes with their counts, to be filtered and searched; the children import them.
#[component]
pub(super) fn Changes(preview: RateCardPreview, children: Children) -> Node {
    let t = use_i18n();
    let counts = [preview.added, preview.changed, preview.removed, preview.warnings];
    let nothing = counts.iter().sum::<i64>() == 0;
    let capped = preview.changes.len() == RateCardPreview::MOST;
    let against = preview.against;
    if nothing {
        return view! {
            <EmptyState
                icon=IconName::Check
                title=tr(I18n::rate_cards_nothing)
                text=tr(I18n::rate_cards_nothing_text)
            />
        };
    }
    let all = StoredValue::new(preview.changes);
    let chosen = RwSignal::new("all");
    let search = RwSignal::new(String::new());
    let whole = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let (chosen, locale) = (chosen.get(), t.locale());
        let search = search.with(|search| format::fold(locale, search.trim()));
        all.with_value(|all| {
            all.iter()
                .filter(|it| match chosen {
                    "all" => true,
                    "warned" => it.warning.is_some(),
                    word => kind(it) == word,
                })
                .filter(|it| search.is_empty() || named(t, it).contains(&search))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let options = options(t, counts);
    let compared = move || match against {
        Some(version) => t.rate_cards_against(version.to_string()),
        None => t.rate_cards_against_sample().to_owned(),
    };
    view! {
        <section class="rate-changes" aria-label=tr(I18n::rate_cards_preview)>
            <h3>{tr(I18n::rate_cards_preview)}</h3>
            <p class="soft" role="status">{text(compared)}</p>
            <Segmented
                label=tr(I18n::rate_cards_preview)
                options=options
                value=Signal::derive(move || chosen.get())
                on_change=move |word: &'static str| chosen.set(word)
                bare=true
            />
            <SearchBar
                label=tr(I18n::prices_search)
                value=search
                found=move || t.rate_cards_found(shown.with(Vec::len))
                on_change=move |typed: String| search.set(typed)
            />
            <When when=condition(move || shown.with(Vec::is_empty))>
                <p class="soft">{tr(I18n::rate_cards_none)}</p>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <TableScroll label=tr(I18n::rate_cards_preview)>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{tr(I18n::prices_country)}</th>
                                <th scope="col" class="number">{tr(I18n::rate_cards_before)}</th>
                                <th scope="col" class="number">{tr(I18n::rate_cards_after)}</th>
                                <th scope="col" class="number">{tr(I18n::rate_cards_rise)}</th>
                                <th scope="col">{tr(I18n::rate_cards_warned)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                let most = if whole.get() { usize::MAX } else { FIRST_ROWS };
                                shown.with(|shown| {
                                    shown.iter().take(most).map(|it| line(t, it)).collect::<Vec<_>>()
                                })
                            }}
                        </tbody>
                    </table>
                </TableScroll>
                <When when=condition(move || !whole.get() && shown.with(Vec::len) > FIRST_ROWS)>
                    <p class="rates-more">
                        <Button on:click=move |_| whole.set(true)>
                            {move || t.prices_show_rest(shown.with(Vec::len).saturating_sub(FIRST_ROWS))}
                        </Button>
                    </p>
                </When>
            </When>
            {capped.then(|| view! { <p class="soft">{tr(I18n::rate_cards_capped)}</p> })}
            <div class="rate-actions">{children()}</div>
        </section>
    }
}

/// What can be chosen: all, or one kind with how many there are of it.
fn options(t: I18n, counts: [i64; 4]) -> Vec<(&'static str, TextProp, Option<IconName>)> {
    let texts: [(&'static str, Text); 4] = [
        ("added", I18n::rate_cards_added),
        ("changed", I18n::rate_cards_changed),
        ("removed", I18n::rate_cards_removed),
        ("warned", I18n::rate_cards_warned),
    ];
    let mut options = vec![("all", TextProp::from(tr(I18n::rate_cards_all)), None)];
    for ((word, name), count) in texts.into_iter().zip(counts) {
        let label = move || format!("{} {}", name(t), t.number(count));
        options.push((word, TextProp::from(label), None));
    }
    options
}

/// The rate that says what it is about.
fn about(delta: &RateDelta) -> Option<&RateLine> {
    delta.new.as_ref().or(delta.old.as_ref())
}

/// The country, and the prefix where the rate is for one.
fn name(t: I18n, rate: &RateLine) -> (String, String) {
    let country = if rate.country.is_empty() {
        t.prices_no_country().to_owned()
    } else {
        format::region(t.locale(), &rate.country)
    };
    (country, rate.prefix.parse().map(format::prefix).unwrap_or_default())
}

/// What a change is found by: country, letters and digits.
fn named(t: I18n, delta: &RateDelta) -> String {
    let Some(rate) = about(delta) else { return String::new() };
    let (country, _) = name(t, rate);
    format::fold(t.locale(), &format!("{country} {} +{}", rate.country, rate.prefix))
}

fn line(t: I18n, delta: &RateDelta) -> Node {
    let (country, prefix) = about(delta).map(|rate| name(t, rate)).unwrap_or_default();
    let price = |rate: &Option<RateLine>| match rate {
        None => "–".to_owned(),
        Some(rate) => match (rate.credits_per_part, rate.kind) {
            (Some(price), _) => format::credits(t.locale(), price),
            (None, RateKind::Premium) => t.prices_premium().to_owned(),
            (None, _) => t.prices_blocked().to_owned(),
        },
    };
    let rise = delta.per_mille.map(|it| rise(t, it)).unwrap_or_default();
    // A price that stays may be valid from another day.
    let days = match (&delta.old, &delta.new) {
        (Some(old), Some(new)) if old.valid_from != new.valid_from => {
            Some(format!("{} → {}", old.valid_from, new.valid_from))
        }
        _ => None,
    };
    let (class, word) = match kind(delta) {
        "added" => ("pill", t.rate_cards_added()),
        "removed" => ("pill pill-quiet", t.rate_cards_removed()),
        _ => ("", ""),
    };
    let pill = (!word.is_empty()).then(|| view! { <span class=class>{word}</span> });
    let warning = delta.warning.map(|warning| {
        let text = match warning {
            RateWarning::MoreThanDoubled => t.rate_cards_doubled(),
            RateWarning::MoreThanHalved => t.rate_cards_halved(),
            RateWarning::Free => t.rate_cards_free(),
            RateWarning::NotDelivered => t.rate_cards_not_delivered(),
            RateWarning::Delivered => t.rate_cards_delivered(),
        };
        view! { <span class="pill pill-warning">{text}</span> }
    });
    view! {
        <tr>
            <th scope="row">
                {country} " " <span class="soft">{prefix}</span>
                {days.map(|days| view! { <div class="soft">{days}</div> })}
            </th>
            <td class="number">{price(&delta.old)}</td>
            <td class="number">{price(&delta.new)}</td>
            <td class="number">{rise}</td>
            <td>{warning} {pill}</td>
        </tr>
    }
}

/// Thousandths as per cent with a sign: `+12.5 %`.
fn rise(t: I18n, per_mille: i64) -> String {
    let size = per_mille.unsigned_abs();
    let sign = if per_mille < 0 { "−" } else { "+" };
    let shown = format::decimal(t.locale(), &format!("{}.{}", size / 10, size % 10));
    format!("{sign}{shown}\u{A0}%")
}
