//! Steps: where a value belongs, told by its leading bits alone where all values that begin with them belong together.
//!
//! Idea: from one end to the other the values are cut into some ten thousands of steps, and of each is kept what holds for
//! all of its values. A step that a border cuts, or that reaches beyond an end, says nothing: its values, about one in a
//! hundred, are looked at whole. Cost: two bytes a step, of which those that many accounts fall in stay in a near cache, and
//! some microseconds to make. With a quarter as many, four times as many values had to be looked at whole, which took longer than
//! the nearest cache spares; where a step only said from which cell on to compare with borders, an account took nearly twice
//! as long.

use std::ops::Range;

/// What holds for all values of each step.
#[derive(Debug)]
pub(super) struct Steps {
    first: u64,
    shift: u32,
    places: Vec<u16>,
}

impl Steps {
    /// Said of a step whose values do not belong together.
    pub(super) const MIXED: u16 = u16::MAX;

    /// Most steps, as a power of two.
    const MOST: u32 = 15;

    /// The steps between two values over 0. `place` never falls where values rise, and is `None` where a value has to be
    /// looked at whole.
    pub(super) fn new(low: f64, high: f64, place: impl Fn(f64) -> Option<u16>) -> Steps {
        let (low, high) = (low.max(0.0).to_bits(), high.max(0.0).to_bits());
        let width = 64 - high.saturating_sub(low).leading_zeros();
        let shift = width.saturating_sub(Steps::MOST);
        let steps = (high >> shift).saturating_sub(low >> shift) as usize + 1;
        let mut made = Steps {
            first: low >> shift,
            shift,
            places: vec![Steps::MIXED; steps],
        };
        made.fill(0..steps, &place);
        made
    }

    /// The least and the most value of some steps.
    fn ends(&self, steps: &Range<usize>) -> (f64, f64) {
        let begin = |step: usize| (self.first + step as u64) << self.shift;
        let last = begin(steps.end).wrapping_sub(1);
        (f64::from_bits(begin(steps.start)), f64::from_bits(last))
    }

    fn fill(&mut self, steps: Range<usize>, place: &impl Fn(f64) -> Option<u16>) {
        let (least, most) = self.ends(&steps);
        match (place(least), place(most)) {
            (Some(one), Some(other)) if one == other => {
                if let Some(places) = self.places.get_mut(steps) {
                    places.fill(one);
                }
            }
            _ if steps.len() > 1 => {
                let middle = steps.start + steps.len() / 2;
                self.fill(steps.start..middle, place);
                self.fill(middle..steps.end, place);
            }
            _ => {}
        }
    }

    /// What holds for a value, or [`Steps::MIXED`]; also for one that is not over 0, or no number.
    #[inline]
    pub(super) fn place(&self, value: f64) -> u16 {
        self.told().place(value)
    }

    /// The same for a loop that writes elsewhere, and would otherwise look up for each value where the steps stand.
    #[inline]
    pub(super) fn told(&self) -> Told<'_> {
        Told {
            first: self.first,
            shift: self.shift,
            places: &self.places,
        }
    }
}

/// What the steps say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    first: u64,
    shift: u32,
    places: &'a [u16],
}

impl Told<'_> {
    /// What holds for a value, or [`Steps::MIXED`].
    #[inline]
    pub(super) fn place(self, value: f64) -> u16 {
        let step = value.to_bits().wrapping_shr(self.shift);
        let step = step.wrapping_sub(self.first) as usize;
        self.places.get(step).copied().unwrap_or(Steps::MIXED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_step_says_holds_for_each_of_its_values(
            ends in (-4.0..9.0f64, 0.0..9.0f64),
            mut borders in proptest::collection::vec(-4.0..18.0f64, 0..40),
            values in proptest::collection::vec(
                prop_oneof![(-5.0..19.0f64).prop_map(|power| 10f64.powf(power)), any::<f64>()], 1..200),
        ) {
            let (low, high) = (10f64.powf(ends.0), 10f64.powf(ends.0 + ends.1));
            for border in &mut borders {
                *border = 10f64.powf(*border);
            }
            let naive = |value: f64| {
                let within = (low..=high).contains(&value);
                within.then(|| borders.iter().filter(|border| **border <= value).count() as u16)
            };
            let steps = Steps::new(low, high, naive);
            prop_assert!(steps.places.len() <= 1 << (Steps::MOST + 1));
            for value in values.into_iter().chain(borders.iter().copied()).chain([low, high, 0.0, -1.0]) {
                let said = steps.place(value);
                if said != Steps::MIXED {
                    prop_assert_eq!(Some(said), naive(value));
                }
            }
        }
    }
}
