//! The rate card on its page.

use iap_web::dom::mount_to;
use iap_web::pages::prices;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::{Stage, turn, type_into};

fn names(stage: &Stage) -> Vec<String> {
    let cells = stage.0.query_selector_all(".rates tbody th").unwrap();
    (0..cells.length()).filter_map(|at| cells.item(at)?.text_content()).collect()
}

#[wasm_bindgen_test]
async fn it_is_searched_and_sorted() {
    let start = window().location().href().unwrap();
    let stage = Stage::new();
    let handle = mount_to(&stage.0, || prices::page("/prices"));
    turn().await;
    let first = names(&stage);
    assert_eq!(first.len(), 50);
    stage.find::<HtmlElement>(".rates-more button").click();
    turn().await;
    let all = names(&stage);
    assert!(all.starts_with(&first));
    assert!(all.len() > 200, "{} rows", all.len());
    assert_eq!(all.first().map(String::as_str), Some("Afghanistan"));
    assert!(stage.text().contains("made up"), "a sample says so");

    let search: HtmlInputElement = stage.find("input[type=search]");
    for (text, found) in [
        ("belg", "Belgium"),
        ("BE", "Belgium"),
        ("+40", "Romania"),
        ("cote d’iv", "Côte d’Ivoire"),
        ("1 876", "Jamaica"),
    ] {
        type_into(&search, text);
        turn().await;
        let shown = names(&stage);
        assert!(shown.iter().any(|name| name == found), "{text}: {shown:?}");
        assert!(shown.len() < all.len(), "{text} narrows");
    }
    type_into(&search, "nowhere at all");
    turn().await;
    assert!(names(&stage).is_empty());
    assert!(stage.text().contains("Nothing matches “nowhere at all”."));
    assert!(window().location().search().unwrap().contains("nowhere+at+all"));
    stage.find::<HtmlElement>(".empty button").click();
    turn().await;
    assert_eq!(names(&stage), all);

    stage.find::<HtmlElement>("th:first-child .sort").click();
    turn().await;
    let heading: Element = stage.find("th:first-child");
    assert_eq!(heading.get_attribute("aria-sort").as_deref(), Some("descending"));
    let mut reversed = names(&stage);
    assert_ne!(reversed, all);
    reversed.sort();
    let mut sorted = all.clone();
    sorted.sort();
    assert_eq!(reversed, sorted, "the same rows in another order");

    drop(handle);
    window()
        .history()
        .unwrap()
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&start))
        .unwrap();
}
