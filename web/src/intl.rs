//! The browser's `Intl`, as far as the application uses it.
//!
//! Numbers go in as decimal strings, so that no amount passes through a floating-point number
//! on its way to the formatter.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `Intl.NumberFormat`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type NumberFormat;
    /// A formatter for a locale.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> NumberFormat;
    /// Formats a decimal string.
    #[wasm_bindgen(method)]
    pub fn format(this: &NumberFormat, decimal: &str) -> String;

    /// `Intl.PluralRules`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type PluralRules;
    /// The rules of a locale for cardinal numbers.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> PluralRules;
    /// The category of a number, given as a decimal string.
    #[wasm_bindgen(method)]
    pub fn select(this: &PluralRules, decimal: &str) -> String;

    /// `Intl.DisplayNames`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type DisplayNames;
    /// The names of a locale; `options.type` says of what.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> DisplayNames;
    /// The name of a code. Throws where the code is not well formed.
    #[wasm_bindgen(method, catch)]
    pub fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    /// `Intl.ListFormat`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type ListFormat;
    /// A formatter for a locale.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> ListFormat;
    /// Joins the strings.
    #[wasm_bindgen(method)]
    pub fn format(this: &ListFormat, strings: &JsValue) -> String;

    /// `Intl.DateTimeFormat`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type DateTimeFormat;
    /// A formatter for a locale.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> DateTimeFormat;
    /// Formats a moment. Throws outside of the range of dates.
    #[wasm_bindgen(method, catch)]
    pub fn format(this: &DateTimeFormat, at: &js_sys::Date) -> Result<String, JsValue>;

    /// `Intl.Collator`
    #[wasm_bindgen(js_namespace = Intl)]
    pub type Collator;
    /// The order of a locale.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    pub fn new(locale: &str, options: &JsValue) -> Collator;
    /// Below zero, zero or above zero.
    #[wasm_bindgen(method)]
    pub fn compare(this: &Collator, a: &str, b: &str) -> i32;
}

/// An options object for a constructor of `Intl`.
pub fn options(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in pairs {
        // Setting a property of a plain new object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
