//! The built web application: `dist/`, made by Trunk, with compressed copies beside the files.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::checkout::Checkout;
use crate::compression::{compress_beside, files, is_copy, read};
use crate::lock::Lock;
use crate::node::Node;
use crate::parts::FLAGS;
use crate::progress::Progress;
use crate::toolchain::{self, BROWSER};
use crate::{process, shrink, tools};

/// Whether the bundle has to be as small as it gets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Smallest {
    /// It is measured or tested, so it has to be what is shipped: Node is needed.
    Needed,
    /// It is only tried out: without Node it stays some per cent larger.
    IfPossible,
}

/// A built application. While it lives, no other run replaces it.
pub(crate) struct Bundle {
    /// The folder of its files.
    pub(crate) dist: PathBuf,
    _lock: Lock,
}

impl Bundle {
    /// Builds the application.
    pub(crate) fn build(checkout: &Checkout, smallest: Smallest) -> Result<Self> {
        let lock = Lock::take(
            &checkout.work()?.join("bundle.lock"),
            "builds or tests the web application in this checkout",
        )?;
        toolchain::need_target(checkout, BROWSER)?;
        let mut folders = vec![tools::wasm_bindgen(checkout)?.install()?];
        let optimized = match (Node::find(), smallest) {
            (Ok(_), _) => {
                folders.push(tools::binaryen().install()?);
                true
            }
            (Err(error), Smallest::Needed) => return Err(error),
            (Err(error), Smallest::IfPossible) => {
                eprintln!(
                    "{error:#}: the web application is built without wasm-opt, and is somewhat larger to load"
                );
                false
            }
        };
        let trunk = tools::trunk().program()?;
        let fresh = checkout.work()?.join("dist");
        let mut command = checkout.program(trunk, ["build", "--dist"]);
        command.arg(&fresh);
        if optimized {
            command.arg("--release");
        } else {
            // Outside release mode Trunk leaves out wasm-opt, which it would otherwise download.
            // The page names the profile for release mode only.
            command.args(["--cargo-profile", "web"]);
        }
        command
            .env("PATH", tools::search_path(&folders)?)
            // For this target alone: Trunk runs this program too, which would be built anew.
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                format!("{} {FLAGS}", toolchain::without_paths(checkout)?),
            )
            // Trunk takes `true` or `false` here, and stops at the `1` that the convention asks for.
            .env_remove("NO_COLOR")
            // Its own backtrace would stand where the end of the compiler's words belongs.
            .env("RUST_BACKTRACE", "0");
        process::run("building the web application", &mut command)?;
        if optimized {
            shrink::shrink(&fresh, &checkout.work()?)?;
        }
        let dist = checkout.dist();
        // What has not changed is left as it is: the server, which holds the files, need not be
        // built anew.
        if !is_built_from(&dist, &fresh)? {
            let progress = Progress::start("compressing it");
            let compressed = compress_beside(&fresh);
            progress.finish(if compressed.is_ok() { "done" } else { "FAIL" });
            compressed?;
            replace(&dist, &fresh)?;
        }
        Ok(Self { dist, _lock: lock })
    }
}

/// Whether `dist` holds the files of `fresh`, and no others but their compressed copies.
fn is_built_from(dist: &Path, fresh: &Path) -> Result<bool> {
    if !dist.is_dir() {
        return Ok(false);
    }
    let expected = files(fresh)?;
    let present: Vec<PathBuf> =
        files(dist)?.into_iter().filter(|path| !is_copy(path) || expected.contains(path)).collect();
    if present != expected {
        return Ok(false);
    }
    for path in &expected {
        if read(&dist.join(path))? != read(&fresh.join(path))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts `fresh` in the place of `dist`.
fn replace(dist: &Path, fresh: &Path) -> Result<()> {
    match fs::remove_dir_all(dist) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dist.display()))?;
        }
        _ => {}
    }
    fs::rename(fresh, dist).with_context(|| format!("cannot move {} in place", dist.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{is_built_from, replace};
    use crate::compression::compress_beside;

    fn write(folder: &Path, text: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("app.js"), text.repeat(100)).unwrap();
        fs::write(folder.join("index.html"), "<p>").unwrap();
    }

    #[test]
    fn what_has_not_changed_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, fresh) = (folder.path().join("dist"), folder.path().join("fresh"));
        write(&fresh, "one ");
        assert!(!is_built_from(&dist, &fresh).unwrap());
        compress_beside(&fresh).unwrap();
        replace(&dist, &fresh).unwrap();
        assert!(dist.join("app.js.br").is_file());

        write(&fresh, "one ");
        assert!(is_built_from(&dist, &fresh).unwrap());
        write(&fresh, "two ");
        assert!(!is_built_from(&dist, &fresh).unwrap());
        replace(&dist, &fresh).unwrap();
        assert!(!dist.join("app.js.br").exists());
    }

    #[test]
    fn a_file_too_many_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, fresh) = (folder.path().join("dist"), folder.path().join("fresh"));
        write(&dist, "one ");
        write(&fresh, "one ");
        fs::write(dist.join("old.css"), "").unwrap();
        assert!(!is_built_from(&dist, &fresh).unwrap());
    }
}
