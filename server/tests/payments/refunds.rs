//! Money that goes back: given back, or paid twice.

use iap_server::clock;
use iap_server::orders;
use iap_server::store::Actor;
use serde_json::json;

use crate::double::Mood;
use crate::house::Who;
use crate::on_both;
use crate::support::store::TestStore;
use crate::till::Till;

const SUCCEEDED: &str = "payment_intent.succeeded";

impl Till {
    /// An order that is paid by card, and its intent.
    async fn paid(&self) -> (i64, String) {
        let order = self.order().await;
        let intent = self.begin(order).await;
        self.double.pay(&intent);
        assert_eq!(self.notice(SUCCEEDED, &intent).await, 204);
        assert_eq!(self.state(order).await[0], "paid");
        (order, intent)
    }

    async fn refund(&self, order: i64) -> u16 {
        self.on(order, "refund", Some(json!({"reason": "A test"}))).await.0
    }
}

on_both! {
    async fn credits_go_first_and_money_next(test: TestStore) {
        let till = Till::of(test).await;
        let (order, intent) = till.paid().await;
        assert_eq!(till.refund(order).await, 200);
        assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "done"]);
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("100.0000".to_owned(), 1));
        // Late notices bring nothing back.
        for _ in 0..3 {
            assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        }
        assert_eq!(till.refund(order).await, 409);
        assert_eq!(till.reconcile(100).await, 0);
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("100.0000".to_owned(), 1));
        assert_eq!(till.noted("order.paid_twice").await.len(), 0);
        // Where credits are spent, neither goes.
        let (order, intent) = till.paid().await;
        let path = format!("/accounts/{}/withdrawals", till.house.reveal_account);
        let spent = json!({"kind": "paid", "amount": "105", "description": "Spent"});
        till.house.call(Who::Operator, "POST", &path, Some(spent)).await;
        assert_eq!(till.refund(order).await, 409);
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.double.refunds(&intent), 0);
        till.house.test.verify().await;
    }

    async fn a_refund_that_broke_off_is_finished_once(test: TestStore) {
        let till = Till::of(test).await;
        let (store, actor) = (till.house.test.store.clone(), Actor::server(clock::now()));
        // The process ends after it is noted.
        let (order, intent) = till.paid().await;
        store.note_refund(order, "A test", &actor).await.unwrap().unwrap();
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "none"]);
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        orders::finish_all(&store, 10).await.unwrap();
        assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "due"]);
        assert_eq!(till.reconcile(0).await, 1);
        assert_eq!(till.state(order).await[3], "done");
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("100.0000".to_owned(), 1));
        // Stripe cannot be reached, or does it and the answer is lost.
        for mood in [Mood::Down, Mood::LosesAnswers] {
            let (order, intent) = till.paid().await;
            till.double.set_mood(mood);
            assert_eq!(till.refund(order).await, 200);
            assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "due"], "{mood:?}");
            till.reconcile(0).await;
            assert_eq!(till.state(order).await[3], "due");
            till.double.set_mood(Mood::Well);
            assert_eq!(till.reconcile(0).await, 1);
            assert_eq!(till.state(order).await[3], "done");
            assert_eq!(till.double.refunds(&intent), 1);
        }
        // It was paid and given back before the server knew how far the payment was.
        let (order, intent) = till.paid().await;
        let sql = format!("UPDATE iap_order SET payment_state = 'awaiting', check_at = 0 WHERE id = {order}");
        execute(&till.house.test, &sql).await;
        orders::refund(&store, order, "A test", &actor).await.unwrap();
        till.reconcile(0).await;
        assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "done"]);
        assert_eq!(till.double.refunds(&intent), 1);
        assert_eq!(till.credits().await, "100.0000");
        till.house.test.verify().await;
    }

    async fn what_is_paid_twice_goes_back(test: TestStore) {
        let till = Till::of(test).await;
        let order = till.order().await;
        let intent = till.begin(order).await;
        let transfer = Some(json!({"payment": "a transfer"}));
        let (status, _) = till.on(order, "payment", transfer.clone()).await;
        assert_eq!(status, 200);
        till.double.pay(&intent);
        till.double.set_mood(Mood::LosesAnswers);
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 503);
        till.double.set_mood(Mood::Well);
        let notices = futures_util::future::join_all((0..5).map(|_| till.notice(SUCCEEDED, &intent)));
        assert!(notices.await.iter().all(|status| *status == 204));
        assert_eq!(till.state(order).await, ["paid", "succeeded", "", "done"]);
        assert_eq!(till.shown(order).await["payment"], "a transfer");
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("110.0000".to_owned(), 1));
        let noted = till.noted("order.paid_twice").await;
        assert_eq!(noted.len(), 1);
        assert!(noted[0].starts_with("paid twice: by a transfer and by pi_"), "{noted:?}");
        // Given back by hand: the card's money went back long ago, and not twice.
        assert_eq!(till.refund(order).await, 200);
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("100.0000".to_owned(), 1));

        // Paid by card after the transfer's money was given back.
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.on(order, "payment", transfer.clone()).await;
        assert_eq!(till.refund(order).await, 200);
        assert_eq!(till.state(order).await[3], "none");
        till.double.pay(&intent);
        assert_eq!(till.notice(SUCCEEDED, &intent).await, 204);
        assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "done"]);
        assert_eq!((till.credits().await, till.double.refunds(&intent)), ("100.0000".to_owned(), 1));

        // Paid by transfer, it need not be paid by card: the job sees to it.
        let order = till.order().await;
        let intent = till.begin(order).await;
        till.on(order, "payment", transfer).await;
        assert_eq!(till.reconcile(1).await, 1);
        assert!(!till.double.pay(&intent));
        assert_eq!(till.state(order).await, ["paid", "none", "", "none"]);
        till.house.test.verify().await;
    }

    async fn given_back_at_stripe_before_by_hand(test: TestStore) {
        let till = Till::of(test).await;
        let (order, intent) = till.paid().await;
        // Somebody gives it back there, without a word to this server.
        till.double.refund_by_hand(&intent);
        assert_eq!(till.refund(order).await, 200);
        assert_eq!(till.state(order).await, ["refunded", "succeeded", "", "done"]);
        assert_eq!(till.double.refunds(&intent), 1);
    }
}

/// Does something in the database that the server never does.
async fn execute(test: &TestStore, sql: &str) {
    let pool = sqlx::AnyPool::connect(&test.address).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await.unwrap();
}
