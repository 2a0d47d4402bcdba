//! The application: what all pages share, and which page an address leads to.

use leptos::prelude::*;

use crate::dom::{Node, mount_to, view};
use crate::i18n::{I18n, Locale};
use crate::names::Names;
use crate::page::Visit;
use crate::pages::{NotFoundPage, SettingsPage, SignInPage, compose, credits, portal, prices};
use crate::part::{self, PartPage, Parts};
use crate::plans::PlansState;
use crate::reactive::effect;
use crate::router::{Location, is_within};
use crate::shell::Shell;
use crate::state::{Accounts, Composer, Visitor};
use crate::theme::Themes;
use crate::ui::Toasts;
use crate::{letters, panic, settings};

/// Replaces the skeleton that `index.html` paints by the application, as soon as the texts of its
/// language and what the first page needs are there.
pub fn start() {
    panic::install();
    letters::start();
    let path = window().location().pathname().unwrap_or_default();
    I18n::load(Locale::preferred(), move |_| part::load(&path, mount));
}

fn mount() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    if let Some(body) = document().body() {
        mount_to(&body, App).forever();
    }
}

/// The paths of the pages that [`portal`] has.
const PORTAL: [&str; 2] = ["/services", "/orders"];

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
    Parts::start();
    Visit::start();
    PlansState::start();
    Names::start(i18n);
    Accounts::start(Visitor::start(), Composer::start());
    let location = Location::start();
    let page = move || {
        let path = location.pathname.get();
        match path.trim_end_matches('/') {
            "/sign-in" => view! { <SignInPage/> },
            "/prices" => view! { <PartPage path="/prices" pages=prices::page/> },
            "/buy" => view! { <PartPage path="/buy" pages=credits::page/> },
            "/settings" => view! { <SettingsPage/> },
            path @ ("" | "/compose") => {
                view! { <PartPage path=path.to_owned() pages=compose::page/> }
            }
            path if PORTAL.iter().any(|page| is_within(path, page)) => {
                view! { <PartPage path=path.to_owned() pages=portal::page/> }
            }
            _ => view! { <NotFoundPage/> },
        }
    };
    view! { <Shell>{page}</Shell> }
}
