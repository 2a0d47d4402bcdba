//! The page of a built application, and the files it names by a hash of their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use iap_texts::Part;
use sha2::{Digest as _, Sha384};

use crate::compression::read;

/// The page in a folder, open for changes.
pub(crate) struct Page<'a> {
    dist: &'a Path,
    pub(crate) html: String,
}

/// The page.
const NAME: &str = "index.html";

/// What the names of the `meta` elements begin with that say where a file is.
pub(crate) const PREFIX: &str = "file-";

/// What the head of the page has before them.
const BEFORE: &str = "</title>";

impl<'a> Page<'a> {
    /// Reads it.
    pub(crate) fn open(dist: &'a Path) -> Result<Self> {
        let html = String::from_utf8(read(&dist.join(NAME))?).context("the page is not UTF-8")?;
        Ok(Self { dist, html })
    }

    /// Says in its head where a file is that is loaded aside, by what it is for.
    pub(crate) fn add_file(&mut self, name: &str, file: &str) -> Result<()> {
        self.add(&format!("name=\"{PREFIX}{name}\" content=\"/{file}\""))
    }

    /// Says the same of a part of the program, and which pages it has by the beginnings of their
    /// paths.
    pub(crate) fn add_part(&mut self, part: &Part, file: &str) -> Result<()> {
        let pages: Vec<String> = part.pages.iter().map(|page| format!("/{page}")).collect();
        let (name, pages) = (part.name, pages.join(" "));
        self.add(&format!(
            "name=\"{PREFIX}part-{name}\" content=\"/{file}\" data-pages=\"{pages}\""
        ))
    }

    fn add(&mut self, attributes: &str) -> Result<()> {
        let place = self
            .html
            .find(BEFORE)
            .context("the page has no title, behind which the names of files go")?;
        self.html.insert_str(place + BEFORE.len(), &format!("\n<meta {attributes}>"));
        Ok(())
    }

    /// Writes it back.
    pub(crate) fn save(self) -> Result<()> {
        write(&self.dist.join(NAME), self.html.as_bytes())
    }

    /// The file it names whose name begins and ends so, but for a hash between.
    pub(crate) fn named(&self, stem: &str, end: &str) -> Result<String> {
        for entry in fs::read_dir(self.dist)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let hash = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(end));
            let is_hash = hash.is_some_and(|hash| hash.chars().all(|c| c.is_ascii_hexdigit()));
            if is_hash && self.html.contains(&name) {
                return Ok(name);
            }
        }
        bail!("the page names no {stem}…{end}; the bundle is not what it should be")
    }

    /// Puts a file with another content in the place of one that it names; tells its name, which
    /// changes with what it holds.
    pub(crate) fn replace(&mut self, name: &str, new: &[u8]) -> Result<String> {
        let path = self.dist.join(name);
        let old = read(&path)?;
        let new_name = with_hash(name, new)?;
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        write(&self.dist.join(&new_name), new)?;
        self.html = self.html.replace(name, &new_name).replace(&integrity(&old), &integrity(new));
        Ok(new_name)
    }
}

/// What a page says of a file, so that a browser takes no other: `sha384-…`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// A name such as `app-0123456789abcdef_bg.wasm` with the hash of `bytes` instead.
pub(crate) fn with_hash(name: &str, bytes: &[u8]) -> Result<String> {
    let (stem, rest) = name.rsplit_once('-').context("a file's name has no hash")?;
    let end = rest.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    let mut first = [0; 8];
    first.iter_mut().zip(Sha384::digest(bytes)).for_each(|(to, byte)| *to = byte);
    let hash = u64::from_be_bytes(first);
    Ok(format!("{stem}-{hash:016x}{end}"))
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use iap_texts::Part;

    use super::{Page, integrity, with_hash};

    #[test]
    fn a_replaced_file_has_its_own_name_and_integrity() {
        let folder = tempfile::tempdir().unwrap();
        let html =
            format!("<link href='/app-00ff.js' integrity='{}'>/app-00ff.js", integrity(b"a"));
        fs::write(folder.path().join("index.html"), html).unwrap();
        fs::write(folder.path().join("app-00ff.js"), "a").unwrap();

        let mut page = Page::open(folder.path()).unwrap();
        let name = page.named("app-", ".js").unwrap();
        assert_eq!(name, "app-00ff.js");
        let new = page.replace(&name, b"b").unwrap();
        page.save().unwrap();

        let html = fs::read_to_string(folder.path().join("index.html")).unwrap();
        assert_eq!(html, format!("<link href='/{new}' integrity='{}'>/{new}", integrity(b"b")));
        assert_eq!(fs::read(folder.path().join(&new)).unwrap(), b"b");
        assert!(!folder.path().join(name).exists());
    }

    #[test]
    fn a_file_that_the_page_does_not_name_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "").unwrap();
        fs::write(folder.path().join("app-00ff.js"), "").unwrap();
        assert!(Page::open(folder.path()).unwrap().named("app-", ".js").is_err());
    }

    #[test]
    fn the_page_says_which_pages_a_part_has() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "<title>iap</title>").unwrap();
        let mut page = Page::open(folder.path()).unwrap();
        let part = Part { name: "one", pages: &["", "first/second"], modules: &[] };
        page.add_part(&part, "one-00ff.wasm").unwrap();
        assert_eq!(
            page.html,
            "<title>iap</title>\n<meta name=\"file-part-one\" content=\"/one-00ff.wasm\" \
             data-pages=\"/ /first/second\">"
        );
    }

    #[test]
    fn a_page_without_a_title_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "<p>").unwrap();
        let error = Page::open(folder.path()).unwrap().add_file("texts-fr", "fr.txt").unwrap_err();
        assert!(error.to_string().contains("no title"), "{error}");
    }

    #[test]
    fn the_hash_is_the_contents() {
        let name = with_hash("iap-web-0011223344556677_bg.wasm", b"a").unwrap();
        assert_eq!(name, "iap-web-54a59b9f22b0b808_bg.wasm");
        assert_eq!(with_hash(&name, b"a").unwrap(), name);
        assert_ne!(with_hash(&name, b"b").unwrap(), name);
    }
}
