//! Overlays: what lies over the desk until Esc or Enter puts it away.

use super::foresight::Foresight;
use super::mixing::{MixPage, Pair};
use super::term::Term;
use crate::domain::field::Facet;
use crate::domain::goal::Need;
use crate::domain::problem::ProblemKind;
use crate::domain::roster::AccountId;
use crate::domain::verdict::Verdict;
use crate::query::matching::Campaign;
use crate::query::order::Sort;

/// The verdicts that can be filtered by, in the order in which they are offered; `None` for accounts without one.
pub const VERDICTS: [Option<Verdict>; 4] = [
    Some(Verdict::Yes),
    Some(Verdict::Backup),
    Some(Verdict::No),
    None,
];

/// What a picked value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To fill a need of the goal: one value.
    Need(Need),
    /// To filter by a facet: any number of values.
    Filter(Facet),
}

impl Purpose {
    /// The facet whose values are offered.
    #[must_use]
    pub fn facet(self) -> Facet {
        match self {
            Purpose::Need(need) => need.facet(),
            Purpose::Filter(facet) => facet,
        }
    }

    /// The place of the first value in its list: a need is offered *leave open* before it.
    #[must_use]
    pub fn first_hit(self) -> usize {
        match self {
            Purpose::Need(_) => 1,
            Purpose::Filter(_) => 0,
        }
    }
}

/// Something that lies over the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// A line of text is being typed that narrows the roster with every letter.
    Search {
        /// The search before typing began; Esc brings it back.
        before: String,
        /// What the next letter is answered from, once it was worked out.
        foresight: Foresight,
    },
    /// The list of goals; the desk follows its cursor. Place 0 is *no goal*, goal `i` stands at place `i + 1`.
    Goals {
        /// Place of the cursor.
        cursor: usize,
        /// The goal before the list was opened; Esc brings it back.
        before: Option<Campaign>,
        /// The sort before the list was opened; Esc brings it back.
        sort: Sort,
        /// Whether only matches were shown before the list was opened.
        only_matches: bool,
    },
    /// Which facet to filter by, in the order of [`Facet::ALL`].
    Facets {
        /// Place of the cursor.
        cursor: usize,
    },
    /// The values of a facet, counted, narrowed by typing.
    Values {
        /// What they are for.
        purpose: Purpose,
        /// Letters typed to narrow the list.
        typed: String,
        /// Place of the cursor in the narrowed list.
        cursor: usize,
    },
    /// What to sort by.
    Sorts {
        /// Place of the cursor in [`crate::app::App::sort_keys`].
        cursor: usize,
    },
    /// What is said of a tier and the roster's own figures of it.
    Tier {
        /// Position of the tier in the scheme, from the bottom.
        tier: usize,
    },
    /// Everything that the file says of the account under the cursor.
    Account {
        /// First line shown.
        scroll: usize,
    },
    /// Which verdicts to filter by: the places of [`VERDICTS`].
    Verdicts {
        /// Place of the cursor.
        cursor: usize,
    },
    /// A note on the account under the cursor is being typed.
    Note {
        /// What stands there now.
        typed: String,
    },
    /// What the shortlist, the matches and all that is shown come to.
    Forecast {
        /// The first column shown.
        first: usize,
        /// First line shown.
        scroll: usize,
    },
    /// The people who could be reached at all are being typed.
    Population {
        /// What stands there now.
        typed: String,
    },
    /// The assumed rates of reach, of which one is chosen to be changed.
    Rates {
        /// Place of the cursor among the published rates.
        cursor: usize,
    },
    /// The rates of a role are being typed.
    Rate {
        /// Place of the role among the published rates.
        cursor: usize,
        /// What stands there now.
        typed: String,
    },
    /// The accounts of the shortlist side by side.
    Compare {
        /// The first account shown.
        first: usize,
        /// First line shown.
        scroll: usize,
    },
    /// Two goals side by side, by their places in the playbook.
    GoalPair {
        /// The goal on the left.
        left: usize,
        /// The goal on the right.
        right: usize,
    },
    /// All keys, searchable; Enter runs the entry.
    Help {
        /// Letters typed to narrow the list.
        typed: String,
        /// Place of the cursor in the narrowed list.
        cursor: usize,
    },
    /// Rows and cells that could not be used whole.
    Problems {
        /// The kind shown; `None` for all.
        kind: Option<ProblemKind>,
        /// Place of the cursor.
        cursor: usize,
    },
    /// The tiers side by side: accounts, reach, engagements, rates and prices.
    Sides {
        /// Whether the matches of the goal are shown alone.
        matches: bool,
    },
    /// The mix of a budget, beside its two extremes.
    Mix {
        /// The page that is shown.
        page: MixPage,
        /// Place of the cursor on it.
        cursor: usize,
        /// Whether the cursor stands on the most of a limit, not on the least.
        most: bool,
    },
    /// A term of the mix is being typed.
    Amount {
        /// The term.
        term: Term,
        /// What was typed.
        typed: String,
    },
    /// Who could take the place of an account of the mix.
    Swap {
        /// The account.
        account: AccountId,
        /// Place of the cursor, once it was moved.
        cursor: Option<usize>,
    },
    /// The name of the mix is being typed.
    Naming {
        /// What stands there now.
        typed: String,
    },
    /// Two mixes side by side.
    MixPair {
        /// The mixes.
        pair: Box<Pair>,
        /// First line shown.
        scroll: usize,
    },
    /// How the file was read.
    Decisions {
        /// First line shown.
        scroll: usize,
    },
    /// The columns of the files, and what each was taken for.
    Columns {
        /// Place of the cursor, counted over the columns of all files.
        cursor: usize,
    },
    /// What can be said of a column, narrowed by typing.
    Saying {
        /// The place of the column.
        place: usize,
        /// Letters typed to narrow the list.
        typed: String,
        /// Place of the cursor in the narrowed list.
        cursor: usize,
    },
}
