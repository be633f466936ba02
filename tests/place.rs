//! A folder of its own to run the program in, and what it answers there.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with files to read, and nothing of the machine's own settings.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Place {
        Place(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyramide"));
        command
            .env_clear()
            .env("HOME", self.0.path())
            .env("LANG", "en_US.UTF-8")
            .current_dir(self.0.path());
        command
    }

    /// Runs a line of arguments and gives status, standard output and standard error.
    pub(crate) fn run(&self, line: &str) -> (i32, String, String) {
        let output = self.command().args(line.split(' ')).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    pub(crate) fn json(&self, line: &str) -> Value {
        let (status, out, err) = self.run(&format!("{line} --format json"));
        assert_eq!(status, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    }
}

/// A count of an answer; the highest number where it is none.
pub(crate) fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or(u64::MAX)
}
