//! The settings and their page.

use iap_core::sms::{National, Newlines, Reference, Split};
use iap_web::dom::{fragment, mount_to};
use iap_web::pages;
use iap_web::settings::{self, STORAGE_KEY, Settings};
use iap_web::storage;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{Stage, dispatch, storage_event, turn, type_into};

fn unusual() -> Settings {
    let mut settings = Settings::default();
    for (name, value) in [
        ("region", "BE"),
        ("newlines", "crlf"),
        ("national", "cheapest"),
        ("reference", "16"),
        ("split", "graphemes"),
        ("part_cap", "255"),
    ] {
        assert!(settings.set(name, value), "{name}={value}");
    }
    settings
}

#[wasm_bindgen_test]
fn what_is_kept_is_read_again() {
    let settings = unusual();
    assert_eq!(settings.newlines, Newlines::CrLf);
    assert_eq!(settings.national, National::Cheapest);
    assert_eq!(settings.reference, Reference::Bits16);
    assert_eq!(settings.split, Split::Graphemes);
    assert_eq!(settings.part_cap.get(), 255);
    assert_eq!(Settings::from_text(&settings.to_text()), settings);
    assert_eq!(Settings::from_text(&Settings::default().to_text()), Settings::default());
}

#[wasm_bindgen_test]
fn what_is_not_understood_keeps_its_default() {
    for text in
        ["", ";;;", "part_cap=0", "part_cap=256", "part_cap=-1", "newlines=LF", "x=y", "region=ZZ"]
    {
        assert_eq!(Settings::from_text(text), Settings::default(), "{text}");
    }
    let partly = Settings::from_text("split=graphemes;part_cap=many;newlines=lf");
    assert_eq!((partly.split, partly.newlines), (Split::Graphemes, Newlines::Lf));
    assert_eq!(partly.part_cap, Settings::default().part_cap);
}

#[wasm_bindgen_test]
async fn a_change_is_kept_and_other_tabs_are_followed() {
    storage::set(STORAGE_KEY, "split=graphemes");
    let started = StoredValue::new(None);
    let place = Stage::new();
    let handle = mount_to(&place.0, move || {
        started.set_value(Some(settings::start()));
        fragment()
    });
    let settings = started.get_value().unwrap();
    turn().await;
    assert_eq!(settings.get_untracked().split, Split::Graphemes);
    assert_eq!(storage::get(STORAGE_KEY).as_deref(), Some("split=graphemes"), "only read");

    settings.set(unusual());
    turn().await;
    assert_eq!(storage::get(STORAGE_KEY), Some(unusual().to_text()));

    storage_event(STORAGE_KEY, Some("part_cap=3"));
    turn().await;
    assert_eq!(settings.get_untracked().part_cap.get(), 3);
    drop(handle);
    storage::remove(STORAGE_KEY);
}

#[wasm_bindgen_test]
async fn the_page_changes_the_settings_and_keeps_what_was_typed() {
    storage::remove(STORAGE_KEY);
    let stage = Stage::new();
    let shared = StoredValue::new(None);
    let handle = mount_to(&stage.0, move || {
        shared.set_value(Some(settings::start()));
        pages::settings::page("/settings")
    });
    turn().await;
    let settings = shared.get_value().unwrap();
    let cap: HtmlInputElement = stage.find("input[inputmode=numeric]");
    assert_eq!(cap.value(), "10");
    assert_eq!(cap.get_attribute("aria-invalid"), None);

    for wrong in ["0", "256", "", "ten", "1.5"] {
        type_into(&cap, wrong);
        turn().await;
        assert_eq!(cap.value(), wrong);
        assert_eq!(cap.get_attribute("aria-invalid").as_deref(), Some("true"), "{wrong}");
        assert!(stage.text().contains("Enter a whole number from 1 to 255."));
        assert_eq!(settings.get_untracked().part_cap.get(), 10, "{wrong}");
    }
    type_into(&cap, "007");
    turn().await;
    assert_eq!(cap.value(), "007", "one's typing is left alone");
    assert_eq!(settings.get_untracked().part_cap.get(), 7);
    assert_eq!(cap.get_attribute("aria-invalid"), None);

    let switches = stage.0.query_selector_all("input[role=switch]").unwrap();
    assert_eq!(switches.length(), 4);
    for at in 0..4 {
        let switch: HtmlInputElement =
            wasm_bindgen::JsCast::unchecked_into(switches.item(at).unwrap());
        assert!(!switch.checked());
        switch.set_checked(true);
        dispatch(&switch, "change");
    }
    turn().await;
    let now = settings.get_untracked();
    assert_eq!(now.national, National::Cheapest);
    assert_eq!(now.reference, Reference::Bits16);
    assert_eq!(now.split, Split::Graphemes);
    assert!(now.developer);

    let crlf: HtmlInputElement = stage.find("input[value=crlf]");
    crlf.set_checked(true);
    dispatch(&crlf, "change");
    turn().await;
    assert_eq!(settings.get_untracked().newlines, Newlines::CrLf);
    assert_eq!(storage::get(STORAGE_KEY), Some(settings.get_untracked().to_text()));
    drop(handle);
    storage::remove(STORAGE_KEY);
}
