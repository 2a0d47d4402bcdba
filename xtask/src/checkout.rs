//! The checkout that the commands work on: its folders and what its lock file pins.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

/// A checkout of the project.
pub(crate) struct Checkout {
    root: PathBuf,
    target: PathBuf,
}

/// The part of `Cargo.lock` that is read here.
#[derive(Deserialize)]
struct LockFile {
    package: Vec<LockedPackage>,
}

#[derive(Deserialize)]
struct LockedPackage {
    name: String,
    version: String,
}

impl Checkout {
    /// Finds the checkout that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .filter(|root| root.join("Cargo.lock").is_file())
            .context("this checkout has moved since xtask was built; run `cargo clean -p xtask`")?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    /// Its folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// A folder for what the commands themselves keep between runs, made when it is missing.
    pub(crate) fn work(&self) -> Result<PathBuf> {
        let work = self.target.join("xtask");
        fs::create_dir_all(&work).with_context(|| format!("cannot make {}", work.display()))?;
        Ok(work)
    }

    /// The built web application.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The folder `name`, or an error that names it.
    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.root.join(name);
        if folder.is_dir() {
            Ok(folder)
        } else {
            Err(anyhow!("the folder {name}/ is missing from this checkout"))
        }
    }

    /// `cargo` with `arguments`, at the root.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        self.program("cargo", arguments)
    }

    /// A program with `arguments`, at the root, without what `cargo run` adds to the environment:
    /// it would make build scripts that look at it run again.
    pub(crate) fn program<const N: usize>(
        &self,
        program: impl AsRef<std::ffi::OsStr>,
        arguments: [&str; N],
    ) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).env_remove("CARGO");
        for (name, _) in env::vars_os() {
            let added = name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            });
            if added {
                command.env_remove(name);
            }
        }
        command
    }

    /// The version of `package` in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        locked_version(&text, package)
    }
}

/// The one version of `package` in the text of a lock file.
fn locked_version(lock_file: &str, package: &str) -> Result<String> {
    let lock: LockFile = toml::from_str(lock_file).context("Cargo.lock cannot be read")?;
    let mut versions = lock.package.into_iter().filter(|p| p.name == package).map(|p| p.version);
    let version = versions.next().ok_or_else(|| anyhow!("Cargo.lock has no package {package}"))?;
    match versions.next() {
        None => Ok(version),
        Some(other) => Err(anyhow!(
            "Cargo.lock has {package} {version} and {other}, and one tool cannot serve both; run `cargo tree -i {package}@{other}` to see who asks for it"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "twice"
version = "1.0.0"

[[package]]
name = "twice"
version = "2.0.0"
"#;

    #[test]
    fn reads_the_version_of_a_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").unwrap(), "0.2.129");
    }

    #[test]
    fn a_package_that_is_not_there_is_named() {
        let error = locked_version(LOCK, "absent").unwrap_err().to_string();
        assert!(error.contains("absent"), "{error}");
    }

    #[test]
    fn two_versions_are_both_named() {
        let error = locked_version(LOCK, "twice").unwrap_err().to_string();
        assert!(error.contains("1.0.0") && error.contains("2.0.0"), "{error}");
    }
}
