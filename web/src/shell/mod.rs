//! What stands around every page: navigation, pickers and notices.

mod demo;
mod nav;
mod offline;
mod picker;
mod visitor;

use leptos::prelude::*;

use self::demo::DemoNotice;
use self::nav::{Brand, Nav};
use self::offline::OfflineNotice;
use self::picker::{LanguagePicker, ThemePicker};
pub(crate) use self::picker::{theme_icon, theme_text};
use self::visitor::VisitorMenu;
use crate::dom::{Children, Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::RwSignal;
use crate::router::{is_within, use_location};
use crate::state::use_visitor;
use crate::ui::{Dialog, Icon, IconName, ToastRegion, VisuallyHidden, When, condition};

/// The frame of the application. From 52rem on the navigation stands at the side; below, in a
/// dialog behind a button of the top bar.
#[component]
pub fn Shell(
    /// The routes.
    children: Children,
) -> Node {
    let menu = RwSignal::new(false);
    let demo = RwSignal::new(false);
    view! {
        // The router would take the address and leave the focus: the browser does both.
        <a class="skip" href="#main" rel="external">{tr(I18n::app_skip)}</a>
        <div class="shell">
            <header class="topbar">
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    aria-haspopup="dialog"
                    on:click=move |_| menu.set(true)
                >
                    <Icon name=IconName::Menu/>
                    <VisuallyHidden>{tr(I18n::nav_menu)}</VisuallyHidden>
                </button>
                <Brand/>
                <DemoButton open=demo/>
                <LanguagePicker/>
                <ThemePicker/>
            </header>
            <header class="sidebar">
                <Brand/>
                <Nav/>
                <div class="sidebar-foot">
                    <VisitorMenu/>
                    <DemoButton open=demo/>
                    <LanguagePicker/>
                    <ThemePicker/>
                </div>
            </header>
            <main id="main" tabindex="-1">
                <OfflineNotice/>
                {children()}
            </main>
        </div>
        <Dialog open=menu title=tr(I18n::nav_menu) class="menu">
            <Nav/>
            <VisitorMenu/>
        </Dialog>
        <DemoNotice open=demo/>
        <ToastRegion/>
    }
}

/// Pages that show what a server knows, where there is one, and those below them.
const REAL: [&str; 9] = [
    "/services",
    "/consumption",
    "/catalogue",
    "/technical",
    "/orders",
    "/buy",
    "/sign-in",
    "/provider",
    "/operator",
];

/// Says that the data is made up, and opens what that means; nothing on pages whose data is not.
#[component]
fn DemoButton(open: RwSignal<bool>) -> Node {
    let visitor = use_visitor();
    let pathname = use_location().pathname;
    let made_up = move || {
        visitor.is_demo() || !pathname.with(|path| REAL.iter().any(|page| is_within(path, page)))
    };
    view! {
        <When when=condition(made_up)>
            <button
                type="button"
                class="demo"
                aria-haspopup="dialog"
                on:click=move |_| open.set(true)
            >
                <Icon name=IconName::Info/>
                <span>{tr(I18n::demo_tag)}</span>
            </button>
        </When>
    }
}
