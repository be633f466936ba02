//! Everybody: what all accounts of the roster come to, so that nearly all of them need not be counted.
//!
//! Idea: a letter that most names hold, or a filter that leaves few out, lets nearly everybody through, and what those come to
//! is what everybody comes to less the others, who alone are counted. Sums can be taken away to the last digit
//! ([`super::sum`]); of followers, rates and prices the sections in the middle and at both ends are kept
//! ([`super::section`]), in which the middle and the ends of those that are left still lie, unless the others are of another
//! kind: then there is no answer, and all are counted. Filters by a figure take away just those at an end, so they are not
//! asked for here. Cost: once twice as long as counting everybody, when nobody waits, and some hundred KiB, or some MiB where
//! hardly two accounts have the same figures.

use super::ground::Ground;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::median::{Aim, Figure, Median, Medians, gather, gather_within};
use super::radix;
use super::section::Section;
use super::sums::{Beside, Part, Sums};
use super::tally::{Tallied, pyramid};
use super::tiles::Accounts;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;

/// What is looked for of every slot: the medians, and how far accounts reach.
const AIMS: [(Figure, Aim); 10] = [
    (Figure::Followers, Aim::Middle),
    (Figure::Placed, Aim::Middle),
    (Figure::Rate, Aim::Middle),
    (Figure::Price, Aim::Middle),
    (Figure::Both, Aim::Least),
    (Figure::Both, Aim::Most),
    (Figure::BothRate, Aim::Least),
    (Figure::BothRate, Aim::Most),
    (Figure::Alone, Aim::Least),
    (Figure::Alone, Aim::Most),
];

/// What all accounts of a roster come to.
#[derive(Debug)]
pub(super) struct Everybody {
    part: Part,
    is_exact: bool,
    /// In the order of [`AIMS`], by slot.
    sections: [Vec<Section>; AIMS.len()],
}

impl Everybody {
    /// What the accounts of a roster come to.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn of(roster: &Roster, ladder: &Ladder, halt: &Halt) -> Result<Everybody, Halted> {
        let set = &Bits::all(roster.len());
        let accounts = Accounts {
            roster,
            ladder,
            set,
            halt,
        };
        let groups = ladder.tiers() + 2;
        let mut medians = AIMS.map(|(figure, aim)| Medians::aimed(figure, aim, groups));
        let part = gather(&mut medians.each_mut(), accounts, 0, Beside::Both)?;
        Ok(Everybody {
            is_exact: part.sums.iter().all(Sums::are_exact),
            part,
            sections: medians.map(Medians::sections),
        })
    }

    /// Whether what some accounts come to can be taken away: none has figures beyond all that are told exactly.
    pub(super) fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// What is left of that without these accounts, and what a scatter of those stands on; `None` where it takes counting
    /// them.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn without(
        &self,
        roster: &Roster,
        ladder: &Ladder,
        some: &Bits,
        halt: &Halt,
    ) -> Result<Option<Tallied>, Halted> {
        let accounts = Accounts {
            roster,
            ladder,
            set: some,
            halt,
        };
        let mut sections = self.sections.iter();
        let mut taken = AIMS.map(|(figure, aim)| {
            let sections = sections.next().map_or(&[][..], Vec::as_slice);
            Medians::within(figure, aim, sections)
        });
        let part = gather_within(&mut taken.each_mut(), accounts, Beside::Both)?;
        Ok(self.left(ladder, &part, taken))
    }

    /// What is left when what some accounts come to is taken away.
    fn left(
        &self,
        ladder: &Ladder,
        some: &Part,
        gathered: [Medians; AIMS.len()],
    ) -> Option<Tallied> {
        let mut told = Vec::with_capacity(AIMS.len());
        for ((sections, gathered), (_, aim)) in self.sections.iter().zip(gathered).zip(AIMS) {
            let both = sections.iter().zip(gathered.gathered());
            let left = both.map(|(section, gathered)| Told::of(&section.without(&gathered), aim));
            told.push(left.collect::<Option<Vec<Told>>>()?);
        }
        let [sizes, placed, rates, prices, ends @ ..]: [Vec<Told>; AIMS.len()] =
            told.try_into().ok()?;
        let medians = [sizes, placed, rates, prices].into_iter().zip(AIMS);
        let medians = medians.map(|(told, (figure, _))| -> Vec<Median> {
            told.iter().map(|told| told.median(figure)).collect()
        });
        let [sizes, placed, rates, prices] =
            <[_; 4]>::try_from(medians.collect::<Vec<_>>()).ok()?;
        let mut left = self.part.sums.clone();
        for (left, taken) in left.iter_mut().zip(&some.sums) {
            left.take(taken);
        }
        let mut reach = self.part.extents;
        for (slot, (reach, taken)) in reach.iter_mut().zip(&some.extents).enumerate() {
            let ends = ends
                .each_ref()
                .map(|told| told.get(slot)?.keys.map(|keys| keys.0));
            let [least, most, least_rate, most_rate, least_alone, most_alone] = ends;
            let bits = |key| radix::number(key).to_bits();
            let rates = least_rate.map(bits).zip(most_rate.map(bits));
            let ends = [least.zip(most), rates, least_alone.zip(most_alone)];
            *reach = reach.without(taken, ends);
        }
        Some(Tallied {
            pyramid: pyramid(&left, [&sizes, &rates, &prices]),
            ground: Ground::tallied(ladder, &reach, [&placed, &rates]),
            tally: None,
        })
    }
}

/// What is told of a group.
struct Told {
    values: u64,
    /// The first and the last of what is aimed at; `None` where there are no values.
    keys: Option<(u64, u64)>,
}

impl Told {
    /// What a section tells; `None` where it does not hold what is aimed at.
    fn of(section: &Section, aim: Aim) -> Option<Told> {
        let values = section.values();
        let keys = match aim.nths(values) {
            Some((first, last)) => Some((section.nth(first)?, section.nth(last)?)),
            None => None,
        };
        Some(Told { values, keys })
    }

    fn median(&self, figure: Figure) -> Median {
        let middle = |(lower, upper)| figure.between(lower, upper);
        (self.values, self.keys.map(middle))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::sample;
    use crate::query::tally::{Found, tally};
    use proptest::prelude::*;

    /// What is left of a roster without some accounts, and the same by counting the others.
    fn both_ways(
        rows: &[sample::Row],
        is_taken: impl Fn(usize) -> bool,
    ) -> (Option<Tallied>, Tallied) {
        let (roster, playbook) = (sample::roster(rows), sample::playbook());
        let ladder = Ladder::new(playbook.schemes.first());
        let mut taken = Bits::none(roster.len());
        (0..roster.len())
            .filter(|at| is_taken(*at))
            .for_each(|at| taken.set(at));
        let mut others = Bits::all(roster.len());
        others.subtract(&taken);
        let halt = Halt::new();
        let everybody = Everybody::of(&roster, &ladder, &halt).unwrap();
        let left = everybody.without(&roster, &ladder, &taken, &halt).unwrap();
        (
            left,
            tally(&roster, &ladder, &others, Found::Both, None, &halt).unwrap(),
        )
    }

    #[test]
    fn of_many_accounts_some_can_be_taken_away() {
        let rows: Vec<sample::Row> = (0..400u32)
            .map(|nth| {
                sample::row(
                    900 + u64::from(nth) * 7,
                    Some(10 + nth * 31 % 70),
                    Some(f64::from(nth % 90)),
                )
            })
            .collect();
        for every in [1, 2, 5, 50] {
            let (left, counted) = both_ways(&rows, |at| at % every == 0);
            let left = left.unwrap();
            assert_eq!(
                (left.pyramid, left.ground),
                (counted.pyramid, counted.ground)
            );
        }
    }

    #[test]
    fn where_others_than_those_around_the_middle_are_left_all_are_counted() {
        let rows: Vec<sample::Row> = (0..400u64)
            .map(|nth| sample::row(1_000 + nth, None, None))
            .collect();
        assert!(both_ways(&rows, |at| at > 20).0.is_none());
    }

    #[test]
    fn figures_beyond_all_measure_are_not_taken_away() {
        for (price, exact) in [(2.0, true), (1e300, false)] {
            let rows = [price, 2.0].map(|price| sample::row(1_000, None, Some(price)));
            let (roster, playbook) = (sample::roster(&rows), sample::playbook());
            let ladder = Ladder::new(playbook.schemes.first());
            let everybody = Everybody::of(&roster, &ladder, &Halt::new()).unwrap();
            assert_eq!(everybody.is_exact(), exact);
        }
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_counting_it_finds(
            rows in sample::rows(),
            one in any::<prop::sample::Index>(),
            taken in proptest::collection::vec(any::<bool>(), 64),
        ) {
            let (left, counted) = both_ways(&rows, |at| taken[at % taken.len()]);
            if let Some(left) = left {
                prop_assert_eq!(left.pyramid, counted.pyramid);
                prop_assert_eq!(left.ground, counted.ground);
            }
            // Of few accounts all values are gathered: one of them moves no middle and no end out of what is kept.
            let few = &rows[..rows.len().min(11)];
            let (left, counted) = both_ways(few, |at| at == one.index(few.len().max(1)));
            let left = left.unwrap();
            prop_assert_eq!((left.pyramid, left.ground), (counted.pyramid, counted.ground));
        }
    }
}
