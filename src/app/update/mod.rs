//! The only place where the state changes.
//!
//! `update` takes a message and returns effects. Each file beside this one holds the changes of one concept:
//! what arrives from outside, what is shown, where the cursor stands, what lies over the desk.

mod ahead;
mod arrivals;
mod columns;
mod cursor;
mod duplicates;
mod estimates;
mod goals;
mod mix;
mod overlays;
mod pages;
mod plot;
mod problems;
mod rates;
mod renewal;
mod saved_mixes;
mod showing;
mod sides;
mod values;
mod verdicts;

use super::App;
use super::effect::Effect;
use super::msg::Msg;

impl App {
    /// Lets something happen to the state; the effects are what the state then asks of the world.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        if msg.is_asked_for() {
            self.refused = None;
        }
        if self.needs_the_whole_order(&msg) {
            return self.postpone(msg);
        }
        self.forget_postponed_at(&msg);
        match msg {
            Msg::Arrived(round, reading, progress) => self.arrive(round, *reading, progress),
            Msg::Loaded(round, reading) => self.finish(round, *reading),
            Msg::LoadFailed(round, refusal) => self.fail(round, refusal),
            Msg::Answered(ticket, answer) => self.take(ticket, answer),
            Msg::Room(room) => self.make_room(room),

            Msg::Focus(panel) => self.focus_on(panel),
            Msg::FocusBy(step) => self.focus_on(self.focus.round(step)),
            Msg::ToggleZoom => {
                self.zoomed = !self.zoomed;
                Vec::new()
            }
            Msg::Move(step) => self.move_cursor(step),
            Msg::Neighbour(towards) => self.move_on_trade_off(towards),
            Msg::Extreme(towards) => self.move_to_extreme(towards),
            Msg::AlongFront(forward) => self.move_along_front(forward),
            Msg::PointAt(x, y) => self.point_at((x, y)),
            Msg::Here(forward) => self.move_on_spot(forward),
            Msg::StartBox => self.start_box(),
            Msg::StretchBox(stretch) => self.stretch_box(stretch),
            Msg::BoxOver(from, to) => self.box_over(from, to),
            Msg::KeepBox => self.keep_box(),
            Msg::ZoomPlot(nearer) => self.zoom_plot(nearer),
            Msg::WholePlot => self.look_at(None),
            Msg::Spread(followers) => self.spread(followers),
            Msg::ToggleFront => self.toggle_front(),
            Msg::Columns(by) => self.scroll_columns(by),
            Msg::Hit(forward) => self.next_hit(forward),
            Msg::TierCursor(tier) => self.move_tier_cursor(tier),

            Msg::ToggleTier(tier) => self.toggle_tier(tier),
            Msg::ToggleBelow => self.toggle_standing(crate::domain::tier::Standing::Below),
            Msg::ToggleUnranked => self.toggle_standing(crate::domain::tier::Standing::Unranked),
            Msg::AllTiers => self.show_all_tiers(),
            Msg::NextScheme => self.next_scheme(),
            Msg::NextMeasure => {
                self.measure = self.measure.next();
                Vec::new()
            }
            Msg::ToggleOnlyMatches => self.toggle_only_matches(),
            Msg::SortBy(key) => self.sort_by(key),
            Msg::ToggleDuplicates => self.toggle_duplicates(),
            Msg::NextEstimates => self.next_estimates(),
            Msg::DropEstimates => self.drop_estimates(),
            Msg::NextVerdict => self.next_verdict(),
            Msg::ReverseSort => self.reverse_sort(),
            Msg::Changed(round, change) => self.notice(round, change),
            Msg::ReadAgain => self.read_again(),
            Msg::ResetFilters => self.reset_filters(),
            Msg::DropFilter(dropped) => self.drop_filter(&dropped),

            Msg::Open(opening) => self.open(opening),
            Msg::Back => self.go_back(),
            Msg::Accept => self.accept(),
            Msg::List(step) => self.move_in_list(step),
            Msg::Mark => self.mark(),
            Msg::Typed(letter) => self.type_letter(letter),
            Msg::Erase => self.erase(false),
            Msg::EraseAll => self.erase(true),
            Msg::Across(by) => self.move_across(by),
            Msg::NextKind => self.next_kind(),
            Msg::Slide(steps) => self.slide(steps),
            Msg::TurnPage(by) => self.turn_page(by),
            Msg::BeginTerm(letter) => self.begin_term(Some(letter)),
            Msg::Delete => self.delete_in_mix(),
            Msg::NameMix => self.open_naming(),
            Msg::PairMixes => self.open_pair(),
            Msg::ToggleSides => self.toggle_sides(),
            Msg::ForgetSayings => self.forget_sayings(),
            Msg::ForgetRate => self.forget_rate(),
            Msg::NotKept(why) => {
                self.refused = Some(self.fill("columns.not_kept", &[("why", &why)]));
                Vec::new()
            }
            Msg::Run(then) => {
                self.overlays.pop();
                self.update(*then)
            }

            Msg::NextLanguage => {
                self.language = self.language.next();
                Vec::new()
            }
            Msg::NextTheme(of) => {
                self.theme = (self.theme + 1) % of.max(1);
                Vec::new()
            }
            Msg::Quit => {
                self.left = true;
                vec![Effect::Quit]
            }
        }
    }
}
