//! What is asked of the mix and whom it lists, read out of the state.

use super::App;
use super::mixing::{LimitRow, Pick};
use super::term::Term;
use crate::domain::field::Facet;
use crate::domain::roster::AccountId;
use crate::domain::tier::Standing;
use crate::domain::verdict::Verdict;
use crate::query::mix::Mix;
use crate::query::mix::terms::{Count, Limit, Terms};

/// The most platforms that can be limited on screen.
const MOST_PLATFORMS: usize = 40;

impl App {
    /// The rows of the limits, in the order in which they stand on screen.
    #[must_use]
    pub fn limit_rows(&self) -> Vec<LimitRow> {
        let mut rows = vec![
            LimitRow::Accounts,
            LimitRow::Price,
            LimitRow::Handling,
            LimitRow::Verdicts,
        ];
        let tiers = self.tier_scheme().map(|scheme| scheme.ids().rev());
        let tiers = tiers.into_iter().flatten().map(Standing::Tier);
        let standings = tiers.chain([Standing::Below]).map(Limit::Standing);
        rows.extend(standings.map(LimitRow::Group));
        let platforms = self.reading.roster.vocabulary(Facet::Platform);
        let platforms = (0..platforms.len()).map(|code| platforms.value(code as u32));
        let platforms = platforms.filter(|name| !name.trim().is_empty());
        let platforms = platforms.take(MOST_PLATFORMS);
        rows.extend(platforms.map(|name| LimitRow::Group(Limit::Platform(name.to_owned()))));
        rows
    }

    /// What is typed at a row and a side of the limits; `None` for what is not typed.
    #[must_use]
    pub fn limit_term(&self, row: usize, most: bool) -> Option<Term> {
        Some(match self.limit_rows().get(row)? {
            LimitRow::Accounts => Term::Accounts,
            LimitRow::Price => Term::Price,
            LimitRow::Handling => Term::Handling,
            LimitRow::Verdicts => return None,
            LimitRow::Group(limit) if most => Term::Most(limit.clone()),
            LimitRow::Group(limit) => Term::Least(limit.clone()),
        })
    }

    /// What is limited of a group.
    #[must_use]
    pub fn limit_of(&self, limit: &Limit) -> Count {
        let limits = &self.terms.limits;
        let count = match limit {
            Limit::Standing(standing) => limits.standings.get(standing),
            Limit::Platform(name) => limits.platforms.get(name),
            _ => None,
        };
        count.copied().unwrap_or_default()
    }

    /// What was picked of an account, by hand or by its verdict.
    #[must_use]
    pub fn pick(&self, account: AccountId) -> Option<Pick> {
        let limits = &self.terms.limits;
        if limits.include.contains(&account) {
            return Some(Pick::Must);
        }
        if limits.exclude.contains(&account) {
            return Some(Pick::Not);
        }
        let marks = self.answers.marks.answer()?;
        match marks.verdict(account).filter(|_| self.mixing.by_verdicts) {
            Some(Verdict::Yes) => Some(Pick::Must),
            Some(Verdict::No) => Some(Pick::Not),
            _ => None,
        }
    }

    /// The terms as they are asked: with what verdicts pick, where they do.
    #[must_use]
    pub fn asked_terms(&self) -> Terms {
        let mut terms = self.terms.clone();
        let Some(marks) = self
            .answers
            .marks
            .answer()
            .filter(|_| self.mixing.by_verdicts)
        else {
            return terms;
        };
        let rows = |verdict| marks.rows(verdict).iter().copied().map(AccountId);
        let (include, exclude) = (&self.terms.limits.include, &self.terms.limits.exclude);
        let yes = rows(Verdict::Yes).filter(|account| !exclude.contains(account));
        terms.limits.include.extend(yes);
        let no = rows(Verdict::No).filter(|account| !include.contains(account));
        terms.limits.exclude.extend(no);
        terms
    }

    /// The mix, where there is one.
    #[must_use]
    pub fn mixed(&self) -> Option<&Mix> {
        self.answers.mix.answer()?.as_ref().as_ref().ok()
    }

    /// How many accounts the list of the mix holds.
    #[must_use]
    pub fn listed_in_mix(&self) -> usize {
        let limits = &self.terms.limits;
        match self.mixed() {
            Some(mix) => mix.by_size.len() + limits.exclude.len(),
            None => limits.include.len() + limits.exclude.len(),
        }
    }

    /// The account at a place of the list of the mix: who is booked, the largest first (where there is no mix, who must
    /// be), then who was picked not to be.
    #[must_use]
    pub fn listed_at(&self, place: usize) -> Option<AccountId> {
        let limits = &self.terms.limits;
        let (first, booked) = match self.mixed() {
            Some(mix) => (
                mix.by_size.len(),
                mix.by_size.get(place).map(|row| AccountId(*row)),
            ),
            None => (
                limits.include.len(),
                limits.include.iter().nth(place).copied(),
            ),
        };
        let rest = || {
            limits
                .exclude
                .iter()
                .nth(place.checked_sub(first)?)
                .copied()
        };
        booked.or_else(rest)
    }
}
