//! Compressed copies beside the files of the built application, at the highest level, once, so
//! that the server has nothing to compress at each request.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What does not come compressed already.
const COMPRESSIBLE: [&str; 11] =
    ["bin", "css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml", "ico"];

/// Writes `<file>.br` and `<file>.gz` beside each file under `folder` that gets smaller by it.
///
/// The files themselves stay untouched: the page holds their hashes.
pub(crate) fn compress_beside(folder: &Path) -> Result<()> {
    for path in files(folder)? {
        let path = folder.join(path);
        let compressible =
            path.extension().and_then(|e| e.to_str()).is_some_and(|e| COMPRESSIBLE.contains(&e));
        if compressible {
            let bytes = read(&path)?;
            write_smaller(&path, "br", &bytes, &brotli(&bytes)?)?;
            write_smaller(&path, "gz", &bytes, &gzip(&bytes)?)?;
        }
    }
    Ok(())
}

/// `bytes` in brotli at level 11 with the window that every browser takes.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters).context("brotli failed")?;
    Ok(compressed)
}

/// Reads a whole file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).context("gzip failed")
}

fn write_smaller(path: &Path, extension: &str, bytes: &[u8], compressed: &[u8]) -> Result<()> {
    if compressed.len() >= bytes.len() {
        return Ok(());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    let path = PathBuf::from(name);
    fs::write(&path, compressed).with_context(|| format!("cannot write {}", path.display()))
}

/// Whether a file is a compressed copy of another.
pub(crate) fn is_copy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "br" || extension == "gz")
}

/// Every file under `folder`, by its path from there, in order.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let unreadable = || format!("cannot read {}", next.display());
        for entry in fs::read_dir(&next).with_context(unreadable)? {
            let path = entry.with_context(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder).unwrap_or(&path).to_path_buf());
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;

    use super::compress_beside;

    #[test]
    fn what_gets_smaller_has_copies_and_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let text = "credits ".repeat(200);
        fs::create_dir(folder.path().join("icons")).unwrap();
        fs::write(folder.path().join("app.js"), &text).unwrap();
        fs::write(folder.path().join("icons/a.svg"), &text).unwrap();
        fs::write(folder.path().join("short.css"), "a{}").unwrap();
        fs::write(folder.path().join("picture.png"), &text).unwrap();

        compress_beside(folder.path()).unwrap();

        assert_eq!(fs::read_to_string(folder.path().join("app.js")).unwrap(), text);
        let br = fs::read(folder.path().join("app.js.br")).unwrap();
        let mut back = String::new();
        brotli::Decompressor::new(&*br, 4096).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        let gz = fs::read(folder.path().join("icons/a.svg.gz")).unwrap();
        let mut back = String::new();
        flate2::read::GzDecoder::new(&*gz).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        assert!(!folder.path().join("short.css.br").exists());
        assert!(!folder.path().join("picture.png.br").exists());
    }
}
