//! The commands among unruly files, arguments and readers: an honest status, a clean message, nothing lost silently.

use crate::place::{Place, number};
use serde_json::Value;
use std::collections::BTreeSet;

/// Something of most kinds, each on a line of its own.
const DIRTY: &[u8] = b"Our list of spring\n\
name,handle,followers,er,likes,comments,price,notes\n\
Aagje,aagje.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x\n\
Bartje,bartje.verzonnen,many,4%,40,8,\xe2\x82\xac 90,x\n\
Coos,coos.verzonnen,-5,4%,40,8,\xe2\x82\xac 90,x\n\
Do\xffr,door.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x\n\
Evi,evi.verzonnen,1200,4%,40\n\
Fien,fien.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x,more\n\
=====,=====,=====,=====,=====,=====,=====,=====\n\
Gijs,\"gijs.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x\n\
Hein,hein.verzonnen,1200,40%,40,8,\xe2\x82\xac 90,x\n\
Ivo,ivo.verzonnen,1200,4%,40,8,$ 90,x\n\
\"Jip\nen Janneke\",jip.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x\n\
Aagje again,@Aagje.verzonnen,1200,4%,40,8,\xe2\x82\xac 90,x\n\
Total,,12700,,,,,\n";

fn dirty() -> Place {
    let place = Place::new();
    std::fs::write(place.path().join("list.csv"), DIRTY).unwrap();
    place
}

#[test]
fn every_problem_has_its_place() {
    let check = dirty().json("check list.csv");
    let problems = check["problems"].as_array().unwrap();
    let keys = BTreeSet::from(["line", "row", "column", "value", "kind", "message"]);
    for problem in problems {
        let problem = problem.as_object().unwrap();
        assert_eq!(
            problem.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            keys
        );
        assert!(
            problem["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    let seen: Vec<(u64, Option<u64>, &str)> = problems
        .iter()
        .map(|it| {
            (
                number(it, "line"),
                it["row"].as_u64(),
                it["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (1, None, "outside_table"),
            (4, Some(2), "unreadable_number"),
            (5, Some(3), "impossible_number"),
            (6, Some(4), "invalid_text"),
            (7, Some(5), "row_too_short"),
            (8, Some(6), "row_too_long"),
            (9, None, "not_an_account"),
            (10, Some(7), "stray_quote"),
            (11, Some(8), "rate_contradicted"),
            (12, Some(9), "other_currency"),
            (15, Some(11), "duplicate"),
            (16, None, "not_an_account"),
        ]
    );
    assert_eq!(number(&check, "rows"), 11);
    assert_eq!(number(&check, "found"), seen.len() as u64);
}

#[test]
fn problems_are_listed_in_every_form() {
    let place = dirty();
    for format in ["csv", "markdown", "text"] {
        for lang in ["en", "nl"] {
            let line = format!("check list.csv --format {format} --lang {lang}");
            let (status, out, err) = place.run(&line);
            assert_eq!(status, 0, "{err}");
            let rows = out
                .lines()
                .filter(|line| line.contains("verzonnen") || line.contains("many"));
            assert!(rows.count() >= 2, "{out}");
            assert!(!out.contains('\u{1b}'));
        }
    }
    let (_, out, _) = place.run("check list.csv --format csv");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let head = "line,row,column,value,kind,message";
    assert_eq!(
        reader
            .headers()
            .unwrap()
            .iter()
            .collect::<Vec<_>>()
            .join(","),
        head
    );
    assert_eq!(reader.records().map(Result::unwrap).count(), 12);
}

#[test]
fn handles_that_differ_only_by_what_cannot_be_seen_are_pointed_out() {
    let place = Place::new();
    place.file(
        "list.csv",
        "name,handle,followers\nAnna Een,anna.verzonnen,1000\nAnna Twee,an\u{200b}na.verzonnen,1100\n\
         Anna Drie,\u{202e}anna.verzonnen,1200\nBob Vier,bob.verzonnen,1300\nAnna Vijf,anna.verz\u{e0041}onnen,1400\n",
    );
    let check = place.json("check list.csv");
    let problems = check["problems"].as_array().unwrap();
    let alike: Vec<u64> = problems
        .iter()
        .filter(|it| it["kind"] == "look_alike")
        .map(|it| number(it, "line"))
        .collect();
    assert_eq!(alike, [3, 4, 6]);
}

#[test]
fn no_rows_are_an_answer_of_every_command() {
    let place = Place::new();
    for (name, text) in [
        ("empty.csv", ""),
        ("head.csv", "name,followers\n"),
        ("mark.csv", "\u{feff}"),
        ("blank.csv", "\n\n \n"),
        ("list.json", "[]"),
    ] {
        place.file(name, text);
        for command in ["summary", "check", "match", "convert"] {
            let line = match command {
                "match" => format!("match {name} --goal buzz --format json"),
                "convert" => format!("convert {name} --to json"),
                _ => format!("{command} {name} --format json"),
            };
            let (status, out, err) = place.run(&line);
            assert_eq!(status, 0, "{line}: {err}");
            assert!(err.contains(name), "{line}: {err}");
            let answer: Value = serde_json::from_str(&out).unwrap();
            match command {
                "summary" => assert_eq!(number(&answer, "accounts"), 0),
                "check" => assert_eq!(number(&answer, "rows"), 0),
                "match" => assert_eq!(number(&answer, "matches"), 0),
                _ => assert_eq!(answer, serde_json::json!([])),
            }
        }
    }
}

#[test]
fn wrong_arguments_are_repeated_clean() {
    let place = Place::new();
    for argument in [
        "--\u{9b}2J",
        "--a\rb",
        "--\u{202e}a",
        "--a\u{200b}b",
        "--a\u{2028}b",
        "--a\u{1b}[2J",
    ] {
        let (status, out, err) = place.run(argument);
        assert_eq!((status, out.as_str()), (2, ""));
        let raw = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{200b}'..='\u{202e}');
        assert!(!err.contains(raw) && err.contains("--"), "{err:?}");
    }
}

#[test]
fn tables_of_many_columns_are_read() {
    let place = Place::new();
    let names = (0..5_000).map(|at| format!(",c{at}"));
    let header = names.collect::<Vec<_>>().concat();
    let cells = ",x".repeat(5_000);
    place.file(
        "wide.csv",
        &format!("name,followers{header}\nA,1000{cells}\nB,2000{cells}\n"),
    );
    assert_eq!(number(&place.json("summary wide.csv"), "followers"), 3_000);
    place.file(
        "endless.csv",
        &format!("name,followers\nA,1000\nB,{}\n", ",".repeat(1_000_000)),
    );
    let (status, out, err) = place.run("summary endless.csv");
    assert_eq!((status, out.as_str()), (1, ""));
    assert!(
        err.contains("line 3 has more than a million cells"),
        "{err}"
    );
}

#[cfg(target_os = "linux")]
mod output {
    use super::dirty;
    use std::process::{Command, Output, Stdio};

    /// Everything that prints.
    const COMMANDS: [&str; 10] = [
        "summary list.csv",
        "check list.csv --format json",
        "match list.csv --goal buzz",
        "convert list.csv --to csv",
        "convert list.csv --to json",
        "convert list.csv --to xlsx",
        "convert list.csv --raw --to csv",
        "goals --format json",
        "--help",
        "--version",
    ];

    fn run(line: &str, out: Stdio) -> Output {
        let place = dirty();
        Command::new(env!("CARGO_BIN_EXE_pyramide"))
            .args(line.split(' '))
            .env("HOME", place.path())
            .current_dir(place.path())
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap()
    }

    #[test]
    fn a_reader_that_has_had_enough_is_no_failure() {
        for line in COMMANDS {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let output = run(line, writer.into());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(0), "{line}: {said}");
            assert!(
                !said.to_lowercase().contains("broken pipe"),
                "{line}: {said}"
            );
        }
    }

    #[test]
    fn a_full_disk_is_a_failure() {
        for line in COMMANDS {
            let full = std::fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap();
            let output = run(line, full.into());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{line}: {said}");
            assert!(said.contains("standard output"), "{line}: {said}");
        }
    }
}
