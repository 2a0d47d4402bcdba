//! A server without connections: its routes, and a store with one customer in it.
#![allow(dead_code, reason = "each target needs another part of it")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use iap_core::api::MailMeans;
use iap_core::catalogue::{Admission, NewDatabases, Origin, Service};
use iap_core::credits::{Attribution, Amount, Kind};
use iap_core::time::Hours;
use iap_server::customers::Customers;
use iap_server::http::odoo::{self, Odoo};
use iap_server::http::portal::{self, Followers, Portal, Process};
use iap_server::jobs::JobLog;
use iap_server::payments::Payments;
use iap_server::store::{AccountKey, Actor, By, Change, NewService, NewUserRow, Store};
use iap_server::{clock, secret};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tower::ServiceExt as _;

/// What the customer's database calls itself, as JSON.
pub const UUID: &str = r#""048bbd94-e5cc-11f1-9d2d-02fc00000001""#;

/// The token of its account, as JSON.
pub const TOKEN: &str = r#""3ba3d77cb510450f81a9b0940113b5c2""#;

/// The key of the provider of its service, reveal, as JSON.
pub const KEY: &str = r#""the-key-of-reveal""#;

/// The server, for all inputs of a run.
pub static HOUSE: LazyLock<House> = LazyLock::new(House::new);

pub struct House {
    runtime: Runtime,
    router: Router,
    /// The session of an operator.
    pub session: String,
}

impl House {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let folder = folder();
        let address = format!("sqlite:{}", folder.join("iap.db").display());
        let (store, session) = runtime.block_on(fill(&address));
        let payments = Payments::demo(store.clone());
        let customers = Customers::new(store, Some(NewDatabases::Open));
        let odoo = Odoo {
            customers: customers.clone(),
            public_url: "https://iap.example.com".to_owned(),
            sandbox: true,
        };
        let public_url = "http://localhost".parse().unwrap();
        // Whoever follows what changes is sent away at once: an answer without an end is none to wait for.
        let followers = Followers::new(watch::channel(true).1);
        let process =
            Process { started_at: clock::now(), mails: MailMeans::Folder, jobs: JobLog::new() };
        let portal = Portal {
            customers,
            public_url,
            provider: None,
            payments,
            followers,
            sandbox: true,
            process,
        };
        let router = odoo::router(odoo).merge(portal::router(portal));
        Self { runtime, router, session }
    }

    /// The status of an answer, and its body.
    pub fn ask(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.unwrap();
            let status = answer.status();
            (status, to_bytes(answer.into_body(), usize::MAX).await.unwrap().into())
        })
    }
}

/// An empty folder: in memory, where the system has one there, as what is fuzzed is no disk. A fuzzer
/// ends without clearing up, so what the run before left goes now.
fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { env::temp_dir() };
    let program = env::current_exe().unwrap();
    let name = program.file_name().unwrap().to_string_lossy().into_owned();
    let folder = parent.join(format!("iap-fuzz-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir(&folder).unwrap();
    folder
}

/// A store with a service, an account for it and an operator; and the operator's session.
async fn fill(address: &str) -> (Store, String) {
    let store = Store::open(&address.parse().unwrap()).await.unwrap();
    let (now, actor) = (clock::now(), Actor::server(clock::now()));
    let new = NewService {
        service: Service {
            name: "reveal".parse().unwrap(),
            origin: Origin::FirstParty,
            trial: Amount::ZERO,
        },
        label: "Leads".to_owned(),
        description: String::new(),
        icon: iap_core::catalogue::ServiceIcon::default(),
        privacy_url: String::new(),
        key_sha256: Some(secret::hash(bare(KEY))),
    };
    let service = store.add_service(&new, &actor).await.unwrap().unwrap();
    let database = store.database(bare(UUID), Admission::Approved, now).await.unwrap().id;
    let token = AccountKey::from(&bare(TOKEN).parse().unwrap());
    let account = store.account(database, service, &token, now).await.unwrap().id;
    let credit = iap_server::store::Request {
        account,
        by: By::House,
        at: now,
        change: Change::Credit(Kind::Paid, "1000000000".parse().unwrap()),
        description: String::new(),
        attribution: Attribution::NONE,
        key: None,
    };
    store.ledger().make(credit).await.unwrap();
    let operator = NewUserRow {
        email: "operator@example.com".parse().unwrap(),
        name: String::new(),
        language: "en".to_owned(),
        operator: true,
        password_hash: None,
    };
    let user = store.add_user(&operator, &[], &actor).await.unwrap();
    let session = secret::new().unwrap();
    let by = Actor { user: Some(user), at: now };
    let lasts = Hours::MAX;
    let hash = secret::hash(&session);
    store.open_session(&hash, &operator.email, "a fuzzer", lasts, &by).await.unwrap();
    (store, session)
}

/// A text of JSON without its quotation marks.
pub fn bare(text: &str) -> &str {
    text.trim_matches('"')
}

/// An object of JSON. Each line of the input is the value of a field, as it is; an empty one, or
/// none, stands for what is right there.
pub fn object(fields: &[(&str, &str)], input: &[u8]) -> Vec<u8> {
    let mut lines = input.split(|byte| *byte == b'\n');
    let mut object = vec![b'{'];
    for (name, right) in fields {
        if object.len() > 1 {
            object.push(b',');
        }
        object.extend(format!("{name:?}:").bytes());
        let line = lines.next().filter(|line| !line.is_empty());
        object.extend(line.unwrap_or(right.as_bytes()));
    }
    object.push(b'}');
    object
}
