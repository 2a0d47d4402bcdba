//! Any body, query and key of a request to `/api/v1/` is understood or refused with a reason.
#![no_main]

#[path = "house/mod.rs"]
mod house;

use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use house::{HOUSE, KEY, TOKEN, UUID, bare, object};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

type Fields = &'static [(&'static str, &'static str)];

/// What changes something, and fields that are right there. Left out is what would end the session,
/// and what takes the time of a password.
const CHANGES: [(&str, &str, Fields); 21] = [
    (
        "POST",
        "/services",
        &[
            ("name", r#""extract""#),
            ("label", r#""Documents""#),
            ("description", r#""""#),
            ("privacy_url", r#""https://example.com""#),
            ("trial", r#""2""#),
        ],
    ),
    (
        "PATCH",
        "/services/1",
        &[
            ("label", r#""Leads""#),
            ("description", r#""""#),
            ("privacy_url", r#""""#),
            ("trial", r#""2""#),
        ],
    ),
    (
        "POST",
        "/services/1/packs",
        &[
            ("name", r#""Starter""#),
            ("credits", r#""10""#),
            ("price", "150"),
            ("currency", r#""EUR""#),
            ("position", "1"),
        ],
    ),
    ("PATCH", "/packs/1", &[("name", r#""Starter""#), ("price", "150"), ("offered", "true")]),
    (
        "PATCH",
        "/databases/1",
        &[("name", r#""Ours""#), ("hosting", r#""on_premise""#), ("kind", r#""community""#)],
    ),
    ("PUT", "/databases/1/companies/1", &[("name", r#""Ours""#)]),
    (
        "POST",
        "/databases/1/members",
        &[("email", r#""operator@example.com""#), ("role", r#""member""#)],
    ),
    ("PATCH", "/accounts/1", &[("sender_name", r#""Ours""#), ("companies", "[1]")]),
    (
        "PUT",
        "/accounts/1/alert",
        &[
            ("threshold", r#""7.5""#),
            ("recipients", r#"[{"email":"ann@example.com","language":"nl-BE"}]"#),
        ],
    ),
    (
        "POST",
        "/accounts/1/credits",
        &[("amount", r#""7.5""#), ("kind", r#""paid""#), ("description", r#""By hand""#)],
    ),
    (
        "POST",
        "/accounts/1/withdrawals",
        &[("amount", r#""0.5""#), ("kind", r#""paid""#), ("description", r#""By hand""#)],
    ),
    (
        "POST",
        "/holds",
        &[
            ("amount", r#""0.01""#),
            ("ttl", "1"),
            ("account_token", TOKEN),
            ("database", UUID),
            ("description", r#""""#),
        ],
    ),
    ("POST", "/holds/1/capture", &[("amount", r#""0.01""#)]),
    ("POST", "/holds/1/cancel", &[]),
    ("PATCH", "/users/2", &[("name", r#""Ann""#), ("language", r#""fr""#), ("services", "[1]")]),
    ("POST", "/accounts/1/orders", &[("pack", "1")]),
    ("POST", "/orders/1/payment", &[("payment", r#""Transfer 7""#)]),
    ("POST", "/orders/1/refund", &[("reason", r#""By mistake""#)]),
    ("POST", "/orders/1/cancel", &[]),
    (
        "PATCH",
        "/settings",
        &[("new_databases", r#""open""#), ("mail_days", "90"), ("how_to_pay", r#""By transfer""#)],
    ),
    ("POST", "/mails/1/resend", &[]),
];

/// What is read, with anything behind the question mark.
const LISTS: [&str; 10] = [
    "/accounts",
    "/accounts/1/entries",
    "/accounts/1/entries.csv",
    "/accounts/1/holds",
    "/audit",
    "/databases",
    "/mails",
    "/orders",
    "/orders.csv",
    "/users",
];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, input)) = data.split_first() else { return };
    let place = usize::from(choice & 31);
    let Some((method, path, fields)) = CHANGES.get(place) else {
        return list(LISTS[place % LISTS.len()], input);
    };
    // The first line is the key of the request.
    let (key, input) = match input.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&input[..end], &input[end + 1..]),
        None => (&b"key"[..], input),
    };
    let Ok(key) = HeaderValue::from_bytes(key) else { return };
    let body = if choice & 32 == 0 { input.to_vec() } else { object(fields, input) };
    let request = Request::builder()
        .method(*method)
        .uri(format!("/api/v1{path}"))
        .header(header::COOKIE, format!("iap_session={}", HOUSE.session))
        .header(header::AUTHORIZATION, format!("Bearer {}", bare(KEY)))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key);
    expect_reason(request.body(Body::from(body)).unwrap());
});

fn list(path: &str, query: &[u8]) {
    let target = [b"/api/v1", path.as_bytes(), b"?", query].concat();
    let cookie = format!("iap_session={}", HOUSE.session);
    let request = Request::get(&*target).header(header::COOKIE, cookie);
    if let Ok(request) = request.body(Body::empty()) {
        expect_reason(request);
    }
}

/// Asks, and sees that what is refused is refused with a code and a sentence, and that nothing breaks.
fn expect_reason(request: Request<Body>) {
    let shown = format!("{request:?}");
    let (status, body) = HOUSE.ask(request);
    assert!(!status.is_server_error(), "{shown}: {}", String::from_utf8_lossy(&body));
    if status.is_client_error() {
        let problem: Value = serde_json::from_slice(&body).unwrap();
        assert!(problem["code"].is_string() && problem["detail"].is_string(), "{problem}");
        assert_eq!(problem["status"], status.as_u16(), "{problem}");
    }
}
