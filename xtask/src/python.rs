//! Tools that are programs of Python's package index.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{cache, debian, process};

/// Sees to it that a tool is installed, with Python's own installer, in a place of its own in the cache
/// folder; returns its program.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf> {
    let folder = cache::folder()?.join("tools").join(format!("{name}-{version}"));
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = programs.join(name);
    if program.exists() {
        return Ok(program);
    }
    let make = || {
        let output = Command::new("python3").args(["-m", "venv"]).arg(&folder).output();
        output.is_ok_and(|output| output.status.success())
    };
    let is_there = make() || (debian::install(&["python3-venv"])? && make());
    if !is_there {
        bail!("{name} needs Python 3 with venv; install them with your package manager");
    }
    let mut pip = Command::new(programs.join("pip"));
    pip.args(["install", "--quiet", &format!("{name}=={version}")]);
    process::run(&format!("installing {name} {version}"), &mut pip)?;
    Ok(program)
}
