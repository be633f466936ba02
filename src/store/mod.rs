//! What the program remembers of its own accord, in plain files in the folder of the user's state.
//!
//! Nothing of a roster stands there but what the user said. A file is written whole or not at all, and one that cannot
//! be understood is left alone.

pub mod columns;
#[cfg(test)]
mod fixture;
pub mod mixes;
pub mod rates;
pub mod verdicts;

use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often, and how long after one another, a lock is asked for that another program holds.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(20));

/// The folder of what is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// A store in this folder, which is made when something is first written.
    #[must_use]
    pub fn at(folder: PathBuf) -> Store {
        Store { folder }
    }

    /// The text of a file; empty when there is none.
    fn read(&self, name: &str) -> Result<String> {
        let path = self.folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error).with_context(|| format!("{}: cannot be read", path.display())),
        }
    }

    /// A lock of this name that is held until it is dropped; none where the system has no locks.
    fn lock(&self, name: &str) -> Result<Option<File>> {
        let path = self.folder.join(name);
        let open = || -> std::io::Result<File> {
            fs::create_dir_all(&self.folder)?;
            File::options().create(true).append(true).open(&path)
        };
        let lock = open().with_context(|| format!("{}: cannot be opened", path.display()))?;
        for _ in 0..PATIENCE.0 {
            match lock.try_lock() {
                Ok(()) => return Ok(Some(lock)),
                Err(TryLockError::WouldBlock) => thread::sleep(PATIENCE.1),
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
        bail!("{}: another program holds it", path.display())
    }

    /// Puts a text in the place of a file, whole or not at all.
    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        replace(&self.folder, &path, text)
            .with_context(|| format!("{}: cannot be written", path.display()))
    }
}

fn replace(folder: &Path, path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(text.as_bytes())?;
    draft.as_file().sync_all()?;
    draft.persist(path)?;
    Ok(())
}
