//! What the ledger does in a second when it is asked over HTTP, beside a handler that answers a
//! constant under the same server to the same clients: what the way there and back costs.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use iap_core::catalogue::NewDatabases;
use iap_core::catalogue::{Admission, Origin, Service};
use iap_core::credits::{Amount, Attribution, Kind};
use iap_core::time::Timestamp;
use iap_server::customers::Customers;
use iap_server::http::metrics::Reader;
use iap_server::http::odoo::{self, Odoo};
use iap_server::http::{Assets, Limits, Metrics, PathPrefix, Server, router};
use iap_server::secret;
use iap_server::store::{AccountKey, Actor, By, Change, NewService, Request, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::bench::Bench;
use crate::goal::Goal;
use crate::ledger::Place;
use crate::postgres::Postgres;
use crate::report::{Report, Row};

/// Programs that ask side by side, each its next request after the answer to the one before.
pub(crate) const CLIENTS: [usize; 3] = [1, 16, 64];

/// For how long each is measured, and how often: the median counts.
const SECONDS: u64 = 3;
const TURNS: usize = 3;

/// Accounts that are charged.
const ACCOUNTS: usize = 256;

const KEY: &str = "a key";
const UUID: &str = "048bbd94-e5cc-11f1-9d2d-02fc00000001";

/// Runs the benches.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    let mut cluster = None;
    for bench in benches {
        let Bench::LedgerHttp { place, clients } = *bench else { continue };
        let (mut us, mut them, mut late) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TURNS {
            let folder = tempfile::tempdir()?;
            let address = match place {
                Place::Sqlite => format!("sqlite:{}", folder.path().join("iap.db").display()),
                Place::Postgres => cluster.get_or_insert_with(Postgres::start).database(),
            };
            them.push(in_runtime(measure(None, clients))?.ns_a_request);
            let ours = in_runtime(measure(Some(address), clients))?;
            us.push(ours.ns_a_request);
            late.push(ours.p99);
        }
        // The most clients are what a server is made for.
        let most = Some(clients) == CLIENTS.last().copied();
        let goal = most.then_some(Goal::Faster(0.6));
        let peer = "a handler that answers a constant".to_owned();
        let (us, them) = (median(us), median(them));
        report.row(&Row::beside(bench.name(), us, peer, them, goal))?;
        let goal = most.then_some(Goal::AtMost(20e6));
        report.row(&Row::alone(format!("{}/p99", bench.name()), median(late), goal))?;
    }
    Ok(())
}

fn in_runtime<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn median(mut turns: Vec<f64>) -> f64 {
    turns.sort_by(f64::total_cmp);
    turns.get(turns.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What was measured, in ns.
struct Figures {
    /// Time divided by requests: authorizations and captures.
    ns_a_request: f64,
    /// What 99 of 100 requests took at most, from the first byte sent to the last one read.
    p99: f64,
}

/// The ledger in the database of an address, or a constant where there is none.
async fn measure(address: Option<String>, clients: usize) -> Result<Figures> {
    let store = match address {
        Some(address) => Some(filled(&address).await?),
        None => None,
    };
    let interfaces = match &store {
        Some(store) => {
            let customers = Customers::new(store.clone(), Some(NewDatabases::Open));
            odoo::router(Odoo {
                customers,
                public_url: "http://localhost".to_owned(),
                sandbox: false,
            })
        }
        None => Router::new()
            .route("/iap/1/authorize", post(constant))
            .route("/iap/1/capture", post(constant)),
    };
    let (address, stop, served) = serve(interfaces).await?;
    let start = Instant::now();
    let mut times = ask_for(address, clients, Duration::from_secs(SECONDS)).await?;
    let elapsed = start.elapsed();
    drop(stop);
    served.await?;
    if let Some(store) = store {
        let findings = store.verify().await?.findings;
        ensure!(findings.is_empty(), "the ledger is wrong: {findings:?}");
        store.close().await;
    }
    times.sort_unstable();
    let late = times.get(times.len() * 99 / 100).context("nothing was asked")?;
    let requests = u32::try_from(times.len())?;
    Ok(Figures {
        ns_a_request: elapsed.as_secs_f64() * 1e9 / f64::from(requests),
        p99: late.as_secs_f64() * 1e9,
    })
}

/// Authorizes and captures for so long; how long each request took.
pub(crate) async fn ask_for(
    address: SocketAddr,
    clients: usize,
    time: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + time;
    let tasks: Vec<_> =
        (0..clients).map(|client| tokio::spawn(work(address, client, end))).collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    Ok(times)
}

/// A server with the limits and layers of the real one, and what stops it.
async fn serve(
    interfaces: Router,
) -> Result<(SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>)> {
    let server = Server::bind("127.0.0.1:0", true).await?;
    let address = server.address();
    let limits = Limits::default();
    let metrics = Metrics::new(Reader::Nobody);
    let router = router(Assets::from_dir("none"), interfaces, &limits, false, metrics);
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        server.run(router, PathPrefix::default(), &limits, stopped).await;
    });
    Ok((address, stop, task))
}

async fn constant(_: Bytes) -> &'static str {
    r#"{"jsonrpc":"2.0","id":1,"result":"1f-12c"}"#
}

/// A store with accounts that have enough.
pub(crate) async fn filled(address: &str) -> Result<Store> {
    let store = Store::open(&address.parse()?).await?;
    let now = Timestamp::from_millis(1_800_000_000_000);
    let name = "sms".parse()?;
    let new = NewService {
        service: Service { name, origin: Origin::FirstParty, trial: Amount::ZERO },
        label: "SMS".to_owned(),
        description: String::new(),
        icon: iap_core::catalogue::ServiceIcon::default(),
        privacy_url: String::new(),
        key_sha256: Some(secret::hash(KEY)),
    };
    let service = store.add_service(&new, &Actor::server(now)).await?;
    let service = service.context("the database is not empty")?;
    let database = store.database(UUID, Admission::Approved, now).await?.id;
    for number in 0..ACCOUNTS {
        let key = AccountKey::from(&token(number).parse()?);
        let account = store.account(database, service, &key, now).await?.id;
        let request = Request {
            account,
            by: By::House,
            at: now,
            change: Change::Credit(Kind::Paid, "1000000".parse()?),
            description: "A pack".to_owned(),
            attribution: Attribution::NONE,
            key: None,
        };
        store.ledger().make(request).await?;
    }
    Ok(store)
}

fn token(number: usize) -> String {
    format!("{number:032x}")
}

/// Authorizes and captures over one connection until the end; how long each request took.
async fn work(address: SocketAddr, client: usize, end: Instant) -> Result<Vec<Duration>> {
    let mut connection = TcpStream::connect(address).await?;
    connection.set_nodelay(true)?;
    let mut times = Vec::new();
    let mut account = client * 7;
    while Instant::now() < end {
        account = (account + 13) % ACCOUNTS;
        let authorize = format!(
            r#"{{"jsonrpc":"2.0","method":"call","params":{{"account_token":"{}","key":"{KEY}","credit":1,"dbuuid":"{UUID}","description":"A message to +32 470 12 34 56"}},"id":1}}"#,
            token(account)
        );
        let begun = Instant::now();
        let answer = ask(&mut connection, "authorize", &authorize).await?;
        times.push(begun.elapsed());
        let hold = answer.split(r#""result":""#).nth(1).and_then(|rest| rest.split('"').next());
        let hold = hold.with_context(|| format!("no hold: {answer}"))?;
        let capture = format!(
            r#"{{"jsonrpc":"2.0","method":"call","params":{{"token":"{hold}","key":"{KEY}"}},"id":1}}"#
        );
        let begun = Instant::now();
        let answer = ask(&mut connection, "capture", &capture).await?;
        times.push(begun.elapsed());
        ensure!(answer.contains(r#""result""#), "not captured: {answer}");
    }
    Ok(times)
}

/// Sends a request and reads its answer's body, by its length.
async fn ask(connection: &mut TcpStream, method: &str, body: &str) -> Result<String> {
    let request = format!(
        "POST /iap/1/{method} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(1_024);
    loop {
        ensure!(connection.read_buf(&mut answer).await? > 0, "the server hung up");
        let text = std::str::from_utf8(&answer)?;
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() == length.context("an answer without its length")?.parse::<usize>()? {
            return Ok(body.to_owned());
        }
    }
}
