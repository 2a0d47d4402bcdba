//! What an operator sees and does of mails.

use std::path::Path;
use std::time::Duration;

use iap_core::credits::{Attribution, Kind, Threshold};
use iap_server::clock;
use iap_server::store::{By, Change, Request, Settled};

use crate::customer::{customer, iap, refused, said, with_store};

/// Lets the customer's credits fall below the threshold, so that somebody is warned.
pub(crate) fn warn(folder: &Path, recipient: &str) {
    with_store(folder, async |store| {
        let people = [(recipient.to_owned(), "fr".to_owned())];
        store.set_alert_recipients(1, &people).await.unwrap();
        let amount = |credits: &str| credits.parse().unwrap();
        for change in [
            Change::Credit(Kind::Paid, amount("20")),
            Change::Threshold(Some(Threshold::new(amount("10")).unwrap())),
            Change::Withdraw(Kind::Paid, amount("15")),
        ] {
            let request = Request {
                account: 1,
                by: By::House,
                at: clock::now(),
                change,
                description: "A test".to_owned(),
                attribution: Attribution::NONE,
                key: None,
            };
            store.ledger().make(request).await.unwrap();
        }
    });
}

/// Lets the mail fail for good.
fn fail(folder: &Path) {
    with_store(folder, async |store| {
        let now = clock::now();
        let mail = store.claim_mail(now, now.later(Duration::from_mins(1))).await.unwrap();
        let failed = Settled::Failed("550 No such user\r\n\u{1b}[31mhere".to_owned());
        assert!(store.settle_mail(mail.unwrap().claim, &failed).await.unwrap());
    });
}

#[test]
fn mails_are_listed_and_sent_again() {
    let folder = customer();
    let list = |state: &str| said(folder.path(), &["outbox", "list", "--state", state]);
    let header = "mail\tstate\tabout\tto\twritten\ttries\tnext\tsent\terror\n";
    assert_eq!(said(folder.path(), &["outbox", "list"]), header);
    warn(folder.path(), "ann@example.com");
    let waiting = list("waiting");
    let fields: Vec<_> = waiting.lines().nth(1).unwrap().split('\t').collect();
    assert_eq!(fields[..4], ["1", "waiting", "low_credit", "ann@example.com"]);
    assert_eq!((fields[5], fields[7], fields[8]), ("0", "", ""));
    assert!(fields[4].starts_with("20") && fields[4].ends_with('Z'), "{waiting}");
    assert_eq!(fields[4], fields[6], "it is due at once");
    assert_eq!(list("failed"), header);
    assert!(refused(folder.path(), 2, &["outbox", "resend", "1"]).contains("already"));

    fail(folder.path());
    assert_eq!(list("waiting"), header);
    let failed = list("failed");
    assert!(failed.ends_with("\t1\t\t\t550 No such user   [31mhere\n"), "{failed}");
    let again = said(folder.path(), &["outbox", "resend", "1"]);
    assert!(again.starts_with("Mail 1 waits to be sent"), "{again}");
    assert_eq!(list("failed"), header);
    assert_eq!(list("waiting").lines().nth(1).unwrap().split('\t').nth(5), Some("0"));

    assert!(refused(folder.path(), 2, &["outbox", "resend", "9"]).contains("no such mail"));
    let bad = iap(folder.path(), &["outbox", "list", "--state", "lost"]);
    assert_eq!(bad.status, Some(2));
    assert!(bad.err.contains("waiting, sent and failed"), "{}", bad.err);
}
