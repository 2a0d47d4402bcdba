//! What a real Odoo sends. `cargo xtask odoo --record server/tests/odoo/requests.jsonl` has written
//! it down; here every request is sent again, as it was, and the answer is held against what Odoo
//! reads of it. Another file may be named by `IAP_ODOO_REQUESTS`.

use iap_core::catalogue::NewDatabases;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::customer::Customer;
use crate::on_both;
use crate::support::store::TestStore;

const RECORDED: &str = include_str!("requests.jsonl");

/// Names a further file of requests, one a line: as above, or with `"POST": PATH` in the place of
/// method and path.
const VARIABLE: &str = "IAP_ODOO_REQUESTS";

/// Below which path the server of the recording was reached.
const PREFIX: &str = "/credits";

on_both! {
    async fn every_recorded_request_is_answered_as_odoo_reads_it(test: TestStore) {
        let customer = Customer::with(test, NewDatabases::Open, PREFIX).await;
        assert!(replay(&customer, RECORDED).await > 0);
        customer.test.verify().await;
    }

    async fn requests_of_another_file_are_too(test: TestStore) {
        let Ok(file) = std::env::var(VARIABLE) else { return };
        let customer = Customer::with(test, NewDatabases::Open, PREFIX).await;
        let lines = std::fs::read_to_string(&file).expect(VARIABLE);
        assert!(replay(&customer, &lines).await > 0, "{file}");
        customer.test.verify().await;
    }
}

#[derive(Deserialize)]
struct Recorded {
    #[serde(default)]
    method: String,
    #[serde(alias = "POST")]
    path: String,
    #[serde(default)]
    body: Option<Box<RawValue>>,
}

/// Sends each line; how many there were.
async fn replay(customer: &Customer, lines: &str) -> usize {
    for line in lines.lines() {
        let request: Recorded = serde_json::from_str(line).unwrap();
        let (path, called) = addressed(&request.path);
        if request.method == "GET" {
            let answer = customer.get(&path).await;
            assert_eq!(answer.status, 303, "{line}");
            assert!(answer.header("location").unwrap().contains("/buy?"), "{line}");
        } else {
            let body = request.body.unwrap();
            let answer = customer.post(&path, body.get()).await;
            assert_eq!(answer.status, 200, "{line}");
            assert_eq!(answer.header("content-type"), Some("application/json"), "{line}");
            let answer = serde_json::from_str(answer.text()).unwrap();
            expect_form(called, &serde_json::from_str(body.get()).unwrap(), &answer);
        }
    }
    lines.lines().count()
}

/// A path as it is sent, with the prefix of this server in the place of another, and what is called
/// there.
fn addressed(path: &str) -> (String, &str) {
    let begins = ["/iap/", "/api/"].iter().filter_map(|begin| path.find(begin)).min().unwrap();
    let (prefix, call) = path.split_at(begins);
    let slashes = prefix.bytes().all(|byte| byte == b'/');
    (format!("{}{call}", if slashes { prefix } else { PREFIX }), call)
}

/// That an answer has what Odoo's client reads of it.
fn expect_form(called: &str, call: &Value, answer: &Value) {
    assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &call["id"]), "{called}");
    let (params, result) = (&call["params"], &answer["result"]);
    match called {
        "/iap/1/balance" => assert!(result.is_number(), "{answer}"),
        "/iap/1/get-accounts-information" => expect_accounts(params, result),
        "/iap/1/update-warning-email-alerts" => assert_eq!(result, true, "{answer}"),
        _ => {
            let data = &answer["error"]["data"];
            assert!(data["name"].is_string() && data["message"].is_string(), "{called}: {answer}");
            assert!(result.is_null(), "{called}: {answer}");
        }
    }
}

fn expect_accounts(params: &Value, result: &Value) {
    let asked: Vec<&str> = params["iap_accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["token"].as_str())
        .collect();
    for (token, account) in result.as_object().unwrap() {
        assert!(asked.contains(&&**token), "{token} was not asked for");
        assert!(account["balance"].is_number(), "{account}");
        assert!(account["warning_threshold"].is_number(), "{account}");
        let states = [json!("registered"), json!("unregistered"), json!("banned"), json!(false)];
        assert!(states.contains(&account["registered"]), "{account}");
        assert!(account.get("sender_name").is_none_or(Value::is_string), "{account}");
    }
}
