//! Listening to events.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::patch;

/// A listener, removed when dropped: what is taken out of the page may lose the focus, and would
/// tell so to a page that is gone.
struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, function);
    }
}

/// Listens until the current owner is cleaned up; the handler runs under it, too.
pub(super) fn listen(
    target: &web_sys::EventTarget,
    name: &'static str,
    mut handler: Box<dyn FnMut(web_sys::Event)>,
) {
    patch::bind();
    let owner = Owner::current().unwrap_or_default();
    let closure = Closure::new(move |event| owner.with(|| handler(event)));
    let function = closure.as_ref().unchecked_ref();
    if target.add_event_listener_with_callback(name, function).is_ok() {
        StoredValue::new_local(Listener { target: target.clone(), name, closure });
    }
}
