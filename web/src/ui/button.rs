//! Buttons.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::dom::{Children, Node, view};
use crate::reactive::Signal;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One of several actions.
    #[default]
    Plain,
    /// The page's main action; at most one in sight.
    Primary,
    /// An action in passing, without a frame.
    Quiet,
}

/// A button. Listen with `on:click`; other attributes go to the element too.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Whether it takes no clicks now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// `submit` in a form; otherwise it does nothing by itself.
    #[prop(default = "button")]
    r#type: &'static str,
    /// The text. For an icon alone use [`VisuallyHidden`](super::VisuallyHidden) text.
    children: Children,
) -> Node {
    let class = match kind {
        ButtonKind::Plain => "button",
        ButtonKind::Primary => "button button-primary",
        ButtonKind::Quiet => "button button-quiet",
    };
    view! {
        <button type=r#type class=class prop:disabled=disabled>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </button>
    }
}
