//! What sending costs.

use iap_core::pricing::{Credits, Outcome, Quote, QuoteLine};
use iap_core::sort::sorted;
use leptos::ev;
use leptos::prelude::*;

use super::quote_file;
use super::short::MessageShort;
use super::state::use_composer;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{Count, I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::{use_accounts, use_rates};
use crate::ui::{Button, ButtonKind, Card, Icon, IconName, condition};

/// So many countries are listed before the rest is folded away.
const LINES: usize = 6;

/// The total, where it comes from, and the balance after it.
#[component]
pub fn CostCard() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let accounts = use_accounts();
    let short = RwSignal::new(false);
    let save = move |_: ev::MouseEvent| quote_file::save(t, composer);
    view! {
        <Card
            title=tr(I18n::cost_title)
            class="cost"
            aside=move || view! { <span class="soft">{move || since(t)}</span> }
        >
            {move || match composer.quote.get() {
                None => view! { <p class="warning warning-bad">{t.cost_too_large()}</p> },
                Some(quote) => quoted(t, &quote, accounts.has_balance(), short),
            }}
            <div class="cost-actions">
                <a class="button" href="/prices"><Icon name=IconName::Tag/> {tr(I18n::cost_prices)}</a>
                <Button
                    icon=IconName::Download
                    disabled=condition(move || composer.list.with(|list| list.all().is_empty()))
                    on:click=save
                >
                    {tr(I18n::cost_save)}
                </Button>
            </div>
            <MessageShort open=short/>
        </Card>
    }
}

/// Whether the prices are made up, or since when they are valid.
fn since(t: I18n) -> String {
    use_rates().prices.with(|prices| match prices.valid_from {
        Some(at) if !prices.card.is_sample() => t.cost_since(format::moment(t.locale(), at)),
        _ => t.cost_sample().to_owned(),
    })
}

/// A function and no component: what it reads of the language is followed by the caller.
///
/// As long as the balance is not known, nothing is said that depends on it.
fn quoted(t: I18n, quote: &Quote, has_balance: bool, open: RwSignal<bool>) -> Node {
    let amount = move |credits: Credits| format::credits(t.locale(), credits);
    let mut lines = sorted(quote.lines.clone(), &|a, b| b.subtotal.cmp(&a.subtotal));
    let rest = lines.split_off(LINES.min(lines.len()));
    let row = move |line: &QuoteLine| {
        view! {
            <dt>{line_text(t, line)}</dt>
            <dd>{amount(line.subtotal)}</dd>
        }
    };
    let rows = |lines: &[QuoteLine]| lines.iter().map(row).collect::<Vec<_>>();
    let shown = rows(&lines);
    let folded = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.cost_more(rest.len())}</summary>
                <dl class="sums">{rows(&rest)}</dl>
            </details>
        }
    });
    // What is not known yet has its place, so that nothing moves when it is.
    let unknown = (!has_balance).then_some("cost-unknown");
    let after = match quote.outcome {
        Outcome::Enough { after } => view! {
            <dt>{t.cost_after()}</dt>
            <dd class=unknown><strong>{amount(after)}</strong></dd>
        },
        Outcome::Short { missing } if !has_balance => view! {
            <dt>{t.cost_after()}</dt>
            <dd class=unknown><strong>{amount(missing)}</strong></dd>
        },
        Outcome::Short { missing } => view! {
            <dt class="bad">{t.cost_missing()}</dt>
            <dd class="bad"><strong>{amount(missing)}</strong></dd>
        },
    };
    let short = match quote.outcome {
        Outcome::Enough { .. } => None,
        _ if !has_balance => None,
        Outcome::Short { missing } => {
            let missing = t.compose_credits(Count::shown_as(missing.to_string(), amount(missing)));
            Some(view! {
                <div class="tip tip-bad">
                    <span>{t.cost_short(missing)}</span>
                    <Button
                        kind=ButtonKind::Primary
                        attr:aria-haspopup="dialog"
                        on:click=move |_| open.set(true)
                    >
                        {t.cost_buy()}
                    </Button>
                </div>
            })
        }
    };
    view! {
        <p class="total">
            <span class="total-amount">{amount(quote.total)}</span>
            " "
            <span class="soft">{t.cost_unit()}</span>
        </p>
        {if quote.lines.is_empty() {
            view! { <p class="soft">{t.cost_nothing()}</p> }
        } else {
            view! { <dl class="sums">{shown}</dl> {folded} }
        }}
        <dl class="sums sums-balance">
            <dt>{t.cost_balance()}</dt>
            <dd class=unknown>{amount(quote.balance)}</dd>
            {after}
        </dl>
        {short}
    }
}

/// `Belgium, 2 × 3 parts × 0.0616`; with parts that differ, `Belgium, 7 parts × 0.0616`.
fn line_text(t: I18n, line: &QuoteLine) -> String {
    let country = match (line.country, line.rate.prefix()) {
        (Some(country), _) => format::region(t.locale(), country.as_str()),
        (None, Some(prefix)) => format!("+{prefix}"),
        (None, None) => String::new(),
    };
    let price = format::credits(t.locale(), line.price.credits());
    let each = line.parts.checked_div(line.recipients).unwrap_or(0);
    if each * line.recipients == line.parts {
        t.cost_line(country, line.recipients, t.compose_parts(each), price)
    } else {
        t.cost_line_mixed(country, t.compose_parts(line.parts), price)
    }
}
