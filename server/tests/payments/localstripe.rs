//! Against localstripe, a stateful server by others that behaves like Stripe's: from the checkout over the
//! card to the credits. `cargo xtask stripe` installs and starts it, and runs this.

use std::env;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client;
use crate::support::store::TestStore;
use crate::till::{SECRET, Till};

/// Where localstripe listens.
fn address() -> SocketAddr {
    let address = env::var("IAP_TEST_LOCALSTRIPE");
    address.expect("cargo xtask stripe says where localstripe is").parse().unwrap()
}

/// Asks localstripe, as a browser with the publishable key or an operator would; status and answer.
async fn ask(method: &str, path: &str, form: &str) -> (u16, Value) {
    let body = form.replace(' ', "&");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: Bearer sk_test_of_the_double\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    );
    let asked = move || client::exchange(address(), head.as_bytes());
    let answer = tokio::task::spawn_blocking(asked).await.unwrap();
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

/// Somebody types a card, and confirms the payment with it; the status.
async fn confirm(intent: &str, card: &str) -> (u16, Value) {
    let (status, method) = ask("POST", "/v1/payment_methods", card).await;
    assert_eq!(status, 200, "{method}");
    let id = method["id"].as_str().unwrap();
    let form = format!("payment_method={id}");
    let (status, changed) = ask("POST", &format!("/v1/payment_intents/{intent}"), &form).await;
    assert_eq!(status, 200, "{changed}");
    ask("POST", &format!("/v1/payment_intents/{intent}/confirm"), "").await
}

/// Cards of Stripe's documentation.
const GOOD: &str = "type=card card[number]=4242424242424242 card[exp_month]=12 card[exp_year]=2090 \
                    card[cvc]=123";
const DECLINED: &str = "type=card card[number]=4000000000000341 card[exp_month]=12 \
                        card[exp_year]=2090 card[cvc]=123";
const THREE_D_SECURE: &str = "type=card card[number]=4000002500003155 card[exp_month]=12 \
                              card[exp_year]=2090 card[cvc]=123";

impl Till {
    /// Waits until an order is so far, as its notices say; it comes a second after the payment.
    async fn wait_for(&self, order: i64, state: [&str; 2]) {
        for _ in 0..300 {
            if self.state(order).await[..2] == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{state:?} never came: {:?}", self.state(order).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs localstripe: cargo xtask stripe"]
async fn from_the_checkout_to_the_credits() {
    let till = Till::at(TestStore::sqlite().await, address()).await;
    // Notices go to this server.
    let hook = format!("url=http://{}/payments/stripe secret={SECRET}", till.house.address);
    assert_eq!(ask("POST", "/_config/webhooks/iap", &hook).await.0, 200);

    // A card that pays at once; the notice alone tells this server.
    let order = till.order().await;
    let intent = till.begin(order).await;
    assert_eq!(till.begin(order).await, intent);
    let (status, confirmed) = confirm(&intent, GOOD).await;
    assert_eq!((status, &confirmed["status"]), (200, &json!("succeeded")), "{confirmed}");
    assert_eq!(till.state(order).await[0], "pending");
    till.wait_for(order, ["paid", "succeeded"]).await;
    assert_eq!(till.credits().await, "110.0000");

    // Given back: localstripe has the refund, of all of it.
    let (status, _) = till.on(order, "refund", Some(json!({"reason": "A test"}))).await;
    assert_eq!((status, till.state(order).await[3].as_str()), (200, "done"));
    let (_, refunds) = ask("GET", &format!("/v1/refunds?payment_intent={intent}"), "").await;
    assert_eq!(refunds["data"].as_array().unwrap().len(), 1, "{refunds}");
    assert_eq!(refunds["data"][0]["amount"], 150);
    assert_eq!(till.credits().await, "100.0000");

    // A card that is declined.
    let order = till.order().await;
    let intent = till.begin(order).await;
    let (status, refused) = confirm(&intent, DECLINED).await;
    assert_eq!(status, 402, "{refused}");
    till.wait_for(order, ["pending", "declined"]).await;
    assert_eq!(till.state(order).await[2], "card_declined");
    let (status, given_up) = till.on(order, "cancel", None).await;
    assert_eq!((status, &given_up["state"]), (200, &json!("cancelled")));
    let (_, ended) = ask("GET", &format!("/v1/payment_intents/{intent}"), "").await;
    assert_eq!(ended["status"], "canceled");

    // A bank that wants a proof; localstripe sends no notice of that, so the server looks after it.
    let order = till.order().await;
    let intent = till.begin(order).await;
    let (status, asked) = confirm(&intent, THREE_D_SECURE).await;
    assert_eq!((status, &asked["status"]), (200, &json!("requires_action")));
    till.reconcile(30).await;
    assert_eq!(till.state(order).await[..2], ["pending", "action_required"]);
    let form = format!("success=true client_secret={}", asked["client_secret"].as_str().unwrap());
    let path = format!("/v1/payment_intents/{intent}/_authenticate");
    let (status, proven) = ask("POST", &path, &form).await;
    assert_eq!((status, &proven["status"]), (200, &json!("succeeded")), "{proven}");
    till.wait_for(order, ["paid", "succeeded"]).await;
    assert_eq!(till.credits().await, "110.0000");

    // Its script is where the browser is told that it is.
    let script = client::request(address(), "GET", "/js.stripe.com/v3/", &[]);
    assert_eq!(script.status, 200);
    till.house.test.verify().await;
}
