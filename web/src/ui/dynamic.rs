//! What changes on a page, in few types.
//!
//! A closure has a type of its own, and what takes it is compiled once more for each type. Boxed
//! closures share one, so whatever is passed on to signals, memos and effects goes through here.

use leptos::prelude::*;

use crate::dom::{ChildrenFn, IntoNode as _, Node, Row, list};

/// Text that changes.
pub type Text = Box<dyn FnMut() -> String>;

/// Text that changes.
pub fn text<T: Into<String>>(mut text: impl FnMut() -> T + 'static) -> Text {
    Box::new(move || text().into())
}

/// A value that is worked out again when what it reads changes, and passed on when it differs.
pub fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
}

/// Does something now, and again whenever what it reads changes. The argument says whether this
/// is the first time.
pub fn effect(act: impl FnMut(bool) + 'static) {
    let mut act: Box<dyn FnMut(bool)> = Box::new(act);
    Effect::new(move |before: Option<()>| act(before.is_none()));
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
    let holds: Box<dyn Fn() -> bool + Send + Sync> = Box::new(holds);
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
