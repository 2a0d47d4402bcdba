//! What a command reads.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

/// The most that is read into memory at once: more than anyone sends, less than harms.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    #[error("{0} could not be read: {1}.")]
    Unreadable(String, io::Error),
    #[error("{0} is longer than 16 MiB. Give less of it at a time.")]
    TooLong(String),
    #[error("{0} is not UTF-8 text: the byte after the first {1} fits nowhere. Convert it first.")]
    NotUtf8(String, usize),
}

/// The text given with the call, or else all of standard input.
///
/// A line break at the very end of standard input is not part of the text: editors and `echo` put
/// it there.
pub(super) fn text(given: Option<&str>) -> Result<String, InputError> {
    if let Some(text) = given {
        return Ok(text.to_owned());
    }
    if io::stdin().is_terminal() {
        let _ = writeln!(io::stderr(), "Type the text; end it with Ctrl-D on a line of its own.");
    }
    let mut text = stdin()?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// All of standard input.
pub(super) fn stdin() -> Result<String, InputError> {
    let name = "Standard input";
    utf8(read(io::stdin().lock(), name)?, name)
}

/// All of a text file.
pub(super) fn file(path: &Path) -> Result<String, InputError> {
    utf8(bytes(path)?, &path.display().to_string())
}

/// All of a file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => read(file, &name),
        Err(error) => Err(InputError::Unreadable(name, error)),
    }
}

fn read(source: impl Read, name: &str) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells too long from just right.
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    source
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| InputError::Unreadable(name.to_owned(), error))?;
    if bytes.len() > MAX_BYTES {
        return Err(InputError::TooLong(name.to_owned()));
    }
    Ok(bytes)
}

fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, InputError> {
    String::from_utf8(bytes)
        .map_err(|error| InputError::NotUtf8(name.to_owned(), error.utf8_error().valid_up_to()))
}
