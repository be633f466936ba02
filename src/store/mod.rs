//! What the program remembers of its own accord, in plain files in the folder of the user's state.
//!
//! Nothing of a roster stands there but what the user said. A file is written whole or not at all, and one that cannot
//! be understood is left alone.

pub mod columns;
pub mod rates;
pub mod verdicts;

use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

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
