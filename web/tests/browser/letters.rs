//! Letters of Unicode, which the browser knows.

use iap_core::access::EmailAddress;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn addresses_are_read_as_the_server_reads_them() {
    iap_web::letters::start();
    for (typed, read) in [
        ("Ann@Example.COM", Some("ann@example.com")),
        ("JÜRGEN@müller.example", Some("jürgen@müller.example")),
        ("Ștefan@exemplu.ro", Some("ștefan@exemplu.ro")),
        ("ΑΝΝΑ@παράδειγμα.gr", Some("αννα@παράδειγμα.gr")),
        ("田中@例え.jp", Some("田中@例え.jp")),
        // In small letters, an i and a mark.
        ("İnci@example.com", None),
        ("a\u{200b}nn@example.com", None),
        ("“ann”@example.com", None),
        ("ann@exa mple.com", None),
    ] {
        let address = typed.parse::<EmailAddress>().ok();
        assert_eq!(address.as_ref().map(EmailAddress::as_str), read, "{typed}");
    }
}
