//! A glance: short numbers of plain digits, read eight bytes at once.
//!
//! The bytes are those up to the end of a cell. What stands before it is taken for leading zeros, and three products
//! make tens, hundreds and ten thousands of all digits side by side: some twenty instructions and no branch whatever
//! the length (after Lemire, *Quickly parsing eight digits*, 2018). One digit after another takes as many for three
//! digits, and the end of each cell is a branch that nobody foresees. What is longer or otherwise written is left to
//! [`super::number`], which gives the same for what is read here.

/// A byte in each of eight places.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The number in a cell of one to eight digits, given the bytes up to its end, and how many of them are its own.
#[inline]
pub(super) fn whole((bytes, length): ([u8; 8], usize)) -> Option<u64> {
    let before = 8usize.checked_sub(length).filter(|before| *before < 8)?;
    number(figures(bytes, before))
}

/// The same of digits with at most one `mark` among them, and how many of them stand behind it.
#[inline]
pub(super) fn decimal((bytes, length): ([u8; 8], usize), mark: u8) -> Option<(u64, usize)> {
    let before = 8usize.checked_sub(length).filter(|before| *before < 8)?;
    let figures = figures(bytes, before);
    let marks = figures ^ EACH.wrapping_mul(u64::from(mark ^ b'0'));
    // The lowest bit is that of the first byte that is none.
    let none = marks.wrapping_sub(EACH) & !marks & EACH << 7;
    if none == 0 {
        return Some((number(figures)?, 0));
    }
    let at = none.trailing_zeros() as usize / 8;
    if at <= before || at == 7 {
        return None;
    }
    // Digits before the mark move into its place.
    let behind = u64::MAX << (8 * at) << 8;
    let whole = figures & !(u64::MAX << (8 * at));
    Some((number(figures & behind | whole << 8)?, 7 - at))
}

/// The values of digits, the first one in the lowest byte, those of the bytes before them 0.
#[inline]
fn figures(bytes: [u8; 8], before: usize) -> u64 {
    let figures = u64::from_le_bytes(bytes) ^ EACH.wrapping_mul(u64::from(b'0'));
    figures & u64::MAX << (8 * before)
}

/// The number that the values of eight digits make; `None` where one is none.
#[inline]
fn number(figures: u64) -> Option<u64> {
    let beyond = (figures | figures.wrapping_add(EACH * 0x76)) & EACH << 7;
    if beyond != 0 {
        return None;
    }
    let tens = figures.wrapping_mul(10 << 8 | 1) >> 8 & 0x00FF_00FF_00FF_00FF;
    let hundreds = tens.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_FFFF_0000_FFFF;
    Some(hundreds.wrapping_mul(10_000 << 32 | 1) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_bytes_are_read_as_one_by_one(
            text in "([0-9.,]|[-/:;x\u{7f}\u{e9}]|[0-9]{1,3}){0,9}",
            length in 0usize..10,
        ) {
            let text = format!("........{text}");
            let Some(bytes) = text.as_bytes().last_chunk() else {
                return Ok(());
            };
            let cell = text.len().checked_sub(length).and_then(|from| text.get(from..));
            let Some(cell) = cell else { return Ok(()) };
            let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let fits = cell.len() <= 8;
            let expected = cell.parse::<u64>().ok().filter(|_| fits && is_whole(cell));
            prop_assert_eq!(whole((*bytes, length)), expected);
            for mark in ['.', ','] {
                let expected = match cell.split_once(mark) {
                    _ if !fits => None,
                    None => expected.map(|number| (number, 0)),
                    Some((before, behind)) if is_whole(before) && is_whole(behind) => {
                        let digits = format!("{before}{behind}");
                        digits.parse().ok().map(|number| (number, behind.len()))
                    }
                    Some(_) => None,
                };
                prop_assert_eq!(decimal((*bytes, length), mark as u8), expected);
            }
        }
    }
}
