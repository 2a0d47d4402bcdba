//! Purchases of packs.

use iap_core::credits::OrderState;
use iap_server::orders;
use iap_server::store::{Actor, Step};
use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::TestStore;

/// Somebody in a country who buys or sells.
pub(crate) fn buyer(country: &str, vat_number: &str) -> Value {
    json!({
        "name": "Peeters, Fietsen", "street": "Kouter 1", "postcode": "9000", "city": "Gent",
        "country": country, "vat_number": vat_number, "email": "ada@example.com", "reference": "",
    })
}

impl House {
    /// Somebody in a country sells from now on, and takes tax at a rate; the settings.
    pub(crate) async fn sell(&self, country: &str, rate: Option<&str>) -> (u16, Value) {
        let number = if country == "BE" { "0123456789" } else { "NL123456789B01" };
        let change = json!({"seller": buyer(country, number), "tax_rate": rate});
        self.call(Who::Operator, "PATCH", "/settings", Some(change)).await
    }

    /// Orders the pack for the account for reveal; what is answered.
    pub(crate) async fn order(&self) -> Value {
        let path = format!("/accounts/{}/orders", self.reveal_account);
        let body = json!({"pack": self.pack});
        let (status, order) = self.call(Who::Admin, "POST", &path, Some(body)).await;
        assert_eq!(status, 201, "{order}");
        order
    }

    async fn on_order(&self, who: Who, order: &Value, what: &str, body: Value) -> (u16, Value) {
        let path = format!("/orders/{}/{what}", order["id"]);
        let body = (!body.is_null()).then_some(body);
        self.call(who, "POST", &path, body).await
    }

    /// What the account for reveal can spend.
    pub(crate) async fn reveal_credits(&self) -> String {
        let path = format!("/accounts/{}", self.reveal_account);
        let (_, account) = self.call(Who::Operator, "GET", &path, None).await;
        account["available"]["total"].as_str().unwrap().to_owned()
    }
}

on_both! {
    async fn an_order_is_paid_once(test: TestStore) {
        let house = House::of(test).await;
        let instructions = json!({"how_to_pay": "BE71 0961 2345 6769"});
        let (status, _) = house.call(Who::Operator, "PATCH", "/settings", Some(instructions)).await;
        assert_eq!(status, 200);
        let order = house.order().await;
        assert_eq!(order["state"], "pending");
        assert_eq!(order["how_to_pay"], "BE71 0961 2345 6769");
        assert_eq!(order["ordered_by"], "admin@example.com");
        assert_eq!(house.reveal_credits().await, "100.0000");
        let payment = json!({"payment": "+++090/9337/55493+++"});
        for _ in 0..3 {
            let (status, paid) =
                house.on_order(Who::Operator, &order, "payment", payment.clone()).await;
            assert_eq!((status, &paid["state"]), (200, &json!("paid")), "{paid}");
            assert_eq!((&paid["payment"], &paid["how_to_pay"]), (&payment["payment"], &json!("")));
            assert_eq!(house.reveal_credits().await, "110.0000");
        }
        let (status, problem) =
            house.on_order(Who::Operator, &order, "payment", json!({"payment": "another"})).await;
        assert_eq!((status, &problem["code"]), (409, &json!("paid_before")));
        assert!(problem["detail"].as_str().unwrap().contains("+++090/9337/55493+++"));
        let (status, problem) = house.on_order(Who::Admin, &order, "cancel", Value::Null).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        let path = format!("/accounts/{}/entries?limit=1", house.reveal_account);
        let (_, entries) = house.call(Who::Member, "GET", &path, None).await;
        let description = format!("Starter (order {})", order["id"]);
        assert_eq!(entries["items"][0]["description"], description);
        house.test.verify().await;
    }

    async fn a_payment_noticed_many_times_at_once(test: TestStore) {
        let house = House::of(test).await;
        let order = house.order().await;
        let id = order["id"].as_i64().unwrap();
        let notices: Vec<_> = (0..20).map(|number| {
            let store = house.test.store.clone();
            // Half of them tell of another payment.
            let payment = format!("payment {}", number % 2);
            let actor = Actor::server(iap_server::clock::now());
            tokio::spawn(async move { orders::pay(&store, id, &payment, &actor).await.is_ok() })
        }).collect();
        let mut taken = 0;
        for notice in notices {
            taken += usize::from(notice.await.unwrap());
        }
        assert_eq!(taken, 10);
        assert_eq!(house.reveal_credits().await, "110.0000");
        house.test.verify().await;
    }

    async fn what_was_left_behind_is_finished(test: TestStore) {
        let house = House::of(test).await;
        let (store, actor) = (&house.test.store, Actor::server(iap_server::clock::now()));
        let order = house.order().await["id"].as_i64().unwrap();
        // The process ends after the payment is noted.
        store.note_payment(order, "a transfer", &actor).await.unwrap().unwrap();
        assert_eq!(house.reveal_credits().await, "100.0000");
        house.test.verify().await;
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 1);
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 0);
        assert_eq!(house.reveal_credits().await, "110.0000");
        // The process ends after the ledger was told, and before that is noted: told again.
        let second = house.order().await["id"].as_i64().unwrap();
        orders::pay(store, second, "another", &actor).await.unwrap();
        let sql = format!("UPDATE iap_order SET step = 'credit', entry_id = NULL WHERE id = {second}");
        crate::execute(&house.test, &sql).await;
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 1);
        assert_eq!(house.reveal_credits().await, "120.0000");
        // Between the notice that money is given back and its credits.
        store.note_refund(second, "a mistake", &actor).await.unwrap().unwrap();
        assert_eq!(store.order(second).await.unwrap().unwrap().state, OrderState::Paid);
        assert_eq!(store.unfinished_order(second).await.unwrap().unwrap().step, Step::Withdraw);
        assert_eq!(orders::finish_all(store, 10).await.unwrap(), 1);
        assert_eq!(store.order(second).await.unwrap().unwrap().state, OrderState::Refunded);
        assert_eq!(house.reveal_credits().await, "110.0000");
        house.test.verify().await;
        let sql = format!("UPDATE iap_order SET state = 'pending', entry_id = NULL WHERE id = {order}");
        crate::execute(&house.test, &sql).await;
        let sql = format!("UPDATE iap_order SET state = 'paid' WHERE id = {second}");
        crate::execute(&house.test, &sql).await;
        assert_eq!(store.verify().await.unwrap().findings.len(), 1);
    }

    async fn money_is_given_back_while_its_credits_are_there(test: TestStore) {
        let house = House::of(test).await;
        let order = house.order().await;
        let reason = json!({"reason": "Ordered by mistake"});
        let (status, problem) = house.on_order(Who::Operator, &order, "refund", reason.clone()).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        house.on_order(Who::Operator, &order, "payment", json!({"payment": "1"})).await;
        let (status, back) = house.on_order(Who::Operator, &order, "refund", reason.clone()).await;
        assert_eq!((status, &back["state"]), (200, &json!("refunded")), "{back}");
        assert_eq!(back["refund_reason"], "Ordered by mistake");
        assert_eq!(house.reveal_credits().await, "100.0000");
        let (status, _) = house.on_order(Who::Operator, &order, "refund", reason.clone()).await;
        assert_eq!(status, 409);
        // An old notice of its payment brings nothing back.
        let (status, _) =
            house.on_order(Who::Operator, &order, "payment", json!({"payment": "1"})).await;
        assert_eq!(status, 409);
        assert_eq!(house.reveal_credits().await, "100.0000");

        let order = house.order().await;
        house.on_order(Who::Operator, &order, "payment", json!({"payment": "2"})).await;
        let path = format!("/accounts/{}/withdrawals", house.reveal_account);
        let spent = json!({"kind": "paid", "amount": "105", "description": "Spent"});
        assert_eq!(house.call(Who::Operator, "POST", &path, Some(spent)).await.0, 201);
        let (status, problem) = house.on_order(Who::Operator, &order, "refund", reason).await;
        assert_eq!((status, &problem["code"]), (409, &json!("too_much")));
        let path = format!("/orders/{}", order["id"]);
        let (_, order) = house.call(Who::Member, "GET", &path, None).await;
        assert_eq!((&order["state"], &order["refund_reason"]), (&json!("paid"), &json!("")));
        assert_eq!(house.reveal_credits().await, "5.0000");
        house.test.verify().await;
    }

    async fn what_is_ordered_stays_as_it_was(test: TestStore) {
        let house = House::of(test).await;
        let order = house.order().await;
        let dearer = json!({"price": 9_900, "credits": "1", "name": "Dear"});
        let path = format!("/packs/{}", house.pack);
        house.call(Who::Operator, "PATCH", &path, Some(dearer)).await;
        let (_, paid) = house.on_order(Who::Operator, &order, "payment", json!({"payment": "1"})).await;
        assert_eq!((&paid["price"], &paid["name"]), (&json!(150), &json!("Starter")));
        assert_eq!(house.reveal_credits().await, "110.0000");
        // Given up, and paid all the same.
        let order = house.order().await;
        for _ in 0..2 {
            let (status, given_up) = house.on_order(Who::Admin, &order, "cancel", Value::Null).await;
            assert_eq!((status, &given_up["state"]), (200, &json!("cancelled")));
        }
        let (status, _) = house.on_order(Who::Operator, &order, "payment", json!({"payment": "2"})).await;
        assert_eq!((status, house.reveal_credits().await), (200, "111.0000".to_owned()));
        house.test.verify().await;
    }

    async fn the_same_key_is_the_same_order(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}/orders", house.reveal_account);
        let order = async |pack: i64, key: &str| {
            let body = Some(json!({"pack": pack}));
            house.call_with_key(Who::Admin, "POST", &path, body, key).await
        };
        let (_, first) = order(house.pack, "one").await;
        assert_eq!(order(house.pack, "one").await, (201, first.clone()));
        let (_, second) = order(house.pack, "two").await;
        assert_ne!(first["id"], second["id"]);
        let packs = format!("/services/{}/packs", house.reveal);
        let other = json!({"name": "Other", "credits": "1", "price": 1, "currency": "EUR"});
        let (_, other) = house.call(Who::Operator, "POST", &packs, Some(other)).await;
        let (status, problem) = order(other["id"].as_i64().unwrap(), "one").await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
        // Packs of another service, sold no more, or made up.
        let path = format!("/packs/{}", other["id"]);
        house.call(Who::Operator, "PATCH", &path, Some(json!({"offered": false}))).await;
        for pack in [other["id"].as_i64().unwrap(), 9_999] {
            let (status, problem) = order(pack, "three").await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("pack")));
        }
        let path = format!("/accounts/{}/orders", house.account);
        let body = Some(json!({"pack": house.pack}));
        let (status, problem) = house.call(Who::Admin, "POST", &path, body).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("pack")));
    }

    async fn orders_are_listed_and_exported(test: TestStore) {
        let house = House::of(test).await;
        let (first, second) = (house.order().await, house.order().await);
        house.on_order(Who::Operator, &first, "payment", json!({"payment": "=1+1"})).await;
        let ids = async |who, query: &str| {
            let (status, page) = house.call(who, "GET", &format!("/orders{query}"), None).await;
            assert_eq!(status, 200, "{page}");
            page["items"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect::<Vec<_>>()
        };
        let (first, second) = (&first["id"], &second["id"]);
        assert_eq!(ids(Who::Member, "").await, [second.clone(), first.clone()]);
        assert_eq!(ids(Who::Operator, "?state=paid").await, std::slice::from_ref(first));
        assert_eq!(ids(Who::Operator, "?limit=1").await, std::slice::from_ref(second));
        assert_eq!(ids(Who::Operator, &format!("?after={second}")).await, std::slice::from_ref(first));
        assert_eq!(ids(Who::Stranger, "").await, Vec::<Value>::new());
        assert_eq!(ids(Who::Operator, &format!("?account={}", house.account)).await, Vec::<Value>::new());
        let elsewhere = format!("/orders?account={}", house.reveal_account);
        assert_eq!(house.call(Who::Stranger, "GET", &elsewhere, None).await.0, 404);
        let headers = house.proof(Who::Member);
        let csv = house.send("GET", "/api/v1/orders.csv", &headers, None).await;
        let text = csv.text();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[2].contains(",\"Starter\",10.0000,1.50,EUR,paid,\"admin@example.com\",\"'=1+1\","), "{text}");
    }

    async fn who_buys_and_the_tax_are_as_they_were_ordered(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/accounts/{}/orders", house.reveal_account);
        let order = async |buyer: Value, key: &str| {
            let body = Some(json!({"pack": house.pack, "buyer": buyer}));
            house.call_with_key(Who::Admin, "POST", &path, body, key).await
        };
        // Nobody is said to sell: no tax, whoever buys.
        let (status, first) = order(buyer("BE", ""), "one").await;
        assert_eq!(status, 201, "{first}");
        let tax = |order: &Value| {
            let fields = ["tax_category", "tax_rate", "tax", "gross"];
            json!(fields.map(|field| order[field].clone()))
        };
        assert_eq!(tax(&first), json!(["O", null, 0, 150]));
        let (status, settings) = house.sell("BE", Some("21")).await;
        assert_eq!((status, &settings["tax_rate"]), (200, &json!("21")), "{settings}");
        assert_eq!(settings["seller"]["vat_number"], "BE0123456789");
        for (buyer, key, expected) in [
            (buyer("be", "0123.456.789"), "two", json!(["S", "21", 32, 182])),
            (buyer("NL", "NL123456789B01"), "three", json!(["AE", null, 0, 150])),
            (buyer("NL", ""), "four", json!(["S", "21", 32, 182])),
            (buyer("US", ""), "five", json!(["O", null, 0, 150])),
            (Value::Null, "six", json!(["S", "21", 32, 182])),
        ] {
            let (status, order) = order(buyer.clone(), key).await;
            assert_eq!((status, tax(&order)), (201, expected), "{order}");
            assert_eq!(order["buyer"].is_null(), buyer.is_null());
        }
        // As it was typed or tidied it is the same buyer; another one is another order.
        let (status, again) = order(buyer("BE", "BE0123456789"), "two").await;
        assert_eq!((status, &again["buyer"]["vat_number"]), (201, &json!("BE0123456789")));
        let (status, problem) = order(buyer("FR", ""), "two").await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
        house.sell("NL", None).await;
        let path = format!("/orders/{}", again["id"]);
        let (_, shown) = house.call(Who::Member, "GET", &path, None).await;
        assert_eq!(shown, again);
        let (_, first_again) = order(buyer("BE", ""), "one").await;
        assert_eq!(first_again, first);

        let wrong = json!({"name": "", "street": "1", "city": "Gent", "country": "XX", "email": "a"});
        let (status, problem) = order(wrong, "seven").await;
        let fields = problem["fields"].as_array().unwrap();
        let fields: Vec<_> = fields.iter().map(|it| it["field"].as_str().unwrap()).collect();
        assert_eq!((status, fields), (422, vec!["buyer.name", "buyer.country", "buyer.email"]));
        let headers = house.proof(Who::Member);
        let csv = house.send("GET", "/api/v1/orders.csv", &headers, None).await;
        let expected = ",0.32,21,S,1.82,\"Peeters, Fietsen\",\"BE\",\"BE0123456789\"\r\n";
        assert!(csv.text().contains(expected), "{}", csv.text());
    }

    async fn unpaid_orders_do_not_pile_up(test: TestStore) {
        let house = House::of(test).await;
        let mut order = house.order().await;
        for _ in 1..50 {
            order = house.order().await;
        }
        let path = format!("/accounts/{}/orders", house.reveal_account);
        let body = Some(json!({"pack": house.pack}));
        let (status, problem) = house.call(Who::Admin, "POST", &path, body.clone()).await;
        assert_eq!((status, &problem["code"]), (409, &json!("too_many_orders")), "{problem}");
        let (status, _) = house.on_order(Who::Admin, &order, "cancel", Value::Null).await;
        assert_eq!(status, 200);
        assert_eq!(house.call(Who::Admin, "POST", &path, body).await.0, 201);
    }

    async fn sellers_that_cannot_be(test: TestStore) {
        let house = House::of(test).await;
        let change = async |change: Value| {
            house.call(Who::Operator, "PATCH", "/settings", Some(change)).await
        };
        let seller = json!({"name": "A", "street": "B", "city": "", "country": "BE", "email": "a@b.c"});
        let (status, problem) = change(json!({"seller": seller})).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("seller.city")));
        for rate in ["0", "100.5", "21,5", ""] {
            let (status, problem) = change(json!({"tax_rate": rate})).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("tax_rate")));
        }
        house.sell("BE", Some("5.50")).await;
        // What is not named stays; null takes it away.
        let (_, settings) = change(json!({"mail_days": 7})).await;
        assert_eq!(settings["tax_rate"], "5.5");
        let (_, settings) = change(json!({"seller": null, "tax_rate": null})).await;
        assert!(settings["seller"].is_null() && settings["tax_rate"].is_null(), "{settings}");
    }

    async fn settings_that_cannot_be(test: TestStore) {
        let house = House::of(test).await;
        let (_, settings) = house.call(Who::Operator, "GET", "/settings", None).await;
        assert_eq!(settings, json!({
            "new_databases": "approve", "mail_days": 90, "how_to_pay": "", "seller": null,
            "tax_rate": null, "platform_share": "0", "fixed": [],
        }));
        for (field, value) in [
            ("mail_days", json!(0)),
            ("mail_days", json!(3_651)),
            ("mail_days", json!(-1)),
            ("new_databases", json!("shut")),
            ("how_to_pay", json!("x".repeat(2_001))),
            ("how_to_pay", json!("a\u{7}b")),
        ] {
            let change = Some(json!({field: value}));
            let (status, problem) = house.call(Who::Operator, "PATCH", "/settings", change).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)), "{value}");
        }
        let change = Some(json!({"mail_days": 7, "new_databases": "open"}));
        let (_, settings) = house.call(Who::Operator, "PATCH", "/settings", change).await;
        assert_eq!((&settings["mail_days"], &settings["new_databases"]), (&json!(7), &json!("open")));
        let (_, audit) = house.call(Who::Operator, "GET", "/audit?limit=1", None).await;
        assert_eq!(audit["items"][0]["detail"], "new_databases = open, mail_days = 7");
    }
}
