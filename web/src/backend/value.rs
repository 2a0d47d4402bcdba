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

impl Value {
    /// Keys and counts are whole, and others make no `BigInt`; credits travel as text.
    fn whole(&self) -> Result<i64, Unfit> {
        if self.0.as_f64().is_none() {
            return Err(Unfit);
        }
        let whole = BigInt::new(&self.0).map_err(|_| Unfit)?;
        JsValue::from(whole).try_into().map_err(|_| Unfit)
    }

    fn text(&self) -> Result<String, Unfit> {
        self.0.as_string().ok_or(Unfit)
    }

    fn items(self) -> Result<Items, Unfit> {
        let is_list = Array::is_array(&self.0);
        is_list.then(|| Items { items: self.0.unchecked_into(), next: 0 }).ok_or(Unfit)
    }

    fn fields(self) -> Result<Fields, Unfit> {
        if !self.0.is_object() || Array::is_array(&self.0) {
            return Err(Unfit);
        }
        let items = Object::entries(&self.0.unchecked_into());
        Ok(Fields { items, next: 0, value: JsValue::UNDEFINED })
    }
}

/// Ways to read a value that is what the type expects and nothing else: a way that looked at what the
/// value is would link all that each type does with everything that it is not.
macro_rules! read_as {
    ($($read:ident, $visit:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            visitor.$visit(self.$read()?)
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Value {
    type Error = Unfit;

    read_as! {
        whole, visit_i64: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64;
        text, visit_string: deserialize_str deserialize_string deserialize_identifier;
        items, visit_seq: deserialize_seq;
        fields, visit_map: deserialize_map;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unfit)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        visitor.visit_map(self.fields()?)
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
        visitor.visit_enum(Word(self.text()?))
    }

    /// What a later version adds need not be readable.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    /// Nothing of core's is read without saying what it expects.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unfit> {
        Err(Unfit)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
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
