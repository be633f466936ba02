//! What changes from one mix to another, in sentences that can be said aloud: people reached, interactions, money.

use super::Speaker;
use crate::domain::saved_mix::SavedMix;
use crate::query::mix::booking::Booking;

/// What a mix comes to, as far as it is held against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// People reached: net where a population is known.
    pub reach: f64,
    /// Engagements, 0 where none are known.
    pub engagements: f64,
    /// What it costs.
    pub spend: f64,
    /// Whether prices in it are estimated.
    pub estimated: bool,
}

impl From<&Booking> for Outcome {
    fn from(booking: &Booking) -> Outcome {
        Outcome {
            reach: booking.net_reach.unwrap_or(booking.potential_reach as f64),
            engagements: booking.engagements,
            spend: booking.spend,
            estimated: booking.estimated > 0,
        }
    }
}

impl From<&SavedMix> for Outcome {
    fn from(mix: &SavedMix) -> Outcome {
        Outcome {
            reach: mix.net_reach.unwrap_or(mix.reach as f64),
            engagements: mix.engagements.unwrap_or(0.0),
            spend: mix.spend,
            estimated: mix.estimated > 0,
        }
    }
}

impl Outcome {
    /// Whether nothing sets two apart.
    #[must_use]
    pub fn is_like(&self, other: &Outcome) -> bool {
        same(self.reach, other.reach)
            && same(self.engagements, other.engagements)
            && same(self.spend, other.spend)
    }
}

/// What is said of a figure: the keys of the words for more, less, and the same of it.
struct Words {
    more: &'static str,
    less: &'static str,
    same: &'static str,
}

const REACH: Words = Words {
    more: "shift.reach.more",
    less: "shift.reach.less",
    same: "shift.reach.same",
};

const ENGAGEMENTS: Words = Words {
    more: "shift.engagements.more",
    less: "shift.engagements.less",
    same: "shift.engagements.same",
};

const SPEND: Words = Words {
    more: "shift.spend.more",
    less: "shift.spend.less",
    same: "shift.spend.same",
};

fn same(one: f64, two: f64) -> bool {
    (one - two).abs() <= 1e-9 * one.abs().max(two.abs())
}

/// A figure that differs, by its share of what it was; in full where it was nothing.
fn part(speaker: &Speaker<'_>, words: &Words, before: f64, after: f64) -> String {
    if same(before, after) {
        return speaker.say(words.same).to_owned();
    }
    let by = (after - before).abs();
    let by = if before > 0.0 {
        speaker.percent(by / before)
    } else {
        speaker.count(by.round() as u64)
    };
    let word = if after > before {
        words.more
    } else {
        words.less
    };
    speaker.fill(word, &[("by", &by)])
}

fn money(speaker: &Speaker<'_>, before: Outcome, after: Outcome) -> String {
    if same(before.spend, after.spend) {
        return speaker.say(SPEND.same).to_owned();
    }
    let estimated = before.estimated || after.estimated;
    let by = speaker.priced((after.spend - before.spend).abs(), estimated);
    let word = if after.spend > before.spend {
        SPEND.more
    } else {
        SPEND.less
    };
    speaker.fill(word, &[("by", &by)])
}

/// The sentence under a key that tells what changes: `{reach}`, `{engagements}` and `{spend}` are put in beside these.
fn told(
    speaker: &Speaker<'_>,
    key: &str,
    (before, after): (Outcome, Outcome),
    values: &[(&str, &str)],
) -> String {
    let reach = part(speaker, &REACH, before.reach, after.reach);
    let engagements = part(speaker, &ENGAGEMENTS, before.engagements, after.engagements);
    let spend = money(speaker, before, after);
    let own = [
        ("reach", reach.as_str()),
        ("engagements", &engagements),
        ("spend", &spend),
    ];
    speaker.fill(key, &[values, own.as_slice()].concat())
}

/// What a limit costs: the mix without it against the mix with it.
#[must_use]
pub fn without(speaker: &Speaker<'_>, limit: &str, before: &Booking, after: &Booking) -> String {
    if before.rows == after.rows {
        return speaker.fill("shift.limit.nothing", &[("limit", limit)]);
    }
    let outcomes = (before.into(), after.into());
    told(speaker, "shift.limit", outcomes, &[("limit", limit)])
}

/// What a mix with another account in the place of one comes to.
#[must_use]
pub fn swap(
    speaker: &Speaker<'_>,
    (leaves, comes): (&str, &str),
    before: &Booking,
    after: &Booking,
) -> String {
    let outcomes = (before.into(), after.into());
    let values = [("leaves", leaves), ("comes", comes)];
    told(speaker, "shift.swap", outcomes, &values)
}

/// What an account brings to a mix, for what it costs, in writing: the mix against the one without it.
#[must_use]
pub fn brings(
    speaker: &Speaker<'_>,
    (account, cost): (&str, &str),
    mix: &Booking,
    without: &Booking,
) -> String {
    let (all, rest) = (Outcome::from(mix), Outcome::from(without));
    let share = |all: f64, rest: f64| {
        let share = if all > 0.0 { (all - rest) / all } else { 0.0 };
        speaker.percent(share.max(0.0))
    };
    let reach = share(all.reach, rest.reach);
    let engagements = share(all.engagements, rest.engagements);
    let values = [
        ("account", account),
        ("reach", &reach),
        ("engagements", &engagements),
        ("cost", cost),
    ];
    speaker.fill("shift.brings", &values)
}

/// Two mixes held against each other, the first against the second.
#[must_use]
pub fn pair(speaker: &Speaker<'_>, one: &SavedMix, other: &SavedMix) -> String {
    let names = [one, other].map(|mix| speaker.quote(&mix.name));
    let values = [("one", names[0].as_str()), ("other", &names[1])];
    let outcomes = (Outcome::from(other), Outcome::from(one));
    if outcomes.0.is_like(&outcomes.1) {
        return speaker.fill("shift.pair.same", &values);
    }
    told(speaker, "shift.pair", outcomes, &values)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::fixture::{Table, scheme};
    use super::*;
    use crate::domain::field::Field;
    use crate::domain::roster::AccountId;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use crate::domain::tier::{Standing, TierId};
    use crate::query::mix::terms::{Count, Limits};
    use crate::wording::limit;
    use proptest::prelude::*;

    fn booking(rows: std::ops::Range<u32>, reach: u64, engagements: f64, spend: f64) -> Booking {
        Booking {
            rows: rows.collect(),
            potential_reach: reach,
            engagements,
            spend,
            ..Booking::default()
        }
    }

    #[test]
    fn what_changes_is_said_in_both_languages() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let before = booking(0..9, 100_000, 4_000.0, 4_900.0);
        let after = booking(0..8, 112_000, 3_880.0, 4_900.0);
        assert_eq!(
            without(&en, "at least 20 nano", &before, &after),
            "Without 'at least 20 nano' the mix reaches 12.0% more people, starts 3.0% fewer interactions \
             and costs the same."
        );
        assert_eq!(
            without(&nl, "minstens 20 nano", &before, &after),
            "Zonder 'minstens 20 nano' bereikt de mix 12,0% meer mensen, levert 3,0% minder \
             interacties op en kost evenveel."
        );
        assert_eq!(
            without(&en, "at most 9 accounts", &before, &before),
            "Without 'at most 9 accounts' the mix stays the same: this limit costs nothing."
        );
        assert_eq!(
            swap(
                &en,
                ("Aa", "Bb"),
                &before,
                &booking(1..10, 98_000, 4_000.0, 4_650.0)
            ),
            "With Bb in place of Aa the mix reaches 2.0% fewer people, starts as many interactions and costs €250 less."
        );
        assert_eq!(
            brings(
                &nl,
                ("Aa", "€ 500"),
                &before,
                &booking(1..9, 92_000, 3_000.0, 4_400.0)
            ),
            "Aa brengt voor € 500 8,0% van het bereik en 25,0% van de interacties van deze mix in."
        );
    }

    #[test]
    fn limits_are_said_as_people_say_them() {
        let table = Table::new();
        let [en, nl] = table.speakers();
        let mut builder = RosterBuilder::new(&[("Name", Some(Field::Name))]);
        builder.add(Figures::default(), &["Sanne\u{1b}[2J"]);
        builder.add(Figures::default(), &[""]);
        let roster = builder.build();
        let nano = Standing::Tier(TierId(0));
        let count = |least, most| Count { least, most };
        let limits = Limits {
            accounts: Some(1),
            price: Some(500.0),
            standings: [
                (nano, count(20, None)),
                (Standing::Below, count(2, Some(3))),
            ]
            .into(),
            platforms: [("TikTok".to_owned(), count(0, Some(3)))].into(),
            include: [AccountId(0)].into(),
            exclude: [AccountId(1)].into(),
        };
        let said = |speaker: &Speaker<'_>| -> Vec<String> {
            let all = limits.all();
            let all = all.iter();
            all.map(|it| limit::limit(speaker, &scheme(), &roster, &limits, it))
                .collect()
        };
        assert_eq!(
            said(&en),
            [
                "at most 1 account",
                "2 to 3 below 1,000",
                "at least 20 nano",
                "at most 3 TikTok",
                "at most €500 for an account",
                "Sanne\u{241b}[2J as a must-have",
                "row 2 excluded",
            ]
        );
        assert_eq!(said(&nl)[1], "2 tot 3 onder 1.000");
        let many = Limits {
            exclude: (0..30).map(AccountId).collect(),
            ..Limits::default()
        };
        let all = many.all();
        assert_eq!(
            limit::limit(&nl, &scheme(), &roster, &many, all.first().unwrap()),
            "30 uitgesloten accounts"
        );
    }

    proptest! {
        /// Every figure of every sentence is computed again from the two mixes.
        #[test]
        fn every_figure_comes_out_of_the_mixes(
            (reach, engagements, spend) in (1u64..9_000_000, 1.0f64..1e6, 1.0f64..1e5),
            (others, started, paid) in (0u64..9_000_000, 0.0f64..1e6, 0.0f64..1e5),
        ) {
            let table = Table::new();
            let before = booking(0..3, reach, engagements, spend);
            let after = booking(1..4, others, started, paid);
            for speaker in table.speakers() {
                let change = |before: f64, after: f64| speaker.percent((after - before).abs() / before);
                let mut figures = Vec::new();
                if reach != others {
                    figures.push(change(reach as f64, others as f64));
                }
                if !same(engagements, started) {
                    figures.push(change(engagements, started));
                }
                if !same(spend, paid) {
                    figures.push(speaker.money((paid - spend).abs()));
                }
                for told in [
                    without(&speaker, "x", &before, &after),
                    swap(&speaker, ("a", "b"), &before, &after),
                ] {
                    prop_assert!(!told.contains(['{', '}']), "{}", told);
                    for figure in &figures {
                        prop_assert!(told.contains(figure), "{} in {}", figure, told);
                    }
                    let more = speaker.fill("shift.reach.more", &[("by", &change(reach as f64, others as f64))]);
                    prop_assert_eq!(told.contains(&more), others > reach, "{}", told);
                }
                let saved = |booking: &Booking, name: &str| SavedMix {
                    name: name.to_owned(),
                    reach: booking.potential_reach,
                    engagements: Some(booking.engagements),
                    spend: booking.spend,
                    ..SavedMix::default()
                };
                let told = pair(&speaker, &saved(&after, "one"), &saved(&before, "two"));
                for figure in &figures {
                    prop_assert!(told.contains(figure), "{} in {}", figure, told);
                }
            }
        }
    }
}
