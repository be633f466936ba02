//! Room from the C library: for long rows that are soon let go, such as keys and places while very many accounts are sorted,
//! and for many small pieces that stay.
//!
//! Long rows: the C library of Linux hands a large piece of memory out apart from the others and gives it back to the system
//! once it is let go. But it learns from each that comes back: from then on pieces as large as that are cut from its pools,
//! where small ones that stay lie behind them, and it leaves twice as much unused at the end of each pool. Pieces of 32 MiB it
//! hands out apart unless a pool happens to have as much unused, and it learns nothing from them. So a long row asks for that
//! much: the system gives memory for what is written, as a rule a page at a time. Cost: addresses, and a quarter of a
//! microsecond a page; a row asks for no more than it needs where the system promises no memory that it might not have. At a
//! million accounts the pools kept 30 MiB unused. Telling the library so takes unsafe code or a variable of the environment,
//! and another allocator cost a tenth of the speed. A row must not shrink: then it would be learned from.
//!
//! Small pieces: the pools of all threads but the first grow by just what a piece needs, and while one grows, no thread is
//! given a page. Where thousands of pieces are asked for, one is asked for before that is about as large as all of them, and
//! let go at once: the pool has grown, and no page of it is taken before it is written. A million accounts came 3 % sooner.
//! Cost: the library learns from that piece, so that it should be no larger than others that come back anyway.

/// From so many bytes on the library hands out a piece of memory apart, whatever came back before.
const APART: usize = 32 << 20;

/// From so many on it does until a larger one came back; shorter rows lie among the others.
const LONG: usize = 128 << 10;

/// Whether the C library learns from pieces that come back, and not from such as are asked for here.
const LEARNS: bool = cfg!(all(
    target_os = "linux",
    target_env = "gnu",
    target_pointer_width = "64"
));

/// A row that has room for so many.
#[must_use]
pub fn room<T>(many: usize) -> Vec<T> {
    let each = size_of::<T>().max(1);
    let mut row = Vec::new();
    if LEARNS && many.saturating_mul(each) >= LONG {
        let most = many.max(APART.div_ceil(each));
        if row.try_reserve_exact(most).is_ok() {
            return row;
        }
    }
    row.reserve_exact(many);
    row
}

/// A row of so many zeros, of which most systems give no memory before they are written.
#[must_use]
pub fn blank<T: Clone + Default>(many: usize) -> Vec<T> {
    // To be given as many at once as there is room for; they are asked for twice, since only this way may be refused.
    let room_for = room::<T>(many).capacity();
    let mut row = vec![T::default(); room_for];
    row.truncate(many);
    row
}

/// Has room made at once for so many bytes that this thread is about to ask for in small pieces, where it can be had.
pub fn make_room(bytes: usize) {
    if LEARNS {
        let mut row = Vec::<u8>::new();
        let _ = row.try_reserve_exact(bytes);
        // Or the compiler would see that nobody needs it.
        drop(std::hint::black_box(row));
    }
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
