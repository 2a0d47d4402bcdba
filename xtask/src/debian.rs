//! Packages of the system, where apt has them.

use std::process::Command;

use anyhow::Result;

use crate::process;

/// Installs packages; whether it could: not without apt, nor without the right to use it.
pub(crate) fn install(packages: &[&str]) -> Result<bool> {
    if which::which("apt-get").is_err() {
        return Ok(false);
    }
    let sudo = if is_root() {
        false
    } else if process::ask(Command::new("sudo").args(["-n", "true"])).is_some() {
        true
    } else {
        return Ok(false);
    };
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if sudo { "sudo" } else { "env" });
        if sudo {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
        command
    };
    process::run("reading the package lists", &mut apt(&["update"]))?;
    let mut install = apt(&["install", "--yes"]);
    process::run(&format!("installing {}", packages.join(" and ")), install.args(packages))?;
    Ok(true)
}

/// Whether this is the superuser.
pub(crate) fn is_root() -> bool {
    cfg!(unix) && process::ask(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}
