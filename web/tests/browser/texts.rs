//! The texts in the browser's own plural rules and in the document.

use iap_web::dom::{mount_to, view};
use iap_web::i18n::{Count, I18n, Locale, STORAGE_KEY, tr, use_i18n};
use iap_web::storage;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Stage, install_languages, property, storage_event, turn};

/// The categories that the browser knows for a language's cardinal numbers.
fn browser_categories(tag: &str) -> Vec<String> {
    let rules = js_sys::Intl::PluralRules::new(
        &js_sys::Array::of1(&JsValue::from_str(tag)),
        &js_sys::Object::new(),
    );
    let options = rules.resolved_options();
    let categories: js_sys::Array = property(&options, "pluralCategories").into();
    let mut names: Vec<String> = categories.iter().filter_map(|name| name.as_string()).collect();
    names.sort();
    names
}

#[wasm_bindgen_test]
fn plural_categories_are_the_browsers() {
    for locale in Locale::ALL {
        let mut ours: Vec<String> =
            locale.plural_categories().iter().map(|name| (*name).to_owned()).collect();
        ours.sort();
        assert_eq!(ours, browser_categories(locale.tag()), "{}", locale.tag());
    }
}

#[wasm_bindgen_test]
fn counts_choose_their_form() {
    install_languages();
    Owner::new().with(|| {
        for (locale, count, shown) in [
            (Locale::En, 0, "0 destinations"),
            (Locale::En, 1, "1 destination"),
            (Locale::En, 1_234, "1,234 destinations"),
            (Locale::Fr, 0, "0 destination"),
            (Locale::Fr, 2, "2 destinations"),
            (Locale::Fr, 1_000_000, "1\u{202f}000\u{202f}000 de destinations"),
            (Locale::Nl, 1, "1 bestemming"),
            (Locale::Nl, 2, "2 bestemmingen"),
            (Locale::Ro, 1, "1 destinație"),
            (Locale::Ro, 2, "2 destinații"),
            (Locale::Ro, 20, "20 de destinații"),
            (Locale::Ro, 101, "101 destinații"),
            (Locale::Tr, 1, "1 hedef"),
            (Locale::Tr, 5, "5 hedef"),
        ] {
            assert_eq!(I18n::new(locale).prices_shown(count), shown, "{}", locale.tag());
        }
    });
}

#[wasm_bindgen_test]
fn shown_decimals_decide_the_form() {
    install_languages();
    Owner::new().with(|| {
        let t = I18n::new(Locale::En);
        let one = Count::shown_as("1.0000".to_owned(), "1.0000".to_owned());
        assert_eq!(t.prices_shown(one), "1.0000 destinations");
    });
}

#[wasm_bindgen_test]
async fn choosing_a_language_changes_everything_at_once() {
    install_languages();
    storage::remove(STORAGE_KEY);
    let stage = Stage::new();
    let chosen = StoredValue::new(None);
    let handle = mount_to(&stage.0, move || {
        let i18n = I18n::start();
        i18n.choose(Locale::En);
        chosen.set_value(Some(i18n));
        let t = use_i18n();
        view! {
            <p title=tr(I18n::nav_settings)>{tr(I18n::nav_prices)}</p>
            <p>{move || t.prices_shown(2)}</p>
            <p>{move || t.missing_text_view(view! { <code>"/x"</code> })}</p>
        }
    });
    turn().await;
    assert!(stage.text().starts_with("Prices and FAQ2 destinationsNo page has the address /x."));

    chosen.get_value().unwrap().choose(Locale::Ro);
    turn().await;
    let text = stage.text();
    assert!(text.contains("2 destinații"), "{text}");
    assert!(text.contains("Nicio pagină nu are adresa /x."), "{text}");
    let first: web_sys::Element = stage.find("p");
    assert_eq!(first.get_attribute("title").as_deref(), Some("Setări"));
    assert_eq!(stage.find::<web_sys::Element>("code").inner_html(), "/x");
    let html = document().document_element().unwrap();
    assert_eq!(html.get_attribute("lang").as_deref(), Some("ro"));
    assert_eq!(storage::get(STORAGE_KEY).as_deref(), Some("ro"));

    // Another tab chooses too; what it says is not trusted.
    storage_event(STORAGE_KEY, Some("tr-TR"));
    turn().await;
    assert_eq!(html.get_attribute("lang").as_deref(), Some("tr"));
    drop(handle);
    storage::remove(STORAGE_KEY);
}

#[wasm_bindgen_test]
fn texts_of_another_build_are_not_taken() {
    for texts in ["", "one\0two", "<!doctype html>"] {
        assert!(!I18n::install(Locale::Fr, None, texts.to_owned()), "{texts}");
        assert!(!I18n::install(Locale::Fr, Some("prices"), texts.to_owned()), "{texts}");
    }
}

#[wasm_bindgen_test]
fn an_unknown_language_is_not_taken() {
    assert_eq!(Locale::from_tag("fr-BE"), Some(Locale::Fr));
    assert_eq!(Locale::from_tag("NL"), Some(Locale::Nl));
    for tag in ["", "de", "english", "-", "nlx"] {
        assert_eq!(Locale::from_tag(tag), None, "{tag}");
    }
}
