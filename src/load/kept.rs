//! Bytes that come but once (standard input, a pipe), kept while they are read so that they can be read again. They
//! are handed on as they come: nothing waits for the end. What is kept stands in memory while it is little, then in
//! a file that has no name and goes away with it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::SpooledTempFile;

/// The most bytes that are kept: 4 GiB. What goes on longer can be read but once.
pub const MOST: u64 = 4 << 30;

/// The most bytes that are kept in memory.
const IN_MEMORY: usize = 8 << 20;

/// Bytes that come but once, and those of them that have come.
pub struct Kept {
    name: String,
    most: u64,
    /// Held while waiting for more, which can take forever; never taken while `store` is held.
    spring: Mutex<Spring>,
    store: Mutex<Store>,
}

/// Where the bytes come from.
enum Spring {
    /// A path that is opened when it is first needed, as that may wait for a writer.
    Unopened(PathBuf),
    Open(Box<dyn Read + Send>),
    Dry,
}

/// What was kept.
struct Store {
    bytes: SpooledTempFile,
    length: u64,
    /// Why no more is kept, once that is so.
    lost: Option<String>,
}

/// Reads kept bytes from the first one, then on into those that have not come yet.
pub struct Reader {
    kept: Arc<Kept>,
    at: u64,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Kept {
    /// Standard input.
    #[must_use]
    pub fn stdin() -> Kept {
        Kept::new("-".to_owned(), Spring::Open(Box::new(io::stdin())), MOST)
    }

    /// What comes out of a pipe or another file that is no regular one, with the name to show for it.
    #[must_use]
    pub fn pipe(name: String, path: PathBuf) -> Kept {
        Kept::new(name, Spring::Unopened(path), MOST)
    }

    fn new(name: String, spring: Spring, most: u64) -> Kept {
        Kept {
            name,
            most,
            spring: Mutex::new(spring),
            store: Mutex::new(Store {
                bytes: tempfile::spooled_tempfile(IN_MEMORY),
                length: 0,
                lost: None,
            }),
        }
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All bytes from the first one. Several readers may read at a time.
    #[must_use]
    pub fn reader(kept: &Arc<Kept>) -> Reader {
        Reader {
            kept: Arc::clone(kept),
            at: 0,
        }
    }
}

impl Spring {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Spring::Unopened(path) = self {
            *self = Spring::Open(Box::new(File::open(path)?));
        }
        let Spring::Open(bytes) = self else {
            return Ok(0);
        };
        let count = bytes.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            *self = Spring::Dry;
        }
        Ok(count)
    }
}

impl Store {
    /// Reads what was kept from a place on; `None` when no more has come than that.
    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        if at >= self.length {
            return Ok(None);
        }
        if let Some(why) = &self.lost {
            return Err(io::Error::other(why.clone()));
        }
        self.bytes.seek(SeekFrom::Start(at))?;
        let room = usize::try_from(self.length - at).unwrap_or(usize::MAX);
        let most = buffer.len().min(room);
        self.bytes
            .read(buffer.get_mut(..most).unwrap_or_default())
            .map(Some)
    }

    /// Keeps more. What cannot be kept is no reason to stop reading.
    fn add(&mut self, more: &[u8], most: u64) {
        self.length += more.len() as u64;
        if self.lost.is_some() {
            return;
        }
        if self.length > most {
            self.lose(format!(
                "it can be read but once, being longer than {} MiB, the most that is kept of a pipe; a file can be \
                 read again",
                most >> 20
            ));
            return;
        }
        let end = self.bytes.seek(SeekFrom::End(0));
        if let Err(error) = end.and_then(|_| self.bytes.write_all(more)) {
            self.lose(format!(
                "it can be read but once, as it could not be kept ({error}); a file can be read again"
            ));
        }
    }

    fn lose(&mut self, why: String) {
        self.bytes = tempfile::spooled_tempfile(0);
        self.lost = Some(why);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let kept = lock(&self.kept.store).read(self.at, buffer)?;
        let count = if let Some(count) = kept {
            count
        } else {
            let mut spring = lock(&self.kept.spring);
            // Another reader may have gone on while this one waited.
            let kept = lock(&self.kept.store).read(self.at, buffer)?;
            if let Some(count) = kept {
                count
            } else {
                let count = spring.read(buffer)?;
                let more = buffer.get(..count).unwrap_or_default();
                lock(&self.kept.store).add(more, self.kept.most);
                count
            }
        };
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;
    use std::sync::mpsc::{Receiver, channel};

    fn kept(bytes: impl Read + Send + 'static, most: u64) -> Arc<Kept> {
        Arc::new(Kept::new(
            "-".to_owned(),
            Spring::Open(Box::new(bytes)),
            most,
        ))
    }

    fn all(mut reader: Reader) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map(|_| bytes)
    }

    proptest! {
        #[test]
        fn every_reader_reads_everything_however_they_take_turns(
            bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
            turns in proptest::collection::vec((0usize..3, 1usize..700), 0..30),
        ) {
            let kept = kept(io::Cursor::new(bytes.clone()), MOST);
            let mut readers: Vec<(Reader, Vec<u8>)> =
                (0..3).map(|_| (Kept::reader(&kept), Vec::new())).collect();
            for (turn, size) in turns {
                let mut buffer = vec![0; size];
                let (reader, read) = &mut readers[turn];
                let count = reader.read(&mut buffer).unwrap();
                read.extend_from_slice(&buffer[..count]);
            }
            for (reader, mut read) in readers {
                read.extend(all(reader).unwrap());
                prop_assert!(read == bytes);
            }
        }
    }

    #[test]
    fn what_is_too_long_is_read_once_and_then_refused() {
        let kept = kept(io::repeat(b'a').take(5_000_000), 1 << 20);
        assert_eq!(all(Kept::reader(&kept)).unwrap().len(), 5_000_000);
        let refused = all(Kept::reader(&kept)).unwrap_err().to_string();
        assert!(
            refused.contains("but once") && refused.contains("1 MiB"),
            "{refused}"
        );
    }

    /// Gives out what is sent to it.
    struct Slow(Receiver<Vec<u8>>);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Ok(bytes) = self.0.recv() else {
                return Ok(0);
            };
            buffer[..bytes.len()].copy_from_slice(&bytes);
            Ok(bytes.len())
        }
    }

    #[test]
    fn what_has_come_is_read_again_while_another_waits_for_more() {
        let (sender, slow) = channel();
        let kept = kept(Slow(slow), MOST);
        sender.send(b"first ".to_vec()).unwrap();
        let mut first = Kept::reader(&kept);
        let mut buffer = [0; 16];
        assert_eq!(first.read(&mut buffer).unwrap(), 6);
        let waiting = std::thread::spawn(move || all(first).unwrap());
        let mut again = Kept::reader(&kept);
        assert_eq!(again.read(&mut buffer).unwrap(), 6);
        sender.send(b"second".to_vec()).unwrap();
        drop(sender);
        assert_eq!(waiting.join().unwrap(), b"second");
        assert_eq!(all(again).unwrap(), b"second");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_opened_when_it_is_read() {
        let missing = Arc::new(Kept::pipe("pipe".to_owned(), PathBuf::from("/none/pipe")));
        assert_eq!(missing.name(), "pipe");
        assert!(all(Kept::reader(&missing)).is_err());
    }
}
