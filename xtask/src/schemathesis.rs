//! `cargo xtask schemathesis`: requests made up from the description of the interface, and the
//! answers held against it.

use std::fs;
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
    let session = server.sign_in("operator@demo.example")?;
    let cookie = format!("Cookie: iap_session={session}\r\n");
    let (_, answer) = server.post("/api/v1/services/1/key", &cookie, "")?;
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
