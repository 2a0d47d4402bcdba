//! Any bytes that are sent to Odoo's protocol get an answer that its client survives.
#![no_main]

#[path = "house/mod.rs"]
mod house;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use house::{HOUSE, KEY, TOKEN, UUID, object};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// What can be called, and fields that are right there, as JSON.
const CALLS: [(&str, &[(&str, &str)]); 7] = [
    (
        "/iap/1/balance",
        &[("dbuuid", UUID), ("account_token", TOKEN), ("service_name", r#""reveal""#)],
    ),
    (
        "/iap/1/get-accounts-information",
        &[
            (
                "iap_accounts",
                r#"[{"token":"3ba3d77cb510450f81a9b0940113b5c2","service":"reveal"}]"#,
            ),
            ("dbuuid", UUID),
        ],
    ),
    (
        "/iap/1/update-warning-email-alerts",
        &[
            ("warning_threshold", "7.5"),
            ("warning_emails", r#"[{"email":"ann@example.com","lang_code":"fr_BE"}]"#),
            ("account_token", TOKEN),
        ],
    ),
    (
        "/iap/update-warning-odoo",
        &[
            ("warning_threshold", "7.5"),
            ("warning_email", r#""ann@example.com""#),
            ("warn_me", "true"),
            ("dbuuid", UUID),
            ("account_token", TOKEN),
        ],
    ),
    (
        "/iap/1/authorize",
        &[
            ("credit", "0.01"),
            ("ttl", "1"),
            ("description", "null"),
            ("account_token", TOKEN),
            ("request_id", "null"),
            ("dbuuid", UUID),
            ("key", KEY),
        ],
    ),
    ("/iap/1/capture", &[("token", r#""1-1""#), ("credit_to_capture", "null"), ("key", KEY)]),
    ("/iap/1/cancel", &[("token", r#""1-1""#), ("key", KEY)]),
];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, input)) = data.split_first() else { return };
    let Some((path, fields)) = CALLS.get(usize::from(choice & 7)) else {
        return follow(input);
    };
    let body = if choice & 8 == 0 {
        input.to_vec()
    } else {
        [br#"{"id":"1","params":"#, &*object(fields, input), b"}"].concat()
    };
    let (status, answer) = HOUSE.ask(Request::post(*path).body(Body::from(body)).unwrap());
    assert_eq!(status, StatusCode::OK);
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["jsonrpc"], "2.0");
    assert_ne!(answer.get("result").is_some(), answer.get("error").is_some(), "{answer}");
    if let Some(error) = answer.get("error") {
        let (name, message) = (&error["data"]["name"], error["data"]["message"].as_str().unwrap());
        if name.as_str().unwrap().ends_with(".InsufficientCreditError") {
            let told: Value = serde_json::from_str(message).unwrap();
            assert!(told["credit"].is_number(), "{told}");
        }
    }
});

/// Follows the link to the page where credits are bought, with anything behind its question mark.
fn follow(query: &[u8]) {
    let target = [b"/iap/1/credit?", query].concat();
    let Ok(request) = Request::get(&*target).body(Body::empty()) else { return };
    let (status, _) = HOUSE.ask(request);
    assert!(matches!(status, StatusCode::SEE_OTHER | StatusCode::BAD_REQUEST), "{status}");
}
