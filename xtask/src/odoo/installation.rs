//! An Odoo that runs: its PostgreSQL, its files and its process.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::package::Package;
use super::template::Template;
use crate::postgres::server::Postgres;
use crate::process;
use crate::progress::Progress;

/// The database's name.
pub(super) const DATABASE: &str = "odoo";

/// How long it may take to answer.
const START: Duration = Duration::from_mins(3);

/// How often it is asked meanwhile.
const PAUSE: Duration = Duration::from_millis(250);

/// Where an Odoo keeps what it has; it goes with this.
pub(super) struct Place<'p> {
    package: &'p Package,
    pub(super) postgres: Postgres,
    folder: tempfile::TempDir,
    port: u16,
}

impl<'p> Place<'p> {
    /// A PostgreSQL without a database, and a folder without files.
    pub(super) fn new(package: &'p Package) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("iap-odoo-").tempdir();
        let folder = folder.context("cannot make a temporary folder")?;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = free.context("there is no free port")?.port();
        let place = Self { package, postgres: Postgres::start(), folder, port };
        let settings = format!(
            "[options]\n\
             addons_path = {}\n\
             data_dir = {}\n\
             db_host = {}\n\
             db_user = iap\n\
             db_name = {DATABASE}\n\
             dbfilter = ^{DATABASE}$\n\
             list_db = False\n\
             http_interface = 127.0.0.1\n\
             http_port = {port}\n\
             workers = 0\n\
             max_cron_threads = 0\n",
            package.modules().join("odoo/addons").display(),
            place.folder.path().display(),
            place.postgres.folder().display(),
        );
        fs::write(place.settings(), settings).context("cannot write Odoo's settings")?;
        Ok(place)
    }

    /// `odoo` with a command, for this place.
    pub(super) fn odoo(&self, command: &str) -> Command {
        let mut odoo = self.package.odoo(command);
        odoo.arg("--config").arg(self.settings()).current_dir(self.folder.path());
        odoo
    }

    /// The files that belong to the database.
    pub(super) fn filestore(&self) -> PathBuf {
        self.folder.path().join("filestore").join(DATABASE)
    }

    fn settings(&self) -> PathBuf {
        self.folder.path().join("odoo.conf")
    }
}

/// A running Odoo; it stops when this is dropped.
pub(super) struct Installation<'p> {
    child: Child,
    place: Place<'p>,
}

impl<'p> Installation<'p> {
    /// Starts one on a copy of the template and waits until it answers.
    pub(super) fn start(package: &'p Package, template: &Template) -> Result<Self> {
        let place = Place::new(package)?;
        template.copy_to(&place)?;
        let (child, lines) = process::start(&mut place.odoo("server"))?;
        // From here on the child is stopped whatever happens.
        let mut installation = Self { child, place };
        let mut progress = Progress::start("starting Odoo");
        let started = installation.wait(&lines, &mut progress);
        progress.finish(if started.is_ok() { "done" } else { "FAIL" });
        started?;
        // Its log has to be read on, or it would wait for a reader.
        thread::spawn(move || lines.into_iter().for_each(drop));
        Ok(installation)
    }

    /// Its address, without a slash at the end.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.place.port)
    }

    fn wait(&mut self, lines: &Receiver<String>, progress: &mut Progress) -> Result<()> {
        let deadline = Instant::now() + START;
        let mut log = String::new();
        loop {
            let latest = log.len();
            let ended = loop {
                match lines.try_recv() {
                    Ok(line) => log.push_str(&line),
                    Err(TryRecvError::Empty) => break false,
                    Err(TryRecvError::Disconnected) => break true,
                }
            };
            if self.is_ready() {
                return Ok(());
            }
            if ended || Instant::now() >= deadline {
                bail!("Odoo does not answer; its log:\n\n{log}");
            }
            progress.beat(log.get(latest..).unwrap_or_default());
            thread::sleep(PAUSE);
        }
    }

    /// Whether it answers that all is well.
    fn is_ready(&self) -> bool {
        let ask = || {
            let mut stream = TcpStream::connect(("127.0.0.1", self.place.port))?;
            stream.set_read_timeout(Some(START))?;
            write!(stream, "GET /web/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok::<_, std::io::Error>(answer)
        };
        ask().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
    }
}

impl Drop for Installation<'_> {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it here.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
