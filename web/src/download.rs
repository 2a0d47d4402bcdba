//! Gives the person a file made on the page.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};

/// Offers `text` as a file of this name and media type. False if the browser refused.
pub fn offer(name: &str, media_type: &str, text: &str) -> bool {
    try_offer(name, media_type, text).is_ok()
}

/// Offers a file that was asked for. False if the browser refused.
pub fn offer_file(name: &str, file: &web_sys::Blob) -> bool {
    save(name, file).is_ok()
}

fn try_offer(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let properties = web_sys::BlobPropertyBag::new();
    properties.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &properties)?;
    save(name, &blob)
}

fn save(name: &str, blob: &web_sys::Blob) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
