//! Light and dark.

use iap_web::dom::{fragment, mount_to};
use iap_web::storage;
use iap_web::theme::{STORAGE_KEY, Theme, Themes};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Stage, storage_event, turn};

fn attribute() -> Option<String> {
    document().document_element().unwrap().get_attribute("data-theme")
}

#[wasm_bindgen_test]
async fn a_chosen_theme_is_shown_and_remembered() {
    storage::remove(STORAGE_KEY);
    let stage = Stage::new();
    stage.0.set_inner_html(
        "<meta name=theme-color data-colour=#111 content=#111><meta name=theme-color data-colour=#222 content=#222>",
    );
    let colours = || {
        let metas = document().query_selector_all("meta[name=theme-color]").unwrap();
        (0..metas.length())
            .filter_map(|at| metas.item(at))
            .map(|meta| {
                let meta: web_sys::Element = wasm_bindgen::JsCast::unchecked_into(meta);
                meta.get_attribute("content").unwrap()
            })
            .collect::<Vec<_>>()
    };
    let started = StoredValue::new(None);
    let place = Stage::new();
    let handle = mount_to(&place.0, move || {
        started.set_value(Some(Themes::start()));
        fragment()
    });
    let themes = started.get_value().unwrap();
    turn().await;
    assert_eq!((themes.get(), attribute()), (Theme::System, None));

    themes.choose(Theme::Dark);
    turn().await;
    assert_eq!(attribute().as_deref(), Some("dark"));
    assert_eq!(storage::get(STORAGE_KEY).as_deref(), Some("dark"));
    assert_eq!(colours(), ["#222", "#222"]);

    themes.choose(Theme::System);
    turn().await;
    assert_eq!(attribute(), None);
    assert_eq!(colours(), ["#111", "#222"]);

    storage_event(STORAGE_KEY, Some("light"));
    turn().await;
    assert_eq!(attribute().as_deref(), Some("light"));
    storage_event(STORAGE_KEY, Some("mauve"));
    turn().await;
    assert_eq!(themes.get(), Theme::System);
    drop(handle);
    storage::remove(STORAGE_KEY);
}

#[wasm_bindgen_test]
fn what_is_not_a_theme_is_the_systems() {
    storage::set(STORAGE_KEY, "<b>");
    assert_eq!(Theme::remembered(), Theme::System);
    storage::remove(STORAGE_KEY);
}
