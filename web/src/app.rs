//! The application: what all pages share, and which page an address leads to.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::dom::{Node, mount_to, view};
use crate::i18n::{I18n, Locale};
use crate::names::Names;
use crate::page::Visit;
use crate::pages::{
    NotFoundPage, SignInPage, catalogue, compose, credits, customers, operator, portal, prices,
    provider,
};
use crate::part::{self, PartPage, Parts};
use crate::plans::PlansState;
use crate::reactive::effect;
use crate::router::Location;
use crate::shell::Shell;
use crate::state::{Accounts, Rates, Root, Visitor};
use crate::theme::Themes;
use crate::ui::Toasts;
use crate::{letters, pages, panic, settings};

/// Replaces the skeleton that `index.html` paints by the application, as soon as the texts of its
/// language and what the first page needs are there.
pub fn start() {
    panic::install();
    letters::start();
    let path = window().location().pathname().unwrap_or_default();
    spawn_local(async move {
        part::load_first(&path, Locale::preferred()).await;
        mount();
    });
}

fn mount() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    if let Some(body) = document().body() {
        mount_to(&body, App).forever();
    }
}

/// What makes the pages under a path, if they are in a part of the program (`web/texts/src/part.rs`).
fn pages_of(path: &str) -> Option<fn(&str) -> Node> {
    let mut segments = path.trim_start_matches('/').split('/');
    let (first, second) = (segments.next()?, segments.next());
    Some(match first {
        "" | "compose" => compose::page,
        "services" | "consumption" | "technical" => portal::page,
        "catalogue" => catalogue::page,
        "settings" => pages::settings::page,
        "buy" | "orders" => credits::page,
        "prices" => prices::page,
        "operator" if matches!(second, Some("databases" | "users")) => customers::page,
        "operator" => operator::page,
        "provider" => provider::page,
        _ => return None,
    })
}

/// The whole application.
#[component]
pub fn App() -> Node {
    let i18n = I18n::start();
    Themes::start();
    settings::start();
    let toasts = Toasts::start();
    effect(move |_| {
        if let Some(missing) = i18n.missing() {
            toasts.show(i18n.language_missing(missing.endonym()));
        }
    });
    Root::start();
    Parts::start();
    Visit::start();
    PlansState::start();
    Names::start(i18n);
    let visitor = Visitor::start();
    Rates::start(visitor);
    Accounts::start(visitor);
    let location = Location::start();
    let page = move || {
        let path = location.pathname.get();
        match path.trim_end_matches('/') {
            "/sign-in" => view! { <SignInPage/> },
            path => pages_of(path).map_or_else(
                || view! { <NotFoundPage/> },
                |pages| view! { <PartPage path=path.to_owned() pages=pages/> },
            ),
        }
    };
    view! { <Shell>{page}</Shell> }
}
