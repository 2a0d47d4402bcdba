//! What it means that data is made up.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::{Standing, use_visitor};
use crate::ui::Dialog;

/// Explains the demo data.
#[component]
pub(super) fn DemoNotice(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let made_up = move || match visitor.standing() {
        Standing::In(_) => t.demo_made_up_signed_in(),
        Standing::Out(_) => t.demo_made_up_server(),
        _ => t.demo_made_up(),
    };
    view! {
        <Dialog open=open title=tr(I18n::demo_title)>
            <ul class="list">
                <li>{made_up}</li>
                <li>{tr(I18n::demo_real)}</li>
                <li>{tr(I18n::demo_kept)}</li>
                <li>{tr(I18n::demo_server)}</li>
            </ul>
        </Dialog>
    }
}
