//! What the server is, in figures.

use iap_core::api::{DatabaseEngine, Health, MailMeans};
use iap_core::billing::PaymentMeans;
use leptos::prelude::*;

use super::Known;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::Card;

/// What it is called, and how it is written.
type Figure = (fn(I18n) -> &'static str, fn(I18n, &Health) -> String);

const FIGURES: [Figure; 11] = [
    (I18n::health_version, |_, health| health.version.clone()),
    (I18n::health_since, |t, health| format::moment(t.locale(), health.started_at)),
    (I18n::health_database, database),
    (I18n::health_size, |t, health| bytes(t, health.database.size)),
    (I18n::health_answers, |t, health| time(t, health.database.answered_in)),
    (I18n::health_schema, |t, health| {
        let database = &health.database;
        t.health_steps(t.number(database.schema), t.number(database.known_schema))
    }),
    (I18n::health_followers, |t, health| t.number(health.followers)),
    (I18n::health_waiting, |t, health| t.number(health.mails.waiting)),
    (I18n::health_failed, |t, health| t.number(health.mails.failed)),
    (I18n::health_mails, |t, health| match health.mails.means {
        MailMeans::Smtp => t.health_by_smtp().to_owned(),
        MailMeans::Folder => t.health_by_folder().to_owned(),
    }),
    (I18n::health_payments, |t, health| match health.payments {
        PaymentMeans::Transfer => t.health_by_transfer().to_owned(),
        PaymentMeans::Card => t.health_by_card().to_owned(),
        PaymentMeans::Demo => t.health_by_demo().to_owned(),
    }),
];

/// All figures.
#[component]
pub(super) fn Figures(known: Known) -> Node {
    let t = use_i18n();
    let sandbox = move || {
        let is_on = known.read(|health| health.sandbox)?;
        Some(if is_on { t.health_on() } else { t.health_off() })
    };
    let figure = |(name, write): Figure| {
        let value = move || known.read(|health| write(t, health));
        view! { <div><dt>{tr(name)}</dt><dd>{value}</dd></div> }
    };
    let figures: Vec<Node> = FIGURES.into_iter().map(figure).collect();
    view! {
        <Card title=tr(I18n::health_server)>
            <dl class="facts">
                {figures}
                <div><dt>{tr(I18n::health_sandbox)}</dt><dd>{sandbox}</dd></div>
            </dl>
        </Card>
    }
}

fn database(_: I18n, health: &Health) -> String {
    let name = match health.database.engine {
        DatabaseEngine::Sqlite => "SQLite",
        DatabaseEngine::Postgresql => "PostgreSQL",
    };
    format!("{name} {}", health.database.version)
}

/// A size in the unit that leaves few digits.
fn bytes(t: I18n, bytes: u64) -> String {
    let (size, unit) = match bytes {
        0..1_000_000 => (tenths(bytes, 1_000), "kilobyte"),
        1_000_000..1_000_000_000 => (tenths(bytes, 1_000_000), "megabyte"),
        _ => (tenths(bytes, 1_000_000_000), "gigabyte"),
    };
    format::unit(t.locale(), &size, unit, false)
}

/// A time in microseconds, in milliseconds or seconds.
fn time(t: I18n, micros: u64) -> String {
    let (time, unit) = match micros {
        0..1_000_000 => (tenths(micros, 1_000), "millisecond"),
        _ => (tenths(micros, 1_000_000), "second"),
    };
    format::unit(t.locale(), &time, unit, false)
}

/// How many of a unit, with one decimal, as programs write it.
pub(super) fn tenths(number: u64, unit: u64) -> String {
    let tenth = (unit / 10).max(1);
    let tenths = number.saturating_add(tenth / 2) / tenth;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn rounded_to_a_tenth() {
        for (number, unit, expected) in [
            (0, 1_000, "0.0"),
            (49, 1_000, "0.0"),
            (50, 1_000, "0.1"),
            (1_250, 1_000, "1.3"),
            (999_960, 1_000_000, "1.0"),
            (u64::MAX, 1_000, "18446744073709551.6"),
        ] {
            assert_eq!(tenths(number, unit), expected, "{number}");
        }
    }
}
