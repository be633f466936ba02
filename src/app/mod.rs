//! The state of the explorer and the only function that changes it.
//!
//! [`App::update`](update) takes a message and returns effects, which are values: questions for the workers, or
//! the wish to leave. No files, threads, clocks, terminals or keys here.

pub mod answers;
pub mod desk;
mod drawn;
pub mod effect;
pub mod foresight;
pub mod mix_terms;
pub mod mixing;
pub mod msg;
pub mod overlay;
pub mod plot;
pub mod population;
pub mod rates;
pub mod renewal;
pub mod saying;
pub mod term;
pub mod update;

use crate::domain::assumed::OwnRates;
use crate::domain::mapping::{Fingerprint, Mappings};
use crate::domain::playbook::Playbook;
use crate::domain::reading::{Progress, Reading};
use crate::domain::roster::{Account, Roster};
use crate::domain::tier::TierScheme;
use crate::domain::verdict::{Remark, Verdict, Verdicts};
use crate::query::filter::Filter;
use crate::query::matching::Campaign;
use crate::query::mix::terms::Terms;
use crate::query::order::Sort;
use crate::query::pyramid::Measure;
use crate::text::Language;
use crate::text::words::Words;
use answers::Answers;
use desk::{Cursor, Panel, Room};
use drawn::Drawn;
use effect::Round;
use mixing::Mixing;
use msg::Msg;
use overlay::Overlay;
use plot::Plot;
use renewal::{Change, Coming};
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

/// How far the roster is.
#[derive(Debug, Clone)]
pub enum Data {
    /// Chunks are arriving.
    Loading(Progress),
    /// Everything has been read.
    Ready,
    /// Everything has been read, and is being read again; what was read before is shown until then.
    Renewing(Progress),
    /// The file could not be read; what to say about it.
    Failed(String),
    /// A file has no column of follower counts that was found; the user is asked which it is.
    Unmapped,
}

/// The state of the explorer.
#[derive(Debug)]
pub struct App {
    /// The rules.
    pub playbook: Arc<Playbook>,
    /// The words on screen.
    pub words: Arc<Words>,
    /// The language of the screen.
    pub language: Language,
    /// Which theme is used, counted over those the terminal offers.
    pub theme: usize,
    /// How far the roster is.
    pub data: Data,
    /// Which reading of the files it is, from 0: each new one replaces those before it.
    pub round: Round,
    /// A reading that is whole, and shown once all that is shown of it has been worked out.
    pub coming: Option<Coming>,
    /// What became of the files on disk since this round of reading them began.
    pub change: Option<(Round, Change)>,
    /// Why the last renewal failed, until the next key.
    pub refused: Option<String>,
    /// What the user says of the columns, by header.
    pub mappings: Mappings,
    /// What is known to be said of them: that with which the files were last read whole.
    pub kept: Mappings,
    /// The headers for which the user was asked to look at the columns.
    pub asked: BTreeSet<Fingerprint>,
    /// The roster so far, and how it was read.
    pub reading: Reading,
    /// The roster as the file tells it, while the one that is shown has estimated prices.
    pub told: Option<Arc<Roster>>,
    /// The published prices that unknown ones are estimated from, by their identifier, where that is wished.
    pub estimates: Option<String>,
    /// Identifier of the tier scheme.
    pub scheme: String,
    /// The chosen goal; while the list of goals is open, the one under its cursor.
    pub campaign: Option<Campaign>,
    /// Which accounts are shown.
    pub filter: Filter,
    /// Whether accounts that repeat an earlier one are left out, once they are known.
    pub without_duplicates: bool,
    /// What was decided and noted of accounts.
    pub verdicts: Arc<Verdicts>,
    /// Under what the verdicts of this roster are remembered; `None` where they last as long as the program runs.
    pub place: Option<String>,
    /// The verdicts of the accounts that are shown, `None` for those without; empty for all.
    pub shown_verdicts: BTreeSet<Option<Verdict>>,
    /// How the roster is sorted.
    pub sort: Sort,
    /// What the width of the pyramid means.
    pub measure: Measure,
    /// The panel that keys go to.
    pub focus: Panel,
    /// Whether the focused panel has the whole screen.
    pub zoomed: bool,
    /// What is asked of the mix; a budget of 0 is none yet.
    pub terms: Terms,
    /// What is asked of the mix beside that, and what was saved of it.
    pub mixing: Mixing,
    /// The numbers of the accounts that the last mix books, with the roster that they are of, which they do not keep.
    pub booked: Option<(Weak<Roster>, Arc<[u32]>)>,
    /// What the user assumes of the reach of a post, in the place of what is published.
    pub rates: OwnRates,
    /// What lies over the desk, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The account under the cursor of the roster.
    pub cursor: Cursor,
    /// What goes beyond the beginning of an order, and happens once the whole order is there.
    pub postponed: Vec<Msg>,
    /// The tier under the cursor of the pyramid, counted from the bottom.
    pub tier_cursor: usize,
    /// How the scatter is looked at.
    pub plot: Plot,
    /// What was drawn of it last.
    drawn: Drawn,
    /// What the screen has room for.
    pub room: Room,
    /// The last answers, and which questions are open.
    pub answers: Answers,
    /// Whether the user has left.
    pub left: bool,
}

impl App {
    /// An explorer over a reading that is still empty.
    #[must_use]
    pub fn new(
        playbook: Arc<Playbook>,
        words: Arc<Words>,
        language: Language,
        reading: Reading,
    ) -> App {
        let scheme = playbook
            .schemes
            .first()
            .map(|scheme| scheme.id.clone())
            .unwrap_or_default();
        App {
            playbook,
            words,
            language,
            theme: 0,
            data: Data::Loading(Progress::default()),
            round: Round::default(),
            coming: None,
            change: None,
            refused: None,
            mappings: Mappings::new(),
            kept: Mappings::new(),
            asked: BTreeSet::new(),
            reading,
            told: None,
            estimates: None,
            scheme,
            campaign: None,
            filter: Filter::default(),
            without_duplicates: false,
            verdicts: Arc::default(),
            place: None,
            shown_verdicts: BTreeSet::new(),
            sort: Sort::default(),
            measure: Measure::default(),
            focus: Panel::default(),
            zoomed: false,
            terms: Terms::new(0.0),
            mixing: Mixing::default(),
            booked: None,
            rates: OwnRates::default(),
            overlays: Vec::new(),
            cursor: Cursor::default(),
            postponed: Vec::new(),
            tier_cursor: 0,
            plot: Plot::default(),
            drawn: Drawn::default(),
            room: Room::default(),
            answers: Answers::default(),
            left: false,
        }
    }

    /// The tier scheme in use.
    #[must_use]
    pub fn tier_scheme(&self) -> Option<&TierScheme> {
        self.playbook
            .scheme(&self.scheme)
            .or_else(|| self.playbook.schemes.first())
    }

    /// What became of the files on disk, to be said while they are not being read.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        match self.data {
            Data::Ready | Data::Failed(_) | Data::Unmapped => self.change.map(|(_, change)| change),
            Data::Loading(_) | Data::Renewing(_) => None,
        }
    }

    /// Whether no account has been read of a roster that is being read for the first time.
    #[must_use]
    pub fn has_nothing(&self) -> bool {
        matches!(self.data, Data::Loading(_)) && self.reading.roster.is_empty()
    }

    /// What was decided and noted of an account.
    #[must_use]
    pub fn remark(&self, account: &Account<'_>) -> Option<&Remark> {
        self.verdicts.of(account)
    }

    /// The topmost overlay.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last()
    }

    /// The word under this key in the language of the screen.
    #[must_use]
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.say(self.language, key)
    }

    /// The template under this key in the language of the screen, filled.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(self.language, key, values)
    }
}
