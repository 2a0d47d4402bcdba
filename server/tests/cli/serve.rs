//! `iap serve`

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Stdio};
use std::time::Duration;

use crate::customer::{customer, said};
use crate::iap::{command, run};
use crate::outbox::warn;
use crate::smtp::Catcher;

/// A running server; it is ended when dropped.
pub(crate) struct Serving {
    pub(crate) child: Child,
    out: BufReader<ChildStdout>,
    err: ChildStderr,
    address: String,
}

impl Serving {
    pub(crate) fn start(arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut child = command(&[&["serve"], arguments].concat())
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line
            .strip_prefix("Listening on http://")
            .and_then(|rest| rest.strip_suffix("/\n"))
            .unwrap_or_else(|| panic!("{line:?}"))
            .to_owned();
        let err = child.stderr.take().unwrap();
        Self { child, out, err, address }
    }

    pub(crate) fn get(&self, target: &str) -> String {
        self.ask(target, &[])
    }

    pub(crate) fn ask(&self, target: &str, headers: &[(&str, &str)]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n").unwrap();
        for (name, value) in headers {
            write!(stream, "{name}: {value}\r\n").unwrap();
        }
        stream.write_all(b"\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn tells_the_port_it_took() {
    let serving = Serving::start(&["--listen", "127.0.0.1:0"], &[]);
    assert!(!serving.address.ends_with(":0"));
    assert!(serving.get("/healthz").starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(serving.get("/readyz").starts_with("HTTP/1.1 200 OK\r\n"));
}

#[test]
fn settings_may_come_from_the_environment() {
    let settings = [("IAP_LISTEN", "127.0.0.1:0"), ("IAP_HSTS", "true"), ("IAP_LOG", "off")];
    let serving = Serving::start(&[], &settings);
    assert!(serving.get("/healthz").contains("strict-transport-security: "));
}

#[cfg(unix)]
#[test]
fn stops_when_told_to_and_logs_no_query() {
    for signal in ["TERM", "INT"] {
        let arguments = ["--listen", "localhost:0", "--log-format", "json"];
        let mut serving = Serving::start(&arguments, &[]);
        serving.get("/healthz?token=secret");
        let id = serving.child.id().to_string();
        let kill = ["-s", signal, &id];
        assert!(std::process::Command::new("kill").args(kill).status().unwrap().success());
        assert_eq!(serving.child.wait().unwrap().code(), Some(0));
        let mut log = String::new();
        serving.err.read_to_string(&mut log).unwrap();
        let entry = log.lines().find(|line| line.contains("/healthz")).unwrap();
        let entry: serde_json::Value = serde_json::from_str(entry).unwrap();
        assert_eq!(entry["fields"]["status"], 200);
        assert_eq!(entry["span"]["path"], "/healthz");
        assert!(!log.contains("secret"), "{log}");
    }
}

#[test]
fn demo_data_stays_on_this_machine() {
    let mut serving = Serving::start(&["--demo", "--listen", "127.0.0.1:0"], &[]);
    let mut line = String::new();
    serving.out.read_line(&mut line).unwrap();
    assert!(line.contains("demo data"), "{line}");
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let outcome = run(&["serve", "--demo", "--listen", address], "");
        assert_eq!((outcome.status, outcome.out.as_str()), (Some(1), ""), "{address}");
        assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        assert!(outcome.err.contains("--demo"), "{}", outcome.err);
    }
}

#[test]
fn what_waits_in_the_outbox_is_sent() {
    let folder = customer();
    warn(folder.path(), "ann@example.com");
    let data = folder.path().to_str().unwrap();
    let serving = Serving::start(&["--listen", "127.0.0.1:0", "--data", data], &[]);
    let written = || std::fs::read_dir(folder.path().join("outbox")).into_iter().flatten().count();
    for _ in 0..200 {
        if said(folder.path(), &["outbox", "list", "--state", "sent"]).lines().count() > 1 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(written(), 1);
    drop(serving);
    let list = said(folder.path(), &["outbox", "list"]);
    assert!(list.lines().nth(1).unwrap().starts_with("1\tsent\tlow_credit\t"), "{list}");
}

#[cfg(unix)]
#[test]
fn a_mail_under_way_is_finished_before_it_stops() {
    let catcher = Catcher::start();
    let folder = customer();
    warn(folder.path(), "slow@example.com");
    let smtp = format!("smtp://127.0.0.1:{}", catcher.port);
    let data = folder.path().to_str().unwrap();
    let arguments = ["--listen", "127.0.0.1:0", "--data", data, "--url", "https://iap.example.com"];
    let mut serving = Serving::start(&arguments, &[("IAP_SMTP", &smtp)]);
    let waiting = || said(folder.path(), &["outbox", "list", "--state", "waiting"]);
    let tries = |list: &str| list.lines().nth(1)?.split('\t').nth(5).map(str::to_owned);
    while tries(&waiting()).as_deref() == Some("0") {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(tries(&waiting()).as_deref(), Some("1"), "it is sent before it can be told to stop");
    let kill = ["-s", "TERM", &serving.child.id().to_string()];
    assert!(std::process::Command::new("kill").args(kill).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let sent = said(folder.path(), &["outbox", "list", "--state", "sent"]);
    assert!(sent.contains("slow@example.com"), "{sent}");
    let caught = catcher.end();
    assert_eq!(caught.len(), 1);
    assert_eq!((&*caught[0].hello, &*caught[0].from), ("iap.example.com", "iap@iap.example.com"));
}

#[test]
fn a_password_of_the_mail_server_is_shown_nowhere() {
    let secret = ("IAP_SMTP", "smtp://me:sesame@mail.example.com?tls=required");
    let help = command(&["serve", "--help"]).envs([secret]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("IAP_SMTP") && !help.contains("sesame"), "{help}");

    let arguments = ["--listen", "127.0.0.1:0", "--log", "trace"];
    let mut serving = Serving::start(&arguments, &[secret]);
    serving.child.kill().unwrap();
    let mut log = String::new();
    serving.err.read_to_string(&mut log).unwrap();
    assert!(!log.contains("sesame"), "{log}");

    for (bad, told) in [
        ("mail://me:sesame@mail.example.com", "--smtp as in smtps://"),
        ("smtp://sesame@mail.example.com", "both a user and a password"),
    ] {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--smtp", bad];
        let outcome = run(&[&arguments[..], &["--log", "off"]].concat(), "");
        assert_eq!((outcome.status, &*outcome.out), (Some(2), ""), "{}", outcome.err);
        assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        assert!(outcome.err.contains(told) && !outcome.err.contains("sesame"), "{}", outcome.err);
    }
}

#[test]
fn an_identity_provider_is_set_up_and_its_secret_shown_nowhere() {
    // Nobody answers there, which stops nothing.
    let settings = [
        ("IAP_OIDC_ISSUER", "http://127.0.0.1:9/realm"),
        ("IAP_OIDC_CLIENT_ID", "iap"),
        ("IAP_OIDC_CLIENT_SECRET", "a secret word"),
        ("IAP_OIDC_LABEL", "Example & Co"),
        ("IAP_OIDC_ADMIT", "example.com, example.org"),
    ];
    let help = command(&["serve", "--help"]).envs(settings).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("IAP_OIDC_CLIENT_SECRET") && !help.contains("a secret word"), "{help}");

    let arguments = ["--listen", "127.0.0.1:0", "--log", "trace"];
    let mut serving = Serving::start(&arguments, &settings);
    let ways = serving.get("/api/v1/sign-in");
    assert!(ways.contains(r#""provider":{"label":"Example & Co","path":"#), "{ways}");
    let begun = serving.get("/api/v1/session/oidc");
    assert!(begun.starts_with("HTTP/1.1 503 ") && begun.contains("retry-after: "), "{begun}");
    serving.child.kill().unwrap();
    let mut log = String::new();
    serving.err.read_to_string(&mut log).unwrap();
    assert!(log.contains("the identity provider cannot be reached"), "{log}");
    assert!(!log.contains("a secret word"), "{log}");

    for (wrong, told) in [
        (&["--oidc-issuer", "https://login.example.com"][..], "--oidc-client-id"),
        (&["--oidc-groups", "staff"], "--oidc-issuer"),
        (&["--oidc-issuer", "http://login.example.com", "--oidc-client-id", "iap"], "with https"),
        (&["--oidc-admit", "@example.com"], "without an @"),
    ] {
        let outcome = run(&[&["serve", "--listen", "127.0.0.1:0"], wrong].concat(), "");
        assert_eq!((outcome.status, &*outcome.out), (Some(2), ""), "{}", outcome.err);
        assert!(outcome.err.contains(told), "{}", outcome.err);
    }
    let lost = [("IAP_OIDC_ISSUER", "https://a.example"), ("IAP_OIDC_CLIENT_ID", "iap")];
    let mut command = command(&["serve", "--listen", "127.0.0.1:0", "--oidc-groups", "staff,"]);
    let outcome = command.envs(lost).output().unwrap();
    let told = String::from_utf8(outcome.stderr).unwrap();
    assert_eq!(outcome.status.code(), Some(2), "{told}");
    assert!(told.contains("Give --oidc-groups names"), "{told}");
}

#[test]
fn an_address_that_cannot_be_had_is_a_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = taken.local_addr().unwrap().to_string();
    for (address, said) in [
        (busy.as_str(), "is in use"),
        ("192.0.2.1:8080", "no address of this machine"),
        ("127.0.0.1", "is no address to listen on"),
        ("127.0.0.1:99999", "is no address to listen on"),
        ("", "is no address to listen on"),
    ] {
        let outcome = run(&["serve", "--listen", address], "");
        assert_eq!((outcome.status, outcome.out.as_str()), (Some(1), ""), "{address}");
        assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
        assert!(outcome.err.contains(said), "{}", outcome.err);
    }
}

#[test]
fn what_is_counted_is_for_those_with_the_token() {
    let serving =
        Serving::start(&["--listen", "127.0.0.1:0"], &[("IAP_METRICS_TOKEN", "a secret token")]);
    let ask = |token: &str| {
        let mut stream = TcpStream::connect(&serving.address).unwrap();
        write!(
            stream,
            "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(ask("a guess").starts_with("HTTP/1.1 401 "));
    let counted = ask("a secret token");
    let series = r#"iap_http_requests_total{method="GET",route="/metrics",status="401"} 1"#;
    assert!(counted.contains(series), "{counted}");
    assert!(counted.contains("iap_http_request_duration_seconds_bucket"), "{counted}");
}

/// Settings of a server that takes cards; the address is nobody's.
const STRIPE: [(&str, &str); 4] = [
    ("IAP_STRIPE_SECRET_KEY", "sk_test_hidden"),
    ("IAP_STRIPE_PUBLISHABLE_KEY", "pk_test_shown"),
    ("IAP_STRIPE_WEBHOOK_SECRET", "whsec_hidden"),
    ("IAP_STRIPE_URL", "http://127.0.0.1:9"),
];

#[test]
fn takes_notices_of_stripe_where_it_is_set_up_and_nowhere_else() {
    let post = "POST /payments/stripe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
                Content-Length: 2\r\n\r\n{}";
    let send = |serving: &Serving| {
        let mut stream = TcpStream::connect(&serving.address).unwrap();
        stream.write_all(post.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let mut serving = Serving::start(&["--listen", "127.0.0.1:0"], &STRIPE);
    assert!(send(&serving).starts_with("HTTP/1.1 403 "));
    serving.child.kill().unwrap();
    let mut log = String::new();
    serving.err.read_to_string(&mut log).unwrap();
    assert!(log.contains("through Stripe") && !log.contains("hidden"), "{log}");
    let without = Serving::start(&["--listen", "127.0.0.1:0"], &[]);
    assert!(send(&without).starts_with("HTTP/1.1 405 "), "{}", send(&without));
}

#[test]
fn stripe_is_set_up_as_a_whole_or_not_at_all() {
    let said = |arguments: &[&str], settings: &[(&str, &str)]| {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let output = command(&arguments).envs(settings.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {settings:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("hidden"), "{said}");
        said
    };
    assert!(said(&[], &STRIPE[..1]).contains("--stripe-publishable-key"));
    assert!(said(&[], &STRIPE[1..2]).contains("--stripe-secret-key"));
    assert!(said(&["--demo"], &STRIPE).contains("On demo data nothing is real"));
    let empty = [STRIPE[0], STRIPE[1], ("IAP_STRIPE_WEBHOOK_SECRET", "")];
    assert!(said(&[], &empty).contains("--stripe-webhook-secret"));
    let plain = [STRIPE[0], STRIPE[1], ("IAP_STRIPE_URL", "http://stripe.example")];
    assert!(said(&[], &plain).contains("https://api.stripe.com"));
    let help = command(&["serve", "--help"]).envs(STRIPE).output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("hidden"));
}
