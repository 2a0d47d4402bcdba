//! `cargo xtask schemathesis`: requests made up from the description of the interface, and the
//! answers held against it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::checkout::Checkout;
use crate::server::{Build, Server};
use crate::{process, python};

const VERSION: &str = "4.32.5";

/// What would end the session or the key that the run itself uses, and what has no end.
const LEFT_OUT: &str = "/sessions|/session$|/password$|/key$|/events$";

/// Makes requests up from the description of the interface and holds the answers against it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// For how many seconds.
    #[arg(long, default_value_t = 120)]
    seconds: u32,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let schemathesis = python::tool("schemathesis", VERSION)?;
    let server = Server::start(checkout, Build::Tested)?;
    let url = server.url();
    let body = r#"{"email":"operator@demo.example","password":"demo"}"#;
    let (head, _) = post(url, "/api/v1/session", "", body)?;
    let session = head.split("iap_session=").nth(1).and_then(|rest| rest.split(';').next());
    let session = session.context("the server opened no session")?;
    let cookie = format!("Cookie: iap_session={session}\r\n");
    let (_, answer) = post(url, "/api/v1/services/1/key", &cookie, "")?;
    let answer: Value = serde_json::from_str(&answer).context("the server made no key")?;
    let key = answer.pointer("/key").and_then(Value::as_str).context("the server made no key")?;

    // That a password is not easily guessed or a moment is one of the calendar no pattern can say:
    // 422 is a right answer to what the description allows.
    let settings = format!(
        "continue-on-failure = true\n\
         [auth.openapi.session]\napi_key = {session:?}\n\
         [auth.openapi.service_key]\nbearer = {key:?}\n\
         [checks.positive_data_acceptance]\n\
         expected-statuses = [\"2xx\", \"401\", \"402\", \"403\", \"404\", \"409\", \"422\"]\n"
    );
    let file = checkout.work()?.join("schemathesis.toml");
    fs::write(&file, settings).with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = Command::new(schemathesis);
    command
        .arg("--config-file")
        .arg(&file)
        .args(["run", "--exclude-path-regex", LEFT_OUT])
        .args(["--max-time", &arguments.seconds.to_string()])
        .arg(format!("{url}/api/v1/openapi.json"));
    process::run("Schemathesis", &mut command)?;
    fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))
}

/// Sends JSON; the head of the answer, and its body.
fn post(url: &str, path: &str, headers: &str, body: &str) -> Result<(String, String)> {
    let host = url.strip_prefix("http://").context("the server has no http URL")?;
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
