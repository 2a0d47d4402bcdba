//! What the ledger does with one change after the other.

use iap_core::credits::{Attribution, HoldState, Kind, ResolveError};
use iap_core::time::Timestamp;
use iap_server::store::{Actor, By, Change, LedgerError, Refusal, Request};

use crate::on_both;
use crate::support::store::{NOW, TestStore, amount, hours, key, new_service, request};

fn refused(result: Result<iap_server::store::Outcome, LedgerError>) -> Refusal {
    match result {
        Err(LedgerError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn work_is_authorized_and_charged(test: TestStore) {
        test.make(Change::Credit(Kind::Granted, amount("2"))).await.unwrap();
        test.credit("10").await;
        let (number, _) = test.authorize("5").await;
        assert_eq!(test.balance().await, ("7.0000".into(), "5.0000".into()));
        let outcome = test.make(Change::Capture(number, Some(amount("3.5")))).await.unwrap();
        let HoldState::Captured { charged, .. } = outcome.hold.unwrap().1.state() else { panic!() };
        // What was granted is spent first.
        assert_eq!((charged.granted(), charged.paid()), (amount("2"), amount("1.5")));
        assert_eq!(test.balance().await, ("8.5000".into(), "0.0000".into()));
        let back = test.make(Change::Refund(number, amount("1"))).await.unwrap();
        assert_eq!(back.balance.available().paid(), amount("9.5"));
        test.verify().await;
    }

    async fn texts_are_kept_as_they_are(test: TestStore) {
        let texts = [
            "", "NULL", "it's", "'); DROP TABLE entry; --", "\\", "\\'", "\"}', '{\"", "{a,b}", "$1", "?",
            " \t\r\n ", "Grüße, 你好 👋",
        ];
        for (number, text) in texts.into_iter().enumerate() {
            let credit = Change::Credit(Kind::Paid, amount("1"));
            let request = Request {
                description: text.to_owned(),
                key: Some(format!("{text} {number}")),
                ..request(test.account, credit)
            };
            let first = test.store.ledger().make(request.clone()).await.unwrap();
            // By its key and its description it is found again.
            let again = test.store.ledger().make(request).await.unwrap();
            assert_eq!((again.repeated, again.entry), (true, first.entry), "{text}");
            let id = first.entry.unwrap();
            let kept = test.store.entry(test.account, id).await.unwrap().unwrap();
            assert_eq!(kept.description, text);
        }
        test.verify().await;
    }

    async fn what_is_missing_is_told(test: TestStore) {
        test.credit("1").await;
        let refusal = refused(test.make(Change::Authorize(amount("1.25"), hours(1))).await);
        let Refusal::Insufficient(short) = refusal else { panic!("{refusal:?}") };
        assert_eq!(short.missing(), amount("0.25"));
        assert_eq!(test.balance().await, ("1.0000".into(), "0.0000".into()));
        test.verify().await;
    }

    async fn a_hold_is_resolved_once(test: TestStore) {
        test.credit("10").await;
        let (captured, _) = test.authorize("4").await;
        test.make(Change::Capture(captured, None)).await.unwrap();
        let again = test.make(Change::Capture(captured, None)).await.unwrap();
        assert!(again.repeated);
        let other = refused(test.make(Change::Capture(captured, Some(amount("1")))).await);
        assert!(matches!(other, Refusal::Resolve(ResolveError::Captured(_))));
        let late = refused(test.make(Change::Cancel(captured)).await);
        assert!(matches!(late, Refusal::Resolve(ResolveError::Captured(_))));

        let (cancelled, _) = test.authorize("6").await;
        assert!(!test.make(Change::Cancel(cancelled)).await.unwrap().repeated);
        assert!(test.make(Change::Cancel(cancelled)).await.unwrap().repeated);
        let late = refused(test.make(Change::Capture(cancelled, None)).await);
        assert_eq!(late, Refusal::Resolve(ResolveError::Cancelled));
        assert_eq!(test.balance().await, ("6.0000".into(), "0.0000".into()));
        test.verify().await;
    }

    async fn a_capture_is_never_above_the_hold(test: TestStore) {
        test.credit("10").await;
        let (number, _) = test.authorize("4").await;
        let refusal = refused(test.make(Change::Capture(number, Some(amount("4.000001")))).await);
        assert_eq!(refusal, Refusal::Resolve(ResolveError::TooMuch { limit: amount("4") }));
        assert_eq!(test.balance().await, ("6.0000".into(), "4.0000".into()));
        test.verify().await;
    }

    async fn a_refused_hold_cannot_be_captured(test: TestStore) {
        test.credit("1").await;
        refused(test.make(Change::Authorize(amount("2"), hours(1))).await);
        assert_eq!(refused(test.make(Change::Capture(2, None)).await), Refusal::UnknownHold);
    }

    async fn who_comes_too_late_gets_nothing(test: TestStore) {
        test.credit("10").await;
        let outcome = test.make(Change::Authorize(amount("4"), hours(1))).await.unwrap();
        let (number, hold) = outcome.hold.unwrap();
        let capture = Request {
            at: hold.expires_at(),
            ..request(test.account, Change::Capture(number, None))
        };
        let refusal = refused(test.store.ledger().make(capture).await);
        assert_eq!(refusal, Refusal::Resolve(ResolveError::Expired));
        // Its credits are back, although nobody has swept it.
        assert_eq!(test.balance().await, ("10.0000".into(), "0.0000".into()));
        test.verify().await;
    }

    async fn due_holds_are_found_and_expired(test: TestStore) {
        test.credit("10").await;
        let mut holds = Vec::new();
        for number in [3, 1, 2] {
            let made = test.make(Change::Authorize(amount("1"), hours(number))).await.unwrap();
            holds.push(made.hold.unwrap().0);
        }
        let later = Timestamp::from_millis(NOW.millis() + 2 * 3_600_000);
        let due = test.store.due_holds(later, 10).await.unwrap();
        assert_eq!(due, [(test.account, holds[1]), (test.account, holds[2])]);
        for (account, number) in due {
            let expire = Request { at: later, ..request(account, Change::Expire(number)) };
            test.store.ledger().make(expire).await.unwrap();
        }
        assert_eq!(test.store.due_holds(later, 10).await.unwrap(), []);
        assert_eq!(test.balance().await, ("9.0000".into(), "1.0000".into()));
        test.verify().await;
    }

    async fn the_same_key_is_the_same_change(test: TestStore) {
        let credit = |credits: &str, key: &str| Request {
            key: Some(key.to_owned()),
            ..request(test.account, Change::Credit(Kind::Paid, amount(credits)))
        };
        let first = test.store.ledger().make(credit("10", "order 1")).await.unwrap();
        let again = test.store.ledger().make(credit("10", "order 1")).await.unwrap();
        assert!(first.entry.is_some());
        assert_eq!(first.entry, again.entry);
        assert_eq!((first.repeated, again.repeated), (false, true));
        let other = test.store.ledger().make(credit("11", "order 1")).await;
        assert_eq!(refused(other), Refusal::KeyReused);
        let elsewhere = Request { description: "Another purpose".into(), attribution: Attribution::NONE, ..credit("10", "order 1") };
        assert_eq!(refused(test.store.ledger().make(elsewhere).await), Refusal::KeyReused);

        let authorize = Request {
            key: Some("message 7".to_owned()),
            ..request(test.account, Change::Authorize(amount("3"), hours(1)))
        };
        let first = test.store.ledger().make(authorize.clone()).await.unwrap().hold.unwrap();
        let longer = Request {
            change: Change::Authorize(amount("3"), hours(2)),
            ..authorize.clone()
        };
        assert_eq!(refused(test.store.ledger().make(longer).await), Refusal::KeyReused);
        test.make(Change::Capture(first.0, None)).await.unwrap();
        // Later it tells what has become of it since.
        let again = test.store.ledger().make(authorize).await.unwrap().hold.unwrap();
        assert_eq!(again.0, first.0);
        assert!(matches!(again.1.state(), HoldState::Captured { .. }));
        assert_eq!(test.balance().await, ("7.0000".into(), "0.0000".into()));
        test.verify().await;
    }

    async fn a_refused_change_does_not_use_its_key_up(test: TestStore) {
        let authorize = Request {
            key: Some("message 7".to_owned()),
            ..request(test.account, Change::Authorize(amount("3"), hours(1)))
        };
        refused(test.store.ledger().make(authorize.clone()).await);
        test.credit("3").await;
        assert!(!test.store.ledger().make(authorize).await.unwrap().repeated);
    }

    async fn the_accounts_of_others_are_unknown(test: TestStore) {
        let other = test.store.add_service(&new_service("ocr"), &Actor::server(NOW)).await.unwrap().unwrap();
        test.credit("10").await;
        let (number, _) = test.authorize("1").await;
        for change in [Change::Authorize(amount("1"), hours(1)), Change::Capture(number, None)] {
            let theirs = Request { by: By::Service(other), ..request(test.account, change) };
            assert_eq!(refused(test.store.ledger().make(theirs).await), Refusal::UnknownAccount);
        }
        let nobody = request(test.account + 99, Change::Cancel(1));
        assert_eq!(refused(test.store.ledger().make(nobody).await), Refusal::UnknownAccount);
        assert_eq!(test.balance().await, ("9.0000".into(), "1.0000".into()));
    }

    async fn an_account_is_made_once(test: TestStore) {
        let token = key("0123456789abcdef0123456789abcdef");
        let made = test.store.account(1, test.service, &token, NOW).await.unwrap();
        let found = test.store.account(1, test.service, &token, NOW).await.unwrap();
        assert_eq!(made, found);
        assert_ne!(made.id, test.account);
        assert_eq!(test.store.accounts_of_key(test.service, &token).await.unwrap(), [made]);
    }

    async fn words_of_people_are_kept_as_they_are(test: TestStore) {
        // What would end a text or a statement if it were not a parameter.
        let words = "O'Brien \"x\" \\ {{$1}} \u{1F355} '; DROP TABLE entry; --\n\t";
        let credit = Request {
            description: words.to_owned(),
            key: Some(words.to_owned()),
            ..request(test.account, Change::Credit(Kind::Paid, amount("1")))
        };
        assert!(!test.store.ledger().make(credit.clone()).await.unwrap().repeated);
        assert!(test.store.ledger().make(credit).await.unwrap().repeated);
        test.verify().await;
    }
}
