//! Answers of the server as core's types.

use iap_core::access::Role;
use iap_core::api::{Account, Problem, ProblemCode, WaysToSignIn};
use iap_web::backend::value::read;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn json(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap()
}

const ACCOUNT: &str = r#"{
    "id": 9007199254740991, "database": 2, "service": 3, "service_name": "sms",
    "service_label": "SMS ✓", "sender_name": "", "companies": [1, 2],
    "available": {"paid": "9.3300", "granted": "0.0000", "total": "9.3300"},
    "held": {"paid": "0", "granted": "0", "total": "0"},
    "alert": {"threshold": "10.0000", "recipients": [{"email": "a@example.com", "language": "fr"}]},
    "created_at": "2026-11-01T08:00:00Z", "added_by_a_later_version": {"x": [1.5, null, true]}
}"#;

#[wasm_bindgen_test]
fn an_account_is_read_whole() {
    let account: Account = read(json(ACCOUNT)).unwrap();
    assert_eq!(account.id, 9_007_199_254_740_991);
    assert_eq!(account.service_label, "SMS ✓");
    assert_eq!(account.companies, [1, 2]);
    assert_eq!(account.available.total.to_string(), "9.3300");
    assert_eq!(account.alert.recipients[0].language, "fr");
}

#[wasm_bindgen_test]
fn what_is_left_out_or_null_is_nothing() {
    let ways: WaysToSignIn = read(json(r#"{"password": true, "provider": null}"#)).unwrap();
    assert!(ways.password && ways.provider.is_none() && ways.session.is_none());
    let problem: Problem = read(json(
        r#"{"type": "urn:iap:problem:locked", "title": "", "status": 429, "code": "locked",
            "detail": "Wait."}"#,
    ))
    .unwrap();
    assert_eq!((problem.code, problem.status), (ProblemCode::Locked, 429));
    assert!(problem.fields.is_empty());
    assert_eq!(read::<Role>("admin".into()), Some(Role::Admin));
}

#[wasm_bindgen_test]
fn what_does_not_fit_is_nothing_of_ours() {
    for (right, wrong) in [
        ("\"id\": 9007199254740991", "\"id\": 1.5"),
        ("\"id\": 9007199254740991", "\"id\": 1e30"),
        ("\"id\": 9007199254740991", "\"id\": \"1\""),
        ("\"id\": 9007199254740991, ", ""),
        ("\"9.3300\"", "9.33"),
        ("\"9.3300\"", "\"-1\""),
        ("\"sms\"", "\"not a name\""),
        ("[1, 2]", "{}"),
        ("a@example.com", "nobody"),
    ] {
        assert!(ACCOUNT.contains(right), "{right}");
        let wrong = ACCOUNT.replacen(right, wrong, 1);
        assert_eq!(read::<Account>(json(&wrong)), None, "{wrong}");
    }
    for text in ["null", "[]", "3", "\"text\"", "true"] {
        assert_eq!(read::<Account>(json(text)), None, "{text}");
    }
}
