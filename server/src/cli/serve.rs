//! `iap serve`

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use iap_core::catalogue::NewDatabases;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use url::Url;

use super::failure::Failure;
use super::mail::Mail;
use super::payments::Pay;
use super::place::{self, Place};
use super::sign_in::SignIn;
use crate::customers::Customers;
use crate::http::metrics::{self, Metrics, Reader};
use crate::http::odoo::{self, Odoo};
use crate::http::portal::{self, Followers, Portal, Process};
use crate::http::ready;
use crate::http::stripe;
use crate::http::{self, Assets, Limits, PathPrefix, PublicUrl, Rate, Server};
use crate::jobs::JobLog;
use crate::traces::{self, Traces};
use crate::{clock, demo, jobs};

/// Requests that an address may make each second where nothing is said: what a busy customer with
/// many databases behind one address needs, and far below what the server can do.
const RATE: u32 = 100;

/// Serve the web application.
#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Address and port; port 0 takes any free one.
    #[arg(long, value_name = "ADDRESS", env = "IAP_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,

    /// Run on demo data, reachable from this machine only.
    #[arg(long, env = "IAP_DEMO")]
    demo: bool,

    #[command(flatten)]
    place: Place,

    /// What becomes of customers' databases that were never seen: open lets them in at once,
    /// approve lets them wait for you, closed turns them away. Without it, what the settings say:
    /// approve until you change it.
    #[arg(long, value_name = "POLICY", env = "IAP_NEW_DATABASES", value_parser = policies())]
    new_databases: Option<NewDatabases>,

    /// Where customers reach this server, such as `https://iap.example.com`. Without it, the address
    /// it listens on.
    #[arg(long, value_name = "URL", env = "IAP_URL")]
    url: Option<PublicUrl>,

    #[command(flatten)]
    mail: Mail,

    /// Let providers try out their programs on accounts that are none: 000000 and 000111 lack credits,
    /// 111111 has enough for anything, and nothing is charged. Not for a server that sells: customers
    /// could send such a token to a provider, who would work for nothing. Demo data has it.
    #[arg(long, env = "IAP_SANDBOX")]
    sandbox: bool,

    /// A path below which the server is reached, too, such as /credits.
    #[arg(long, value_name = "PATH", env = "IAP_PATH_PREFIX", default_value = "")]
    path_prefix: PathPrefix,

    /// Tell browsers to come back through HTTPS only: for a server behind a proxy that ends TLS.
    #[arg(long, env = "IAP_HSTS")]
    hsts: bool,

    /// Requests that an address may make each second, and ten times as many at once; 0 for any
    /// number. Without it 100, and any number for demo data.
    #[arg(long, value_name = "NUMBER", env = "IAP_REQUESTS_PER_SECOND")]
    requests_per_second: Option<u32>,

    /// How many proxies stand in front of this server. They tell the address of the client in
    /// X-Forwarded-For; without any, that header is not believed.
    #[arg(long, value_name = "NUMBER", env = "IAP_PROXIES", default_value_t = 0)]
    proxies: usize,

    /// What a program has to send to read /metrics. Without it nobody reads it, but for demo data.
    #[arg(long, value_name = "TOKEN", env = "IAP_METRICS_TOKEN", hide_env_values = true)]
    metrics_token: Option<Reader>,

    /// How much to log on standard error: off, error, warn, info, debug or trace.
    #[arg(long, value_name = "LEVEL", env = "IAP_LOG", default_value = "info")]
    log: LevelFilter,

    /// How a line of the log is written.
    #[arg(long, value_name = "FORMAT", env = "IAP_LOG_FORMAT", default_value = "text")]
    log_format: LogFormat,

    /// Where traces of requests are sent, in OTLP over HTTP, such as `http://localhost:4318`. Further
    /// variables of OpenTelemetry count, too, such as `OTEL_EXPORTER_OTLP_HEADERS`.
    #[arg(
        long,
        value_name = "URL",
        env = "OTEL_EXPORTER_OTLP_ENDPOINT",
        value_parser = collector
    )]
    traces: Option<Url>,

    #[command(flatten)]
    pay: Pay,

    // The last, because what follows would stand under its heading in the help.
    #[command(flatten)]
    sign_in: SignIn,
}

/// The policies for databases that were never seen, by their words.
fn policies() -> impl TypedValueParser<Value = NewDatabases> {
    PossibleValuesParser::new(NewDatabases::ALL.map(NewDatabases::as_str))
        .try_map(|word| NewDatabases::from_word(&word).ok_or("this is no policy"))
}

/// Where somebody collects traces.
fn collector(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).ok().filter(|url| {
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        matches!(url.scheme(), "http" | "https") && url.has_host() && plain
    });
    url.ok_or("give it as in http://localhost:4318; a key goes into OTEL_EXPORTER_OTLP_HEADERS")
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Serve {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        place::run(self.serve())?;
        Ok(ExitCode::SUCCESS)
    }

    /// Starts to log, and to send traces if they are to be.
    fn start_log(&self) -> Result<Option<Traces>, Failure> {
        let traces = self.traces.as_ref().map(Traces::to).transpose()?;
        let log = tracing_subscriber::fmt::layer().with_writer(io::stderr);
        let log = match self.log_format {
            LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).boxed(),
            LogFormat::Json => log.json().boxed(),
        };
        // What is traced has spans of its own.
        let log = log.with_filter(filter_fn(|it| it.target() != traces::TARGET));
        let log = log.with_filter(self.log);
        tracing_subscriber::registry().with(log).with(traces.as_ref().map(Traces::layer)).init();
        Ok(traces)
    }

    async fn serve(&self) -> Result<(), Failure> {
        let traces = self.start_log()?;
        // Nobody else reaches demo data.
        let per_second = self.requests_per_second.unwrap_or(if self.demo { 0 } else { RATE });
        let rate = NonZeroU32::new(per_second)
            .map(|per_second| Rate { per_second, proxies: self.proxies });
        let limits = Limits { rate, ..Limits::default() };
        let server = Server::bind(&self.listen, self.demo).await?;
        // Asked for before the address is told: whoever reads it may stop the server at once.
        let stop = stop_signal()
            .map_err(|error| Failure::System("Listening for the signal to stop", error))?;
        let store = self.place.open(self.demo).await?;
        let public_url = self.url.clone().unwrap_or_else(|| server.address().into());
        let post = self.mail.post(store.clone(), &self.place, self.demo, &public_url)?;
        let provider = self.sign_in.provider(&public_url)?;
        let (payments, webhook) = self.pay.payments(store.clone(), self.demo)?;
        let customers = Customers::new(store.clone(), self.new_databases);
        if self.demo {
            demo::fill(&store, clock::now()).await?;
        }
        let reader = if self.demo { Reader::Anybody } else { Reader::Nobody };
        let metrics = Metrics::new(self.metrics_token.clone().unwrap_or(reader));
        let sandbox = self.sandbox || self.demo;
        let odoo =
            Odoo { customers: customers.clone(), public_url: public_url.to_string(), sandbox };
        let notices = webhook.map(|secret| stripe::router(payments.clone(), secret));
        let (stopping, mut stopped) = watch::channel(false);
        let followers = Followers::new(stopped.clone());
        let log = JobLog::new();
        let process = Process { started_at: clock::now(), mails: post.means(), jobs: log.clone() };
        let portal = Portal {
            customers,
            public_url,
            provider,
            payments: payments.clone(),
            followers,
            sandbox,
            process,
        };
        let interfaces = odoo::router(odoo)
            .merge(portal::router(portal))
            .merge(notices.unwrap_or_default())
            .merge(ready::router(store.clone()))
            .merge(metrics::router(metrics.clone()));
        let card = payments.settings();
        let others = card.map(|it| it.others.clone()).unwrap_or_default();
        let assets = Assets::built().allowing(others);
        let router = http::router(assets, interfaces, &limits, self.hsts, metrics);
        let jobs = [
            tokio::spawn(jobs::expire_holds(store.clone(), log.clone())),
            tokio::spawn(jobs::finish_orders(store.clone(), log.clone())),
            tokio::spawn(jobs::forget_what_is_over(store.clone(), log.clone())),
            tokio::spawn(jobs::look_after_payments(payments, log.clone())),
            tokio::spawn(store.clone().share_changes()),
        ];
        let mut mails = tokio::spawn(post.run(log, stopped.clone()));
        self.tell(server.address()).map_err(Failure::Output)?;
        let stop = async move {
            stop.await;
            stopping.send_replace(true);
        };
        // Mails under way have the same time to be finished as answers have.
        let last_mails = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            if timeout(limits.drain_time, &mut mails).await.is_err() {
                tracing::warn!("stopped with a mail still under way; it is tried again later");
                mails.abort();
            }
        };
        tokio::join!(server.run(router, self.path_prefix.clone(), &limits, stop), last_mails);
        jobs.iter().for_each(JoinHandle::abort);
        // What was answered is on the disk; what was not goes there now.
        store.close().await;
        if let Some(traces) = traces {
            traces.finish().await;
        }
        tracing::info!("stopped");
        Ok(())
    }

    /// Says on standard output where the server is.
    fn tell(&self, address: SocketAddr) -> io::Result<()> {
        let mut out = io::stdout();
        writeln!(out, "Listening on http://{address}/")?;
        if self.demo {
            writeln!(out, "The application runs on demo data; nothing in it is real.")?;
            writeln!(out, "Sign in as one of these, with the password {}:", demo::PASSWORD)?;
            for (email, what) in demo::PEOPLE {
                writeln!(out, "  {email:24} {what}")?;
            }
        }
        out.flush()
    }
}

/// Done when the process is told to stop: by Ctrl-C or, on Unix, by SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Done when the process is told to stop by Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where the signal cannot be heard, the process is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
