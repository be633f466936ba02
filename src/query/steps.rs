//! Steps: where a value belongs, told by its leading bits alone where all values that begin with them belong together.
//!
//! Idea: from one end to the other the values are cut into some ten thousands of steps, and of each is kept what holds for
//! all of its values. A step that a border cuts, or that reaches beyond an end, says nothing: its values, about one in a
//! hundred, are looked at whole. Numbers of steps are told for many values at once, without a branch. Where values are kept
//! as whole numbers of a share, each of these is a step: none has to be worked out, and none is cut. Cost: two bytes a step, of
//! which those that many accounts fall in stay in a near cache, and some microseconds to make. With a quarter as many, four
//! times as many values had to be looked at whole, which took longer than the nearest cache spares; where a step only said
//! from which cell on to compare with borders, an account took nearly twice as long.

use std::ops::Range;

/// How many numbers of steps there are: all that 16 bits with a sign can say, from 0.
const NUMBERS: usize = 1 << 15;

/// How many shares there can be: all that 16 bits say.
const SHARES: usize = 1 << 16;

/// What holds for all values of each step.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    /// The leading bits of the values before the first step, which have the number 0.
    before: u32,
    /// How many of the upper half of the bits of a value are not looked at.
    shift: u32,
    /// By the number of a step; beyond the last step nothing is told.
    places: Vec<u16>,
}

impl Steps {
    /// Said of a step whose values do not belong together.
    pub(super) const MIXED: u16 = u16::MAX;

    /// Most steps: the least and the greatest number stand for what is beyond the ends.
    const MOST: u32 = i16::MAX as u32 - 1;

    /// The steps between two values over 0. `place` never falls where values rise, and is `None` where a value has to be
    /// looked at whole.
    pub(super) fn new(low: f64, high: f64, place: impl Fn(f64) -> Option<u16>) -> Steps {
        let upper = |value: f64| upper(value.max(0.0));
        let (low, high) = (upper(low), upper(high).max(upper(low)));
        let steps = |shift: u32| ((high >> shift) - (low >> shift)).saturating_add(1);
        let shift = (0..u32::BITS).find(|shift| steps(*shift) <= Steps::MOST);
        let shift = shift.unwrap_or_default();
        let mut made = Steps {
            before: (low >> shift).wrapping_sub(1),
            shift,
            places: vec![Steps::MIXED; NUMBERS],
        };
        let ends = |steps: &Range<usize>| ends(steps, made.before, shift);
        fill(
            &mut made.places,
            1..steps(shift) as usize + 1,
            &ends,
            &place,
        );
        made
    }

    /// A single step for everything.
    pub(super) fn one(place: u16) -> Steps {
        Steps {
            before: 0,
            shift: 0,
            places: vec![place; NUMBERS],
        }
    }

    /// The number of the step of a value.
    #[inline]
    pub(super) fn number(&self, value: f64) -> u16 {
        let step = upper(value).wrapping_shr(self.shift);
        let number = step.wrapping_sub(self.before).cast_signed();
        // As the instructions for many values at once have it.
        let number = number.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        number.max(0).cast_unsigned()
    }

    /// The numbers of the steps of some values.
    #[inline]
    pub(super) fn number_all(&self, values: impl Iterator<Item = f64>, numbers: &mut [u16]) {
        for (number, value) in numbers.iter_mut().zip(values) {
            *number = self.number(value);
        }
    }

    /// What is said of each.
    pub(super) fn places(&self) -> &[u16] {
        &self.places
    }

    /// What holds for a value, or [`Steps::MIXED`]; also for one that is not over 0, or no number.
    #[inline]
    pub(super) fn place(&self, value: f64) -> u16 {
        let place = self.places.get(usize::from(self.number(value)));
        place.copied().unwrap_or(Steps::MIXED)
    }
}

/// The least and the most value of some steps.
fn ends(steps: &Range<usize>, before: u32, shift: u32) -> (f64, f64) {
    let bits = |step: usize| u64::from(before.wrapping_add(step as u32));
    let begin = |step: usize| bits(step) << (shift + 32);
    let last = begin(steps.end).wrapping_sub(1);
    (f64::from_bits(begin(steps.start)), f64::from_bits(last))
}

/// Writes down what holds for all values of each of some steps.
fn fill(
    places: &mut [u16],
    steps: Range<usize>,
    ends: &impl Fn(&Range<usize>) -> (f64, f64),
    place: &impl Fn(f64) -> Option<u16>,
) {
    let (least, most) = ends(&steps);
    match (place(least), place(most)) {
        (Some(one), Some(other)) if one == other => {
            if let Some(places) = places.get_mut(steps) {
                places.fill(one);
            }
        }
        _ if steps.len() > 1 => {
            let middle = steps.start + steps.len() / 2;
            fill(places, steps.start..middle, ends, place);
            fill(places, middle..steps.end, ends, place);
        }
        _ => {}
    }
}

/// What holds for each whole number of some share, which is its own number.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    /// How many of them are one.
    pub(super) of: f64,
    places: Vec<u16>,
}

impl Shares {
    /// What `place` says of those from one value to another; it says nothing of others.
    pub(super) fn new(
        of: f64,
        (low, high): (f64, f64),
        place: impl Fn(f64) -> Option<u16>,
    ) -> Shares {
        let mut places = vec![Steps::MIXED; SHARES];
        let ends = |shares: &Range<usize>| {
            let value = |shares: usize| shares as f64 / of;
            (value(shares.start), value(shares.end - 1))
        };
        let from = ((low * of).floor() as usize).min(SHARES);
        let upto = ((high * of).ceil() as usize).saturating_add(1).min(SHARES);
        if from < upto {
            fill(&mut places, from..upto, &ends, &place);
        }
        Shares { of, places }
    }

    /// The number of a value that is a whole number of them, or of the nearest that is.
    pub(super) fn number(&self, value: f64) -> u16 {
        (value * self.of).round() as u16
    }

    /// What is said of each.
    pub(super) fn places(&self) -> &[u16] {
        &self.places
    }
}

/// The upper half of the bits of a value. Values over 0 rise with it.
#[inline]
fn upper(value: f64) -> u32 {
    (value.to_bits() >> 32) as u32
}

/// Steps or shares of which only those between two are told, these not included; the others are [`Steps::MIXED`].
#[derive(Debug)]
pub(super) struct Opened<'a> {
    told: &'a [u16],
    open: Range<usize>,
    places: Vec<u16>,
}

impl<'a> Opened<'a> {
    /// All of them, given what is said of each.
    pub(super) fn all(told: &'a [u16]) -> Opened<'a> {
        Opened {
            open: 0..told.len(),
            places: told.to_vec(),
            told,
        }
    }

    /// Not one yet.
    pub(super) fn none(told: &'a [u16]) -> Opened<'a> {
        Opened {
            open: 0..0,
            places: vec![Steps::MIXED; told.len()],
            told,
        }
    }

    /// Opens the steps between two of them, which lie no nearer to each other than those before.
    pub(super) fn open(&mut self, [least, most]: [u16; 2]) {
        let (from, upto) = (usize::from(least) + 1, usize::from(most));
        if from >= upto {
            return;
        }
        let before = if self.open.is_empty() {
            from..from
        } else {
            self.open.clone()
        };
        for new in [from..before.start, before.end..upto] {
            if let (Some(own), Some(told)) = (self.places.get_mut(new.clone()), self.told.get(new))
            {
                own.copy_from_slice(told);
            }
        }
        self.open = from..upto;
    }

    /// What is said of each step, by its number.
    #[inline]
    pub(super) fn told(&self) -> Told<'_> {
        Told {
            places: &self.places,
        }
    }
}

/// What is said of each step, for a loop that writes elsewhere, and would otherwise look up for each value where that stands.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    places: &'a [u16],
}

impl Told<'_> {
    /// What is said of the step of this number.
    #[inline]
    pub(super) fn at(self, number: u16) -> u16 {
        let place = self.places.get(usize::from(number));
        place.copied().unwrap_or(Steps::MIXED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two ends and some borders, as powers of ten, and values around them.
    fn borders() -> impl Strategy<Value = ((f64, f64), Vec<f64>, Vec<f64>)> {
        let power = |power: f64| 10f64.powf(power);
        let value = prop_oneof![(-5.0..19.0f64).prop_map(power), any::<f64>()];
        let ends = (-4.0..9.0f64, prop_oneof![0.0..9.0f64, 0.0..0.01f64]);
        (
            ends.prop_map(move |(low, by)| (power(low), power(low + by))),
            proptest::collection::vec((-4.0..18.0f64).prop_map(power), 0..40),
            proptest::collection::vec(value, 1..200),
        )
    }

    fn naive(value: f64, (low, high): (f64, f64), borders: &[f64]) -> Option<u16> {
        let within = (low..=high).contains(&value);
        within.then(|| borders.iter().filter(|border| **border <= value).count() as u16)
    }

    proptest! {
        #[test]
        fn what_a_step_says_holds_for_each_of_its_values((ends, borders, values) in borders()) {
            let steps = Steps::new(ends.0, ends.1, |value| naive(value, ends, &borders));
            prop_assert!(steps.places[0] == Steps::MIXED && steps.places[NUMBERS - 1] == Steps::MIXED);
            for value in values.into_iter().chain(borders.iter().copied()).chain([ends.0, ends.1, 0.0, -1.0]) {
                let said = steps.place(value);
                if said != Steps::MIXED {
                    prop_assert_eq!(Some(said), naive(value, ends, &borders));
                }
            }
        }

        #[test]
        fn what_is_open_is_said_and_holds_only_values_between(
            (ends, borders, values) in borders(),
            order in proptest::collection::vec(any::<prop::sample::Index>(), 1..9),
        ) {
            let steps = Steps::new(ends.0, ends.1, |value| naive(value, ends, &borders));
            let values: Vec<f64> = values.into_iter().filter(|value| *value > 0.0).collect();
            prop_assume!(!values.is_empty());
            let mut opened = Opened::none(steps.places());
            let all = Opened::all(steps.places());
            let (mut least, mut most) = (f64::INFINITY, 0.0f64);
            for at in order {
                let value = *at.get(&values);
                (least, most) = (least.min(value), most.max(value));
                opened.open([least, most].map(|end| steps.number(end)));
                let mut numbers = vec![0; values.len()];
                steps.number_all(values.iter().copied(), &mut numbers);
                for (value, number) in values.iter().zip(numbers) {
                    let said = opened.told().at(number);
                    prop_assert_eq!(all.told().at(number), steps.place(*value));
                    let is_inner = *value > least && *value < most;
                    prop_assert!(said == Steps::MIXED || is_inner && said == steps.place(*value));
                    let numbers = [least, *value, most].map(|it| steps.number(it));
                    if numbers[0] < numbers[1] && numbers[1] < numbers[2] {
                        prop_assert_eq!(said, steps.place(*value));
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn of_every_share_it_is_said_where_it_belongs(
            (ends, borders, _) in borders(),
            of in prop::sample::select(vec![1.0, 100.0, 1e4]),
            opening: [u16; 2],
            asked in proptest::collection::vec(any::<u16>(), 1..99),
        ) {
            let shares = Shares::new(of, ends, |value| naive(value, ends, &borders));
            let mut opened = Opened::none(shares.places());
            let between = opening.map(|end| f64::from(end) / 7.0);
            opened.open(between.map(|end| shares.number(end)));
            for asked in asked {
                let value = f64::from(asked) / of;
                prop_assert_eq!(shares.number(value), asked);
                let known = naive(value, ends, &borders).unwrap_or(Steps::MIXED);
                prop_assert_eq!(shares.places()[usize::from(asked)], known);
                let [least, most] = between.map(|end| shares.number(end));
                let is_open = least < asked && asked < most;
                prop_assert_eq!(opened.told().at(asked), if is_open { known } else { Steps::MIXED });
            }
        }
    }

    #[test]
    fn one_step_says_the_same_of_everything() {
        let steps = Steps::one(3);
        for value in [f64::MIN, -1.0, 0.0, 1.0, f64::INFINITY, f64::NAN] {
            assert_eq!(steps.place(value), 3);
        }
    }
}
