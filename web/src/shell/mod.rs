//! What stands around every page: navigation, pickers and notices.

mod demo;
mod nav;
mod offline;
mod picker;

use leptos::prelude::*;

use self::demo::DemoNotice;
use self::nav::{Brand, Nav};
use self::offline::OfflineNotice;
use self::picker::{LanguagePicker, ThemePicker};
pub(crate) use self::picker::{theme_icon, theme_text};
use crate::dom::{Children, Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::RwSignal;
use crate::ui::{Dialog, Icon, IconName, ToastRegion, VisuallyHidden};

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
        </Dialog>
        <DemoNotice open=demo/>
        <ToastRegion/>
    }
}

/// Says that the data is made up, and opens what that means.
#[component]
fn DemoButton(open: RwSignal<bool>) -> Node {
    view! {
        <button type="button" class="demo" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Icon name=IconName::Info/>
            <span>{tr(I18n::demo_tag)}</span>
        </button>
    }
}
