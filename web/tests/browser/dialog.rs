//! Opening and closing dialogs.

use std::cell::Cell;
use std::rc::Rc;

use iap_web::dom::{mount_to, view};
use iap_web::reactive::RwSignal;
use iap_web::ui::Dialog;
use leptos::prelude::{GetValue as _, SetValue as _, StoredValue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use crate::{Stage, turn, until};

#[wasm_bindgen_test]
async fn what_is_opened_again_at_once_stays_open() {
    let stage = Stage::new();
    let kept = StoredValue::new(None);
    let _handle = mount_to(&stage.0, move || {
        let open = RwSignal::new(true);
        kept.set_value(Some(open));
        view! { <Dialog open=open title="A title">"Content"</Dialog> }
    });
    turn().await;
    let dialog: HtmlDialogElement = stage.find("dialog");
    assert!(dialog.open());
    let told = Rc::new(Cell::new(false));
    let tell = Rc::clone(&told);
    let listener = Closure::<dyn FnMut()>::new(move || tell.set(true));
    dialog.set_onclose(Some(listener.as_ref().unchecked_ref()));
    // As Escape does: the browser closes it, and tells that later.
    dialog.close();
    kept.get_value().unwrap().set(true);
    until("the browser has told that it was closed", || told.get()).await;
    turn().await;
    assert!(dialog.open());
    dialog.close();
    until("it is known to be closed", || !kept.get_value().unwrap().get_untracked()).await;
    assert!(!dialog.open());
}
