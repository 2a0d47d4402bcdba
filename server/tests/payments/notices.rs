//! Notices that come twice, late, in another order, forged, or never.

use std::time::Duration;

use iap_core::time::Timestamp;
use iap_server::clock;
use serde_json::json;

use crate::double::Mood;
use crate::on_both;
use crate::support::store::TestStore;
use crate::till::{SECRET, Till, event, signature};

const SUCCEEDED: &str = "payment_intent.succeeded";
const FAILED: &str = "payment_intent.payment_failed";

on_both! {
    async fn a_payment_noticed_many_times_credits_once(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.double.pay(&intent);
        let notices = (0..20).map(|_| till.notice(SUCCEEDED, &intent));
        let answers = futures_util::future::join_all(notices).await;
        assert!(answers.iter().all(|status| *status == 204), "{answers:?}");
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.shown(order).await["payment"], json!(intent));
        assert_eq!(till.credits().await, "110.0000");
        assert_eq!(till.double.refunds(&intent), 0);
        till.house.test.verify().await;
    }

    async fn declined_and_then_paid_in_whatever_order_it_is_told(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.double.decline(&intent, "card_declined", Some("insufficient_funds"));
        assert_eq!(till.notice(FAILED, &intent).await, 204);
        assert_eq!(till.state(order).await, ["pending", "declined", "insufficient_funds", "none"]);
        // Another card, the same payment.
        assert_eq!(till.begin(order).await, intent);
        till.double.change(&intent, &json!({"status": "requires_action", "last_payment_error": null}));
        assert_eq!(till.notice("payment_intent.requires_action", &intent).await, 204);
        assert_eq!(till.state(order).await, ["pending", "action_required", "", "none"]);
        till.double.decline(&intent, "payment_intent_authentication_failure", None);
        assert_eq!(till.notice(FAILED, &intent).await, 204);
        assert_eq!(till.state(order).await[2], "authentication_failed");
        till.double.pay(&intent);
        for kind in [SUCCEEDED, FAILED, "payment_intent.created", "payment_intent.canceled"] {
            assert_eq!(till.notice(kind, &intent).await, 204);
            assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"], "{kind}");
        }
        assert_eq!(till.credits().await, "110.0000");
        till.house.test.verify().await;
    }

    async fn what_a_notice_says_is_not_believed(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        // Signed, and not true.
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        assert_eq!(till.state(order).await, ["pending", "awaiting", "", "none"]);
        // Of a payment that is none of ours, or of none.
        for other in ["pi_of_another_shop", "", "../refunds"] {
            assert_eq!(till.notice(SUCCEEDED, other).await, 204);
        }
        let nothing = r#"{"data":{"object":{"object":"customer","id":"cus_1"}}}"#;
        let signed = signature(SECRET, clock::now(), nothing);
        assert_eq!(till.send_notice(nothing, &signed).await, 204);
        assert_eq!(till.send_notice("[]", &signature(SECRET, clock::now(), "[]")).await, 400);
        // True, and not signed.
        till.double.pay(&intent);
        let (body, now) = (event(SUCCEEDED, &intent), clock::now());
        let old = Timestamp::from_millis(now.millis() - 301_000);
        for forged in [
            String::new(),
            "t=1,v1=00".to_owned(),
            signature("whsec_guessed", now, &body),
            signature(SECRET, old, &body),
            signature(SECRET, now, "{}"),
        ] {
            assert_eq!(till.send_notice(&body, &forged).await, 403, "{forged}");
        }
        assert_eq!(till.state(order).await[0], "pending");
        assert_eq!(till.credits().await, "100.0000");
        assert_eq!(till.send_notice(&body, &signature(SECRET, now, &body)).await, 204);
        assert_eq!(till.credits().await, "110.0000");
    }

    async fn another_amount_credits_nothing(test: TestStore) {
        let till = Till::of(test).await;
        for wrong in [
            json!({"amount": 1, "amount_received": 1}),
            json!({"amount_received": 149}),
            json!({"currency": "usd"}),
        ] {
            let order = till.order().await;
            let intent = till.begin(order).await;
            till.double.pay(&intent);
            till.double.change(&intent, &wrong);
            for _ in 0..3 {
                assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
            }
            assert_eq!(till.state(order).await[0], "pending", "{wrong}");
            assert_eq!(till.shown(order).await["payment_error"], "other");
        }
        assert_eq!(till.credits().await, "100.0000");
        assert_eq!(till.noted("order.wrong_payment").await.len(), 3);
        assert_eq!(till.reconcile(3_600).await, 0);
        till.house.test.verify().await;
    }

    async fn a_lost_notice_is_made_up_for(test: TestStore) {
        let till = Till::of(test).await;
        let (order, open) = (till.order().await, till.order().await);
        let intent = till.begin(order).await;
        till.begin(open).await;
        till.double.pay(&intent);
        // Its own notice has twenty seconds to come.
        assert_eq!(till.reconcile(10).await, 0);
        till.double.set_mood(Mood::Down);
        let at = clock::now().later(Duration::from_secs(21));
        let looked = till.payments.reconcile(at).await.unwrap();
        assert_eq!((looked.payments, looked.failed), (2, 2));
        assert_eq!(till.state(order).await[0], "pending");
        till.double.set_mood(Mood::Well);
        // Several servers at once.
        let at = clock::now().later(Duration::from_secs(90));
        let looked = futures_util::future::join_all((0..4).map(|_| till.payments.reconcile(at)));
        let looked: usize = looked.await.into_iter().map(|it| it.unwrap().payments).sum();
        assert_eq!(looked, 2);
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.state(open).await, ["pending", "awaiting", "", "none"]);
        assert_eq!(till.credits().await, "110.0000");
        // The late notice changes nothing; the paid one is not asked for again, the open one is.
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        assert_eq!(till.reconcile(200).await, 1);
        assert_eq!(till.credits().await, "110.0000");
        till.house.test.verify().await;
    }

    async fn a_notice_that_cannot_be_acted_on_is_asked_for_again(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.double.pay(&intent);
        for mood in [Mood::Down, Mood::LosesAnswers] {
            till.double.set_mood(mood);
            assert_eq!(till.notice(SUCCEEDED, &intent).await, 503);
        }
        till.double.set_mood(Mood::Well);
        assert_eq!(till.state(order).await[0], "pending");
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        assert_eq!(till.state(order).await[0], "paid");
    }

    async fn what_nobody_pays_is_given_up_after_a_day(test: TestStore) {
        let till = Till::of(test).await;
        let (order, paid, busy) = (till.order().await, till.order().await, till.order().await);
        let intent = till.begin(order).await;
        let late = till.begin(paid).await;
        let processing = till.begin(busy).await;
        till.double.pay(&late);
        till.double.change(&processing, &json!({"status": "processing"}));
        assert_eq!(till.reconcile(25 * 3_600).await, 3);
        assert_eq!(till.double.intent(&intent)["status"], "canceled");
        assert_eq!(till.state(order).await, ["cancelled", "none", "", "none"]);
        // What was paid meanwhile is paid, and what a bank is at is waited for.
        assert_eq!(till.state(paid).await[..2], ["paid", "succeeded"]);
        assert_eq!(till.state(busy).await[..2], ["pending", "processing"]);
        till.double.pay(&processing);
        assert_eq!(till.reconcile(26 * 3_600).await, 1);
        assert_eq!(till.credits().await, "120.0000");
        till.house.test.verify().await;
    }
}
