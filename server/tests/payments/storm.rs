//! Everything at once: whatever happens in whatever order, nothing is charged or credited twice, and
//! nothing is lost.

use std::time::Duration;

use iap_core::credits::OrderState;
use iap_server::orders;
use serde_json::json;

use crate::double::Mood;
use crate::on_both;
use crate::support::store::TestStore;
use crate::till::Till;

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: u64) -> u64 {
        // Knuth's constants, MMIX.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

impl Till {
    /// Something that happens to an order.
    async fn happen(&self, what: u64, order: i64, intent: &str, wait: u64) {
        tokio::time::sleep(Duration::from_millis(wait)).await;
        match what {
            0 => {
                self.double.pay(intent);
            }
            1 => {
                self.on(order, "cancel", None).await;
            }
            2 => {
                self.on(order, "payment", Some(json!({"payment": "a transfer"}))).await;
            }
            3 => {
                self.on(order, "refund", Some(json!({"reason": "A storm"}))).await;
            }
            4 => {
                self.on(order, "checkout", None).await;
            }
            5 => self.double.set_mood(Mood::LosesAnswers),
            6 => self.double.set_mood(Mood::Well),
            7 => {
                self.reconcile(wait * 1_000).await;
            }
            _ => {
                self.notice("payment_intent.succeeded", intent).await;
            }
        }
    }
}

on_both! {
    async fn nothing_is_lost_charged_twice_or_credited_twice(test: TestStore) {
        let till = Till::of(test).await;
        let mut dice = Dice(20_261_122);
        let mut expected = 100;
        for round in 0..12 {
            let order = till.order().await;
            let intent = till.begin(order).await;
            let happenings: Vec<_> = (0..16).map(|_| (dice.next(11), dice.next(60))).collect();
            let all = happenings.iter().map(|&(what, wait)| till.happen(what, order, &intent, wait));
            futures_util::future::join_all(all).await;
            // It is quiet again: the jobs finish what broke off.
            till.double.set_mood(Mood::Well);
            for _ in 0..3 {
                orders::finish_all(&till.house.test.store, 100).await.unwrap();
                till.reconcile(2_000).await;
            }
            let known = till.house.test.store.payment(order).await.unwrap().unwrap();
            let charged = till.double.intent(&intent)["status"] == "succeeded";
            let back = till.double.refunds(&intent);
            let kept = charged && back == 0;
            let story = format!("round {round}: {happenings:?}: {known:?}, charged {charged}, back {back}");
            assert!(back <= 1 && (charged || back == 0), "{story}");
            // The card's money is kept where it paid the order, and nowhere else.
            let by_card = known.state == OrderState::Paid && known.payment == intent;
            assert_eq!(kept, by_card, "{story}");
            if known.state == OrderState::Paid {
                expected += 10;
            }
            assert_eq!(till.credits().await, format!("{expected}.0000"), "{story}");
        }
        till.house.test.verify().await;
    }
}
