//! The frame of every page: title, heading, actions; and where the focus goes.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::dom::{Children, ElementRef, Node, ViewFn, view};
use crate::i18n::use_i18n;
use crate::reactive::{StoredValue, effect};

/// Remembers whether a page was shown before: on the first one the browser's own focus and
/// scroll position are left alone.
#[derive(Debug, Clone, Copy)]
pub struct Visit(StoredValue<bool>);

impl Visit {
    /// No page was shown yet. Call it once, where the application starts.
    pub fn start() {
        provide_context(Self(StoredValue::new(false)));
    }
}

/// What stands in a page's lead until it is known what it says: it takes its line, so that nothing moves.
pub const LEAD_TO_COME: &str = "\u{a0}";

/// A page: sets the document's title, and moves the focus to its heading when one comes here from
/// another page, so that screen readers and the keyboard follow.
#[component]
pub fn Page(
    /// The heading, and the first part of the document's title.
    #[prop(into)]
    title: TextProp,
    /// A line below the heading.
    #[prop(optional, into)]
    lead: Option<ViewFn>,
    /// Buttons beside the heading.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The page's content.
    children: Children,
) -> Node {
    let t = use_i18n();
    let heading = ElementRef::<web_sys::HtmlElement>::new();
    let shown = title.clone();
    effect(move |_| document().set_title(&t.app_page_title(&*title.get())));
    let visit = use_context::<Visit>();
    effect(move |_| {
        if let (Some(heading), Some(Visit(visited))) = (heading.get(), visit) {
            if visited.try_get_value().unwrap_or_default() {
                let options = web_sys::FocusOptions::new();
                // The router has its own idea of where to scroll.
                options.set_prevent_scroll(true);
                let _ = heading.focus_with_options(&options);
            }
            visited.set_value(true);
        }
    });
    view! {
        <header class="page-header">
            <div>
                <h1 tabindex="-1" node_ref=heading>{move || shown.get()}</h1>
                {lead.map(|lead| view! { <p class="page-lead">{lead.run()}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="page-actions">{actions.run()}</div> })}
        </header>
        {children()}
    }
}
