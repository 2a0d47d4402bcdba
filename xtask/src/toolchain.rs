//! Parts of the Rust toolchain that `rust-toolchain.toml` asks for. rustup may be set not to
//! install them by itself, so the commands see to it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::process;

/// The browser's target.
pub(crate) const BROWSER: &str = "wasm32-unknown-unknown";

/// A target that has no standard library: what builds for it is `no_std`.
pub(crate) const BARE_METAL: &str = "thumbv7em-none-eabi";

/// Sees to it that code can be built for `target`.
pub(crate) fn need_target(checkout: &Checkout, target: &str) -> Result<()> {
    let sysroot = process::ask(&mut checkout.program("rustc", ["--print", "sysroot"]))
        .context("`rustc` does not run; install Rust with rustup, https://rustup.rs")?;
    if Path::new(&sysroot).join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(());
    }
    need_rustup(&format!("the target {target}"))?;
    let label = format!("installing the target {target}");
    process::run(&label, &mut checkout.program("rustup", ["target", "add", target])).map(drop)
}

/// Sees to it that the cargo command of `component` is there (`clippy`, `rustfmt`).
pub(crate) fn need_component(checkout: &Checkout, component: &str, command: &str) -> Result<()> {
    if process::ask(&mut checkout.cargo([command, "--version"])).is_some() {
        return Ok(());
    }
    need_rustup(&format!("the component {component}"))?;
    let label = format!("installing the component {component}");
    process::run(&label, &mut checkout.program("rustup", ["component", "add", component])).map(drop)
}

/// Arguments for the compiler that leave out of a program where this computer keeps what it is
/// built from: the checkout, the crates and the standard library. Such paths would stand in the
/// places of panics, differ from one computer to the next and name the person's folder.
///
/// As Cargo takes them for one target: divided by spaces, so that a folder with one stays named.
pub(crate) fn without_paths(checkout: &Checkout) -> Result<String> {
    let mut folders = vec![checkout.root().to_path_buf()];
    let sysroot = process::ask(&mut checkout.program("rustc", ["--print", "sysroot"]));
    folders.extend(sysroot.map(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust")));
    let sources = cargo_home()?.join("registry").join("src");
    // One folder for each registry. None yet: nothing is downloaded.
    for registry in fs::read_dir(sources).into_iter().flatten() {
        folders.push(registry?.path());
    }
    let folders = folders.iter().map(|folder| folder.to_string_lossy());
    let named = folders.filter(|folder| !folder.contains(char::is_whitespace));
    let flags: Vec<_> = named.map(|folder| format!("--remap-path-prefix={folder}=")).collect();
    Ok(flags.join(" "))
}

/// Where Cargo keeps what it downloads.
fn cargo_home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(home) => Ok(home.into()),
        None => Ok(etcetera::home_dir()?.join(".cargo")),
    }
}

fn need_rustup(what: &str) -> Result<()> {
    if which::which("rustup").is_err() {
        bail!("{what} is missing; install rustup, https://rustup.rs, or add it as your Rust came");
    }
    Ok(())
}
