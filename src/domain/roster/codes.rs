//! Codes: a small number for every account, in one, two or four bytes, whichever the largest of them needs.
//!
//! Most facets have few different cells, so most columns of codes take a byte an account; a code beyond 255 makes those
//! of its chunk wider. The width is that of a whole column: a loop over all accounts asks for it once ([`Codes::each`],
//! [`Codes::beside`], [`Codes::narrow`]).

/// One code per account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes(Width);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Width {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<u32>),
}

/// The codes as they are kept, for loops that are written once for all widths.
#[derive(Debug, Clone, Copy)]
pub enum Narrow<'a> {
    /// In one byte each.
    One(&'a [u8]),
    /// In two bytes each.
    Two(&'a [u16]),
    /// In four bytes each.
    Four(&'a [u32]),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes(Width::One(Vec::new()))
    }
}

impl FromIterator<u32> for Codes {
    fn from_iter<I: IntoIterator<Item = u32>>(codes: I) -> Codes {
        let mut all = Codes::default();
        codes.into_iter().for_each(|code| all.push(code));
        all
    }
}

impl Codes {
    /// Appends a code; where it is too large for the others, they all become wider.
    #[inline]
    pub fn push(&mut self, code: u32) {
        match &mut self.0 {
            Width::One(codes) if code <= u8::MAX.into() => codes.push(code as u8),
            Width::Two(codes) if code <= u16::MAX.into() => codes.push(code as u16),
            Width::Four(codes) => codes.push(code),
            _ => self.push_wider(code),
        }
    }

    /// Appends codes.
    pub fn extend(&mut self, codes: &[u32]) {
        let bits = codes.iter().fold(0, |bits, code| bits | code);
        match &mut self.0 {
            Width::One(all) if bits <= u8::MAX.into() => {
                all.extend(codes.iter().map(|code| *code as u8));
            }
            Width::Two(all) if bits <= u16::MAX.into() => {
                all.extend(codes.iter().map(|code| *code as u16));
            }
            _ => codes.iter().for_each(|code| self.push(*code)),
        }
    }

    #[cold]
    fn push_wider(&mut self, code: u32) {
        self.0 = self.mapped(code, |code| code);
        self.push(code);
    }

    /// The same codes in as few bytes as they need, whatever growing took.
    #[must_use]
    pub fn compact(&self) -> Codes {
        Codes(self.mapped(self.max().unwrap_or_default(), |code| code))
    }

    /// Gives every code another number: `renamed` has that of each one before. Numbers beyond stay.
    pub fn recode(&mut self, renamed: &[u32]) {
        if (0..).zip(renamed).all(|(code, name)| code == *name) {
            return;
        }
        let name = |code: u32| renamed.get(code as usize).copied().unwrap_or(code);
        let mut most = 0;
        self.each(|_, code| most = most.max(name(code)));
        self.0 = self.mapped(most, name);
    }

    /// What is made of each code, none of which is more than `most`.
    fn mapped(&self, most: u32, name: impl Fn(u32) -> u32) -> Width {
        fn all<T>(codes: Narrow<'_>, name: impl Fn(u32) -> T) -> Vec<T> {
            match codes {
                Narrow::One(codes) => codes.iter().map(|code| name((*code).into())).collect(),
                Narrow::Two(codes) => codes.iter().map(|code| name((*code).into())).collect(),
                Narrow::Four(codes) => codes.iter().map(|code| name(*code)).collect(),
            }
        }
        if most <= u8::MAX.into() {
            Width::One(all(self.narrow(), |code| name(code) as u8))
        } else if most <= u16::MAX.into() {
            Width::Two(all(self.narrow(), |code| name(code) as u16))
        } else {
            Width::Four(all(self.narrow(), name))
        }
    }

    /// The code at this place.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> Option<u32> {
        match &self.0 {
            Width::One(codes) => codes.get(at).map(|code| (*code).into()),
            Width::Two(codes) => codes.get(at).map(|code| (*code).into()),
            Width::Four(codes) => codes.get(at).copied(),
        }
    }

    /// All codes as they are kept.
    #[must_use]
    pub fn narrow(&self) -> Narrow<'_> {
        match &self.0 {
            Width::One(codes) => Narrow::One(codes),
            Width::Two(codes) => Narrow::Two(codes),
            Width::Four(codes) => Narrow::Four(codes),
        }
    }

    /// All codes in order. Where each of very many is looked at, [`Codes::each`] is faster.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len()).map_while(|at| self.get(at))
    }

    /// Takes every code in order, with its place.
    #[inline]
    pub fn each(&self, mut take: impl FnMut(usize, u32)) {
        fn all<T: Copy + Into<u32>>(codes: &[T], take: &mut impl FnMut(usize, u32)) {
            for (at, code) in codes.iter().enumerate() {
                take(at, (*code).into());
            }
        }
        match self.narrow() {
            Narrow::One(codes) => all(codes, &mut take),
            Narrow::Two(codes) => all(codes, &mut take),
            Narrow::Four(codes) => all(codes, &mut take),
        }
    }

    /// Takes every code in order, with what stands beside it, as far as both go.
    #[inline]
    pub fn beside<T>(&self, others: &mut [T], mut take: impl FnMut(&mut T, u32)) {
        fn all<T, C: Copy + Into<u32>>(
            others: &mut [T],
            codes: &[C],
            take: &mut impl FnMut(&mut T, u32),
        ) {
            for (other, code) in others.iter_mut().zip(codes) {
                take(other, (*code).into());
            }
        }
        match self.narrow() {
            Narrow::One(codes) => all(others, codes, &mut take),
            Narrow::Two(codes) => all(others, codes, &mut take),
            Narrow::Four(codes) => all(others, codes, &mut take),
        }
    }

    /// The largest code, where there is one.
    #[must_use]
    pub fn max(&self) -> Option<u32> {
        match self.narrow() {
            Narrow::One(codes) => codes.iter().max().map(|code| (*code).into()),
            Narrow::Two(codes) => codes.iter().max().map(|code| (*code).into()),
            Narrow::Four(codes) => codes.iter().max().copied(),
        }
    }

    /// Number of codes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.narrow() {
            Narrow::One(codes) => codes.len(),
            Narrow::Two(codes) => codes.len(),
            Narrow::Four(codes) => codes.len(),
        }
    }

    /// Whether there is no code.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all codes, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        match &mut self.0 {
            Width::One(codes) => codes.clear(),
            Width::Two(codes) => codes.clear(),
            Width::Four(codes) => codes.clear(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Codes of all three widths, those at the edges often.
    fn code() -> impl Strategy<Value = u32> {
        prop_oneof![
            8 => 0u32..4,
            2 => 254u32..258,
            1 => 65_534u32..65_538,
            1 => any::<u32>(),
        ]
    }

    fn codes() -> impl Strategy<Value = Vec<u32>> {
        prop_oneof![
            prop::collection::vec(0u32..4, 0..40),
            prop::collection::vec(250u32..260, 0..40),
            prop::collection::vec(code(), 0..40),
        ]
    }

    /// The bytes that each code takes.
    fn width(codes: &Codes) -> u32 {
        match codes.narrow() {
            Narrow::One(_) => 1,
            Narrow::Two(_) => 2,
            Narrow::Four(_) => 4,
        }
    }

    fn needed(codes: &[u32]) -> u32 {
        match codes.iter().max() {
            Some(0x1_0000..) => 4,
            Some(0x100..) => 2,
            _ => 1,
        }
    }

    proptest! {
        #[test]
        fn codes_stay_what_they_are_in_as_few_bytes_as_they_need(given in codes()) {
            let codes: Codes = given.iter().copied().collect();
            prop_assert_eq!(width(&codes), needed(&given));
            prop_assert_eq!(codes.iter().collect::<Vec<_>>(), given.clone());
            prop_assert_eq!((codes.len(), codes.is_empty()), (given.len(), given.is_empty()));
            prop_assert_eq!(codes.max(), given.iter().max().copied());
            prop_assert_eq!(codes.get(given.len()), None);
            let mut each = Vec::new();
            codes.each(|at, code| each.push((at, code)));
            prop_assert_eq!(each, given.iter().copied().enumerate().collect::<Vec<_>>());
            let mut beside = vec![0u64; given.len() + 1];
            codes.beside(&mut beside, |other, code| *other += u64::from(code));
            let expected: Vec<u64> = given.iter().map(|code| u64::from(*code)).chain([0]).collect();
            prop_assert_eq!(beside, expected);
        }

        #[test]
        fn memory_that_held_others_leaves_no_trace(before in codes(), given in codes()) {
            let mut codes: Codes = before.into_iter().collect();
            codes.clear();
            let (one_by_one, at_once) = given.split_at(given.len() / 2);
            for code in one_by_one {
                codes.push(*code);
            }
            codes.extend(at_once);
            prop_assert_eq!(codes.compact(), given.into_iter().collect());
        }

        #[test]
        fn codes_are_renamed_whatever_bytes_the_names_need(given in codes(), names in codes()) {
            let mut codes: Codes = given.iter().copied().collect();
            codes.recode(&names);
            let name = |code: &u32| names.get(*code as usize).copied().unwrap_or(*code);
            prop_assert_eq!(codes, given.iter().map(name).collect());
        }
    }
}
