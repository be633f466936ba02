//! The command: `pyramide convert --raw` on files, and what it leaves alone.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn run(folder: &Path, line: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyramide"));
    command
        .env_clear()
        .env("HOME", folder)
        .env("LANG", "en_US.UTF-8")
        .current_dir(folder);
    let output = command.args(line.split(' ')).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn folder(name: &str, text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

#[test]
fn the_table_comes_out_as_it_stands() {
    let folder = folder(
        "list.csv",
        "\u{FEFF}Lijst van mei\r\n\r\nmerk;uitleg;aantal\r\n A ;'s ochtends, =1+1;1.200\r\nB;\"twee; \"\"drie\"\"\";\r\nC;;7;\r\n",
    );
    let (status, out, err) = run(folder.path(), "convert list.csv --raw --to csv");
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(
        out,
        "merk,uitleg,aantal\n A ,\"'s ochtends, =1+1\",1.200\nB,\"twee; \"\"drie\"\"\",\nC,,7\n"
    );
    assert!(
        err.contains("above the table: 1") && err.contains("columns of the table: 1"),
        "{err}"
    );
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\u{FEFF}", "\r\n\r\n"] {
        let folder = folder("empty.csv", text);
        let (status, out, err) = run(folder.path(), "convert empty.csv --raw");
        assert_eq!((status, out.as_str()), (Some(0), ""), "{text:?}");
        assert!(err.contains("empty.csv has no rows"), "{err}");
    }
}

#[test]
fn a_file_is_replaced_only_when_told_and_never_the_one_that_is_read() {
    let folder = folder("list.csv", "a;b\n1;2\n");
    let at = |name: &str| folder.path().join(name);
    let (status, out, _) = run(folder.path(), "convert list.csv --raw -o out.csv");
    assert_eq!((status, out.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(at("out.csv")).unwrap(), "a,b\n1,2\n");
    fs::write(at("out.csv"), "old").unwrap();
    assert_eq!(
        run(folder.path(), "convert list.csv --raw -o out.csv").0,
        Some(1)
    );
    assert_eq!(
        run(folder.path(), "convert none.csv --raw -o out.csv --force").0,
        Some(1)
    );
    assert_eq!(fs::read_to_string(at("out.csv")).unwrap(), "old");
    assert_eq!(
        run(folder.path(), "convert list.csv --raw -o out.csv --force").0,
        Some(0)
    );
    assert_eq!(fs::read_to_string(at("out.csv")).unwrap(), "a,b\n1,2\n");
    fs::hard_link(at("list.csv"), at("hard.csv")).unwrap();
    let mut names = vec!["list.csv", "./list.csv", "hard.csv"];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("list.csv"), at("soft.csv")).unwrap();
        names.push("soft.csv");
    }
    for name in names {
        let (status, _, err) = run(
            folder.path(),
            &format!("convert list.csv --raw -o {name} --force"),
        );
        assert_eq!(status, Some(1), "{name}");
        assert!(err.contains("is the file that is read"), "{err}");
    }
    assert_eq!(fs::read_to_string(at("list.csv")).unwrap(), "a;b\n1;2\n");
    let left = fs::read_dir(folder.path()).unwrap();
    let parts = left.filter(|it| {
        it.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".part")
    });
    assert_eq!(parts.count(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let folder = folder("list.csv", "a;b\n1;2\n");
    let (status, _, err) = run(folder.path(), "convert list.csv --raw -o /dev/full");
    assert_eq!(status, Some(1), "{err}");
}
