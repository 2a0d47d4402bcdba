//! Mails that go to the mail server encrypted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rcgen::generate_simple_self_signed;
use tempfile::TempDir;

use crate::customer::{customer, said};
use crate::outbox::warn;
use crate::serve::Serving;
use crate::smtp::{Catcher, Tls};

const ANN: &str = "ann@example.com";

/// A certificate that nobody but its reader trusts, in files.
struct Certificate {
    folder: TempDir,
}

impl Certificate {
    fn of(name: &str) -> Self {
        let made = generate_simple_self_signed([name.to_owned()]).unwrap();
        let folder = TempDir::new().unwrap();
        let certificate = Self { folder };
        std::fs::write(certificate.file(), made.cert.pem()).unwrap();
        std::fs::write(certificate.key(), made.signing_key.serialize_pem()).unwrap();
        certificate
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }
}

/// The settings of a catcher: where TLS begins later, the client has to ask for it.
fn address(tls: Tls, port: u16) -> String {
    match tls {
        Tls::Always => format!("smtps://localhost:{port}"),
        Tls::Later => format!("smtp://localhost:{port}?tls=required"),
    }
}

/// What the outbox says of its mail once it was tried, by a server that trusts a certificate.
fn tried(folder: &Path, smtp: &str, trusted: &Certificate) -> Vec<String> {
    let data = folder.to_str().unwrap();
    let arguments = ["--listen", "127.0.0.1:0", "--data", data, "--url", "https://iap.example.com"];
    let trusted = trusted.file();
    let settings = [("IAP_SMTP", smtp), ("SSL_CERT_FILE", trusted.to_str().unwrap())];
    let serving = Serving::start(&arguments, &settings);
    loop {
        let list = said(folder, &["outbox", "list"]);
        let mail: Vec<_> = list.lines().nth(1).unwrap().split('\t').map(str::to_owned).collect();
        // Tried, and what came of it is noted.
        if mail[1] == "sent" || !mail[8].is_empty() {
            drop(serving);
            return mail;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_server_that_is_trusted_is_sent_mails_that_nobody_else_can_read() {
    let certificate = Certificate::of("localhost");
    for tls in [Tls::Always, Tls::Later] {
        let mut catcher = Catcher::with_tls(tls, &certificate.file(), &certificate.key());
        let folder = customer();
        warn(folder.path(), ANN);
        let mail = tried(folder.path(), &address(tls, catcher.port), &certificate);
        assert_eq!(mail[1], "sent", "{mail:?}");
        let caught = catcher.next();
        assert!(caught.encrypted, "{tls:?}");
        assert_eq!(caught.to, [ANN]);
    }
}

#[test]
fn a_server_that_is_not_trusted_is_sent_nothing() {
    let (own, other) = (Certificate::of("localhost"), Certificate::of("localhost"));
    let elsewhere = Certificate::of("mail.example.com");
    for tls in [Tls::Always, Tls::Later] {
        for (shown, trusted) in [(&own, &other), (&elsewhere, &elsewhere)] {
            let catcher = Catcher::with_tls(tls, &shown.file(), &shown.key());
            let folder = customer();
            warn(folder.path(), ANN);
            let mail = tried(folder.path(), &address(tls, catcher.port), trusted);
            // It can be put right: the mail is not given up.
            assert_eq!(mail[1], "waiting", "{mail:?}");
            assert!(mail[8].contains("certificate"), "{mail:?}");
            assert_eq!(catcher.end().len(), 0);
        }
    }
}
