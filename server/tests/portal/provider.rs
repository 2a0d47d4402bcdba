//! What providers offer, and what they earn.

use iap_core::access::EmailAddress;
use serde_json::{Value, json};

use crate::house::{House, KEY, UUID, Who};
use crate::on_both;
use crate::support::store::{TestStore, key};

/// The token of an account that has what was bought for it, and nothing else.
const BOUGHT: &str = "0123456789abcdef0123456789abcdef";

/// All time that there is.
const EVER: &str = "2020-01-01,2050-01-01";

impl House {
    /// An account for reveal of the first customer, with so many packs of 10 credits for 1.50 EUR.
    pub(crate) async fn bought(&self, packs: usize) -> i64 {
        let store = &self.test.store;
        let now = iap_server::clock::now();
        let account =
            store.account(self.database, self.reveal, &key(BOUGHT), now).await.unwrap().id;
        for _ in 0..packs {
            let path = format!("/accounts/{account}/orders");
            let order = Some(json!({"pack": self.pack}));
            let (status, order) = self.call(Who::Admin, "POST", &path, order).await;
            assert_eq!(status, 201, "{order}");
            self.pay(order["id"].as_i64().unwrap()).await;
        }
        account
    }

    /// Takes so many credits of it.
    pub(crate) async fn take(&self, amount: &str) -> i64 {
        let hold = json!({
            "account_token": BOUGHT, "database": UUID, "amount": amount, "description": "A lead",
        });
        let (status, hold) = self.call(Who::Key, "POST", "/holds", Some(hold)).await;
        assert_eq!(status, 201, "{hold}");
        let path = format!("/holds/{}/capture", hold["id"]);
        let (status, captured) = self.call(Who::Key, "POST", &path, Some(json!({}))).await;
        assert_eq!(status, 200, "{captured}");
        hold["id"].as_i64().unwrap()
    }

    async fn revenue(&self, edges: &str) -> Value {
        let path = format!("/services/{}/revenue?edges={edges}", self.reveal);
        let (status, revenue) = self.call(Who::Provider, "GET", &path, None).await;
        assert_eq!(status, 200, "{revenue}");
        revenue
    }

    async fn share(&self, percent: &str) {
        let share = Some(json!({"platform_share": percent}));
        let (status, settings) = self.call(Who::Operator, "PATCH", "/settings", share).await;
        assert_eq!((status, &settings["platform_share"]), (200, &json!(percent)));
    }
}

on_both! {
    async fn a_provider_earns_what_customers_paid(test: TestStore) {
        let house = House::of(test).await;
        house.share("25").await;
        house.bought(1).await;
        assert_eq!(house.revenue(EVER).await["spans"], json!([
            {"paid": "0.0000", "granted": "0.0000", "executions": 0, "money": []},
        ]));
        house.take("4").await;
        let revenue = house.revenue(EVER).await;
        assert_eq!(revenue["spans"], json!([{
            "paid": "4.0000", "granted": "0.0000", "executions": 1,
            "money": [{"currency": "EUR", "gross": 60, "platform": 15, "payout": 45}],
        }]));
        assert_eq!((&revenue["name"], &revenue["platform_share"]), (&json!("reveal"), &json!("25")));
        assert_eq!(revenue["providers"], json!([Who::Provider.email()]));
        // Nothing of it lies before, and none of it is lost where time is cut.
        let spans = house.revenue("2019-01-01,2020-01-01,2050-01-01").await["spans"].clone();
        assert_eq!((&spans[0]["executions"], &spans[1]), (&json!(0), &revenue["spans"][0]));
        let (status, all) =
            house.call(Who::Provider, "GET", &format!("/revenue?edges={EVER}"), None).await;
        assert_eq!((status, all), (200, json!([revenue])));
        house.test.verify().await;
    }

    async fn no_more_is_earned_than_was_paid(test: TestStore) {
        let house = House::of(test).await;
        let account = house.bought(3).await;
        let granted = json!({"kind": "granted", "amount": "5", "description": "A trial"});
        let path = format!("/accounts/{account}/credits");
        assert_eq!(house.call(Who::Operator, "POST", &path, Some(granted)).await.0, 201);
        // Granted ones are spent first, and earn nothing.
        for amount in ["7", "7", "7", "7", "7"] {
            house.take(amount).await;
        }
        let span = house.revenue(EVER).await["spans"][0].clone();
        assert_eq!((&span["paid"], &span["granted"]), (&json!("30.0000"), &json!("5.0000")));
        // Nothing was said of a share: all is the provider's.
        let all = json!([{"currency": "EUR", "gross": 450, "platform": 0, "payout": 450}]);
        assert_eq!((&span["money"], &span["executions"]), (&all, &json!(5)));
    }

    async fn money_that_goes_back_is_not_earned(test: TestStore) {
        let house = House::of(test).await;
        let account = house.bought(2).await;
        let (_, orders) =
            house.call(Who::Admin, "GET", &format!("/orders?account={account}"), None).await;
        let refund = format!("/orders/{}/refund", orders["items"][0]["id"]);
        let reason = Some(json!({"reason": "A mistake"}));
        assert_eq!(house.call(Who::Operator, "POST", &refund, reason).await.0, 200);
        house.take("10").await;
        assert_eq!(house.revenue(EVER).await["spans"][0]["money"][0]["gross"], 150);
    }

    async fn payouts_are_a_file_for_the_operator(test: TestStore) {
        let house = House::of(test).await;
        house.share("12.5").await;
        house.bought(1).await;
        house.take("1").await;
        let path = format!("/api/v1/payouts.csv?edges={EVER}");
        let answer = house.send("GET", &path, &house.proof(Who::Operator), None).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.text(),
            "provider,service,from,to,currency,credits_paid,credits_granted,executions,gross,\
             platform_share,payout\r\n\
             \"provider@example.com\",\"reveal\",2020-01-01T00:00:00.000Z,\
             2050-01-01T00:00:00.000Z,EUR,1.0000,0.0000,1,0.15,0.01,0.14\r\n"
        );
        let path = format!("/payouts.csv?edges={EVER}");
        assert_eq!(house.call(Who::Provider, "GET", &path, None).await.0, 403);
    }

    async fn edges_and_shares_that_cannot_be(test: TestStore) {
        let house = House::of(test).await;
        for edges in ["", "2026-01-01", "2026-02-01,2026-01-01", "2026-01-01,2026-01-01T00:01:00Z"] {
            let path = format!("/services/{}/revenue?edges={edges}", house.reveal);
            let (status, problem) = house.call(Who::Provider, "GET", &path, None).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("edges")), "{edges}");
        }
        for share in ["-1", "100.01", "a"] {
            let share = Some(json!({"platform_share": share}));
            let (status, problem) = house.call(Who::Operator, "PATCH", "/settings", share).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("platform_share")));
        }
        let path = format!("/services/{}/revenue?edges={EVER}", house.reveal);
        for (who, expected) in [(Who::Nobody, 401), (Who::Admin, 403), (Who::Operator, 200)] {
            assert_eq!(house.call(who, "GET", &path, None).await.0, expected, "{who:?}");
        }
        let (_, none) = house.call(Who::Admin, "GET", &format!("/revenue?edges={EVER}"), None).await;
        assert_eq!(none, json!([]), "who offers nothing earns nothing");
    }

    async fn a_service_is_named_until_it_is_used(test: TestStore) {
        let house = House::of(test).await;
        let new = json!({"name": "weather", "label": "Weather", "icon": "cloud"});
        let (status, made) = house.call(Who::Operator, "POST", "/services", Some(new)).await;
        assert_eq!((status, &made["service"]["icon"]), (201, &json!("cloud")), "{made}");
        assert_eq!(made["service"]["is_used"], false);
        let path = format!("/services/{}", made["service"]["id"]);
        let change = Some(json!({"name": "forecast", "icon": "star"}));
        let (status, changed) = house.call(Who::Operator, "PATCH", &path, change).await;
        assert_eq!((status, &changed["name"], &changed["icon"]), (200, &json!("forecast"), &json!("star")));
        // Of another service, and of one that programs know.
        for (path, name, who) in [
            (path.clone(), "reveal", Who::Operator),
            (format!("/services/{}", house.reveal), "leads", Who::Provider),
        ] {
            let rename = Some(json!({"name": name, "label": "Never"}));
            let (status, problem) = house.call(who, "PATCH", &path, rename).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (409, &json!("name")), "{problem}");
            assert_ne!(house.call(who, "GET", &path, None).await.1["label"], "Never");
        }
        // The same name is none that changes.
        let same = Some(json!({"name": "reveal", "label": "Leads"}));
        let (status, reveal) =
            house.call(Who::Provider, "PATCH", &format!("/services/{}", house.reveal), same).await;
        assert_eq!((status, &reveal["is_used"]), (200, &json!(true)), "{reveal}");
        let (status, problem) =
            house.call(Who::Operator, "PATCH", &path, Some(json!({"icon": "http://a.b/c.svg"}))).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("icon")));
        for address in ["privacy", "javascript:alert(1)", "https://user@example.com"] {
            let change = Some(json!({"privacy_url": address}));
            let (status, problem) = house.call(Who::Operator, "PATCH", &path, change).await;
            assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("privacy_url")));
        }
    }

    async fn an_operator_says_who_offers_a_service(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/services/{}/providers", house.reveal);
        let member = Who::Member.email().parse::<EmailAddress>().unwrap();
        for _ in 0..2 {
            let new = Some(json!({"email": member}));
            let (status, all) = house.call(Who::Operator, "POST", &path, new).await;
            assert_eq!((status, all.as_array().map(Vec::len)), (200, Some(2)), "{all}");
        }
        let (status, _) = house.call(Who::Member, "GET", &path, None).await;
        assert_eq!(status, 200, "who offers it sees who does");
        let unknown = Some(json!({"email": "nobody@example.com"}));
        let (status, problem) = house.call(Who::Operator, "POST", &path, unknown).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("email")));
        let one = format!("{path}/{}", house.user(Who::Member));
        assert_eq!(house.call(Who::Operator, "DELETE", &one, None).await.0, 204);
        assert_eq!(house.call(Who::Operator, "DELETE", &one, None).await.0, 404);
        assert_eq!(house.call(Who::Member, "GET", &path, None).await.0, 403);
    }

    async fn a_program_is_tried_out_without_credits(test: TestStore) {
        let house = House::of(test).await;
        let hold = |token: &str| {
            Some(json!({"account_token": token, "amount": "2.5", "description": "A test"}))
        };
        for token in ["000000", "000111"] {
            let (status, problem) = house.call(Who::Key, "POST", "/holds", hold(token)).await;
            assert_eq!((status, &problem["code"]), (402, &json!("insufficient_credit")));
            assert_eq!(problem["shortfall"]["missing"], "2.5000");
        }
        let (status, made) = house.call(Who::Key, "POST", "/holds", hold("111111")).await;
        assert_eq!((status, &made["amount"], &made["state"]), (201, &json!("2.5000"), &json!("open")));
        let path = format!("/holds/{}", made["id"]);
        assert_eq!(house.call(Who::Key, "GET", &path, None).await.0, 200);
        let capture = format!("{path}/capture");
        for (amount, charged) in [(json!({}), "2.5000"), (json!({"amount": "1"}), "1.0000")] {
            let (status, captured) = house.call(Who::Key, "POST", &capture, Some(amount)).await;
            assert_eq!((status, &captured["charged"]), (200, &json!(charged)));
        }
        let (status, problem) =
            house.call(Who::Key, "POST", &capture, Some(json!({"amount": "2.6"}))).await;
        assert_eq!((status, &problem["code"]), (409, &json!("too_much")));
        let (status, cancelled) = house.call(Who::Key, "POST", &format!("{path}/cancel"), None).await;
        assert_eq!((status, &cancelled["state"]), (200, &json!("cancelled")));
        // The key is the service's all the same, and nothing was taken.
        assert_eq!(house.call(Who::Operator, "POST", "/holds", hold("111111")).await.0, 401);
        assert_eq!(house.revenue(EVER).await["spans"][0]["executions"], 0);
        let (_, accounts) = house.call(Who::Operator, "GET", "/accounts", None).await;
        assert_eq!(accounts["items"].as_array().map(Vec::len), Some(3));
        house.test.verify().await;
    }

    async fn a_server_that_sells_knows_no_accounts_for_tests(test: TestStore) {
        let mut house = House::of(test).await;
        house.sell_only().await;
        let hold = Some(json!({"account_token": "111111", "amount": "1", "description": "A test"}));
        let (status, problem) = house.call(Who::Key, "POST", "/holds", hold).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("account_token")));
        for (path, body) in [("", None), ("/capture", Some(json!({}))), ("/cancel", None)] {
            let method = if path.is_empty() { "GET" } else { "POST" };
            let path = format!("/holds/-1000000{path}");
            assert_eq!(house.call(Who::Key, method, &path, body).await.0, 404, "{path}");
        }
    }

    async fn a_renewed_key_opens_and_the_one_before_does_not(test: TestStore) {
        let house = House::of(test).await;
        let path = format!("/services/{}/key", house.reveal);
        let (status, renewed) = house.call(Who::Provider, "POST", &path, None).await;
        assert_eq!(status, 201);
        let with = async |key: &str| {
            let headers = [
                ("Authorization".to_owned(), format!("Bearer {key}")),
                ("Idempotency-Key".to_owned(), "one".to_owned()),
                ("Content-Type".to_owned(), "application/json".to_owned()),
            ];
            let hold = json!({"account_token": "111111", "amount": "1", "description": "A test"});
            let body = Some(hold.to_string().into_bytes());
            house.send("POST", "/api/v1/holds", &headers, body).await.status
        };
        assert_eq!(with(KEY).await, 401);
        assert_eq!(with(renewed["key"].as_str().unwrap()).await, 201);
    }
}
