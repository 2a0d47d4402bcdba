//! `view!`: the markup that Leptos's own macro takes, compiled for size.
//!
//! Leptos gives every element a type made of its tag, its attributes and its children, and
//! compiles what builds, updates and removes it once for each type. Here an element is one type:
//! markup becomes calls of `iap_web::dom`, a few bytes each. Components, properties and signals
//! are Leptos's.
//!
//! It takes what the pages use: elements, components with children (also `let:name`), texts in
//! quotes, blocks, `on:`, `prop:`, `class:`, `attr:`, `style=(name, value)` and `node_ref`. For
//! anything else it does not compile.

mod attribute;
mod markup;

use proc_macro::TokenStream;

/// Builds what the markup says: an `iap_web::dom::Node`.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    let nodes = rstml::parse2(markup.into());
    nodes
        .and_then(|nodes| markup::together(&nodes))
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
