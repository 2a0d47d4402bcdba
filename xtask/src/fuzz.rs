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

/// The packages that have fuzz targets, in a folder `fuzz` of their own.
const PACKAGES: [&str; 2] = ["core", "server"];

/// Runs the command.
pub(crate) fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    if process::ask(&mut checkout.program("rustup", ["run", "nightly", "rustc", "-V"])).is_none() {
        bail!("fuzzing needs a nightly compiler; run `rustup toolchain install nightly`");
    }
    let path = tools::search_path(&[tools::cargo_fuzz().install()?])?;
    let fuzz = |package: &str, words: &[&str]| -> Result<Command> {
        let folder = checkout.folder(package)?;
        let mut command = checkout.program("rustup", ["run", "nightly", "cargo", "fuzz"]);
        command.args(words).current_dir(folder).env("PATH", &path);
        Ok(command)
    };
    let mut targets = Vec::new();
    for package in PACKAGES {
        let list = process::ask(&mut fuzz(package, &["list"])?)
            .with_context(|| format!("`cargo fuzz list` failed in {package}/"))?;
        targets.extend(list.lines().map(|target| (package, target.to_owned())));
    }
    if let Some(wanted) = &arguments.target {
        let known: Vec<String> = targets.iter().map(|(_, target)| target.clone()).collect();
        targets.retain(|(_, target)| target == wanted);
        if targets.is_empty() {
            bail!("there is no fuzz target {wanted}; there are: {}", known.join(", "));
        }
    }
    for (package, target) in targets {
        let limit = format!("-max_total_time={}", arguments.seconds);
        // Else inputs have a few bytes until many thousand were tried, which takes slow targets long.
        let lengths = "-len_control=0";
        let label = format!("fuzzing {target} for {} s", arguments.seconds);
        process::run(&label, &mut fuzz(package, &["run", &target, "--", &limit, lengths])?)?;
    }
    Ok(())
}
