//! Checks the texts in `locales/` and turns them into typed functions.
//!
//! A wrong text stops the build with the file, the key and what is wrong with it.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use iap_texts::{Catalogue, LOCALES, functions, table};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Vec<String>> {
    let root = directory("CARGO_MANIFEST_DIR")?;
    let out = directory("OUT_DIR")?;
    let catalogue = Catalogue::read(&root.join("locales"))?;
    // The first language is built in; the tests take the others from here.
    for locale in LOCALES {
        write(&out.join(format!("{}.txt", locale.tag)), &table(&catalogue, locale))?;
    }
    write(&out.join("texts.rs"), &functions(&catalogue))
}

fn directory(variable: &str) -> Result<PathBuf, Vec<String>> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| vec![format!("cargo did not set {variable}")])
}

fn write(path: &Path, text: &str) -> Result<(), Vec<String>> {
    std::fs::write(path, text).map_err(|error| vec![format!("{}: {error}", path.display())])
}
