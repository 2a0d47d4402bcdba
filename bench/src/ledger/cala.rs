//! The crate cala-ledger, a double-entry ledger in PostgreSQL, used as well as it can be: templates
//! made beforehand, postings committed in groups, tasks that lock nothing of each other.
//!
//! It does less for a posting than ours does: nothing refuses one where credits are short, and what
//! is captured need not have been authorized.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{GROUP, SECONDS};
use crate::postgres::Postgres;

/// Tasks that post side by side, each as many postings at once as ours has in a group. More or larger
/// batches made it no quicker, smaller ones made it slower.
const TASKS: usize = 16;

/// The program that measures it, built. It needs another sqlx than this one, and so is neither a part
/// of this program nor of its workspace.
pub(super) struct Cala {
    program: PathBuf,
}

/// What the program says.
#[derive(Deserialize)]
struct Answer {
    ns_a_posting: f64,
}

/// The part of the program's manifest that is read here; its version is exact there.
#[derive(Deserialize)]
struct Manifest {
    dependencies: Dependencies,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Dependencies {
    cala_ledger: String,
}

impl Cala {
    /// Builds the program.
    pub(super) fn build() -> Result<Self> {
        let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = bench.parent().context("this package stands in no workspace")?;
        let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        let target = root.join(target).join("cala");
        let program = target.join("release").join("iap-bench-cala");
        if !program.exists() {
            eprintln!("Building cala-ledger, which takes some minutes the first time.");
        }
        // Cargo tells its own path to what it runs.
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--release", "--locked", "--quiet", "--manifest-path"]);
        cargo.arg(bench.join("cala").join("Cargo.toml")).arg("--target-dir").arg(&target);
        let built = cargo.output().context("cargo does not start")?;
        if !built.status.success() {
            let said = String::from_utf8_lossy(&built.stderr);
            let error = said.lines().find(|line| line.starts_with("error"));
            bail!("{}", error.or(said.lines().last()).unwrap_or("cargo fails and says nothing"));
        }
        Ok(Self { program })
    }

    /// What one posting takes, in ns, in a new database.
    pub(super) fn ns_a_posting(&self, cluster: &Postgres) -> Result<f64> {
        let numbers = [SECONDS.to_string(), TASKS.to_string(), GROUP.to_string()];
        let output = Command::new(&self.program).arg(cluster.database()).args(numbers).output()?;
        if !output.status.success() {
            bail!("cala-ledger: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let answer: Answer = serde_json::from_slice(&output.stdout)?;
        Ok(answer.ns_a_posting)
    }
}

/// For people: the crate, its version and how it is used.
pub(super) fn label() -> Result<String> {
    let manifest: Manifest = toml::from_str(include_str!("../../cala/Cargo.toml"))?;
    let version = manifest.dependencies.cala_ledger;
    let version = version.trim_start_matches('=');
    Ok(format!("cala-ledger {version}, {TASKS} tasks, groups of {GROUP}"))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn the_label_has_a_version() {
        let label = label().unwrap();
        let version = label.strip_prefix("cala-ledger ").unwrap();
        assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{label}");
    }
}
