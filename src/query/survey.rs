//! The survey: selection, matches, front and pyramid of one question, in one answer.
//!
//! Idea: an answer keeps its pieces, and the next one takes over whatever its question leaves alone, so that a tier key
//! goes over bitmaps, another goal counts only matches, and one more letter looks only at what the last left; a filter
//! that is taken off again finds what was counted before ([`super::earlier`]). What takes longest is left out of it: lines
//! are fitted by whoever draws them. Finding which of many accounts a filter leaves takes half the time of an answer, and
//! counting these the other half: they are told in between, to be listed meanwhile. Cost: a frame more, and what is
//! [kept](super::kept).

use super::backdrop::Backdrop;
use super::concordance::Concordance;
use super::crew::both;
use super::foreseen::Foreseen;
use super::front::front;
use super::ground::Ground;
use super::halt::{Halt, Halted};
use super::kept::{Before, Kept};
use super::ladder::Ladder;
use super::lines::Lines;
use super::matching::Matching;
use super::pyramid::Pyramid;
use super::question::Question;
use super::sight::Sight;
use super::tally::{Found, count_matches, tally};
use super::tiles::Accounts;
use crate::domain::goal::ValueBy;
use crate::domain::roster::Account;
use crate::domain::roster::bits::Bits;
use std::sync::Arc;

/// The answer.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The question that this is the answer to.
    pub question: Question,
    /// Accounts that pass the whole filter, standings, `Filter::only_matches` and `Filter::only_front` included.
    pub selected: Bits,
    /// Number of selected accounts.
    pub shown: u64,
    /// Accounts that pass the filter, standings included, whether or not only matches, the front or a box are
    /// listed: what these are seen against.
    pub around: Bits,
    /// Accounts of `around` that the box holds; all of them without a box.
    pub boxed: u64,
    /// Matches of the goal that pass the filter (`Filter::only_matches` aside); `None` without a goal, or when
    /// no tier of the scheme plays a role that the goal asks for.
    pub matching: Option<Arc<Matching>>,
    /// Numbers of the matches on the Pareto front of followers and rate, most followers first; without a goal of the
    /// accounts that pass, and only where `Filter::only_front` asks for it.
    pub front: Vec<u32>,
    /// Totals over every account that passes `Filter::across_tiers`, matches included, so that layers stay
    /// comparable while one is singled out and whole while only matches are listed. Those of the answer before, as is the
    /// suggestion, where this one was told before its accounts were counted.
    pub pyramid: Pyramid,
    /// Identifier of the scheme that would tell these accounts apart better, when nearly all of them stand in one
    /// tier of this one.
    pub suggestion: Option<String>,
    /// What the next answer may take over.
    kept: Kept,
}

/// How many accounts there must be to count for those that pass to be told before: counting fewer hardly takes longer
/// than drawing what was told.
const MANY: usize = if cfg!(test) { 2 } else { 1 << 19 };

/// Answers a question over all accounts. Pieces of the `previous` answer that the question does not change are
/// taken over:
///
/// - the selection, when the roster is the same (the same `Arc`) and of the filter only standings or
///   `Filter::only_matches` have changed, and what a box is laid over also when it is another box; a search that more
///   was typed to looks only at what it held, when that is little; what an earlier answer found by the same filter is
///   taken from there, with the matches of the same goal and the totals, and so is what was [foreseen](Survey::foresee);
/// - the lines, when the roster and the playbook are the same;
/// - the accounts of each standing, where accounts stand among each other, what everybody comes to and which accounts hold a
///   letter, when roster, playbook and scheme are the same;
/// - the yardsticks of the goal, when also the goal is the same;
/// - the matches, when also the selection was taken over and the needs are filled the same;
/// - the pyramid apart from its matches, when the selection was taken over and the scheme is the same.
///
/// A roster that has grown is another roster. The accounts that it had are selected and counted as they were, and only
/// those that have come are looked at, under the same filter as long as that has no box and picks no single accounts.
/// Its percentiles are other ones: a goal is asked about anew.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn survey(
    question: Question,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Survey, Halted> {
    survey_from_the_beginning(question, previous, &mut |_| (), halt)
}

/// The same. Where counting the accounts takes a moment, which they are is told before, as an answer whose pyramid and
/// suggestion are still those of the previous one.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn survey_from_the_beginning(
    question: Question,
    previous: Option<&Survey>,
    tell: &mut dyn FnMut(Survey),
    halt: &Halt,
) -> Result<Survey, Halted> {
    halt.check()?;
    let before = previous.map(Survey::before);
    let ladder = Ladder::new(question.tiers());
    let mut kept = Kept::chosen(&question, before, halt)?;
    let listed = Listed::of(&question, &kept, &ladder, halt)?;
    if let Some(begun) = previous.and_then(|it| begun(&question, &kept, &listed, it)) {
        tell(begun);
    }
    let counted = kept.count(&question, &ladder, before, halt)?;
    let Listed {
        single,
        around,
        boxed,
        mut selected,
    } = listed;
    let (roster, filter) = (&*question.roster, &question.filter);
    let set = kept.matched.as_deref().map(|it| &it.matching.set);
    if let (true, Some(set)) = (filter.only_matches, set) {
        selected.intersect(set);
    }
    let matching = match (&kept.matched, &single) {
        (Some(matched), Some(single)) => Some(matched.within(&filter.standings, single)),
        (Some(matched), None) => Some(Arc::clone(&matched.matching)),
        (None, _) => None,
    };
    let (front, pyramid) = both(
        roster.len(),
        || match &kept.matched {
            Some(matched) => {
                let standings = (&ladder, kept.groundwork.strata(&question, &ladder, halt)?);
                matched.front(roster, standings, &counted.fronts, single.as_ref(), halt)
            }
            None if filter.only_front => front(roster, &selected, halt),
            None => Ok(Vec::new()),
        },
        || kept.pyramid(&question, &ladder, &counted, halt),
    )?;
    if filter.only_front {
        selected = Bits::none(roster.len());
        for row in &front {
            selected.set(*row as usize);
        }
    }
    Ok(Survey {
        shown: selected.count() as u64,
        selected,
        around,
        boxed,
        matching,
        front,
        pyramid,
        suggestion: counted.suggestion.clone(),
        kept,
        question,
    })
}

/// The answer as far as it is known before anything is counted, seen against the totals of the previous one; `None` where
/// these were of other accounts, where little is to be counted, or where it takes counting to know who is listed.
fn begun(question: &Question, kept: &Kept, listed: &Listed, previous: &Survey) -> Option<Survey> {
    let counts = kept.uncounted(question) >= MANY;
    let plain = |of: &Question| of.campaign.is_none() && !of.filter.only_front;
    let compares = question.shares_ground(&previous.question) && plain(&previous.question);
    (counts && compares && plain(question)).then(|| Survey {
        question: question.clone(),
        selected: listed.selected.clone(),
        shown: listed.boxed,
        around: listed.around.clone(),
        boxed: listed.boxed,
        matching: None,
        front: Vec::new(),
        pyramid: previous.pyramid.clone(),
        suggestion: previous.suggestion.clone(),
        kept: kept.clone(),
    })
}

/// The accounts that a question is about before any are left out that do not match or are not on the front.
struct Listed {
    /// Those of the standings that are shown; `None` for all.
    single: Option<Bits>,
    around: Bits,
    boxed: u64,
    selected: Bits,
}

impl Listed {
    fn of(
        question: &Question,
        kept: &Kept,
        ladder: &Ladder,
        halt: &Halt,
    ) -> Result<Listed, Halted> {
        let single = kept.singled_out(question, ladder, halt)?;
        let mut around = kept.unboxed.passing.clone();
        if let Some(single) = &single {
            around.intersect(single);
        }
        let mut selected = around.clone();
        if question.filter.region.is_some() {
            selected.intersect(&kept.selection.passing);
        }
        Ok(Listed {
            single,
            around,
            boxed: selected.count() as u64,
            selected,
        })
    }
}

impl Survey {
    /// Whether the fit of a match goes by an estimated price.
    #[must_use]
    pub fn is_fit_estimated(&self, account: &Account<'_>) -> bool {
        let goal = self.question.goal();
        account.is_estimated() && goal.is_some_and(|goal| goal.weights.value > 0)
    }

    /// How rates go with followers over the whole roster, once [`Survey::fit_lines`] or a scatter of these accounts was
    /// asked for.
    #[must_use]
    pub fn lines(&self) -> Option<&Lines> {
        self.kept.lines.lines()
    }

    /// The same, fitted now unless it was before.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn fit_lines(&self, halt: &Halt) -> Result<&Lines, Halted> {
        self.kept.lines.fit(&self.question, halt)
    }

    /// Whether all is known that [`Survey::look_ahead`] works out.
    #[must_use]
    pub fn has_looked_ahead(&self) -> bool {
        self.kept.groundwork.is_laid()
    }

    /// Finds the accounts of each standing now, so that no tier that is singled out has to, and what everybody comes to, so
    /// that of a search or a filter that leaves nearly everybody only the others are counted.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn look_ahead(&self, halt: &Halt) -> Result<(), Halted> {
        let ladder = Ladder::new(self.question.tiers());
        self.kept.look_ahead(&self.question, &ladder, halt)
    }

    /// Lists now which accounts hold a letter, or which letters follow what is searched for where so many hold that, so that
    /// the next letter of a search finds them there, in answers by the same roster, playbook and scheme: as long as somebody
    /// keeps the list. `None` where the search [is prepared](Survey::is_search_prepared).
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn prepare_search(&self, halt: &Halt) -> Result<Option<Arc<Concordance>>, Halted> {
        self.kept.prepare_search(&self.question, halt)
    }

    /// Whether all is worked out for the next letter of a search that can be.
    #[must_use]
    pub fn is_search_prepared(&self) -> bool {
        self.kept.unlisted(&self.question).is_none()
    }

    /// Finds now what answers with one more letter of the search come to, of the letters that very many accounts hold: told at
    /// once, and filled letter by letter as long as who was told keeps it, so that an answer finds those that were reached. The
    /// search is [prepared](Survey::is_search_prepared) before.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn foresee(
        &self,
        tell: &mut dyn FnMut(&Arc<Foreseen>),
        halt: &Halt,
    ) -> Result<Arc<Foreseen>, Halted> {
        let ladder = Ladder::new(self.question.tiers());
        self.kept.foresee(&self.question, &ladder, tell, halt)
    }

    /// Whether that was done for this search and is kept, or there is nothing to be found.
    #[must_use]
    pub fn has_foreseen(&self) -> bool {
        self.kept.has_foreseen(&self.question)
    }

    /// Ranks the accounts for the goals of the playbook now, so that none that is chosen has to: by followers, by rate,
    /// and by a cost that several of them weigh.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn rank_for_goals(&self, halt: &Halt) -> Result<(), Halted> {
        let question = &self.question;
        let Some(scheme) = question.tiers() else {
            return Ok(());
        };
        let peers = self.kept.groundwork.peers(question, scheme, halt)?;
        for by in [ValueBy::Cpe, ValueBy::Price] {
            let goals = question.playbook.goals.iter();
            let weighing = goals.filter(|goal| {
                goal.weights.value > 0 && goal.value_by == by && goal.applies(scheme)
            });
            if weighing.count() > 1 {
                peers.lineup_by_cost(&question.roster, by, halt)?;
            }
        }
        Ok(())
    }

    /// Ranks the accounts by what the goal pays for even where that weighs nothing, for who explains every part.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn rank_values(&self, halt: &Halt) -> Result<(), Halted> {
        let roster = &self.question.roster;
        match &self.matching {
            Some(matching) => matching.standards.rank_value(roster, halt),
            None => Ok(()),
        }
    }

    /// Whether this is the answer to the question of the other about a roster that has grown since.
    #[must_use]
    pub fn goes_on_from(&self, other: &Survey) -> bool {
        let (question, before) = (&self.question, &other.question);
        question.shares_rules(before)
            && question.campaign == before.campaign
            && question.filter == before.filter
            && question.roster.has_grown_from(&before.roster)
    }

    /// What the next answer takes over.
    fn before(&self) -> Before<'_> {
        Before {
            question: &self.question,
            kept: &self.kept,
        }
    }

    /// What a scatter of these accounts stands on, whatever their standing and before a box is laid over them.
    pub(super) fn find_ground(&self, halt: &Halt) -> Result<&Ground, Halted> {
        let kept = &self.kept;
        if let Some(ground) = kept.footing.ground.get() {
            return Ok(ground);
        }
        let ground = Ground::of(Accounts {
            roster: &self.question.roster,
            ladder: &Ladder::new(self.question.tiers()),
            set: &kept.unboxed.passing,
            halt,
        })?;
        Ok(kept.footing.ground.get_or_init(|| Arc::new(ground)))
    }

    /// The backdrop of a scatter of these accounts; drawn by `draw` unless it is one of those that were drawn of them last.
    pub(super) fn find_backdrop(
        &self,
        sight: &Sight,
        draw: impl FnOnce() -> Result<Backdrop, Halted>,
    ) -> Result<Arc<Backdrop>, Halted> {
        let standings = &self.question.filter.standings;
        let last = &self.kept.footing.backdrops;
        last.find_or_draw(sight, standings, draw)
    }

    /// The totals of every standing over the matches alone; `None` without a goal that the scheme can play.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn tally_matches(&self, halt: &Halt) -> Result<Option<Pyramid>, Halted> {
        let Some(matched) = &self.kept.matched else {
            return Ok(None);
        };
        let question = &self.question;
        let ladder = Ladder::new(question.tiers());
        let set = &matched.matching.set;
        let strata = self.kept.groundwork.strata(question, &ladder, halt)?;
        let mut pyramid = tally(&question.roster, &ladder, set, Found::Totals, None, halt)?.pyramid;
        count_matches(&question.roster, &ladder, strata, set, &mut pyramid, halt)?;
        Ok(Some(pyramid))
    }

    /// The accounts that stand out among those around: the matches of the goal; without a goal those in the box.
    #[must_use]
    pub fn bright(&self) -> Option<&Bits> {
        let boxed = self
            .question
            .filter
            .region
            .map(|_| &self.kept.selection.passing);
        let matches = self.matching.as_deref().map(|matching| &matching.set);
        matches.or(boxed)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::field::Facet;
    use crate::domain::roster::AccountId;
    use crate::query::filter::Filter;
    use crate::query::matching::Campaign;
    use crate::query::sample;
    use crate::query::scatter::scatter;
    use crate::query::sight::{Grid, Sight};
    use proptest::prelude::*;

    fn same(a: &Survey, b: &Survey) -> bool {
        let matching = |survey: &Survey| {
            survey.matching.as_ref().map(|matching| {
                let rows: Vec<u32> = matching.rows().collect();
                let account = |row: &u32| survey.question.roster.account(AccountId(*row));
                let fits = rows.iter().filter_map(account).map(|it| matching.fit(&it));
                let fits: Vec<Option<u64>> = fits.map(|fit| fit.map(f64::to_bits)).collect();
                (
                    rows,
                    fits,
                    matching.left_out.clone(),
                    matching.left_out_price,
                    matching.left_out_place,
                )
            })
        };
        a.selected == b.selected
            && a.around == b.around
            && a.boxed == b.boxed
            && a.fit_lines(&Halt::new()).unwrap() == b.fit_lines(&Halt::new()).unwrap()
            && a.shown == b.shown
            && a.front == b.front
            && a.pyramid == b.pyramid
            && matching(a) == matching(b)
    }

    #[test]
    fn a_need_left_open_constrains_nothing_and_a_filled_one_leaves_out_what_is_unknown() {
        let mut rows = vec![
            sample::row(2_000, Some(50), None),
            sample::row(3_000, Some(40), None),
        ];
        rows.push(("blank".into(), rows[0].1, "", "Food"));
        rows.push(("below".into(), sample::row(10, None, None).1, "", "Food"));
        rows.push(("elsewhere".into(), rows[0].1, "Brugge", "Food"));
        let mut campaign = Campaign::new("local");
        let open = sample::surveyed(&rows, Some(campaign.clone()), Filter::default());
        let matching = open.matching.unwrap();
        assert_eq!((matching.len(), matching.open.len()), (4, 1));
        assert!(matching.left_out.is_empty());
        campaign.city = Some("GENT".into());
        let filled = sample::surveyed(&rows, Some(campaign), Filter::default());
        let matching = filled.matching.unwrap();
        assert_eq!(matching.rows().collect::<Vec<_>>(), [0, 1]);
        assert!(matching.open.is_empty());
        assert_eq!(matching.left_out, [(Facet::City, 1)]);
    }

    #[test]
    fn a_filter_leaves_out_what_is_unknown_only_where_it_would_match() {
        let rows = [
            sample::row(2_000, Some(50), Some(80.0)),
            sample::row(3_000, Some(40), None),
            sample::row(70_000, Some(40), None),
            sample::row(4_000, Some(40), Some(500.0)),
        ];
        let filter = Filter {
            max_price: Some(100.0),
            ..Filter::default()
        };
        let survey = sample::surveyed(&rows, Some(Campaign::new("authentic")), filter);
        let matching = survey.matching.unwrap();
        assert_eq!(matching.rows().collect::<Vec<_>>(), [0]);
        assert_eq!(matching.left_out_price, 1);
    }

    #[test]
    fn a_fit_is_the_weighted_mean_of_its_parts() {
        let rows = [
            sample::row(1_000, Some(20), Some(10.0)),
            sample::row(2_000, Some(30), Some(10.0)),
            sample::row(9_000, Some(10), None),
        ];
        let survey = sample::surveyed(&rows, Some(Campaign::new("local")), Filter::default());
        let matching = survey.matching.unwrap();
        let fit = |row| matching.fit(&survey.question.roster.account(AccountId(row)).unwrap());
        // nano: ideal 40·1; reach 5·0, 5·½; rate 45·0, 45·1; CPE 0.50 and 0.17: value 10·0, 10·1.
        assert_eq!(fit(0), Some(40.0));
        assert_eq!(fit(1), Some(97.5));
        // micro: possible 40·½; reach 5·1; alone in its tier 45·½; price unknown 10·½.
        assert_eq!(fit(2), Some(52.5));
    }

    #[test]
    fn a_goal_whose_roles_the_scheme_lacks_has_no_matching() {
        let rows = [sample::row(2_000, Some(50), None)];
        let mut question =
            sample::question(&rows, Some(Campaign::new("authentic")), Filter::default());
        question.scheme = "two".into();
        let survey = survey(question, None, &Halt::new()).unwrap();
        assert!(survey.matching.is_none());
        assert_eq!(survey.pyramid.matches(), None);
        assert_eq!(survey.shown, 1);
    }

    #[test]
    fn nothing_is_taken_over_from_a_roster_whose_values_have_other_numbers() {
        let named = |name: &str, city, category| {
            (
                name.to_owned(),
                sample::row(2_000, Some(50), Some(80.0)).1,
                city,
                category,
            )
        };
        let before = [named("a", "Gent", "Food"), named("b", "Brugge", "Tech")];
        let after = [named("b", "Brugge", "Tech"), named("a", "Gent", "Food")];
        let mut campaign = Campaign::new("local");
        campaign.city = Some("Gent".to_owned());
        let mut filter = Filter::default();
        filter.facet_mut(Facet::Category).insert("Food".to_owned());
        let before = sample::surveyed(&before, Some(campaign.clone()), filter.clone());
        assert_eq!(before.selected.ones().collect::<Vec<_>>(), [0]);
        let question = sample::question(&after, Some(campaign), filter);
        let alone = survey(question.clone(), None, &Halt::new()).unwrap();
        let after = survey(question, Some(&before), &Halt::new()).unwrap();
        assert!(same(&alone, &after));
        assert_eq!(after.selected.ones().collect::<Vec<_>>(), [1]);
        assert_eq!(after.matching.unwrap().rows().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_pulled_halt_ends_the_survey() {
        let halt = Halt::new();
        halt.pull();
        let question = sample::question(&[], None, Filter::default());
        assert!(survey(question, None, &halt).is_err());
    }

    proptest! {
        #[test]
        fn an_answer_after_another_is_the_answer_alone(
            rows in sample::rows(),
            questions in proptest::collection::vec((sample::campaigns(), sample::filters()), 2..5),
            hasty in any::<bool>(),
            ahead in any::<bool>(),
        ) {
            let base = sample::question(&rows, None, Filter::default());
            let mut previous: Option<Survey> = None;
            let mut lists = Vec::new();
            for (at, (campaign, filter)) in questions.into_iter().enumerate() {
                let mut question = base.clone();
                question.campaign = campaign;
                question.filter = filter;
                if at == 3 {
                    question.scheme = "two".into();
                }
                if let Some(previous) = previous.as_ref().filter(|_| at % 2 == 1) {
                    question.campaign = previous.question.campaign.clone();
                    question.filter = Filter {
                        standings: question.filter.standings,
                        ..previous.question.filter.clone()
                    };
                }
                let alone = survey(question.clone(), None, &Halt::new()).unwrap();
                let mut begun = None;
                let mut tell = |told| begun = Some(told);
                let halt = Halt::new();
                let after = survey_from_the_beginning(question, previous.as_ref(), &mut tell, &halt);
                let after = after.unwrap();
                prop_assert!(same(&alone, &after));
                if let Some(begun) = &begun {
                    let before = previous.as_ref().unwrap();
                    prop_assert!(begun.question.is_same_as(&after.question));
                    prop_assert_eq!(&begun.pyramid, &before.pyramid);
                    let listed = |it: &Survey| (it.selected.clone(), it.around.clone(), it.boxed, it.shown);
                    prop_assert_eq!(listed(begun), listed(&after));
                }
                if ahead {
                    after.look_ahead(&Halt::new()).unwrap();
                    while let Some(list) = after.prepare_search(&Halt::new()).unwrap() {
                        lists.push(list);
                    }
                    prop_assert!(after.is_search_prepared());
                    prop_assert!(after.has_looked_ahead());
                }
                // Whoever types on does not wait until what was found is counted.
                previous = begun.filter(|_| hasty).or(Some(after));
            }
        }

        #[test]
        fn what_is_found_is_told_before_it_is_counted(rows in sample::rows(), letter in "[a-z]") {
            let whole = sample::surveyed(&rows, None, Filter::default());
            let filter = Filter {
                search: letter,
                ..Filter::default()
            };
            let question = sample::question(&rows, None, filter);
            let mut told = Vec::new();
            let question = Question { roster: Arc::clone(&whole.question.roster), ..question };
            let question = Question { playbook: Arc::clone(&whole.question.playbook), ..question };
            let mut tell = |begun: Survey| told.push(begun.shown);
            let halt = Halt::new();
            let found = survey_from_the_beginning(question.clone(), Some(&whole), &mut tell, &halt);
            let found = found.unwrap();
            let many = (found.shown as usize >= MANY).then_some(found.shown);
            prop_assert_eq!(told, Vec::from_iter(many));
            let mut tell = |_| unreachable!("this was counted before");
            survey_from_the_beginning(question, Some(&found), &mut tell, &halt).unwrap();
        }

        #[test]
        fn a_letter_that_was_foreseen_is_answered_as_one_that_was_not(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filter in sample::filters(),
            search in "[ae]?",
        ) {
            let mut question = sample::question(&rows, None, filter);
            question.filter.search = search;
            let before = survey(question.clone(), None, &Halt::new()).unwrap();
            let mut lists = Vec::new();
            while let Some(list) = before.prepare_search(&Halt::new()).unwrap() {
                lists.push(list);
            }
            let frequent = before.kept.frequent(&before.question);
            prop_assert_eq!(before.has_foreseen(), frequent.is_empty());
            let (mut told, halt) = (None, Halt::new());
            let foreseen = before.foresee(&mut |it| told = Some(Arc::clone(it)), &halt).unwrap();
            prop_assert!(before.has_foreseen());
            question.campaign = campaign;
            for letter in frequent.iter().copied().chain(['q']) {
                let mut question = question.clone();
                question.filter.search.push(letter);
                let alone = survey(question.clone(), None, &Halt::new()).unwrap();
                let after = survey(question, Some(&before), &Halt::new()).unwrap();
                prop_assert!(same(&alone, &after));
                let found = foreseen.recall(&after.question.filter);
                let is_taken = found.is_some_and(|it| Arc::ptr_eq(&it.selection, &after.kept.selection));
                prop_assert_eq!(is_taken, frequent.contains(&letter));
            }
            drop((told, foreseen));
            prop_assert_eq!(before.has_foreseen(), frequent.is_empty());
        }

        #[test]
        fn what_is_foreseen_is_left_where_nobody_keeps_it_and_gone_on_with_where_it_was_stopped(
            rows in sample::rows(),
        ) {
            let before = sample::surveyed(&rows, None, Filter::default());
            let mut lists = Vec::new();
            while let Some(list) = before.prepare_search(&Halt::new()).unwrap() {
                lists.push(list);
            }
            let letters = before.kept.frequent(&before.question);
            let found = |foreseen: &Foreseen| {
                let with = |letter: &char| Filter { search: letter.to_string(), ..Filter::default() };
                letters.iter().filter(|letter| foreseen.recall(&with(letter)).is_some()).count()
            };
            let left = before.foresee(&mut |_| (), &Halt::new()).unwrap();
            prop_assert_eq!((found(&left), before.has_foreseen()), (0, letters.is_empty()));
            let (mut told, halt) = (None, Halt::new());
            let stopped = before.foresee(&mut |it| { told = Some(Arc::clone(it)); halt.pull(); }, &halt);
            prop_assert_eq!(stopped.is_err(), !letters.is_empty());
            prop_assert_eq!(before.has_foreseen(), letters.is_empty());
            let mut told_again = None;
            let whole = before.foresee(&mut |it| told_again = Some(Arc::clone(it)), &Halt::new()).unwrap();
            prop_assert_eq!((found(&whole), before.has_foreseen()), (letters.len(), true));
        }

        #[test]
        fn counting_what_came_is_counting_from_nothing(
            rows in sample::rows(),
            campaign in sample::campaigns(),
            filters in proptest::collection::vec(sample::filters(), 1..3),
            growth in proptest::collection::vec((0usize..9, any::<prop::sample::Index>()), 1..6),
        ) {
            let base = sample::question(&rows, campaign, Filter::default());
            let mut previous: Option<Survey> = None;
            let mut chunks = 0;
            for (more, filter) in growth {
                chunks += more;
                let mut question = base.clone();
                question.roster = Arc::new(base.roster.beginning(chunks));
                question.filter = filter.get(&filters).clone();
                let alone = survey(question.clone(), None, &Halt::new()).unwrap();
                let after = survey(question, previous.as_ref(), &Halt::new()).unwrap();
                prop_assert!(same(&alone, &after));
                previous = Some(after);
            }
        }

        #[test]
        fn going_back_to_earlier_filters_finds_what_asking_anew_finds(
            rows in sample::rows(),
            campaigns in proptest::collection::vec(sample::campaigns(), 2),
            filters in proptest::collection::vec(sample::filters(), 3),
            steps in proptest::collection::vec((0usize..4, 0usize..8), 2..7),
        ) {
            let base = sample::question(&rows, None, Filter::default());
            let sight = Sight::whole(Grid { width: 9, height: 5 });
            let mut previous: Option<Survey> = None;
            for (at, goal) in steps {
                let mut question = base.clone();
                question.campaign = campaigns[usize::from(goal == 0)].clone();
                question.filter = filters.get(at).cloned().unwrap_or_default();
                let alone = survey(question.clone(), None, &Halt::new()).unwrap();
                let after = survey(question, previous.as_ref(), &Halt::new()).unwrap();
                prop_assert!(same(&alone, &after));
                let drawn = scatter(&after, &sight, &Halt::new()).unwrap();
                prop_assert_eq!(&drawn, &scatter(&alone, &sight, &Halt::new()).unwrap());
                prop_assert!(after.kept.earlier.len() <= 5);
                let ground = |survey: &Survey| survey.find_ground(&Halt::new()).unwrap().clone();
                let accounts = Accounts {
                    roster: &after.question.roster,
                    ladder: &Ladder::new(after.question.tiers()),
                    set: &after.kept.unboxed.passing,
                    halt: &Halt::new(),
                };
                prop_assert_eq!(ground(&after), Ground::of(accounts).unwrap());
                previous = Some(after);
            }
        }

        #[test]
        fn the_matches_alone_add_up_as_within_all(rows in sample::rows(), campaign in sample::campaigns()) {
            let survey = sample::surveyed(&rows, campaign, Filter::default());
            let Some(alone) = survey.tally_matches(&Halt::new()).unwrap() else {
                prop_assert!(survey.matching.is_none());
                return Ok(());
            };
            for (alone, within) in alone.all().zip(survey.pyramid.all()) {
                prop_assert_eq!(Some(alone.accounts), within.matches);
                prop_assert_eq!(alone.followers, within.match_followers);
                prop_assert!((alone.engagements - within.match_engagements).abs() < 1e-6);
            }
        }

        #[test]
        fn the_front_is_that_of_the_matches_that_are_shown(
            rows in sample::rows(),
            campaigns in proptest::collection::vec(sample::campaigns(), 1..3),
            filter in sample::filters(),
        ) {
            let mut question = sample::question(&rows, None, filter);
            let mut previous = None;
            for campaign in campaigns {
                question.campaign = campaign;
                let after = survey(question.clone(), previous.as_ref(), &Halt::new()).unwrap();
                if let Some(matching) = &after.matching {
                    let expected = front(&question.roster, &matching.set, &Halt::new()).unwrap();
                    prop_assert_eq!(&after.front, &expected);
                }
                previous = Some(after);
            }
        }

        #[test]
        fn the_front_is_made_of_matches(rows in sample::rows(), campaign in sample::campaigns()) {
            let survey = sample::surveyed(&rows, campaign, Filter::default());
            for row in &survey.front {
                prop_assert!(survey.matching.as_ref().unwrap().has(AccountId(*row)));
            }
        }
    }
}
