//! Buying packs without signing in: links, receipts, and cards for trying out.

use std::time::Duration;

use iap_core::time::Timestamp;
use iap_server::clock;
use iap_server::payments::Payments;
use iap_server::store::AccountKey;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::house::{House, TOKEN, UUID, Who, assert_problem};
use crate::on_both;
use crate::orders::buyer;
use crate::support::store::{TestStore, key};

/// The link of the account for reveal.
fn link() -> Value {
    json!({"service": "reveal", "database": UUID, "account": key(TOKEN).as_str()})
}

fn card(number: &str) -> Value {
    json!({"number": number, "expiry": "12/99", "cvc": "123"})
}

impl House {
    /// Makes a call of somebody who is not signed in, with an order's receipt if there is one.
    pub(crate) async fn call_with_receipt(
        &self,
        receipt: Option<&str>,
        method: &str,
        path: &str,
        body: Option<Value>,
        key: &str,
    ) -> (u16, Value) {
        let mut headers = vec![("Idempotency-Key".to_owned(), key.to_owned())];
        headers.extend(receipt.map(|it| ("Iap-Receipt".to_owned(), it.to_owned())));
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        let body = body.map(|body| body.to_string().into_bytes());
        let answer: Answer = self.send(method, &format!("/api/v1{path}"), &headers, body).await;
        let value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        if answer.status >= 400 {
            assert_problem(&answer, &value);
        }
        (answer.status, value)
    }

    /// Orders by the link; the order and its receipt.
    pub(crate) async fn buy(&self, key: &str) -> (Value, String) {
        let body = json!({"link": link(), "pack": self.pack, "buyer": buyer("BE", "")});
        let (status, made) =
            self.call_with_receipt(None, "POST", "/shop/orders", Some(body), key).await;
        assert_eq!(status, 201, "{made}");
        (made["order"].clone(), made["receipt"].as_str().unwrap().to_owned())
    }

    /// Does something with an order by its receipt.
    async fn with_receipt(
        &self,
        order: &Value,
        receipt: &str,
        what: &str,
        body: Value,
    ) -> (u16, Value) {
        let path = format!("/orders/{}{what}", order["id"]);
        let method = if what.is_empty() { "GET" } else { "POST" };
        let body = (!body.is_null()).then_some(body);
        self.call_with_receipt(Some(receipt), method, &path, body, "").await
    }
}

on_both! {
    async fn a_link_shows_what_can_be_bought_and_nothing_else(test: TestStore) {
        let house = House::of(test).await;
        house.sell("BE", Some("21")).await;
        let path = format!("/accounts/{}/orders", house.reveal_account);
        let body = json!({"pack": house.pack, "buyer": buyer("FR", "")});
        assert_eq!(house.call(Who::Admin, "POST", &path, Some(body)).await.0, 201);
        let shop = |link: Value| house.call(Who::Nobody, "POST", "/shop", Some(link));
        let (status, shown) = shop(link()).await;
        assert_eq!((status, &shown["service_name"]), (200, &json!("reveal")), "{shown}");
        assert_eq!(shown["packs"][0]["id"], house.pack);
        assert_eq!((&shown["seller_country"], &shown["tax_rate"]), (&json!("BE"), &json!("21")));
        assert_eq!(shown["means"], "demo");
        // Neither balances nor names, nor who bought before.
        assert!(shown["buyer"].is_null());
        let text = shown.to_string();
        for secret in ["100", "\"FR\"", "admin@", UUID] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        // Admins are told who bought last.
        let path = format!("/accounts/{}/shop", house.reveal_account);
        let (_, shown) = house.call(Who::Admin, "GET", &path, None).await;
        assert_eq!((&shown["buyer"]["country"], &shown["means"]), (&json!("FR"), &json!("demo")));

        // Whatever is wrong, the answer is the same.
        let mut answers = Vec::new();
        for (field, value) in [
            ("service", "none"),
            ("service", "NO NAME"),
            ("database", "no uuid!"),
            ("database", ""),
            ("account", "123"),
            ("account", TOKEN),
        ] {
            let mut link = link();
            link[field] = json!(value);
            let (status, problem) = shop(link).await;
            assert_eq!(status, 404, "{field} {value}");
            answers.push(problem);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    }

    async fn an_account_that_was_never_seen_is_made(test: TestStore) {
        let house = House::of(test).await;
        let mut link = link();
        link["account"] = json!("a".repeat(40));
        let accounts = house.test.store.named_accounts().await.unwrap().len();
        for _ in 0..2 {
            assert_eq!(house.call(Who::Nobody, "POST", "/shop", Some(link.clone())).await.0, 200);
        }
        assert_eq!(house.test.store.named_accounts().await.unwrap().len(), accounts + 1);
        // A database waits for the operator.
        link["database"] = json!("00000000-0000-4000-8000-00000000000f");
        for path in ["/shop", "/shop/orders"] {
            let body = match path {
                "/shop" => link.clone(),
                _ => json!({"link": link, "pack": house.pack, "buyer": buyer("BE", "")}),
            };
            let (status, problem) = house.call(Who::Nobody, "POST", path, Some(body)).await;
            assert_eq!((status, &problem["code"]), (403, &json!("database_not_approved")));
        }
        assert_eq!(house.test.store.named_accounts().await.unwrap().len(), accounts + 1);
    }

    async fn a_receipt_opens_its_order_and_no_other(test: TestStore) {
        let house = House::of(test).await;
        let (order, receipt) = house.buy("one").await;
        let (other, other_receipt) = house.buy("two").await;
        assert_eq!((&order["ordered_by"], order["buyer"]["name"].as_str()), (&json!(""), Some("Peeters, Fietsen")));
        let (status, shown) = house.with_receipt(&order, &receipt, "", Value::Null).await;
        assert_eq!((status, &shown), (200, &order));
        let by_admin = house.order().await;
        for (order, receipt) in [
            (&order, &*other_receipt), (&other, &*receipt), (&order, ""), (&order, "0"),
            // An order of somebody who was signed in has no receipt; not even an empty one.
            (&by_admin, ""), (&by_admin, &*receipt),
        ] {
            for what in ["", "/cancel", "/checkout"] {
                let (status, _) = house.with_receipt(order, receipt, what, Value::Null).await;
                assert_eq!(status, 401, "{what}");
            }
        }
        // Whether there is such an order is not told.
        let nowhere = json!({"id": 999_999});
        let unknown = house.with_receipt(&nowhere, &receipt, "", Value::Null).await;
        assert_eq!(unknown, house.with_receipt(&by_admin, &receipt, "", Value::Null).await);
        // A receipt does nothing else.
        for (method, path) in [("GET", "/orders".to_owned()), ("GET", format!("/accounts/{}", house.reveal_account))] {
            let (status, _) = house.call_with_receipt(Some(&receipt), method, &path, None, "").await;
            assert_eq!(status, 401, "{path}");
        }
        for what in ["/payment", "/refund"] {
            let body = json!({"payment": "a", "reason": "a"});
            assert_eq!(house.with_receipt(&order, &receipt, what, body).await.0, 401);
        }
        // Members see it; whoever is signed in elsewhere may still have the receipt.
        let path = format!("/orders/{}", order["id"]);
        assert_eq!(house.call(Who::Member, "GET", &path, None).await.0, 200);
        let mut headers = house.proof(Who::Stranger);
        headers.push(("Iap-Receipt".to_owned(), receipt.clone()));
        let answer = house.send("GET", &format!("/api/v1{path}"), &headers, None).await;
        assert_eq!(answer.status, 200);
        let (status, given_up) = house.with_receipt(&order, &receipt, "/cancel", Value::Null).await;
        assert_eq!((status, &given_up["state"]), (200, &json!("cancelled")));
        // The receipt is kept nowhere as it is.
        let kept = house.test.store.receipt_fits(other["id"].as_i64().unwrap(), &other_receipt).await;
        assert!(!kept.unwrap());
    }

    async fn ordered_again_with_the_same_key(test: TestStore) {
        let house = House::of(test).await;
        let (order, first) = house.buy("one").await;
        let (again, second) = house.buy("one").await;
        assert_eq!(order, again);
        assert_ne!(first, second);
        // The answer that was lost opens nothing.
        assert_eq!(house.with_receipt(&order, &first, "", Value::Null).await.0, 401);
        assert_eq!(house.with_receipt(&order, &second, "", Value::Null).await.0, 200);
        let try_again = async |country: &str, key: &str| {
            let body = json!({"link": link(), "pack": house.pack, "buyer": buyer(country, "")});
            house.call_with_receipt(None, "POST", "/shop/orders", Some(body), key).await
        };
        let (status, problem) = try_again("FR", "one").await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
        // From when paying is begun on nobody is locked out.
        let (status, checkout) = house.with_receipt(&order, &second, "/checkout", Value::Null).await;
        assert_eq!((status, checkout), (200, json!({"means": "demo", "client_secret": null, "state": "awaiting"})));
        let (status, problem) = try_again("BE", "one").await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")), "{problem}");
        assert_eq!(house.with_receipt(&order, &second, "", Value::Null).await.0, 200);
        // Nor after an hour.
        let (late, receipt) = house.buy("two").await;
        let sql = format!("UPDATE iap_order SET created_at = created_at - 3600001 WHERE id = {}", late["id"]);
        crate::execute(&house.test, &sql).await;
        assert_eq!(try_again("BE", "two").await.0, 409);
        assert_eq!(house.with_receipt(&late, &receipt, "", Value::Null).await.0, 200);
        // The key of somebody who is signed in is another one.
        let path = format!("/accounts/{}/orders", house.reveal_account);
        let body = Some(json!({"pack": house.pack, "buyer": buyer("BE", "")}));
        let (_, own) = house.call_with_key(Who::Admin, "POST", &path, body, "one").await;
        assert_ne!(own["id"], order["id"]);
        let body = json!({"link": link(), "pack": house.pack, "buyer": {"name": "", "street": "", "city": "", "country": "", "email": ""}});
        let (status, problem) = house.call_with_receipt(None, "POST", "/shop/orders", Some(body), "three").await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("buyer.name")));
    }

    async fn paid_with_cards_for_trying_out(test: TestStore) {
        let house = House::of(test).await;
        let (order, receipt) = house.buy("one").await;
        let pay = |number: &'static str| {
            house.with_receipt(&order, &receipt, "/demo-payment", card(number))
        };
        let (status, problem) = pay("4111 1111 1111 1111").await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("number")));
        assert!(!problem.to_string().contains("4111"), "{problem}");
        for (number, error) in [
            ("4000 0000 0000 0002", "card_declined"),
            ("4000000000009995", "insufficient_funds"),
            ("4000000000000069", "expired_card"),
            ("4000000000000127", "incorrect_cvc"),
        ] {
            let (status, declined) = pay(number).await;
            assert_eq!((status, &declined["payment_state"]), (200, &json!("declined")), "{declined}");
            assert_eq!((&declined["payment_error"], &declined["state"]), (&json!(error), &json!("pending")));
        }
        let prove = |accepted: bool| {
            let body = json!({"accepted": accepted});
            house.with_receipt(&order, &receipt, "/demo-payment/authentication", body)
        };
        assert_eq!(prove(true).await.0, 409);
        let (_, asked) = pay("4000002500003155").await;
        assert_eq!((&asked["payment_state"], &asked["payment_error"]), (&json!("action_required"), &Value::Null));
        let (_, refused) = prove(false).await;
        assert_eq!(refused["payment_error"], "authentication_failed", "{refused}");
        pay("4000002500003155").await;
        let (status, paid) = prove(true).await;
        assert_eq!((status, &paid["state"]), (200, &json!("paid")), "{paid}");
        assert_eq!(paid["payment_state"], "succeeded");
        assert_eq!(house.reveal_credits().await, "110.0000");
        assert_eq!(pay("4242424242424242").await.0, 409);
        let (status, _) = house.with_receipt(&order, &receipt, "/cancel", Value::Null).await;
        assert_eq!(status, 409);
        // Given back: credits first, then money.
        let path = format!("/orders/{}/refund", order["id"]);
        let (status, back) = house.call(Who::Operator, "POST", &path, Some(json!({"reason": "A test"}))).await;
        assert_eq!((status, &back["state"], &back["money_back"]), (200, &json!("refunded"), &json!("done")));
        assert_eq!(house.reveal_credits().await, "100.0000");
        house.test.verify().await;
    }

    async fn a_bank_that_takes_its_time(test: TestStore) {
        let house = House::of(test).await;
        let (order, receipt) = house.buy("one").await;
        let (_, processing) = house.with_receipt(&order, &receipt, "/demo-payment", card("4000000000000077")).await;
        assert_eq!((&processing["payment_state"], &processing["state"]), (&json!("processing"), &json!("pending")));
        // It can neither be given up nor paid with another card meanwhile.
        assert_eq!(house.with_receipt(&order, &receipt, "/cancel", Value::Null).await.0, 409);
        assert_eq!(house.with_receipt(&order, &receipt, "/demo-payment", card("4242424242424242")).await.0, 409);
        for _ in 0..400 {
            let (_, shown) = house.with_receipt(&order, &receipt, "", Value::Null).await;
            if shown["state"] == "paid" {
                assert_eq!(house.reveal_credits().await, "110.0000");
                return house.test.verify().await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the notice never came");
    }

    async fn a_payment_that_nobody_ends_is_given_up(test: TestStore) {
        let house = House::of(test).await;
        let (order, receipt) = house.buy("one").await;
        house.with_receipt(&order, &receipt, "/checkout", Value::Null).await;
        let payments = Payments::demo(house.test.store.clone());
        let later = |hours: i64| Timestamp::from_millis(clock::now().millis() + hours * 3_600_000);
        // Nothing is due at once.
        assert_eq!(payments.reconcile(clock::now()).await.unwrap().payments, 0);
        assert_eq!(payments.reconcile(later(23)).await.unwrap().payments, 1);
        let (_, shown) = house.with_receipt(&order, &receipt, "", Value::Null).await;
        assert_eq!(shown["state"], "pending");
        assert_eq!(payments.reconcile(later(25)).await.unwrap().payments, 1);
        let (_, shown) = house.with_receipt(&order, &receipt, "", Value::Null).await;
        assert_eq!((&shown["state"], &shown["payment_state"]), (&json!("cancelled"), &json!("none")));
        assert_eq!(payments.reconcile(later(50)).await.unwrap().payments, 0);
        let (status, problem) = house.with_receipt(&order, &receipt, "/checkout", Value::Null).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        // Nobody tells what the service calls its payment by hand.
        let intent = house.test.store.payment(order["id"].as_i64().unwrap()).await.unwrap().unwrap().intent;
        let path = format!("/orders/{}/payment", order["id"]);
        let (status, _) = house.call(Who::Operator, "POST", &path, Some(json!({"payment": intent}))).await;
        assert_eq!(status, 422);
    }

    async fn links_are_read_as_they_are_written(test: TestStore) {
        let house = House::of(test).await;
        let key = AccountKey::read(link()["account"].as_str().unwrap()).unwrap();
        let mut link = link();
        link["account"] = json!(key.as_str().to_uppercase());
        assert_eq!(house.call(Who::Nobody, "POST", "/shop", Some(link)).await.0, 200);
    }
}
