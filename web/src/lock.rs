//! Locks that the tabs of a browser share: what one tab holds no other does.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// A lock, held until it is released.
#[derive(Debug)]
pub struct Lock(js_sys::Function);

impl Lock {
    /// Lets another tab have it.
    pub fn release(self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// What to do while another tab holds the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Otherwise {
    /// Wait until it lets go of it.
    Wait,
    /// Do without.
    GiveUp,
}

/// Whether there are locks at all: not where the page is not served securely.
#[must_use]
pub fn are_there() -> bool {
    locks().is_some()
}

/// Asks for a lock, and calls `done` with it, or with nothing where it is not to be had.
pub fn hold(name: &str, otherwise: Otherwise, done: impl FnOnce(Option<Lock>) + 'static) {
    ask(name, otherwise, Box::new(done));
}

fn ask(name: &str, otherwise: Otherwise, done: Box<dyn FnOnce(Option<Lock>)>) {
    let Some(locks) = locks() else { return done(None) };
    let Some(request) = method(&locks, "request") else { return done(None) };
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            done(None);
            return JsValue::UNDEFINED;
        }
        // The lock is held until this promise is fulfilled.
        let mut release = None;
        let until = js_sys::Promise::new(&mut |resolve, _| release = Some(Lock(resolve)));
        done(release);
        until.into()
    });
    let options = js_sys::Object::new();
    let gives_up = JsValue::from_bool(otherwise == Otherwise::GiveUp);
    let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &gives_up);
    let _ = request.call3(&locks, &name.into(), &options, &granted);
}

/// The names of all locks held by any tab, handed to `found`; none where there are no locks.
pub fn held(found: impl FnOnce(Vec<String>) + 'static) {
    let query = locks().and_then(|locks| method(&locks, "query")?.call0(&locks).ok());
    let Some(promise) = query.and_then(|query| query.dyn_into::<js_sys::Promise>().ok()) else {
        return found(Vec::new());
    };
    let then = Closure::once_into_js(move |state: JsValue| {
        let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
        let held = get(&state, "held").map(|held| js_sys::Array::from(&held)).unwrap_or_default();
        found(held.iter().filter_map(|lock| get(&lock, "name")?.as_string()).collect());
    });
    if let Some(promise_then) = method(&promise, "then") {
        let _ = promise_then.call1(&promise, &then);
    }
}

/// The browser's lock manager.
fn locks() -> Option<JsValue> {
    let navigator = window().navigator();
    js_sys::Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

fn method(of: &JsValue, name: &str) -> Option<js_sys::Function> {
    js_sys::Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
