//! What changes on a page.

use leptos::oco::Oco;
use leptos::prelude::*;

use super::{Node, fragment, patch};

/// Acts now and whenever what it reads changes, until the current owner is cleaned up.
pub(super) fn live(mut act: Box<dyn FnMut()>) {
    patch::bind();
    StoredValue::new_local(RenderEffect::new(move |_| act()));
}

/// What can stand in a page: text, nodes, some of them or none, and closures that make them anew
/// whenever what they read changes.
pub trait IntoNode: Sized {
    /// What stands in the page.
    fn into_node(self) -> Node;

    /// What stands in the page and changes.
    fn changing(mut make: Box<dyn FnMut() -> Self>) -> Node
    where
        Self: 'static,
    {
        content(Box::new(move || make().into_node()))
    }
}

/// A text that changes.
fn text(mut make: Box<dyn FnMut() -> String>) -> Node {
    let node = Node::of_text("");
    let place = node.clone();
    let mut shown = String::new();
    live(Box::new(move || {
        let new = make();
        if new != shown {
            place.dom().set_text_content(Some(&new));
            shown = new;
        }
    }));
    node
}

/// A part of the page between two marks, made anew when it changes.
fn content(mut make: Box<dyn FnMut() -> Node>) -> Node {
    let (start, end) = (Node::mark(), Node::mark());
    let place = fragment().child(start.clone()).child(end.clone());
    // Whether what stands there only shows something.
    let mut inert = false;
    live(Box::new(move || {
        let bound = patch::bound();
        let new = make();
        let was_inert = std::mem::replace(&mut inert, bound == patch::bound());
        if was_inert && inert {
            patch::patch(&start, &end, new);
        } else {
            patch::replace(&start, &end, &new);
        }
    }));
    place
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for &'static str {
    fn into_node(self) -> Node {
        Node::of_text(self)
    }

    fn changing(mut make: Box<dyn FnMut() -> Self>) -> Node {
        text(Box::new(move || make().to_owned()))
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Node::of_text(&self)
    }

    fn changing(make: Box<dyn FnMut() -> Self>) -> Node {
        text(make)
    }
}

impl IntoNode for Oco<'static, str> {
    fn into_node(self) -> Node {
        Node::of_text(&self)
    }

    fn changing(mut make: Box<dyn FnMut() -> Self>) -> Node {
        text(Box::new(move || make().into_owned()))
    }
}

impl<T: IntoNode> IntoNode for Option<T> {
    fn into_node(self) -> Node {
        self.map_or_else(fragment, IntoNode::into_node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn into_node(self) -> Node {
        self.into_iter().fold(fragment(), Node::child)
    }
}

impl<F, T> IntoNode for F
where
    F: FnMut() -> T + 'static,
    T: IntoNode + 'static,
{
    fn into_node(self) -> Node {
        T::changing(Box::new(self))
    }
}
