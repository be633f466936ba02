//! Messages: everything that can happen to the state.

use super::answers::Ticket;
use super::desk::{Panel, Room, Step};
use super::effect::{Answer, Round};
use super::overlay::Overlay;
use super::plot::Stretch;
use super::renewal::Change;
use crate::domain::reading::{Progress, Reading};
use crate::domain::sketch::Sketch;
use crate::query::order::SortKey;
use crate::query::sight::Towards;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// More of the roster has been read in this round.
    Arrived(Round, Box<Reading>, Progress),
    /// The roster has been read whole.
    Loaded(Round, Box<Reading>),
    /// The roster could not be read; what to say about it.
    LoadFailed(Round, Refusal),
    /// A worker has answered.
    Answered(Ticket, Answer),
    /// The files on disk are no longer as they were when this round of reading them began.
    Changed(Round, Change),
    /// Read the files again.
    ReadAgain,
    /// The screen has room for this.
    Room(Room),

    /// Give a panel the focus.
    Focus(Panel),
    /// Move the focus this many panels round.
    FocusBy(isize),
    /// Give the focused panel the whole screen, or the desk back.
    ToggleZoom,
    /// Move the cursor of the roster.
    Move(Step),
    /// Move the cursor of the roster to the next account on the trade-off.
    Neighbour(Towards),
    /// Move the cursor of the roster to the account that stands furthest in this direction of the trade-off.
    Extreme(Towards),
    /// Move the cursor of the roster to the next account of the front, from reach to engagement (or, false, back).
    AlongFront(bool),
    /// Move the cursor of the roster to the account nearest to this cell of the plot, from the left and the bottom.
    PointAt(u16, u16),
    /// Move the cursor of the roster to the next listed account on the same spot of the plot (or, false, back).
    Here(bool),
    /// Begin a box around the account under the cursor, or keep the one that is being drawn.
    StartBox,
    /// Move the corner of the box that is being drawn.
    StretchBox(Stretch),
    /// Draw a box from one cell of the plot to another.
    BoxOver((u16, u16), (u16, u16)),
    /// Keep the box that is being drawn.
    KeepBox,
    /// Look nearer at the trade-off (or, false, from further away).
    ZoomPlot(bool),
    /// Look at all of the trade-off.
    WholePlot,
    /// Spread the followers (or, false, the rates) of the trade-off by equal factors, or by equal differences.
    Spread(bool),
    /// List only the front, from reach to engagement, or all again.
    ToggleFront,
    /// Scroll the columns of the roster by this many.
    Columns(isize),
    /// Go to the next (or, false, the previous) hit: the next match of the goal, or the next account when a
    /// search is on or there is no goal.
    Hit(bool),
    /// Move the cursor of the pyramid to this tier, counted from the bottom.
    TierCursor(usize),
    /// Show only this tier, counted from the bottom, or also it when others are shown already; again: not.
    ToggleTier(usize),
    /// Show the accounts below the pyramid, or not.
    ToggleBelow,
    /// Show the accounts whose followers are unknown, or not.
    ToggleUnranked,
    /// Show all tiers.
    AllTiers,
    /// Use the next tier scheme.
    NextScheme,
    /// Let the width of the pyramid mean the next thing.
    NextMeasure,
    /// Show only matches, or all accounts with the matches bright.
    ToggleOnlyMatches,
    /// Sort by this key; again: the other way round.
    SortBy(SortKey),
    /// Leave accounts that repeat an earlier one out, or take them in again.
    ToggleDuplicates,
    /// Estimate unknown prices from the next published ones, or, after the last, no longer.
    NextEstimates,
    /// Estimate no prices.
    DropEstimates,
    /// Give the account under the cursor the next verdict: yes, backup, no, none.
    NextVerdict,
    /// Turn the sort round.
    ReverseSort,
    /// Forget all filters and the search.
    ResetFilters,
    /// Take the last filter away.
    DropFilter(DroppedFilter),

    /// Put an overlay over the desk.
    Open(Opening),
    /// Put the topmost overlay away and undo what it previewed.
    Back,
    /// Do what the topmost overlay is for.
    Accept,
    /// Move the cursor of the topmost overlay.
    List(Step),
    /// Take a value of the list in or out without closing it.
    Mark,
    /// A letter was typed into the topmost overlay.
    Typed(char),
    /// The last letter is taken away.
    Erase,
    /// All letters are taken away.
    EraseAll,
    /// Move the columns of the topmost overlay by this many places.
    Across(isize),
    /// Show the problems of the next kind.
    NextKind,
    /// Move the slider of the mix this many steps towards reach.
    Slide(isize),
    /// Show the page of the mix so many further.
    TurnPage(isize),
    /// Begin to type the term under the cursor of the mix with this letter.
    BeginTerm(char),
    /// Take away what stands under the cursor of the mix.
    Delete,
    /// Let a name be typed under which the mix is saved.
    NameMix,
    /// Put two mixes side by side.
    PairMixes,
    /// Let the tiers that stand side by side hold the matches alone, or all accounts.
    ToggleSides,
    /// Take everything back that was said of the columns of a file.
    ForgetSayings,
    /// Let the published rates of reach hold again for the role under the cursor.
    ForgetRate,
    /// What was said of columns could not be kept; why, cleaned.
    NotKept(String),
    /// Put the topmost overlay away, then let this happen.
    Run(Box<Msg>),

    /// Use the other language.
    NextLanguage,
    /// Use the next of this many themes.
    NextTheme(usize),
    /// Leave.
    Quit,
}

impl Msg {
    /// Whether it comes from the user, not from the loader, the workers, the disk or the size of the screen.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        !matches!(
            self,
            Msg::Arrived(..)
                | Msg::Loaded(..)
                | Msg::LoadFailed(..)
                | Msg::Answered(..)
                | Msg::Changed(..)
                | Msg::NotKept(_)
                | Msg::Room(_)
        )
    }
}

/// Why a roster could not be read.
#[derive(Debug, Clone, Default)]
pub struct Refusal {
    /// What to say about it, cleaned.
    pub why: String,
    /// The table in which no column of follower counts was found, where that is why.
    pub sketch: Option<Box<Sketch>>,
}

/// Which overlay to open; what it starts with comes from the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// See [`Overlay::Search`].
    Search,
    /// See [`Overlay::Goals`].
    Goals,
    /// See [`Overlay::Facets`].
    Facets,
    /// See [`Overlay::Sorts`].
    Sorts,
    /// See [`Overlay::Tier`]: the tier under the cursor of the pyramid.
    Tier,
    /// See [`Overlay::Account`].
    Account,
    /// See [`Overlay::Help`].
    Help,
    /// See [`Overlay::Problems`].
    Problems,
    /// See [`Overlay::Sides`].
    Sides,
    /// See [`Overlay::Mix`].
    Mix,
    /// See [`Overlay::Decisions`].
    Decisions,
    /// See [`Overlay::Columns`].
    Columns,
    /// See [`Overlay::Values`]: the first need of the goal.
    Need,
    /// See [`Overlay::Verdicts`].
    Verdicts,
    /// See [`Overlay::Forecast`].
    Forecast,
    /// See [`Overlay::Population`].
    Population,
    /// See [`Overlay::Rates`].
    Rates,
    /// See [`Overlay::Compare`].
    Compare,
    /// See [`Overlay::GoalPair`]: the goal in use and the one under the cursor of the list.
    GoalPair,
    /// See [`Overlay::Note`]: of the account under the cursor.
    Note,
}

/// A filter that can be taken away alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DroppedFilter {
    /// The choice of standings.
    Standings,
    /// The choice of a facet.
    Facet(crate::domain::field::Facet),
    /// Fewest followers.
    MinFollowers,
    /// Most followers.
    MaxFollowers,
    /// Highest price.
    MaxPrice,
    /// The box on the scatter.
    Region,
    /// The wish to see only the front.
    Front,
    /// The search text.
    Search,
    /// Accounts that repeat an earlier one.
    Duplicates,
    /// The choice of verdicts.
    Verdicts,
}

impl Opening {
    /// Whether an overlay is the one that this opens.
    #[must_use]
    pub fn opens(self, overlay: &Overlay) -> bool {
        matches!(
            (self, overlay),
            (Opening::Search, Overlay::Search { .. })
                | (Opening::Goals, Overlay::Goals { .. })
                | (Opening::Facets, Overlay::Facets { .. })
                | (Opening::Sorts, Overlay::Sorts { .. })
                | (Opening::Tier, Overlay::Tier { .. })
                | (Opening::Account, Overlay::Account { .. })
                | (Opening::Help, Overlay::Help { .. })
                | (Opening::Problems, Overlay::Problems { .. })
                | (Opening::Mix, Overlay::Mix { .. })
                | (Opening::Sides, Overlay::Sides { .. })
                | (Opening::Decisions, Overlay::Decisions { .. })
                | (Opening::Columns, Overlay::Columns { .. })
                | (Opening::Need, Overlay::Values { .. })
                | (Opening::Verdicts, Overlay::Verdicts { .. })
                | (Opening::Note, Overlay::Note { .. })
                | (Opening::Forecast, Overlay::Forecast { .. })
                | (Opening::Population, Overlay::Population { .. })
                | (Opening::Rates, Overlay::Rates { .. })
                | (Opening::Compare, Overlay::Compare { .. })
                | (Opening::GoalPair, Overlay::GoalPair { .. })
        )
    }
}
