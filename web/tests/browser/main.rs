//! Components and what they stand on, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy does not see that these functions are tests"
)]

mod clock;
mod dialog;
mod dom;
mod focus;
mod format;
mod letters;
mod panic;
mod rates;
mod settings;
mod texts;
mod theme;
mod value;

use iap_web::i18n::{I18n, Locale};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A place in the page for one test; gone when dropped.
struct Stage(web_sys::HtmlElement);

impl Stage {
    fn new() -> Self {
        install_english();
        let place: web_sys::HtmlElement =
            document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&place).unwrap();
        Self(place)
    }

    fn find<T: JsCast>(&self, selector: &str) -> T {
        self.0
            .query_selector(selector)
            .unwrap()
            .unwrap_or_else(|| panic!("nothing matches {selector} in {}", self.0.inner_html()))
            .unchecked_into()
    }

    fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Lets the browser and the reactive system do what is due.
async fn turn() {
    let later = js_sys::Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0).unwrap();
    });
    JsFuture::from(later).await.unwrap();
}

/// Waits until something is so. It gives up after many turns, never by the clock.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        turn().await;
    }
    panic!("it never came to this: {what}");
}

/// Types a text into a field as a person would: the value, then the event.
fn type_into(field: &web_sys::HtmlInputElement, text: &str) {
    field.set_value(text);
    dispatch(field, "input");
}

fn dispatch(target: &web_sys::EventTarget, name: &str) {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict(name, &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// Another tab changed what is kept under a key.
fn storage_event(key: &str, value: Option<&str>) {
    let init = web_sys::StorageEventInit::new();
    init.set_key(Some(key));
    init.set_new_value(value);
    let event = web_sys::StorageEvent::new_with_event_init_dict("storage", &init).unwrap();
    window().dispatch_event(&event).unwrap();
}

/// Takes over a language's texts, which the application loads when it needs them.
macro_rules! install {
    ($locale:expr, $tag:literal: $($part:literal)*) => {
        let all = include_str!(concat!(env!("OUT_DIR"), "/", $tag, ".txt"));
        assert!(I18n::install($locale, None, all.to_owned()), $tag);
        $(
            let own = include_str!(concat!(env!("OUT_DIR"), "/", $tag, "-", $part, ".txt"));
            assert!(I18n::install($locale, Some($part), own.to_owned()), "{} {}", $tag, $part);
        )*
    };
}

/// Takes over the texts of the pages that tests show, in English.
fn install_english() {
    install!(Locale::En, "en": "compose" "prices" "settings");
}

/// The same in every language.
fn install_languages() {
    install_english();
    install!(Locale::Fr, "fr": "compose" "prices" "settings");
    install!(Locale::Nl, "nl": "compose" "prices" "settings");
    install!(Locale::Ro, "ro": "compose" "prices" "settings");
    install!(Locale::Tr, "tr": "compose" "prices" "settings");
}

/// A property of an object, for what `web_sys` does not name.
fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap()
}
