//! Room for long rows that are soon let go, such as keys and places while very many accounts are sorted.
//!
//! Idea: the C library of Linux hands a large piece of memory out apart from the others and gives it back to the system once
//! it is let go. But it learns from each that comes back: from then on pieces as large as that are cut from its pools, where
//! small ones that stay lie behind them, and it leaves twice as much unused at the end of each pool. Pieces of 32 MiB it always
//! hands out apart, and learns nothing from. So a long row asks for that much: the system gives memory for what is written, a
//! page at a time. Cost: addresses, of which there are plenty, and a quarter of a microsecond a page. At a million accounts
//! the pools kept 30 MiB unused. Telling the library so takes unsafe code or a variable of the environment, and another
//! allocator cost a tenth of the speed.

/// From so many bytes on the library hands out a piece of memory apart, whatever came back before.
const APART: usize = 32 << 20;

/// From so many on it does until a larger one came back; shorter rows lie among the others.
const LONG: usize = 128 << 10;

/// For how many there is to be room.
fn room_for<T>(many: usize) -> usize {
    let (each, learns) = (size_of::<T>().max(1), cfg!(target_env = "gnu"));
    let is_long = learns && many.saturating_mul(each) >= LONG;
    let least = if is_long { APART.div_ceil(each) } else { 0 };
    many.max(least)
}

/// A row that has room for so many.
#[must_use]
pub fn room<T>(many: usize) -> Vec<T> {
    Vec::with_capacity(room_for::<T>(many))
}

/// A row of so many blanks, of which the system gives no memory before they are written.
#[must_use]
pub fn blank<T: Clone + Default>(many: usize) -> Vec<T> {
    let mut row = vec![T::default(); room_for::<T>(many)];
    row.truncate(many);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_room_that_was_asked_for() {
        for many in [0, 1, LONG / 8 - 1, LONG / 8, APART / 8, APART] {
            assert!(room::<u64>(many).capacity() >= many);
            assert_eq!(blank::<u64>(many).len(), many);
        }
        assert_eq!(blank::<u8>(LONG), vec![0; LONG]);
    }
}
