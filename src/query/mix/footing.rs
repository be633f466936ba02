//! The footing: a [`Basis`] of which several things are asked at a time, the mix of a balance, those of all, what limits cost;
//! whoever comes first works it out for all.

use super::basis::Basis;
use super::front::{Point, front};
use super::refusal::Refusal;
use super::relief::{Reliefs, bars, relief};
use super::swap::{Alternatives, alternatives};
use super::terms::{Limit, Terms};
use super::{Mix, mix_on};
use crate::domain::roster::AccountId;
use crate::query::halt::{Halt, Halted};
use crate::query::survey::Survey;
use std::sync::{Arc, Mutex, PoisonError};

/// What all that is asked about a mix stands on: the accounts that a survey found, and the terms.
#[derive(Debug)]
pub struct Footing {
    survey: Arc<Survey>,
    terms: Terms,
    basis: Mutex<Option<Result<Arc<Basis>, Refusal>>>,
}

impl Footing {
    /// That of the accounts that a survey found, by these terms.
    #[must_use]
    pub fn new(survey: Arc<Survey>, terms: Terms) -> Footing {
        Footing {
            survey,
            terms,
            basis: Mutex::default(),
        }
    }

    /// Whether a question by these terms has the same basis.
    #[must_use]
    pub fn bears(&self, survey: &Arc<Survey>, terms: &Terms) -> bool {
        let balance = self.terms.balance;
        let terms = Terms {
            balance,
            ..terms.clone()
        };
        Arc::ptr_eq(&self.survey, survey) && self.terms == terms
    }

    /// The best mix at a balance.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn mix(&self, balance: f64, halt: &Halt) -> Result<Mix, Refusal> {
        mix_on(&self.survey, &*self.basis(halt)?, balance, halt)
    }

    /// The best mixes of all balances.
    ///
    /// # Errors
    /// [`Refusal`] where a limit cannot be met, or `halt` was pulled.
    pub fn front(&self, halt: &Halt) -> Result<Vec<Point>, Refusal> {
        Ok(front(&self.survey, &*self.basis(halt)?, halt)?)
    }

    /// What each limit costs a mix; where there is none, the limits without which there is one.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn relief(&self, balance: f64, halt: &Halt) -> Result<Result<Reliefs, Vec<Limit>>, Halted> {
        let reliefs = self.basis(halt);
        match reliefs.and_then(|basis| relief(&self.survey, &basis, balance, halt)) {
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
        alternatives(&self.survey, &basis, chosen, account, halt)
    }

    /// The basis. Who asks while another works it out waits for that one, and works it out himself when the other was stopped.
    fn basis(&self, halt: &Halt) -> Result<Arc<Basis>, Refusal> {
        let mut held = self.basis.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = &*held {
            return found.clone();
        }
        let found = Basis::of(&self.survey, &self.terms, halt).map(Arc::new);
        if !matches!(found, Err(Refusal::Halted)) {
            *held = Some(found.clone());
        }
        found
    }
}
