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
    let request =
        document().query_selector(&format!("meta[name=\"file-{name}\"]")).ok().flatten().map(
            |meta| window().fetch_with_str(&meta.unchecked_into::<HtmlMetaElement>().content()),
        );
    wasm_bindgen_futures::spawn_local(async move {
        let bytes = match request {
            Some(request) => read(JsFuture::from(request)).await.ok(),
            None => None,
        };
        done(bytes);
    });
}

async fn read(request: JsFuture) -> Result<Vec<u8>, JsValue> {
    let response: Response = request.await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}
