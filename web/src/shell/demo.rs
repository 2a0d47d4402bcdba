//! What it means that the application runs without a server.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::RwSignal;
use crate::ui::Dialog;

/// Explains the demo data.
#[component]
pub(super) fn DemoNotice(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Node {
    view! {
        <Dialog open=open title=tr(I18n::demo_title)>
            <ul class="list">
                <li>{tr(I18n::demo_made_up)}</li>
                <li>{tr(I18n::demo_real)}</li>
                <li>{tr(I18n::demo_kept)}</li>
                <li>{tr(I18n::demo_server)}</li>
            </ul>
        </Dialog>
    }
}
