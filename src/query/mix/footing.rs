//! The footing: a [`Basis`] of which several things are asked at a time, the mix of a balance, those of all, what limits cost;
//! whoever comes first works it out for all.
//!
//! Cost: 30 bytes for each account that may be needed, as long as the mix is shown. A basis for each question took twice the
//! memory while two were answered, and a slide of the balance as long as a new budget.

use super::basis::Basis;
use super::front::{Point, front};
use super::refusal::Refusal;
use super::relief::{Reliefs, bars, relief};
use super::swap::{Alternatives, alternatives};
use super::terms::{Limit, Terms};
use super::{Mix, mix_on};
use crate::domain::roster::AccountId;
use crate::query::halt::{Halt, Halted};
use crate::query::once::Once;
use crate::query::survey::Survey;
use std::sync::Arc;

/// What all that is asked about a mix stands on: the accounts that a survey found, and the terms.
#[derive(Debug)]
pub struct Footing {
    survey: Arc<Survey>,
    terms: Terms,
    basis: Once<Result<Basis, Refusal>>,
}

impl Footing {
    /// That of the accounts that a survey found, by these terms.
    #[must_use]
    pub fn new(survey: Arc<Survey>, terms: Terms) -> Footing {
        Footing {
            survey,
            terms,
            basis: Once::default(),
        }
    }

    /// Whether a question by these terms has the same basis.
    #[must_use]
    pub fn bears(&self, survey: &Arc<Survey>, terms: &Terms) -> bool {
        Arc::ptr_eq(&self.survey, survey) && self.terms.balanced(terms.balance) == *terms
    }

    /// The best mix at a balance.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn mix(&self, balance: f64, halt: &Halt) -> Result<Mix, Refusal> {
        mix_on(&self.survey, self.basis(halt)?, balance, halt)
    }

    /// The best mixes of all balances.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn front(&self, halt: &Halt) -> Result<Vec<Point>, Refusal> {
        Ok(front(&self.survey, self.basis(halt)?, halt)?)
    }

    /// What each limit costs a mix; where there is none, the limits without which there is one.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn relief(&self, balance: f64, halt: &Halt) -> Result<Result<Reliefs, Vec<Limit>>, Halted> {
        let reliefs = self.basis(halt);
        match reliefs.and_then(|basis| relief(&self.survey, basis, balance, halt)) {
            Ok(reliefs) => Ok(Ok(reliefs)),
            Err(Refusal::Halted) => Err(Halted),
            Err(_) => Ok(Err(bars(&self.survey, &self.terms, halt)?)),
        }
    }

    /// Who could take the place of an account of a mix.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn alternatives(
        &self,
        mix: &Mix,
        account: AccountId,
        halt: &Halt,
    ) -> Result<Option<Alternatives>, Refusal> {
        let basis = self.basis(halt)?;
        let chosen = (&mix.best, mix.terms.balance);
        alternatives(&self.survey, basis, chosen, account, halt)
    }

    /// The basis. Who asks while another works it out waits for that one, and works it out himself when the other was stopped.
    fn basis(&self, halt: &Halt) -> Result<&Basis, Refusal> {
        let find = || match Basis::of(&self.survey, &self.terms, halt) {
            Err(Refusal::Halted) => Err(Halted),
            found => Ok(found),
        };
        let found = self.basis.get_or_find(halt, find)?;
        found.as_ref().map_err(Refusal::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::filter::Filter;
    use crate::query::mix::mix;
    use crate::query::sample;

    fn surveyed() -> Arc<Survey> {
        let rows = [(2_000, 100.0), (3_000, 120.0), (60_000, 900.0)];
        let rows = rows.map(|(followers, price)| sample::row(followers, Some(20), Some(price)));
        Arc::new(sample::surveyed(&rows, None, Filter::default()))
    }

    #[test]
    fn what_was_stopped_is_worked_out_by_who_asks_next() {
        let survey = surveyed();
        let footing = Footing::new(Arc::clone(&survey), Terms::new(250.0));
        let (halt, stopped) = (Halt::new(), Halt::new());
        stopped.pull();
        assert_eq!(footing.mix(0.5, &stopped), Err(Refusal::Halted));
        assert_eq!(footing.front(&stopped), Err(Refusal::Halted));
        let alone = mix(&survey, &Terms::new(250.0), &halt);
        assert_eq!(footing.mix(0.5, &halt), alone);
        assert!(footing.front(&halt).is_ok());
    }

    #[test]
    fn who_must_cost_too_much_is_refused_each_time() {
        let mut terms = Terms::new(500.0);
        terms.limits.include = [AccountId(2)].into();
        let footing = Footing::new(surveyed(), terms);
        for _ in 0..2 {
            let refused = footing.mix(0.5, &Halt::new());
            assert_eq!(refused, Err(Refusal::IncludedCost(900.0)));
        }
    }

    #[test]
    fn a_footing_bears_another_balance_alone() {
        let (survey, terms) = (surveyed(), Terms::new(250.0));
        let footing = Footing::new(Arc::clone(&survey), terms.clone());
        let other = |change: fn(&mut Terms)| {
            let mut terms = terms.clone();
            change(&mut terms);
            footing.bears(&survey, &terms)
        };
        assert!(other(|terms| terms.balance = 0.9));
        assert!(!other(|terms| terms.budget = 251.0));
        assert!(!other(|terms| terms.handling = 1.0));
        assert!(!other(|terms| terms.population = Some(1_000_000)));
        assert!(!other(|terms| terms.limits.accounts = Some(2)));
        assert!(!other(|terms| terms.limits.exclude = [AccountId(1)].into()));
        assert!(!footing.bears(&surveyed(), &terms));
    }
}
