//! The server is killed again and again while customers' programs work, and nothing acknowledged is
//! lost and nothing happens twice.
//!
//! `IAP_KILLS=50 cargo test -p iap-server --test kill` kills it so often; without it, five times.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[path = "../support/mod.rs"]
mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use iap_core::api::{Buyer, NewPack, SettingsChange};
use iap_core::credits::Currency;
use iap_server::orders;
use iap_server::store::{Actor, Cut, InvoiceFilter, Store};
use serde_json::{Value, json};
use support::postgres::Postgres;

/// Programs that work side by side, and accounts that they share.
const WORKERS: u64 = 12;
const ACCOUNTS: usize = 4;

/// What each account has at first, in millionths.
const CREDITS: i64 = 2_000_000_000;

/// What a pack brings, in millionths.
const PACK: i64 = 3_000_000;

#[test]
fn killed_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("iap.db").display());
    Ordeal::new(address).run();
}

#[test]
fn killed_on_postgres() {
    Ordeal::new(Postgres::shared().database()).run();
}

/// A server that is killed, and what was acknowledged by it.
struct Ordeal {
    database: String,
    key: String,
    /// The session of an operator, who tops accounts up.
    session: String,
    /// The port that the first server took; the ones after it take the same.
    port: u16,
    /// Credits charged to each account by acknowledged captures, in millionths.
    charged: [AtomicI64; ACCOUNTS],
    /// Credits that came into each account by acknowledged top-ups, in millionths.
    credited: [AtomicI64; ACCOUNTS],
    /// Requests whose answer did not come, and that were sent again.
    repeated: AtomicU64,
    captured: AtomicU64,
    /// A pack that is sold, by key, and orders of it whose payment was acknowledged.
    pack: i64,
    paid: AtomicU64,
    done: AtomicBool,
}

impl Ordeal {
    fn new(database: String) -> Self {
        let key = iap(&database, &["service", "add", "reveal"]);
        let key = key.lines().last().unwrap().to_owned();
        let mut ordeal = Self {
            database,
            key,
            session: String::new(),
            port: 0,
            charged: Default::default(),
            credited: Default::default(),
            repeated: AtomicU64::new(0),
            captured: AtomicU64::new(0),
            pack: 0,
            paid: AtomicU64::new(0),
            done: AtomicBool::new(false),
        };
        let (mut server, port) = ordeal.start();
        ordeal.port = port;
        for account in 0..ACCOUNTS {
            ordeal.until_answered(
                "balance",
                &json!({
                    "dbuuid": UUID, "account_token": token(account), "service_name": "reveal",
                }),
            );
        }
        ordeal.session = ordeal.sign_in();
        ordeal.pack = ordeal.sell();
        stop(&mut server);
        for account in 1..=ACCOUNTS {
            let account = account.to_string();
            let credits = (CREDITS / 1_000_000).to_string();
            iap(&ordeal.database, &["account", "credit", &account, &credits, "--reason", "A test"]);
        }
        ordeal
    }

    fn run(&self) {
        let kills = std::env::var("IAP_KILLS").map_or(5, |kills| kills.parse().unwrap());
        let (mut server, _) = self.start();
        thread::scope(|scope| {
            for worker in 0..WORKERS {
                scope.spawn(move || self.work(worker));
            }
            let mut random = Random(7);
            for _ in 0..kills {
                self.wait_for_captures(1 + random.below(30));
                thread::sleep(Duration::from_millis(random.below(200)));
                server.kill().unwrap();
                server.wait().unwrap();
                (server, _) = self.start();
            }
            self.wait_for_captures(10);
            self.done.store(true, Ordering::Relaxed);
        });
        stop(&mut server);
        self.assert_billed();
        let verified = iap(&self.database, &["verify"]);
        assert!(verified.contains("all is well"), "{verified}");
        // To the millionth: a lost or doubled charge would show.
        let list = iap(&self.database, &["account", "list"]);
        for (account, charged) in self.charged.iter().enumerate() {
            let line = list.lines().nth(account + 1).unwrap();
            let [_, _, _, available, held] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let credited = self.credited[account].load(Ordering::Relaxed);
            let left = CREDITS + credited - charged.load(Ordering::Relaxed);
            let left = iap_core::pricing::Credits::from_millionths(left).to_string();
            assert_eq!((available, held), (&*left, "0.0000"), "account {account}");
        }
        // Without it the test would have shown nothing.
        assert!(self.repeated.load(Ordering::Relaxed) > 0, "no request met a kill");
    }

    /// Waits until so many more were charged, so that each server has worked before it is killed,
    /// however slow the machine is.
    fn wait_for_captures(&self, further: u64) {
        let goal = self.captured.load(Ordering::Relaxed) + further;
        for _ in 0..2_400 {
            if self.captured.load(Ordering::Relaxed) >= goal {
                return;
            }
            thread::sleep(Duration::from_millis(25));
        }
        // The programs would go on for ever.
        self.done.store(true, Ordering::Relaxed);
        panic!("hardly anything is done within a minute");
    }

    /// What programs do: top up now and then, and charge, some as Odoo's protocol has it and some over
    /// `/api/v1/`. Whatever is not answered is asked again until it is.
    fn work(&self, worker: u64) {
        let mut random = Random(worker * 1_000 + 17);
        let mut job = 0;
        while !self.done.load(Ordering::Relaxed) {
            job += 1;
            let account = usize::try_from(random.below(u64::try_from(ACCOUNTS).unwrap())).unwrap();
            let credits = i64::try_from(random.below(2_000_000)).unwrap();
            let shown = iap_core::pricing::Credits::from_millionths(credits).to_string();
            let name = format!("{worker}/{job}");
            if job % 4 == 1 {
                self.top_up(account, credits + 1, &name, random.below(2) == 0);
                continue;
            }
            if job % 4 == 3 {
                self.buy(account, &name);
                continue;
            }
            if worker.is_multiple_of(2) {
                self.charge(account, credits + 1, &name, random.below(3) == 0);
                continue;
            }
            let credit: Value = serde_json::from_str(&shown).unwrap();
            let authorized = self.until_answered(
                "authorize",
                &json!({
                    "account_token": token(account), "key": self.key, "credit": credit,
                    "dbuuid": UUID, "description": "A job", "request_id": name,
                }),
            );
            let Some(transaction) = authorized.get("result") else {
                // Only for lack of credit.
                let name = authorized["error"]["data"]["name"].as_str().unwrap();
                assert!(name.ends_with("InsufficientCreditError"), "{authorized}");
                continue;
            };
            let method = if random.below(3) == 0 { "cancel" } else { "capture" };
            let params = json!({"token": transaction, "key": self.key});
            let resolved = self.until_answered(method, &params);
            assert_eq!(resolved["result"], true, "{resolved}");
            if method == "capture" {
                self.captured.fetch_add(1, Ordering::Relaxed);
                self.charged[account].fetch_add(credits, Ordering::Relaxed);
            }
        }
    }

    /// Puts credits into an account, and sometimes asks for the same again.
    fn top_up(&self, account: usize, credits: i64, name: &str, again: bool) {
        let path = format!("/api/v1/accounts/{}/credits", account + 1);
        let amount = iap_core::pricing::Credits::from_millionths(credits).to_string();
        let body = json!({"kind": "paid", "amount": amount, "description": "A top-up"});
        let proof = format!("Cookie: iap_session={}", self.session);
        let key = format!("top-up {name}").replace(' ', "-");
        let entry = self.until_answered_v1(&path, &proof, &key, &body);
        assert_eq!(entry["available_paid"], amount, "{entry}");
        if again {
            assert_eq!(self.until_answered_v1(&path, &proof, &key, &body), entry);
        }
        self.credited[account].fetch_add(credits, Ordering::Relaxed);
    }

    /// Buys a pack, and says that it is paid.
    fn buy(&self, account: usize, name: &str) {
        let proof = format!("Cookie: iap_session={}", self.session);
        let path = format!("/api/v1/accounts/{}/orders", account + 1);
        let body = json!({"pack": self.pack, "buyer": buyer()});
        let order = self.until_answered_v1(&path, &proof, &format!("order-{name}"), &body);
        let path = format!("/api/v1/orders/{}/payment", order["id"]);
        let body = json!({"payment": format!("payment {name}")});
        let paid = self.until_answered_v1(&path, &proof, "a-payment", &body);
        assert_eq!(paid["state"], "paid", "{paid}");
        self.paid.fetch_add(1, Ordering::Relaxed);
        self.credited[account].fetch_add(PACK, Ordering::Relaxed);
    }

    /// Somebody sells a pack; its key.
    fn sell(&self) -> i64 {
        self.in_store(async |store, actor| {
            let seller = Some(Some(buyer()));
            let tax_rate = Some(Some("21".parse().unwrap()));
            let change = SettingsChange { seller, tax_rate, ..SettingsChange::default() };
            store.change_settings(&change, &actor).await.unwrap();
            let pack = NewPack {
                name: "Three".to_owned(),
                description: String::new(),
                icon: iap_core::catalogue::ServiceIcon::default(),
                credits: "3".parse().unwrap(),
                price: 1_000,
                currency: Currency::EUR,
                position: 1,
            };
            let service = store.service(&"reveal".parse().unwrap()).await.unwrap().unwrap();
            store.add_pack(service.id, &pack, &actor).await.unwrap().unwrap()
        })
    }

    /// That each order that was paid has one invoice, and numbers have no gaps, once what kills left
    /// behind is done.
    fn assert_billed(&self) {
        let paid = self.paid.load(Ordering::Relaxed);
        assert!(paid > 0, "nothing was bought");
        self.in_store(async |store, _| {
            orders::finish_all(&store, 1_000).await.unwrap();
            orders::bill_all(&store, 1_000).await.unwrap();
            let (mut after, mut numbers, mut billed) = (None, Vec::new(), Vec::new());
            loop {
                let cut = Cut::new(after, Cut::MOST);
                let page = store.invoices(&InvoiceFilter::default(), cut).await.unwrap();
                numbers.extend(page.items.iter().map(|it| it.document.number));
                billed.extend(page.items.iter().map(|it| it.document.order));
                let Some(next) = page.next else { break };
                after = Some(next.parse().unwrap());
            }
            assert_eq!(u64::try_from(numbers.len()).unwrap(), paid);
            // Each was mailed, or is going to be, once.
            let (mut after, mut mailed) = (None, Vec::new());
            loop {
                let page = store.mails(None, Cut::new(after, Cut::MOST)).await.unwrap();
                mailed.extend(page.items.into_iter().map(|it| it.invoice));
                let Some(next) = page.next else { break };
                after = Some(next.parse().unwrap());
            }
            mailed.retain(|number| !number.is_empty());
            mailed.sort_unstable();
            let mut expected: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            expected.sort_unstable();
            assert_eq!(mailed, expected);
            numbers.sort_unstable();
            // Years begin with one, should one begin here.
            for pair in numbers.windows(2) {
                assert_eq!(
                    pair[0].year() == pair[1].year(),
                    pair[0].running() + 1 == pair[1].running()
                );
            }
            assert_eq!(numbers[0].running(), 1);
            billed.sort_unstable();
            billed.dedup();
            assert_eq!(u64::try_from(billed.len()).unwrap(), paid);
        });
    }

    /// Does something with the database while no server is there.
    fn in_store<T>(&self, what: impl AsyncFnOnce(Store, Actor) -> T) -> T {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let store = Store::open(&self.database.parse().unwrap()).await.unwrap();
            let done = what(store.clone(), Actor::server(iap_server::clock::now())).await;
            store.close().await;
            done
        })
    }

    /// Charges as a provider does over `/api/v1/`.
    fn charge(&self, account: usize, credits: i64, name: &str, cancel: bool) {
        let amount = iap_core::pricing::Credits::from_millionths(credits).to_string();
        let body = json!({
            "database": UUID, "account_token": token(account), "amount": amount,
            "description": "A job",
        });
        let proof = format!("Authorization: Bearer {}", self.key);
        let hold = self.until_answered_v1("/api/v1/holds", &proof, name, &body);
        let Some(id) = hold["id"].as_i64() else {
            assert_eq!(hold["code"], "insufficient_credit", "{hold}");
            return;
        };
        let (verb, state) = if cancel { ("cancel", "cancelled") } else { ("capture", "captured") };
        let path = format!("/api/v1/holds/{id}/{verb}");
        let resolved = self.until_answered_v1(&path, &proof, name, &json!({}));
        assert_eq!(resolved["state"], state, "{resolved}");
        if !cancel {
            self.captured.fetch_add(1, Ordering::Relaxed);
            self.charged[account].fetch_add(credits, Ordering::Relaxed);
        }
    }

    fn until_answered_v1(&self, path: &str, proof: &str, key: &str, body: &Value) -> Value {
        let headers = format!("{proof}\r\nIdempotency-Key: {key}\r\n");
        self.until(|| {
            let (_, answer) = post(self.port, path, &headers, &body.to_string())?;
            let answer: Value = serde_json::from_str(&answer).ok()?;
            (answer["status"] != 503).then_some(answer)
        })
    }

    fn sign_in(&self) -> String {
        let added = iap(&self.database, &["user", "add", "op@example.com", "--operator"]);
        let password = added.lines().last().unwrap();
        let body = json!({"email": "op@example.com", "password": password}).to_string();
        let (head, _) = post(self.port, "/api/v1/session", "", &body).unwrap();
        head.split("iap_session=").nth(1).unwrap().split(';').next().unwrap().to_owned()
    }

    fn until_answered(&self, method: &str, params: &Value) -> Value {
        let body =
            json!({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}).to_string();
        self.until(|| {
            let (_, answer) = post(self.port, &format!("/iap/1/{method}"), "", &body)?;
            let answer = serde_json::from_str(&answer).ok()?;
            (!is_of_the_database(&answer)).then_some(answer)
        })
    }

    /// Asks until there is an answer.
    fn until(&self, ask: impl Fn() -> Option<Value>) -> Value {
        for _ in 0..600 {
            if let Some(answer) = ask() {
                return answer;
            }
            self.repeated.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(50));
        }
        panic!("no answer in half a minute");
    }

    fn start(&self) -> (Child, u16) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_iap"))
            .args([
                "serve",
                "--new-databases",
                "open",
                "--log",
                "off",
                "--requests-per-second",
                "0",
            ])
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .env("IAP_DATABASE", &self.database)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap_or_default();
        (child, port.parse().unwrap_or_else(|_| panic!("it did not start: {line:?}")))
    }
}

/// Who buys and sells.
fn buyer() -> Buyer {
    Buyer {
        name: "Peeters Fietsen".to_owned(),
        street: "Kouter 1".to_owned(),
        postcode: "9000".to_owned(),
        city: "Gent".to_owned(),
        country: "BE".to_owned(),
        vat_number: "BE0123456789".to_owned(),
        email: "ada@example.com".to_owned(),
        reference: String::new(),
    }
}

const UUID: &str = "048bbd94-e5cc-11f1-9d2d-02fc00000001";

fn token(account: usize) -> String {
    format!("{account:032x}")
}

/// That the database could not be reached, which is a reason to ask again.
fn is_of_the_database(answer: &Value) -> bool {
    let message = answer["error"]["data"]["message"].as_str().unwrap_or_default();
    message.contains("Try again in a moment")
}

/// The head and the body of the answer, if it came whole.
fn post(port: u16, path: &str, headers: &str, body: &str) -> Option<(String, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: test\r\n{headers}Content-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.to_owned(), body.to_owned()))
}

/// Ends a server as an operator does.
fn stop(server: &mut Child) {
    let id = server.id().to_string();
    assert!(Command::new("kill").args(["-s", "TERM", &id]).status().unwrap().success());
    assert!(server.wait().unwrap().success());
}

/// Runs a command to its end; what it said.
fn iap(database: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_iap"));
    let output = command.args(arguments).env("IAP_DATABASE", database).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// Xorshift: any sequence will do.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
