//! Sources: opening a file, bytes or standard input, with a first look at what is in it.
//!
//! Never a memory map: a file that shrinks while it is read must not end the program. What the bytes mean as text is
//! left to [`super::encoding`].

use super::count::Count;
use super::encoding::Charset;
use super::failure::LoadError;
use super::format::Format;
use super::kept::Kept;
use super::unpack;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Where a roster is read from.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file on disk.
    File(PathBuf),
    /// Bytes in memory, with the name to show for them.
    Bytes {
        /// The name to show.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
    /// Standard input, read once.
    Stdin,
    /// Bytes that come but once, kept so that they can be read again.
    Kept(Arc<Kept>),
}

impl Input {
    /// Whether it can be read more than once.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match self {
            Input::File(path) => path.is_file(),
            Input::Bytes { .. } | Input::Kept(_) => true,
            Input::Stdin => false,
        }
    }
}

/// The most bytes that are read of one source: 64 GiB. A source that goes on longer is refused, not cut.
pub const MOST: u64 = 64 << 30;

/// Bytes looked at before anything is decided, and the most of them when they hold only a few very long lines.
const HEAD: usize = 512 << 10;
const LONGEST_HEAD: usize = 16 << 20;

/// Line breaks that the bytes looked at should hold.
const BREAKS: usize = 4;

/// Number and size of the blocks looked at further on in a file that is longer than the head.
const LATER: u64 = 16;
const BLOCK: usize = 16 << 10;

/// An opened source.
pub struct Source {
    /// The name to show.
    pub name: String,
    /// The first bytes, all of them when the source is short.
    pub head: Vec<u8>,
    /// Whether [`Source::head`] is all there is.
    pub whole: bool,
    /// Blocks from later in the file, each from an arbitrary place on; empty when it cannot be told.
    pub later: Vec<Vec<u8>>,
    /// Length in bytes, where known.
    pub total: Option<u64>,
    /// All bytes from the first one.
    pub bytes: Counted<Box<dyn Read + Send>>,
    /// How to come to the bytes anew; `None` when they are read once only.
    again: Option<Input>,
}

/// Bytes that can be gone through more than once, in another thread too.
pub trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

impl Source {
    /// The source of what unpacks from this one, whose name and packed length it keeps. Its count is that of packed
    /// bytes.
    ///
    /// # Errors
    ///
    /// [`LoadError::Unreadable`] when the packing is broken.
    pub fn unpacked(self, packing: Format) -> Result<Source, LoadError> {
        let read = self.bytes.count();
        let mut bytes = unpack::reader(packing, Box::new(self.bytes), Arc::clone(&read));
        let (head, whole) = beginning(&mut bytes).map_err(|error| LoadError::Unreadable {
            name: self.name.clone(),
            reason: error.to_string(),
        })?;
        let again = None;
        let mut source = source(
            self.name,
            (head, whole),
            Vec::new(),
            self.total,
            bytes,
            again,
        );
        source.bytes.read = read;
        source.bytes.counts = false;
        Ok(source)
    }

    /// The same with its text as UTF-8. Its count is that of the bytes as they were.
    ///
    /// # Errors
    ///
    /// [`LoadError::Unreadable`] when the first bytes cannot be read.
    pub(super) fn transcoded(self, charset: Charset) -> Result<Source, LoadError> {
        let (name, read) = (self.name, self.bytes.count());
        let text = charset.reader(Box::new(self.bytes));
        let opened = text.and_then(|mut text| Ok((beginning(&mut text)?, text)));
        let (head, text) = opened.map_err(|error| LoadError::Unreadable {
            name: name.clone(),
            reason: error.to_string(),
        })?;
        let mut source = source(name, head, Vec::new(), self.total, text, None);
        source.bytes.read = read;
        source.bytes.counts = false;
        Ok(source)
    }

    /// All bytes of the source, to be gone through as often as needed; those that come but once are kept in a file
    /// that has no name and goes away with it. At most `most` of them.
    ///
    /// # Errors
    ///
    /// When they cannot be read or kept, or are more.
    pub fn seekable(mut self, most: u64) -> io::Result<Box<dyn Seekable>> {
        let too_long = || {
            let text = format!(
                "longer than {} MiB, the most that is read of this format",
                most >> 20
            );
            io::Error::other(text)
        };
        if self
            .total
            .is_some_and(|total| self.again.is_some() && total > most)
        {
            return Err(too_long());
        }
        match self.again {
            Some(Input::File(path)) => Ok(Box::new(File::open(path)?)),
            Some(Input::Bytes { bytes, .. }) => Ok(Box::new(Cursor::new(bytes))),
            _ => {
                let mut kept = tempfile::spooled_tempfile(SPOOLED);
                let length = io::copy(&mut self.bytes.by_ref().take(most + 1), &mut kept)?;
                if length > most {
                    return Err(too_long());
                }
                kept.rewind()?;
                Ok(Box::new(kept))
            }
        }
    }
}

/// Bytes kept in memory of a source that comes but once, before they go to a file.
const SPOOLED: usize = 8 << 20;

/// A reader that counts what went through it and stops at [`MOST`].
pub struct Counted<R> {
    inner: R,
    read: Count,
    /// Whether this reader counts; otherwise one below it does.
    counts: bool,
}

impl<R> Counted<R> {
    /// The count, which goes on while the reader is used.
    pub fn count(&self) -> Count {
        Arc::clone(&self.read)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if !self.counts {
            return Ok(count);
        }
        let sum = self.read.load(Ordering::Relaxed) + count as u64;
        if sum > MOST {
            return Err(io::Error::other(
                "longer than 64 GiB, the most that is read",
            ));
        }
        self.read.store(sum, Ordering::Relaxed);
        Ok(count)
    }
}

/// Opens an input and looks at its beginning.
///
/// # Errors
///
/// [`LoadError`] when it is missing, may not be read, or is a folder.
pub fn open(input: &Input) -> Result<Source, LoadError> {
    let name = name_of(input);
    let unreadable = |error: io::Error| LoadError::Unreadable {
        name: name.clone(),
        reason: error.to_string(),
    };
    match input {
        Input::File(path) => {
            let about = std::fs::metadata(path).map_err(unreadable)?;
            if about.is_dir() {
                return Err(LoadError::Directory { name });
            }
            let mut file = File::open(path).map_err(unreadable)?;
            let total = about.is_file().then_some(about.len());
            let head = beginning(&mut file).map_err(unreadable)?;
            let later = match total {
                Some(length) if length > head.0.len() as u64 => {
                    blocks(&mut file, head.0.len() as u64, length).map_err(unreadable)?
                }
                _ => Vec::new(),
            };
            let again = about.is_file().then(|| input.clone());
            Ok(source(name, head, later, total, Box::new(file), again))
        }
        Input::Bytes { name, bytes } => {
            let mut reader = Cursor::new(Arc::clone(bytes));
            let head = beginning(&mut reader).map_err(unreadable)?;
            let total = Some(bytes.len() as u64);
            Ok(source(
                name.clone(),
                head,
                Vec::new(),
                total,
                Box::new(reader),
                Some(input.clone()),
            ))
        }
        Input::Stdin => {
            let mut reader = io::stdin();
            let head = beginning(&mut reader).map_err(unreadable)?;
            Ok(source(name, head, Vec::new(), None, Box::new(reader), None))
        }
        Input::Kept(kept) => {
            let mut reader = Kept::reader(kept);
            let head = beginning(&mut reader).map_err(unreadable)?;
            Ok(source(name, head, Vec::new(), None, Box::new(reader), None))
        }
    }
}

/// A source of text that was found within another format.
///
/// # Errors
///
/// When it cannot be read.
pub(super) fn within(name: String, mut text: Box<dyn Read + Send>) -> io::Result<Source> {
    let head = beginning(&mut text)?;
    Ok(source(name, head, Vec::new(), None, text, None))
}

fn source(
    name: String,
    (head, whole): (Vec<u8>, bool),
    later: Vec<Vec<u8>>,
    total: Option<u64>,
    rest: Box<dyn Read + Send>,
    again: Option<Input>,
) -> Source {
    let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(head.clone()).chain(rest));
    let read = Count::default();
    Source {
        name,
        head,
        whole,
        later,
        total,
        bytes: Counted {
            inner: bytes,
            read,
            counts: true,
        },
        again,
    }
}

/// The name to show for an input.
#[must_use]
pub fn name_of(input: &Input) -> String {
    match input {
        Input::File(path) => file_name(path),
        Input::Bytes { name, .. } => name.clone(),
        Input::Stdin => "-".to_owned(),
        Input::Kept(kept) => kept.name().to_owned(),
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The first bytes, and whether there are no more.
fn beginning(reader: &mut impl Read) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        let wanted = before.max(HEAD);
        reader.by_ref().take(wanted as u64).read_to_end(&mut head)?;
        let whole = head.len() < before + wanted;
        let breaks = memchr::memchr2_iter(b'\n', b'\r', &head)
            .take(BREAKS)
            .count();
        if whole || breaks == BREAKS || head.len() >= LONGEST_HEAD {
            return Ok((head, whole));
        }
    }
}

/// Blocks spread over what follows the head; the file stands at the end of its head afterwards.
fn blocks(file: &mut File, head: u64, length: u64) -> io::Result<Vec<Vec<u8>>> {
    let mut blocks = Vec::new();
    let stride = (length - head) / (LATER + 1);
    if stride > BLOCK as u64 {
        for at in 1..=LATER {
            file.seek(SeekFrom::Start(head + at * stride))?;
            let mut block = Vec::new();
            file.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
            blocks.push(block);
        }
        file.seek(SeekFrom::Start(head))?;
    }
    Ok(blocks)
}

/// Whether the bytes are plainly no text. NUL bytes tell, unless the text is UTF-16, which the caller must have ruled
/// out; a few among many other bytes are let through.
#[must_use]
pub fn is_binary(head: &[u8], wide: bool) -> bool {
    let nulls = memchr::memchr_iter(0, head).count();
    !wide && nulls * 1000 > head.len()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn folders_and_missing_files_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let input = Input::File(folder.path().to_owned());
        assert!(matches!(open(&input), Err(LoadError::Directory { .. })));
        let input = Input::File(folder.path().join("none.csv"));
        assert!(matches!(open(&input), Err(LoadError::Unreadable { .. })));
    }

    #[test]
    fn a_long_file_is_looked_at_further_on_and_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.csv");
        let bytes: Vec<u8> = (0..2_000_000u32).map(|at| (at % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let mut source = open(&Input::File(path)).unwrap();
        assert_eq!(source.later.len(), 16);
        assert!(!source.whole);
        let mut all = Vec::new();
        let count = source.bytes.count();
        source.bytes.read_to_end(&mut all).unwrap();
        assert!(all == bytes);
        assert_eq!(count.load(Ordering::Relaxed), 2_000_000);
    }

    #[test]
    fn binary_data_is_recognised() {
        assert!(is_binary(&[0; 100], false));
        assert!(!is_binary(b"name,followers\nA,1\n", false));
        assert!(!is_binary(b"n\0a\0m\0e\0", true));
    }
}
