//! The last notice.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn it_is_plain_dom_with_a_way_out() {
    iap_web::panic::show("detail <b>of</b> it").unwrap();
    let notice = document().get_element_by_id("panic").unwrap();
    assert!(notice.matches("dialog:modal").unwrap());
    let pre = notice.query_selector("pre").unwrap().unwrap();
    assert_eq!(pre.text_content().as_deref(), Some("detail <b>of</b> it"));
    let button = notice.query_selector(".button-primary").unwrap().unwrap();
    assert_eq!(document().active_element().as_ref(), Some(&button));
    // A second panic does not put a second notice over the first.
    iap_web::panic::show("again").unwrap();
    assert_eq!(document().query_selector_all("#panic").unwrap().length(), 1);
    notice.remove();
}
