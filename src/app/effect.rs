//! Effects: what the state asks of the world, as values.

use super::answers::Ticket;
use super::renewal::{Renewal, Renewed};
use crate::domain::assumed::OwnRates;
use crate::domain::field::Facet;
use crate::domain::mapping::{Fingerprint, Mapping, Mappings};
use crate::domain::playbook::Playbook;
use crate::domain::roster::{AccountId, Roster};
use crate::domain::saved_mix::SavedMix;
use crate::domain::verdict::{Remark, Signature, Verdicts};
use crate::query::concordance::Concordance;
use crate::query::duplicates::{Duplicates, duplicates};
use crate::query::estimate::estimated;
use crate::query::facets::{FacetCounts, facets};
use crate::query::forecast::{self, Forecast, forecast};
use crate::query::foreseen::Foreseen;
use crate::query::goal_pair::{Side, goal_pair};
use crate::query::halt::{Halt, Halted};
use crate::query::marks::{Marks, marks};
use crate::query::matching::Campaign;
use crate::query::mix::Mix;
use crate::query::mix::footing::Footing;
use crate::query::mix::front::Point;
use crate::query::mix::refusal::Refusal;
use crate::query::mix::relief::Reliefs;
use crate::query::mix::swap::Alternatives;
use crate::query::mix::terms::Limit;
use crate::query::order::{Order, Sort, order_from_the_beginning};
use crate::query::peers::{Peers, peers};
use crate::query::pyramid::Pyramid;
use crate::query::question::Question;
use crate::query::scatter::{Scatter, scatter};
use crate::query::sight::Sight;
use crate::query::survey::{Survey, survey_from_the_beginning};
use std::sync::Arc;

/// A question that goes over all accounts and so is answered by a worker.
#[derive(Debug, Clone)]
pub enum Heavy {
    /// Selection, matches, front and pyramid; the previous answer saves work.
    Survey(Box<Question>, Option<Arc<Survey>>),
    /// The scatter of the selected accounts.
    Scatter(Arc<Survey>, Sight),
    /// The same in another sight, which may be asked for next.
    ScatterAhead(Arc<Survey>, Sight),
    /// The order of the selected accounts, which bear these marks; the previous answer saves work.
    Order(Arc<Survey>, Sort, Arc<Marks>, Option<Arc<Order>>),
    /// The values of a facet over all accounts, counted.
    Facets(Arc<Roster>, Facet),
    /// The accounts that repeat an earlier one.
    Duplicates(Arc<Roster>),
    /// The same accounts with prices estimated from the published ones with this identifier.
    Estimates(Arc<Roster>, Arc<Playbook>, String),
    /// The mix of a budget and a balance.
    Mix(Arc<Footing>, f64),
    /// The mixes of all balances.
    Mixes(Arc<Footing>),
    /// What each limit of the mix of a budget and a balance costs.
    Reliefs(Arc<Footing>, f64),
    /// Who could take the place of an account of this mix.
    Swap(Arc<Footing>, Arc<Result<Mix, Refusal>>, AccountId),
    /// The accounts that were picked for the mix, or against it.
    Picks(Arc<Roster>, Arc<Verdicts>),
    /// The totals of the matches of a survey alone.
    Matches(Arc<Survey>),
    /// The accounts about which something was decided.
    Marks(Arc<Roster>, Arc<Verdicts>),
    /// What the shortlist, the matches and all that is shown come to.
    Forecast(Box<forecast::Question>),
    /// Two goals side by side.
    GoalPair(Box<Question>, [Campaign; 2]),
    /// Where an account stands among its peers.
    Peers(Arc<Roster>, AccountId),
    /// How rates go with followers, where no scatter asks for it; the survey keeps it.
    Lines(Arc<Survey>),
    /// What the next letter of a search would else wait for; the survey knows it as long as somebody keeps it.
    Letters(Arc<Survey>),
    /// What answers with one more letter of a search come to, once the letters are known; the survey knows it as long as
    /// somebody keeps it.
    Foresee(Arc<Survey>),
    /// What the first goal would else wait for; the survey keeps it.
    Ranks(Arc<Survey>),
    /// What the first tier that is singled out, or a search that leaves nearly everybody, would else wait for; the survey
    /// keeps it.
    Ahead(Arc<Survey>),
    /// All that is shown, of a roster that was read anew.
    Renewal(Box<Renewal>),
}

impl Heavy {
    /// Answers the question; this takes as long as going over all accounts does.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn answer(self, halt: &Halt) -> Result<Answer, Halted> {
        // What is told is worked on as long as somebody keeps it.
        let mut told = Vec::new();
        self.answer_from_the_beginning(&mut |answer| told.push(answer), halt)
    }

    /// The same; where the beginning of the answer is known earlier, it is told.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub fn answer_from_the_beginning(
        self,
        tell: &mut dyn FnMut(Answer),
        halt: &Halt,
    ) -> Result<Answer, Halted> {
        Ok(match self {
            Heavy::Survey(question, previous) => {
                let previous = previous.as_deref();
                let mut begun = |survey| tell(Answer::Selected(Arc::new(survey)));
                let survey = survey_from_the_beginning(*question, previous, &mut begun, halt)?;
                Answer::Survey(Arc::new(survey))
            }
            Heavy::Scatter(of, sight) => {
                let scatter = Arc::new(scatter(&of, &sight, halt)?);
                Answer::Scatter(of, scatter)
            }
            Heavy::ScatterAhead(of, sight) => {
                let scatter = Arc::new(scatter(&of, &sight, halt)?);
                Answer::ScatterAhead(of, scatter)
            }
            Heavy::Order(of, sort, marks, previous) => {
                let previous = previous.as_deref();
                let mut begun = |order| tell(Answer::Beginning(Arc::new(order)));
                let order =
                    order_from_the_beginning(&of, sort, &marks, previous, &mut begun, halt)?;
                Answer::Order(Arc::new(order))
            }
            Heavy::Marks(roster, verdicts) => {
                Answer::Marks(Arc::new(marks(&roster, &verdicts, halt)?))
            }
            Heavy::Forecast(question) => Answer::Forecast(Arc::new(forecast(&question, halt)?)),
            Heavy::GoalPair(question, goals) => {
                Answer::GoalPair(Arc::new(goal_pair(&question, goals, halt)?))
            }
            Heavy::Peers(roster, account) => {
                Answer::Peers(Arc::new(peers(&roster, account, halt)?))
            }
            Heavy::Estimates(roster, playbook, table) => {
                Answer::Estimates(estimated(&roster, &playbook, &table, halt)?)
            }
            Heavy::Lines(of) => {
                of.fit_lines(halt)?;
                Answer::Lines
            }
            Heavy::Letters(of) => Answer::Letters(of.prepare_search(halt)?),
            Heavy::Foresee(of) => {
                let mut begun = |foreseen: &_| tell(Answer::Foreseeing(Arc::clone(foreseen)));
                Answer::Foreseen(of.foresee(&mut begun, halt)?)
            }
            Heavy::Ranks(of) => {
                of.rank_for_goals(halt)?;
                Answer::Ranks
            }
            Heavy::Ahead(of) => {
                of.look_ahead(halt)?;
                Answer::Ahead
            }
            Heavy::Duplicates(roster) => Answer::Duplicates(Arc::new(duplicates(&roster, halt)?)),
            Heavy::Mix(of, balance) => Answer::Mix(Arc::new(unless_halted(of.mix(balance, halt))?)),
            Heavy::Mixes(of) => {
                let mixes = unless_halted(of.front(halt))?;
                Answer::Mixes(Arc::new(mixes.unwrap_or_default()))
            }
            Heavy::Reliefs(of, balance) => Answer::Reliefs(Arc::new(of.relief(balance, halt)?)),
            Heavy::Swap(of, mix, account) => {
                let found = match mix.as_ref() {
                    Ok(mix) => unless_halted(of.alternatives(mix, account, halt))?,
                    Err(_) => Ok(None),
                };
                Answer::Swap(Arc::new(found.unwrap_or_default()))
            }
            Heavy::Picks(roster, picks) => Answer::Picks(Arc::new(marks(&roster, &picks, halt)?)),
            Heavy::Matches(of) => Answer::Matches(of.tally_matches(halt)?.map(Arc::new)),
            Heavy::Facets(roster, facet) => {
                let counts = facets(&roster, None, facet, halt)?;
                Answer::Facets(Arc::new((facet, counts)))
            }
            Heavy::Renewal(renewal) => Answer::Renewal(Box::new(renewal.answer(halt)?)),
        })
    }
}

/// A mix, or why there is none; unless the question was stopped.
fn unless_halted<T>(answer: Result<T, Refusal>) -> Result<Result<T, Refusal>, Halted> {
    match answer {
        Err(Refusal::Halted) => Err(Halted),
        answer => Ok(answer),
    }
}

/// The answer to a [`Heavy`] question.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Heavy::Survey`].
    Survey(Arc<Survey>),
    /// To [`Heavy::Survey`] too, before that: which accounts they are, not counted yet.
    Selected(Arc<Survey>),
    /// To [`Heavy::Order`].
    Order(Arc<Order>),
    /// To [`Heavy::Order`] too, before that: the first accounts of the same order.
    Beginning(Arc<Order>),
    /// To [`Heavy::Scatter`], with what it was drawn of.
    Scatter(Arc<Survey>, Arc<Scatter>),
    /// To [`Heavy::Duplicates`].
    Duplicates(Arc<Duplicates>),
    /// To [`Heavy::Estimates`].
    Estimates(Arc<Roster>),
    /// To [`Heavy::Mix`]: the mix, or why there is none.
    Mix(Arc<Result<Mix, Refusal>>),
    /// To [`Heavy::Mixes`]; nothing where there are none.
    Mixes(Arc<Vec<Point>>),
    /// To [`Heavy::Reliefs`]: where there is no mix, the limits without which there is one.
    Reliefs(Arc<Result<Reliefs, Vec<Limit>>>),
    /// To [`Heavy::Swap`].
    Swap(Arc<Option<Alternatives>>),
    /// To [`Heavy::Picks`].
    Picks(Arc<Marks>),
    /// To [`Heavy::Matches`]; `None` when nothing can match.
    Matches(Option<Arc<Pyramid>>),
    /// To [`Heavy::Facets`].
    Facets(Arc<(Facet, FacetCounts)>),
    /// To [`Heavy::Forecast`].
    Forecast(Arc<Vec<Forecast>>),
    /// To [`Heavy::GoalPair`].
    GoalPair(Arc<[Side; 2]>),
    /// To [`Heavy::Peers`].
    Peers(Arc<Option<Peers>>),
    /// To [`Heavy::Lines`]: the survey knows them now.
    Lines,
    /// To [`Heavy::ScatterAhead`]: the survey that was drawn, and the drawing.
    ScatterAhead(Arc<Survey>, Arc<Scatter>),
    /// To [`Heavy::Letters`].
    Letters(Option<Arc<Concordance>>),
    /// To [`Heavy::Foresee`].
    Foreseen(Arc<Foreseen>),
    /// To [`Heavy::Foresee`] too, before that: where it is being written down, which has to be kept so long.
    Foreseeing(Arc<Foreseen>),
    /// To [`Heavy::Ranks`]: the survey knows them now.
    Ranks,
    /// To [`Heavy::Ahead`]: the survey knows them now.
    Ahead,
    /// To [`Heavy::Marks`].
    Marks(Arc<Marks>),
    /// To [`Heavy::Renewal`].
    Renewal(Box<Renewed>),
}

/// The number of a reading of the files, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Round(pub u32);

impl Round {
    /// The round after this one.
    #[must_use]
    pub fn next(self) -> Round {
        Round(self.0.wrapping_add(1))
    }
}

/// What the state asks of the world.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read the files again as this round, with what the user says of their columns; rounds before it stop.
    Read(Round, Mappings),
    /// Remember what the user says of the columns of tables with this header; nothing is said when it is open.
    Keep(Fingerprint, Mapping),
    /// Remember what was decided and noted of an account of the roster in this place; an empty remark has it forgotten.
    KeepVerdict(String, Signature, Remark),
    /// Save a mix of the roster in this place.
    KeepMix(String, Box<SavedMix>),
    /// Forget the mix of this name of the roster in this place.
    ForgetMix(String, String),
    /// Remember what the user assumes of the reach of a post.
    KeepRates(OwnRates),
    /// Answer this; a newer question of the same kind replaces it.
    Ask(Ticket, Heavy),
    /// Leave.
    Quit,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::filter::Filter;
    use crate::query::sample;

    #[test]
    fn the_accounts_of_a_survey_are_told_before_they_are_counted() {
        let rows = [1_000, 2_000, 3_000].map(|followers| sample::row(followers, Some(20), None));
        let whole = Arc::new(sample::surveyed(&rows, None, Filter::default()));
        let mut question = whole.question.clone();
        question.filter.min_followers = Some(2_000);
        let asked = Heavy::Survey(Box::new(question), Some(Arc::clone(&whole)));
        let mut told = Vec::new();
        let mut tell = |answer| told.push(answer);
        let answer = asked.answer_from_the_beginning(&mut tell, &Halt::new());
        let (Answer::Survey(found), [Answer::Selected(begun)]) = (answer.unwrap(), told.as_slice())
        else {
            unreachable!("{told:?}");
        };
        assert_eq!((begun.shown, &begun.selected), (2, &found.selected));
        assert_eq!(begun.pyramid, whole.pyramid);
        assert_ne!(found.pyramid, whole.pyramid);
    }
}
