//! What stays in the document when something on the page changes.

use iap_web::dom::{Row, mount_to, view};
use iap_web::ui::{Rows, rows};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::{Stage, turn};

#[wasm_bindgen_test]
async fn items_keep_their_elements() {
    let stage = Stage::new();
    let keys = StoredValue::new(None);
    let handle = mount_to(&stage.0, move || {
        let shown = RwSignal::new(vec!["a", "b", "c"]);
        keys.set_value(Some(shown));
        let row = |key: &'static str| Row::new(key, move || view! { <li id=key>{key}</li> });
        view! { <ul><Rows rows=rows(move || shown.get().into_iter().map(row).collect())/></ul> }
    });
    let kept: Element = stage.find("#c");
    keys.get_value().unwrap().set(vec!["c", "d", "a"]);
    turn().await;
    assert_eq!(stage.text(), "cda");
    assert_eq!(stage.find::<Element>("#c"), kept);
    drop(handle);
    assert_eq!(stage.text(), "");
}

#[wasm_bindgen_test]
async fn what_only_shows_something_is_changed_in_place() {
    let stage = Stage::new();
    let number = StoredValue::new(None);
    let handle = mount_to(&stage.0, move || {
        let shown = RwSignal::new(1);
        number.set_value(Some(shown));
        view! { <div>{move || view! { <details><p>{shown.get().to_string()}</p></details> }}</div> }
    });
    let details: Element = stage.find("details");
    details.set_attribute("open", "").unwrap();
    number.get_value().unwrap().set(2);
    turn().await;
    assert_eq!(stage.text(), "2");
    assert_eq!(stage.find::<Element>("details[open]"), details);
    drop(handle);
}

#[wasm_bindgen_test]
async fn what_is_gone_no_longer_listens() {
    let stage = Stage::new();
    let kept_state = StoredValue::new(None);
    let handle = mount_to(&stage.0, move || {
        let (there, clicks) = (RwSignal::new(true), RwSignal::new(0));
        kept_state.set_value(Some((there, clicks)));
        view! {
            <div>
                {move || there.get().then(|| {
                    view! { <button on:click=move |_| clicks.update(|n| *n += 1)>"+"</button> }
                })}
            </div>
        }
    });
    let (there, clicks) = kept_state.get_value().unwrap();
    let button: HtmlElement = stage.find("button");
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
    there.set(false);
    turn().await;
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
    drop(handle);
}
