//! Long lists, in pages.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// What is in it, in the list's order.
    pub items: Vec<T>,
    /// What to ask for as `after` to get the part that follows; none at the end of the list.
    pub next: Option<String>,
}
