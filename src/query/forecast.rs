//! The forecast: what the shortlist, the last mix, the matches and all that is shown come to, side by side.

use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::marks::Marks;
use super::net_reach::NetReach;
use super::survey::Survey;
use super::walk::walk;
use crate::domain::assumed::{OwnRates, Range};
use crate::domain::playbook::Playbook;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::chunk::Chunk;
use crate::domain::tier::TierScheme;
use crate::domain::verdict::Verdict;
use std::sync::Arc;

/// Accounts that are forecast together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Those with the verdict *yes*.
    Yes,
    /// Those in reserve too.
    YesAndBackup,
    /// Those that the last mix books.
    Mix,
    /// The matches of the goal that pass the filter.
    Matches,
    /// All that are shown.
    Shown,
}

impl Group {
    /// The identifier used in data and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Group::Yes => "yes",
            Group::YesAndBackup => "yes_and_backup",
            Group::Mix => "mix",
            Group::Matches => "matches",
            Group::Shown => "shown",
        }
    }
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is shown, and the goal.
    pub survey: Arc<Survey>,
    /// The shortlist.
    pub marks: Arc<Marks>,
    /// The numbers of the accounts that the last mix books, where there is one.
    pub mix: Option<Arc<[u32]>>,
    /// The people who could be reached at all.
    pub population: Option<u64>,
    /// What the user assumes of the reach of a post, in the place of what is published.
    pub rates: OwnRates,
}

/// People who see one post, by the rates that are assumed for each role.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Seen {
    /// With little luck, in the middle, with much luck.
    pub people: [f64; 3],
    /// Accounts that have a rate.
    pub of: u64,
}

/// What a group comes to. Every sum goes over the accounts where the figure is known, and says how many they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The group.
    pub group: Group,
    /// Accounts.
    pub accounts: u64,
    /// Followers together.
    pub reach: u64,
    /// Accounts whose followers are known.
    pub reach_of: u64,
    /// Net reach in the population; `None` where none is given.
    pub net: Option<NetReach>,
    /// Followers of the largest account.
    pub largest: u64,
    /// Interactions of one post of each.
    pub engagements: f64,
    /// Accounts whose engagements are known.
    pub engagements_of: u64,
    /// Prices of one post of each, ranges at their upper end.
    pub spend: f64,
    /// The same with every range and every estimate at its lower end.
    pub spend_low: f64,
    /// Accounts that have a price.
    pub spend_of: u64,
    /// How many of these prices are estimated.
    pub estimated: u64,
    /// Price per 1,000 followers.
    pub cpm: Option<f64>,
    /// Accounts where price and followers are known.
    pub cpm_of: u64,
    /// Price per engagement.
    pub cpe: Option<f64>,
    /// Accounts where price and engagements are known.
    pub cpe_of: u64,
    /// How many of these have an estimated price.
    pub cpe_estimated: u64,
    /// People who see one post of each.
    pub seen: Seen,
}

/// Sums that only the costs are made of.
#[derive(Debug, Clone, Copy, Default)]
struct Costs {
    reach: f64,
    reach_price: f64,
    engagements: f64,
    engagement_price: f64,
}

/// Rates per slot of the ladder.
type Rates = [Option<Range>; Ladder::MOST];

/// The forecast of every group there is, the smallest choice first.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn forecast(question: &Question, halt: &Halt) -> Result<Vec<Forecast>, Halted> {
    let survey = &*question.survey;
    let asked = &survey.question;
    let accounts = asked.roster.len();
    let listed = |verdicts: &[Verdict]| {
        let mut bits = Bits::none(accounts);
        for verdict in verdicts {
            for row in question.marks.rows(*verdict) {
                bits.set(*row as usize);
            }
        }
        bits
    };
    let mut groups = vec![
        (Group::Yes, listed(&[Verdict::Yes])),
        (
            Group::YesAndBackup,
            listed(&[Verdict::Yes, Verdict::Backup]),
        ),
    ];
    if let Some(mix) = &question.mix {
        let mut bits = Bits::none(accounts);
        for row in mix.iter().filter(|row| (**row as usize) < accounts) {
            bits.set(*row as usize);
        }
        groups.push((Group::Mix, bits));
    }
    if let Some(matching) = &survey.matching {
        groups.push((Group::Matches, matching.set.clone()));
    }
    groups.push((Group::Shown, survey.selected.clone()));
    let ladder = Ladder::new(asked.tiers());
    let rates = rates(&asked.playbook, &question.rates, asked.tiers(), &ladder);
    let forecasts = groups.iter().map(|(group, set)| {
        let mut sum = Forecast::of_none(*group, question.population);
        let mut costs = Costs::default();
        walk(&asked.roster, set, halt, |_, chunk, at| {
            sum.add(&mut costs, chunk, at, |followers| {
                rates.get(ladder.slot(followers)).copied().flatten()
            });
        })?;
        let per = |price: f64, of: f64| (of > 0.0).then(|| price / of);
        sum.cpm = per(costs.reach_price * 1000.0, costs.reach);
        sum.cpe = per(costs.engagement_price, costs.engagements);
        Ok(sum)
    });
    forecasts.collect()
}

/// The rates of every slot: those of the roles of its tier, from the lowest of them to the highest.
fn rates(
    playbook: &Playbook,
    own: &OwnRates,
    scheme: Option<&TierScheme>,
    ladder: &Ladder,
) -> Rates {
    let assumed = own.beside(&playbook.reach_rates);
    let mut rates = [None; Ladder::MOST];
    for (slot, rate) in rates.iter_mut().enumerate().take(ladder.tiers() + 2) {
        let tier = Ladder::tier(slot).and_then(|tier| scheme?.tier(tier));
        let Some(tier) = tier else { continue };
        let known = assumed.iter().filter(|it| tier.roles.contains(&it.role));
        let known: Vec<Range> = known.map(|it| it.range).collect();
        if known.is_empty() {
            continue;
        }
        let middle: f64 = known.iter().map(|range| range[1]).sum();
        *rate = Some([
            known.iter().map(|range| range[0]).fold(1.0, f64::min),
            middle / known.len() as f64,
            known.iter().map(|range| range[2]).fold(0.0, f64::max),
        ]);
    }
    rates
}

impl Forecast {
    fn of_none(group: Group, population: Option<u64>) -> Forecast {
        Forecast {
            group,
            accounts: 0,
            reach: 0,
            reach_of: 0,
            net: population.map(NetReach::within),
            largest: 0,
            engagements: 0.0,
            engagements_of: 0,
            spend: 0.0,
            spend_low: 0.0,
            spend_of: 0,
            estimated: 0,
            cpm: None,
            cpm_of: 0,
            cpe: None,
            cpe_of: 0,
            cpe_estimated: 0,
            seen: Seen::default(),
        }
    }

    fn add(
        &mut self,
        costs: &mut Costs,
        chunk: &Chunk,
        at: usize,
        rates: impl Fn(Option<u64>) -> Option<Range>,
    ) {
        let followers = chunk.followers.known(at);
        let engagements = chunk.engagements(at);
        let priced = chunk.priced(at);
        let price = priced.amount();
        let estimated = u64::from(priced.is_estimated());
        self.accounts += 1;
        if let Some(count) = followers {
            self.reach = self.reach.saturating_add(count);
            self.reach_of += 1;
            self.largest = self.largest.max(count);
            if let Some(net) = &mut self.net {
                net.add(count);
            }
            if let Some(rates) = rates(followers) {
                for (people, rate) in self.seen.people.iter_mut().zip(rates) {
                    *people += rate * count as f64;
                }
                self.seen.of += 1;
            }
            if let Some(price) = price {
                costs.reach += count as f64;
                costs.reach_price += price;
                self.cpm_of += 1;
            }
        }
        if let Some(count) = engagements {
            self.engagements += count;
            self.engagements_of += 1;
            if let Some(price) = price {
                costs.engagements += count;
                costs.engagement_price += price;
                self.cpe_of += 1;
                self.cpe_estimated += estimated;
            }
        }
        if let Some(price) = price {
            self.spend += price;
            self.spend_low += priced.least().unwrap_or(price);
            self.spend_of += 1;
            self.estimated += estimated;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::benchmark::ReachRate;
    use crate::domain::roster::{Account, AccountId};
    use crate::domain::tier::Role;
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use proptest::prelude::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(1.0)
    }

    #[test]
    fn sums_go_over_what_is_known_and_say_of_how_many() {
        let rows = [
            sample::row(1_000, Some(50), Some(10.0)),
            sample::row(2_000, None, Some(30.0)),
            sample::row(60_000, Some(10), None),
        ];
        let mut question = sample::question(&rows, None, Filter::default());
        let mut playbook = (*question.playbook).clone();
        playbook.reach_rates = vec![ReachRate {
            role: Role::Nano,
            low: 0.1,
            middle: 0.2,
            high: 0.4,
            source: String::new(),
        }];
        question.playbook = Arc::new(playbook);
        let halt = Halt::new();
        let survey = crate::query::survey::survey(question, None, &halt).unwrap();
        let mut question = Question {
            survey: Arc::new(survey),
            marks: Arc::default(),
            mix: Some(Arc::from([0, 2, 9])),
            population: Some(100_000),
            rates: OwnRates::default(),
        };
        let all = forecast(&question, &halt).unwrap();
        let groups: Vec<Group> = all.iter().map(|it| it.group).collect();
        assert_eq!(
            groups,
            [Group::Yes, Group::YesAndBackup, Group::Mix, Group::Shown]
        );
        assert_eq!(all[0].accounts, 0);
        assert_eq!((all[2].accounts, all[2].reach), (2, 61_000));
        let shown = all[3];
        assert_eq!(
            (shown.accounts, shown.reach, shown.largest),
            (3, 63_000, 60_000)
        );
        assert_eq!((shown.engagements_of, shown.spend_of), (2, 2));
        assert!(close(shown.engagements, 650.0) && close(shown.spend, 40.0));
        assert!(close(shown.cpm.unwrap(), 40.0 / 3.0) && shown.cpm_of == 2);
        assert!(close(shown.cpe.unwrap(), 0.2) && shown.cpe_of == 1);
        assert!(close(shown.seen.people[1], 600.0) && shown.seen.of == 2);
        let net = shown.net.unwrap().known().unwrap();
        assert!((60_000.0..63_000.0).contains(&net));
        assert!(question.rates.set(Role::Nano, [0.5, 0.5, 0.5]));
        let shown = forecast(&question, &halt).unwrap()[3];
        assert!(close(shown.seen.people[0], 1_500.0) && shown.seen.of == 2);
    }

    proptest! {
        #[test]
        fn matches_are_summed_as_one_by_one(rows in sample::rows(), filter in sample::filters()) {
            let campaign = Campaign::new("authentic");
            let survey = Arc::new(sample::surveyed(&rows, Some(campaign), filter));
            let matching = survey.matching.clone().unwrap();
            let question = Question { survey: Arc::clone(&survey), marks: Arc::default(), mix: None, population: None, rates: OwnRates::default() };
            let all = forecast(&question, &Halt::new()).unwrap();
            let found = all.iter().find(|it| it.group == Group::Matches).unwrap();
            let accounts = matching.rows();
            let accounts: Vec<_> = accounts
                .map(|row| survey.question.roster.account(AccountId(row)).unwrap())
                .collect();
            let reach: u64 = accounts.iter().filter_map(Account::followers).sum();
            let spend: f64 = accounts.iter().filter_map(Account::price).sum();
            prop_assert_eq!(found.accounts, accounts.len() as u64);
            prop_assert_eq!(found.reach, reach);
            prop_assert!(close(found.spend, spend));
            prop_assert_eq!(found.net, None);
        }
    }
}
