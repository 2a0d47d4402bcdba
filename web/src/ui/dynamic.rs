//! What changes on a page, in few types.
//!
//! A closure has a type of its own, and what takes it is compiled once more for each type. Boxed
//! closures share one, so whatever is passed on goes through here.

use leptos::prelude::*;

use crate::dom::{ChildrenFn, IntoNode as _, Node, Row, list};
use crate::reactive::{RwSignal, Signal, effect, memo};

/// Text that changes.
pub type Text = Box<dyn FnMut() -> String>;

/// Text that changes.
pub fn text<T: Into<String>>(mut text: impl FnMut() -> T + 'static) -> Text {
    Box::new(move || text().into())
}

/// A signal for each of the values that `values` gives, in their order: a value that changes among
/// many that do not is told to its own followers alone. With a memo for each, every memo would look
/// at each change.
pub fn each<T>(values: impl Fn() -> Vec<T> + 'static) -> RwSignal<Vec<RwSignal<T>>>
where
    T: PartialEq + Send + Sync + 'static,
{
    let owner = Owner::current().unwrap_or_default();
    let given = RwSignal::new(Vec::new());
    // Those that were made so far. What is not needed is kept for when it is again.
    let mut made = Vec::<RwSignal<T>>::new();
    effect(move |_| {
        let values = values();
        let number = values.len();
        for (place, value) in values.into_iter().enumerate() {
            match made.get(place) {
                Some(known) if known.with_untracked(|known| *known == value) => {}
                Some(known) => known.set(value),
                None => made.push(owner.with(|| RwSignal::new(value))),
            }
        }
        if given.with_untracked(Vec::len) != number {
            given.set(made.iter().take(number).copied().collect());
        }
    });
    given
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
