//! Building the page: elements, texts, and what changes in them.
//!
//! Leptos's reactive system decides when something changes; here it is put into the document.
//! Everything is one type, [`Node`], made where [`view!`](view) stands: there is no description
//! that is compared later. Leptos's own renderer gives every element and every attribute a type
//! of its own and compiles its code once for each, which made the program twice as large.
//!
//! What changes belongs to the owner (in Leptos's sense) it was made under. When a part of the
//! page is made anew, its effects end and its listeners are removed, before its elements go.

mod children;
mod list;
mod listener;
mod live;
mod mount;
mod node;
mod patch;
mod reference;
mod value;

pub use children::{Children, ChildrenFn, ToChildren, ViewFn};
pub use iap_view::view;
pub use list::{Row, list};
pub use live::IntoNode;
pub use mount::{Mounted, mount_to};
pub use node::{Node, element, fragment};
pub use reference::ElementRef;
pub use value::{Given, IntoGiven, IntoValue, Value};
