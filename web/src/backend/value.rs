//! What the browser's `JSON.parse` made, read as core's types.
//!
//! Own, because every crate that does it writes a sentence about what does not fit, and with that
//! brings the code that writes floating point numbers: some 20 kB of the first load. What does not
//! fit came from something else than our server, and that is all that is to be said.

use std::fmt;

use js_sys::{Array, BigInt, Object};
use serde::de::value::StringDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer as _,
    MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};
use wasm_bindgen::{JsCast as _, JsValue};

/// Reads a value; none if it does not fit.
pub fn read<T: for<'de> Deserialize<'de>>(value: JsValue) -> Option<T> {
    T::deserialize(Value(value)).ok()
}

/// Reads a text of JSON; none if it is none or does not fit.
pub fn from_text<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    read(js_sys::JSON::parse(text).ok()?)
}

/// Writes a value as a text of JSON; none if that cannot be, which no value of core's is.
pub fn to_text(value: &impl Serialize) -> Option<String> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok().map(String::from)
}

/// A value does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The value does not fit.")
    }
}

impl std::error::Error for Unfit {}

/// Nothing is written of what did not fit, so that nothing is linked that would write it.
impl Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

struct Value(JsValue);

impl<'de> Deserializer<'de> for Value {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let Self(value) = self;
        if value.is_null() || value.is_undefined() {
            return visitor.visit_unit();
        }
        if let Some(value) = value.as_bool() {
            return visitor.visit_bool(value);
        }
        if value.as_f64().is_some() {
            // Keys and counts are whole, and others make no `BigInt`; credits travel as text.
            let whole = BigInt::new(&value).map_err(|_| Unfit)?;
            return visitor.visit_i64(JsValue::from(whole).try_into().map_err(|_| Unfit)?);
        }
        if let Some(text) = value.as_string() {
            return visitor.visit_string(text);
        }
        if Array::is_array(&value) {
            return visitor.visit_seq(Items { items: value.unchecked_into(), next: 0 });
        }
        let items = Object::entries(&value.unchecked_into());
        visitor.visit_map(Fields { items, next: 0, value: JsValue::UNDEFINED })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_enum(Word(self.0.as_string().ok_or(Unfit)?))
    }

    /// What a later version adds need not be readable.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

struct Items {
    items: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        if self.next >= self.items.length() {
            return Ok(None);
        }
        let item = self.items.get(self.next);
        self.next += 1;
        seed.deserialize(Value(item)).map(Some)
    }
}

/// The fields of an object, each a list of its name and its value.
struct Fields {
    items: Array,
    next: u32,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unfit> {
        if self.next >= self.items.length() {
            return Ok(None);
        }
        let field: Array = self.items.get(self.next).unchecked_into();
        self.next += 1;
        self.value = field.get(1);
        seed.deserialize(Value(field.get(0))).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unfit> {
        seed.deserialize(Value(self.value.clone()))
    }
}

/// An enum that is a word.
struct Word(String);

impl<'de> EnumAccess<'de> for Word {
    type Error = Unfit;
    type Variant = <StringDeserializer<Unfit> as EnumAccess<'de>>::Variant;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Unfit> {
        EnumAccess::variant_seed(self.0.into_deserializer(), seed)
    }
}
