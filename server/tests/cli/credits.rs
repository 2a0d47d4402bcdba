//! What an operator does with databases, services and accounts.

use tempfile::TempDir;

use crate::customer::{UUID, customer, iap, refused, said};
use crate::iap::{command, run};

#[test]
fn a_service_has_a_key_that_is_shown_once() {
    let folder = TempDir::new().unwrap();
    let first = said(folder.path(), &["service", "add", "sms"]);
    let second = said(folder.path(), &["service", "add", "reveal", "--trial", "2"]);
    let key = |out: &str| out.lines().last().unwrap().to_owned();
    assert_eq!(key(&first).len(), 64);
    assert_ne!(key(&first), key(&second));
    let error = refused(folder.path(), 2, &["service", "add", "sms"]);
    assert!(error.contains("already"), "{error}");
    // Nowhere is it kept.
    let kept = std::fs::read(folder.path().join("iap.db")).unwrap();
    let found = kept.windows(64).any(|bytes| bytes == key(&first).as_bytes());
    assert!(!found, "the key stands in the database");
    for bad in ["SMS", "", "a b"] {
        assert_eq!(iap(folder.path(), &["service", "add", bad]).status, Some(2), "{bad}");
    }
}

#[test]
fn a_database_waits_to_be_let_in() {
    let folder = customer();
    let waiting = said(folder.path(), &["database", "list", "--waiting"]);
    assert_eq!(waiting.lines().nth(1).unwrap(), format!("{UUID}\twaiting\tcommunity\ton_premise"));
    said(folder.path(), &["database", "approve", UUID, "--kind", "enterprise"]);
    assert_eq!(said(folder.path(), &["database", "list", "--waiting"]).lines().count(), 1);
    let list = said(folder.path(), &["database", "list"]);
    assert_eq!(list.lines().nth(1).unwrap(), format!("{UUID}\tapproved\tenterprise\ton_premise"));
    said(folder.path(), &["database", "refuse", UUID]);
    let list = said(folder.path(), &["database", "list"]);
    assert_eq!(list.lines().nth(1).unwrap(), format!("{UUID}\trefused\tenterprise\ton_premise"));
    assert!(refused(folder.path(), 2, &["database", "approve", "other"]).contains("was seen"));
    let bad = iap(folder.path(), &["database", "approve", UUID, "--kind", "gold"]);
    assert!(bad.err.contains("one_app_free"), "{}", bad.err);
}

#[test]
fn credits_are_moved_by_hand() {
    let folder = customer();
    let credit = |arguments: &[&str]| {
        let common = ["account", "credit", "1", "100", "--reason", "Invoice 12"];
        said(folder.path(), &[&common[..], arguments].concat())
    };
    assert_eq!(credit(&["--key", "12"]), "Account 1 has 100.0000 credits available.\n");
    let again = "It had been done before. Account 1 has 100.0000 credits available.\n";
    assert_eq!(credit(&["--key", "12"]), again);
    assert_eq!(credit(&["--granted"]), "Account 1 has 200.0000 credits available.\n");
    let withdraw = ["account", "withdraw", "1", "30", "--reason", "A mistake"];
    assert_eq!(said(folder.path(), &withdraw), "Account 1 has 170.0000 credits available.\n");
    let list = said(folder.path(), &["account", "list"]);
    assert_eq!(list.lines().nth(1).unwrap(), format!("1\t{UUID}\tsms\t170.0000\t0.0000"));

    let more = ["account", "withdraw", "1", "71", "--reason", "Too much"];
    assert!(refused(folder.path(), 1, &more).contains("Only 70.0000 paid credits"));
    let nobody = ["account", "credit", "9", "1", "--reason", "Nobody"];
    assert!(refused(folder.path(), 1, &nobody).contains("no such account"));
    for bad in ["-1", "1e3", "x", "0.0000001"] {
        let credit = ["account", "credit", "1", bad, "--reason", "A test"];
        assert_eq!(iap(folder.path(), &credit).status, Some(2), "{bad}");
    }
    let verified = said(folder.path(), &["verify"]);
    assert_eq!(verified, "1 account, 3 entries and 0 holds were checked: all is well.\n");
}

#[test]
fn what_is_off_is_told_and_ends_with_status_1() {
    let folder = customer();
    said(folder.path(), &["account", "credit", "1", "100", "--reason", "Invoice 12"]);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let address = format!("sqlite:{}", folder.path().join("iap.db").display());
        let pool = sqlx::AnyPool::connect(&address).await.unwrap();
        let damage = sqlx::query("UPDATE account SET available_paid = 7");
        damage.execute(&pool).await.unwrap();
        pool.close().await;
    });
    let outcome = iap(folder.path(), &["verify"]);
    assert_eq!(outcome.status, Some(1));
    assert_eq!(
        outcome.out,
        "account 1: available paid credits are 0.000007, and its entries make 100.0000\n\
         1 account, 1 entry and 0 holds were checked: 1 thing is off.\n"
    );
}

#[test]
fn a_backup_is_a_database() {
    let folder = customer();
    said(folder.path(), &["account", "credit", "1", "100", "--reason", "Invoice 12"]);
    let copy = TempDir::new().unwrap();
    let file = copy.path().join("iap.db");
    let file = file.to_str().unwrap();
    assert_eq!(said(folder.path(), &["backup", file]), format!("{file} is written.\n"));
    assert!(refused(folder.path(), 2, &["backup", file]).contains("already"));
    // In place of the database it is the database.
    let list = said(copy.path(), &["account", "list"]);
    assert_eq!(list, said(folder.path(), &["account", "list"]));
    assert!(said(copy.path(), &["verify"]).ends_with("all is well.\n"));
}

#[test]
fn a_database_that_cannot_be_had_is_a_sentence() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("no/such/folder/iap.db");
    for (address, told) in [
        (format!("sqlite:{}", missing.display()), "cannot be reached"),
        ("postgres://iap:secret@127.0.0.1:1/iap".to_owned(), "cannot be reached"),
    ] {
        let mut command = command(&["verify", "--database", &address]);
        let output = command.output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(told) && !error.contains("secret"), "{error}");
    }
    let unknown = run(&["verify", "--database", "mysql://x"], "");
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.err.contains("sqlite:PATH"), "{}", unknown.err);
}
