//! Warnings that credits run low.

use iap_core::credits::Threshold;
use iap_server::store::Change;
use sqlx::Row as _;

use crate::on_both;
use crate::support::store::{TestStore, amount};

/// The recipients of the mails that wait, in order.
async fn mails(test: &TestStore) -> Vec<String> {
    let rows = sqlx::query("SELECT recipient, language, content FROM mail ORDER BY id");
    let pool = connect(test).await;
    let rows = rows.fetch_all(&pool).await.unwrap();
    rows.iter()
        .map(|row| {
            let (to, language, content): (String, String, String) =
                (row.get(0), row.get(1), row.get(2));
            format!("{to} {language} {content}")
        })
        .collect()
}

/// A connection beside the store's own.
pub(crate) async fn connect(test: &TestStore) -> sqlx::AnyPool {
    sqlx::AnyPool::connect(&test.address).await.unwrap()
}

on_both! {
    async fn one_mail_to_each_for_each_crossing(test: TestStore) {
        let people = [("ann@example.com".to_owned(), "fr".to_owned()), ("bo@example.com".into(), "en".into())];
        test.store.set_alert_recipients(test.account, &people).await.unwrap();
        test.credit("20").await;
        let threshold = Threshold::new(amount("10")).unwrap();
        test.make(Change::Threshold(Some(threshold))).await.unwrap();
        test.authorize("10").await;
        assert_eq!(mails(&test).await, [""; 0], "exactly at the threshold is not below it");
        test.authorize("0.000001").await;
        test.authorize("9").await;
        let content = r#"{"available":"9.999999","threshold":"10.0000"}"#;
        let first = [
            format!("ann@example.com fr {content}"),
            format!("bo@example.com en {content}"),
        ];
        assert_eq!(mails(&test).await, first);
        // The same form saved again is no new crossing.
        test.make(Change::Threshold(Some(threshold))).await.unwrap();
        test.authorize("0.5").await;
        assert_eq!(mails(&test).await.len(), 2);
        test.credit("100").await;
        test.authorize("95").await;
        assert_eq!(mails(&test).await.len(), 4);
        test.verify().await;
    }

    async fn a_hold_that_comes_back_arms_it_again(test: TestStore) {
        let people = [("ann@example.com".to_owned(), "fr".to_owned())];
        test.store.set_alert_recipients(test.account, &people).await.unwrap();
        test.credit("20").await;
        let threshold = Threshold::new(amount("10")).unwrap();
        test.make(Change::Threshold(Some(threshold))).await.unwrap();
        let (number, _) = test.authorize("15").await;
        test.make(Change::Cancel(number)).await.unwrap();
        test.authorize("20").await;
        assert_eq!(mails(&test).await.len(), 2);
    }
}
