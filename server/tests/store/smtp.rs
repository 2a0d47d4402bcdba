//! Mails handed to a real mail server, and to a folder.

use iap_core::api::{MailRecord, MailState};
use std::collections::BTreeMap;
use std::net::TcpListener;

use iap_server::jobs::Outbox;
use iap_server::mail::{Carrier, Folder, Smtp, SmtpUrl};
use iap_server::store::{Cut, Settled};
use mail_parser::MessageParser;

use crate::outbox::{sender, warn};
use crate::support::smtp::Catcher;
use crate::support::store::{NOW, TestStore};

const ANN: (&str, &str) = ("ann@example.com", "ro");

fn smtp(address: &str) -> Smtp {
    Smtp::new(&SmtpUrl::from(address.to_owned()), "iap.example.com").unwrap()
}

/// Sends all mails; what is then known of each, by its recipient.
async fn send(test: &TestStore, carrier: impl Carrier) -> BTreeMap<String, MailRecord> {
    let outbox = Outbox::new(test.store.clone(), sender(), carrier);
    while outbox.send_one(NOW).await.unwrap().is_some() {}
    let mails = test.store.mails(None, Cut::new(None, Cut::MOST)).await.unwrap();
    mails.items.into_iter().map(|mail| (mail.recipient.clone(), mail)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_a_mail_server_has_its_outcome() {
    let mut catcher = Catcher::start();
    let test = TestStore::sqlite().await;
    let others = ["later@example.com", "nobody@example.com", "full@example.com"];
    warn(&test, &[ANN, (others[0], "en"), (others[1], "en"), (others[2], "en")]).await;
    let mails = send(&test, smtp(&format!("smtp://127.0.0.1:{}", catcher.port))).await;
    let outcome = |to: &str| (mails[to].state, &*mails[to].error);
    assert_eq!(outcome(ANN.0), (MailState::Sent, ""));
    let (state, error) = outcome(others[0]);
    assert_eq!(state, MailState::Waiting);
    assert!(error.contains("451") && error.contains("Greylisted, come again"), "{error}");
    assert_eq!(mails[others[0]].next_attempt_at.unwrap().millis() - NOW.millis(), 60_000);
    let (state, error) = outcome(others[1]);
    assert_eq!(state, MailState::Failed);
    assert!(error.contains("550") && error.contains("No such user here"), "{error}");
    let (state, error) = outcome(others[2]);
    assert_eq!(state, MailState::Failed);
    assert!(error.contains("552") && error.contains("mailbox"), "{error}");

    let caught = catcher.next();
    assert_eq!(catcher.end().len(), 0, "refused mails were not taken");
    assert_eq!(caught.hello, "iap.example.com");
    assert_eq!((&*caught.from, &*caught.to), ("iap@iap.example.com", &[ANN.0.to_owned()][..]));
    let read = MessageParser::default().parse(&caught.mail).unwrap();
    assert_eq!(read.subject(), Some("SMS: creditele sunt pe terminate"));
    let body = read.body_text(0).unwrap();
    assert!(body.starts_with("Bună ziua,\r\n\r\nCreditele disponibile pentru SMS"), "{body}");
    assert!(read.body_html(0).unwrap().contains("<html lang=\"ro\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_the_settings_is_tried_again() {
    let catcher = Catcher::with_password();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (address, told) in [
        (format!("smtp://me:secret@127.0.0.1:{}", catcher.port), "does not let this program in"),
        (format!("smtp://127.0.0.1:{}", catcher.port), "530"),
        (format!("smtp://127.0.0.1:{gone}"), "cannot be used"),
        // A server without TLS is given nothing where TLS is asked for.
        (format!("smtp://127.0.0.1:{}?tls=required", catcher.port), "cannot be used"),
    ] {
        let test = TestStore::sqlite().await;
        warn(&test, &[ANN]).await;
        let mail = &send(&test, smtp(&address)).await[ANN.0];
        assert_eq!(mail.state, MailState::Waiting, "{address}: {}", mail.error);
        assert!(mail.error.contains(told), "{address}: {}", mail.error);
        assert!(!mail.error.contains("secret"), "{}", mail.error);
        assert!(mail.next_attempt_at.unwrap() > NOW);
    }
    assert_eq!(catcher.end().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_mails_become_files() {
    let test = TestStore::sqlite().await;
    warn(&test, &[ANN, ("bo@example.com", "tr")]).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/outbox");
    let mails = send(&test, Folder::new(path.clone())).await;
    assert!(mails.values().all(|mail| mail.state == MailState::Sent));
    let mut subjects = BTreeMap::new();
    for file in std::fs::read_dir(&path).unwrap() {
        let file = file.unwrap().path();
        assert_eq!(file.extension().unwrap(), "eml");
        let bytes = std::fs::read(&file).unwrap();
        let read = MessageParser::default().parse(&bytes).unwrap();
        let to = read.to().unwrap().first().unwrap().address().unwrap().to_owned();
        subjects.insert(to, read.subject().unwrap().to_owned());
    }
    let expected =
        [(ANN.0, "SMS: creditele sunt pe terminate"), ("bo@example.com", "SMS: krediniz azalıyor")];
    assert_eq!(subjects, expected.map(|(to, subject)| (to.to_owned(), subject.to_owned())).into());

    // A folder that cannot be written into may be put right.
    let test = TestStore::sqlite().await;
    warn(&test, &[ANN]).await;
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "").unwrap();
    let outbox = Outbox::new(test.store.clone(), sender(), Folder::new(taken));
    let settled = outbox.send_one(NOW).await.unwrap().unwrap();
    assert!(
        matches!(&settled, Settled::Again { error, .. } if error.contains("taken")),
        "{settled:?}"
    );
}
