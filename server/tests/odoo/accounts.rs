//! What an administrator sees in the account form.

use iap_core::catalogue::NewDatabases;
use iap_core::catalogue::{Admission, DatabaseKind};
use iap_server::store::DatabaseRow;
use serde_json::json;

use crate::customer::{Customer, TOKEN, UUID};
use crate::on_both;
use crate::support::store::{NOW, TestStore};

on_both! {
    async fn an_account_is_there_at_first_sight(test: TestStore) {
        let customer = Customer::of(test).await;
        assert_eq!(customer.balance().await, json!(0.0));
        customer.credited("12.34").await;
        assert_eq!(customer.balance().await, json!(12.34));
    }

    async fn the_form_gets_what_it_needs(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("7").await;
        let disabled = format!("{TOKEN}+disabled");
        let told = customer.call("/iap/1/get-accounts-information", json!({
            "iap_accounts": [
                {"token": TOKEN, "service": "reveal"},
                {"token": disabled, "service": "reveal"},
                {"token": TOKEN, "service": "unknown_service"},
                {"token": "d20c879d28ee40eeb567e13ec375bd1b", "service": "sms"},
                {"token": "", "service": "sms"},
            ],
            "dbuuid": UUID,
        })).await.unwrap();
        // By the very tokens that were sent; what is unknown is left out.
        assert_eq!(told, json!({
            TOKEN: {"balance": 7.0, "warning_threshold": 0.0, "registered": false},
            disabled: {"balance": 7.0, "warning_threshold": 0.0, "registered": false},
            "d20c879d28ee40eeb567e13ec375bd1b":
                {"balance": 0.0, "warning_threshold": 0.0, "registered": "registered"},
        }));
    }

    async fn the_threshold_is_kept_here(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("7").await;
        let set = customer.call("/iap/1/update-warning-email-alerts", json!({
            "account_token": TOKEN, "warning_threshold": 25.5,
            "warning_emails": [{"email": "admin@example.com", "lang_code": "fr_BE"}],
        })).await;
        assert_eq!(set, Ok(json!(true)));
        let asked = json!({"iap_accounts": [{"token": TOKEN, "service": "reveal"}], "dbuuid": UUID});
        let told = customer.call("/iap/1/get-accounts-information", asked.clone()).await.unwrap();
        assert_eq!(told[TOKEN]["warning_threshold"], json!(25.5));
        // As versions 14 to 17 take it back.
        let set = customer.call("/iap/update-warning-odoo", json!({
            "account_token": TOKEN, "dbuuid": UUID, "warn_me": false,
            "warning_threshold": 25.5, "warning_email": "admin@example.com",
        })).await;
        assert_eq!(set, Ok(json!(true)));
        let told = customer.call("/iap/1/get-accounts-information", asked).await.unwrap();
        assert_eq!(told[TOKEN]["warning_threshold"], json!(0.0));
    }

    async fn a_copied_database_has_an_account_of_its_own(test: TestStore) {
        let customer = Customer::of(test).await;
        customer.credited("7").await;
        let copy = json!({
            "dbuuid": "048bbd94-e5cc-11f1-9d2d-02fc00000002",
            "account_token": TOKEN, "service_name": "reveal",
        });
        assert_eq!(customer.call("/iap/1/balance", copy).await, Ok(json!(0.0)));
        // Without saying which, nobody is charged by chance.
        let error = customer.authorize(json!({"dbuuid": null})).await.unwrap_err();
        assert!(error["message"].as_str().unwrap().contains("dbuuid"), "{error}");
    }

    async fn who_is_not_let_in_has_nothing_and_gets_nothing(test: TestStore) {
        let customer = Customer::with(test, NewDatabases::Approve, "").await;
        assert_eq!(customer.balance().await, json!(0.0));
        let error = customer.authorize(json!({})).await.unwrap_err();
        assert_eq!(error["name"], "odoo.exceptions.AccessError");
        let database = customer.test.store.known_database(UUID).await.unwrap().unwrap();
        assert_eq!(database.admission, Admission::Waiting);
        let approved = DatabaseRow { admission: Admission::Approved, ..database.clone() };
        customer.test.store.set_database(&approved).await.unwrap();
        customer.credited("5").await;
        assert_eq!(customer.balance().await, json!(5.0));
        let refused = DatabaseRow { admission: Admission::Refused, ..database };
        customer.test.store.set_database(&refused).await.unwrap();
        assert_eq!(customer.balance().await, json!(0.0));
        assert!(customer.authorize(json!({})).await.is_err());
    }

    async fn an_entitled_database_tries_each_service_once(test: TestStore) {
        let customer = Customer::of(test).await;
        let store = &customer.test.store;
        let database = store.database(UUID, Admission::Approved, NOW).await.unwrap();
        let database = DatabaseRow { kind: DatabaseKind::Enterprise, ..database };
        store.set_database(&database).await.unwrap();
        // At the same moment, as the tabs of a browser are opened again.
        let asked = (0..20).map(|_| customer.balance());
        for balance in futures_util::future::join_all(asked).await {
            assert_eq!(balance, json!(2.0));
        }
        customer.authorize(json!({})).await.unwrap();
        assert_eq!(customer.balance().await, json!(0.0));
        // An account with another token is no further trial.
        let other = json!({
            "dbuuid": UUID, "account_token": "d20c879d28ee40eeb567e13ec375bd1b",
            "service_name": "reveal",
        });
        assert_eq!(customer.call("/iap/1/balance", other).await, Ok(json!(0.0)));
        customer.test.verify().await;
    }

    async fn where_it_is_closed_nothing_is_noted(test: TestStore) {
        let customer = Customer::with(test, NewDatabases::Closed, "").await;
        assert_eq!(customer.balance().await, json!(0.0));
        assert_eq!(customer.test.store.known_database(UUID).await.unwrap(), None);
        customer.test.store.database(UUID, Admission::Approved, NOW).await.unwrap();
        customer.credited("5").await;
        assert_eq!(customer.balance().await, json!(5.0));
    }

    async fn paths_may_have_slashes_and_a_prefix(test: TestStore) {
        let customer = Customer::with(test, NewDatabases::Open, "/pfx").await;
        let params = json!({"dbuuid": UUID, "account_token": TOKEN, "service_name": "reveal"});
        for path in ["/iap/1/balance", "//iap/1/balance", "/pfx/iap/1/balance", "/pfx//iap/1/balance"] {
            assert_eq!(customer.call(path, params.clone()).await, Ok(json!(0.0)), "{path}");
        }
    }
}
