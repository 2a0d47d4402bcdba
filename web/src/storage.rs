//! The browser's local storage. Where it is blocked or full, nothing is remembered and nothing
//! breaks.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

fn local() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a value under a key. False if the browser refused (storage full or switched off).
pub fn set(key: &str, value: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// What is kept under a key for as long as the window is open.
#[must_use]
pub fn session(key: &str) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Keeps a value under a key for as long as the window is open.
pub fn set_session(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

/// Every key in use.
#[must_use]
pub fn keys() -> Vec<String> {
    let Some(storage) = local() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|place| storage.key(place).ok().flatten()).collect()
}

/// Calls `changed` with the new value when another tab changes the key, as long as the current
/// owner lives.
pub fn on_change(key: &'static str, changed: impl Fn(Option<String>) + 'static) {
    let handle = window_event_listener_untyped("storage", move |event| {
        if let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() {
            // No key: everything was cleared.
            match event.key() {
                Some(name) if name == key => changed(event.new_value()),
                Some(_) => {}
                None => changed(None),
            }
        }
    });
    on_cleanup(move || handle.remove());
}
