//! The tally: counts, sums and medians per standing, and what the matches come to among them.
//!
//! Idea: each thread looks once at every account of its run, for the sums, the medians ([`super::median`]) and what a
//! scatter of the same accounts stands on ([`super::ground`]). Sums are taken span by span, in the order of the accounts,
//! and those of the spans added up in theirs, so that no digit depends on the number of threads or on how the file was
//! cut. One thread for the sums of all and another for the medians looked at everything twice, and waited for each other.
//! What was counted is kept, and gone on with when more accounts come.

use super::ground::{self, Extents, Ground, stretch};
use super::halt::{Halt, Halted};
use super::ladder::{Ladder, Slot};
use super::layer::Layer;
use super::median::{Also, Figure, Medians, count};
use super::pyramid::{Pyramid, Totals};
use super::tiles::{Accounts, Share, layers};
use super::walk::SPAN;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;

/// What is summed over one standing.
#[derive(Debug, Clone, Default)]
struct Sums {
    accounts: u64,
    estimated: u64,
    reach: u64,
    engagements: f64,
    engagements_of: u64,
    priced_reach: f64,
    reach_price: f64,
    cpm_of: u64,
    priced_engagements: f64,
    engagement_price: f64,
    cpe_of: u64,
    cpe_estimated: u64,
}

/// The sums of every slot: those of its accounts of which every figure is known, and those of the others.
type Slots = [[Sums; 2]; Ladder::MOST];

/// The sums of every slot over the accounts of a span, with its number.
type Span = (usize, Slots);

impl Sums {
    fn join(&mut self, later: &Sums) {
        self.accounts += later.accounts;
        self.estimated += later.estimated;
        self.reach = self.reach.saturating_add(later.reach);
        self.engagements += later.engagements;
        self.engagements_of += later.engagements_of;
        self.priced_reach += later.priced_reach;
        self.reach_price += later.reach_price;
        self.cpm_of += later.cpm_of;
        self.priced_engagements += later.priced_engagements;
        self.engagement_price += later.engagement_price;
        self.cpe_of += later.cpe_of;
        self.cpe_estimated += later.cpe_estimated;
    }

    /// Adds the accounts of a layer.
    fn add(&mut self, layer: &Layer<'_>) {
        self.accounts += layer.accounts as u64;
        self.estimated += layer.estimated as u64;
        self.engagements_of += layer.engagements.len() as u64;
        self.cpm_of += layer.costed.0.len() as u64;
        self.cpe_of += layer.paid.0.len() as u64;
        self.cpe_estimated += layer.paid_estimated as u64;
        if layer.is_full {
            self.add_full(layer);
        } else {
            self.add_known(layer);
        }
    }

    /// Adds the figures of accounts that have all of them: to all sums at once, since each waits for its last addition.
    fn add_full(&mut self, layer: &Layer<'_>) {
        let mut sums = self.clone();
        let figures = layer.engagements.iter().zip(layer.prices);
        for (size, (engagements, price)) in layer.sizes.iter().zip(figures) {
            sums.reach = sums.reach.saturating_add(*size);
            sums.engagements += engagements;
            sums.priced_reach += *size as f64;
            sums.reach_price += price;
            sums.priced_engagements += engagements;
            sums.engagement_price += price;
        }
        *self = sums;
    }

    /// Adds the figures that are known.
    fn add_known(&mut self, layer: &Layer<'_>) {
        let mut sums = self.clone();
        for size in layer.sizes {
            sums.reach = sums.reach.saturating_add(*size);
        }
        for engagements in layer.engagements {
            sums.engagements += engagements;
        }
        for (size, price) in layer.costed.0.iter().zip(layer.costed.1) {
            sums.priced_reach += *size as f64;
            sums.reach_price += price;
        }
        for (engagements, price) in layer.paid.0.iter().zip(layer.paid.1) {
            sums.priced_engagements += engagements;
            sums.engagement_price += price;
        }
        *self = sums;
    }
}

/// What was counted of the accounts of a set.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Accounts of the roster that were looked at.
    upto: usize,
    /// The sums of the spans before the last.
    before: Slots,
    /// Those of the last one, which may go on.
    last: Span,
    sizes: Medians,
    rates: Medians,
    prices: Medians,
    /// Followers of the accounts with a rate.
    placed: Medians,
    extents: Extents,
}

/// What the accounts of a set come to.
#[derive(Debug)]
pub(super) struct Tallied {
    /// The totals of every standing, matches aside.
    pub(super) pyramid: Pyramid,
    /// What a scatter of them stands on; `None` where that follows from no totals, since 0 followers make a tier.
    pub(super) ground: Option<Ground>,
    /// What to go on with when more accounts come.
    pub(super) tally: Tally,
}

impl Tally {
    /// Nothing counted yet.
    fn new(ladder: &Ladder) -> Tally {
        let groups = ladder.tiers() + 2;
        Tally {
            upto: 0,
            before: Default::default(),
            last: Span::default(),
            sizes: Medians::new(Figure::Followers, groups),
            rates: Medians::new(Figure::Rate, groups),
            prices: Medians::new(Figure::Price, groups),
            placed: Medians::new(Figure::Placed, groups),
            extents: Extents::default(),
        }
    }

    /// Counts the accounts of a set that have come since the last time; those before are as they were.
    fn go_on(
        mut self,
        roster: &Roster,
        ladder: &Ladder,
        set: &Bits,
        halt: &Halt,
    ) -> Result<Tallied, Halted> {
        let accounts = Accounts {
            roster,
            ladder,
            set,
            halt,
        };
        let medians = [
            &mut self.sizes,
            &mut self.placed,
            &mut self.rates,
            &mut self.prices,
        ];
        let summing = Summing {
            from: self.upto,
            last: &self.last,
        };
        let (medians, parts) = count(medians, accounts, self.upto, &summing)?;
        self.upto = roster.len();
        self.last.1 = Default::default();
        for Part { spans, extents } in parts {
            ground::join(&mut self.extents, &extents);
            for span in spans {
                join(&mut self.before, &self.last.1);
                self.last = span;
            }
        }
        let mut sums = self.before.clone();
        join(&mut sums, &self.last.1);
        let [sizes, placed, rates, prices] = medians;
        let medians = sizes.iter().zip(&rates).zip(&prices);
        let totals = sums.into_iter().zip(medians).enumerate();
        let totals = totals.map(|(slot, ([mut sums, others], ((sizes, rates), prices)))| {
            sums.join(&others);
            Totals {
                rates: rates.0,
                prices: prices.0,
                median_followers: sizes.1,
                median_rate: rates.1,
                median_price: prices.1,
                ..total(slot, &sums)
            }
        });
        let is_ground = ladder.lowest().is_none_or(|least| least > 0);
        Ok(Tallied {
            pyramid: pyramid(totals.collect()),
            ground: is_ground.then(|| Ground::new(&self.extents, &placed, &rates)),
            tally: self,
        })
    }
}

fn join(sums: &mut Slots, later: &Slots) {
    let both = sums.iter_mut().flatten().zip(later.iter().flatten());
    for (sums, later) in both {
        sums.join(later);
    }
}

/// Sums that go on with those of the last span.
struct Summing<'a> {
    from: usize,
    last: &'a Span,
}

/// The sums of some spans, and how far their accounts reach.
struct Part {
    spans: Vec<Span>,
    extents: Extents,
}

impl Also for Summing<'_> {
    type Part = Part;

    fn begin(&self, from: usize) -> Part {
        let last = (from == self.from).then(|| self.last.clone());
        Part {
            spans: last.into_iter().collect(),
            extents: Extents::default(),
        }
    }

    fn add(&self, part: &mut Part, layer: &Layer<'_>) {
        let span = layer.row / SPAN;
        if part.spans.last().is_none_or(|last| last.0 != span) {
            part.spans.push((span, Default::default()));
        }
        let sums = part.spans.last_mut().map(|(_, sums)| sums);
        if let Some(sums) = sums.and_then(|sums| sums.get_mut(layer.slot)) {
            let [full, others] = sums;
            let sums = if layer.is_full { full } else { others };
            sums.add(layer);
        }
        stretch(&mut part.extents, layer);
    }
}

/// The totals of every standing over the accounts of a set, matches aside, and what to go on with when more accounts
/// come; of a set that goes on from one that was counted `before`, only what is new is counted.
pub(super) fn tally(
    roster: &Roster,
    ladder: &Ladder,
    set: &Bits,
    before: Option<&Tally>,
    halt: &Halt,
) -> Result<Tallied, Halted> {
    let tally = before.cloned().unwrap_or_else(|| Tally::new(ladder));
    tally.go_on(roster, ladder, set, halt)
}

fn total(slot: Slot, sums: &Sums) -> Totals {
    let per = |price: f64, of: f64| (of > 0.0).then(|| price / of);
    Totals {
        accounts: sums.accounts,
        followers: sums.reach,
        engagements: sums.engagements,
        engagements_of: sums.engagements_of,
        cpm: per(sums.reach_price * 1000.0, sums.priced_reach),
        cpm_of: sums.cpm_of,
        cpe: per(sums.engagement_price, sums.priced_engagements),
        cpe_of: sums.cpe_of,
        cpe_estimated: sums.cpe_estimated,
        estimated: sums.estimated,
        ..Totals::none(Ladder::standing(slot))
    }
}

/// The totals of every slot as a pyramid.
fn pyramid(mut totals: Vec<Totals>) -> Pyramid {
    let tiers = totals.split_off(2.min(totals.len()));
    let [unranked, below] = <[Totals; 2]>::try_from(totals)
        .unwrap_or_else(|_| [0, 1].map(|slot| Totals::none(Ladder::standing(slot))));
    Pyramid {
        tiers,
        below,
        unranked,
    }
}

/// Counts matches, all of them among the accounts of a pyramid, into it.
pub(super) fn count_matches(
    roster: &Roster,
    ladder: &Ladder,
    matches: &Bits,
    pyramid: &mut Pyramid,
    halt: &Halt,
) -> Result<(), Halted> {
    let accounts = Accounts {
        roster,
        ladder,
        set: matches,
        halt,
    };
    // Engagements of full layers and of others apart, each in the order of the accounts.
    let mut counts = [(0u64, 0u64, [0.0; 2]); Ladder::MOST];
    layers(accounts, 0..roster.len(), Share::All, |layer| {
        let Some((matches, reach, engagements)) = counts.get_mut(layer.slot) else {
            return;
        };
        *matches += layer.accounts as u64;
        for size in layer.sizes {
            *reach = reach.saturating_add(*size);
        }
        let [full, others] = engagements;
        let sum = if layer.is_full { full } else { others };
        *sum = layer
            .engagements
            .iter()
            .fold(*sum, |sum, figure| sum + figure);
    })?;
    let totals = [&mut pyramid.unranked, &mut pyramid.below];
    for (totals, counted) in totals.into_iter().chain(&mut pyramid.tiers).zip(counts) {
        totals.matches = Some(counted.0);
        totals.match_followers = counted.1;
        totals.match_engagements = counted.2.iter().sum();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        clippy::float_cmp,
        reason = "tests compare exact figures"
    )]

    use crate::domain::tier::{Standing, TierId};
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use proptest::prelude::*;

    #[test]
    fn costs_count_only_accounts_where_both_numbers_are_known() {
        let rows = [
            sample::row(1_000, Some(100), Some(50.0)),
            sample::row(3_000, Some(50), Some(130.0)),
            sample::row(2_000, None, Some(20.0)),
            sample::row(4_000, Some(80), None),
        ];
        let survey = sample::surveyed(&rows, None, Filter::default());
        let nano = survey.pyramid.of(Standing::Tier(TierId(0))).unwrap();
        assert_eq!((nano.accounts, nano.followers), (4, 10_000));
        assert_eq!((nano.rates, nano.prices, nano.engagements_of), (3, 3, 3));
        assert_eq!(nano.engagements, 100.0 + 150.0 + 320.0);
        assert_eq!(nano.median_followers, Some(2_500.0));
        assert_eq!(nano.median_rate, Some(0.08));
        assert_eq!(nano.median_price, Some(50.0));
        assert_eq!((nano.cpm, nano.cpm_of), (Some(200_000.0 / 6_000.0), 3));
        assert_eq!((nano.cpe, nano.cpe_of), (Some(180.0 / 250.0), 2));
        assert_eq!(nano.matches, None);
    }

    proptest! {
        #[test]
        fn totals_add_up_to_the_accounts_counted(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
        ) {
            let across = sample::surveyed(&rows, campaign.clone(), filter.across_tiers());
            let survey = sample::surveyed(&rows, campaign, filter.clone());
            prop_assert_eq!(&survey.pyramid, &across.pyramid);
            prop_assert_eq!(survey.pyramid.accounts(), across.shown);
            let matches = across.matching.as_ref().map(|matching| matching.len() as u64);
            prop_assert_eq!(survey.pyramid.matches(), matches);
            let singled: u64 = survey
                .pyramid
                .all()
                .filter(|totals| filter.standings.contains(&totals.standing))
                .map(|totals| match totals.matches {
                    Some(matches) if filter.only_matches => matches,
                    _ => totals.accounts,
                })
                .sum();
            let listed = match (&survey.matching, filter.only_matches) {
                (Some(matching), true) => matching.len() as u64,
                _ => singled,
            };
            if !filter.standings.is_empty() && !filter.only_front {
                prop_assert_eq!(survey.shown, listed);
            }
        }

        #[test]
        fn every_account_is_counted_once(rows in sample::rows()) {
            let survey = sample::surveyed(&rows, Some(Campaign::new("local")), Filter::default());
            prop_assert_eq!(survey.pyramid.accounts(), rows.len() as u64);
            prop_assert_eq!(survey.shown, rows.len() as u64);
        }
    }
}
