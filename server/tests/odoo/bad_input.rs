//! What is sent by mistake, or by those who mean no good.

use serde_json::{Value, json};

use crate::customer::{Customer, KEY, TOKEN, UUID};
use crate::support::store::TestStore;

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_no_call_is_answered_in_a_way_the_client_survives() {
    let customer = Customer::of(TestStore::sqlite().await).await;
    let nested = "[".repeat(100_000);
    for body in ["", "x", "[]", "null", "{\"params\": 3}", "{\"params\": [1]}", "\u{0}", &nested] {
        let answer = customer.post("/iap/1/balance", body).await;
        assert_eq!(answer.status, 200);
        let answer: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(answer["error"]["data"]["name"], "builtins.TypeError", "{answer}");
        assert!(answer["error"]["data"]["message"].is_string());
    }
    let answer = customer.post("/iap/1/balance", [0xFF, 0xFE]).await;
    assert_eq!(answer.status, 200);
    let large = customer.post("/iap/1/balance", vec![b' '; 10 * 1_024 * 1_024]).await;
    assert_eq!(large.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_is_missing_or_wrong_is_named() {
    let customer = Customer::of(TestStore::sqlite().await).await;
    customer.credited("10").await;
    for (path, params, named) in [
        ("/iap/1/balance", json!({}), "dbuuid"),
        ("/iap/1/balance", json!({"dbuuid": 7}), "string"),
        (
            "/iap/1/balance",
            json!({"dbuuid": UUID, "account_token": "x", "service_name": "sms"}),
            "token",
        ),
        (
            "/iap/1/balance",
            json!({"dbuuid": "'; --", "account_token": TOKEN, "service_name": "sms"}),
            "UUID",
        ),
        (
            "/iap/1/balance",
            json!({"dbuuid": UUID, "account_token": TOKEN, "service_name": "\u{0}"}),
            "service",
        ),
        (
            "/iap/1/get-accounts-information",
            json!({"dbuuid": UUID, "iap_accounts": {}}),
            "sequence",
        ),
        (
            "/iap/1/get-accounts-information",
            json!({"dbuuid": UUID, "iap_accounts": vec![json!({"token": TOKEN, "service": "sms"}); 501]}),
            "500",
        ),
        ("/iap/1/authorize", json!({"account_token": TOKEN, "key": KEY}), "credit"),
        ("/iap/1/capture", json!({"key": KEY}), "token"),
        (
            "/iap/1/update-warning-email-alerts",
            json!({"account_token": TOKEN, "warning_threshold": -1}),
            "threshold",
        ),
        (
            "/iap/1/update-warning-email-alerts",
            json!({"account_token": TOKEN, "warning_threshold": 1, "warning_emails": [{"email": "a\r\nBcc: b@c"}]}),
            "address",
        ),
    ] {
        let error = customer.call(path, params.clone()).await.unwrap_err();
        assert!(error["message"].as_str().unwrap().contains(named), "{params}: {error}");
    }
    for credit in [json!(-1), json!("4"), json!(null), json!(true), json!([4]), json!(1e300)] {
        let error = customer.authorize(json!({"credit": credit})).await.unwrap_err();
        assert_eq!(error["name"], "builtins.TypeError", "{credit}");
    }
    // JSON has no such numbers; Python writes them all the same.
    for credit in ["NaN", "Infinity", "-Infinity", "1e999999999999"] {
        let body = format!(
            "{{\"params\": {{\"account_token\": \"{TOKEN}\", \"key\": \"{KEY}\", \
             \"credit\": {credit}, \"dbuuid\": \"{UUID}\"}}}}"
        );
        let answer = customer.post("/iap/1/authorize", body).await;
        let answer: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(answer["error"]["data"]["name"], "builtins.TypeError", "{credit}");
    }
    assert_eq!(customer.balance().await, json!(10.0));
    customer.test.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_posts_are_calls() {
    let customer = Customer::of(TestStore::sqlite().await).await;
    for path in ["/iap/1/balance", "/iap/1/authorize", "/iap/1/capture", "/iap/1/cancel"] {
        assert_eq!(customer.get(path).await.status, 405, "{path}");
    }
    assert_eq!(customer.post("/iap/1/credit", "{}").await.status, 405);
}
