//! Ids for elements that refer to each other.

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has.
#[must_use]
pub fn next_id(what: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{what}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
