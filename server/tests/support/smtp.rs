//! A mail server for tests: Python's aiosmtpd with `smtp_catcher.py`. It ends with the test program,
//! however that ends.

#![allow(dead_code, reason = "each program of tests needs another part of it")]

use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde::Deserialize;

/// A running mail server. Ends when it is dropped, and when this process ends.
pub(crate) struct Catcher {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u16,
}

/// A mail that the server took.
#[derive(Debug, Deserialize)]
pub(crate) struct Caught {
    /// What the client calls itself.
    pub(crate) hello: String,
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) mail: String,
    /// Whether nobody on the way could read it.
    pub(crate) encrypted: bool,
}

/// When the encryption of a connection begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tls {
    /// Before anything is said.
    Always,
    /// After the client has asked for it; without it no mail is taken.
    Later,
}

impl Catcher {
    /// One that lets everybody in.
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    /// One that asks for a password and knows none.
    pub(crate) fn with_password() -> Self {
        Self::with(&["password"])
    }

    /// One that shows the certificate of a file, whose key stands in another.
    pub(crate) fn with_tls(tls: Tls, certificate: &Path, key: &Path) -> Self {
        let way = match tls {
            Tls::Always => "tls",
            Tls::Later => "starttls",
        };
        Self::with(&[way, certificate.to_str().unwrap(), key.to_str().unwrap()])
    }

    fn with(arguments: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_catcher.py");
        // Debian's own: that is where its packages are.
        let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
            let has = Command::new(python).args(["-c", "import aiosmtpd"]).output();
            has.is_ok_and(|has| has.status.success())
        });
        let python = python.expect(
            "Python's aiosmtpd has to be installed for these tests (Debian: apt install \
             python3-aiosmtpd)",
        );
        let mut child = Command::new(python)
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = out.next().unwrap().unwrap().parse().unwrap();
        Self { child, out, port }
    }

    /// The next mail that it took; waits for it.
    pub(crate) fn next(&mut self) -> Caught {
        serde_json::from_str(&self.out.next().unwrap().unwrap()).unwrap()
    }

    /// Ends it: the mails that it took and that nobody has seen.
    pub(crate) fn end(mut self) -> Vec<Caught> {
        drop(self.child.stdin.take());
        self.out.by_ref().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
    }
}

impl Drop for Catcher {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
