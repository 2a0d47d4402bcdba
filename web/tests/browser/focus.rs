//! Where the focus goes when one goes from page to page.

use iap_web::App;
use iap_web::dom::mount_to;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{Stage, until};

fn focused_heading() -> Option<String> {
    let active = document().active_element()?;
    (active.tag_name() == "H1").then(|| active.text_content()).flatten()
}

fn title() -> String {
    document().title()
}

#[wasm_bindgen_test]
async fn a_page_takes_the_focus_and_the_title() {
    iap_web::storage::set("iap.locale", "en");
    let start = window().location().href().unwrap();
    let stage = Stage::new();
    let handle = mount_to(&stage.0, App);

    let link: HtmlElement = {
        let selector = "a[href='/settings']";
        until("the navigation is there", || stage.0.query_selector(selector).unwrap().is_some())
            .await;
        stage.find(selector)
    };
    until("the first page is there", || stage.0.query_selector("h1").unwrap().is_some()).await;
    assert_eq!(focused_heading(), None, "the first page leaves the focus to the browser");
    link.click();
    until("settings have the focus", || focused_heading().as_deref() == Some("Settings")).await;
    assert_eq!(title(), "Settings · iap");
    until("the link is current", || link.get_attribute("aria-current").is_some()).await;
    assert_eq!(window().location().pathname().unwrap(), "/settings");

    stage.find::<HtmlElement>("a[href='/prices']").click();
    until("prices have the focus", || focused_heading().as_deref() == Some("Prices and FAQ")).await;
    assert_eq!(title(), "Prices and FAQ · iap");
    assert_eq!(link.get_attribute("aria-current"), None);

    drop(handle);
    window()
        .history()
        .unwrap()
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&start))
        .unwrap();
    iap_web::storage::remove("iap.locale");
}
