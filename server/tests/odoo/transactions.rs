//! How a provider charges.

use iap_core::api::{AccountChange, Entry};
use iap_core::catalogue::Admission;
use iap_server::secret;
use iap_server::store::{Actor, Cut, DatabaseRow, EntryFilter, Store};
use serde_json::{Value, json};

use crate::customer::{Customer, KEY, TOKEN, UUID};
use crate::on_both;
use crate::support::store::{NOW, TestStore};

/// What the client reads of an error for lack of credit.
fn insufficient(error: &Value) -> Value {
    assert_eq!(error["name"], "odoo.addons.iap.tools.iap_tools.InsufficientCreditError");
    serde_json::from_str(error["message"].as_str().unwrap()).unwrap()
}

on_both! {
    async fn authorize_and_capture(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let transaction = customer.authorize(json!({"credit": 3.5})).await.unwrap();
        assert!(transaction.is_string());
        assert_eq!(customer.balance().await, json!(6.5), "what is held cannot be spent");
        let part = json!({"credit_to_capture": 3});
        for _ in 0..2 {
            let captured = customer.resolve("capture", &transaction, part.clone()).await;
            assert_eq!(captured, Ok(json!(true)));
            assert_eq!(customer.balance().await, json!(7.0));
        }
        let error = customer.resolve("cancel", &transaction, json!({})).await.unwrap_err();
        assert_eq!(error["message"], "The hold was captured before, with 3.0000 credits.");
        customer.test.verify().await;
    }

    async fn a_program_is_tried_out_without_credits(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let call = async |path: &str, params| customer.call(path, params).await;
        // Whatever the key is: it is not looked at.
        for key in [KEY, "no key"] {
            let authorize = |token: &str| json!({"account_token": token, "key": key, "credit": 2.5});
            for token in ["000000", "000111"] {
                let error = call("/iap/1/authorize", authorize(token)).await.unwrap_err();
                assert_eq!(insufficient(&error)["credit"], json!(2.5));
            }
            let transaction = call("/iap/1/authorize", authorize("111111")).await.unwrap();
            let resolve = |credit: Value| {
                json!({"token": transaction, "key": key, "credit_to_capture": credit})
            };
            for credit in [Value::Null, json!(1)] {
                assert_eq!(call("/iap/1/capture", resolve(credit)).await, Ok(json!(true)));
            }
            let error = call("/iap/1/capture", resolve(json!(2.6))).await.unwrap_err();
            assert_eq!(error["name"], "odoo.exceptions.UserError");
            let cancel = json!({"token": transaction, "key": key});
            assert_eq!(call("/iap/1/cancel", cancel).await, Ok(json!(true)));
        }
        let error = call("/iap/1/authorize", json!({"account_token": "111111", "key": KEY, "credit": -1}));
        assert_eq!(error.await.unwrap_err()["name"], "builtins.TypeError");
        assert_eq!(customer.balance().await, json!(10.0));
        customer.test.verify().await;
    }

    async fn authorize_and_cancel(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let transaction = customer.authorize(json!({})).await.unwrap();
        for _ in 0..2 {
            assert_eq!(customer.resolve("cancel", &transaction, json!({})).await, Ok(json!(true)));
            assert_eq!(customer.balance().await, json!(10.0));
        }
        let error = customer.resolve("capture", &transaction, json!({})).await.unwrap_err();
        assert_eq!(error["message"], "The hold was cancelled before; its credits came back.");
        customer.test.verify().await;
    }

    async fn lack_of_credit_says_where_to_buy(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("1").await;
        let error = insufficient(&customer.authorize(json!({"credit": 4})).await.unwrap_err());
        assert_eq!(error["credit"], json!(4.0));
        assert_eq!(error["service_name"], "reveal");
        assert_eq!(error["base_url"], "https://iap.example.com/iap/1/credit");
        assert_eq!(error["message"], "There are not enough credits: 4.0000 are needed, 1.0000 are \
            available, 3.0000 are missing. Buy credits, then try again.");
        assert_eq!(customer.balance().await, json!(1.0));
    }

    async fn an_account_that_is_switched_off_is_not_charged(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let off = json!({"account_token": format!("{TOKEN}+disabled")});
        let error = insufficient(&customer.authorize(off).await.unwrap_err());
        assert!(error["message"].as_str().unwrap().contains("+disabled"));
        assert_eq!(customer.balance().await, json!(10.0));
        assert!(customer.authorize(json!({})).await.is_ok());
    }

    async fn an_account_that_an_admin_disabled_is_not_charged(test: TestStore) {
        let customer = Customer::of(test).await;
        let account = customer.credited("10").await;
        // The account is known by now.
        let transaction = customer.authorize(json!({"credit": 1})).await.unwrap();
        let actor = Actor::server(NOW);
        let switch = |disabled| AccountChange { disabled: Some(disabled), ..AccountChange::default() };
        let store = &customer.test.store;
        store.change_account(account, &switch(true), &actor).await.unwrap();
        for key in [json!({}), json!({"request_id": "r1"})] {
            let error = insufficient(&customer.authorize(key).await.unwrap_err());
            assert!(error["message"].as_str().unwrap().contains("The account is disabled."), "{error}");
        }
        assert_eq!(customer.balance().await, json!(9.0), "it is shown as it is");
        assert_eq!(customer.resolve("capture", &transaction, json!({})).await, Ok(json!(true)));
        store.change_account(account, &switch(false), &actor).await.unwrap();
        assert!(customer.authorize(json!({"request_id": "r1"})).await.is_ok());
        customer.test.verify().await;
    }

    async fn what_another_server_withdraws_ends_at_once(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let transaction = customer.authorize(json!({})).await.unwrap();
        // The account is known by now.
        customer.authorize(json!({})).await.unwrap();
        let other = Store::open(&customer.test.url).await.unwrap();
        let new = "another key";
        let actor = Actor::server(NOW);
        other.set_service_key(customer.reveal, &secret::hash(new), &actor).await.unwrap();
        for refused in [
            customer.authorize(json!({})).await,
            customer.resolve("capture", &transaction, json!({})).await,
        ] {
            assert_eq!(refused.unwrap_err()["name"], "odoo.exceptions.AccessError");
        }
        let new = json!({"key": new});
        customer.authorize(new.clone()).await.unwrap();
        customer.authorize(new.clone()).await.unwrap();
        let database = other.known_database(UUID).await.unwrap().unwrap();
        let database = DatabaseRow { admission: Admission::Refused, ..database };
        other.set_database(&database).await.unwrap();
        let refused = customer.authorize(new.clone()).await.unwrap_err();
        assert!(refused["message"].as_str().unwrap().contains("has not been let in"));
        assert_eq!(customer.balance().await, json!(0.0), "it is shown nothing");
        // Work that was begun is charged.
        assert_eq!(customer.resolve("capture", &transaction, new).await, Ok(json!(true)));
        other.close().await;
        customer.test.verify().await;
    }

    async fn nobody_charges_without_the_key_of_the_service(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let transaction = customer.authorize(json!({})).await.unwrap();
        let wrong = json!({"key": "the key of another"});
        for error in [
            customer.authorize(wrong.clone()).await,
            customer.resolve("capture", &transaction, wrong.clone()).await,
            customer.resolve("cancel", &transaction, wrong).await,
        ] {
            assert_eq!(error.unwrap_err()["name"], "odoo.exceptions.AccessError");
        }
        assert_eq!(customer.balance().await, json!(8.0));
    }

    async fn the_transactions_of_others_are_none(test: TestStore) {
        let customer = Customer::of(test).await;
        // The test's own account is one of sms, whose key nobody has.
        customer.test.credit("10").await;
        let (number, _) = customer.test.authorize("5").await;
        let theirs = json!(format!("{:x}-{number:x}", customer.test.account));
        for transaction in [theirs, json!("1-ff"), json!("ff-1"), json!("none"), json!("")] {
            let error = customer.resolve("capture", &transaction, json!({})).await.unwrap_err();
            assert_eq!(error["message"], "There is no such transaction.", "{transaction}");
        }
        assert_eq!(customer.test.balance().await.1, "5.0000");
    }

    async fn the_same_request_is_the_same_transaction(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("10").await;
        let first = customer.authorize(json!({"request_id": "job 1"})).await.unwrap();
        let again = customer.authorize(json!({"request_id": "job 1"})).await.unwrap();
        assert_eq!(first, again);
        let other = customer.authorize(json!({"request_id": "job 1", "credit": 3})).await;
        assert!(other.unwrap_err()["message"].as_str().unwrap().contains("different"));
        assert_eq!(customer.balance().await, json!(8.0));
    }

    async fn a_program_says_for_whom_it_charges(test: TestStore) {
        let customer = Customer::of(test).await;
        let account = customer.credited("10").await;
        let link = "https://erp.example/odoo/leads/7";
        // The second time the account is known.
        for user in ["Marc", "Ana"] {
            customer.authorize(json!({"company": 1, "user": user, "link": link})).await.unwrap();
        }
        customer.authorize(json!({"user": "Ana"})).await.unwrap();
        let page = customer.test.store.entries(account, &EntryFilter::default(), Cut::new(None, 3)).await.unwrap();
        let whom = |it: &Entry| (it.company, it.user.clone(), it.link.clone());
        let said = |company, user: &str, link: &str| (company, user.to_owned(), link.to_owned());
        let expected = [said(None, "Ana", ""), said(Some(1), "Ana", link), said(Some(1), "Marc", link)];
        assert_eq!(page.items.iter().map(whom).collect::<Vec<_>>(), expected);

        for (field, value) in [("company", json!(0)), ("user", json!("a\u{7}")), ("link", json!("/odoo/7"))] {
            let error = customer.authorize(json!({field: value})).await.unwrap_err();
            assert_eq!(error["name"], "builtins.TypeError");
            assert!(error["message"].as_str().unwrap().starts_with(&format!("`{field}`")), "{error}");
        }
        let change = AccountChange { companies: Some(vec![1]), ..AccountChange::default() };
        customer.test.store.change_account(account, &change, &Actor::server(NOW)).await.unwrap();
        let error = customer.authorize(json!({"company": 2})).await.unwrap_err();
        assert_eq!(error["name"], "odoo.exceptions.AccessError");
        assert!(error["message"].as_str().unwrap().contains("limited to other companies"), "{error}");
        assert!(customer.authorize(json!({"company": 1})).await.is_ok());
        assert!(customer.authorize(json!({})).await.is_ok());
    }

    async fn a_token_nobody_has_used_has_no_credits(test: TestStore) {
        let customer = Customer::of(test).await;
        let params = json!({"account_token": TOKEN, "key": KEY, "credit": 1});
        let error = customer.call("/iap/1/authorize", params).await.unwrap_err();
        assert!(insufficient(&error)["message"].as_str().unwrap().starts_with("There are no credits"));
    }

    async fn amounts_that_computers_make_of_decimals_are_understood(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("1").await;
        for _ in 0..3 {
            // A tenth and two of them, in binary floating point.
            let sum = 0.300_000_000_000_000_04;
            customer.authorize(json!({"credit": sum})).await.unwrap();
        }
        assert_eq!(customer.balance().await, json!(0.1));
        customer.test.verify().await;
    }

    async fn a_free_transaction_is_one_like_others(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("1").await;
        let transaction = customer.authorize(json!({"credit": 0, "ttl": 1})).await.unwrap();
        assert_eq!(customer.resolve("capture", &transaction, json!({})).await, Ok(json!(true)));
        assert_eq!(customer.call("/iap/1/balance", json!({
            "dbuuid": UUID, "account_token": TOKEN, "service_name": "reveal",
        })).await, Ok(json!(1.0)));
        customer.test.verify().await;
    }
}
