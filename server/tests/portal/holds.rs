//! How providers charge over `/api/v1/`.

use serde_json::{Value, json};

use crate::house::{House, TOKEN, UUID, Who};
use crate::on_both;
use crate::support::store::TestStore;

fn new_hold(amount: &str) -> Value {
    json!({"account_token": TOKEN, "database": UUID, "amount": amount, "description": "Two leads"})
}

async fn available(house: &House) -> String {
    let path = format!("/accounts/{}", house.reveal_account);
    let (_, account) = house.call(Who::Member, "GET", &path, None).await;
    account["available"]["total"].as_str().unwrap().to_owned()
}

on_both! {
    async fn work_is_charged_when_it_is_done(test: TestStore) {
        let house = House::of(test).await;
        let (status, hold) = house.call_with_key(Who::Key, "POST", "/holds", Some(new_hold("2")), "w1").await;
        assert_eq!((status, &hold["state"], &hold["amount"]), (201, &json!("open"), &json!("2.0000")));
        assert_eq!(available(&house).await, "98.0000");
        let path = format!("/holds/{}", hold["id"]);
        let part = Some(json!({"amount": "1.25"}));
        let (status, captured) = house.call(Who::Key, "POST", &format!("{path}/capture"), part.clone()).await;
        assert_eq!((status, &captured["state"], &captured["charged"]), (200, &json!("captured"), &json!("1.2500")));
        assert_eq!(available(&house).await, "98.7500");
        // Again, and the request for the hold again: nothing moves, and the answers are the same.
        assert_eq!(house.call(Who::Key, "POST", &format!("{path}/capture"), part).await, (200, captured.clone()));
        let again = house.call_with_key(Who::Key, "POST", "/holds", Some(new_hold("2")), "w1").await;
        assert_eq!(again, (201, hold));
        assert_eq!(available(&house).await, "98.7500");
        assert_eq!(house.call(Who::Key, "GET", &path, None).await, (200, captured));
        let (status, problem) = house.call(Who::Key, "POST", &format!("{path}/cancel"), None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("hold_captured")));
        house.test.verify().await;
    }

    async fn work_that_is_not_done_costs_nothing(test: TestStore) {
        let house = House::of(test).await;
        let (_, hold) = house.call(Who::Key, "POST", "/holds", Some(new_hold("2"))).await;
        let path = format!("/holds/{}/cancel", hold["id"]);
        for _ in 0..2 {
            let (status, cancelled) = house.call(Who::Key, "POST", &path, None).await;
            assert_eq!((status, &cancelled["state"]), (200, &json!("cancelled")));
        }
        assert_eq!(available(&house).await, "100.0000");
        let capture = format!("/holds/{}/capture", hold["id"]);
        let (status, problem) = house.call(Who::Key, "POST", &capture, Some(json!({}))).await;
        assert_eq!((status, &problem["code"]), (409, &json!("hold_cancelled")));
    }

    async fn lack_of_credit_says_how_much_is_missing(test: TestStore) {
        let house = House::of(test).await;
        let (status, problem) = house.call(Who::Key, "POST", "/holds", Some(new_hold("100.5"))).await;
        assert_eq!((status, &problem["code"]), (402, &json!("insufficient_credit")));
        let expected = json!({"needed": "100.5000", "available": "100.0000", "missing": "0.5000"});
        assert_eq!(problem["shortfall"], expected);
        assert_eq!(available(&house).await, "100.0000");
    }

    async fn what_does_not_fit_is_refused_by_name(test: TestStore) {
        let house = House::of(test).await;
        for (field, value, code, status) in [
            ("amount", json!("0"), "invalid", 422),
            ("amount", json!("-1"), "invalid", 422),
            ("amount", json!(1), "invalid", 422),
            ("amount", json!("1e3"), "invalid", 422),
            ("amount", json!("NaN"), "invalid", 422),
            ("ttl", json!(0), "invalid", 422),
            ("ttl", json!(87_601), "invalid", 422),
            ("database", json!("../x"), "invalid", 422),
            ("account_token", json!("short"), "invalid", 422),
            ("colour", json!("red"), "invalid", 422),
        ] {
            let mut hold = new_hold("1");
            hold[field] = value.clone();
            let (got, problem) = house.call(Who::Key, "POST", "/holds", Some(hold)).await;
            assert_eq!((got, &problem["code"]), (status, &json!(code)), "{field} {value}");
            assert_eq!(problem["fields"][0]["field"], field, "{problem}");
        }
        let mut hold = new_hold("1");
        hold["account_token"] = json!(format!("{TOKEN}+disabled"));
        let (status, problem) = house.call(Who::Key, "POST", "/holds", Some(hold)).await;
        assert_eq!((status, &problem["code"]), (403, &json!("account_disabled")));
        let mut hold = new_hold("1");
        hold["database"] = json!("ffffffff-0000-0000-0000-000000000000");
        let (status, problem) = house.call(Who::Key, "POST", "/holds", Some(hold)).await;
        assert_eq!((status, &problem["code"]), (403, &json!("database_not_approved")));
        assert_eq!(available(&house).await, "100.0000");
    }

    async fn an_account_that_is_switched_off_is_charged_for_nothing_new(test: TestStore) {
        let house = House::of(test).await;
        let (_, begun) = house.call_with_key(Who::Key, "POST", "/holds", Some(new_hold("2")), "w1").await;
        let path = format!("/accounts/{}", house.reveal_account);
        let switch = |disabled: bool| Some(json!({"disabled": disabled}));
        assert_eq!(house.call(Who::Member, "PATCH", &path, switch(true)).await.0, 403);
        let (status, account) = house.call(Who::Admin, "PATCH", &path, switch(true)).await;
        assert_eq!((status, &account["disabled"]), (200, &json!(true)));
        let (status, problem) = house.call(Who::Key, "POST", "/holds", Some(new_hold("1"))).await;
        assert_eq!((status, &problem["code"]), (403, &json!("account_disabled")));
        assert!(problem["detail"].as_str().unwrap().contains("can enable it"), "{problem}");
        // What was begun is answered again, and charged.
        let again = house.call_with_key(Who::Key, "POST", "/holds", Some(new_hold("2")), "w1").await;
        assert_eq!(again, (201, begun.clone()));
        let capture = format!("/holds/{}/capture", begun["id"]);
        assert_eq!(house.call(Who::Key, "POST", &capture, Some(json!({}))).await.0, 200);
        assert_eq!(available(&house).await, "98.0000");

        let (_, changes) = house.call(Who::Admin, "GET", &format!("{path}/changes"), None).await;
        assert_eq!(changes["items"][0]["detail"], "disabled = true");
        let (_, account) = house.call(Who::Admin, "PATCH", &path, switch(false)).await;
        assert_eq!(account["disabled"], false);
        assert_eq!(house.call(Who::Key, "POST", "/holds", Some(new_hold("1"))).await.0, 201);
        house.test.verify().await;
    }

    async fn holds_of_other_services_are_none(test: TestStore) {
        let house = House::of(test).await;
        let (number, _) = house.test.authorize("1").await;
        for (method, path) in [("GET", ""), ("POST", "/cancel"), ("POST", "/capture")] {
            let path = format!("/holds/{number}{path}");
            let body = (method == "POST").then(|| json!({}));
            assert_eq!(house.call(Who::Key, method, &path, body).await.0, 404, "{path}");
        }
        assert_eq!(house.test.balance().await.1, "1.0000");
    }

    async fn requests_at_the_same_moment_are_one(test: TestStore) {
        let house = House::of(test).await;
        let requests = (0..16).map(|_| house.call_with_key(Who::Key, "POST", "/holds", Some(new_hold("3")), "once"));
        let answers = futures_util::future::join_all(requests).await;
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 201), "{answers:?}");
        assert_eq!(available(&house).await, "97.0000");
    }
}
