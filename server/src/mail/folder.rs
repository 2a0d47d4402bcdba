//! Mails as files, where no mail server is set up.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::carrier::{Carrier, Undelivered};
use super::letter::Letter;

/// A folder that mails are written into, each as a file that any mail program opens.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder; it is made when the first mail is written.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }
}

impl Carrier for Folder {
    async fn deliver(&self, letter: &Letter) -> Result<(), Undelivered> {
        let folder = self.0.clone();
        let file = folder.join(letter.name()).with_extension("eml");
        let bytes = letter.to_bytes();
        let written = tokio::task::spawn_blocking(move || write(&folder, &file, &bytes));
        let written = written.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        written.map_err(|error| {
            Undelivered::Later(format!(
                "The mail cannot be written into the folder {}: {error}.",
                self.0.display()
            ))
        })
    }
}

/// Writes the file so that it is there as a whole or not at all, whatever happens; if it is there
/// already, it is replaced. Only the server's user can read it.
fn write(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(file)?;
    if cfg!(unix) {
        // The name is on the disk, too.
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_private_and_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("outbox");
        let file = folder.join("mail-1-0.eml");
        write(&folder, &file, b"first").unwrap();
        write(&folder, &file, b"again").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"again");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        // A folder that cannot be made.
        fs::write(parent.path().join("taken"), "").unwrap();
        let taken = parent.path().join("taken");
        assert!(write(&taken, &taken.join("mail-1-0.eml"), b"x").is_err());
    }
}
