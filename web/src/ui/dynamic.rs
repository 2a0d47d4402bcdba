//! What changes on a page, in few types.
//!
//! A closure has a type of its own, and what takes it is compiled once more for each type. Boxed
//! closures share one, so whatever is passed on goes through here.

use leptos::prelude::*;

use crate::dom::{ChildrenFn, IntoNode as _, Node, Row, list};
use crate::reactive::{Signal, memo};

/// Text that changes.
pub type Text = Box<dyn FnMut() -> String>;

/// Text that changes.
pub fn text<T: Into<String>>(mut text: impl FnMut() -> T + 'static) -> Text {
    Box::new(move || text().into())
}

/// Content that is there as long as a condition holds.
#[component]
pub fn When(
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// The content.
    children: ChildrenFn,
) -> Node {
    let holds = memo(move || when.get());
    (move || holds.get().then(|| untrack(|| children()))).into_node()
}

/// A condition for [`When`].
pub fn condition(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(holds)
}

/// A list whose items keep their elements when others come and go.
#[component]
pub fn Rows(
    /// The items.
    rows: Box<dyn FnMut() -> Vec<Row>>,
) -> Node {
    list(rows)
}

/// The items of [`Rows`].
pub fn rows(rows: impl FnMut() -> Vec<Row> + 'static) -> Box<dyn FnMut() -> Vec<Row>> {
    Box::new(rows)
}
