//! Locks between runs: two commands at once wait for each other where they would clash.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

/// Held as long as it lives; the operating system frees it when the process ends.
pub(crate) struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    /// Takes the lock at `path`, and says `what` it waits for when another run holds it.
    pub(crate) fn take(path: &Path, what: &str) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot make {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                eprintln!("waiting for another run that {what}");
                file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        Ok(Self(file))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::Lock;

    #[test]
    fn the_second_gets_it_after_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path, "tests").unwrap();
        let (sender, receiver) = mpsc::channel();
        let second = {
            let (path, sender) = (path.clone(), sender.clone());
            thread::spawn(move || {
                let _lock = Lock::take(&path, "tests").unwrap();
                sender.send("second").unwrap();
            })
        };
        sender.send("first").unwrap();
        drop(first);
        second.join().unwrap();
        assert_eq!(receiver.iter().take(2).collect::<Vec<_>>(), ["first", "second"]);
    }
}
