//! What changes on a page, in few types.
//!
//! A closure in a view has a type of its own, and Leptos compiles everything that renders,
//! updates and removes it once more for each type: about 2.5 kB of program for every
//! `{move || …}`. Boxed closures share one type, and with it all of that code. So a page writes
//! `{text(move || …)}` for text and attributes, `{view(move || …)}` for anything else,
//! [`When`] for what comes and goes, and [`Rows`] for lists.

use std::sync::Arc;

use leptos::prelude::*;

/// Text that changes, as a child or as an attribute.
pub type Text = Box<dyn FnMut() -> String + Send>;

/// Text that changes.
pub fn text<T: Into<String>>(mut text: impl FnMut() -> T + Send + 'static) -> Text {
    Box::new(move || text().into())
}

/// Content that changes.
pub type Content = Box<dyn FnMut() -> AnyView + Send>;

/// Content that changes; nothing is empty content, too.
pub fn content<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Content {
    Box::new(move || view().into_any())
}

/// A property that is on or off.
pub fn on_off(on: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(on)
}

/// A handler of an event.
pub fn handler<E>(handler: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handler)
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
) -> impl IntoView {
    let holds = memo(move || when.get());
    content(move || holds.get().then(|| children()))
}

/// A condition for [`When`].
pub fn condition(holds: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    let holds: Box<dyn Fn() -> bool + Send + Sync> = Box::new(holds);
    Signal::derive(holds)
}

/// One item of a list: what tells it from the others, and how it is made when it is new.
#[derive(Clone)]
pub struct Row {
    key: String,
    make: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Row {
    /// An item. Items with the same key are taken for the same and not made again.
    pub fn new<V: IntoAny>(
        key: impl ToString,
        make: impl Fn() -> V + Send + Sync + 'static,
    ) -> Self {
        Self { key: key.to_string(), make: Arc::new(move || make().into_any()) }
    }
}

/// A list whose items keep their elements when others come and go.
#[component]
pub fn Rows(
    /// The items.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
) -> impl IntoView {
    view! {
        <For each=move || rows.get() key=|row| row.key.clone() let:row>
            {(row.make)()}
        </For>
    }
}

/// The items of [`Rows`].
pub fn rows(rows: impl Fn() -> Vec<Row> + Send + Sync + 'static) -> Signal<Vec<Row>> {
    let rows: Box<dyn Fn() -> Vec<Row> + Send + Sync> = Box::new(rows);
    Signal::derive(rows)
}
