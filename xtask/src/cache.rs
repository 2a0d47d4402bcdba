//! Where tools are kept: outside the checkout, shared by every checkout of one user.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// Names another folder for the cache.
const VARIABLE: &str = "IAP_CACHE_DIR";

/// The cache folder, made when it is missing.
pub(crate) fn folder() -> Result<PathBuf> {
    let platform = choose_native_strategy()
        .map(|strategy| strategy.cache_dir())
        .with_context(|| format!("no home folder is known; set {VARIABLE} to a folder for tools"));
    let folder = choose(env::var_os(VARIABLE), platform)?;
    fs::create_dir_all(&folder).with_context(|| {
        format!("cannot make the cache folder {}; set {VARIABLE} to another", folder.display())
    })?;
    // Tools are started from other folders, so the path has to be absolute.
    fs::canonicalize(&folder)
        .with_context(|| format!("cannot use the cache folder {}", folder.display()))
}

/// The folder that the variable names, else `iap` in the platform's cache folder.
fn choose(variable: Option<OsString>, platform: Result<PathBuf>) -> Result<PathBuf> {
    match variable {
        Some(folder) if !folder.is_empty() => Ok(PathBuf::from(folder)),
        _ => platform.map(|cache| cache.join(Path::new("iap"))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use anyhow::anyhow;

    use super::choose;

    #[test]
    fn the_variable_names_the_folder_itself() {
        let folder = choose(Some("/tools".into()), Ok("/home/a/.cache".into())).unwrap();
        assert_eq!(folder, PathBuf::from("/tools"));
    }

    #[test]
    fn without_it_the_platform_decides() {
        let expected = PathBuf::from("/home/a/.cache/iap");
        assert_eq!(choose(None, Ok("/home/a/.cache".into())).unwrap(), expected);
        assert_eq!(choose(Some("".into()), Ok("/home/a/.cache".into())).unwrap(), expected);
    }

    #[test]
    fn the_variable_is_enough_without_a_home() {
        assert!(choose(Some("/tools".into()), Err(anyhow!("no home"))).is_ok());
        assert!(choose(None, Err(anyhow!("no home"))).is_err());
    }
}
