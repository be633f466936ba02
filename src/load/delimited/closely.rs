//! Records that need a closer look: those with quotes where none belong, or too few cells, and all of a dialect that has
//! no plain ones.
//!
//! First it is told where such a record ends, whatever happens to be in the buffer, then its cells are read, one look
//! after the other over the same bytes. That is slow, and rare: [`super::plain`] tells nearly all records in one look.

use super::{Delimited, aligned, breaks, quoting, repair};
use crate::domain::table::Record;
use crate::load::dialect::Lines;
use crate::load::records::Quirks;
use memchr::{memchr, memchr_iter, memchr2};
use std::io::{self, Read};

/// The longest quoted record; a quote open for longer is taken as stray.
const LONGEST_QUOTED: usize = 1 << 20;

/// The longest line.
const LONGEST: usize = 64 << 20;

/// The most cells of a record.
pub(super) const CELLS: usize = 1_000_000;

/// Where a record ends.
pub(super) struct Extent {
    /// Its length in bytes, without what ends it.
    length: usize,
    /// Whether it must be read with an eye on quotes.
    quoted: bool,
}

impl<R: Read> Delimited<'_, R> {
    /// Length of the line that starts here.
    fn line_length(&mut self) -> io::Result<usize> {
        let mut searched = 0;
        loop {
            let rest = self.rest();
            let found = memchr2(b'\n', b'\r', rest.get(searched..).unwrap_or_default());
            let length = found.map_or(rest.len(), |length| searched + length);
            if length > LONGEST {
                return Err(invalid(format!("line {} is longer than 64 MiB", self.line)));
            }
            if found.is_some() || self.ended {
                return Ok(length);
            }
            searched = length;
            self.refill()?;
        }
    }

    /// Where the record that begins here ends.
    pub(super) fn extent(&mut self) -> io::Result<Extent> {
        let line = self.line_length()?;
        let first = self.rest().get(..line).unwrap_or_default();
        if self
            .dialect
            .quote
            .is_none_or(|quote| memchr(quote, first).is_none())
        {
            return Ok(Extent {
                length: line,
                quoted: false,
            });
        }
        let one_line = Extent {
            length: line,
            quoted: true,
        };
        // How many bytes happen to be there must not matter.
        let most = LONGEST_QUOTED.max(line + 1);
        loop {
            let rest = self.rest();
            let whole = rest.len() <= most;
            let seen = rest.get(..most).unwrap_or(rest);
            match quoting::follow(seen, self.dialect, self.ended && whole) {
                Some((length, cells)) if length > line && self.is_whole(line, cells) => {
                    return Ok(one_line);
                }
                Some((length, _)) => {
                    return Ok(Extent {
                        length,
                        quoted: true,
                    });
                }
                None if !whole => return Ok(one_line),
                None => self.refill()?,
            }
        }
    }

    /// Whether the line that starts here is a record like the others, and the one of this many cells that goes on over
    /// several lines is not.
    fn is_whole(&self, line: usize, cells: usize) -> bool {
        let width = self.dialect.shape.width;
        let first = self.rest().get(..line).unwrap_or_default();
        width > 1
            && cells != width
            && quoting::follow(first, self.dialect, true).is_some_and(|(_, cells)| cells == width)
    }

    /// A record of more cells than any table has would take many times its own length in memory.
    pub(super) fn refuse_too_wide(&self, extent: &Extent) -> io::Result<()> {
        let bytes = self.rest().get(..extent.length).unwrap_or_default();
        if bytes.len() < CELLS || memchr_iter(self.dialect.delimiter, bytes).count() < CELLS {
            return Ok(());
        }
        let text = format!("line {} has more than a million cells", self.line);
        Err(invalid(text))
    }

    /// Fills the record from the bytes of an extent, and steps over them.
    pub(super) fn take(&mut self, extent: &Extent, record: &mut Record) -> Quirks {
        let range = self.at..self.at + extent.length;
        let text = if let Some(text) = self.text {
            text.get(range).unwrap_or_default().into()
        } else {
            String::from_utf8_lossy(self.buffer.get(range).unwrap_or_default())
        };
        let mut quirks = Quirks {
            invalid_text: matches!(text, std::borrow::Cow::Owned(_)),
            ..Quirks::default()
        };
        if extent.quoted {
            self.line += breaks(text.as_bytes());
            let inner = quoting::inside_line(&text, self.dialect);
            let text = inner.as_deref().unwrap_or(&text);
            quirks.stray_quote = repair::fill(text, self.dialect, &mut self.cell, record);
        } else if self.dialect.lines == Lines::Aligned {
            aligned::cells(&text).for_each(|cell| record.push(cell));
        } else if self.dialect.blank_after {
            spaced_cells(&text, self.dialect.delimiter, record);
        } else {
            let cells = text.split(char::from(self.dialect.delimiter));
            cells.for_each(|cell| record.push(cell));
        }
        if record.len() < self.dialect.shape.width {
            quirks.other_separator = repair::separate(&text, self.dialect, &mut self.cell, record);
        }
        self.at += extent.length;
        quirks
    }
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Cells of a record without quotes, where a blank after a separator belongs to it.
fn spaced_cells(text: &str, delimiter: u8, record: &mut Record) {
    for (at, cell) in text.split(char::from(delimiter)).enumerate() {
        let bare = cell.strip_prefix(' ').filter(|_| at > 0);
        record.push(bare.unwrap_or(cell));
    }
}
