//! Replacing: a file written whole or not at all, and never the one that is being read.
//!
//! The bytes go to a temporary file in the same folder, which takes the place of the old one when all are on disk. It
//! is removed when anything fails, and when a signal ends the program.

use super::failure::Failure;
use anyhow::anyhow;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that is being written.
pub(super) struct Replacing {
    file: File,
    /// The temporary file and the one whose place it takes; none for a pipe or a device.
    place: Option<(PathBuf, PathBuf)>,
    finished: bool,
}

impl Replacing {
    /// Begins to write `output`, which must not be one of `inputs`.
    ///
    /// # Errors
    /// When it is one of them, exists without `force`, or its folder cannot be written to.
    pub(super) fn new(
        output: &Path,
        inputs: &[PathBuf],
        force: bool,
    ) -> Result<Replacing, Failure> {
        let refuse = |why: String| Failure::Could(anyhow!("{}: {why}", output.display()));
        let cannot = |error: io::Error| refuse(format!("cannot be written: {error}"));
        let target = match fs::canonicalize(output) {
            Ok(target) => target,
            Err(_) => output.to_owned(),
        };
        if let Ok(about) = fs::metadata(&target) {
            if about.is_dir() {
                return Err(refuse("is a folder; name a file to write".to_owned()));
            }
            if inputs.iter().any(|input| is_same(input, &target)) {
                return Err(refuse("is the file that is read; name another".to_owned()));
            }
            if !about.is_file() {
                let file = OpenOptions::new()
                    .write(true)
                    .open(&target)
                    .map_err(cannot)?;
                return Ok(Replacing {
                    file,
                    place: None,
                    finished: false,
                });
            }
            if !force {
                return Err(refuse("exists already; --force replaces it".to_owned()));
            }
        }
        let name = target
            .file_name()
            .ok_or_else(|| refuse("is no name of a file".to_owned()))?;
        let hidden = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        let draft = target.with_file_name(hidden);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&draft)
            .map_err(cannot)?;
        remove_on_signal(&draft);
        if let Ok(about) = fs::metadata(&target) {
            let _ = fs::set_permissions(&draft, about.permissions());
        }
        Ok(Replacing {
            file,
            place: Some((draft, target)),
            finished: false,
        })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When the bytes cannot be brought to disk; the old file is untouched then.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if let Some((draft, target)) = &self.place {
            self.file.sync_all()?;
            fs::rename(draft, target)?;
        }
        self.finished = true;
        Ok(())
    }
}

impl Write for Replacing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Replacing {
    fn drop(&mut self) {
        if let Some((draft, _)) = self.place.as_ref().filter(|_| !self.finished) {
            let _ = fs::remove_file(draft);
        }
    }
}

/// Whether two paths lead to the same file, over links of either kind.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| {
        fs::metadata(path)
            .ok()
            .map(|about| (about.dev(), about.ino()))
    };
    identity(one).is_some_and(|own| identity(other) == Some(own))
}

/// Whether two paths lead to the same file.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    fs::canonicalize(one)
        .ok()
        .is_some_and(|own| fs::canonicalize(other).ok() == Some(own))
}

/// Removes the file and ends the program when a signal asks for its end.
#[cfg(unix)]
fn remove_on_signal(draft: &Path) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let draft = draft.to_owned();
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    {
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                let _ = fs::remove_file(&draft);
                std::process::exit(128 + signal);
            }
        });
    }
}

#[cfg(not(unix))]
fn remove_on_signal(_: &Path) {}
