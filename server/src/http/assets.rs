//! The built web application: its files in memory, each with its precompressed forms.
//!
//! A request never names a file of the system. Everything is read beforehand into a table whose
//! keys are the addresses, so an address outside the table is simply not there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use std::{fs, io};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::accept::{self, Coding};
use super::content_policy::{self, Others};

/// Name of the page that starts the application.
const INDEX: &str = "index.html";

/// In a release build, the files of `dist/` as they were when it was compiled.
#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// Where the files of the web application come from.
pub struct Assets {
    source: Source,
    /// What the page may use of others.
    others: Others,
}

enum Source {
    /// Held by the binary.
    Embedded(Arc<Snapshot>),
    /// Read from a directory, and again when something in it has changed.
    Directory { path: PathBuf, last: Mutex<(Listing, Arc<Snapshot>)> },
}

/// Name, time of the last change and size of each file of a directory, in order.
type Listing = Vec<(String, Option<SystemTime>, u64)>;

impl Assets {
    /// The application that this binary belongs to.
    ///
    /// A release binary holds it. A debug binary reads `dist/` in the checkout, so that the
    /// application can be built again without building the server.
    #[must_use]
    pub fn built() -> Self {
        if cfg!(debug_assertions) {
            Self::from_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist"))
        } else {
            let files = Dist::iter().filter_map(|name| {
                let bytes = match Dist::get(&name)?.data {
                    Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    Cow::Owned(bytes) => Bytes::from(bytes),
                };
                Some((name.into_owned(), bytes))
            });
            let others = Others::default();
            let snapshot = Snapshot::new(files, &others);
            Self { source: Source::Embedded(Arc::new(snapshot)), others }
        }
    }

    /// The application in a directory. Symbolic links are not followed.
    #[must_use]
    pub fn from_dir(path: impl Into<PathBuf>) -> Self {
        let others = Others::default();
        let last = Mutex::new((Listing::new(), Arc::new(Snapshot::new([], &others))));
        Self { source: Source::Directory { path: path.into(), last }, others }
    }

    /// The same, whose page may use others' origins.
    #[must_use]
    pub fn allowing(mut self, others: Others) -> Self {
        if let Source::Embedded(snapshot) = &mut self.source
            && let Some(snapshot) = Arc::get_mut(snapshot)
        {
            snapshot.allow(&others);
        }
        Self { others, ..self }
    }

    /// The files as they are now.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        match &self.source {
            Source::Embedded(snapshot) => Arc::clone(snapshot),
            Source::Directory { path, last } => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                match refreshed(path, &last.0, &self.others) {
                    Ok(Some(read)) => *last = read,
                    Ok(None) => {}
                    // A build replaces the directory: what was read before still serves.
                    Err(error) => tracing::debug!(%error, "the built application cannot be read"),
                }
                Arc::clone(&last.1)
            }
        }
    }
}

/// What is in the directory, unless it is what was read before.
fn refreshed(
    path: &Path,
    last: &Listing,
    others: &Others,
) -> io::Result<Option<(Listing, Arc<Snapshot>)>> {
    let mut listing = Listing::new();
    list(path, "", &mut listing)?;
    listing.sort();
    if listing == *last {
        return Ok(None);
    }
    let files = listing
        .iter()
        .map(|(name, ..)| Ok((name.clone(), Bytes::from(fs::read(path.join(name))?))))
        .collect::<io::Result<Vec<_>>>()?;
    Ok(Some((listing, Arc::new(Snapshot::new(files, others)))))
}

fn list(path: &Path, prefix: &str, listing: &mut Listing) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // What the build is still working on is in a directory that starts with a dot.
        if name.starts_with('.') {
            continue;
        }
        let metadata = entry.metadata()?;
        let name = format!("{prefix}{name}");
        if metadata.is_dir() {
            list(&entry.path(), &format!("{name}/"), listing)?;
        } else if metadata.is_file() {
            listing.push((name, metadata.modified().ok(), metadata.len()));
        }
    }
    Ok(())
}

/// The files of one build.
pub(super) struct Snapshot {
    files: HashMap<String, File>,
    policy: HeaderValue,
}

impl Snapshot {
    /// Takes each file by its path below the root. `NAME.br` and `NAME.gz` are other forms of the
    /// file `NAME`, not files of their own.
    fn new(files: impl IntoIterator<Item = (String, Bytes)>, others: &Others) -> Self {
        let mut all: HashMap<String, Form> =
            files.into_iter().map(|(name, bytes)| (name, Form::new(bytes))).collect();
        let names: Vec<String> = all.keys().filter(|name| !is_compressed(name)).cloned().collect();
        let files: HashMap<String, File> = names
            .into_iter()
            .filter_map(|name| {
                let file = File {
                    content_type: content_type(&name),
                    hashed: is_hashed(&name),
                    brotli: all.remove(&format!("{name}.br")),
                    gzip: all.remove(&format!("{name}.gz")),
                    plain: all.remove(&name)?,
                };
                Some((name, file))
            })
            .collect();
        let mut snapshot = Self { files, policy: HeaderValue::from_static("") };
        snapshot.allow(others);
        snapshot
    }

    /// Lets the page use others' origins.
    fn allow(&mut self, others: &Others) {
        let index = self.index().map(|file| file.plain.bytes.clone()).unwrap_or_default();
        self.policy = content_policy::for_page(&index, others);
    }

    /// The page that starts the application, if the application was built.
    pub(super) fn index(&self) -> Option<&File> {
        self.files.get(INDEX)
    }

    /// The file at a path, as it stands in the request: nothing is decoded or resolved.
    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path.strip_prefix('/')?)
    }

    /// The content security policy of the page and of what it loads.
    pub(super) fn policy(&self) -> &HeaderValue {
        &self.policy
    }
}

/// A file with its precompressed forms.
pub(super) struct File {
    /// Its media type.
    pub(super) content_type: HeaderValue,
    /// Whether its name changes with its content, so that it never goes stale.
    pub(super) hashed: bool,
    plain: Form,
    brotli: Option<Form>,
    gzip: Option<Form>,
}

impl File {
    /// The form that suits the client best, and how it is coded.
    pub(super) fn form(&self, headers: &HeaderMap) -> (Coding, &Form) {
        match (accept::coding(headers, self.brotli.is_some(), self.gzip.is_some()), self) {
            (Coding::Brotli, Self { brotli: Some(form), .. }) => (Coding::Brotli, form),
            (Coding::Gzip, Self { gzip: Some(form), .. }) => (Coding::Gzip, form),
            _ => (Coding::Identity, &self.plain),
        }
    }
}

/// The bytes that travel.
pub(super) struct Form {
    /// As they are sent.
    pub(super) bytes: Bytes,
    /// A strong validator: another for each form of a file, because their bytes differ.
    pub(super) etag: HeaderValue,
}

impl Form {
    fn new(bytes: Bytes) -> Self {
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes));
        let etag = HeaderValue::try_from(format!("\"{hash}\""))
            .unwrap_or(HeaderValue::from_static("\"\""));
        Self { bytes, etag }
    }
}

fn is_compressed(name: &str) -> bool {
    [".br", ".gz"].iter().any(|suffix| name.ends_with(suffix))
}

fn content_type(name: &str) -> HeaderValue {
    let mut value = mime_guess::from_path(name).first_or_octet_stream().to_string();
    if value.starts_with("text/") {
        value.push_str("; charset=utf-8");
    }
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Whether Trunk put a hash of the content into the name: `NAME-HASH.EXT`, `NAME-HASH_bg.wasm`.
///
/// Only the last part of the path counts: directories of snippets carry a hash of their crate,
/// which stays when their content changes. Trunk writes 64 bits without leading zeros; fewer than
/// twelve digits are rarer than one name in 65,000, and such a file is merely asked for again.
fn is_hashed(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (12..=16).contains(&hash.len())
            && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_hashed_names() {
        for (name, expected) in [
            ("iap-web-0123456789abcdef.js", true),
            ("iap-web-0123456789abcdef_bg.wasm", true),
            ("base-fedcba987654321.css", true),
            ("index.html", false),
            ("favicon.svg", false),
            ("snippets/some-crate-0123456789abcdef/inline0.js", false),
            ("iap-web-0123456789abcdeg.js", false),
            ("a-abc.js", false),
            ("0123456789abcdef.js", false),
        ] {
            assert_eq!(is_hashed(name), expected, "{name}");
        }
    }

    #[test]
    fn names_media_types() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a_bg.wasm", "application/wasm"),
            ("favicon.svg", "image/svg+xml"),
            ("app.webmanifest", "application/manifest+json"),
            ("data", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name), expected, "{name}");
        }
    }
}
