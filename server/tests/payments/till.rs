//! A server that takes payments through the double, and an order to be paid.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use iap_core::time::Timestamp;
use iap_server::clock;
use iap_server::payments::{Payments, Stripe, WebhookSecret};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::double::{Double, KEY};
use crate::house::{House, Who};
use crate::support::store::TestStore;

/// What notices are signed with.
pub(crate) const SECRET: &str = "whsec_of_the_double";

/// A server that takes payments, and the double of Stripe's.
pub(crate) struct Till {
    pub(crate) house: House,
    pub(crate) double: Double,
    /// The same payments as another server has.
    pub(crate) payments: Payments,
}

impl Till {
    pub(crate) async fn of(test: TestStore) -> Self {
        let double = Double::start().await;
        let address = double.address;
        Self { double, ..Self::at(test, address).await }
    }

    /// The same at another server that behaves like Stripe's; the double is asked for nothing.
    pub(crate) async fn at(test: TestStore, address: SocketAddr) -> Self {
        let double = Double::start().await;
        let payments = || {
            let url = format!("http://{address}").parse().unwrap();
            let stripe = Stripe::new(KEY.parse().unwrap(), "pk_test".to_owned(), Some(url));
            Payments::stripe(test.store.clone(), stripe.unwrap())
        };
        let (own, other) = (payments(), payments());
        let secret = WebhookSecret::from(SECRET.to_owned());
        let house = House::taking(test, None, own, Some(secret)).await;
        Self { house, double, payments: other }
    }

    /// Orders the pack of 1.50 EUR with 10 credits; the order.
    pub(crate) async fn order(&self) -> i64 {
        let path = format!("/accounts/{}/orders", self.house.reveal_account);
        let body = json!({"pack": self.house.pack});
        let (status, order) = self.house.call(Who::Admin, "POST", &path, Some(body)).await;
        assert_eq!(status, 201, "{order}");
        order["id"].as_i64().unwrap()
    }

    /// Does something with an order as an admin.
    pub(crate) async fn on(&self, order: i64, what: &str, body: Option<Value>) -> (u16, Value) {
        let who = if body.is_some() { Who::Operator } else { Who::Admin };
        self.house.call(who, "POST", &format!("/orders/{order}/{what}"), body).await
    }

    /// Begins to pay an order; the intent.
    pub(crate) async fn begin(&self, order: i64) -> String {
        let (status, checkout) = self.on(order, "checkout", None).await;
        assert_eq!((status, &checkout["means"]), (200, &json!("card")), "{checkout}");
        let secret = checkout["client_secret"].as_str().unwrap();
        secret.split_once("_secret").unwrap().0.to_owned()
    }

    pub(crate) async fn shown(&self, order: i64) -> Value {
        let path = format!("/orders/{order}");
        self.house.call(Who::Member, "GET", &path, None).await.1
    }

    /// State, payment state, error and whether money goes back.
    pub(crate) async fn state(&self, order: i64) -> [String; 4] {
        let shown = self.shown(order).await;
        ["state", "payment_state", "payment_error", "money_back"]
            .map(|field| shown[field].as_str().unwrap_or_default().to_owned())
    }

    pub(crate) async fn credits(&self) -> String {
        let path = format!("/accounts/{}", self.house.reveal_account);
        let (_, account) = self.house.call(Who::Operator, "GET", &path, None).await;
        account["available"]["total"].as_str().unwrap().to_owned()
    }

    /// Sends a notice of an intent, signed as Stripe signs; the status.
    pub(crate) async fn notice(&self, kind: &str, intent: &str) -> u16 {
        let body = event(kind, intent);
        self.send_notice(&body, &signature(SECRET, clock::now(), &body)).await
    }

    pub(crate) async fn send_notice(&self, body: &str, signature: &str) -> u16 {
        let headers = [
            ("Content-Type".to_owned(), "application/json".to_owned()),
            ("Stripe-Signature".to_owned(), signature.to_owned()),
        ];
        let body = Some(body.as_bytes().to_vec());
        self.house.send("POST", "/payments/stripe", &headers, body).await.status
    }

    /// Looks after payments as the job does so many seconds from now.
    pub(crate) async fn reconcile(&self, seconds: u64) -> usize {
        let at = clock::now().later(Duration::from_secs(seconds));
        self.payments.reconcile(at).await.unwrap().payments
    }

    /// Notes of the audit log with an action.
    pub(crate) async fn noted(&self, action: &str) -> Vec<String> {
        let (_, page) = self.house.call(Who::Operator, "GET", "/audit?limit=1000", None).await;
        let items = page["items"].as_array().unwrap().iter();
        let items = items.filter(|item| item["action"] == action);
        items.map(|item| item["detail"].as_str().unwrap().to_owned()).collect()
    }
}

/// An event about an intent, which says that it has succeeded whatever is true.
pub(crate) fn event(kind: &str, intent: &str) -> String {
    let object = json!({
        "id": intent, "object": "payment_intent", "status": "succeeded", "amount": 150,
        "amount_received": 150, "currency": "eur",
    });
    json!({"id": "evt_1", "object": "event", "type": kind, "data": {"object": object}}).to_string()
}

/// What Stripe writes beside a notice.
pub(crate) fn signature(secret: &str, at: Timestamp, body: &str) -> String {
    let moment = at.millis() / 1_000;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{moment}.{body}").as_bytes());
    let mut text = format!("t={moment},v1=");
    for byte in mac.finalize().into_bytes() {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}
