//! Node and npm, which the browser tests, the benches and the bundle's last per cent need.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::process;

/// The oldest version that Playwright takes.
const OLDEST: u32 = 20;

/// The lock file that `node_modules` was last installed from, kept inside it.
const INSTALLED: &str = ".installed-package-lock.json";

/// An installed Node.
pub(crate) struct Node {
    npm: PathBuf,
}

impl Node {
    /// Finds Node and npm, or says what to install.
    pub(crate) fn find() -> Result<Self> {
        let how = format!(
            "install Node {OLDEST} or newer with npm (Debian: `apt-get install nodejs npm`, elsewhere https://nodejs.org)"
        );
        let node = which::which("node").map_err(|_| anyhow!("Node is missing; {how}"))?;
        let npm = which::which("npm").map_err(|_| anyhow!("npm is missing; {how}"))?;
        let version = process::ask(Command::new(&node).arg("--version"))
            .ok_or_else(|| anyhow!("Node does not run; {how}"))?;
        match major(&version) {
            Some(major) if major >= OLDEST => Ok(Self { npm }),
            _ => bail!("Node {version} is too old; {how}"),
        }
    }

    /// `npm`.
    pub(crate) fn npm(&self) -> Command {
        Command::new(&self.npm)
    }

    /// Installs the packages that the lock file in `folder` names, unless they are installed.
    pub(crate) fn install_packages(&self, folder: &Path) -> Result<()> {
        let path = folder.join("package-lock.json");
        let lock = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let installed = folder.join("node_modules").join(INSTALLED);
        if fs::read(&installed).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let mut command = self.npm();
        command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
        process::run(&format!("installing the npm packages of {name}"), &mut command)?;
        fs::create_dir_all(folder.join("node_modules"))
            .and_then(|()| fs::write(&installed, lock))
            .with_context(|| format!("cannot write {}", installed.display()))
    }
}

/// The program `name` of the packages installed in `folder`.
pub(crate) fn package_program(folder: &Path, name: &str) -> PathBuf {
    let extension = if cfg!(windows) { ".cmd" } else { "" };
    folder.join("node_modules").join(".bin").join(format!("{name}{extension}"))
}

/// The major number of a version as Node prints it, `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_number_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("20"), None);
        assert_eq!(major(""), None);
    }
}
