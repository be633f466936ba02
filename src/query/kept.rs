//! What an answer keeps: the pieces that the next one takes over where its question leaves them alone.
//!
//! Each piece is asked for with the answer before, taken from it where all that it depends on is the same, and found
//! otherwise. What the accounts and the rules alone decide is [`super::groundwork`]'s. Cost: the bitmaps of an answer live as
//! long as it does.

use super::crew::both;
use super::earlier::{self, Counted, Earlier};
use super::everybody::Everybody;
use super::filter::Filter;
use super::footing::Footing;
use super::groundwork::Groundwork;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::lines::Fitted;
use super::matching::{Matched, Terms};
use super::pyramid::Pyramid;
use super::question::Question;
use super::search::{self, Search};
use super::selection::{self, Selection, Sieve, narrowed, select, within};
use super::standards::Standards;
use super::suggestion::suggest;
use super::tally::{Found, count_matches, tally};
use crate::domain::goal::Goal;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::folds::Folds;
use crate::domain::roster::needle::Needle;
use std::sync::Arc;

/// The answer before, as far as the next one takes it over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) question: &'a Question,
    pub(super) kept: &'a Kept,
}

/// Pieces of an answer that do not depend on which standings are shown.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// The selection before the box.
    pub(super) unboxed: Arc<Selection>,
    pub(super) selection: Arc<Selection>,
    /// What these accounts come to, once they were counted.
    pub(super) counted: Option<Arc<Counted>>,
    /// Which of them match, once a goal was asked about.
    pub(super) matched: Option<Arc<Matched>>,
    /// What depends on the accounts and the rules alone.
    pub(super) groundwork: Groundwork,
    /// The names that a search looks through, held until an answer needs none.
    folds: Option<Arc<Folds>>,
    pub(super) lines: Arc<Fitted>,
    /// What a scatter of the accounts before the box stands on, once it was found.
    pub(super) footing: Arc<Footing>,
    pub(super) earlier: Vec<Earlier>,
}

impl Kept {
    /// The pieces that say which accounts a question is about, and what is taken over beside them.
    pub(super) fn chosen(
        question: &Question,
        before: Option<Before<'_>>,
        halt: &Halt,
    ) -> Result<Kept, Halted> {
        let alike = before.filter(|before| question.shares_ground(before.question));
        let folds = match Needle::new(&question.filter.search) {
            Some(_) => Some(folds(question, before, halt)?),
            None => None,
        };
        let recalled = alike.and_then(|before| before.recall(&question.filter));
        let (unboxed, selection) = match &recalled {
            Some(it) => (Arc::clone(&it.unboxed), Arc::clone(&it.selection)),
            None => selected(question, before, halt)?,
        };
        let same = before.filter(|before| question.shares_rules(before.question));
        let same = same.filter(|before| Arc::ptr_eq(&before.kept.selection, &selection));
        let counted = match &recalled {
            Some(it) => Some(Arc::clone(&it.counted)),
            None => same.and_then(|before| before.kept.counted.clone()),
        };
        let footing = match (&recalled, alike) {
            (Some(it), _) => Arc::clone(&it.footing),
            (None, Some(before)) if Arc::ptr_eq(&before.kept.unboxed, &unboxed) => {
                Arc::clone(&before.kept.footing)
            }
            _ => Arc::default(),
        };
        Ok(Kept {
            counted,
            matched: recalled.and_then(|it| it.matched(question.campaign.as_ref())),
            groundwork: alike
                .map_or_else(Groundwork::default, |before| before.kept.groundwork.clone()),
            folds,
            lines: lines(question, before),
            footing,
            earlier: alike.map_or_else(Vec::new, |before| {
                earlier::kept(before.piece(), &before.kept.earlier, question)
            }),
            unboxed,
            selection,
        })
    }

    /// Counts these accounts and finds the matches among them, unless that was taken over; says what they come to.
    pub(super) fn count(
        &mut self,
        question: &Question,
        ladder: &Ladder,
        before: Option<Before<'_>>,
        halt: &Halt,
    ) -> Result<Arc<Counted>, Halted> {
        // Without a goal there is nothing to do beside counting.
        let many = match question.campaign {
            Some(_) => question.roster.len(),
            None => 0,
        };
        let (counted, matched) = both(
            many,
            || match &self.counted {
                Some(counted) => Ok(Arc::clone(counted)),
                None => self.counted(question, ladder, before, halt),
            },
            || match &self.matched {
                Some(matched) => Ok(Some(Arc::clone(matched))),
                None => self.matched(question, ladder, before, halt),
            },
        )?;
        if let (Some(ground), None) = (&counted.ground, question.filter.region) {
            self.footing.ground.get_or_init(|| Arc::clone(ground));
        }
        self.counted = Some(Arc::clone(&counted));
        self.matched = matched;
        Ok(counted)
    }

    /// The accounts whose standing is shown; `None` for all.
    pub(super) fn singled_out(
        &self,
        question: &Question,
        ladder: &Ladder,
        halt: &Halt,
    ) -> Result<Option<Bits>, Halted> {
        let standings = &question.filter.standings;
        if standings.is_empty() {
            return Ok(None);
        }
        let strata = self.groundwork.strata(question, ladder, halt)?;
        Ok(Some(strata.within(standings)))
    }

    /// Works out what no answer needs, but would be faster with, and lets go of what only more accounts would need.
    pub(super) fn look_ahead(
        &self,
        question: &Question,
        ladder: &Ladder,
        halt: &Halt,
    ) -> Result<(), Halted> {
        self.groundwork.lay(question, ladder, halt)?;
        if let Some(counted) = &self.counted {
            counted.settle();
        }
        Ok(())
    }

    /// How many accounts have to be looked at to count those that pass, as far as can be foreseen.
    pub(super) fn uncounted(&self, question: &Question) -> usize {
        let passing = &self.selection.passing;
        let (some, all) = (passing.count(), passing.len());
        match self.counted {
            Some(_) => 0,
            None if self.nearly_all(question).is_some() => all - some,
            None => some,
        }
    }

    /// What everybody comes to, where that is known and more than two thirds of all accounts pass, of whatever size, rate
    /// and price.
    fn nearly_all(&self, question: &Question) -> Option<&Everybody> {
        let passing = &self.selection.passing;
        let others = passing.len() - passing.count();
        let everybody = self.groundwork.everybody();
        let is_of_use = |it: &&Everybody| it.is_exact() && !question.filter.bounds_figures();
        everybody.filter(|it| others * 3 < passing.len() && is_of_use(it))
    }

    /// What the accounts come to, with the matches counted into it.
    pub(super) fn pyramid(
        &self,
        question: &Question,
        ladder: &Ladder,
        counted: &Counted,
        halt: &Halt,
    ) -> Result<Pyramid, Halted> {
        let Some(matched) = &self.matched else {
            return Ok(counted.pyramid.clone());
        };
        if let Some(pyramid) = matched.pyramid.get() {
            return Ok(pyramid.clone());
        }
        let mut pyramid = counted.pyramid.clone();
        let set = &matched.matching.set;
        let strata = self.groundwork.strata(question, ladder, halt)?;
        count_matches(&question.roster, ladder, strata, set, &mut pyramid, halt)?;
        Ok(matched.pyramid.get_or_init(|| pyramid).clone())
    }

    /// The totals of the question, matches aside, and the scheme that would serve it better when one tier holds nearly
    /// all. Where the selection goes on from one that was counted, only what is new is looked at, and where nearly
    /// everybody passes, only the others.
    fn counted(
        &self,
        question: &Question,
        ladder: &Ladder,
        before: Option<Before<'_>>,
        halt: &Halt,
    ) -> Result<Arc<Counted>, Halted> {
        let (roster, selection) = (&question.roster, &self.selection);
        let accounts = &selection.passing;
        let same_rules = before.filter(|before| question.shares_rules(before.question));
        let goes_on =
            |before: &Before<'_>| Arc::ptr_eq(&selection.root, &before.kept.selection.root);
        let tallied = same_rules
            .filter(goes_on)
            .and_then(|before| before.kept.counted.as_ref()?.tally());
        let left = match self.nearly_all(question) {
            Some(everybody) if tallied.is_none() => {
                let mut others = Bits::all(roster.len());
                others.subtract(accounts);
                everybody.without(roster, ladder, &others, halt)?
            }
            _ => None,
        };
        // A scatter stands on the accounts before the box.
        let wanted = match question.filter.region {
            Some(_) => Found::Totals,
            None => Found::Both,
        };
        let mut found = match left {
            Some(left) => left,
            None => tally(roster, ladder, accounts, wanted, tallied, halt)?,
        };
        match &mut found.tally {
            // All accounts are there: no more will come.
            _ if self.groundwork.everybody().is_some() => found.tally = None,
            Some(tally) => tally.squeeze(),
            None => {}
        }
        let suggestion = match found.pyramid.crowded().map(Ladder::slot_of) {
            Some(crowded) => suggest(question, ladder.ends(crowded), accounts, halt)?,
            None => None,
        };
        Ok(Arc::new(Counted::new(found, suggestion)))
    }

    /// The matches of the goal that is asked about.
    fn matched(
        &self,
        question: &Question,
        ladder: &Ladder,
        before: Option<Before<'_>>,
        halt: &Halt,
    ) -> Result<Option<Arc<Matched>>, Halted> {
        let (Some(campaign), Some(goal)) = (&question.campaign, question.goal()) else {
            return Ok(None);
        };
        let alike = before.filter(|before| question.shares_ground(before.question));
        if let Some(before) = alike
            && let Some(matched) = &before.kept.matched
            && before.question.campaign.as_ref() == Some(campaign)
            && Arc::ptr_eq(&before.kept.selection, &self.selection)
        {
            return Ok(Some(Arc::clone(matched)));
        }
        let Some(standards) = self.standards(question, goal, alike, halt)? else {
            return Ok(None);
        };
        let terms = Terms {
            roster: &question.roster,
            ladder,
            goal,
            campaign,
            standards,
            strata: self.groundwork.strata(question, ladder, halt)?,
            sieve: Sieve::new(&question.roster, &question.filter),
        };
        Ok(Some(Arc::new(terms.matched(&self.selection, halt)?)))
    }

    /// The yardsticks of the goal, those of the answer before where they are the same.
    fn standards(
        &self,
        question: &Question,
        goal: &Goal,
        alike: Option<Before<'_>>,
        halt: &Halt,
    ) -> Result<Option<Arc<Standards>>, Halted> {
        let same =
            alike.filter(|before| before.question.goal().map(|goal| &goal.id) == Some(&goal.id));
        if let Some(matched) = same.and_then(|before| before.kept.matched.as_ref()) {
            return Ok(Some(Arc::clone(&matched.matching.standards)));
        }
        let Some(scheme) = question.tiers() else {
            return Ok(None);
        };
        if !goal.applies(scheme) {
            return Ok(None);
        }
        let peers = self.groundwork.peers(question, scheme, halt)?;
        let standards = Standards::of(&question.roster, scheme, goal, peers, halt)?;
        Ok(Some(Arc::new(standards)))
    }
}

impl Before<'_> {
    /// What an answer by a filter found before, or what was foreseen of it.
    fn recall(&self, filter: &Filter) -> Option<Earlier> {
        let earlier = earlier::recall(&self.kept.earlier, filter).cloned();
        earlier.or_else(|| self.kept.groundwork.foreseen.get()?.recall(filter))
    }

    /// What is kept of it for the answers after the next; nothing where it was not counted.
    pub(super) fn piece(&self) -> Option<Earlier> {
        let kept = self.kept;
        let counted = kept.counted.as_ref()?;
        Some(Earlier {
            filter: self.question.filter.across_tiers(),
            campaign: self.question.campaign.clone(),
            unboxed: Arc::clone(&kept.unboxed),
            selection: Arc::clone(&kept.selection),
            counted: Arc::new(counted.settled()),
            matched: kept.matched.clone(),
            footing: Arc::clone(&kept.footing),
        })
    }
}

/// The accounts that pass before and after the box.
fn selected(
    question: &Question,
    before: Option<Before<'_>>,
    halt: &Halt,
) -> Result<(Arc<Selection>, Arc<Selection>), Halted> {
    let roster = &*question.roster;
    let filter = question.filter.across_tiers();
    let alike = before.filter(|before| Arc::ptr_eq(&before.question.roster, &question.roster));
    let same = |strip: fn(&Filter) -> Filter| {
        alike.filter(|before| strip(&before.question.filter.across_tiers()) == strip(&filter))
    };
    if let Some(before) = same(Filter::clone) {
        let kept = &before.kept;
        return Ok((Arc::clone(&kept.unboxed), Arc::clone(&kept.selection)));
    }
    let narrowed = match same(|filter| filter.unboxed().unsearched()) {
        Some(before) if Search::narrows(&filter.search, &before.question.filter.search) => {
            narrowed(roster, &before.kept.unboxed, &filter.search, halt)?
        }
        _ => None,
    };
    let unboxed = match (same(Filter::unboxed), narrowed) {
        (Some(before), _) => Arc::clone(&before.kept.unboxed),
        (None, Some(narrowed)) => Arc::new(narrowed),
        (None, None) => {
            let grown = before.filter(|before| question.has_grown_from(before.question));
            let filter = filter.unboxed();
            let letters = alike.map(|before| &*before.kept.groundwork.letters);
            Arc::new(match grown {
                Some(before) => selection::go_on(roster, &filter, &before.kept.unboxed, halt)?,
                None => select(roster, &filter, letters, halt)?,
            })
        }
    };
    let selection = match &filter.region {
        Some(region) => Arc::new(within(roster, &unboxed, region, halt)?),
        None => Arc::clone(&unboxed),
    };
    Ok((unboxed, selection))
}

/// The names that a search looks through, those of the answer before where its roster is the same or has
/// grown, or of a list of letters.
fn folds(
    question: &Question,
    before: Option<Before<'_>>,
    halt: &Halt,
) -> Result<Arc<Folds>, Halted> {
    let roster = &question.roster;
    let held = before.and_then(|before| {
        let folds = before.kept.folds.as_ref()?;
        Some((&before.question.roster, folds))
    });
    let listed = || {
        let before = before.filter(|before| question.shares_ground(before.question))?;
        before.kept.groundwork.letters.folds()
    };
    match held {
        Some((of, folds)) if Arc::ptr_eq(of, roster) => Ok(Arc::clone(folds)),
        Some((of, folds)) if roster.has_grown_from(of) => {
            let more = search::folds(roster, of.len(), halt)?;
            Ok(Arc::new(Folds::joined(vec![Folds::clone(folds), more])))
        }
        _ => match listed() {
            Some(folds) => Ok(folds),
            None => Ok(Arc::new(search::folds(roster, 0, halt)?)),
        },
    }
}

/// The lines of the roster, those of the answer before where it is the same.
fn lines(question: &Question, before: Option<Before<'_>>) -> Arc<Fitted> {
    let same_rules =
        before.filter(|before| Arc::ptr_eq(&before.question.playbook, &question.playbook));
    match same_rules {
        Some(before) if Arc::ptr_eq(&before.question.roster, &question.roster) => {
            Arc::clone(&before.kept.lines)
        }
        Some(before) => Arc::new(Fitted::after(&before.kept.lines)),
        None => Arc::default(),
    }
}
