//! Who can sign in, said on the command line, and the people of the demo data.

use std::cmp::Reverse;
use std::path::Path;

use iap_core::credits::OrderState;
use iap_core::time::Timestamp;
use iap_server::demo;
use iap_server::store::{Cut, DatabaseUrl, EntryFilter, OrderFilter, Store};
use tempfile::TempDir;

use crate::iap::{Outcome, run};

fn iap(folder: &Path, arguments: &[&str], input: &str) -> Outcome {
    run(&[arguments, &["--data", folder.to_str().unwrap()]].concat(), input)
}

#[test]
fn the_first_operator_is_added_with_a_password_that_is_shown_once() {
    let folder = TempDir::new().unwrap();
    let arguments = ["user", "add", "Ann@Example.com", "--name", "Ann", "--operator"];
    let added = iap(folder.path(), &arguments, "");
    assert_eq!((added.status, &*added.err), (Some(0), ""));
    let password = added.out.lines().last().unwrap();
    assert_eq!(password.len(), 23, "{password}");
    let kept = std::fs::read(folder.path().join("iap.db")).unwrap();
    let found = kept.windows(23).any(|bytes| bytes == password.as_bytes());
    assert!(!found, "the password stands in the database");
    let again = iap(folder.path(), &arguments, "");
    assert_eq!((again.status, &*again.out), (Some(2), ""));
    assert!(again.err.contains("already"), "{}", again.err);
    let listed = iap(folder.path(), &["user", "list"], "").out;
    assert_eq!(
        listed,
        "user\temail\tname\toperator\tdisabled\tsigns in with\tdatabases\tservices\n\
         1\tann@example.com\tAnn\tyes\tno\tpassword\t0\t0\n"
    );
}

#[test]
fn a_password_may_be_given_and_has_to_be_good() {
    let folder = TempDir::new().unwrap();
    iap(folder.path(), &["service", "add", "reveal"], "");
    let add = ["user", "add", "bo@example.com", "--provides", "reveal", "--password-stdin"];
    for (given, told) in [("demo\n", "at least 12"), ("aaaaaaaaaaaaaa\n", "easily guessed")] {
        let refused = iap(folder.path(), &add, given);
        assert_eq!((refused.status, &*refused.out), (Some(2), ""));
        assert!(refused.err.contains(told), "{}", refused.err);
    }
    let added = iap(folder.path(), &add, "correct horse battery\n");
    assert_eq!((added.status, &*added.out), (Some(0), "bo@example.com can sign in.\n"));
    let without = iap(folder.path(), &["user", "add", "di@example.com", "--no-password"], "");
    assert_eq!(without.out, "di@example.com can sign in through the identity provider.\n");
    let listed = iap(folder.path(), &["user", "list"], "").out;
    assert!(listed.contains("\tdi@example.com\t\tno\tno\tnothing yet\t0\t0\n"), "{listed}");
    let set = ["user", "password", "bo@example.com"];
    assert!(iap(folder.path(), &set, "").out.contains("shown now and never again"));
    for (bad, told) in [
        (&["user", "password", "nobody@example.com"][..], "Nobody signs in"),
        (&["user", "add", "cy@example.com", "--admin-of", "x"], "No database"),
        (&["user", "add", "cy@example.com", "--provides", "x"], "no service"),
        (&["user", "add", "no address"], "e-mail address"),
    ] {
        let refused = iap(folder.path(), bad, "");
        assert_eq!((refused.status, &*refused.out), (Some(2), ""), "{bad:?}");
        assert!(refused.err.contains(told), "{}", refused.err);
    }
}

#[test]
fn an_identity_at_the_provider_is_forgotten() {
    let folder = TempDir::new().unwrap();
    iap(folder.path(), &["user", "add", "ann@example.com", "--no-password"], "");
    let forget = ["user", "forget-identity", "ann@example.com"];
    let refused = |arguments: &[&str], told: &str| {
        let outcome = iap(folder.path(), arguments, "");
        assert_eq!((outcome.status, &*outcome.out), (Some(2), ""));
        assert!(outcome.err.contains(told), "{}", outcome.err);
    };
    refused(&["user", "forget-identity", "bo@example.com"], "Nobody signs in");
    refused(&forget, "have not signed in");
    // As a sign-in leaves it.
    let store = rusqlite::Connection::open(folder.path().join("iap.db")).unwrap();
    let identity = "INSERT INTO identity VALUES ('https://login.example.com', 'a-1', 1, 0)";
    store.execute(identity, []).unwrap();
    let ways = || {
        let listed = iap(folder.path(), &["user", "list"], "").out;
        listed.lines().nth(1).unwrap().split('\t').nth(5).unwrap().to_owned()
    };
    assert_eq!(ways(), "provider");
    let forgotten = iap(folder.path(), &forget, "");
    assert_eq!((forgotten.status, &*forgotten.err), (Some(0), ""));
    assert!(forgotten.out.starts_with("ann@example.com is found by that address"));
    assert_eq!(ways(), "nothing yet");
    refused(&forget, "have not signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_data_is_made_once_and_adds_up() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&DatabaseUrl::sqlite(&folder.path().join("demo.db"))).await.unwrap();
    let now = Timestamp::from_millis(1_800_000_000_000);
    demo::fill(&store, now).await.unwrap();
    let users = store.users(Cut::new(None, 10)).await.unwrap().items;
    let emails: Vec<_> = users.iter().map(|user| user.email.as_str()).collect();
    for (email, _) in demo::PEOPLE {
        assert!(emails.contains(&email), "{email}");
    }
    let accounts = store.shown_accounts(None, None, None, Cut::new(None, 10)).await.unwrap().items;
    assert_eq!(accounts.len(), 6);
    let entries = async || {
        let mut all = 0;
        for account in &accounts {
            let cut = Cut::new(None, Cut::MOST);
            let page = store.entries(account.id, &EntryFilter::default(), cut).await.unwrap();
            // A month of history, none of it from after now.
            assert!(page.items.iter().all(|entry| entry.at <= now), "{}", account.service_name);
            all += page.items.len();
        }
        all
    };
    let before = entries().await;
    assert!(before > 200, "{before}");
    // The newest stand first in the list of orders, as in one that grew by itself.
    let cut = Cut::new(None, 10);
    let orders = store.orders(&OrderFilter::default(), cut).await.unwrap().items;
    assert!(orders.len() > 1 && orders.is_sorted_by_key(|order| Reverse(order.created_at)));
    assert_eq!(orders.iter().filter(|order| order.state == OrderState::Pending).count(), 1);
    demo::fill(&store, now).await.unwrap();
    assert_eq!(entries().await, before);
    assert_eq!(store.verify().await.unwrap().findings, []);
}
