//! Tells when the connection is gone.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::RwSignal;
use crate::ui::{Icon, IconName, When};

/// A live region that says so while the browser has no connection.
#[component]
pub(super) fn OfflineNotice() -> Node {
    let online = move || window().navigator().on_line();
    let offline = RwSignal::new(!online());
    for event in ["online", "offline"] {
        let handle = window_event_listener_untyped(event, move |_| offline.set(!online()));
        on_cleanup(move || handle.remove());
    }
    let text = tr(I18n::offline_text);
    view! {
        <div role="status" class="offline-place">
            <When when=offline>
                <div class="notice notice-warning offline">
                    <Icon name=IconName::Offline/>
                    <div class="notice-text">{text}</div>
                </div>
            </When>
        </div>
    }
}
