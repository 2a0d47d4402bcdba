//! Notices that stand in the page.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::dom::{Children, Node, view};

/// What a notice is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something to know.
    #[default]
    Info,
    /// Something to look at before going on.
    Warning,
    /// Something went wrong.
    Error,
}

/// A notice in the flow of the page. It is not announced by itself: what appears later belongs
/// in a live region or a toast.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    kind: NoticeKind,
    /// The text, and perhaps a button.
    children: Children,
) -> Node {
    let (class, icon) = match kind {
        NoticeKind::Info => ("notice", IconName::Info),
        NoticeKind::Warning => ("notice notice-warning", IconName::Warning),
        NoticeKind::Error => ("notice notice-error", IconName::Warning),
    };
    view! {
        <div class=class>
            <Icon name=icon/>
            <div class="notice-text">{children()}</div>
        </div>
    }
}
