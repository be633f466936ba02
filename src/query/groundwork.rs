//! Groundwork: what all answers about the same accounts by the same rules have in common. Each piece is found once: when an
//! answer asks for it, or ahead, when nobody waits for one.
//!
//! Cost: some bits an account, and where accounts stand among each other once a goal was asked about, as long as an answer
//! about these accounts lives.

use super::concordance::Lists;
use super::everybody::Everybody;
use super::foreseen::Foreseen;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::once::Once;
use super::percentile::Peers;
use super::question::Question;
use super::strata::Strata;
use crate::domain::roster::lent::Lent;
use crate::domain::tier::TierScheme;
use std::sync::Arc;

/// Pieces that depend on nothing but the accounts and the rules of a question, shared by its answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Groundwork {
    /// The accounts of each standing: a bit an account for each.
    strata: Arc<Once<Strata>>,
    /// What all accounts come to.
    everybody: Arc<Once<Everybody>>,
    /// Where accounts stand among each other.
    peers: Arc<Once<Arc<Peers>>>,
    /// Which accounts hold a letter, as long as somebody searches and keeps the lists.
    pub(super) letters: Arc<Lists>,
    /// What answers to a search with one more letter come to, as long as somebody searches and keeps it.
    pub(super) foreseen: Arc<Lent<Foreseen>>,
}

impl Groundwork {
    /// Whether all was found that [`Groundwork::lay`] finds.
    pub(super) fn is_laid(&self) -> bool {
        self.strata.get().is_some() && self.everybody.get().is_some()
    }

    /// Finds what no answer needs, but would be faster with.
    pub(super) fn lay(
        &self,
        question: &Question,
        ladder: &Ladder,
        halt: &Halt,
    ) -> Result<(), Halted> {
        self.strata(question, ladder, halt)?;
        let count = || Everybody::of(&question.roster, ladder, halt);
        self.everybody.get_or_find(halt, count)?;
        Ok(())
    }

    /// What all accounts come to, where it was found.
    pub(super) fn everybody(&self) -> Option<&Everybody> {
        self.everybody.get()
    }

    /// The accounts of each standing, found now unless they were before.
    pub(super) fn strata(
        &self,
        question: &Question,
        ladder: &Ladder,
        halt: &Halt,
    ) -> Result<&Strata, Halted> {
        let find = || Strata::of(&question.roster, ladder, halt);
        self.strata.get_or_find(halt, find)
    }

    /// Where accounts stand among each other, found now unless it was before.
    pub(super) fn peers(
        &self,
        question: &Question,
        scheme: &TierScheme,
        halt: &Halt,
    ) -> Result<&Arc<Peers>, Halted> {
        self.peers.get_or_find(halt, || {
            let ladder = Ladder::new(Some(scheme));
            Peers::of(&question.roster, &ladder, halt).map(Arc::new)
        })
    }
}
