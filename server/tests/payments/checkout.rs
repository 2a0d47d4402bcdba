//! Beginning to pay, and giving up.

use std::time::Duration;

use iap_server::clock;
use iap_server::store::Actor;
use serde_json::json;

use crate::double::Mood;
use crate::house::Who;
use crate::on_both;
use crate::support::store::TestStore;
use crate::till::Till;

on_both! {
    async fn checkouts_that_race_make_one_intent(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let begun = futures_util::future::join_all((0..8).map(|_| till.begin(order))).await;
        assert!(begun.iter().all(|it| *it == begun[0]), "{begun:?}");
        assert_eq!(till.double.intents(), begun[..1]);
        // Two servers at once.
        let actor = Actor::server(clock::now());
        let (here, there) =
            tokio::join!(till.begin(order), till.payments.begin(order, &actor));
        assert_eq!(here, begun[0]);
        assert_eq!(there.unwrap().client_secret.unwrap(), format!("{here}_secret_x"));
        let intent = till.double.intent(&here);
        assert_eq!((&intent["amount"], &intent["currency"]), (&json!(150), &json!("eur")));
        assert_eq!(till.state(order).await, ["pending", "awaiting", "", "none"]);
    }

    async fn an_intent_whose_answer_was_lost_is_found_again(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        for mood in [Mood::LosesAnswers, Mood::Down] {
            till.double.set_mood(mood);
            let (status, problem) = till.on(order, "checkout", None).await;
            assert_eq!((status, &problem["code"]), (503, &json!("payment_unavailable")));
            assert_eq!(till.state(order).await, ["pending", "none", "", "none"]);
        }
        till.double.set_mood(Mood::Well);
        let intent = till.begin(order).await;
        assert_eq!(till.double.intents(), [intent]);
    }

    async fn an_order_of_one_who_is_taxed_is_charged_with_tax(test: TestStore) {
        let till = Till::of(test).await;
        let seller = json!({"name": "S", "street": "1", "city": "Gent", "country": "BE", "email": "s@example.com"});
        let change = Some(json!({"seller": seller, "tax_rate": "21"}));
        till.house.call(Who::Operator, "PATCH", "/settings", change).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        assert_eq!(till.double.intent(&intent)["amount"], 182);
        till.double.pay(&intent);
        assert_eq!(till.notice("payment_intent.succeeded", &intent).await, 204);
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
    }

    async fn what_cards_cannot_pay_is_refused(test: TestStore) {
        let till = Till::of(test).await;
        let path = format!("/packs/{}", till.house.pack);
        till.house.call(Who::Operator, "PATCH", &path, Some(json!({"price": 0}))).await;
        let order = till.order().await;
        let (status, problem) = till.on(order, "checkout", None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")), "{problem}");
        // Less than Stripe takes.
        till.house.call(Who::Operator, "PATCH", &path, Some(json!({"price": 49}))).await;
        let order = till.order().await;
        let (status, problem) = till.on(order, "checkout", None).await;
        assert_eq!((status, &problem["code"]), (502, &json!("payment_failed")), "{problem}");
        assert_eq!(till.double.intents().len(), 0);
        // Cards for trying out are of demo data.
        let card = Some(json!({"number": "4242424242424242", "expiry": "12/99", "cvc": "123"}));
        let path = format!("/orders/{order}/demo-payment");
        let (status, _) = till.house.call(Who::Admin, "POST", &path, card).await;
        assert_eq!(status, 404);
    }

    async fn given_up_it_cannot_be_paid(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.double.set_mood(Mood::Down);
        let (status, problem) = till.on(order, "cancel", None).await;
        assert_eq!((status, &problem["code"]), (503, &json!("payment_unavailable")));
        assert_eq!(till.state(order).await[0], "pending");
        till.double.set_mood(Mood::Well);
        till.double.change(&intent, &json!({"status": "processing"}));
        let (status, problem) = till.on(order, "cancel", None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        assert_eq!(till.state(order).await[..2], ["pending", "processing"]);
        till.double.change(&intent, &json!({"status": "requires_action"}));
        for _ in 0..2 {
            let (status, given_up) = till.on(order, "cancel", None).await;
            assert_eq!((status, &given_up["state"]), (200, &json!("cancelled")), "{given_up}");
        }
        assert!(!till.double.pay(&intent));
        let (status, _) = till.on(order, "checkout", None).await;
        assert_eq!(status, 409);
        let (_, page) = till.house.call(Who::Operator, "GET", "/audit?limit=1", None).await;
        assert_eq!(page["items"][0]["email"], "admin@example.com", "who gave it up is noted");
    }

    async fn given_up_while_it_is_paid_it_is_paid(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.double.pay(&intent);
        let (status, problem) = till.on(order, "cancel", None).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_state")));
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.credits().await, "110.0000");
        // Given up where nobody asks Stripe, as the command line does it.
        let order = till.order().await;
        let intent = till.begin(order).await;
        let actor = Actor::server(clock::now());
        till.house.test.store.cancel_order(order, &actor).await.unwrap().unwrap();
        till.double.pay(&intent);
        assert_eq!(till.notice("payment_intent.succeeded", &intent).await, 204);
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.credits().await, "120.0000");
        // The same, before anybody pays: the job cancels what is left at Stripe.
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.house.test.store.cancel_order(order, &actor).await.unwrap().unwrap();
        assert_eq!(till.reconcile(1).await, 1);
        assert_eq!(till.double.intent(&intent)["status"], "canceled");
        assert_eq!(till.reconcile(1_000).await, 0);
        till.house.test.verify().await;
    }

    async fn begun_and_given_up_at_the_same_moment(test: TestStore) {
        let till = Till::of(test).await;
        for pause in [0, 5, 15, 30, 45] {
            let order = till.order().await;
            let given_up = async {
                tokio::time::sleep(Duration::from_millis(pause)).await;
                till.on(order, "cancel", None).await
            };
            let ((begun, _), (given_up, _)) =
                tokio::join!(till.on(order, "checkout", None), given_up);
            assert!([200, 409].contains(&begun) && given_up == 200, "{begun} {given_up}");
            assert_eq!(till.state(order).await[0], "cancelled");
        }
        // Nothing is left that somebody could pay.
        till.reconcile(100).await;
        assert!(till.double.intents().iter().all(|it| !till.double.pay(it)));
    }

    async fn the_shop_tells_what_a_browser_needs(test: TestStore) {
        let till = Till::of(test).await;
        let path = format!("/accounts/{}/shop", till.house.reveal_account);
        let (_, shop) = till.house.call(Who::Admin, "GET", &path, None).await;
        let script = format!("http://{}/js.stripe.com/v3/", till.double.address);
        assert_eq!(
            (&shop["means"], &shop["publishable_key"], &shop["card_script"]),
            (&json!("card"), &json!("pk_test"), &json!(script))
        );
        assert!(!shop.to_string().contains("sk_test"));
    }
}
