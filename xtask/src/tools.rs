//! Tools that a registry has: which version, from where, and installed once for every checkout, at
//! `tools/<name>-<version>/` in the cache folder.
//!
//! A tool is built or unpacked in a folder of another name, which gets its name when all is done,
//! so that what was broken off never counts as installed.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::checkout::Checkout;
use crate::lock::Lock;
use crate::node::Node;
use crate::{cache, process};

/// A program at one version.
pub(crate) struct Tool {
    /// Its name in the registry.
    name: &'static str,
    version: String,
    /// The program that is looked for.
    program: &'static str,
    registry: Registry,
}

/// Where a tool comes from.
enum Registry {
    /// crates.io, with these further arguments to `cargo install`.
    Cargo(&'static [&'static str]),
    /// npm.
    Npm,
}

/// Builds the web application. Later versions want a newer compiler than the one pinned.
pub(crate) fn trunk() -> Tool {
    Tool {
        name: "trunk",
        version: "0.21.14".to_owned(),
        program: "trunk",
        registry: Registry::Cargo(&["--no-default-features", "--features", "rustls"]),
    }
}

/// Writes the JavaScript around a wasm module, and runs tests in a browser. It has to be of the
/// very version of the library, so that is where its version is read.
pub(crate) fn wasm_bindgen(checkout: &Checkout) -> Result<Tool> {
    Ok(Tool {
        name: "wasm-bindgen-cli",
        version: checkout.locked_version("wasm-bindgen")?,
        program: "wasm-bindgen",
        registry: Registry::Cargo(&[]),
    })
}

/// Has `wasm-opt`, which makes a wasm module smaller.
pub(crate) fn binaryen() -> Tool {
    Tool {
        name: "binaryen",
        version: "132.0.0".to_owned(),
        program: "wasm-opt",
        registry: Registry::Npm,
    }
}

/// Makes a script smaller.
pub(crate) fn terser() -> Tool {
    Tool {
        name: "terser",
        version: "5.51.2".to_owned(),
        program: "terser",
        registry: Registry::Npm,
    }
}

/// Judges licences and where dependencies come from.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        name: "cargo-deny",
        version: "0.20.2".to_owned(),
        program: "cargo-deny",
        registry: Registry::Cargo(&[]),
    }
}

/// Finds dependencies that nothing uses.
pub(crate) fn cargo_machete() -> Tool {
    Tool {
        name: "cargo-machete",
        version: "0.9.1".to_owned(),
        program: "cargo-machete",
        registry: Registry::Cargo(&[]),
    }
}

/// Feeds parsers with bytes that find new paths through them.
pub(crate) fn cargo_fuzz() -> Tool {
    Tool {
        name: "cargo-fuzz",
        version: "0.13.2".to_owned(),
        program: "cargo-fuzz",
        registry: Registry::Cargo(&[]),
    }
}

/// Judges a page in a browser. Later versions want Node 22.
pub(crate) fn lighthouse() -> Tool {
    Tool {
        name: "lighthouse",
        version: "12.8.2".to_owned(),
        program: "lighthouse",
        registry: Registry::Npm,
    }
}

impl Tool {
    /// Sees to it that the tool is installed; returns the folder of its programs.
    pub(crate) fn install(&self) -> Result<PathBuf> {
        if let Some(programs) = self.on_path() {
            return Ok(programs);
        }
        let tools = cache::folder()?.join("tools");
        fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
        let name = format!("{}-{}", self.name, self.version);
        let folder = tools.join(&name);
        if self.is_in(&folder) {
            return Ok(self.programs(&folder));
        }
        let lock = tools.join(format!(".{name}.lock"));
        let _lock = Lock::take(&lock, &format!("installs {} {}", self.name, self.version))?;
        // The run that was waited for may have installed it.
        if !self.is_in(&folder) {
            let partial = tools.join(format!(".{name}.partial"));
            remove(&partial)?;
            self.install_into(&partial)?;
            remove(&folder)?;
            fs::rename(&partial, &folder)
                .with_context(|| format!("cannot move {} in place", folder.display()))?;
        }
        Ok(self.programs(&folder))
    }

    /// Sees to it that the tool is installed; returns its program.
    pub(crate) fn program(&self) -> Result<PathBuf> {
        let programs = self.install()?;
        Ok(programs.join(self.file_name()))
    }

    /// The folder on the search path that holds the tool at the very version.
    fn on_path(&self) -> Option<PathBuf> {
        let program = which::which(self.program).ok()?;
        let said = process::ask(Command::new(&program).arg("--version").env_remove("NO_COLOR"))?;
        let right = said.split_whitespace().any(|word| word == self.version);
        // The folder of a link is not where its siblings are, so the path is not resolved.
        right.then(|| program.parent().map(Path::to_path_buf)).flatten()
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.programs(folder).join(self.file_name()).is_file()
    }

    fn programs(&self, folder: &Path) -> PathBuf {
        match self.registry {
            Registry::Cargo(_) => folder.join("bin"),
            Registry::Npm => folder.join("node_modules").join(".bin"),
        }
    }

    fn file_name(&self) -> String {
        let extension = match self.registry {
            Registry::Cargo(_) => env::consts::EXE_SUFFIX,
            Registry::Npm if cfg!(windows) => ".cmd",
            Registry::Npm => "",
        };
        format!("{}{extension}", self.program)
    }

    fn install_into(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        match self.registry {
            Registry::Cargo(further) => self.install_with_cargo(folder, further),
            Registry::Npm => self.install_with_npm(folder),
        }
    }

    fn install_with_cargo(&self, folder: &Path, further: &[&str]) -> Result<()> {
        let build = folder.join("build");
        let mut command = Command::new("cargo");
        command
            .args(["install", self.name, "--version", &self.version, "--locked"])
            .args(further)
            .arg("--root")
            .arg(folder)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", &build)
            // They run for seconds and are compiled for minutes, so they are compiled to be done
            // soon.
            .envs([
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
            ])
            .env_remove("RUSTFLAGS");
        let label = format!("building {} {}, once, for some minutes", self.name, self.version);
        process::run(&label, &mut command)?;
        remove(&build)
    }

    fn install_with_npm(&self, folder: &Path) -> Result<()> {
        let package = format!("{}@{}", self.name, self.version);
        let mut command = Node::find()?.npm();
        command
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
            .arg(folder)
            .arg(package)
            .current_dir(folder);
        process::run(&format!("installing {} {}", self.name, self.version), &mut command).map(drop)
    }
}

/// The search path with `folders` in front.
pub(crate) fn search_path(folders: &[PathBuf]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .context("a folder of tools cannot stand in PATH")
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Tool, binaryen, search_path, trunk};

    fn install_by_hand(tool: &Tool, folder: &std::path::Path) {
        fs::create_dir_all(tool.programs(folder)).unwrap();
        fs::write(tool.programs(folder).join(tool.file_name()), "").unwrap();
    }

    #[test]
    fn what_was_broken_off_does_not_count() {
        for tool in [trunk(), binaryen()] {
            let folder = tempfile::tempdir().unwrap();
            assert!(!tool.is_in(folder.path()));
            fs::create_dir_all(tool.programs(folder.path())).unwrap();
            assert!(!tool.is_in(folder.path()));
            install_by_hand(&tool, folder.path());
            assert!(tool.is_in(folder.path()));
        }
    }

    #[test]
    fn tools_stand_first_on_the_search_path() {
        let path = search_path(&["/tools/bin".into()]).unwrap();
        assert_eq!(
            std::env::split_paths(&path).next().unwrap(),
            std::path::Path::new("/tools/bin")
        );
    }
}
