//! What attributes and properties are set to.

use std::borrow::Cow;

use leptos::oco::Oco;
use leptos::text_prop::TextProp;

use crate::reactive::{RwSignal, Signal};

/// A value of an attribute, or of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No attribute; a property that is false.
    Off,
    /// An attribute without a value; a property that is true.
    On,
    /// A text.
    Text(Cow<'static, str>),
}

/// A value that is given once, or one that changes.
pub enum Given {
    /// Given once.
    Fixed(Value),
    /// Read again whenever what it reads changes.
    Live(Box<dyn FnMut() -> Value>),
}

/// What can be a [`Value`].
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for Oco<'static, str> {
    fn into_value(self) -> Value {
        self.into_owned().into_value()
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::On } else { Value::Off }
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Off, IntoValue::into_value)
    }
}

/// What can be [`Given`]: a value, a closure that makes one, a signal that holds one.
pub trait IntoGiven {
    /// The value, once or live.
    fn into_given(self) -> Given;
}

impl<F, T> IntoGiven for F
where
    F: FnMut() -> T + 'static,
    T: IntoValue,
{
    fn into_given(mut self) -> Given {
        Given::Live(Box::new(move || self().into_value()))
    }
}

macro_rules! given_once {
    ($($type:ty),*) => {$(
        impl IntoGiven for $type {
            fn into_given(self) -> Given {
                Given::Fixed(self.into_value())
            }
        }
    )*};
}

given_once!(&'static str, String, bool, Option<&'static str>, Option<String>);

macro_rules! given_by_signal {
    ($($type:ty),*) => {$(
        impl IntoGiven for $type {
            fn into_given(self) -> Given {
                Given::Live(Box::new(move || self.get().into_value()))
            }
        }
    )*};
}

given_by_signal!(Signal<bool>, RwSignal<String>, TextProp);
