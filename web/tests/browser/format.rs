//! Numbers, names and lists.

use iap_core::pricing::Credits;
use iap_web::format;
use iap_web::i18n::Locale;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn credits_are_exact() {
    for (locale, millionths, shown) in [
        (Locale::En, 61_600, "0.0616"),
        (Locale::En, 9_330_000, "9.3300"),
        (Locale::En, 1, "0.000001"),
        (Locale::En, -1_500_000, "-1.5000"),
        (Locale::En, i64::MAX, "9,223,372,036,854.775807"),
        (Locale::Fr, 1_234_500_000, "1\u{202f}234,5000"),
        (Locale::Nl, 61_600, "0,0616"),
        (Locale::Ro, 1_234_500_000, "1.234,5000"),
        (Locale::Tr, 61_600, "0,0616"),
    ] {
        assert_eq!(format::credits(locale, Credits::from_millionths(millionths)), shown);
    }
}

#[wasm_bindgen_test]
fn numbers_to_be_typed_over_are_not_grouped() {
    for (locale, shown) in [(Locale::En, "1234.5"), (Locale::Fr, "1234,5"), (Locale::Tr, "1234,5")]
    {
        assert_eq!(format::typed(locale, "1234.5"), shown);
    }
    assert_eq!(format::typed(Locale::Ro, "7"), "7");
}

#[wasm_bindgen_test]
fn names_and_lists_are_the_languages() {
    assert_eq!(format::region(Locale::Fr, "BE"), "Belgique");
    assert_eq!(format::region(Locale::Tr, "RO"), "Romanya");
    assert_eq!(format::region(Locale::En, "no code"), "no code");
    let items = ["a", "b", "c"].map(str::to_owned);
    assert_eq!(format::list(Locale::Nl, &items), "a, b en c");
    assert_eq!(format::fold(Locale::En, "São Tomé ÅLAND"), "sao tome aland");
    assert_eq!(format::fold(Locale::Tr, "IĞDIR"), "ıgdır");
    assert!(format::compare(Locale::En, "Åland", "Zambia").is_lt());
}
