//! Which page an address leads to, without loading the application again.
//!
//! A handful of addresses, of which one ends with a key, needs no more than this; a router that knows
//! nested routes and servers would weigh more than some pages.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;

use crate::reactive::RwSignal;

/// The address in use. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Location {
    /// The path, as in `/prices`; follows the address where it is read reactively.
    pub pathname: RwSignal<String>,
}

impl Location {
    /// Follows the address from now on, and takes over clicks on links to our own pages. Call it
    /// once, where the application starts.
    pub fn start() -> Self {
        let location = Self::default();
        provide_context(location);
        let moved = window_event_listener_untyped("popstate", move |_| location.read());
        let clicked = window_event_listener_untyped("click", move |event| location.click(&event));
        on_cleanup(move || {
            moved.remove();
            clicked.remove();
        });
        location
    }

    fn read(self) {
        close_dialogs();
        let now = pathname();
        // A change of the search or of the fragment stays on the page.
        if self.pathname.with_untracked(|before| *before != now) {
            self.pathname.set(now);
        }
    }

    /// Goes to the page of a link of ours, unless the click asks for something else: a new tab,
    /// a download, a place in the same page.
    fn click(self, event: &web_sys::Event) {
        let event: &web_sys::MouseEvent = event.unchecked_ref();
        let otherwise = event.default_prevented()
            || event.button() != 0
            || event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
            || event.shift_key();
        if otherwise {
            return;
        }
        if let Some(path) = own_page(event) {
            event.prevent_default();
            self.go(&path);
        }
    }

    /// Goes to a page of the application.
    pub fn go(self, path: &str) {
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.read();
    }
}

impl Location {
    /// Goes to a page in place of this one, so that the way back leaves this one out.
    pub fn replace(self, path: &str) {
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
        }
        self.read();
    }
}

impl Default for Location {
    fn default() -> Self {
        Self { pathname: RwSignal::new(pathname()) }
    }
}

/// Whether a path is a page's own, or one below it.
#[must_use]
pub fn is_within(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// Closes what lies over the page one leaves. A dialog gives the focus back when it closes, so this
/// comes before the new page takes it.
fn close_dialogs() {
    let Ok(dialogs) = document().query_selector_all("dialog[open]") else { return };
    for index in 0..dialogs.length() {
        if let Some(dialog) = dialogs.item(index) {
            dialog.unchecked_into::<web_sys::HtmlDialogElement>().close();
        }
    }
}

fn pathname() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The link that an event is about.
#[must_use]
pub fn link_of(event: &web_sys::Event) -> Option<web_sys::HtmlAnchorElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    Some(target.closest("a[href]").ok()??.unchecked_into())
}

/// Where the link that was clicked leads, if that is a page of the application.
fn own_page(event: &web_sys::MouseEvent) -> Option<String> {
    let link = link_of(event)?;
    let stays = link.has_attribute("download")
        || link.rel() == "external"
        || !matches!(link.target().as_str(), "" | "_self");
    let ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    (ours && !stays).then(|| format!("{}{}{}", link.pathname(), link.search(), link.hash()))
}

/// The address in use. Outside the application the one at this moment.
#[must_use]
pub fn use_location() -> Location {
    use_context().unwrap_or_default()
}
