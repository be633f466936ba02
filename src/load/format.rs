//! Formats: which one the first bytes of a file are in. The name of the file has no say.

use serde::de::IgnoredAny;

/// A format that rosters come in. Reading one is the business of the module of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells set apart by a separator; see [`super::delimited`].
    Delimited,
    /// JSON and JSON Lines; see [`super::json`].
    Json,
    /// A zip archive that may be a spreadsheet: XLSX, XLSB, ODS; see [`super::package`].
    Package,
    /// An old Office document that may be a spreadsheet: XLS; see [`super::xls`].
    Compound,
    /// Any of the others, compressed with gzip; see [`super::unpack`].
    Gzip,
    /// Any of the others, compressed with zstd; see [`super::unpack`].
    Zstd,
    /// Something else, with what it is.
    Other(&'static str),
}

/// The first bytes of formats that are no text.
const SIGNATURES: [(&[u8], Format); 17] = [
    (b"PK\x03\x04", Format::Package),
    (b"PK\x05\x06", Format::Other("an empty archive")),
    (b"\xD0\xCF\x11\xE0", Format::Compound),
    (b"\x1F\x8B", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"%PDF-", Format::Other("a PDF document")),
    (b"\x89PNG", Format::Other("a picture")),
    (b"\xFF\xD8\xFF", Format::Other("a picture")),
    (b"GIF8", Format::Other("a picture")),
    (b"BZh", Format::Other("a bzip2 archive")),
    (b"\xFD7zXZ", Format::Other("an xz archive")),
    (b"7z\xBC\xAF", Format::Other("a 7z archive")),
    (b"Rar!", Format::Other("a RAR archive")),
    (b"\x7FELF", Format::Other("a program")),
    (b"SQLite format 3\0", Format::Other("a database")),
    (b"PAR1", Format::Other("a Parquet file")),
    (b"{\\rtf", Format::Other("an RTF document")),
];

/// Openings of documents in angle brackets, in small letters.
const MARKUP: [(&str, &str); 4] = [
    ("<?xml", "an XML document"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<table", "a web page"),
];

/// The format of a file that starts like this. Text that is not UTF-8 is taken for delimited.
#[must_use]
pub fn sniff(head: &[u8]) -> Format {
    if let Some((_, format)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return *format;
    }
    if opens_skippable(head) {
        return Format::Zstd;
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text = text.trim_ascii_start();
    for (start, what) in MARKUP {
        let opening = text.get(..start.len()).unwrap_or_default();
        if opening.eq_ignore_ascii_case(start.as_bytes()) {
            return Format::Other(what);
        }
    }
    if opens_json(text) {
        Format::Json
    } else {
        Format::Delimited
    }
}

/// Whether bytes open with a zstd frame that holds no content (RFC 8878, 3.1.2).
pub(super) fn opens_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// Whether a text opens like an object or an array, and not like a cell that happens to begin with a bracket.
fn opens_json(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else {
        return false;
    };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => {
            let closed = rest.trim_ascii_start().strip_prefix(b"]");
            matches!(next, Some(b'{' | b'['))
                || closed.is_some_and(|rest| rest.trim_ascii().is_empty())
                || opens_lines(text)
        }
        _ => false,
    }
}

/// Whether a text opens with two lines that are arrays of values.
fn opens_lines(text: &[u8]) -> bool {
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty()).take(2);
    let array = |line: &[u8]| serde_json::from_slice::<Vec<IgnoredAny>>(line).is_ok();
    lines.next().is_some_and(array) && lines.next().is_some_and(array)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide() {
        assert_eq!(sniff(b"PK\x03\x04rest"), Format::Package);
        assert_eq!(sniff(b"\x1F\x8B\x08"), Format::Gzip);
        assert_eq!(sniff(b"\xEF\xBB\xBF [ {\"a\":1}"), Format::Json);
        assert_eq!(sniff(b"{\n  \"rows\": []}"), Format::Json);
        assert_eq!(sniff(b"[]\n"), Format::Json);
        assert_eq!(sniff(b"[\"name\"]\n[\"Mia\"]\n"), Format::Json);
        assert_eq!(sniff(b"[\"name\"],1\n[\"Mia\"],2\n"), Format::Delimited);
        assert_eq!(sniff(b"\x53\x2A\x4D\x18\0\0\0\0"), Format::Zstd);
        assert_eq!(sniff(b"name,followers\n"), Format::Delimited);
        assert_eq!(sniff(b"[tag] name,followers\n"), Format::Delimited);
        assert_eq!(sniff(b"{x};y\n"), Format::Delimited);
        assert_eq!(sniff(b""), Format::Delimited);
        assert_eq!(sniff(b" <HTML><table>"), Format::Other("a web page"));
        assert_eq!(sniff(b"%PDF-1.7"), Format::Other("a PDF document"));
    }
}
