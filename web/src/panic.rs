//! The last notice: what the person sees if the program itself breaks.
//!
//! After a panic nothing of the program may run again, so the notice is plain DOM and its
//! buttons call functions of the browser.

use std::panic::PanicHookInfo;

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use crate::i18n::{I18n, Locale};

/// Shows the notice if the program panics, besides writing the panic to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let detail = detail(info);
        leptos::logging::error!("{detail}");
        // If the notice itself cannot be shown there is nothing left to try.
        let _ = show(&detail);
    }));
}

fn detail(info: &PanicHookInfo<'_>) -> String {
    let agent = window().navigator().user_agent().unwrap_or_default();
    let path = window().location().pathname().unwrap_or_default();
    format!("iap {}\n{info}\n{path}\n{agent}", env!("CARGO_PKG_VERSION"))
}

/// Puts the notice over the page.
///
/// # Errors
/// What the browser threw while the notice was built.
pub fn show(detail: &str) -> Result<(), JsValue> {
    let document = document();
    if document.get_element_by_id("panic").is_some() {
        return Ok(());
    }
    let body = document.body().ok_or(JsValue::NULL)?;
    // The texts' own signal is not to be trusted any more: read the choice again.
    let text = Owner::new().with(|| {
        let t = I18n::new(Locale::preferred());
        [t.panic_title(), t.panic_text(), t.panic_reload(), t.panic_detail(), t.panic_copy()]
    });
    let [title, explanation, reload, technical, copy] = text;

    let dialog: HtmlDialogElement = document.create_element("dialog")?.unchecked_into();
    dialog.set_id("panic");
    dialog.set_class_name("dialog");
    dialog.set_attribute("aria-labelledby", "panic-title")?;
    let heading = child(&dialog, "h2", title)?;
    heading.set_id("panic-title");
    child(&dialog, "p", explanation)?;
    let more = child(&dialog, "details", "")?;
    child(&more, "summary", technical)?;
    child(&more, "pre", detail)?;

    let actions = child(&dialog, "div", "")?;
    actions.set_class_name("dialog-actions");
    let clipboard = window().navigator().clipboard();
    if !clipboard.is_undefined() {
        let button = child(&actions, "button", copy)?;
        button.set_class_name("button");
        on_click(&button, &clipboard, "writeText", Some(detail))?;
    }
    let button = child(&actions, "button", reload)?;
    button.set_class_name("button button-primary");
    on_click(&button, &window().location(), "reload", None)?;

    body.append_child(&dialog)?;
    dialog.show_modal()?;
    button.focus()
}

fn child(parent: &Element, tag: &str, text: &str) -> Result<HtmlElement, JsValue> {
    let element: HtmlElement = document().create_element(tag)?.unchecked_into();
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element)?;
    Ok(element)
}

/// Lets a click call a method of a browser object, without passing through this program.
fn on_click(
    button: &HtmlElement,
    object: &JsValue,
    method: &str,
    argument: Option<&str>,
) -> Result<(), JsValue> {
    let function: js_sys::Function =
        js_sys::Reflect::get(object, &JsValue::from_str(method))?.dyn_into()?;
    let bound: JsValue = match argument {
        Some(argument) => function.bind1(object, &JsValue::from_str(argument)).into(),
        None => function.bind0(object).into(),
    };
    button.set_onclick(Some(bound.unchecked_ref()));
    Ok(())
}
