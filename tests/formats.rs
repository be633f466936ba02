//! Formats: the same roster in each of them gives the same accounts, and what is hostile is refused with a sentence.

use proptest::prelude::*;
use pyramide::domain::field::{Facet, Field};
use pyramide::domain::playbook::Playbook;
use pyramide::domain::reading::Reading;
use pyramide::load::options::Options;
use pyramide::load::reading::{read, read_all};
use pyramide::load::source::Input;
use rust_xlsxwriter::{Format, Formula, Workbook};
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::sync::LazyLock;
use zip::write::{SimpleFileOptions, ZipWriter};

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(|| pyramide::load::assets::embedded().unwrap());

const CSV: &str = "Name,Handle,Platform,Followers,ER,City\n\
    Ada Vis,@ada,Instagram,1200,0.041,Delft\n\
    Bo Mol,@bo.mol,TikTok,60000,0.0225,Goes\n\
    Cas Ree,@cas,Instagram,,0.09,Assen\n";

fn input(name: &str, bytes: &[u8]) -> Input {
    Input::Bytes {
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

fn attempt(bytes: &[u8], options: &Options) -> anyhow::Result<Reading> {
    let input = input("roster", bytes);
    read(&input, options, &PLAYBOOK, &mut |_, _| {
        ControlFlow::Continue(())
    })
}

fn reading(bytes: &[u8]) -> Reading {
    attempt(bytes, &Options::default()).unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    attempt(bytes, &Options::default()).unwrap_err().to_string()
}

type Told = (String, String, String, Option<u64>, Option<f64>, u64);

fn accounts(reading: &Reading) -> Vec<Told> {
    let told = |account: pyramide::domain::roster::Account<'_>| {
        (
            account.text(Field::Name).unwrap_or_default().into_owned(),
            account.text(Field::Handle).unwrap_or_default().into_owned(),
            account
                .value(Facet::Platform)
                .unwrap_or_default()
                .to_owned(),
            account.followers(),
            account.engagement_rate(),
            account.row(),
        )
    };
    reading.roster.accounts().map(told).collect()
}

fn rows() -> Vec<Vec<String>> {
    let split = |line: &str| line.trim().split(',').map(str::to_owned).collect();
    CSV.lines().map(split).collect()
}

/// The roster as a workbook, behind a sheet of notes, with a title above it; numbers are numbers and one is a formula.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let notes = book.add_worksheet().set_name("Notes").unwrap();
    notes.write(0, 0, "who asked for this list").unwrap();
    let sheet = book.add_worksheet().set_name("Creators").unwrap();
    sheet
        .merge_range(0, 0, 0, 5, "Spring", &Format::new())
        .unwrap();
    for (row, cells) in rows().iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let place = (row as u32 + 2, column as u16);
            match cell.parse::<f64>() {
                Ok(number) if number > 50_000.0 => {
                    let formula = Formula::new("=6*10000").set_result("60000");
                    sheet.write(place.0, place.1, formula).unwrap();
                }
                Ok(number) => drop(sheet.write(place.0, place.1, number).unwrap()),
                Err(_) if cell.is_empty() => {}
                Err(_) => drop(sheet.write(place.0, place.1, cell.as_str()).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", ODS), ("content.xml", content.as_bytes())])
}

fn table(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| match cell.parse::<f64>() {
        Ok(number) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>x</text:p></table:table-cell>"
        ),
        Err(_) if cell.is_empty() => "<table:table-cell/>".to_owned(),
        Err(_) => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            cell.replace(' ', "<text:s/>")
        ),
    };
    let row = |row: &Vec<String>| {
        let cells: String = row.iter().map(cell).collect();
        format!(
            "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"1018\"/></table:table-row>"
        )
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<table:table table:name=\"Lijst\">{rows}<table:table-row table:number-rows-repeated=\"1048000\">\
         <table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>"
    )
}

#[test]
fn one_roster_in_every_format_gives_the_same_accounts() {
    let plain = accounts(&reading(CSV.as_bytes()));
    assert_eq!(plain.len(), 3);
    let mut table_rows = rows();
    let names = table_rows.remove(0);
    let objects: Vec<String> = table_rows
        .iter()
        .map(|row| {
            let member = |(name, cell): (&String, &String)| match cell.parse::<f64>() {
                Ok(_) => format!("{name:?}:{cell}"),
                Err(_) if cell.is_empty() => format!("{name:?}:null"),
                Err(_) => format!("{name:?}:{cell:?}"),
            };
            let members: Vec<String> = names.iter().zip(row).map(member).collect();
            format!("{{{}}}", members.join(","))
        })
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&workbook()).unwrap();
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let other = [
        workbook(),
        ods(&table(&rows())),
        format!("[{}]", objects.join(",\n")).into_bytes(),
        format!(
            "{{\"found\":3,\"data\":{{\"list\":[{}]}}}}",
            objects.join(",")
        )
        .into_bytes(),
        objects.join("\n").into_bytes(),
        gzip.finish().unwrap(),
        ruzstd::encoding::compress_to_vec(CSV.as_bytes(), level),
    ];
    for (at, bytes) in other.iter().enumerate() {
        let read = reading(bytes);
        assert_eq!(accounts(&read), plain, "format {at}");
        assert_eq!(read.rows, 3);
    }
}

#[test]
fn a_sheet_can_be_named_and_its_absence_is_told() {
    let options = Options {
        sheet: Some("creators".to_owned()),
        ..Options::default()
    };
    assert_eq!(attempt(&workbook(), &options).unwrap().rows, 3);
    let options = Options {
        sheet: Some("Autumn".to_owned()),
        ..Options::default()
    };
    let told = attempt(&workbook(), &options).unwrap_err().to_string();
    assert!(
        told.contains("Notes") && told.contains("Creators"),
        "{told}"
    );
}

#[test]
fn lines_glued_into_the_first_column_are_taken_apart() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in CSV.lines().enumerate() {
        sheet.write(row as u32, 0, line).unwrap();
    }
    let glued = reading(&book.save_to_buffer().unwrap());
    assert_eq!(accounts(&glued), accounts(&reading(CSV.as_bytes())));
}

#[test]
fn several_files_are_one_roster_and_every_account_knows_its_own() {
    let other = "naam;volgers;prijs;stad\nDee;9.500,0;150;Delft\nEef;1.200,5;90;Goes\n";
    let inputs = [
        input("a.csv", CSV.as_bytes()),
        input("b.csv", other.as_bytes()),
        input("c", &workbook()),
    ];
    let read = read_all(&inputs, &Options::default(), &PLAYBOOK, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((read.rows, read.roster.len()), (8, 8));
    let told: Vec<(Option<&str>, u64)> = read
        .roster
        .accounts()
        .map(|it| (it.source(), it.row()))
        .collect();
    assert_eq!(told[2], (Some("a.csv"), 3));
    assert_eq!(told[3], (Some("b.csv"), 1));
    assert_eq!(told[5], (Some("c"), 1));
    let fourth = read.roster.accounts().nth(3).unwrap();
    assert_eq!(
        (fourth.title(), fourth.followers(), fourth.price()),
        (Some("Dee".into()), Some(9500), Some(150.0))
    );
    assert_eq!(fourth.value(Facet::City), Some("Delft"));
    assert_eq!(
        (fourth.value(Facet::Platform), fourth.engagement_rate()),
        (None, None)
    );
    let headers: Vec<&str> = read
        .roster
        .schema()
        .columns
        .iter()
        .map(|column| column.header.as_str())
        .collect();
    assert_eq!(
        headers,
        [
            "Name",
            "Handle",
            "Platform",
            "Followers",
            "ER",
            "City",
            "prijs"
        ]
    );
    assert!(
        reading(CSV.as_bytes())
            .roster
            .accounts()
            .all(|account| account.source().is_none())
    );
}

#[test]
fn an_account_is_found_by_its_row_and_knows_its_line() {
    let long = "Name,Followers\n\"Ada\nVis\",1200\n\nBo Mol,60000\nCas Ree,900\nDirk,800\n";
    let wide = "Name,IG followers,TikTok followers\nEef,1200,900\nFay,,700\nGijs,600,500\n";
    let inputs = [
        input("a.csv", long.as_bytes()),
        input("b.csv", wide.as_bytes()),
    ];
    let options = Options {
        chunk: 2,
        ..Options::default()
    };
    let read = read_all(&inputs, &options, &PLAYBOOK, &mut |_, _| {
        ControlFlow::Continue(())
    });
    let roster = read.unwrap().roster;
    let lines: Vec<Option<u64>> = roster.accounts().map(|it| it.line()).collect();
    let lines: Vec<u64> = lines.into_iter().map(Option::unwrap).collect();
    assert_eq!(lines, [2, 5, 6, 7, 2, 2, 3, 4, 4]);
    for account in roster.accounts().filter(|it| it.slot().unwrap_or(0) == 0) {
        let file = u32::from(account.source() == Some("b.csv"));
        let found = roster.in_row(file, account.row()).unwrap();
        assert_eq!(found.id, account.id);
    }
    for (file, row) in [(0, 0), (0, 5), (1, 0), (1, 4), (2, 1)] {
        assert!(roster.in_row(file, row).is_none());
    }
}

#[test]
fn prices_of_a_file_in_another_currency_take_no_part() {
    let inputs = [
        input("a.csv", b"name,followers,price_eur\nA b,1200,100\n"),
        input("b.csv", b"name,followers,price_usd\nC d,1200,100\n"),
    ];
    let read = read_all(&inputs, &Options::default(), &PLAYBOOK, &mut |_, _| {
        ControlFlow::Continue(())
    })
    .unwrap();
    let prices: Vec<Option<f64>> = read
        .roster
        .accounts()
        .map(|account| account.price())
        .collect();
    assert_eq!(prices, [Some(100.0), None]);
    assert_eq!(read.problems.listed()[0].file, 1);
}

#[test]
fn wide_rows_give_an_account_for_every_platform_they_list() {
    let text = "Name,Instagram,Instagram followers,IG ER,TikTok volgers,tiktok_url,YouTube subscribers,City,Total followers\n\
        Ada,@ada,1200,4.1%,60000,https://tiktok.com/@ada,,Delft,61200\n\
        Bo,,-,,,,900,Goes,900\n\
        Cas,,,,,,,Assen,\n\
        Dee,@dee,,,7000,,,Goes,7000\n";
    let read = reading(text.as_bytes());
    assert_eq!((read.rows, read.roster.len()), (4, 6));
    let told: Vec<_> = read
        .roster
        .accounts()
        .map(|it| {
            (
                it.row(),
                it.slot(),
                it.value(Facet::Platform),
                it.followers(),
                it.text(Field::Handle),
            )
        })
        .collect();
    assert_eq!(
        told[0],
        (
            1,
            Some(0),
            Some("Instagram"),
            Some(1200),
            Some("@ada".into())
        )
    );
    assert_eq!(told[1], (1, Some(1), Some("TikTok"), Some(60_000), None));
    assert_eq!(told[2], (2, Some(0), Some("YouTube"), Some(900), None));
    assert_eq!(told[3], (3, Some(0), None, None, None));
    assert_eq!(
        told[4],
        (4, Some(0), Some("Instagram"), None, Some("@dee".into()))
    );
    assert_eq!(told[5], (4, Some(1), Some("TikTok"), Some(7000), None));
    let rates: Vec<Option<f64>> = read
        .roster
        .accounts()
        .map(|it| it.engagement_rate())
        .collect();
    assert_eq!(rates[..2], [Some(0.041), None]);
    let first = read.roster.accounts().next().unwrap();
    assert_eq!(
        (first.text(Field::Name), first.value(Facet::City)),
        (Some("Ada".into()), Some("Delft"))
    );
    let options = Options {
        map: vec![(Field::Followers, "Total followers".to_owned())],
        ..Options::default()
    };
    assert_eq!(attempt(text.as_bytes(), &options).unwrap().roster.len(), 4);
}

#[test]
fn archives_that_unpack_to_too_much_are_refused() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let zeros = vec![b' '; 3 << 20];
    let told = refusal(&archive(&[types, ("xl/worksheets/sheet1.xml", &zeros)]));
    assert!(told.contains("100 times"), "{told}");
    let many: Vec<String> = (0..2_001).map(|at| format!("{at}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|name| (name.as_str(), &b"<a/>"[..]))
        .collect();
    assert!(refusal(&archive(&many)).contains("2,000 entries"));
    let entities = b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><workbook/>";
    assert!(refusal(&archive(&[types, ("xl/workbook.xml", entities)])).contains("entities"));
    assert!(refusal(&archive(&[("roster.csv", CSV.as_bytes())])).contains("unpack it"));
    let strings =
        b"<sst xmlns=\"s\" count=\"2\" uniqueCount=\"3000000000\"><si><t>a</t></si></sst>";
    let told = refusal(&archive(&[types, ("xl/sharedStrings.xml", strings)]));
    assert!(told.contains("more texts than are read"), "{told}");
    let styles = ["<styleSheet>", &"<xf/>".repeat(301_000)].concat();
    let told = refusal(&archive(&[types, ("xl/styles.xml", styles.as_bytes())]));
    assert!(
        told.contains("times its size") || told.contains("elements"),
        "{told}"
    );
}

#[test]
fn far_corners_cost_nothing_and_endless_repeats_are_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["name", "followers"], ["Ada", "12"]].iter().enumerate() {
        sheet.write_row(row as u32, 0, *cells).unwrap();
    }
    sheet.write(1_048_575, 16_383, "far").unwrap();
    assert_eq!(reading(&book.save_to_buffer().unwrap()).rows, 2);
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"999999999\"><text:p>x</text:p></table:table-cell>";
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"999999999\">{cell}</table:table-row>"
    );
    let told = refusal(&ods(&format!(
        "<table:table table:name=\"a\">{row}</table:table>"
    )));
    assert!(told.contains("repeats"), "{told}");
}

#[test]
fn what_is_no_roster_is_named() {
    assert!(refusal(b"%PDF-1.7 rest").contains("PDF"));
    assert!(refusal(b"<html><body><table>").contains("web page"));
    assert!(
        refusal(b"<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">]>").contains("XML")
    );
    assert!(refusal(b"PK\x03\x04 and no more").contains("broken"));
    assert!(refusal(b"[{\"name\":\"A\"},{\"name\":\"B\"}]").contains("--map followers"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn broken_spreadsheets_are_read_or_refused(cut in 0.0f64..1.0, flips in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..6)) {
        for whole in [workbook(), ods(&table(&rows()))] {
            let at = |share: f64| ((whole.len() - 1) as f64 * share) as usize;
            let mut bytes = whole.clone();
            for (share, byte) in &flips {
                bytes[at(*share)] ^= byte;
            }
            let _ = attempt(&bytes, &Options::default());
            bytes.truncate(at(cut));
            let _ = attempt(&bytes, &Options::default());
        }
    }
}

fn json() -> String {
    let rows: Vec<serde_json::Value> = rows()
        .iter()
        .skip(1)
        .map(|row| {
            serde_json::json!({
                "name": row[0], "handle": row[1], "platform": row[2], "followers": row[3], "er": row[4]
            })
        })
        .collect();
    serde_json::Value::from(rows).to_string()
}

#[test]
fn json_is_read_in_utf16_and_as_arrays() {
    let expected = accounts(&reading(json().as_bytes()));
    assert_eq!(expected.len(), 3);
    let little =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let big = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
    let marked = format!("\u{feff}{}", json());
    for bytes in [little(&json()), big(&json()), little(&marked), big(&marked)] {
        assert_eq!(accounts(&reading(&bytes)), expected);
    }
    let arrays = serde_json::json!(rows()).to_string();
    assert_eq!(accounts(&reading(arrays.as_bytes())), expected);
    let lines: Vec<String> = rows()
        .iter()
        .map(|row| serde_json::json!(row).to_string())
        .collect();
    assert_eq!(accounts(&reading(lines.join("\n").as_bytes())), expected);
    let split = serde_json::json!({"columns": rows()[0], "data": rows()[1..]}).to_string();
    assert_eq!(accounts(&reading(split.as_bytes())), expected);
}

#[test]
fn json_that_breaks_off_and_broken_lines_are_told() {
    use pyramide::domain::problem::ProblemKind;
    let text = json();
    let cut = reading(&text.as_bytes()[..text.len() - 9]);
    assert_eq!((cut.rows, cut.skipped.broken), (2, 1));
    assert_eq!(cut.problems.count(ProblemKind::CutOff), 1);
    let lines = "{\"name\":\"A\",\"followers\":1}\n{\"name\":\n{\"name\":\"B\",\"followers\":2}\n";
    let lines = reading(lines.as_bytes());
    assert_eq!((lines.rows, lines.skipped.broken), (2, 1));
    assert_eq!(lines.problems.count(ProblemKind::BrokenRecord), 1);
    let places = |reading: &Reading| {
        let listed = reading.problems.listed().iter();
        let places: Vec<(u64, u64)> = listed.map(|it| (it.line, it.row)).collect();
        places
    };
    assert_eq!(places(&lines), [(2, 0)]);
    let many = "{\"name\":\"A\",\"followers\":1}\n".repeat(2_500) + "nonsense\n";
    let many = reading(many.as_bytes());
    assert_eq!((many.rows, places(&many)), (2_500, vec![(2_501, 0)]));
}

#[test]
fn a_workbook_tells_how_far_it_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["Name", "Followers"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    for row in 1..5000 {
        sheet.write(row, 0, format!("Ada {row}")).unwrap();
        sheet.write(row, 1, row).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let options = Options {
        chunk: 500,
        ..Options::default()
    };
    let mut shares = Vec::new();
    let read = read(
        &input("roster", &bytes),
        &options,
        &PLAYBOOK,
        &mut |_, progress| {
            shares.extend(progress.share());
            ControlFlow::Continue(())
        },
    );
    assert_eq!(read.unwrap().rows, 4999);
    assert!(shares.len() > 5 && shares.is_sorted(), "{shares:?}");
    assert!(
        shares[0] < 0.2 && shares[shares.len() - 1] > 0.98,
        "{shares:?}"
    );
}
