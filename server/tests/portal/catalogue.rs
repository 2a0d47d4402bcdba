//! What a database may use, and beginning to use it.

use iap_core::api::DatabaseChange;
use iap_core::catalogue::{Admission, DatabaseKind, Hosting, Origin, Service};
use iap_server::clock;
use iap_server::store::{Actor, NewService};
use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::{TestStore, amount, key, new_service};

/// A service of a name, offered by the operator or somebody else, with credits to try it.
async fn offer(house: &House, name: &str, origin: Origin, trial: &str) -> i64 {
    let new = new_service(name);
    let service = Service { origin, trial: amount(trial), ..new.service };
    let new = NewService { service, ..new };
    let actor = Actor::server(clock::now());
    house.test.store.add_service(&new, &actor).await.unwrap().unwrap()
}

async fn set(house: &House, change: DatabaseChange) {
    let actor = Actor::server(clock::now());
    house.test.store.change_database(house.database, &change, &actor).await.unwrap();
}

async fn entitle(house: &House) {
    set(house, DatabaseChange { kind: Some(DatabaseKind::Enterprise), ..Default::default() }).await;
}

/// What the catalogue says of a service.
async fn offered(house: &House, service: i64) -> Value {
    let path = format!("/databases/{}/catalogue", house.database);
    let (status, catalogue) = house.call(Who::Member, "GET", &path, None).await;
    assert_eq!(status, 200, "{catalogue}");
    let services = catalogue["services"].as_array().unwrap();
    services.iter().find(|it| it["service"]["id"] == service).cloned().unwrap_or_default()
}

/// Activates a service as an admin.
async fn activate(house: &House, service: i64, key: &str) -> (u16, Value) {
    let path = format!("/databases/{}/accounts", house.database);
    let body = Some(json!({"service": service}));
    house.call_with_key(Who::Admin, "POST", &path, body, key).await
}

fn total(activation: &Value) -> &str {
    activation["account"]["available"]["total"].as_str().unwrap()
}

fn digits(activation: &Value) -> String {
    let token = activation["token"].as_str().unwrap();
    assert!(token.len() == 32 && token.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')));
    token.to_owned()
}

on_both! {
    async fn a_service_is_activated_once_with_its_trial(test: TestStore) {
        let house = House::of(test).await;
        let service = offer(&house, "letters", Origin::FirstParty, "3").await;
        assert_eq!(offered(&house, service).await["trial"], "not_entitled");
        entitle(&house).await;
        let before = offered(&house, service).await;
        assert_eq!((&before["trial"], &before["accounts"]), (&json!("open"), &json!([])));

        let (status, first) = activate(&house, service, "one").await;
        assert_eq!((status, total(&first)), (201, "3.0000"));
        let token = digits(&first);
        let id = first["account"]["id"].as_i64().unwrap();
        // What is kept opens nothing: it is not in the answer, and no entry holds it.
        let row = house.test.store.known_account(house.database, service, &key(&token)).await;
        assert_eq!(row.unwrap().unwrap().id, id);
        let after = offered(&house, service).await;
        assert_eq!(after["trial"], "granted");
        assert_eq!(after["accounts"][0]["id"], id);
        assert_eq!(after["accounts"][0]["available"]["granted"], "3.0000");

        // Again, by whoever it is: the same account, no token, nothing more.
        let (status, again) = activate(&house, service, "two").await;
        assert_eq!((status, total(&again)), (200, "3.0000"));
        assert_eq!((&again["account"]["id"], &again["token"]), (&json!(id), &Value::Null));
        house.test.verify().await;
    }

    async fn an_answer_that_never_arrived_is_asked_for_again(test: TestStore) {
        let house = House::of(test).await;
        entitle(&house).await;
        let service = offer(&house, "letters", Origin::FirstParty, "3").await;
        let (_, first) = activate(&house, service, "one").await;
        let (status, again) = activate(&house, service, "one").await;
        assert_eq!((status, &again["account"]["id"], total(&again)), (201, &first["account"]["id"], "3.0000"));
        let (lost, kept) = (digits(&first), digits(&again));
        assert_ne!(lost, kept);
        let store = &house.test.store;
        let known = async |token: &str| store.known_account(house.database, service, &key(token)).await.unwrap();
        assert!(known(&lost).await.is_none(), "it opens nothing any more");
        assert!(known(&kept).await.is_some());
        // Once something was done with it, it stays.
        let path = format!("/accounts/{}/credits", again["account"]["id"]);
        let more = Some(json!({"kind": "paid", "amount": "1", "description": "More"}));
        assert_eq!(house.call(Who::Operator, "POST", &path, more).await.0, 201);
        let (status, late) = activate(&house, service, "one").await;
        assert_eq!((status, &late["token"], total(&late)), (200, &Value::Null, "4.0000"));
        assert!(known(&kept).await.is_some());
        house.test.verify().await;
    }

    async fn many_at_once_activate_it_once(test: TestStore) {
        let house = std::sync::Arc::new(House::of(test).await);
        entitle(&house).await;
        let service = offer(&house, "letters", Origin::FirstParty, "3").await;
        let calls = (0..12).map(|number| {
            let house = std::sync::Arc::clone(&house);
            // Some are the same request, sent twice.
            tokio::spawn(async move { activate(&house, service, &format!("key-{}", number / 2)).await })
        });
        let calls: Vec<_> = calls.collect();
        let mut accounts = std::collections::BTreeSet::new();
        let mut keys = std::collections::BTreeSet::new();
        for (number, call) in calls.into_iter().enumerate() {
            let (status, activation) = call.await.unwrap();
            assert!(matches!(status, 200 | 201), "{activation}");
            accounts.insert(activation["account"]["id"].as_i64().unwrap());
            if status == 201 {
                keys.insert(number / 2);
            }
        }
        assert_eq!((accounts.len(), keys.len()), (1, 1), "one account, by one request");
        let after = offered(&house, service).await;
        assert_eq!(after["accounts"].as_array().unwrap().len(), 1);
        assert_eq!(after["accounts"][0]["available"]["total"], "3.0000");
        house.test.verify().await;
    }

    async fn whatever_token_comes_later_has_no_second_trial(test: TestStore) {
        let house = House::of(test).await;
        entitle(&house).await;
        let service = offer(&house, "letters", Origin::FirstParty, "3").await;
        activate(&house, service, "one").await;
        // Odoo comes with a token of its own, as with a link to buy.
        let link = json!({
            "service": "letters", "database": crate::house::UUID,
            "account": key("ffffffffffffffffffffffffffffffff").as_str(),
        });
        assert_eq!(house.call(Who::Nobody, "POST", "/shop", Some(link)).await.0, 200);
        let after = offered(&house, service).await;
        let totals: Vec<_> = after["accounts"].as_array().unwrap().iter().map(|it| it["available"]["total"].clone()).collect();
        assert_eq!(totals, [json!("3.0000"), json!("0.0000")]);
        // The reverse: what Odoo has used before is what is activated.
        let link = json!({
            "service": "parcels", "database": crate::house::UUID,
            "account": key("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee").as_str(),
        });
        let parcels = offer(&house, "parcels", Origin::FirstParty, "5").await;
        assert_eq!(house.call(Who::Nobody, "POST", "/shop", Some(link)).await.0, 200);
        let (status, activation) = activate(&house, parcels, "two").await;
        assert_eq!((status, total(&activation), &activation["token"]), (200, "5.0000", &Value::Null));
        assert_eq!(offered(&house, parcels).await["accounts"].as_array().unwrap().len(), 1);
        house.test.verify().await;
    }

    async fn what_is_not_offered_cannot_be_activated(test: TestStore) {
        let house = House::of(test).await;
        let theirs = offer(&house, "weather", Origin::ThirdParty, "0").await;
        assert_eq!(offered(&house, theirs).await["trial"], "none");
        set(&house, DatabaseChange { hosting: Some(Hosting::Online), ..Default::default() }).await;
        assert_eq!(offered(&house, theirs).await, Value::Null, "not seen there");
        for service in [theirs, 999_999] {
            let (status, problem) = activate(&house, service, "one").await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("service")));
        }
        let ours = offer(&house, "letters", Origin::FirstParty, "3").await;
        set(&house, DatabaseChange { admission: Some(Admission::Waiting), ..Default::default() }).await;
        let (status, problem) = activate(&house, ours, "one").await;
        assert_eq!((status, &problem["code"]), (403, &json!("database_not_approved")));
        assert_eq!(offered(&house, ours).await["accounts"], json!([]));
        // It moves credits, so it takes a key.
        let path = format!("/api/v1/databases/{}/accounts", house.database);
        let mut headers = house.proof(Who::Admin);
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let body = json!({"service": ours}).to_string().into_bytes();
        assert_eq!(house.send("POST", &path, &headers, Some(body)).await.status, 400);
    }
}
