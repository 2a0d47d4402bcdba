//! What stands behind the question mark of the page's address, so that what one looks at can be
//! shared.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What the address says of a name.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    let query = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// Says it in the address, without a step in the history; an empty value is left out.
pub fn replace(name: &str, value: &str) {
    let path = window().location().pathname().unwrap_or_default();
    let url = if value.is_empty() {
        path
    } else {
        format!("{path}?{name}={}", String::from(js_sys::encode_uri_component(value)))
    };
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}
