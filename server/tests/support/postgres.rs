//! A PostgreSQL of the tests' own: in a temporary folder, reached through a socket in it, from the
//! programs that are installed. It ends with the test program, however that ends.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A running server. Ends when it is dropped, and when this process ends.
pub(crate) struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    user: Option<(u32, u32)>,
    keeper: Option<Child>,
}

static SHARED: OnceLock<Postgres> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Starts the server, and stops it and takes its folder away when its own input ends: then nobody
/// needs it any more, even if the tests were killed.
const KEEP: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 \
    -c shared_buffers=64MB -c max_wal_size=512MB >"$2/log" 2>&1 &
server=$!
read -r line || true
if [ "$line" = kill ]; then kill -KILL $server; else kill -INT $server; fi
wait $server
if [ "$line" != kill ] && [ "$line" != stop ]; then rm -rf "$2"; fi
"#;

impl Postgres {
    /// One for all tests of a program.
    pub(crate) fn shared() -> &'static Self {
        SHARED.get_or_init(Self::start)
    }

    /// Makes a cluster and starts its server.
    pub(crate) fn start() -> Self {
        let mut postgres = Self::new();
        let data = postgres.folder.join("data");
        let made = postgres
            .program("initdb")
            .args(["--username=iap", "--auth=trust", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        postgres.resume();
        postgres
    }

    /// A folder, and nothing in it yet.
    fn new() -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("iap-pg-").tempdir().unwrap().keep();
        let user = as_other_user();
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).unwrap();
        }
        Self { folder, programs, user, keeper: None }
    }

    /// A copy of this server that follows it, and that it waits for at every commit from now on.
    pub(crate) fn standby(&self) -> Self {
        let mut standby = Self::new();
        let data = standby.folder.join("data");
        let mut copy = self.program("pg_basebackup");
        copy.arg("-h").arg(&self.folder).args(["-U", "iap", "-R", "-X", "stream", "-c", "fast"]);
        let copied = copy.arg("-D").arg(&data).output().unwrap();
        assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
        standby.resume();
        self.ask("ALTER SYSTEM SET synchronous_standby_names = '*'");
        self.ask("SELECT pg_reload_conf()");
        for _ in 0..600 {
            if self.ask("SELECT sync_state FROM pg_stat_replication") == "sync" {
                return standby;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the copy does not follow");
    }

    /// Makes a server that follows one to which nobody speaks any more the one that is spoken to.
    pub(crate) fn promote(&self) {
        let data = self.folder.join("data");
        let promoted = self.program("pg_ctl").args(["promote", "-D"]).arg(data).output().unwrap();
        assert!(promoted.status.success(), "{}", String::from_utf8_lossy(&promoted.stderr));
    }

    fn ask(&self, statement: &str) -> String {
        let mut psql = self.program("psql");
        psql.arg("-h").arg(&self.folder).args(["-U", "iap", "-d", "postgres", "-AXtq"]);
        let told = psql.args(["-c", statement]).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap().trim().to_owned()
    }

    /// Starts the server again after [`Postgres::stop`] or [`Postgres::kill`].
    pub(crate) fn resume(&mut self) {
        let mut keeper = Command::new("sh");
        keeper.args([OsStr::new("-c"), OsStr::new(KEEP), OsStr::new("sh")]);
        keeper.arg(&self.programs).arg(&self.folder).stdin(Stdio::piped()).stdout(Stdio::null());
        self.run_as(&mut keeper);
        self.keeper = Some(keeper.spawn().unwrap());
        for _ in 0..600 {
            let ready = self.program("pg_isready").arg("-h").arg(&self.folder).arg("-q").status();
            if ready.unwrap().success() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{}", std::fs::read_to_string(self.folder.join("log")).unwrap_or_default());
    }

    /// Ends the server in an orderly way.
    pub(crate) fn stop(&mut self) {
        self.tell("stop");
    }

    /// Ends the server as a loss of power does, as far as a process can be made to.
    pub(crate) fn kill(&mut self) {
        self.tell("kill");
    }

    fn tell(&mut self, word: &str) {
        let mut keeper = self.keeper.take().unwrap();
        writeln!(keeper.stdin.take().unwrap(), "{word}").unwrap();
        keeper.wait().unwrap();
    }

    /// A new, empty database: its address.
    pub(crate) fn database(&self) -> String {
        let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        let made = self
            .program("createdb")
            .arg("-h")
            .arg(&self.folder)
            .args(["-U", "iap", &name])
            .output();
        let made = made.unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        self.url(&name)
    }

    /// The address of a database.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("postgres://iap@localhost/{name}?host={}", self.folder.display())
    }

    /// Where its socket is, and everything that it keeps.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// One of PostgreSQL's programs, to be run as the server's user.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        self.run_as(&mut command);
        command
    }

    fn run_as(&self, command: &mut Command) {
        // A folder that any user may be in.
        command.current_dir("/");
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where PostgreSQL's programs are: where `pg_config` says, else where Debian puts them.
fn programs() -> PathBuf {
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told
        .filter(|told| told.status.success())
        .map(|told| PathBuf::from(String::from_utf8_lossy(&told.stdout).trim()));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    told.into_iter()
        .chain(debian)
        .find(|folder| has(folder, "initdb") && has(folder, "postgres"))
        .expect("PostgreSQL 15 or newer has to be installed for these tests (Debian: apt install postgresql)")
}

fn has(folder: &Path, program: &str) -> bool {
    folder.join(program).is_file()
}

/// PostgreSQL does not run as root: then as its own user, or as nobody.
fn as_other_user() -> Option<(u32, u32)> {
    let own = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").ok()?);
    if own != 0 {
        return None;
    }
    let users = BufReader::new(std::fs::File::open("/etc/passwd").ok()?);
    let users: Vec<_> = users.lines().map_while(Result::ok).collect();
    ["postgres", "nobody"].into_iter().find_map(|name| {
        let line = users.iter().find(|line| line.starts_with(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}
