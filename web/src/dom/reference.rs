//! Finding an element of a page again.

use std::marker::PhantomData;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Node, patch};

/// Finds an element that carries `node_ref`. Cheap to copy; reading it follows when the element
/// comes.
#[derive(Debug)]
pub struct ElementRef<T>(RwSignal<Option<Node>, LocalStorage>, PhantomData<fn() -> T>);

impl<T> Clone for ElementRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ElementRef<T> {}

impl<T: JsCast> Default for ElementRef<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: JsCast> ElementRef<T> {
    /// Finds nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new_local(None), PhantomData)
    }

    pub(super) fn load(self, node: &Node) {
        patch::bind();
        self.0.set(Some(node.clone()));
    }

    /// The element, when it is there.
    #[must_use]
    pub fn get(self) -> Option<T> {
        self.0.get().map(cast)
    }

    /// The element, without following it.
    #[must_use]
    pub fn get_untracked(self) -> Option<T> {
        self.0.get_untracked().map(cast)
    }
}

/// `node_ref` stands on an element of this type.
fn cast<T: JsCast>(node: Node) -> T {
    node.dom().clone().unchecked_into()
}
