//! How much somebody may make up who only reaches the server.

use serde_json::{Value, json};

use crate::customer::{Customer, TOKEN, UUID};
use crate::on_both;
use crate::support::store::TestStore;

async fn ask(customer: &Customer, uuid: &str, token: &str) -> Result<Value, Value> {
    let params = json!({"dbuuid": uuid, "account_token": token, "service_name": "reveal"});
    customer.call("/iap/1/balance", params).await
}

on_both! {
    async fn databases_cannot_be_made_up_without_end(test: TestStore) {
        let customer = Customer::of(test).await;
        ask(&customer, UUID, TOKEN).await.unwrap();
        let mut refused = 0;
        for number in 0..62 {
            let uuid = format!("00000000-0000-4000-8000-{number:012}");
            if let Err(fault) = ask(&customer, &uuid, TOKEN).await {
                assert!(fault["message"].as_str().unwrap().contains("later"), "{fault}");
                refused += 1;
            }
        }
        // Of the sixty that may be new in a minute, this one and the store's own are two.
        assert_eq!(refused, 4);
        // Who is known is served as ever.
        ask(&customer, UUID, TOKEN).await.unwrap();
    }

    async fn accounts_cannot_be_made_up_without_end(test: TestStore) {
        let customer = Customer::of(test).await;
        let mut refused = 0;
        for number in 0..502 {
            if ask(&customer, UUID, &format!("{number:032x}")).await.is_err() {
                refused += 1;
            }
        }
        assert_eq!(refused, 2);
        ask(&customer, UUID, &format!("{:032x}", 7)).await.unwrap();
    }
}
