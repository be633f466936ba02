//! How the mix is looked at, and what is asked of it beside its terms: the pages of its screen, who must be booked and
//! who must not, and the mixes that were saved.

use crate::domain::saved_mix::SavedMix;
use crate::domain::verdict::{Remark, Verdict, Verdicts};
use crate::query::mix::footing::Footing;
use crate::query::mix::terms::Limit;
use std::sync::Arc;

/// A page of the screen of the mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MixPage {
    /// The terms, and what the mix and its extremes come to.
    Figures,
    /// Who is booked, and who is not to be.
    Accounts,
    /// Limits per tier and platform, and on prices.
    Limits,
    /// What each limit costs.
    Costs,
    /// The mixes that were saved.
    Saved,
}

impl MixPage {
    /// All pages, in the order in which they are gone through.
    pub const ALL: [MixPage; 5] = [
        MixPage::Figures,
        MixPage::Accounts,
        MixPage::Limits,
        MixPage::Costs,
        MixPage::Saved,
    ];

    /// The page so many further, going round.
    #[must_use]
    pub fn turned(self, by: isize) -> MixPage {
        let len = MixPage::ALL.len().cast_signed();
        let at = (self as isize + by).rem_euclid(len);
        MixPage::ALL[at.cast_unsigned()]
    }
}

/// What is asked of a mix of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick {
    /// It is booked in any case.
    Must,
    /// It is not booked.
    Not,
}

/// What is asked of the mix beside its terms, and what was saved of it.
#[derive(Debug, Clone, Default)]
pub struct Mixing {
    /// Who must be booked, as *yes*, and who must not, as *no*, by what they are known by.
    pub picks: Arc<Verdicts>,
    /// Whether a verdict *yes* is a pick to be booked and a *no* one not to be, where nothing else was picked.
    pub by_verdicts: bool,
    /// The mixes that were saved of this roster.
    pub saved: Vec<SavedMix>,
    /// The place in the list of the mix that was chosen to be compared.
    pub chosen: Option<usize>,
    /// The saved mix that the terms were taken from.
    pub loaded: Option<SavedMix>,
    /// What the mix that was asked for last stands on, while it is shown.
    pub footing: Option<Arc<Footing>>,
}

/// Two mixes side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The mixes.
    pub mixes: [SavedMix; 2],
    /// Places of the accounts of each that the other does not book.
    pub only: [Vec<usize>; 2],
}

impl Pair {
    /// Puts two mixes side by side.
    #[must_use]
    pub fn new(mixes: [SavedMix; 2]) -> Pair {
        let booked = mixes.each_ref().map(|mix| {
            let mut booked = Verdicts::default();
            for signature in &mix.booked {
                let yes = Some(Verdict::Yes);
                let remark = Remark {
                    verdict: yes,
                    note: String::new(),
                };
                booked.set(signature.clone(), remark);
            }
            booked
        });
        let only = [0, 1].map(|side: usize| {
            let own = mixes[side].booked.iter().enumerate();
            own.filter(|(_, signature)| booked[1 - side].find(signature).is_none())
                .map(|(at, _)| at)
                .collect()
        });
        Pair { mixes, only }
    }
}

/// A row of the limits: what it limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitRow {
    /// The accounts in all.
    Accounts,
    /// The price of each.
    Price,
    /// What handling each costs.
    Handling,
    /// Whether verdicts count as picks.
    Verdicts,
    /// The accounts of a standing or on a platform.
    Group(Limit),
}
