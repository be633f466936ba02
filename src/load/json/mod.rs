//! JSON and JSON Lines: rows out of objects in arrays, objects keyed by a name, arrays of arrays, and lines of these,
//! nested a few levels deep.
//!
//! The document is gone through twice and never held: [`layout`] finds on its first part which objects are the rows,
//! the first pass gathers the columns, the second delivers records. [`tokens`] reads the notation, [`rows`] makes rows,
//! [`values`] the text of their cells. A broken line of JSON Lines costs that line alone, and a document that breaks off
//! what comes after; both come out as records that are marked so.

mod layout;
mod rows;
mod tokens;
mod values;

use super::count::Count;
use super::lexicon::Lexicon;
use super::records::Records;
use super::source::Seekable;
use layout::{Form, Layout};
use rows::Rows;
use std::io::{BufReader, Read, SeekFrom};
use tokens::{Token, Tokens};

/// An opened document.
pub(super) struct Opened {
    /// Where its rows stand, such as `creators[]`; empty when they are all there is.
    pub(super) place: String,
    /// The columns, in the order in which they were met.
    pub(super) columns: Vec<String>,
    /// Whether the columns have no names, unless those are the first row.
    pub(super) nameless: bool,
    /// Its rows.
    pub(super) records: Box<dyn Records>,
}

/// Opens a document; `read` counts the bytes of the second pass. The error is a sentence that goes on after the name
/// of the file.
pub(super) fn open(
    mut bytes: Box<dyn Seekable>,
    lexicon: &Lexicon,
    read: Count,
) -> Result<Opened, String> {
    let failed = |error: std::io::Error| format!("cannot be read: {error}");
    let mut head = Vec::new();
    (&mut bytes)
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(failed)?;
    bytes.seek(SeekFrom::Start(0)).map_err(failed)?;
    let lines = is_lines(&head);
    // Boxed even when lent, so that all passes are one type of reader.
    let lent: Box<dyn Seekable + '_> = Box::new(&mut bytes);
    let layout = layout::find(Tokens::of(BufReader::new(lent)).in_lines(lines), lexicon)?;
    bytes.seek(SeekFrom::Start(0)).map_err(failed)?;
    let lent: Box<dyn Seekable + '_> = Box::new(&mut bytes);
    let first = Tokens::of(BufReader::with_capacity(1 << 18, lent)).in_lines(lines);
    let columns = Rows::of(first, layout.clone(), Count::default()).columns()?;
    bytes.seek(SeekFrom::Start(0)).map_err(failed)?;
    let second = Tokens::of(BufReader::with_capacity(1 << 18, bytes)).in_lines(lines);
    let names = named(&layout, &columns);
    Ok(Opened {
        place: layout.place(),
        nameless: names.iter().all(String::is_empty),
        columns: names,
        records: Box::new(Rows::of(second, layout, read).with(columns)),
    })
}

/// Bytes looked at to tell whether every line is a value.
const HEAD: u64 = 64 << 10;

/// The names of the columns: those that stand beside rows that are arrays, else those that were met.
fn named(layout: &Layout, columns: &[String]) -> Vec<String> {
    let mut names = columns.to_vec();
    if let Form::Arrays(beside) = &layout.form {
        for (name, beside) in names.iter_mut().zip(beside) {
            name.clone_from(beside);
        }
    }
    names
}

/// Whether a document is JSON Lines: most lines open like the first one, and half of them are whole values.
fn is_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let cut = head.len() as u64 + 3 >= HEAD;
    let mut lines: Vec<&[u8]> = head.split(|byte| *byte == b'\n').collect();
    if cut {
        lines.pop();
    }
    let lines = lines.into_iter().map(<[u8]>::trim_ascii);
    let lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).take(LINES).collect();
    let Some(opening) = lines.first().and_then(|line| line.first()) else {
        return false;
    };
    let alike = lines.iter().filter(|line| line.first() == Some(opening));
    let whole = lines.iter().filter(|line| is_value(line)).count();
    lines.len() > 1 && alike.count() * 3 >= lines.len() * 2 && whole * 2 >= lines.len()
}

/// Lines looked at.
const LINES: usize = 200;

/// Whether a text is a whole object or array.
fn is_value(text: &[u8]) -> bool {
    let mut tokens = Tokens::of(text);
    if !matches!(tokens.next(), Ok(Token::Object | Token::Array)) {
        return false;
    }
    while tokens.depth() > 0 {
        let read = match tokens.next() {
            Ok(Token::Key) => tokens.member(),
            other => other,
        };
        if read.is_err() {
            return false;
        }
    }
    tokens.next() == Ok(Token::End)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::table::Record;
    use proptest::prelude::*;
    use std::io::Cursor;
    use std::sync::LazyLock;

    type Table = (String, Vec<String>, Vec<Vec<String>>);

    fn attempt(text: &[u8]) -> Result<Table, String> {
        static LEXICON: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::of(&crate::load::assets::embedded().unwrap()));
        let bytes: Box<dyn Seekable> = Box::new(Cursor::new(text.to_vec()));
        let mut opened = open(bytes, &LEXICON, Count::default())?;
        let mut rows = Vec::new();
        let mut record = Record::default();
        while opened
            .records
            .next(&mut record)
            .map_err(|error| error.to_string())?
            .is_some()
        {
            rows.push(record.cells().map(str::to_owned).collect());
        }
        Ok((opened.place, opened.columns, rows))
    }

    fn table(text: &str) -> Table {
        attempt(text.as_bytes()).unwrap()
    }

    #[test]
    fn arrays_of_objects_lines_of_objects_and_one_object() {
        let array =
            table(r#"[{"name":"A","followers":12},{"name":"B","er":0.5,"followers":null}]"#);
        assert_eq!(array.0, "");
        assert_eq!(array.1, ["name", "followers", "er"]);
        assert_eq!(array.2, [["A", "12", ""], ["B", "", "0.5"]]);
        let lines =
            table("{\"name\":\"A\",\"followers\":12}\n{\"name\":\"B\",\"followers\":1e3}\n");
        assert_eq!(lines.2, [["A", "12"], ["B", "1000"]]);
        let one = table(r#"{"name":"A","followers":12}"#);
        assert_eq!(one.2, [["A", "12"]]);
    }

    #[test]
    fn objects_can_be_keyed_by_name() {
        let keyed =
            table(r#"{"mia":{"followers":5,"er":1},"tom":{"followers":6,"er":2},"none":null}"#);
        assert_eq!(keyed.1, ["name", "followers", "er"]);
        assert_eq!(
            keyed.2,
            [["mia", "5", "1"], ["tom", "6", "2"], ["none", "", ""]]
        );
    }

    #[test]
    fn rows_can_lie_deeper_and_inherit_what_stands_around_them() {
        let text = r#"{"version":1,"groups":[
            {"entries":[{"name":"A","followers":1,"topics":["food","travel"]},{"name":"B","followers":2}],"theme":"eten"},
            {"entries":[],"theme":"reizen"},
            {"theme":"huis","entries":[{"name":"C","followers":3,"by":{"month":{"likes":7}}}]}]}"#;
        let (place, columns, rows) = table(text);
        assert_eq!(place, "groups[].entries[]");
        assert_eq!(
            columns,
            [
                "name",
                "followers",
                "topics",
                "groups.theme",
                "by.month.likes"
            ]
        );
        assert_eq!(rows[0], ["A", "1", "food | travel", "eten", ""]);
        assert_eq!(rows[1][3], "eten");
        assert_eq!(rows[2], ["C", "3", "", "huis", "7"]);
    }

    #[test]
    fn lines_can_hold_several_accounts_each() {
        let text = "{\"name\":\"A\",\"accounts\":[{\"followers\":1},{\"followers\":2}]}\n{\"accounts\":[{\"followers\":3}],\"name\":\"B\"}";
        let (_, columns, rows) = table(text);
        assert_eq!(columns, ["parent.name", "followers"]);
        assert_eq!(rows, [["A", "1"], ["A", "2"], ["B", "3"]]);
    }

    #[test]
    fn posts_within_creators_are_no_rows() {
        let text = r#"{"data":{"users":[{"username":"a","edge_followed_by":{"count":9},"followers":9,
            "posts":[{"likes":1,"comments":2},{"likes":3,"comments":4}]}]}}"#;
        let (place, columns, rows) = table(text);
        assert_eq!(place, "data.users[]");
        assert_eq!(
            columns,
            ["username", "edge_followed_by.count", "followers", "posts"]
        );
        assert_eq!(
            rows[0][3],
            r#"[{"likes":1,"comments":2},{"likes":3,"comments":4}]"#
        );
    }

    #[test]
    fn broken_and_endlessly_nested_documents_are_refused_with_their_line() {
        let error = attempt(b"[{\"name\":\"A\",\n\"followers\":12},\n{\"name\":,").unwrap_err();
        assert!(error.contains("line 3"), "{error}");
        assert!(attempt(b"[{\"name\":\"A\",\n\"followers\":12").is_err());
        let deep = "[".repeat(100_000);
        assert!(attempt(deep.as_bytes()).unwrap_err().contains("levels"));
        assert!(attempt(b"[{\"a\":1}]]").is_err());
        assert!(attempt(b"[{\"a\":1 \"b\":2}]").is_err());
        assert_eq!(table("[]").2.len(), 0);
    }

    #[test]
    fn arrays_can_be_rows() {
        let first = table(r#"[["name","handle","followers"],["Mia","mia",1200],["Tom",null,7e3]]"#);
        assert_eq!(first.1, ["", "", ""]);
        assert_eq!(first.2[1..], [["Mia", "mia", "1200"], ["Tom", "", "7000"]]);
        let beside = table(
            r#"{"index":[0,1],"columns":["name","followers"],"data":[["Mia",12],["Tom",7],["Bo",9],["Li",5]]}"#,
        );
        assert_eq!(beside.0, "data[]");
        assert_eq!(beside.1, ["name", "followers"]);
        assert_eq!(beside.2[..2], [["Mia", "12"], ["Tom", "7"]]);
        let lines = table("[\"name\",\"followers\"]\n[\"Mia\",12]\n[\"Tom\",[1,2]]\n");
        assert_eq!(
            lines.2,
            [["name", "followers"], ["Mia", "12"], ["Tom", "1 | 2"]]
        );
        let tagged = table(
            r#"[{"name":"A","followers":1,"tags":["a","b"]},{"name":"B","followers":2,"tags":["c","d"]}]"#,
        );
        assert_eq!(tagged.1, ["name", "followers", "tags"]);
    }

    #[test]
    fn a_broken_line_costs_itself_alone() {
        let lines = "{\"name\":\"A\",\"followers\":1}\n{\"name\":\"B\",\"followers\":\n\
             {\"name\":\"C\",\"followers\":3}\nnonsense\n{\"name\":\"D\" 4}\n{\"name\":\"E\",\"followers\":5}";
        let (_, _, rows) = table(lines);
        assert_eq!(
            rows,
            [
                ["A", "1"],
                ["{\"name\":\"B\",\"followers\":", ""],
                ["C", "3"],
                ["nonsense", ""],
                ["{\"name\":\"D\" 4}", ""],
                ["E", "5"]
            ]
        );
        let (_, _, rows) = table("{\"a\":}\n{\"name\":\"B\",\"followers\":2}\n");
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn a_document_that_breaks_off_keeps_what_stands_before() {
        let whole = r#"{"for":"x","creators":[{"name":"A","followers":1},{"name":"B","followers":2}],"at":1}"#;
        let last = whole.rfind(']').unwrap();
        for end in whole.find("},").unwrap() + 1..last {
            let (_, _, rows) = table(whole.get(..end).unwrap());
            assert_eq!(rows[0], ["A", "1"], "{end}");
            assert_eq!(rows.len(), 2, "{end}");
        }
        assert_eq!(table(whole).2.len(), 2);
    }

    fn notation() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[0-9]{1,4}(\\.[0-9]{1,3})?",
            "\"[a-z\\\\u0000-\\u00ff]{0,5}\"",
            Just("null".to_owned()),
            "\"(name|followers)\""
        ];
        leaf.prop_recursive(5, 60, 5, |inner| {
            let key = prop_oneof!["name", "followers", "er", "[a-c]{1,2}"];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5)
                    .prop_map(|all| format!("[{}]", all.join(","))),
                prop::collection::vec((key, inner), 0..5).prop_map(|all| {
                    let all: Vec<String> = all
                        .iter()
                        .map(|(key, value)| format!("\"{key}\":{value}"))
                        .collect();
                    format!("{{{}}}", all.join(","))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = attempt(&bytes);
        }

        #[test]
        fn any_notation_is_read_or_refused(text in notation(), cut in 0usize..200) {
            let _ = attempt(text.as_bytes());
            let _ = attempt(text.as_bytes().get(..cut).unwrap_or_default());
        }

        #[test]
        fn rows_come_back_as_they_were_written(rows in prop::collection::vec(("\\PC{0,8}", 0u32..9_000_000), 1..20)) {
            let all: Vec<serde_json::Value> = rows.iter()
                .map(|(name, followers)| serde_json::json!({"followers": followers, "name": name}))
                .collect();
            let expected: Vec<Vec<String>> = rows.iter()
                .map(|(name, followers)| vec![followers.to_string(), name.clone()])
                .collect();
            prop_assert_eq!(&table(&serde_json::Value::from(all.clone()).to_string()).2, &expected);
            let lines: Vec<String> = all.iter().map(ToString::to_string).collect();
            prop_assert_eq!(&table(&lines.join("\n")).2, &expected);
        }
    }
}
