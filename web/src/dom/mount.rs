//! Putting a page into the document.

use any_spawner::Executor;
use leptos::prelude::*;

use super::Node;

/// Something that stands in the document; dropped, it goes.
#[derive(Debug)]
#[must_use = "dropped, it goes"]
pub struct Mounted {
    owner: Owner,
    place: web_sys::Node,
    nodes: Vec<web_sys::Node>,
}

impl Mounted {
    /// Lets it stay for good.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        for node in &self.nodes {
            let _ = self.place.remove_child(node);
        }
    }
}

/// Makes something and puts it at the end of an element.
pub fn mount_to(place: &web_sys::Node, make: impl FnOnce() -> Node) -> Mounted {
    // It fails where something was mounted before: then it is there.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let content = owner.with(make);
    let before = place.last_child();
    let _ = place.append_child(content.dom());
    let mut next = before.map_or_else(|| place.first_child(), |node| node.next_sibling());
    let mut nodes = Vec::new();
    while let Some(node) = next {
        next = node.next_sibling();
        nodes.push(node);
    }
    Mounted { owner, place: place.clone(), nodes }
}
