//! The server, `iap`: built, and started for what tests the built application.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Context, Result, anyhow, bail};

use crate::checkout::Checkout;
use crate::process;

/// How long the server may take until it answers.
const START: Duration = Duration::from_mins(1);

/// How often it is asked meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// How the server is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As it is shipped, with the built web application in it: for people, and for what is measured.
    Shipped,
    /// As its own tests have built it already, which saves minutes; it reads the built web
    /// application from `dist/`.
    Tested,
}

/// Builds the server; returns its program.
pub(crate) fn build(checkout: &Checkout, build: Build) -> Result<PathBuf> {
    let (mut command, folder) = match build {
        Build::Shipped => {
            let arguments = ["build", "--locked", "--release", "--package", "iap-server"];
            (checkout.cargo(arguments), "release")
        }
        // Of all packages, as the tests are: libraries have other features for fewer, and would be
        // compiled anew. A test of the server brings its program along.
        Build::Tested => {
            let arguments = ["test", "--locked", "--workspace", "--no-run", "--test", "cli"];
            (checkout.cargo(arguments), "debug")
        }
    };
    process::run("building the server", &mut command)?;
    let name = format!("iap{}", env::consts::EXE_SUFFIX);
    Ok(checkout.target().join(folder).join(name))
}

/// A running server on a port of its own; it stops when this is dropped.
pub(crate) struct Server {
    child: Child,
    program: PathBuf,
    url: String,
    /// What it keeps, which goes with it.
    data: PathBuf,
}

impl Server {
    /// Builds the server, starts it with demo data and waits until it answers.
    pub(crate) fn start(checkout: &Checkout, kind: Build) -> Result<Self> {
        Self::start_with(checkout, kind, &["--demo"])
    }

    /// Builds the server, starts it with arguments and waits until it answers.
    pub(crate) fn start_with(checkout: &Checkout, kind: Build, arguments: &[&str]) -> Result<Self> {
        let program = build(checkout, kind)?;
        let data = checkout.work()?.join(format!("data-{}", std::process::id()));
        let mut command = checkout.program(&program, ["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments).arg("--data").arg(&data);
        let (child, lines) = process::start(&mut command)?;
        // From here on the child is stopped whatever happens.
        let mut server = Self { child, program, url: String::new(), data };
        let deadline = Instant::now() + START;
        server.url = server.read_url(&lines, deadline)?;
        // Its log has to be read on, or the server would wait for a reader.
        thread::spawn(move || lines.into_iter().for_each(drop));
        server.wait_until_ready(deadline)?;
        Ok(server)
    }

    /// The program that it is.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The folder for what it keeps.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Its address, `http://127.0.0.1:<port>`, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn read_url(&mut self, lines: &Receiver<String>, deadline: Instant) -> Result<String> {
        let mut output = String::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(url) = url_in(&line) {
                        return Ok(url);
                    }
                    output.push_str(&line);
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!("the server printed no URL within {} s:\n\n{output}", START.as_secs())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let status = self.child.wait().context("cannot wait for the server")?;
                    bail!("the server ended ({status}) before it printed its URL:\n\n{output}")
                }
            }
        }
    }

    fn wait_until_ready(&mut self, deadline: Instant) -> Result<()> {
        loop {
            let problem = match self.ask_health() {
                Ok(()) => return Ok(()),
                Err(problem) => problem,
            };
            if Instant::now() >= deadline {
                return Err(problem).with_context(|| format!("{} does not answer", self.url));
            }
            thread::sleep(PAUSE);
        }
    }

    fn ask_health(&self) -> Result<()> {
        let host = self.url.strip_prefix("http://").context("the server printed no http URL")?;
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(START))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            Err(error) if error.kind() != ErrorKind::ConnectionReset => return Err(error.into()),
            _ => {}
        }
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.lines().next().unwrap_or_default();
        if status.split(' ').nth(1) == Some("200") {
            Ok(())
        } else {
            Err(anyhow!("/healthz answers {status:?}"))
        }
    }
}

impl Server {
    /// Signs somebody of the demo in; what their cookie holds.
    pub(crate) fn sign_in(&self, email: &str) -> Result<String> {
        let body = format!(r#"{{"email":"{email}","password":"demo"}}"#);
        let (head, _) = self.post("/api/v1/session", "", &body)?;
        let session = head.split("iap_session=").nth(1).and_then(|rest| rest.split(';').next());
        Ok(session.context("the server opened no session")?.to_owned())
    }

    /// Sends JSON; the head of the answer, and its body.
    pub(crate) fn post(&self, path: &str, headers: &str, body: &str) -> Result<(String, String)> {
        let host = self.url.strip_prefix("http://").context("the server has no http URL")?;
        let mut stream = TcpStream::connect(host)?;
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the server did not answer")?;
        Ok((head.to_owned(), body.to_owned()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it here.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.data));
    }
}

/// The loopback URL in a line of the server's output.
fn url_in(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!port.is_empty()).then(|| format!("http://127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::url_in;

    #[test]
    fn the_url_is_found_in_a_line() {
        let expected = Some("http://127.0.0.1:41234".to_owned());
        assert_eq!(url_in("Open http://127.0.0.1:41234/ and sign in\n"), expected);
        assert_eq!(url_in("http://127.0.0.1:41234"), expected);
        assert_eq!(url_in("http://localhost:80"), None);
        assert_eq!(url_in("http://127.0.0.1:"), None);
    }
}
