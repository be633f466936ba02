//! A store for tests, in a folder that is not there yet.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::Store;
use tempfile::TempDir;

/// A store, and the folder around it, which goes when it is dropped.
pub(super) fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("deep/er"));
    (folder, store)
}
