//! Decimals: numbers with few digits behind the point of which some are unknown, in two or four bytes each as long as all
//! of them fit.
//!
//! Idea: people write rates and prices with at most a few digits behind the point, so that those of a chunk are whole numbers
//! of one share, hundredths of a percent or whole euros. Such a number, divided by what it is a share of, is the number that
//! was read, to the last bit: both are the nearest there is to the same decimal. That is made sure of for each, and where one
//! is no such share, as rates that follow from likes are, all of the chunk keep eight bytes. Cost: a division a number that is
//! looked at and is no whole one, while the next ones are on their way from memory, and some nanoseconds once; numbers that
//! are only compared need none. Eight bytes each took more memory
//! than anything but names, and counting a tenth of all accounts as long as memory took to bring them all.

use super::bits::Bits;
use super::numbers::Numbers;
use std::ops::Range;

/// Numbers of which some are unknown. An unknown number is never 0: it has no bit.
#[derive(Debug, Clone, Default)]
pub struct Decimals {
    values: Values,
    known: Bits,
}

#[derive(Debug, Clone)]
enum Values {
    Plain(Vec<f64>),
    Short(Vec<u16>, f64),
    Long(Vec<u32>, f64),
}

impl Default for Values {
    fn default() -> Values {
        Values::Plain(Vec::new())
    }
}

/// Numbers in a row; what stands in an unknown one means nothing.
#[derive(Debug, Clone, Copy)]
pub enum Scaled<'a> {
    /// As they are.
    Plain(&'a [f64]),
    /// In two bytes each, to be divided by this.
    Short(&'a [u16], f64),
    /// In four bytes each, to be divided by this.
    Long(&'a [u32], f64),
}

/// What whole numbers may be shares of, in the order in which it is tried.
static SHARES: [f64; 9] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

impl Default for Scaled<'_> {
    fn default() -> Self {
        Scaled::Plain(&[])
    }
}

impl<'a> Scaled<'a> {
    /// The number at this place; 0 beyond the end.
    #[inline]
    #[must_use]
    pub fn at(self, nth: usize) -> f64 {
        match self {
            Scaled::Plain(numbers) => at(numbers, nth),
            Scaled::Short(wholes, of) => f64::from(at(wholes, nth)) / of,
            Scaled::Long(wholes, of) => f64::from(at(wholes, nth)) / of,
        }
    }

    /// How many of the shares that the numbers are kept in are one, where they take two bytes each.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        match self {
            Scaled::Short(_, of) => Some(of),
            _ => None,
        }
    }

    /// The least and the most of the whole numbers whose share lies between two numbers, both included; `None` where there is
    /// none, or the numbers are kept as they are. The share of a greater number is no less, so that comparing whole numbers
    /// gives what comparing shares gives, without dividing.
    #[must_use]
    pub fn wholes_between(self, least: f64, most: f64) -> Option<(u32, u32)> {
        let of = match self {
            Scaled::Plain(_) => return None,
            Scaled::Short(_, of) | Scaled::Long(_, of) => of,
        };
        let share = |whole: u32| f64::from(whole) / of;
        if !(least <= share(u32::MAX) && most >= 0.0) {
            return None;
        }
        // Rounding takes them beside those that are looked for by some few at most.
        let (mut from, mut upto) = ((least * of) as u32, (most * of) as u32);
        while from > 0 && share(from - 1) >= least {
            from -= 1;
        }
        while share(from) < least {
            from += 1;
        }
        while upto < u32::MAX && share(upto + 1) <= most {
            upto += 1;
        }
        while share(upto) > most {
            upto -= 1;
        }
        (from <= upto).then_some((from, upto))
    }

    /// Writes down the numbers at these places, as far as there is room.
    #[inline]
    pub fn write(self, places: impl Iterator<Item = usize>, room: &mut [f64]) {
        let written = room.iter_mut().zip(places);
        match self {
            Scaled::Plain(numbers) => {
                written.for_each(|(number, nth)| *number = at(numbers, nth));
            }
            Scaled::Short(wholes, of) => scale(written, wholes, of),
            Scaled::Long(wholes, of) => scale(written, wholes, of),
        }
    }

    /// The first numbers, as many as there is room for; they are written there where they do not stand in a row as they
    /// are.
    #[inline]
    #[must_use]
    pub fn first<'b>(self, room: &'b mut [f64]) -> &'b [f64]
    where
        'a: 'b,
    {
        let many = room.len();
        let written = match self {
            Scaled::Plain(numbers) => return numbers.get(..many).unwrap_or(numbers),
            Scaled::Short(wholes, of) => fill(room, wholes, of),
            Scaled::Long(wholes, of) => fill(room, wholes, of),
        };
        room.get(..written).unwrap_or_default()
    }
}

#[inline]
fn at<T: Copy + Default>(numbers: &[T], nth: usize) -> T {
    numbers.get(nth).copied().unwrap_or_default()
}

/// Writes down the shares at some places. Those of whole numbers, as most prices are, need no division.
#[inline]
fn scale<'a, T: Copy + Default + Into<f64>>(
    written: impl Iterator<Item = (&'a mut f64, usize)>,
    wholes: &[T],
    of: f64,
) {
    if of.total_cmp(&1.0).is_eq() {
        written.for_each(|(number, nth)| *number = at(wholes, nth).into());
    } else {
        written.for_each(|(number, nth)| *number = at(wholes, nth).into() / of);
    }
}

/// Writes down shares, as far as there is room, and says how many.
#[inline]
fn fill<T: Copy + Into<f64>>(room: &mut [f64], wholes: &[T], of: f64) -> usize {
    for (number, whole) in room.iter_mut().zip(wholes) {
        *number = (*whole).into() / of;
    }
    wholes.len().min(room.len())
}

/// How many of these shares a number is; `None` where it is not a whole number of them.
#[inline]
fn whole(number: f64, of: f64) -> Option<u32> {
    let whole = (number * of + 0.5) as u32;
    (f64::from(whole) / of)
        .to_bits()
        .eq(&number.to_bits())
        .then_some(whole)
}

impl Decimals {
    /// Appends a number or an unknown.
    #[inline]
    pub fn push(&mut self, number: Option<f64>) {
        self.known.push(number.is_some());
        let number = number.unwrap_or_default();
        match &mut self.values {
            Values::Plain(numbers) => numbers.push(number),
            _ => self.widen(number),
        }
    }

    /// Appends those of some numbers that are in this range.
    pub fn extend(&mut self, given: &Numbers<f64>, range: Range<usize>) {
        let (numbers, known) = given.within(range.clone());
        if let Values::Plain(values) = &mut self.values {
            self.known.push_word(known, numbers.len());
            values.extend_from_slice(numbers);
            return;
        }
        given.each(range).for_each(|number| self.push(number));
    }

    /// Appends a number to those that were made small.
    #[cold]
    fn widen(&mut self, number: f64) {
        let before = self.known.len() - 1;
        let mut numbers = vec![number; before + 1];
        self.from(0).write(0..before, &mut numbers);
        self.values = Values::Plain(numbers);
    }

    /// A copy in as few bytes as its numbers need.
    #[must_use]
    pub fn compact(&self) -> Decimals {
        let values = match &self.values {
            Values::Plain(numbers) => Values::of(numbers),
            small => small.clone(),
        };
        Decimals {
            values,
            known: self.known.clone(),
        }
    }

    /// Whether the number at this place is known.
    #[inline]
    #[must_use]
    pub fn is_known(&self, at: usize) -> bool {
        self.known.has(at)
    }

    /// The number at this place, where known.
    #[inline]
    #[must_use]
    pub fn known(&self, at: usize) -> Option<f64> {
        self.known.has(at).then(|| self.from(0).at(at))
    }

    /// How many numbers are known.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known.count()
    }

    /// Which of the 64 numbers from this place on are known, the first of them in the lowest bit.
    #[must_use]
    pub fn word(&self, from: usize) -> u64 {
        self.known.word(from)
    }

    /// The numbers from this place on.
    #[inline]
    #[must_use]
    pub fn from(&self, from: usize) -> Scaled<'_> {
        match &self.values {
            Values::Plain(numbers) => Scaled::Plain(numbers.get(from..).unwrap_or_default()),
            Values::Short(wholes, of) => Scaled::Short(wholes.get(from..).unwrap_or_default(), *of),
            Values::Long(wholes, of) => Scaled::Long(wholes.get(from..).unwrap_or_default(), *of),
        }
    }

    /// Forgets all numbers, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.known.clear();
        match &mut self.values {
            Values::Plain(numbers) => numbers.clear(),
            small => *small = Values::default(),
        }
    }
}

impl Values {
    /// These numbers as shares of the first that all of them are whole numbers of; else as they are.
    fn of(numbers: &[f64]) -> Values {
        let small = SHARES.into_iter().find_map(|of| {
            let wholes = wholes(numbers, of)?;
            let is_short = wholes.iter().all(|whole| *whole <= u16::MAX.into());
            Some(if is_short {
                Values::Short(wholes.iter().map(|whole| *whole as u16).collect(), of)
            } else {
                Values::Long(wholes, of)
            })
        });
        small.unwrap_or_else(|| Values::Plain(numbers.to_vec()))
    }
}

/// How many of these shares each number is; `None` where one is not a whole number of them.
fn wholes(numbers: &[f64], of: f64) -> Option<Vec<u32>> {
    // Collected into an option it would have room for up to twice as many.
    let mut wholes = Vec::with_capacity(numbers.len());
    for number in numbers {
        wholes.push(whole(*number, of)?);
    }
    Some(wholes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Decimals {
        fn room(&self) -> usize {
            match &self.values {
                Values::Plain(numbers) => numbers.capacity(),
                Values::Short(wholes, _) => wholes.capacity(),
                Values::Long(wholes, _) => wholes.capacity(),
            }
        }
    }

    /// Numbers as people write them, and others.
    fn numbers() -> impl Strategy<Value = Vec<Option<f64>>> {
        let written = |wholes: std::ops::Range<u32>, of: f64| {
            let number = wholes.prop_map(move |whole| f64::from(whole) / of);
            prop::collection::vec(prop::option::weighted(0.8, number), 0..200)
        };
        let odd = prop_oneof![
            4 => (0u32..10_000).prop_map(|whole| f64::from(whole) / 100.0),
            1 => any::<f64>(),
            1 => Just(-0.0),
        ];
        prop_oneof![
            written(0..10_000, 1e4),
            written(0..60_000, 1.0),
            written(0..u32::MAX, 1.0),
            written(0..u32::MAX, 1e8),
            prop::collection::vec(prop::option::weighted(0.8, odd), 0..200),
        ]
    }

    fn bits(numbers: &[f64]) -> Vec<u64> {
        numbers.iter().map(|number| number.to_bits()).collect()
    }

    /// Ends that are no share of anything, or of all.
    static ODD: [f64; 6] = [
        f64::NEG_INFINITY,
        f64::INFINITY,
        f64::NAN,
        -0.0,
        f64::from_bits(1),
        f64::MAX,
    ];

    fn numerator() -> impl Strategy<Value = i64> {
        let beyond = (1i64 << 32) - 4..(1i64 << 32) + 4;
        prop_oneof![4 => -2i64..70_000, 1 => beyond, 1 => 65_530i64..65_540]
    }

    proptest! {
        #[test]
        fn whole_numbers_lie_where_their_shares_do(
            ends in (numerator(), numerator(), prop_oneof![3 => Just(1), 1 => 1i32..1_000]),
            nudges in (-1i8..2, -1i8..2),
            of in prop::sample::select(&SHARES),
            odd in proptest::option::weighted(0.3, (any::<bool>(), prop::sample::select(&ODD))),
        ) {
            let nudged = |number: f64, by: i8| match by {
                1 => number.next_up(),
                -1 => number.next_down(),
                _ => number,
            };
            let of_part = of * f64::from(ends.2);
            let (least, most) = (ends.0 as f64 / of_part, ends.1 as f64 / of_part);
            let (mut least, mut most) = (nudged(least, nudges.0), nudged(most, nudges.1));
            if let Some((is_least, odd)) = odd {
                *(if is_least { &mut least } else { &mut most }) = odd;
            }
            let found = Scaled::Long(&[], of).wholes_between(least, most);
            prop_assert_eq!(Scaled::Short(&[], of).wholes_between(least, most), found);
            let is_in = |whole: u32| found.is_some_and(|(from, upto)| from <= whole && whole <= upto);
            let near = |number: f64| {
                let near = (number * of) as u32;
                near.saturating_sub(3)..=near.saturating_add(3)
            };
            for whole in near(least).chain(near(most)).chain([0, 1, u32::MAX]) {
                let share = f64::from(whole) / of;
                prop_assert_eq!(is_in(whole), least <= share && share <= most);
            }
        }

        #[test]
        fn small_numbers_are_the_numbers_put_in(
            first in numbers(),
            second in numbers(),
            from in 0usize..220,
            room in 0usize..80,
        ) {
            let mut filled = Decimals::default();
            for numbers in [first, second] {
                filled.clear();
                let (one_by_one, at_once) = numbers.split_at(from.min(numbers.len()));
                for number in one_by_one {
                    filled.push(*number);
                }
                for some in at_once.chunks(Numbers::MOST) {
                    let (numbers, cut) = (Numbers::of(some), some.len() / 3);
                    filled.extend(&numbers, 0..cut);
                    filled.extend(&numbers, cut..some.len());
                }
                let small = filled.compact();
                prop_assert_eq!(small.count(), numbers.iter().flatten().count());
                let mut more = small.clone();
                more.extend(&Numbers::of(&[None, Some(0.25)]), 0..2);
                let (known, many) = (|at| more.known(at).map(f64::to_bits), numbers.len());
                let expected = numbers.iter().map(|number| number.map(f64::to_bits));
                prop_assert_eq!((0..many).map(known).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
                prop_assert_eq!([0, 1].map(|at| more.known(many + at)), [None, Some(0.25)]);
                prop_assert!(small.room() <= numbers.len());
                let plain: Vec<f64> = numbers.iter().map(|it| it.unwrap_or_default()).collect();
                for (at, number) in numbers.iter().enumerate() {
                    prop_assert_eq!(small.known(at).map(f64::to_bits), number.map(f64::to_bits));
                    prop_assert_eq!((small.is_known(at), small.word(at) & 1 == 1), (number.is_some(), number.is_some()));
                }
                let rest = plain.get(from..).unwrap_or_default();
                let mut written = vec![1.0; room];
                let many = room.min(rest.len());
                let first = small.from(from).first(&mut written);
                prop_assert_eq!(bits(first), bits(&rest[..many]));
                let mut written = vec![1.0; room];
                small.from(from).write((0..rest.len()).rev(), &mut written);
                let back: Vec<f64> = rest.iter().rev().copied().collect();
                prop_assert_eq!(bits(&written[..many]), bits(&back[..many]));
                prop_assert_eq!(small.from(from).at(rest.len()).to_bits(), 0);
                // What was made small can be gone on with.
                filled = small;
                filled.push(Some(0.1));
                prop_assert_eq!(filled.known(numbers.len()), Some(0.1));
                let before = (0..numbers.len()).map(|at| filled.known(at).map(f64::to_bits));
                prop_assert!(before.eq(numbers.iter().map(|it| it.map(f64::to_bits))));
            }
        }

        #[test]
        fn what_is_written_with_few_digits_is_small(digits in 0usize..7, numbers in prop::collection::vec(0u32..65_536, 1..50)) {
            let mut decimals = Decimals::default();
            for whole in &numbers {
                // As a file has it: the digits, with a point among them.
                let of = 10u32.pow(digits as u32);
                let text = format!("{}.{:0digits$}", whole / of, whole % of);
                decimals.push(text.parse().ok());
            }
            prop_assert!(matches!(decimals.compact().values, Values::Short(..)));
        }
    }

    #[test]
    fn one_number_that_is_no_share_keeps_all_as_they_are() {
        let mut decimals = Decimals::default();
        for number in [0.0248, 0.5] {
            decimals.push(Some(number));
        }
        assert!(matches!(decimals.compact().values, Values::Short(_, 1e4)));
        decimals.push(Some(70_000.0));
        assert!(matches!(decimals.compact().values, Values::Long(_, 1e4)));
        decimals.push(Some(1.0 / 3.0));
        assert!(matches!(decimals.compact().values, Values::Plain(_)));
    }
}
