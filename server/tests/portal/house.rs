//! A server with two customers, and people of all kinds.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use iap_core::access::Role;
use iap_core::api::{JobName, MailMeans, NewPack};
use iap_core::credits::{Currency, Kind};
use iap_core::time::Hours;

use iap_server::customers::Customers;
use iap_server::http::metrics::{self, Metrics, Reader};
use iap_server::http::portal::{self, Followers, Portal, Process};
use iap_server::http::{Assets, Limits, Server, router, stripe};
use iap_server::jobs::JobLog;
use iap_server::oidc::Provider;
use iap_server::payments::{Payments, WebhookSecret};
use iap_server::store::{Actor, Change, NewService, NewUserRow};
use iap_server::{clock, secret};
use serde_json::Value;
use tokio::sync::{oneshot, watch};

use crate::client::{self, Answer};
use crate::support::store::{TestStore, amount, key, new_service, request};

/// The password of everybody, and its hash, calculated once.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The key of the provider of reveal.
pub(crate) const KEY: &str = "the key of reveal";

/// The token of the account for reveal.
pub(crate) const TOKEN: &str = "3ba3d77cb510450f81a9b0940113b5c2";

/// Where people reach the servers, as they are told.
pub(crate) const PUBLIC_URL: &str = "http://localhost";

/// What the first customer's database calls itself.
pub(crate) const UUID: &str = "00000000-0000-0000-0000-000000000001";

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Nobody is signed in.
    Nobody,
    /// An admin of the other customer's database.
    Stranger,
    /// A member of the first customer's.
    Member,
    /// An admin of it.
    Admin,
    /// Somebody who offers reveal, and is of no database.
    Provider,
    /// An operator.
    Operator,
    /// The holder of the key of reveal.
    Key,
}

impl Who {
    pub(crate) const ALL: [Self; 7] = [
        Self::Nobody,
        Self::Stranger,
        Self::Member,
        Self::Admin,
        Self::Provider,
        Self::Operator,
        Self::Key,
    ];

    pub(crate) fn email(self) -> String {
        format!("{self:?}@example.com").to_lowercase()
    }
}

/// A running server; it stops when dropped.
pub(crate) struct House {
    pub(crate) test: TestStore,
    pub(crate) address: SocketAddr,
    /// The first customer's database and the other's.
    pub(crate) database: i64,
    pub(crate) other_database: i64,
    /// An account for sms of each, and one for reveal of the first.
    pub(crate) account: i64,
    pub(crate) other_account: i64,
    pub(crate) reveal_account: i64,
    pub(crate) reveal: i64,
    /// A pack for it.
    pub(crate) pack: i64,
    /// Sessions of everybody who can sign in, by their addresses, with the keys of their users.
    pub(crate) sessions: Vec<(String, String, i64)>,
    stop: oneshot::Sender<()>,
}

impl House {
    pub(crate) async fn of(test: TestStore) -> Self {
        Self::with(test, None).await
    }

    /// The same with an identity provider.
    pub(crate) async fn with(test: TestStore, provider: Option<Provider>) -> Self {
        let payments = Payments::demo(test.store.clone());
        Self::taking(test, provider, payments, None).await
    }

    /// The same with a payment service, and the secret of its notices if it sends some.
    pub(crate) async fn taking(
        test: TestStore,
        provider: Option<Provider>,
        payments: Payments,
        notices: Option<WebhookSecret>,
    ) -> Self {
        let (store, now) = (&test.store, clock::now());
        let actor = Actor::server(now);
        let new = NewService { key_sha256: Some(secret::hash(KEY)), ..new_service("reveal") };
        let reveal = store.add_service(&new, &actor).await.unwrap().unwrap();
        let pack = NewPack {
            name: "Starter".to_owned(),
            description: String::new(),
            icon: iap_core::catalogue::ServiceIcon::default(),
            credits: amount("10"),
            price: 150,
            currency: Currency::EUR,
            position: 1,
        };
        let pack = store.add_pack(reveal, &pack, &actor).await.unwrap().unwrap();
        let database = store.known_database(UUID).await.unwrap().unwrap().id;
        let other_account = test.further_account(2).await;
        let other_database = store.known_database("database-2").await.unwrap().unwrap().id;
        let reveal_account = store.account(database, reveal, &key(TOKEN), now).await.unwrap().id;
        for account in [test.account, other_account, reveal_account] {
            let change = Change::Credit(Kind::Paid, amount("100"));
            store.ledger().make(request(account, change)).await.unwrap();
        }
        let hash = iap_server::password::hash(PASSWORD).await.unwrap();
        let mut sessions = Vec::new();
        for who in [Who::Stranger, Who::Member, Who::Admin, Who::Provider, Who::Operator] {
            let new = NewUserRow {
                email: who.email().parse().unwrap(),
                name: format!("{who:?}"),
                language: "en".to_owned(),
                operator: who == Who::Operator,
                password_hash: Some(hash.clone()),
            };
            let services = if who == Who::Provider { vec![reveal] } else { vec![] };
            let user = store.add_user(&new, &services, &actor).await.unwrap();
            let role = match who {
                Who::Stranger => Some((other_database, Role::Admin)),
                Who::Member => Some((database, Role::Member)),
                Who::Admin => Some((database, Role::Admin)),
                _ => None,
            };
            if let Some((database, role)) = role {
                store.set_role(database, user, Some(role), &actor).await.unwrap();
            }
            sessions.push((who.email(), session(&test, user, &who.email()).await, user));
        }
        let (address, stop) = serve(&test, provider, payments, notices, true).await;
        let account = test.account;
        Self {
            test,
            address,
            database,
            other_database,
            account,
            other_account,
            reveal_account,
            reveal,
            pack,
            sessions,
            stop,
        }
    }

    /// The key of somebody.
    pub(crate) fn user(&self, who: Who) -> i64 {
        self.sessions.iter().find(|(email, ..)| *email == who.email()).unwrap().2
    }

    /// The headers by which somebody says who they are.
    pub(crate) fn proof(&self, who: Who) -> Vec<(String, String)> {
        let session = self.sessions.iter().find(|(email, ..)| *email == who.email());
        match (who, session) {
            (Who::Key, _) => vec![("Authorization".to_owned(), format!("Bearer {KEY}"))],
            (_, Some((_, token, _))) => {
                vec![("Cookie".to_owned(), format!("iap_session={token}"))]
            }
            _ => vec![],
        }
    }

    /// Sends a request with headers of one's own.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        for (name, value) in headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        if let Some(body) = &body {
            write!(text, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        let mut bytes = format!("{text}\r\n").into_bytes();
        bytes.extend(body.unwrap_or_default());
        let address = self.address;
        let sent = tokio::task::spawn_blocking(move || client::exchange(address, &bytes));
        sent.await.unwrap()
    }

    /// Tells the server to stop, which lets answers under way finish.
    pub(crate) fn stop(self) {
        drop(self.stop);
    }

    /// A further server on the same database takes the calls from now on.
    pub(crate) async fn move_to_another_server(&mut self, provider: Option<Provider>) {
        let payments = Payments::demo(self.test.store.clone());
        let (address, stop) = serve(&self.test, provider, payments, None, true).await;
        self.address = address;
        // Dropping it stops the one before.
        drop(std::mem::replace(&mut self.stop, stop));
    }

    /// A further server takes the calls from now on, one without accounts for tests.
    pub(crate) async fn sell_only(&mut self) {
        let payments = Payments::demo(self.test.store.clone());
        let (address, stop) = serve(&self.test, None, payments, None, false).await;
        self.address = address;
        drop(std::mem::replace(&mut self.stop, stop));
    }

    /// Makes a call below `/api/v1` as somebody, with a key of its own; the status, and what was
    /// answered.
    pub(crate) async fn call(
        &self,
        who: Who,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let key = format!("key-{}", secret::new().unwrap());
        self.call_with_key(who, method, path, body, &key).await
    }

    /// The same with a key.
    pub(crate) async fn call_with_key(
        &self,
        who: Who,
        method: &str,
        path: &str,
        body: Option<Value>,
        key: &str,
    ) -> (u16, Value) {
        let mut headers = self.proof(who);
        headers.push(("Idempotency-Key".to_owned(), key.to_owned()));
        if body.is_some() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = self.send(method, &format!("/api/v1{path}"), &headers, body).await;
        // Prices are nobody's secret, and are kept and asked for again.
        let kept = path == "/rate-card" && method == "GET";
        let caching = if kept { "no-cache" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), Some(caching), "{method} {path}");
        let value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        if answer.status >= 400 {
            assert_problem(&answer, &value);
        }
        (answer.status, value)
    }
}

/// Starts a server on a store.
async fn serve(
    test: &TestStore,
    provider: Option<Provider>,
    payments: Payments,
    notices: Option<WebhookSecret>,
    sandbox: bool,
) -> (SocketAddr, oneshot::Sender<()>) {
    let customers = Customers::new(test.store.clone(), None);
    let public_url = PUBLIC_URL.parse().unwrap();
    let notices = notices.map(|secret| stripe::router(payments.clone(), secret));
    let provider = provider.map(Arc::new);
    let (stopping, stopped) = watch::channel(false);
    let followers = Followers::new(stopped);
    let jobs = JobLog::new();
    // It does none by itself, so that a test sees what it did alone.
    jobs.expect(JobName::ExpireHolds, Duration::from_secs(15), clock::now());
    let process = Process { started_at: clock::now(), mails: MailMeans::Folder, jobs };
    let portal = Portal { customers, public_url, provider, payments, followers, sandbox, process };
    let limits = Limits::default();
    let assets = Assets::from_dir("no application");
    let metrics = Metrics::new(Reader::Nobody);
    let interfaces = portal::router(portal)
        .merge(notices.unwrap_or_default())
        .merge(metrics::router(metrics.clone()));
    let router = router(assets, interfaces, &limits, false, metrics);
    let server = Server::bind("127.0.0.1:0", true).await.unwrap();
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
            stopping.send_replace(true);
        };
        server.run(router, "".parse().unwrap(), &limits, stopped).await;
    });
    (address, stop)
}

/// That an error has the one shape that they all have.
pub(crate) fn assert_problem(answer: &Answer, value: &Value) {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{value}");
    assert_eq!(value["status"], answer.status, "{value}");
    let code = value["code"].as_str().unwrap();
    assert_eq!(value["type"], format!("urn:iap:problem:{code}"));
    let detail = value["detail"].as_str().unwrap();
    assert!(!detail.is_empty() && !detail.contains("sqlx"), "{detail}");
}

/// A session as the server would have opened it.
pub(crate) async fn session(test: &TestStore, user: i64, email: &str) -> String {
    let token = secret::new().unwrap();
    let actor = Actor { user: Some(user), at: clock::now() };
    let (hash, email) = (secret::hash(&token), email.parse().unwrap());
    let lasts = Hours::new(1).unwrap();
    test.store.open_session(&hash, &email, "a test", lasts, &actor).await.unwrap();
    token
}
