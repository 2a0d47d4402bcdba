//! Files that belong to the application but are loaded aside, so that the first load stays small.
//!
//! Their names carry a hash of what they hold; the page says them, as `<meta name="file-…">`.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlMetaElement, Response};

/// Loads a file, and calls `done` with what it holds, or with nothing if it cannot be had now.
pub fn load(name: &str, done: impl FnOnce(Option<Vec<u8>>) + 'static) {
    start(name, Box::new(done));
}

/// One function for all files: the compiler writes all that waiting takes once for each.
fn start(name: &str, done: Box<dyn FnOnce(Option<Vec<u8>>)>) {
    let name = name.to_owned();
    wasm_bindgen_futures::spawn_local(async move {
        let bytes = fetch_named(&name).await.ok();
        done(bytes.map(|bytes| js_sys::Uint8Array::new(&bytes).to_vec()));
    });
}

/// Where a file is; nothing if the page does not say it.
#[must_use]
pub fn address(name: &str) -> Option<String> {
    let meta = document().query_selector(&format!("meta[name=\"file-{name}\"]")).ok().flatten()?;
    Some(meta.unchecked_into::<HtmlMetaElement>().content())
}

/// What a file holds, as an `ArrayBuffer`.
///
/// # Errors
/// What the browser or the server said, if it cannot be had now.
pub async fn fetch(address: &str) -> Result<JsValue, JsValue> {
    let response: Response =
        JsFuture::from(window().fetch_with_str(address)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.array_buffer()?).await
}

/// The same for a file by its name.
///
/// # Errors
/// The same, and if the page does not say where it is.
pub async fn fetch_named(name: &str) -> Result<JsValue, JsValue> {
    fetch(&address(name).ok_or(JsValue::NULL)?).await
}
