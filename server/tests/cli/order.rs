//! What an operator does with orders.

use iap_core::api::NewPack;
use iap_core::credits::Currency;
use iap_server::clock;
use iap_server::store::{Actor, NewOrderRow};

use crate::customer::{customer, refused, said, with_store};

#[test]
fn orders_are_listed_paid_and_given_back() {
    let folder = customer();
    with_store(folder.path(), async |store| {
        let actor = Actor::server(clock::now());
        let pack = NewPack {
            name: "Starter".to_owned(),
            description: String::new(),
            icon: iap_core::catalogue::ServiceIcon::default(),
            credits: "10".parse().unwrap(),
            price: 1_250,
            currency: Currency::EUR,
            position: 1,
        };
        let pack = store.add_pack(1, &pack, &actor).await.unwrap().unwrap();
        for key in ["one", "two"] {
            let new = NewOrderRow {
                account: 1,
                pack,
                key: key.to_owned(),
                buyer: None,
                receipt_sha256: None,
            };
            store.add_order(&new, &actor).await.unwrap().unwrap();
        }
    });
    let list = |state: &str| said(folder.path(), &["order", "list", "--state", state]);
    let pending = list("pending");
    assert_eq!(pending.lines().count(), 3);
    let fields: Vec<_> = pending.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!(fields[..6], ["2", "pending", "1", "Starter", "10.0000", "12.50 EUR"]);

    let pay = ["order", "pay", "1", "--payment", "+++090/9337/55493+++"];
    assert_eq!(said(folder.path(), &pay), "Order 1 of 10.0000 credits is paid.\n");
    assert_eq!(said(folder.path(), &pay), "Order 1 of 10.0000 credits is paid.\n");
    let accounts = said(folder.path(), &["account", "list"]);
    assert!(accounts.lines().nth(1).unwrap().ends_with("\t10.0000\t0.0000"), "{accounts}");
    let other = refused(folder.path(), 1, &["order", "pay", "1", "--payment", "another"]);
    assert!(other.contains("+++090/9337/55493+++"), "{other}");

    let back = ["order", "refund", "1", "--reason", "A mistake"];
    assert_eq!(said(folder.path(), &back), "Order 1 of 10.0000 credits is refunded.\n");
    assert!(refused(folder.path(), 1, &back).contains("given back"));
    let cancel = ["order", "cancel", "2"];
    assert_eq!(said(folder.path(), &cancel), "Order 2 of 10.0000 credits is cancelled.\n");
    assert!(refused(folder.path(), 1, &["order", "cancel", "9"]).contains("no such order"));
    assert!(
        refused(folder.path(), 2, &["order", "pay", "2", "--payment", " "]).contains("known by")
    );
    assert_eq!(list("pending").lines().count(), 1);
    said(folder.path(), &["verify"]);
}
