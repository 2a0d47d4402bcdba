//! The application: what all pages share, and which page an address leads to.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

use crate::i18n::I18n;
use crate::page::Visit;
use crate::pages::{BuyPage, ComposePage, NotFoundPage, PricesPage, SettingsPage};
use crate::shell::Shell;
use crate::state::Composer;
use crate::theme::Themes;
use crate::ui::Toasts;
use crate::{panic, settings};

/// Replaces the skeleton that `index.html` paints by the application.
pub fn start() {
    panic::install();
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
    mount_to_body(App);
}

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    I18n::start();
    Themes::start();
    settings::start();
    Toasts::start();
    Visit::start();
    Composer::start();
    view! {
        <Router>
            <Shell>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=ComposePage/>
                    <Route path=path!("/compose") view=ComposePage/>
                    <Route path=path!("/buy") view=BuyPage/>
                    <Route path=path!("/prices") view=PricesPage/>
                    <Route path=path!("/settings") view=SettingsPage/>
                </FlatRoutes>
            </Shell>
        </Router>
    }
}
