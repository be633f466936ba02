//! The tiers held against each other, in sentences that can be said aloud: who holds the reach, who answers, and what
//! an answer costs.

use super::Speaker;
use crate::domain::sorting;
use crate::query::pyramid::{Pyramid, Totals};
use crate::text::number;

/// Of what the shares are shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// The accounts that pass the filters.
    List,
    /// The matches of the goal.
    Matches,
}

/// The sentences that these totals allow, the most telling first. `name` names the tier of totals.
#[must_use]
pub fn sentences<'a>(
    speaker: &Speaker<'_>,
    pyramid: &'a Pyramid,
    whole: Whole,
    name: &dyn Fn(&Totals) -> &'a str,
) -> Vec<String> {
    let tiers = filled(pyramid);
    let said = [
        holder(speaker, pyramid, whole, name),
        rates(speaker, &tiers, name),
        prices(speaker, &tiers, name),
    ];
    said.into_iter().flatten().collect()
}

/// The sentence about the tier that holds most of the reach, the only one that says of which whole it is.
#[must_use]
pub fn holder<'a>(
    speaker: &Speaker<'_>,
    pyramid: &'a Pyramid,
    whole: Whole,
    name: &dyn Fn(&Totals) -> &'a str,
) -> Option<String> {
    let (tiers, all) = (filled(pyramid), Sums::of(pyramid));
    reach(speaker, &tiers, &all, (whole, name))
}

/// The tiers that have an account.
fn filled(pyramid: &Pyramid) -> Vec<&Totals> {
    let tiers = pyramid.tiers.iter();
    tiers.filter(|totals| totals.accounts > 0).collect()
}

/// Over how many accounts the rates, the prices, and what is paid for are known.
#[must_use]
pub fn known(speaker: &Speaker<'_>, pyramid: &Pyramid) -> String {
    let sum = |of: fn(&Totals) -> u64| speaker.count(pyramid.all().map(of).sum());
    let (rates, prices) = (sum(|totals| totals.rates), sum(|totals| totals.prices));
    let (cpm, cpe) = (sum(|totals| totals.cpm_of), sum(|totals| totals.cpe_of));
    let values = [
        ("rates", rates.as_str()),
        ("prices", &prices),
        ("cpm", &cpm),
        ("cpe", &cpe),
    ];
    speaker.fill("contrast.known", &values)
}

/// What all tiers and the accounts outside them come to.
struct Sums {
    accounts: u64,
    followers: u64,
    engagements: f64,
}

impl Sums {
    fn of(pyramid: &Pyramid) -> Sums {
        Sums {
            accounts: pyramid.accounts(),
            followers: pyramid.all().map(|totals| totals.followers).sum(),
            engagements: pyramid.all().map(|totals| totals.engagements).sum(),
        }
    }
}

/// The tier with the most reach: its share of the accounts, of the reach and of the engagements.
fn reach<'a>(
    speaker: &Speaker<'_>,
    tiers: &[&Totals],
    all: &Sums,
    (whole, name): (Whole, &dyn Fn(&Totals) -> &'a str),
) -> Option<String> {
    let most = tiers.iter().max_by_key(|totals| totals.followers)?;
    if tiers.len() < 2 || most.followers == 0 {
        return None;
    }
    let word = match whole {
        Whole::List => "contrast.whole.list",
        Whole::Matches => "contrast.whole.matches",
    };
    let share = |part: f64, whole: f64| number::share(part / whole, speaker.language);
    let accounts = share(most.accounts as f64, all.accounts as f64);
    let followers = share(most.followers as f64, all.followers as f64);
    let mut values = vec![
        ("tier", name(most)),
        ("whole", speaker.say(word)),
        ("accounts", accounts.as_str()),
        ("reach", &followers),
    ];
    if all.engagements <= 0.0 {
        let key = "contrast.reach.alone";
        return Some(speaker.counted_with(key, most.accounts, &values));
    }
    let engagements = share(most.engagements, all.engagements);
    values.push(("engagements", &engagements));
    Some(speaker.counted_with("contrast.reach", most.accounts, &values))
}

/// The tier with the highest median rate against the one with the lowest.
fn rates<'a>(
    speaker: &Speaker<'_>,
    tiers: &[&Totals],
    name: &dyn Fn(&Totals) -> &'a str,
) -> Option<String> {
    let (high, best, low, worst) = extremes(tiers, |totals| totals.median_rate)?;
    let factor = number::factor(best / worst, speaker.language);
    let (best, worst) = (speaker.percent(best), speaker.percent(worst));
    if best == worst {
        return None;
    }
    let values = [
        ("high", name(high)),
        ("low", name(low)),
        ("factor", &factor),
        ("best", &best),
        ("worst", &worst),
    ];
    Some(speaker.fill("contrast.rates", &values))
}

/// The tier where an engagement costs most against the one where it costs least.
fn prices<'a>(
    speaker: &Speaker<'_>,
    tiers: &[&Totals],
    name: &dyn Fn(&Totals) -> &'a str,
) -> Option<String> {
    let (dear, most, cheap, least) = extremes(tiers, |totals| totals.cpe)?;
    let of = |totals: &Totals, amount| speaker.priced(amount, totals.cpe_estimated > 0);
    let (most, least) = (of(dear, most), of(cheap, least));
    if most == least {
        return None;
    }
    let values = [
        ("cheap", name(cheap)),
        ("dear", name(dear)),
        ("least", &least),
        ("most", &most),
    ];
    Some(speaker.fill("contrast.prices", &values))
}

/// The tiers with the highest and the lowest of a figure that is known and over nothing; of equals the lower tier.
fn extremes<'a>(
    tiers: &[&'a Totals],
    figure: fn(&Totals) -> Option<f64>,
) -> Option<(&'a Totals, f64, &'a Totals, f64)> {
    let known = tiers
        .iter()
        .filter_map(|totals| Some((*totals, figure(totals).filter(|figure| *figure > 0.0)?)));
    let mut known: Vec<(&Totals, f64)> = known.collect();
    sorting::sort_by(&mut known, |(_, one), (_, other)| one.total_cmp(other));
    let (low, worst) = *known.first()?;
    let (high, best) = *known.last()?;
    (best > worst).then_some((high, best, low, worst))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::super::fixture::{Table, is_whole, scheme};
    use super::*;
    use crate::domain::tier::{Standing, TierId};
    use proptest::prelude::*;

    fn totals(tier: u8, accounts: u64, followers: u64, engagements: f64) -> Totals {
        Totals {
            accounts,
            followers,
            engagements,
            ..Totals::none(Standing::Tier(TierId(tier)))
        }
    }

    fn pyramid(tiers: Vec<Totals>) -> Pyramid {
        Pyramid {
            tiers,
            below: Totals::none(Standing::Below),
            unranked: Totals::none(Standing::Unranked),
        }
    }

    fn said(speaker: &Speaker<'_>, pyramid: &Pyramid) -> Vec<String> {
        let names = ["nano", "micro", "macro", "mega"];
        sentences(
            speaker,
            pyramid,
            Whole::List,
            &|totals| match totals.standing {
                Standing::Tier(tier) => names[usize::from(tier.0)],
                _ => panic!("no tier"),
            },
        )
    }

    #[test]
    fn the_tiers_are_held_against_each_other() {
        let mut nano = totals(0, 60, 150_000, 9_000.0);
        (nano.median_rate, nano.cpe) = (Some(0.07), Some(0.52));
        let mut mega = totals(3, 4, 1_850_000, 27_000.0);
        (mega.median_rate, mega.cpe) = (Some(0.022), Some(1.9));
        let mut pyramid = pyramid(vec![nano, totals(1, 0, 0, 0.0), mega]);
        pyramid.unranked.accounts = 16;
        let table = Table::new();
        let [en, nl] = table.speakers();
        assert_eq!(
            said(&en, &pyramid),
            [
                "The 4 mega accounts are 5.0% of the list, hold 92.5% of the potential reach and start 75.0% of the engagements.",
                "The median ER of nano is 3.18× that of mega: 7.0% against 2.2%.",
                "An engagement costs €0.52 with nano and €1.90 with mega."
            ]
        );
        assert_eq!(
            said(&nl, &pyramid),
            [
                "De 4 mega-accounts zijn 5,0% van de lijst, hebben 92,5% van het potentiële bereik en zorgen voor 75,0% van de interacties.",
                "De mediane ER van nano is 3,18× die van mega: 7,0% tegen 2,2%.",
                "Een interactie kost € 0,52 bij nano en € 1,90 bij mega."
            ]
        );
    }

    #[test]
    fn figures_that_are_written_alike_are_no_contrast() {
        let [mut nano, mut mega] = [0, 3].map(|tier| totals(tier, 5, 9_000, 10.0));
        (nano.median_rate, nano.cpe) = (Some(0.04), Some(0.5));
        (mega.median_rate, mega.cpe) = (Some(0.040_000_1), Some(0.500_1));
        let table = Table::new();
        let told = said(&table.speakers()[0], &pyramid(vec![nano, mega]));
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn nothing_is_said_that_is_not_known() {
        let table = Table::new();
        let [en, _] = table.speakers();
        assert!(said(&en, &pyramid(vec![totals(0, 5, 9_000, 0.0)])).is_empty());
        assert!(said(&en, &pyramid(Vec::new())).is_empty());
        let silent = pyramid(vec![totals(0, 5, 9_000, 0.0), totals(3, 1, 200_000, 0.0)]);
        let told = said(&en, &silent);
        assert_eq!(told.len(), 1);
        assert!(
            told[0].starts_with("The one mega account is") && told[0].ends_with("potential reach.")
        );
    }

    proptest! {
        /// Every figure of every sentence is computed again from the totals.
        #[test]
        fn every_figure_comes_out_of_the_totals(tiers in prop::collection::vec(
            (1u64..500, 1_000u64..9_000_000, 0.0f64..1e6, prop::option::of(0.001f64..0.4), prop::option::of(0.01f64..90.0)),
            4,
        )) {
            let table = Table::new();
            let scheme = scheme();
            let tiers = tiers.into_iter().zip(0u8..).map(|((accounts, followers, engagements, rate, cpe), tier)| Totals {
                median_rate: rate,
                cpe,
                ..totals(tier, accounts, followers, engagements)
            });
            let pyramid = pyramid(tiers.collect());
            for speaker in table.speakers() {
                let name = |at: usize| scheme.tier(TierId(at as u8)).unwrap().name.say(speaker.language);
                let (mut accounts, mut followers, mut engagements) = (0, 0, 0.0);
                for tier in &pyramid.tiers {
                    accounts += tier.accounts;
                    followers += tier.followers;
                    engagements += tier.engagements;
                }
                let most = (0..4).max_by_key(|at| pyramid.tiers[*at].followers).unwrap();
                let tier = &pyramid.tiers[most];
                let told = said(&speaker, &pyramid);
                prop_assert!(told.iter().all(|sentence| is_whole(sentence)), "{:?}", told);
                let share = |part: f64, whole: f64| number::share(part / whole, speaker.language);
                for figure in [
                    name(most).to_owned(),
                    share(tier.accounts as f64, accounts as f64),
                    share(tier.followers as f64, followers as f64),
                    share(tier.engagements, engagements),
                ] {
                    prop_assert!(told[0].contains(&figure), "{} in {}", figure, told[0]);
                }
                let rates: Vec<f64> = pyramid.tiers.iter().filter_map(|tier| tier.median_rate).collect();
                let (low, high) = (rates.iter().copied().fold(f64::MAX, f64::min), rates.iter().copied().fold(0.0, f64::max));
                if rates.len() > 1 && speaker.percent(high) != speaker.percent(low) {
                    for figure in [speaker.percent(low), speaker.percent(high), number::factor(high / low, speaker.language)] {
                        prop_assert!(told[1].contains(&figure), "{} in {}", figure, told[1]);
                    }
                }
            }
        }
    }
}
