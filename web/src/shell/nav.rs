//! The navigation.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::Signal;
use crate::router::{is_within, use_location};
use crate::settings::use_settings;
use crate::state::use_visitor;
use crate::ui::{Icon, IconName, When, condition};

/// A page in the navigation: its address, its icon, its name.
struct Entry(&'static str, IconName, fn(I18n) -> &'static str);

const MESSAGES: &[Entry] = &[Entry("/compose", IconName::Compose, I18n::nav_compose)];
const CREDITS: &[Entry] = &[
    Entry("/services", IconName::Coins, I18n::nav_services),
    Entry("/consumption", IconName::Trend, I18n::consumption_title),
    Entry("/catalogue", IconName::Grid, I18n::nav_catalogue),
    Entry("/orders", IconName::Receipt, I18n::nav_orders),
    Entry("/prices", IconName::Tag, I18n::nav_prices),
];
/// For those who offer services.
const PROVIDER: &[Entry] = &[
    Entry("/provider", IconName::Building, I18n::nav_offered),
    Entry("/provider/revenue", IconName::Chart, I18n::nav_revenue),
];
const CONNECT: &[Entry] = &[Entry("/settings", IconName::Sliders, I18n::nav_settings)];

/// Shown to those who run the server.
const OPERATOR: &[Entry] = &[
    Entry("/operator/databases", IconName::Screen, I18n::databases_title),
    Entry("/operator/users", IconName::People, I18n::users_title),
    Entry("/operator/prices", IconName::Tag, I18n::nav_operator_prices),
    Entry("/operator/outbox", IconName::Letter, I18n::outbox_title),
    Entry("/operator/audit", IconName::Receipt, I18n::audit_title),
    Entry("/operator/health", IconName::Pulse, I18n::health_title),
    Entry("/operator/settings", IconName::Sliders, I18n::house_title),
];
/// For those who switched developer mode on.
const TECHNICAL: &[Entry] = &[Entry("/technical", IconName::Code, I18n::nav_technical)];

/// The name of the application, and the way to its first page.
#[component]
pub(super) fn Brand() -> Node {
    view! { <a class="brand" href="/compose">"iap"</a> }
}

/// The pages, in groups.
#[component]
pub(super) fn Nav() -> Node {
    let visitor = use_visitor();
    let settings = use_settings();
    let developer = Signal::derive(move || settings.get().developer);
    view! {
        <nav class="nav" aria-label=tr(I18n::nav_label)>
            <Group entries=MESSAGES/>
            <p class="nav-group">{tr(I18n::nav_credits)}</p>
            <Group entries=CREDITS/>
            <p class="nav-group">{tr(I18n::nav_application)}</p>
            <Group entries=CONNECT/>
            <When when=developer>
                <Group entries=TECHNICAL/>
            </When>
            // Behind the others: they come when it is known who is there, and nothing is to move then.
            <When when=condition(move || visitor.may_provide())>
                <p class="nav-group">{tr(I18n::nav_provider)}</p>
                <Group entries=PROVIDER/>
            </When>
            <When when=condition(move || visitor.operates())>
                <p class="nav-group">{tr(I18n::nav_operator)}</p>
                <Group entries=OPERATOR/>
            </When>
        </nav>
    }
}

#[component]
fn Group(entries: &'static [Entry]) -> Node {
    let pathname = use_location().pathname;
    let links: Vec<_> = entries
        .iter()
        .map(|Entry(path, icon, name)| {
            let current = move || {
                // Of two that lie within each other the longer one is meant.
                let longer = |now: &str| {
                    entries.iter().any(|it| it.0.len() > path.len() && is_within(now, it.0))
                };
                let here = |now: &String| is_within(now, path) && !longer(now);
                pathname
                    .with(|now| here(now) || (now == "/" && *path == "/compose"))
                    .then_some("page")
            };
            view! {
                <li>
                    <a href=*path aria-current=current>
                        <Icon name=*icon/>
                        {tr(*name)}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <ul role="list">{links}</ul> }
}
