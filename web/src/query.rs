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

/// Says it in the address beside what stands there, without a step in the history; an empty value is
/// left out.
pub fn replace(name: &str, value: &str) {
    if let (Some(url), Ok(history)) = (with(name, value), window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// The same with a step in the history, so that the way back leads to what was there.
pub fn push(name: &str, value: &str) {
    if let (Some(url), Ok(history)) = (with(name, value), window().history()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// The address with a value for a name.
fn with(name: &str, value: &str) -> Option<String> {
    let location = window().location();
    let query = location.search().unwrap_or_default();
    let all = web_sys::UrlSearchParams::new_with_str(&query).ok()?;
    if value.is_empty() {
        all.delete(name);
    } else {
        all.set(name, value);
    }
    let mut url = location.pathname().unwrap_or_default();
    let all = String::from(all.to_string());
    if !all.is_empty() {
        url.push('?');
        url.push_str(&all);
    }
    Some(url)
}
