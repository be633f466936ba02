//! What arrives from outside: chunks of the roster, answers of the workers, the size of the screen.

use crate::app::answers::Ticket;
use crate::app::desk::Room;
use crate::app::effect::{Answer, Effect, Heavy, Round};
use crate::app::msg::Refusal;
use crate::app::{App, Data};
use crate::domain::reading::{Progress, Reading};
use crate::domain::roster::Roster;
use crate::query::filter::Filter;
use crate::query::order::Order;
use crate::query::question::Question;
use crate::query::survey::Survey;
use std::sync::Arc;

/// While fewer accounts are counted, all that arrives is counted at once.
const OFTEN: usize = 1 << 16;

/// One in how many accounts must be new to be counted before all are read, where only what is new is looked at; and
/// where all are, for the percentiles of a goal or to be sorted: doing that to what is half there would take as much as
/// the reading itself. How many were read is told at once.
const COUNTED: usize = 4;
const WEIGHED: usize = 2;
const SORTED: usize = 4;

/// How many times as many accounts as the plot shows there must be for it to be drawn anew before all are read, and the
/// share that may be read by then, unless nothing is drawn: what is drawn of half a file in memory is there hardly before all
/// of it is, and takes half as long.
const DRAWN: usize = 16;
const DRAWN_BEFORE: f64 = 0.5;

impl App {
    pub(super) fn arrive(
        &mut self,
        round: Round,
        reading: Reading,
        progress: Progress,
    ) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        // Followers were found: what was said of columns holds, even if the user leaves before the end.
        let mut effects = self.keep_sayings();
        if matches!(self.data, Data::Renewing(_)) {
            self.data = Data::Renewing(progress);
            return effects;
        }
        self.data = Data::Loading(progress);
        self.reading = reading;
        self.told = None;
        if self.answers.survey.is_waiting() || !self.has_grown_enough() {
            return effects;
        }
        effects.extend(self.ask_survey());
        effects
    }

    /// Whether so many accounts have come since the last survey that another is worth what it takes from the reading.
    fn has_grown_enough(&self) -> bool {
        let survey = self.answers.survey.answer();
        let counted = survey.map_or(0, |survey| survey.question.roster.len());
        let share = match self.campaign {
            None => COUNTED,
            Some(_) => WEIGHED,
        };
        counted < OFTEN || is_worth_more(counted, self.reading.roster.len(), share)
    }

    /// Whether less than half is read, or it is not known how much there is.
    fn is_early(&self) -> bool {
        match self.data {
            Data::Loading(progress) => progress.share().is_none_or(|share| share < DRAWN_BEFORE),
            _ => false,
        }
    }

    /// What is asked about a survey that has come; while the roster grows, only what so many new accounts are worth. Where its
    /// accounts are listed already, they are not listed again.
    fn follow(&mut self, survey: &Survey, growing: bool, listed: bool) -> Vec<Effect> {
        let (order, scatter) = (&self.answers.order, &self.answers.scatter);
        let sorted = order.answer().map_or(0, |order| order.len());
        let shown = survey.shown as usize;
        let few = sorted < OFTEN;
        let sort = !order.is_waiting() && (few || is_worth_more(sorted, shown, SORTED));
        let plotted = scatter.answer().map_or(0, |it| it.accounts()) as usize;
        let around = survey.around.count();
        let more = around > plotted && around / DRAWN >= plotted;
        let draw = !scatter.is_waiting() && more && (plotted == 0 || self.is_early());
        let mut effects = Vec::new();
        if (sort || !growing) && !listed {
            effects.extend(self.ask_order());
        }
        effects.extend(self.refresh_pages());
        if draw || !growing {
            effects.extend(self.ask_scatter());
        }
        effects.extend(self.ask_matches());
        effects.extend(self.ask_mix());
        effects
    }

    pub(super) fn finish(&mut self, round: Round, reading: Reading) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        if matches!(self.data, Data::Renewing(_)) {
            return self.prepare(reading);
        }
        self.data = Data::Ready;
        self.forget_change();
        self.reading = reading;
        self.told = None;
        self.ask_about_columns();
        let mut effects = self.keep_sayings();
        effects.extend(self.renew_duplicates());
        effects.extend(self.look_for_marks());
        effects.extend(self.look_for_picks());
        effects.extend(self.ask_survey());
        effects.extend(self.ask_estimates());
        effects
    }

    /// What was read before a renewal that fails stays, and with it what was said of the files. A file whose followers
    /// could not be found is asked about.
    pub(super) fn fail(&mut self, round: Round, refusal: Refusal) -> Vec<Effect> {
        if round != self.round {
            return Vec::new();
        }
        match (&self.data, refusal.sketch) {
            (Data::Renewing(_), sketch) => {
                self.data = Data::Ready;
                self.refused = Some(match sketch {
                    // What was said last left no followers: it does not hold.
                    Some(_) if self.mappings != self.kept => {
                        self.say("columns.without_followers").to_owned()
                    }
                    _ => self.fill("reload.refused", &[("why", &refusal.why)]),
                });
                self.mappings.clone_from(&self.kept);
            }
            (_, Some(sketch)) => self.ask_for_followers(*sketch),
            (_, None) => self.data = Data::Failed(refusal.why),
        }
        self.look_ahead()
    }

    /// The question that the state as it is now puts to a roster.
    pub(super) fn question(&self, roster: &Arc<Roster>) -> Question {
        Question {
            roster: Arc::clone(roster),
            playbook: Arc::clone(&self.playbook),
            scheme: self.scheme.clone(),
            campaign: self.campaign.clone(),
            filter: self.filter_over(roster),
        }
    }

    /// The filter as it applies to this roster: which accounts repeat others is known of the one that is shown.
    fn filter_over(&self, roster: &Arc<Roster>) -> Filter {
        let mut filter = self.filter.clone();
        if !Arc::ptr_eq(roster, &self.reading.roster) {
            filter.left_out = None;
            filter.within = None;
        }
        filter
    }

    /// Asks for the selection, matches, front and pyramid of the state as it is now.
    pub(super) fn ask_survey(&mut self) -> Vec<Effect> {
        let question = self.question(&self.reading.roster);
        let previous = self.answers.survey.answer().cloned();
        let ticket = self.answers.next_ticket();
        self.answers.survey.ask(ticket);
        self.answers.forget_ahead();
        vec![Effect::Ask(
            ticket,
            Heavy::Survey(Box::new(question), previous),
        )]
    }

    /// Asks for the order of the last survey.
    pub(super) fn ask_order(&mut self) -> Vec<Effect> {
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        let ticket = self.answers.next_ticket();
        self.answers.order.ask(ticket);
        let marks = self.answers.marks.answer().cloned().unwrap_or_default();
        let previous = self.answers.order.answer().cloned();
        let order = Heavy::Order(survey, self.sort, marks, previous);
        vec![Effect::Ask(ticket, order)]
    }

    /// Asks for the scatter of the last survey, unless it is one of those drawn last. Where the screen has no room for
    /// one the lines alone are asked for, which are told of single accounts too.
    pub(super) fn ask_scatter(&mut self) -> Vec<Effect> {
        let Some(survey) = self.answers.survey.answer().cloned() else {
            return Vec::new();
        };
        let Some(sight) = self.sight() else {
            return self.fit_lines(&survey);
        };
        let ticket = self.answers.next_ticket();
        self.answers.scatter.ask(ticket);
        if let Some(drawn) = self.drawn.find(&survey.question, &sight) {
            let mut effects = self.fit_lines(&survey);
            effects.extend(self.take(ticket, Answer::Scatter(survey, drawn)));
            return effects;
        }
        // This stops the one that is drawn ahead.
        self.answers.scatter_ahead.clear();
        vec![Effect::Ask(ticket, Heavy::Scatter(survey, sight))]
    }

    /// Has the lines of a survey fitted where no scatter that is drawn does so.
    fn fit_lines(&mut self, survey: &Arc<Survey>) -> Vec<Effect> {
        if survey.lines().is_some() {
            return Vec::new();
        }
        let ticket = self.answers.next_ticket();
        vec![Effect::Ask(ticket, Heavy::Lines(Arc::clone(survey)))]
    }

    /// Takes an answer in, and asks for what follows from it.
    pub(super) fn take(&mut self, ticket: Ticket, answer: Answer) -> Vec<Effect> {
        let mut effects = self.take_in(ticket, answer);
        effects.extend(self.look_ahead());
        effects
    }

    fn take_in(&mut self, ticket: Ticket, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Survey(survey) => self.take_survey(ticket, &survey),
            Answer::Selected(survey) => self.take_selected(ticket, survey),
            Answer::Order(order) => {
                if self.answers.order.take(ticket, order) {
                    self.settle_cursor();
                    let mut effects = self.keep_in_view();
                    effects.extend(self.ask_peers());
                    effects.extend(self.catch_up());
                    return effects;
                }
                Vec::new()
            }
            Answer::Beginning(order) => self.take_beginning(ticket, order),
            Answer::Scatter(of, scatter) => {
                if self.answers.scatter.take(ticket, Arc::clone(&scatter)) {
                    self.drawn.keep(&of.question, &scatter);
                    return self.keep_in_view();
                }
                Vec::new()
            }
            Answer::Duplicates(found) => {
                if self.answers.duplicates.take(ticket, Arc::clone(&found)) {
                    return self.take_duplicates(&found);
                }
                Vec::new()
            }
            Answer::Estimates(roster) => self.take_estimates(ticket, roster),
            Answer::Mix(mix) => {
                if self.answers.mix.take(ticket, mix) {
                    return self.note_booked();
                }
                Vec::new()
            }
            Answer::Mixes(mixes) => {
                self.answers.mixes.take(ticket, mixes);
                Vec::new()
            }
            Answer::Reliefs(reliefs) => {
                self.answers.reliefs.take(ticket, reliefs);
                Vec::new()
            }
            Answer::Swap(swap) => {
                self.answers.swap.take(ticket, swap);
                Vec::new()
            }
            Answer::Picks(picks) => {
                if self.answers.picks.take(ticket, Arc::clone(&picks)) {
                    return self.take_picks(&picks);
                }
                Vec::new()
            }
            Answer::Matches(Some(matches)) => {
                self.answers.matches.take(ticket, matches);
                Vec::new()
            }
            Answer::Matches(None) => {
                self.answers.matches.clear();
                Vec::new()
            }
            Answer::Forecast(forecast) => {
                self.answers.forecast.take(ticket, forecast);
                Vec::new()
            }
            Answer::GoalPair(sides) => {
                self.answers.goal_pair.take(ticket, sides);
                Vec::new()
            }
            Answer::Peers(peers) => {
                self.answers.peers.take(ticket, peers);
                Vec::new()
            }
            Answer::Marks(marks) => {
                if self.answers.marks.take(ticket, marks) {
                    return self.take_marks();
                }
                Vec::new()
            }
            Answer::Facets(facets) => {
                self.answers.facets.take(ticket, facets);
                self.settle_list();
                Vec::new()
            }
            Answer::Ahead
            | Answer::ScatterAhead(..)
            | Answer::Letters(..)
            | Answer::Foreseen(..)
            | Answer::Foreseeing(..)
            | Answer::Lines
            | Answer::Ranks => {
                self.take_ahead(ticket, answer);
                Vec::new()
            }
            Answer::Renewal(renewed) => self.renew(ticket, *renewed),
        }
    }

    /// Lists the accounts of a survey that is on its way: they are being counted.
    fn take_selected(&mut self, ticket: Ticket, survey: Arc<Survey>) -> Vec<Effect> {
        if self.answers.survey.begin(ticket, survey) {
            self.ask_order()
        } else {
            Vec::new()
        }
    }

    /// Shows a survey, and asks for what stands on it; while the roster grows, for the next one too.
    fn take_survey(&mut self, ticket: Ticket, survey: &Arc<Survey>) -> Vec<Effect> {
        let old = !Arc::ptr_eq(&survey.question.roster, &self.reading.roster);
        let loading = matches!(self.data, Data::Loading(_));
        let before = self.answers.survey.answer();
        // What was told of it before stands in place of the answer to another question: that has not grown.
        let listed = self.answers.survey.has_begun();
        let goes_on = |before: &Arc<Survey>| survey.goes_on_from(before);
        let growing = loading && !listed && before.is_some_and(goes_on);
        if !self.answers.survey.take(ticket, Arc::clone(survey)) {
            return Vec::new();
        }
        let mut effects = self.follow(survey, growing, listed);
        if old && (!loading || self.has_grown_enough()) {
            effects.extend(self.ask_survey());
        }
        effects
    }

    /// Shows the beginning of the order that is on its way, unless the cursor is to stand beyond it.
    fn take_beginning(&mut self, ticket: Ticket, order: Arc<Order>) -> Vec<Effect> {
        let Some(place) = self.place_in(&order) else {
            return Vec::new();
        };
        if !self.answers.order.begin(ticket, order) {
            return Vec::new();
        }
        self.put_cursor_at(place);
        let mut effects = self.keep_in_view();
        effects.extend(self.ask_peers());
        effects
    }

    /// Takes in what there is room for. A scatter of another size is asked for, but not while a survey is on its way that
    /// will have one drawn, as each does but while a file is read: of the last survey it would take as long as the next, beside
    /// it, and be shown for a moment. Until then the plot stands in the new room as it was.
    pub(super) fn make_room(&mut self, room: Room) -> Vec<Effect> {
        let regrid = room.grid != self.room.grid;
        self.room = room;
        let comes = matches!(self.data, Data::Ready) && self.answers.survey.is_waiting();
        let mut effects = if regrid && !comes {
            self.ask_scatter()
        } else {
            Vec::new()
        };
        effects.extend(self.look_ahead());
        effects
    }
}

/// Whether, of so many accounts now and so many before, at least one for a `share` of those before is new.
fn is_worth_more(before: usize, now: usize, share: usize) -> bool {
    now > before && now - before >= before / share
}
