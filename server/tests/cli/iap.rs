//! Runs the binary.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// What a call came to.
pub(crate) struct Outcome {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The binary, untouched by settings of whoever runs the tests.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_iap"));
    command.args(arguments);
    for name in [
        "IAP_LISTEN",
        "IAP_DEMO",
        "IAP_HSTS",
        "IAP_LOG",
        "IAP_LOG_FORMAT",
        "IAP_COUNTRY",
        "IAP_RATES",
        "IAP_DATABASE",
        "IAP_NEW_DATABASES",
        "IAP_URL",
        "IAP_SMTP",
        "IAP_MAIL_FROM",
        "IAP_METRICS_TOKEN",
        "IAP_OIDC_ISSUER",
        "IAP_OIDC_CLIENT_ID",
        "IAP_OIDC_CLIENT_SECRET",
        "IAP_OIDC_LABEL",
        "IAP_OIDC_SCOPES",
        "IAP_OIDC_GROUPS",
        "IAP_OIDC_ADMIT",
        "IAP_PATH_PREFIX",
        "IAP_STRIPE_SECRET_KEY",
        "IAP_STRIPE_PUBLISHABLE_KEY",
        "IAP_STRIPE_WEBHOOK_SECRET",
        "IAP_STRIPE_URL",
    ] {
        command.env_remove(name);
    }
    // Not among the data of whoever runs the tests; for each call another.
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let folder = format!("data-{}-{call}", std::process::id());
    command.env("IAP_DATA", Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder));
    command
}

/// Calls so far.
static CALLS: AtomicU32 = AtomicU32::new(0);

/// Runs it to its end with this standard input.
pub(crate) fn run(arguments: &[&str], input: impl Into<Vec<u8>>) -> Outcome {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.into();
    // On a thread of its own: the child may answer before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Outcome {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
