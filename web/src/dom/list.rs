//! Lists whose items keep their elements when others come and go.

use std::collections::VecDeque;

use leptos::prelude::*;

use super::live::live;
use super::{Node, fragment};

/// One item of a list: what tells it from the others, and how it is made when it is new.
pub struct Row {
    key: String,
    make: Box<dyn FnOnce() -> Node>,
}

impl Row {
    /// An item. Items with the same key are taken for the same and not made again.
    pub fn new(key: impl ToString, make: impl FnOnce() -> Node + 'static) -> Self {
        Self { key: key.to_string(), make: Box::new(make) }
    }
}

/// An item that is there: its owner, and the nodes from `first` to `last`.
struct Shown {
    key: String,
    owner: Owner,
    first: web_sys::Node,
    last: web_sys::Node,
}

impl Shown {
    fn new(row: Row, parent: &Owner) -> Self {
        let owner = parent.child();
        let made = owner.with(|| untrack(row.make));
        // What changes within stays between the first and the last node.
        let ends = (made.dom().first_child(), made.dom().last_child());
        let (first, last) = match ends {
            (Some(first), Some(last)) if is_fragment(made.dom()) => (first, last),
            _ => (made.dom().clone(), made.dom().clone()),
        };
        Self { key: row.key, owner, first, last }
    }

    /// Its nodes, in order.
    fn nodes(&self) -> Vec<web_sys::Node> {
        let mut nodes = vec![self.first.clone()];
        while let Some(next) =
            nodes.last().filter(|node| **node != self.last).and_then(web_sys::Node::next_sibling)
        {
            nodes.push(next);
        }
        nodes
    }
}

fn is_fragment(node: &web_sys::Node) -> bool {
    node.node_type() == web_sys::Node::DOCUMENT_FRAGMENT_NODE
}

/// A list: `rows` is read again whenever what it reads changes.
pub fn list(mut rows: Box<dyn FnMut() -> Vec<Row>>) -> Node {
    let (start, end) = (Node::mark(), Node::mark());
    let made = fragment().child(start.clone()).child(end.clone());
    let owner = Owner::current().unwrap_or_default();
    let mut shown = VecDeque::new();
    live(Box::new(move || {
        let rows = rows();
        let Some(parent) = end.dom().parent_node() else { return };
        let mut before = std::mem::take(&mut shown);
        for row in rows {
            // Most often all are there, in the same order.
            let place = before.iter().position(|old: &Shown| old.key == row.key);
            let kept = place.and_then(|place| before.remove(place));
            shown.push_back(kept.unwrap_or_else(|| Shown::new(row, &owner)));
        }
        for gone in before {
            gone.owner.cleanup();
            for node in gone.nodes() {
                let _ = parent.remove_child(&node);
            }
        }
        let mut at = start.dom().next_sibling();
        for row in &shown {
            if at.as_ref() != Some(&row.first) {
                for node in row.nodes() {
                    let _ = parent.insert_before(&node, at.as_ref());
                }
            }
            at = row.last.next_sibling();
        }
    }));
    made
}
