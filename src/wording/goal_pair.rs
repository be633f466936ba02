//! Two goals against each other, in a sentence that can be said aloud.

use super::Speaker;
use crate::query::goal_pair::Side;

/// How many accounts match each goal, whom they reach, and how many match both; `None` where no tier suits one of them.
/// Names are those of the goals.
#[must_use]
pub fn sentence(speaker: &Speaker<'_>, sides: &[Side; 2], names: [&str; 2]) -> Option<String> {
    let [left, right] = sides.each_ref().map(|side| side.lit.as_ref());
    let (left, right) = (left?, right?);
    let accounts = |count| speaker.counted("count.accounts", count);
    let values = [
        ("left", names[0].to_owned()),
        ("right", names[1].to_owned()),
        ("matches", accounts(left.matches)),
        ("others", accounts(right.matches)),
        ("reach", speaker.count(left.reach)),
        ("reaches", speaker.count(right.reach)),
        ("shared", speaker.counted("pair.shared", left.shared)),
    ];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    Some(speaker.fill("pair.says", &values))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Table, figures, is_whole};
    use super::*;
    use crate::query::goal_pair::Lit;
    use crate::query::matching::Campaign;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_figure_comes_out_of_the_sides(
            left in (0u64..3_000_000, 0u64..9_000_000_000),
            right in (0u64..3_000_000, 0u64..9_000_000_000),
            shared in 0u64..3_000_000,
        ) {
            let mut sides = [left, right].map(|(matches, reach)| Side {
                campaign: Campaign::new("test"),
                lit: Some(Lit {
                    matches,
                    reach,
                    engagements: 0.0,
                    median_fit: None,
                    tiers: Vec::new(),
                    shared,
                }),
            });
            let table = Table::new();
            let figures_of = [left.0, left.1, right.0, right.1, shared];
            for speaker in table.speakers() {
                let said = sentence(&speaker, &sides, ["One", "Other"]).unwrap_or_default();
                prop_assert!(is_whole(&said), "{}", said);
                let found = figures(&said, speaker.language);
                let found: Vec<u64> = found.into_iter().map(|it| it as u64).collect();
                prop_assert_eq!(&found[..], &figures_of[..], "{}", said);
            }
            sides[1].lit = None;
            prop_assert_eq!(sentence(&table.speakers()[0], &sides, ["One", "Other"]), None);
        }
    }
}
