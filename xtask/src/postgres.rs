//! PostgreSQL's programs, from which the server's tests and benches start one of their own.

/// One that runs, for a command.
#[cfg(unix)]
#[path = "../../server/tests/support/postgres.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "made for tests"
)]
pub(crate) mod server;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{debian, process};

/// Finds PostgreSQL's programs; on Debian and its kin installs them, elsewhere says what to install.
pub(crate) fn need() -> Result<()> {
    if is_installed() || (debian::install(&["postgresql"])? && is_installed()) {
        return Ok(());
    }
    let how = if which::which("apt-get").is_ok() {
        "run `sudo apt-get install postgresql`"
    } else if cfg!(target_os = "macos") {
        "run `brew install postgresql@17`"
    } else {
        "install PostgreSQL 15 or newer with your package manager"
    };
    bail!("the tests of the server need PostgreSQL's programs; {how}")
}

/// Where `pg_config` says, or where Debian puts them: as the tests look for them.
fn is_installed() -> bool {
    let told = process::ask(Command::new("pg_config").arg("--bindir")).map(PathBuf::from);
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    told.into_iter().chain(debian).any(|folder| folder.join("initdb").is_file())
}
