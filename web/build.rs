//! Checks the texts in `locales/` and turns them into typed functions.
//!
//! A wrong text stops the build with the file, the key and what is wrong with it.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use iap_texts::{Catalogue, Division, LOCALES, PARTS, functions, table};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    // Who names a text decides in which table it stands.
    println!("cargo::rerun-if-changed=src");
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
    let sources = root.join("src");
    let division = Division::new(&catalogue, &sources)
        .map_err(|error| vec![format!("{}: {error}", sources.display())])?;
    // What every page may show is built in in the first language; the tests take the others from
    // here.
    for locale in LOCALES {
        for part in PARTS.iter().map(Some).chain([None]) {
            let name = part.map_or_else(String::new, |part| format!("-{}", part.name));
            let file = out.join(format!("{}{name}.txt", locale.tag));
            write(&file, &table(&division, locale, part))?;
        }
    }
    write(&out.join("texts.rs"), &functions(&division))
}

fn directory(variable: &str) -> Result<PathBuf, Vec<String>> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| vec![format!("cargo did not set {variable}")])
}

/// Writes a file, unless it is there and has not changed: what has not is not compiled again.
fn write(path: &Path, text: &str) -> Result<(), Vec<String>> {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    std::fs::write(path, text).map_err(|error| vec![format!("{}: {error}", path.display())])
}
