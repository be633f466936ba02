//! Packages: zip archives that may be spreadsheets. What they unpack to is counted before anything is made of it, by
//! unpacking, as what an archive says of itself may be a lie.

use super::source::Seekable;
use memchr::memmem::Finder;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// The most entries.
const ENTRIES: u64 = 2_000;
/// The most bytes of the archive, of an entry, and of all entries: 512, 256 and 512 MiB.
pub(super) const PACKED: u64 = 512 << 20;
const ENTRY: u64 = 256 << 20;
const ALL: u64 = 512 << 20;
/// The most bytes out per byte in, past the first MiB of an entry.
const RATIO: u64 = 100;
const FREE: u64 = 1 << 20;
/// The longest stretch of an XML entry without markup: far more than a cell can hold.
const TEXT: usize = 4 << 20;
/// The most elements of an XML entry that is neither a sheet nor its texts: styles, relations, names of sheets.
const ELEMENTS: usize = 300_000;
/// What the texts of all cells may take in memory, each with what it costs to keep.
const STRINGS: usize = 320 << 20;
const PER_STRING: usize = 56;

/// What an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Package {
    /// A workbook of Excel in XML.
    Xlsx,
    /// A workbook of Excel in binary parts.
    Xlsb,
    /// An `OpenDocument` spreadsheet.
    Ods,
}

/// What an archive is, when it may be read; otherwise a sentence that says why not.
pub(super) fn examine(bytes: &mut dyn Seekable) -> Result<Package, String> {
    let broken = |error: io::Error| format!("cannot be read: {error}");
    if directory_entries(bytes).map_err(broken)? > ENTRIES {
        return Err("is an archive of more than 2,000 entries, not a spreadsheet".to_owned());
    }
    bytes.rewind().map_err(broken)?;
    // Boxed, so that it is the type of archive that all workbooks are read from.
    let lent: Box<dyn Seekable + '_> = Box::new(&mut *bytes);
    let mut archive =
        ZipArchive::new(lent).map_err(|error| format!("is a broken archive: {error}"))?;
    let package = kind(&archive)?;
    let mut all = 0;
    for at in 0..archive.len() {
        let mut entry = archive
            .by_index(at)
            .map_err(|error| format!("is a broken archive: {error}"))?;
        let name = entry
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default();
        let packed = entry.compressed_size();
        let mut census = Census::default();
        count(&mut entry, packed, &mut census, &mut all).map_err(|why| {
            let name: String = name.chars().take(80).collect();
            format!("is not opened: its part {name:?} {why}")
        })?;
    }
    drop(archive);
    bytes.rewind().map_err(broken)?;
    Ok(package)
}

/// The number of entries that the end of the archive claims, the highest of all claims.
fn directory_entries(bytes: &mut dyn Seekable) -> io::Result<u64> {
    let length = bytes.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(66 << 10);
    bytes.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    (&mut *bytes).take(66 << 10).read_to_end(&mut tail)?;
    let mut most = 0;
    for (signature, place, width) in [(b"PK\x05\x06", 10, 2), (b"PK\x06\x06", 32, 8)] {
        for found in memchr::memmem::find_iter(&tail, signature) {
            let claim = tail.get(found + place..found + place + width);
            let claim = claim.unwrap_or_default().iter().rev();
            let claim = claim.fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
            most = most.max(if width == 2 && claim == 0xFFFF {
                0
            } else {
                claim
            });
        }
    }
    Ok(most)
}

fn kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<Package, String> {
    let names = archive.file_names().filter_map(Result::ok);
    let names: Vec<String> = names
        .map(|name| name.trim_start_matches('/').to_ascii_lowercase())
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = |wanted: &str| names.iter().any(|name| name.ends_with(wanted));
    if has("[content_types].xml") {
        if ends("workbook.bin") {
            return Ok(Package::Xlsb);
        }
        let other = ends("word/document.xml") || ends("ppt/presentation.xml");
        return if other {
            Err("is a text document or a presentation, not a spreadsheet".to_owned())
        } else {
            Ok(Package::Xlsx)
        };
    }
    if has("content.xml") && has("mimetype") {
        return Ok(Package::Ods);
    }
    if ends("workbook.xml") {
        return Ok(Package::Xlsx);
    }
    Err("is an archive, not a spreadsheet; unpack it and open what is in it".to_owned())
}

/// What was met in an entry.
#[derive(Debug, Default)]
struct Census {
    elements: usize,
    strings: usize,
    claim: Claim,
    declared: usize,
    text: usize,
    first: Vec<u8>,
    tail: Vec<u8>,
}

impl Census {
    fn add(&mut self, piece: &[u8], finders: &[Finder<'_>; 3]) {
        let room = 2048usize.saturating_sub(self.first.len());
        self.first.extend(piece.iter().take(room));
        let mut last = None;
        for at in memchr::memchr_iter(b'<', piece) {
            self.elements += 1;
            let before = last.map_or(self.text + at, |last: usize| at - last);
            self.text = self.text.max(before).min(TEXT + 1);
            last = Some(at);
        }
        self.longest(last, piece.len());
        self.claim.add(piece);
        let mut seam = std::mem::take(&mut self.tail);
        seam.extend(piece.iter().take(9));
        for window in [seam.as_slice(), piece] {
            let [si, doctype, entity] = finders;
            self.strings += si.find_iter(window).count();
            self.declared += doctype.find_iter(window).count() + entity.find_iter(window).count();
        }
        self.tail = piece
            .get(piece.len().saturating_sub(2)..)
            .unwrap_or_default()
            .to_vec();
    }

    /// Takes note of the text since the last markup of a piece.
    fn longest(&mut self, last: Option<usize>, length: usize) {
        if self.text <= TEXT {
            self.text = last.map_or(self.text + length, |last| length - last);
        }
    }

    /// Why an entry that is XML is not opened.
    fn objection(&self, length: u64) -> Option<&'static str> {
        let head = String::from_utf8_lossy(&self.first);
        let roots = [
            "<worksheet",
            ":worksheet",
            "<sst",
            ":sst",
            "<pivotCache",
            "<comments",
            ":document-content",
        ];
        let plain = roots.iter().any(|root| head.contains(root));
        if self.declared > 0 {
            Some("declares entities, which no spreadsheet needs")
        } else if self.text > TEXT {
            Some("holds a cell of more than 4 MiB")
        } else if !plain && self.elements > ELEMENTS {
            Some("has more than 300,000 elements")
        } else if self.claim.most > STRINGS / PER_STRING
            || self.strings.saturating_mul(PER_STRING) as u64 + length > STRINGS as u64
                && self.strings > 1000
        {
            Some("holds more texts than are read; save it as CSV")
        } else {
            None
        }
    }
}

/// The name of the attribute that says how many texts there are; memory is set aside for as many before any is read.
const CLAIMED: &[u8] = b"uniqueCount";
const FIRST: &u8 = &b'u';

/// How many texts an entry says that it holds, found over the seams of its pieces.
#[derive(Debug, Default)]
struct Claim {
    /// The highest number claimed.
    most: usize,
    /// Bytes of the name of the attribute met so far, all of them while its value is met.
    met: usize,
    /// The number that is being met, once a digit was.
    number: Option<usize>,
}

impl Claim {
    fn add(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while let Some((byte, after)) = rest.split_first() {
            if self.met == CLAIMED.len() {
                self.value(*byte);
            } else if CLAIMED.get(self.met) == Some(byte) {
                self.met += 1;
            } else {
                self.met = usize::from(byte == FIRST);
            }
            let skipped = match self.met {
                0 => memchr::memchr(*FIRST, after).unwrap_or(after.len()),
                _ => 0,
            };
            rest = after.get(skipped..).unwrap_or_default();
        }
    }

    fn value(&mut self, byte: u8) {
        match (byte, self.number) {
            (b'0'..=b'9', number) => {
                let tens = number.unwrap_or(0).saturating_mul(10);
                let number = tens.saturating_add(usize::from(byte - b'0'));
                self.most = self.most.max(number);
                self.number = Some(number);
            }
            (b'=' | b'"' | b'\'' | b' ' | b'\t' | b'\n' | b'\r', None) => {}
            _ => {
                self.met = usize::from(byte == *FIRST);
                self.number = None;
            }
        }
    }
}

/// Unpacks an entry to count what comes out of it.
fn count(
    entry: &mut impl Read,
    packed: u64,
    census: &mut Census,
    all: &mut u64,
) -> Result<(), String> {
    let finders = [
        Finder::new("<si"),
        Finder::new("<!DOCTYPE"),
        Finder::new("<!ENTITY"),
    ];
    let mut buffer = vec![0; 64 << 10];
    let mut length = 0u64;
    let mut xml = false;
    loop {
        let count = match entry.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(format!("is broken: {error}")),
        };
        let piece = buffer.get(..count).unwrap_or_default();
        if length == 0 {
            let text = piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(piece);
            xml = text.trim_ascii_start().starts_with(b"<");
        }
        length += count as u64;
        *all += count as u64;
        if length > ENTRY || *all > ALL {
            return Err("unpacks to more than is read (256 MiB a part, 512 MiB in all)".to_owned());
        }
        if length > FREE && length / RATIO > packed {
            return Err("unpacks to more than 100 times its size".to_owned());
        }
        if xml {
            census.add(piece, &finders);
        }
    }
    match census.objection(length).filter(|_| xml) {
        Some(why) => Err(why.to_owned()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_found_over_every_seam() {
        for (xml, most) in [
            ("<sst count=\"9\" uniqueCount=\"4000\"><si>", 4000),
            ("<sst uniqueCount = '00012'>", 12),
            ("<sst uniqueCount uniqueCount=\"7\">", 7),
            ("<sst uniqueCount=\"99999999999999999999999\">", usize::MAX),
            ("<sst unique=\"5\" xCount=\"6\">", 0),
        ] {
            for length in 1..xml.len() {
                let mut claim = Claim::default();
                for piece in xml.as_bytes().chunks(length) {
                    claim.add(piece);
                }
                assert_eq!(claim.most, most, "{xml}, {length} at a time");
            }
        }
    }
}
