//! The survey: selection, matches, front and pyramid of one question, in one answer.

use super::filter::Filter;
use super::front::front;
use super::halt::{Halt, Halted};
use super::ladder::Ladder;
use super::lines::Lines;
use super::matching::{Matched, Matching, Terms};
use super::pyramid::Pyramid;
use super::question::Question;
use super::selection::{Selection, Sieve, select, within};
use super::standards::Standards;
use super::suggestion::suggest;
use super::tally::tally;
use super::walk::walk;
use crate::domain::goal::Goal;
use crate::domain::roster::column::Bits;
use std::sync::Arc;

/// The answer.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The question that this is the answer to.
    pub question: Question,
    /// Accounts that pass the whole filter, standings, [`Filter::only_matches`] and [`Filter::only_front`] included.
    pub selected: Bits,
    /// Number of selected accounts.
    pub shown: u64,
    /// Accounts that pass the filter, standings included, whether or not only matches, the front or a box are
    /// listed: what these are seen against.
    pub around: Bits,
    /// Accounts of `around` that the box holds; all of them without a box.
    pub boxed: u64,
    /// Matches of the goal that pass the filter ([`Filter::only_matches`] aside); `None` without a goal, or when
    /// no tier of the scheme plays a role that the goal asks for.
    pub matching: Option<Arc<Matching>>,
    /// Numbers of the matches on the Pareto front of followers and rate, most followers first; without a goal of the
    /// accounts that pass, and only where [`Filter::only_front`] asks for it.
    pub front: Vec<u32>,
    /// How rates go with followers over the whole roster.
    pub lines: Arc<Lines>,
    /// Totals over every account that passes [`Filter::across_tiers`], matches included, so that layers stay
    /// comparable while one is singled out and whole while only matches are listed.
    pub pyramid: Pyramid,
    /// Identifier of the scheme that would tell these accounts apart better, when nearly all of them stand in one
    /// tier of this one.
    pub suggestion: Option<String>,
    /// What the next answer may take over.
    kept: Kept,
}

/// Pieces of an answer that do not depend on which standings are shown.
#[derive(Debug, Clone)]
struct Kept {
    /// The selection before the box.
    unboxed: Arc<Selection>,
    selection: Arc<Selection>,
    matched: Option<Arc<Matched>>,
}

/// Answers a question over all accounts. Pieces of the `previous` answer that the question does not change are
/// taken over:
///
/// - the selection, when the roster is the same (the same `Arc`) and of the filter only standings or
///   [`Filter::only_matches`] have changed, and what a box is laid over also when it is another box;
/// - the lines, when the roster and the playbook are the same;
/// - the yardsticks of the goal, when roster, playbook, scheme and goal are the same;
/// - the matches, when also the selection was taken over and the needs are filled the same;
/// - the pyramid, when all of these were taken over: singling a tier out, or the matches, counts nothing anew.
///
/// A roster that has grown is another roster, whose percentiles are other ones: everything is asked anew.
///
/// # Errors
/// [`Halted`] when `halt` was pulled.
pub fn survey(
    question: Question,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Survey, Halted> {
    halt.check()?;
    let roster = &*question.roster;
    let filter = &question.filter;
    let ladder = Ladder::new(question.tiers());
    let mut kept = selected(&question, previous, halt)?;
    kept.matched = matched(&question, &ladder, &kept.selection, previous, halt)?;
    let lines = lines(&question, previous, halt)?;
    let (pyramid, suggestion) = counted(&question, &kept, &ladder, previous, halt)?;
    let single = |set: &Bits| {
        if filter.standings.is_empty() {
            Ok(set.clone())
        } else {
            singled_out(&question, &ladder, set, halt)
        }
    };
    let around = single(&kept.unboxed.passing)?;
    let mut selected = around.clone();
    if filter.region.is_some() {
        selected.intersect(&kept.selection.passing);
    }
    let boxed = selected.count() as u64;
    let set = kept.matched.as_deref().map(|it| &it.matching.set);
    if let (true, Some(set)) = (filter.only_matches, set) {
        selected.intersect(set);
    }
    let matching = match &kept.matched {
        Some(matched) => Some(matched.within(roster, &filter.standings, halt)?),
        None => None,
    };
    let front = match &matching {
        Some(matching) => front(roster, &matching.set, halt)?,
        None if filter.only_front => front(roster, &selected, halt)?,
        None => Vec::new(),
    };
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
        lines,
        pyramid,
        suggestion,
        kept,
        question,
    })
}

impl Survey {
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
        tally(&question.roster, &ladder, set, Some(set), halt).map(Some)
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

impl Kept {
    /// Whether the pyramid of an earlier answer is the one of this question.
    fn counts_as(&self, previous: &Survey, question: &Question) -> bool {
        let same_matching = match (&self.matched, &previous.kept.matched) {
            (None, None) => true,
            (Some(now), Some(before)) => Arc::ptr_eq(now, before),
            _ => false,
        };
        same_matching
            && question.shares_ground(&previous.question)
            && Arc::ptr_eq(&self.selection, &previous.kept.selection)
    }
}

/// The pyramid of the question, and the scheme that would serve it better when one tier holds nearly all.
fn counted(
    question: &Question,
    kept: &Kept,
    ladder: &Ladder,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<(Pyramid, Option<String>), Halted> {
    if let Some(previous) = previous.filter(|previous| kept.counts_as(previous, question)) {
        return Ok((previous.pyramid.clone(), previous.suggestion.clone()));
    }
    let accounts = &kept.selection.passing;
    let matches = kept.matched.as_deref().map(|matched| &matched.matching.set);
    let pyramid = tally(&question.roster, ladder, accounts, matches, halt)?;
    let suggestion = if pyramid.crowded().is_some() {
        suggest(question, accounts, halt)?
    } else {
        None
    };
    Ok((pyramid, suggestion))
}

/// The accounts that pass before and after the box.
fn selected(question: &Question, previous: Option<&Survey>, halt: &Halt) -> Result<Kept, Halted> {
    let roster = &*question.roster;
    let filter = question.filter.across_tiers();
    let alike =
        previous.filter(|previous| Arc::ptr_eq(&previous.question.roster, &question.roster));
    let same = |filter: &Filter, strip: fn(&Filter) -> Filter| {
        alike.filter(|previous| strip(&previous.question.filter.across_tiers()) == strip(filter))
    };
    if let Some(previous) = same(&filter, Filter::clone) {
        return Ok(Kept {
            matched: None,
            ..previous.kept.clone()
        });
    }
    let unboxed = match same(&filter, Filter::unboxed) {
        Some(previous) => Arc::clone(&previous.kept.unboxed),
        None => Arc::new(select(roster, &filter.unboxed(), halt)?),
    };
    let selection = match &filter.region {
        Some(region) => Arc::new(within(roster, &unboxed, region, halt)?),
        None => Arc::clone(&unboxed),
    };
    Ok(Kept {
        unboxed,
        selection,
        matched: None,
    })
}

/// The lines of the roster, those of the previous answer where it is the same.
fn lines(
    question: &Question,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Arc<Lines>, Halted> {
    let same = previous.filter(|previous| {
        Arc::ptr_eq(&previous.question.roster, &question.roster)
            && Arc::ptr_eq(&previous.question.playbook, &question.playbook)
    });
    match same {
        Some(previous) => Ok(Arc::clone(&previous.lines)),
        None => Ok(Arc::new(Lines::of(question, halt)?)),
    }
}

fn matched(
    question: &Question,
    ladder: &Ladder,
    selection: &Arc<Selection>,
    previous: Option<&Survey>,
    halt: &Halt,
) -> Result<Option<Arc<Matched>>, Halted> {
    let (Some(campaign), Some(goal)) = (&question.campaign, question.goal()) else {
        return Ok(None);
    };
    let alike = previous.filter(|previous| question.shares_ground(&previous.question));
    if let Some(previous) = alike
        && let Some(matched) = &previous.kept.matched
        && previous.question.campaign.as_ref() == Some(campaign)
        && Arc::ptr_eq(&previous.kept.selection, selection)
    {
        return Ok(Some(Arc::clone(matched)));
    }
    let Some(standards) = standards(question, goal, alike, halt)? else {
        return Ok(None);
    };
    let terms = Terms {
        roster: &question.roster,
        ladder,
        goal,
        campaign,
        standards,
        sieve: Sieve::new(&question.roster, &question.filter),
    };
    Ok(Some(Arc::new(terms.matched(selection, halt)?)))
}

/// The yardsticks of the goal, those of the previous answer where they are the same.
fn standards(
    question: &Question,
    goal: &Goal,
    alike: Option<&Survey>,
    halt: &Halt,
) -> Result<Option<Arc<Standards>>, Halted> {
    let same =
        alike.filter(|previous| previous.question.goal().map(|goal| &goal.id) == Some(&goal.id));
    if let Some(matched) = same.and_then(|previous| previous.kept.matched.as_ref()) {
        return Ok(Some(Arc::clone(&matched.matching.standards)));
    }
    let Some(scheme) = question.tiers() else {
        return Ok(None);
    };
    let standards = Standards::of(&question.roster, scheme, goal, halt)?;
    Ok(standards.map(Arc::new))
}

/// The accounts of a set whose standing is shown.
fn singled_out(
    question: &Question,
    ladder: &Ladder,
    set: &Bits,
    halt: &Halt,
) -> Result<Bits, Halted> {
    let mut shown = [false; Ladder::MOST];
    for (slot, shown) in shown.iter_mut().enumerate() {
        *shown = question.filter.standings.contains(&Ladder::standing(slot));
    }
    let mut singled = Bits::none(question.roster.len());
    walk(&question.roster, set, halt, |row, chunk, at| {
        if shown[ladder.slot(chunk.followers.known(at))] {
            singled.set(row as usize);
        }
    })?;
    Ok(singled)
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
    use proptest::prelude::*;

    fn same(a: &Survey, b: &Survey) -> bool {
        let matching = |survey: &Survey| {
            survey.matching.as_ref().map(|matching| {
                let fits: Vec<u64> = matching.fits.iter().map(|fit| fit.to_bits()).collect();
                (
                    matching.rows.clone(),
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
            && a.lines == b.lines
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
        assert_eq!(matching.rows, [0, 1]);
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
        assert_eq!(matching.rows, [0]);
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
        // nano: ideal 40·1; reach 5·0, 5·½; rate 45·0, 45·1; CPE 0.50 and 0.17: value 10·0, 10·1.
        assert_eq!(matching.fit(AccountId(0)), Some(40.0));
        assert_eq!(matching.fit(AccountId(1)), Some(97.5));
        // micro: possible 40·½; reach 5·1; alone in its tier 45·½; price unknown 10·½.
        assert_eq!(matching.fit(AccountId(2)), Some(52.5));
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
        assert_eq!(after.matching.unwrap().rows, [1]);
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
        ) {
            let base = sample::question(&rows, None, Filter::default());
            let mut previous: Option<Survey> = None;
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
                let after = survey(question, previous.as_ref(), &Halt::new()).unwrap();
                prop_assert!(same(&alone, &after));
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
        fn the_front_is_made_of_matches(rows in sample::rows(), campaign in sample::campaigns()) {
            let survey = sample::surveyed(&rows, campaign, Filter::default());
            for row in &survey.front {
                prop_assert!(survey.matching.as_ref().unwrap().has(AccountId(*row)));
            }
        }
    }
}
