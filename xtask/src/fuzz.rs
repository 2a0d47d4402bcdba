//! `cargo xtask fuzz`: feeds everything that parses with bytes that find new paths through it.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::{process, tools};

/// Run fuzz targets; needs a nightly compiler.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only this target [default: each in turn].
    target: Option<String>,
    /// How long each target runs, in seconds.
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
}

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    checkout.folder("core/fuzz")?;
    let core = checkout.folder("core")?;
    if process::ask(&mut checkout.program("rustup", ["run", "nightly", "rustc", "-V"])).is_none() {
        bail!("fuzzing needs a nightly compiler; run `rustup toolchain install nightly`");
    }
    let path = tools::search_path(&[tools::cargo_fuzz().install()?])?;
    let fuzz = |words: &[&str]| -> Command {
        let mut command = checkout.program("rustup", ["run", "nightly", "cargo", "fuzz"]);
        command.args(words).current_dir(&core).env("PATH", &path);
        command
    };
    let list = process::ask(&mut fuzz(&["list"])).context("`cargo fuzz list` failed in core/")?;
    let targets: Vec<&str> = match &arguments.target {
        Some(target) if list.lines().any(|name| name == target) => vec![target],
        Some(target) => {
            bail!("there is no fuzz target {target}; there are: {}", list.replace('\n', ", "))
        }
        None => list.lines().collect(),
    };
    for target in targets {
        let limit = format!("-max_total_time={}", arguments.seconds);
        let label = format!("fuzzing {target} for {} s", arguments.seconds);
        process::run(&label, &mut fuzz(&["run", target, "--", &limit]))?;
    }
    Ok(())
}
