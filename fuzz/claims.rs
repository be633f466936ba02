//! What holds for any bytes, as the fuzzers and the tests of what they once found check it.
//!
//! Run one for ten minutes with `cargo +nightly fuzz run load -- -max_total_time=600 -timeout=5 -rss_limit_mb=1024`.
//! What fails is kept in `regressions/`, in the folder of its claim, where the tests of the program find it.

use pyramide::domain::decision::DecimalStyle;
use pyramide::domain::playbook::Playbook;
use pyramide::domain::table::Record;
use pyramide::load::delimited::Delimited;
use pyramide::load::dialect::search;
use pyramide::load::encoding::Charset;
use pyramide::load::number::{self, Cell};
use pyramide::load::options::Options;
use pyramide::load::raw;
use pyramide::load::reading::read;
use pyramide::load::records::Records;
use pyramide::load::source::Input;
use pyramide::text::{Language, number as format};
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::sync::LazyLock;
use zip::write::{SimpleFileOptions, ZipWriter};

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(|| match pyramide::load::assets::embedded() {
    Ok(playbook) => playbook,
    Err(error) => unreachable!("the rules are sound: {error}"),
});

/// Any bytes are a roster that adds up or are refused, and a table whose rows are all as long as each other.
pub(crate) fn load(bytes: &[u8]) {
    let input = Input::Bytes {
        name: "roster".to_owned(),
        bytes: bytes.into(),
    };
    roster(&input);
    table(&input);
}

fn roster(input: &Input) {
    let mut last = 0;
    let options = Options {
        chunk: 7,
        ..Options::default()
    };
    let read = read(input, &options, &PLAYBOOK, &mut |reading, progress| {
        assert!(reading.roster.len() >= last, "accounts were taken back");
        last = reading.roster.len();
        assert!(
            progress
                .share()
                .is_none_or(|share| (0.0..=1.0).contains(&share))
        );
        ControlFlow::Continue(())
    });
    let Ok(reading) = read else { return };
    assert!(
        reading.roster.len() as u64 >= reading.rows,
        "a row gave no account"
    );
    for account in reading.roster.accounts() {
        assert!(
            account
                .engagement_rate()
                .is_none_or(|rate| rate.is_finite() && rate >= 0.0)
        );
        assert!(
            account
                .price()
                .is_none_or(|price| price.is_finite() && price >= 0.0)
        );
        assert!(account.row() >= 1 && account.row() <= reading.rows);
    }
}

fn table(input: &Input) {
    let mut width = None;
    let given = raw::give(input, &Options::default(), &PLAYBOOK, &mut |record| {
        let expected = *width.get_or_insert(record.len());
        assert_eq!(record.len(), expected, "a row is of another length");
        Ok(())
    });
    drop(given);
}

/// A dialect is found for any bytes, and what is read in it is no more text than there was.
pub(crate) fn sniff(bytes: &[u8]) {
    let text = Charset::detect(bytes, &[]).text(bytes);
    let dialect = search::detect(&text, None);
    assert_eq!(dialect, search::detect(&text, None), "it is found anew");
    let mut records = Delimited::new(text.as_bytes(), dialect);
    let (mut record, mut length, mut line) = (Record::default(), 0, 0);
    while let Ok(Some(_)) = records.next(&mut record) {
        assert!(record.place.line > line, "lines go on");
        line = record.place.line;
        length += record.cells().map(str::len).sum::<usize>();
    }
    assert!(length <= text.len(), "text was made up");
}

/// Any text is read as a number or not, its ends in order; a number that was written is read back.
pub(crate) fn numbers(bytes: &[u8]) {
    for style in [DecimalStyle::Point, DecimalStyle::Comma] {
        if let Ok(text) = std::str::from_utf8(bytes)
            && let Cell::Number(number) = number::read(text, style)
        {
            assert!(number.low <= number.high && number.high.is_finite() && number.low.is_finite());
            assert!(number.middle() >= number.low && number.middle() <= number.high);
        }
    }
    let Some(first) = bytes.first_chunk::<8>() else {
        return;
    };
    let count = u64::from_le_bytes(*first) >> (bytes.len() % 64) >> 11;
    for (language, style) in [
        (Language::En, DecimalStyle::Point),
        (Language::Nl, DecimalStyle::Comma),
    ] {
        let written = format::grouped(count, language);
        let Cell::Number(number) = number::read(&written, style) else {
            unreachable!("{written} is a number");
        };
        assert_eq!(
            (number.low, number.high),
            (count as f64, count as f64),
            "{written}"
        );
    }
}

/// Parts of a spreadsheet with these bytes in them, and the bytes themselves behind the marks of one, are a roster
/// or are refused.
pub(crate) fn spreadsheets(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let packed = match kind % 5 {
        0 => xlsx(rest, SHARED),
        1 => xlsx(SHEET, rest),
        2 => package(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", rest),
        ]),
        3 => [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], rest].concat(),
        _ => [&b"PK\x03\x04"[..], rest].concat(),
    };
    load(&packed);
}

const SHEET: &[u8] = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1200</v></c></row></sheetData></worksheet>"#;
const SHARED: &[u8] =
    b"<sst><si><t>name</t></si><si><t>followers</t></si><si><t>Ada Vis</t></si></sst>";

fn xlsx(sheet: &[u8], shared: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", br#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#),
        ("xl/workbook.xml", br#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    packed(parts).unwrap_or_default()
}

fn packed(parts: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
