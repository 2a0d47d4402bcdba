//! Chromium and its driver, which tests, Lighthouse and benches run in.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;

use crate::debian::{self, is_root};
use crate::process;

/// Names a Chromium or Chrome to use.
const CHROMIUM_VARIABLE: &str = "CHROME";

/// Names its driver.
const DRIVER_VARIABLE: &str = "CHROMEDRIVER";

/// Chromium under the names it has on different systems.
const CHROMIUM_NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/// Where macOS keeps it.
const CHROMIUM_PATHS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// A Chromium with the driver of its version.
pub(crate) struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Finds Chromium and its driver; on Debian and its kin installs them, elsewhere says what to
    /// install.
    pub(crate) fn need() -> Result<Self> {
        let mut found = find_chromium()?.zip(find_driver()?);
        if found.is_none() {
            if !debian::install(&["chromium", "chromium-driver"])? {
                return Err(missing());
            }
            found = find_chromium()?.zip(find_driver()?);
        }
        let (chromium, driver) = found.ok_or_else(missing)?;
        let browser = Self { chromium, driver };
        browser.check_versions()?;
        Ok(browser)
    }

    /// The browser's program.
    pub(crate) fn chromium(&self) -> &Path {
        &self.chromium
    }

    /// The driver's program.
    pub(crate) fn driver(&self) -> &Path {
        &self.driver
    }

    /// The arguments that Chromium is started with.
    pub(crate) fn arguments() -> Vec<&'static str> {
        let mut arguments = vec![
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        if is_root() {
            // Chromium refuses to start a sandbox for root. Nothing but our own pages is loaded.
            arguments.push("--no-sandbox");
        }
        arguments
    }

    /// Writes the capabilities that wasm-bindgen's test runner asks the driver for.
    pub(crate) fn write_capabilities(&self, folder: &Path) -> Result<PathBuf> {
        let path = folder.join("webdriver.json");
        let capabilities = json!({
            "goog:chromeOptions": { "binary": self.chromium, "args": Self::arguments() }
        });
        fs::write(&path, capabilities.to_string())
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }

    /// Chromium and its driver only speak to each other when their major versions agree.
    fn check_versions(&self) -> Result<()> {
        let chromium = process::ask(Command::new(&self.chromium).arg("--version"));
        let driver = process::ask(Command::new(&self.driver).arg("--version"));
        let versions = chromium.as_deref().and_then(major).zip(driver.as_deref().and_then(major));
        match versions {
            Some((chromium, driver)) if chromium != driver => bail!(
                "{} is version {chromium} and {} is version {driver}; install the driver of the browser's version, or name another pair with {CHROMIUM_VARIABLE} and {DRIVER_VARIABLE}",
                self.chromium.display(),
                self.driver.display()
            ),
            _ => Ok(()),
        }
    }
}

fn find_chromium() -> Result<Option<PathBuf>> {
    if let Some(path) = named(CHROMIUM_VARIABLE, env::var_os(CHROMIUM_VARIABLE))? {
        return Ok(Some(path));
    }
    let on_path = CHROMIUM_NAMES.iter().find_map(|name| which::which(name).ok());
    Ok(on_path.or_else(|| CHROMIUM_PATHS.iter().map(PathBuf::from).find(|path| path.is_file())))
}

fn find_driver() -> Result<Option<PathBuf>> {
    let named = named(DRIVER_VARIABLE, env::var_os(DRIVER_VARIABLE))?;
    Ok(named.or_else(|| which::which("chromedriver").ok()))
}

/// The program that the variable names; an error when there is none of that name.
fn named(variable: &str, value: Option<OsString>) -> Result<Option<PathBuf>> {
    match value {
        Some(value) if !value.is_empty() => which::which(&value)
            .map(Some)
            .with_context(|| format!("{variable} names {}, which does not run", value.display())),
        _ => Ok(None),
    }
}

fn missing() -> anyhow::Error {
    let how = if which::which("apt-get").is_ok() {
        "run `sudo apt-get install chromium chromium-driver`"
    } else if cfg!(target_os = "macos") {
        "run `brew install --cask google-chrome chromedriver`"
    } else {
        "install Chromium or Chrome and the chromedriver of its version with your package manager"
    };
    anyhow!(
        "the browser tests need Chromium and its driver; {how}, or name them with {CHROMIUM_VARIABLE} and {DRIVER_VARIABLE}"
    )
}

/// The major number in a line such as `Chromium 143.0.7499.40 built on Debian`.
fn major(version: &str) -> Option<u32> {
    version
        .split_whitespace()
        .filter(|word| word.contains('.'))
        .find_map(|word| word.split('.').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{major, named};

    #[test]
    fn the_major_number_is_read() {
        assert_eq!(major("Chromium 143.0.7499.40 built on Debian GNU/Linux 12"), Some(143));
        assert_eq!(
            major("ChromeDriver 143.0.7499.40 (abc-refs/branch-heads/7499@{#1})"),
            Some(143)
        );
        assert_eq!(major("Google Chrome for Testing"), None);
    }

    #[test]
    fn a_variable_that_names_nothing_is_told() {
        assert!(named("CHROME", None).unwrap().is_none());
        assert!(named("CHROME", Some("".into())).unwrap().is_none());
        let error = named("CHROME", Some("/no/such/chrome".into())).unwrap_err();
        assert!(error.to_string().contains("/no/such/chrome"), "{error:#}");
        assert!(named("CHROME", Some("cargo".into())).unwrap().is_some());
    }
}
