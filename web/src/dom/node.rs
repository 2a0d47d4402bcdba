//! Elements and texts.

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::live::{IntoNode, live};
use super::value::{Given, IntoGiven, Value};
use super::{ElementRef, listener};

/// Something on a page: an element, a text, or several of them in a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node(web_sys::Node);

/// Where a value goes.
#[derive(Debug, Clone, Copy)]
enum Place {
    Attribute,
    Property,
    Style,
}

/// An element. `fixed` is its tag, then names and values of attributes, divided by NUL.
#[must_use]
pub fn element(fixed: &str) -> Node {
    let mut fixed = fixed.split('\0');
    let tag = fixed.next().unwrap_or_default();
    let made = match tag {
        "svg" | "path" => document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        _ => document().create_element(tag),
    };
    // It fails only for what is no name.
    let Ok(made) = made else { return fragment() };
    while let (Some(name), Some(value)) = (fixed.next(), fixed.next()) {
        let _ = made.set_attribute(name, value);
    }
    Node(made.into())
}

/// Several nodes side by side; none yet.
#[must_use]
pub fn fragment() -> Node {
    Node(document().create_document_fragment().into())
}

impl Node {
    /// A text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(document().create_text_node(text).into())
    }

    /// What shows nothing, to find a place of the page again.
    pub(super) fn mark() -> Self {
        Self(document().create_comment("").into())
    }

    /// The browser's own node.
    #[must_use]
    pub fn dom(&self) -> &web_sys::Node {
        &self.0
    }

    /// The browser's own element; a fragment is none, and has no attributes.
    fn html(&self) -> &web_sys::HtmlElement {
        self.0.unchecked_ref()
    }

    fn append(&self, child: &Self) {
        // It fails only where a node would become its own child.
        let _ = self.0.append_child(&child.0);
    }

    /// Puts something into it, after what is there.
    #[must_use]
    pub fn child(self, child: impl IntoNode) -> Self {
        self.append(&child.into_node());
        self
    }

    /// Puts a text into it, after what is there.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.append(&Self::of_text(text));
        self
    }

    /// Gives it an attribute, which may change, or come and go.
    #[must_use]
    pub fn attribute(self, name: &'static str, value: impl IntoGiven) -> Self {
        self.give(Place::Attribute, name, value.into_given());
        self
    }

    /// Sets one of its properties, and again whenever the value changes.
    #[must_use]
    pub fn property(self, name: &'static str, value: impl IntoGiven) -> Self {
        self.give(Place::Property, name, value.into_given());
        self
    }

    /// Sets a property of its style.
    #[must_use]
    pub fn style(self, (name, value): (&'static str, impl IntoGiven)) -> Self {
        self.give(Place::Style, name, value.into_given());
        self
    }

    /// Adds a class, if it is to have it.
    #[must_use]
    pub fn class(self, name: &'static str, has: bool) -> Self {
        if has {
            let _ = self.html().class_list().add_1(name);
        }
        self
    }

    fn give(&self, place: Place, name: &'static str, given: Given) {
        match given {
            Given::Fixed(value) => self.put(place, name, &value),
            Given::Live(mut value) => {
                let node = self.clone();
                let mut shown = None;
                live(Box::new(move || {
                    let new = value();
                    // A property may have changed by itself: a person types, or ticks a box.
                    if matches!(place, Place::Property) || shown.as_ref() != Some(&new) {
                        node.put(place, name, &new);
                        shown = Some(new);
                    }
                }));
            }
        }
    }

    // A name is valid where it stands in a view, so nothing here fails.
    fn put(&self, place: Place, name: &str, value: &Value) {
        let html = self.html();
        match (place, value) {
            (Place::Attribute, Value::Off) => drop(html.remove_attribute(name)),
            (Place::Attribute, Value::On) => drop(html.set_attribute(name, "")),
            (Place::Attribute, Value::Text(text)) => drop(html.set_attribute(name, text)),
            (Place::Style, Value::Text(text)) => drop(html.style().set_property(name, text)),
            (Place::Style, _) => {}
            (Place::Property, value) => {
                let value = match value {
                    Value::Off => JsValue::FALSE,
                    Value::On => JsValue::TRUE,
                    Value::Text(text) => JsValue::from_str(text),
                };
                let _ = js_sys::Reflect::set(html, &JsValue::from_str(name), &value);
            }
        }
    }

    /// Listens to an event, by its type and its name, for as long as this part of the page is
    /// there.
    #[must_use]
    pub fn on<E>(
        self,
        _event: E,
        name: &'static str,
        mut handler: impl FnMut(E::EventType) + 'static,
    ) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        listener::listen(
            &self.0,
            name,
            Box::new(move |event: web_sys::Event| handler(event.unchecked_into())),
        );
        self
    }

    /// Lets a reference find it.
    #[must_use]
    pub fn reference<T: JsCast>(self, reference: ElementRef<T>) -> Self {
        reference.load(&self);
        self
    }
}
