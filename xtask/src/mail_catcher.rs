//! The mail server that the server's tests send to: Python's aiosmtpd.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{debian, process};

/// Where the tests look for it: in Debian's own Python, then in the one on `PATH`.
const PYTHONS: [&str; 2] = ["/usr/bin/python3", "python3"];

/// Finds aiosmtpd; on Debian and its kin installs it, elsewhere says what to install.
pub(crate) fn need() -> Result<()> {
    if is_installed() || (debian::install(&["python3-aiosmtpd"])? && is_installed()) {
        return Ok(());
    }
    let how = if which::which("apt-get").is_ok() {
        "run `sudo apt-get install python3-aiosmtpd`"
    } else {
        "run `python3 -m pip install aiosmtpd`"
    };
    bail!("the tests of the server need Python's aiosmtpd; {how}")
}

fn is_installed() -> bool {
    PYTHONS
        .iter()
        .any(|python| process::ask(Command::new(python).args(["-c", "import aiosmtpd"])).is_some())
}
