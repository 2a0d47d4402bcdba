//! The link to the page where credits are bought.

use crate::customer::{Customer, TOKEN, UUID};
use crate::support::store::{TestStore, key};

#[tokio::test(flavor = "multi_thread")]
async fn both_forms_lead_to_the_page_and_none_shows_the_token() {
    let customer = Customer::of(TestStore::sqlite().await).await;
    let hash = key(TOKEN);
    let common = format!("/iap/1/credit?dbuuid={UUID}&service_name=reveal&account_token=");
    for link in [
        format!("{common}{}&hashed=1", hash.as_str()),
        format!("{common}{TOKEN}"),
        format!("{common}{TOKEN}%2Bdisabled&credit=4.0&trial="),
    ] {
        let answer = customer.get(&link).await;
        assert_eq!(answer.status, 303, "{link}");
        let expected = format!(
            "https://iap.example.com/buy?service=reveal&database={UUID}&account={}",
            hash.as_str()
        );
        assert_eq!(answer.header("location"), Some(&*expected));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(!answer.text().contains(TOKEN));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_whole_says_what_to_do() {
    let customer = Customer::of(TestStore::sqlite().await).await;
    for query in [
        String::new(),
        format!("?dbuuid={UUID}&service_name=reveal"),
        format!("?dbuuid={UUID}&service_name=reveal&account_token=short"),
        // A raw token is no hash.
        format!("?dbuuid={UUID}&service_name=reveal&account_token={TOKEN}&hashed=1"),
        format!("?dbuuid={UUID}&service_name=unknown&account_token={TOKEN}"),
        format!("?dbuuid=%0d%0aSet-Cookie:x&service_name=reveal&account_token={TOKEN}"),
    ] {
        let answer = customer.get(&format!("/iap/1/credit{query}")).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().starts_with("This link to buy credits is not complete."));
        assert_eq!(answer.header("set-cookie"), None);
    }
}
