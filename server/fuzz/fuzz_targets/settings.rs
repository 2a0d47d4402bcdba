//! Any text of a setting is understood or refused, and no secret in it is shown.
#![no_main]

use std::sync::LazyLock;

use iap_server::http::{PathPrefix, PublicUrl};
use iap_server::mail::{Sender, Smtp, SmtpUrl};
use iap_server::store::DatabaseUrl;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A password that no address holds by chance.
const PASSWORD: &str = "s3cr3tpassw0rd";

fuzz_target!(|data: &[u8]| {
    let Some((&choice, text)) = data.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    match choice & 3 {
        0 => smtp(text),
        1 => url(text),
        2 => drop(Sender::new(Some(text), "https://iap.example.com", "iap.example.com")),
        _ => database(text),
    }
});

/// A mail server: as it is, and between a user with a password and a host.
fn smtp(text: &str) {
    let _runtime = RUNTIME.enter();
    let texts = [
        text.to_owned(),
        format!("smtps://{text}:{PASSWORD}@example.com"),
        format!("smtp://ann:{PASSWORD}@{text}"),
    ];
    for text in texts {
        let url = SmtpUrl::from(text);
        assert!(!format!("{url:?}").contains(PASSWORD));
        match Smtp::new(&url, "iap.example.com") {
            Ok(smtp) => assert!(!format!("{smtp:?}").contains(PASSWORD)),
            Err(error) => assert!(!format!("{error:?} {error}").contains(PASSWORD)),
        }
    }
}

/// Where customers reach the server, and a path below which it is reached.
fn url(text: &str) {
    if let Ok(url) = text.parse::<PublicUrl>() {
        assert!(!url.to_string().ends_with('/'));
        assert!(url.authority().is_some() && !url.host().is_empty(), "{text:?}");
        assert_eq!(url.to_string().parse(), Ok(url));
    }
    let _ = text.parse::<PathPrefix>();
}

/// A database: as it is, and between a password and a host.
fn database(text: &str) {
    for text in [text.to_owned(), format!("postgres://ann:{PASSWORD}@{text}")] {
        match text.parse::<DatabaseUrl>() {
            Ok(url) => assert!(!format!("{url:?}").contains(PASSWORD)),
            Err(error) => assert!(!format!("{error:?} {error}").contains(PASSWORD)),
        }
    }
}
