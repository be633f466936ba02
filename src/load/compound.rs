//! Compound documents: the container of old Office files (MS-CFB), read just far enough to find a stream in it.

/// Marks in the table of sectors from here on are no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;

/// Bytes of an entry of the directory, and below which a stream lies among the small sectors.
const ENTRY: usize = 128;
const SMALL: usize = 4096;

/// A compound document in memory.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    streams: Vec<(String, u32, usize)>,
}

impl<'a> Compound<'a> {
    /// Opens the document; `None` when it is broken.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let sector = match number(bytes, 30, 2)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut document = Compound {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        document.table = document.sector_table()?;
        let directory = document.chain(number(bytes, 48, 4)?, usize::MAX);
        for entry in directory.chunks_exact(ENTRY) {
            let length = number(entry, 64, 2)?.min(64) as usize;
            let name = entry.get(..length.saturating_sub(2))?;
            let units = name
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let name = String::from_utf16_lossy(&units.collect::<Vec<u16>>());
            let stream = (
                name,
                number(entry, 116, 4)?,
                number(entry, 120, 4)? as usize,
            );
            document.streams.push(stream);
        }
        let small = document.chain(number(bytes, 60, 4)?, usize::MAX);
        document.small_table = words(&small).collect();
        if let Some((_, start, length)) = document.streams.first() {
            document.small = document.chain(*start, *length);
        }
        Some(document)
    }

    /// Whether there is a stream or folder of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams
            .iter()
            .any(|(of, ..)| of.eq_ignore_ascii_case(name))
    }

    /// The bytes of the stream of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let mut streams = self.streams.iter();
        let (_, start, length) = streams.find(|(of, ..)| of.eq_ignore_ascii_case(name))?;
        if *length >= SMALL {
            return Some(self.chain(*start, *length));
        }
        let piece = |at: u32| {
            let start = at as usize * 64;
            self.small.get(start..start + 64)
        };
        Some(follow(*start, &self.small_table, *length, piece))
    }

    /// The table that says which sector follows which.
    fn sector_table(&self) -> Option<Vec<u32>> {
        let mut places: Vec<u32> = words(self.bytes.get(76..512)?).collect();
        let mut next = number(self.bytes, 68, 4)?;
        let most = self.bytes.len() / self.sector + 1;
        while next < RESERVED && places.len() < most + 128 {
            places.extend(words(self.piece(next)?));
            next = places.pop()?;
        }
        let mut table = Vec::new();
        for place in places
            .into_iter()
            .filter(|place| *place < RESERVED)
            .take(most)
        {
            table.extend(words(self.piece(place)?));
        }
        Some(table)
    }

    fn piece(&self, at: u32) -> Option<&'a [u8]> {
        let start = (at as usize + 1) * self.sector;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|piece| !piece.is_empty())
    }

    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        follow(start, &self.table, length, |at| self.piece(at))
    }
}

/// The sectors of a chain, joined; no longer than the table, so that a ring ends.
fn follow<'p>(
    start: u32,
    table: &[u32],
    length: usize,
    piece: impl Fn(u32) -> Option<&'p [u8]>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = start;
    for _ in 0..table.len() {
        let Some(sector) = piece(at).filter(|_| at < RESERVED && bytes.len() < length) else {
            break;
        };
        bytes.extend_from_slice(sector);
        let Some(next) = table.get(at as usize) else {
            break;
        };
        at = *next;
    }
    bytes.truncate(length);
    bytes
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let words = bytes.chunks_exact(4);
    words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

/// A number of 2 or 4 bytes, the lowest first.
pub(super) fn number(bytes: &[u8], at: usize, width: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + width)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte)),
    )
}
