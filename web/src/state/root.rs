//! What lives as long as the application.

use leptos::prelude::*;

/// The application's own place among what is kept: what is made with it outlives the page that made it.
/// Given to all pages as a context.
#[derive(Debug, Clone)]
pub struct Root(Owner);

impl Root {
    /// Call it once, where the application starts.
    pub fn start() {
        if let Some(owner) = Owner::current() {
            provide_context(Self(owner));
        }
    }

    /// Makes something that stays when the page is left.
    pub fn with<T>(&self, make: impl FnOnce() -> T) -> T {
        self.0.with(make)
    }
}
