//! Unpacking: gzip and zstd around any other format, as a stream, with a bound on what comes out.
//!
//! A file may unpack to [`MOST`] bytes, and past [`FREE`] to no more than [`RATIO`] times the bytes that went in.

use super::count::Count;
use super::format::{self, Format};
use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use std::io::{self, BufReader, Read};
use std::sync::atomic::Ordering;

/// The most bytes that may come out: 16 GiB.
const MOST: u64 = 16 << 30;

/// Bytes that may come out whatever went in: 64 MiB.
const FREE: u64 = 64 << 20;

/// The most bytes out per byte in, past [`FREE`].
const RATIO: u64 = 200;

/// Unpacked bytes. `taken` counts the packed ones that were read so far.
pub(super) fn reader(
    packing: Format,
    packed: Box<dyn Read + Send>,
    taken: Count,
) -> Box<dyn Read + Send> {
    let inner: Box<dyn Read + Send> = match packing {
        Format::Zstd => Box::new(Frames {
            packed: Some(Packed {
                inner: BufReader::new(packed),
                ahead: Vec::new(),
            }),
            frame: None,
        }),
        _ => Box::new(MultiGzDecoder::new(packed)),
    };
    Box::new(Bounded {
        inner,
        taken,
        given: 0,
    })
}

/// Bytes that stop when there are too many.
struct Bounded {
    inner: Box<dyn Read + Send>,
    taken: Count,
    given: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        if self.given > MOST {
            return Err(io::Error::other("unpacks to more than 16 GiB"));
        }
        if self.given > FREE && self.given / RATIO > self.taken.load(Ordering::Relaxed) {
            return Err(io::Error::other(
                "unpacks to more than 200 times its size, which no roster does",
            ));
        }
        Ok(count)
    }
}

/// Packed bytes, of which some were looked at.
struct Packed {
    inner: BufReader<Box<dyn Read + Send>>,
    ahead: Vec<u8>,
}

impl Packed {
    /// Looks at the first bytes of what follows, and steps over frames that hold no content; false at the end.
    fn begins(&mut self) -> io::Result<bool> {
        loop {
            let missing = MAGIC - self.ahead.len().min(MAGIC);
            (&mut self.inner)
                .take(missing as u64)
                .read_to_end(&mut self.ahead)?;
            if !format::opens_skippable(&self.ahead) {
                return Ok(!self.ahead.is_empty());
            }
            self.ahead.clear();
            let mut length = [0; 4];
            self.inner.read_exact(&mut length)?;
            let length = u64::from(u32::from_le_bytes(length));
            let skipped = io::copy(&mut (&mut self.inner).take(length), &mut io::sink())?;
            if skipped < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// Bytes that tell what kind of frame follows.
const MAGIC: usize = 4;

impl Read for Packed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ahead.is_empty() {
            return self.inner.read(buffer);
        }
        let count = self.ahead.as_slice().read(buffer)?;
        self.ahead.drain(..count);
        Ok(count)
    }
}

/// The frames of a zstd file, one after the other.
struct Frames {
    packed: Option<Packed>,
    frame: Option<StreamingDecoder<Packed, ruzstd::decoding::FrameDecoder>>,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let count = frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                self.packed = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(mut packed) = self.packed.take() else {
                return Ok(0);
            };
            if !packed.begins()? {
                self.packed = Some(packed);
                return Ok(0);
            }
            let frame = StreamingDecoder::new(packed)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            self.frame = Some(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(packing: Format, packed: Vec<u8>) -> io::Result<Vec<u8>> {
        let taken = Count::new((packed.len() as u64).into());
        let mut bytes = Vec::new();
        reader(packing, Box::new(io::Cursor::new(packed)), taken).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let twice = [gzip(b"name,"), gzip(b"followers")].concat();
        assert_eq!(unpacked(Format::Gzip, twice).unwrap(), b"name,followers");
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let frame = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, level);
        let skippable = b"\x5A\x2A\x4D\x18\x03\0\0\0abc".to_vec();
        let first = skippable.clone();
        let twice = [
            first,
            frame(b"name,"),
            skippable.clone(),
            skippable.clone(),
            frame(b"followers"),
            skippable,
        ]
        .concat();
        assert_eq!(
            unpacked(Format::Zstd, twice.clone()).unwrap(),
            b"name,followers"
        );
        assert!(unpacked(Format::Zstd, twice[..twice.len() - 1].to_vec()).is_err());
        let twice = [frame(b"name,"), frame(b"followers")].concat();
        assert_eq!(unpacked(Format::Zstd, twice).unwrap(), b"name,followers");
    }

    #[test]
    fn what_unpacks_endlessly_is_stopped() {
        let bomb = gzip(&vec![0; 70 << 20]);
        let error = unpacked(Format::Gzip, bomb).unwrap_err().to_string();
        assert!(error.contains("200 times"), "{error}");
        assert!(unpacked(Format::Gzip, gzip(b"abc")[..12].to_vec()).is_err());
        assert!(unpacked(Format::Zstd, b"\x28\xB5\x2F\xFDxx".to_vec()).is_err());
    }
}
