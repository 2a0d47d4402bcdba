//! The application: what all pages share, and which page an address leads to.

use leptos::prelude::*;

use crate::dom::{Node, mount_to, view};
use crate::i18n::{I18n, Locale};
use crate::names::Names;
use crate::page::Visit;
use crate::pages::{
    AccountPage, AccountsPage, BuyPage, ComposePage, DocumentationPage, NotFoundPage, OfferPage,
    OffersPage, OrdersPage, PricesPage, RevenuePage, SettingsPage, SignInPage,
};
use crate::plans::PlansState;
use crate::reactive::effect;
use crate::router::Location;
use crate::shell::Shell;
use crate::state::{Accounts, Composer, Visitor};
use crate::theme::Themes;
use crate::ui::Toasts;
use crate::{letters, panic, settings};

/// Replaces the skeleton that `index.html` paints by the application, as soon as the texts of its
/// language are there.
pub fn start() {
    panic::install();
    letters::start();
    I18n::load(Locale::preferred(), |_| mount());
}

fn mount() {
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    if let Some(body) = document().body() {
        mount_to(&body, App).forever();
    }
}

/// The key that stands in a path behind `before`.
fn key(path: &str, before: &str) -> Option<i64> {
    path.strip_prefix(before)?.parse().ok()
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
    Visit::start();
    PlansState::start();
    Names::start(i18n);
    Accounts::start(Visitor::start(), Composer::start());
    let location = Location::start();
    let page = move || {
        let path = location.pathname.get();
        match path.trim_end_matches('/') {
            "" | "/compose" => view! { <ComposePage/> },
            "/services" => view! { <AccountsPage/> },
            path if let Some(id) = key(path, "/services/") => view! { <AccountPage id=id/> },
            "/provider" => view! { <OffersPage/> },
            "/provider/revenue" => view! { <RevenuePage/> },
            path if let Some(id) = key(path, "/provider/services/") => {
                view! { <OfferPage id=id/> }
            }
            path if let Some(id) = path
                .strip_suffix("/documentation")
                .and_then(|path| key(path, "/provider/services/")) =>
            {
                view! { <DocumentationPage id=id/> }
            }
            "/orders" => view! { <OrdersPage/> },
            "/sign-in" => view! { <SignInPage/> },
            "/buy" => view! { <BuyPage/> },
            "/prices" => view! { <PricesPage/> },
            "/settings" => view! { <SettingsPage/> },
            _ => view! { <NotFoundPage/> },
        }
    };
    view! { <Shell>{page}</Shell> }
}
