//! The mix: what a budget buys, asked anew with every term that changes while it is shown; its pages, its limits, who
//! must be booked and who must not, and who could take a place.

use crate::app::App;
use crate::app::desk::Step;
use crate::app::effect::{Effect, Heavy};
use crate::app::mixing::{LimitRow, MixPage, Pick};
use crate::app::overlay::Overlay;
use crate::app::term::Term;
use crate::domain::roster::AccountId;
use crate::domain::verdict::{Remark, Signature, Verdict};
use crate::query::marks::Marks;
use crate::query::mix::footing::Footing;
use crate::query::survey::Survey;
use std::sync::Arc;

/// How far one step of the slider goes.
const STEP: f64 = 0.05;

impl App {
    /// Opens the mix, and asks for a budget where there is none yet.
    pub(super) fn open_mix(&mut self) -> Vec<Effect> {
        self.overlays.push(Overlay::Mix {
            page: MixPage::Figures,
            cursor: 0,
            most: false,
        });
        if self.terms.budget <= 0.0 && self.reading.roster.schema().has_prices {
            self.open_term(Term::Budget, String::new());
        }
        self.ask_mix()
    }

    /// The page of the mix that is shown, under what is typed for it.
    #[must_use]
    pub fn mix_page(&self) -> Option<(MixPage, usize, bool)> {
        self.overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Mix { page, cursor, most } => Some((*page, *cursor, *most)),
                _ => None,
            })
    }

    /// The term under the cursor of the mix; `None` where nothing can be typed.
    fn term_under_cursor(&self) -> Option<Term> {
        match self.mix_page()? {
            (MixPage::Figures, cursor, _) => Term::ALL.get(cursor).cloned(),
            (MixPage::Limits, cursor, most) => self.limit_term(cursor, most),
            _ => None,
        }
    }

    fn open_term(&mut self, term: Term, typed: String) {
        self.overlays.push(Overlay::Amount { term, typed });
    }

    /// Lets the term under the cursor be typed, beginning with this letter.
    pub(super) fn begin_term(&mut self, letter: Option<char>) -> Vec<Effect> {
        match self.term_under_cursor() {
            Some(term) => self.open_term(term, letter.into_iter().collect()),
            None if letter.is_none() => return self.toggle_mix_verdicts(),
            None => {}
        }
        Vec::new()
    }

    /// Takes what was typed for a term, when it can be read.
    pub(super) fn accept_term(&mut self, term: &Term, typed: &str) -> Vec<Effect> {
        if !term.set(&mut self.terms, typed) {
            self.refused = Some(self.say("mix.unread").to_owned());
            return Vec::new();
        }
        self.overlays.pop();
        self.mixing.loaded = None;
        self.ask_mix()
    }

    /// Takes what is typed in a cell of the limits, and goes on to another cell.
    pub(super) fn accept_and_move(&mut self, step: Step) -> Vec<Effect> {
        let Some(Overlay::Amount { term, typed }) = self.overlay().cloned() else {
            return Vec::new();
        };
        let mut effects = self.accept_term(&term, &typed);
        if matches!(self.overlay(), Some(Overlay::Mix { .. })) {
            effects.extend(self.move_in_list(step));
        }
        effects
    }

    /// Moves the slider this many steps towards reach, or towards engagement when negative.
    pub(super) fn slide(&mut self, steps: isize) -> Vec<Effect> {
        let at = (self.terms.balance / STEP).round() + steps as f64;
        self.terms.balance = (at * STEP).clamp(0.0, 1.0);
        self.mixing.loaded = None;
        self.ask_mix()
    }

    /// Shows the page of the mix so many further.
    pub(super) fn turn_page(&mut self, by: isize) -> Vec<Effect> {
        let Some(Overlay::Mix { page, cursor, most }) = self.overlays.last_mut() else {
            return Vec::new();
        };
        (*page, *cursor, *most) = (page.turned(by), 0, false);
        match *page {
            MixPage::Costs => self.ask_reliefs(),
            _ => Vec::new(),
        }
    }

    /// Number of places on a page of the mix.
    pub(super) fn mix_list_len(&self, page: MixPage) -> usize {
        match page {
            MixPage::Figures => Term::ALL.len(),
            MixPage::Accounts => self.listed_in_mix(),
            MixPage::Limits => self.limit_rows().len(),
            MixPage::Costs => 2 * self.asked_terms().limits.all().len() + 2,
            MixPage::Saved => self.mixing.saved.len() + 1,
        }
    }

    /// What Enter does on a page of the mix.
    pub(super) fn accept_mix(&mut self, page: MixPage, cursor: usize) -> Vec<Effect> {
        match page {
            MixPage::Figures | MixPage::Limits => self.begin_term(None),
            MixPage::Accounts => self.open_swap(cursor),
            MixPage::Costs => Vec::new(),
            MixPage::Saved => self.load_mix(cursor),
        }
    }

    /// What Space does on a page of the mix.
    pub(super) fn mark_in_mix(&mut self, page: MixPage, cursor: usize) -> Vec<Effect> {
        match page {
            MixPage::Accounts => {
                let next = |pick| match pick {
                    None => Some(Pick::Must),
                    Some(Pick::Must) => Some(Pick::Not),
                    Some(Pick::Not) => None,
                };
                self.pick_at(cursor, next)
            }
            MixPage::Limits if self.limit_rows().get(cursor) == Some(&LimitRow::Verdicts) => {
                self.toggle_mix_verdicts()
            }
            MixPage::Saved => {
                let chosen = &mut self.mixing.chosen;
                *chosen = (*chosen != Some(cursor)).then_some(cursor);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Takes away what stands under the cursor: a term, a pick, a saved mix.
    pub(super) fn delete_in_mix(&mut self) -> Vec<Effect> {
        match self.mix_page() {
            Some((MixPage::Accounts, cursor, _)) => self.pick_at(cursor, |_| None),
            Some((MixPage::Saved, cursor, _)) => self.forget_mix(cursor),
            Some((MixPage::Limits, ..)) => match self.term_under_cursor() {
                Some(term) if term.set(&mut self.terms, "") => {
                    self.mixing.loaded = None;
                    self.ask_mix()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn toggle_mix_verdicts(&mut self) -> Vec<Effect> {
        self.mixing.by_verdicts = !self.mixing.by_verdicts;
        self.mixing.loaded = None;
        self.ask_mix()
    }

    fn pick_at(
        &mut self,
        place: usize,
        next: impl Fn(Option<Pick>) -> Option<Pick>,
    ) -> Vec<Effect> {
        let Some(account) = self.listed_at(place) else {
            return Vec::new();
        };
        let limits = &self.terms.limits;
        let now = match (
            limits.include.contains(&account),
            limits.exclude.contains(&account),
        ) {
            (true, _) => Some(Pick::Must),
            (_, true) => Some(Pick::Not),
            _ => None,
        };
        self.set_pick(account, next(now));
        self.ask_mix()
    }

    fn set_pick(&mut self, account: AccountId, pick: Option<Pick>) {
        let Some(found) = self.reading.roster.account(account) else {
            return;
        };
        let remark = Remark {
            verdict: pick.map(|pick| match pick {
                Pick::Must => Verdict::Yes,
                Pick::Not => Verdict::No,
            }),
            note: String::new(),
        };
        Arc::make_mut(&mut self.mixing.picks).set(Signature::of(&found), remark);
        let limits = &mut self.terms.limits;
        limits.include.remove(&account);
        limits.exclude.remove(&account);
        match pick {
            Some(Pick::Must) => limits.include.insert(account),
            Some(Pick::Not) => limits.exclude.insert(account),
            None => false,
        };
        self.mixing.loaded = None;
    }

    /// Has the accounts of a new roster found that were picked, and forgets their numbers in the old one.
    pub(super) fn look_for_picks(&mut self) -> Vec<Effect> {
        let limits = &mut self.terms.limits;
        limits.include.clear();
        limits.exclude.clear();
        self.answers.picks.clear();
        if self.mixing.picks.is_empty() {
            return Vec::new();
        }
        let ticket = self.answers.next_ticket();
        self.answers.picks.ask(ticket);
        let roster = Arc::clone(&self.reading.roster);
        let picks = Heavy::Picks(roster, Arc::clone(&self.mixing.picks));
        vec![Effect::Ask(ticket, picks)]
    }

    /// Takes the numbers of the accounts that were picked.
    pub(super) fn take_picks(&mut self, picks: &Marks) -> Vec<Effect> {
        let rows = |verdict| picks.rows(verdict).iter().copied().map(AccountId);
        let limits = &mut self.terms.limits;
        limits.include = rows(Verdict::Yes).collect();
        limits.exclude = rows(Verdict::No).collect();
        self.ask_mix()
    }

    /// Shows who could take the place of the account at this place of the list.
    fn open_swap(&mut self, place: usize) -> Vec<Effect> {
        let Some(account) = self.listed_at(place) else {
            return Vec::new();
        };
        self.answers.swap.clear();
        self.overlays.push(Overlay::Swap {
            account,
            cursor: None,
        });
        self.ask_swap()
    }

    fn ask_swap(&mut self) -> Vec<Effect> {
        let Some(Overlay::Swap { account, .. }) = self.overlay() else {
            return Vec::new();
        };
        let account = *account;
        let answers = (self.answers.survey.answer(), self.answers.mix.answer());
        let (Some(survey), Some(mix)) = answers else {
            return Vec::new();
        };
        let (survey, mix) = (Arc::clone(survey), Arc::clone(mix));
        let footing = self.footing(survey);
        let swap = Heavy::Swap(footing, mix, account);
        let ticket = self.answers.next_ticket();
        self.answers.swap.ask(ticket);
        vec![Effect::Ask(ticket, swap)]
    }

    /// The place of the cursor among the alternatives: where it was put, else the cheapest that keeps most, else the best.
    #[must_use]
    pub fn swap_cursor(&self) -> usize {
        let Some(Overlay::Swap { cursor, .. }) = self.overlay() else {
            return 0;
        };
        let found = self
            .answers
            .swap
            .answer()
            .and_then(|it| it.as_ref().as_ref());
        let last = found.map_or(0, |found| found.list.len().saturating_sub(1));
        let first = found.and_then(|found| found.cheapest).unwrap_or(last);
        cursor.unwrap_or(first).min(last)
    }

    /// How many alternatives there are.
    pub(super) fn alternatives(&self) -> usize {
        let found = self
            .answers
            .swap
            .answer()
            .and_then(|it| it.as_ref().as_ref());
        found.map_or(0, |found| found.list.len())
    }

    /// Books the alternative under the cursor in any case, and the account whose place it takes not.
    pub(super) fn accept_swap(&mut self) -> Vec<Effect> {
        let at = self.swap_cursor();
        let found = self
            .answers
            .swap
            .answer()
            .and_then(|it| it.as_ref().as_ref());
        let picked = found.and_then(|found| Some((found.account, found.list.get(at)?.account)));
        self.overlays.pop();
        let Some((leaves, comes)) = picked else {
            return Vec::new();
        };
        self.set_pick(leaves, Some(Pick::Not));
        self.set_pick(comes, Some(Pick::Must));
        self.ask_mix()
    }

    /// What the mix of the terms stands on: that of the mix before, where it is the same.
    fn footing(&self, survey: Arc<Survey>) -> Arc<Footing> {
        let terms = self.asked_terms();
        let before = self.mixing.footing.as_ref();
        match before.filter(|it| it.bears(&survey, &terms)) {
            Some(before) => Arc::clone(before),
            None => Arc::new(Footing::new(survey, terms)),
        }
    }

    /// Forgets the mix and those of all balances, and what they stand on.
    pub(super) fn forget_mix_answers(&mut self) {
        self.mixing.footing = None;
        self.answers.mix.clear();
        self.answers.mixes.clear();
    }

    /// Asks for the mix while it is shown, and for the mixes of all balances where more than the balance changed. While
    /// the accounts that were picked are looked for, nothing is asked.
    pub(super) fn ask_mix(&mut self) -> Vec<Effect> {
        if self.mix_page().is_none() {
            self.forget_mix_answers();
            self.answers.reliefs.clear();
            return Vec::new();
        }
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        if self.terms.budget <= 0.0 || self.answers.picks.is_waiting() {
            return Vec::new();
        }
        let footing = self.footing(survey);
        let before = self.mixing.footing.replace(Arc::clone(&footing));
        let mut effects = Vec::new();
        // First, so that a slide stops nobody who works out what they stand on.
        if !before.is_some_and(|before| Arc::ptr_eq(&before, &footing)) {
            let ticket = self.answers.next_ticket();
            self.answers.mixes.ask(ticket);
            let mixes = Heavy::Mixes(Arc::clone(&footing));
            effects.push(Effect::Ask(ticket, mixes));
        }
        let ticket = self.answers.next_ticket();
        self.answers.mix.ask(ticket);
        let mix = Heavy::Mix(footing, self.terms.balance);
        effects.push(Effect::Ask(ticket, mix));
        effects.extend(self.ask_reliefs());
        effects
    }

    /// Asks what each limit costs, while that is shown.
    fn ask_reliefs(&mut self) -> Vec<Effect> {
        let shown = matches!(self.mix_page(), Some((MixPage::Costs, ..)));
        let survey = self.answers.survey.answer().filter(|_| shown).cloned();
        let terms = self.asked_terms();
        let (Some(survey), false) = (survey, terms.limits.all().is_empty()) else {
            self.answers.reliefs.clear();
            return Vec::new();
        };
        if terms.budget <= 0.0 {
            return Vec::new();
        }
        let footing = self.footing(survey);
        let ticket = self.answers.next_ticket();
        self.answers.reliefs.ask(ticket);
        let reliefs = Heavy::Reliefs(footing, self.terms.balance);
        vec![Effect::Ask(ticket, reliefs)]
    }
}
