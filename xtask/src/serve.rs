//! `cargo xtask serve`: the whole product on this machine, with demo data.

use std::process::Command;

use anyhow::{Context, Result};

use crate::bundle::{Bundle, Smallest};
use crate::checkout::Checkout;
use crate::{process, server};

/// Set up, build and run everything with demo data.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen [default: the server's own, 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let program = {
        // The server takes the application in when it is built, so another run may build anew
        // as soon as that is done.
        let _bundle = Bundle::build(checkout, Smallest::IfPossible)?;
        server::build(checkout, server::Build::Shipped)?
    };
    let mut command = checkout.program(program, ["serve", "--demo"]);
    // What is tried out here goes with the target folder, and not among the user's own data.
    command.arg("--data").arg(checkout.work()?.join("data"));
    if let Some(listen) = &arguments.listen {
        command.args(["--listen", listen]);
    }
    become_server(&mut command)
}

/// Gives this process to the server, so that signals reach it.
#[cfg(unix)]
fn become_server(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("cannot start {}", process::shown(command)))
}

#[cfg(not(unix))]
fn become_server(command: &mut Command) -> Result<()> {
    let shown = process::shown(command);
    let status = command.status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        anyhow::bail!("{shown} failed ({status})");
    }
    Ok(())
}
