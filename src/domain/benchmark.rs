//! Published bands of engagement rates per platform and size.

use super::tier::Role;
use crate::text::Localized;
use serde::Deserialize;

/// Where a rate stands in a published band table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Under the lowest cut.
    Low,
    /// Between the first and second cut.
    BelowAverage,
    /// Between the second and third cut.
    Average,
    /// Between the third and fourth cut.
    AboveAverage,
    /// Over the highest cut.
    High,
}

/// The cuts of one size of account. A cut that the source does not state is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandCuts {
    /// Fewest followers of the size, inclusive.
    pub from: u64,
    /// Where *below average* starts, as a fraction.
    pub below: Option<f64>,
    /// Where *average* starts, as a fraction.
    pub average: Option<f64>,
    /// Where *above average* starts, as a fraction.
    pub above: Option<f64>,
    /// Where *high* starts, as a fraction.
    pub high: Option<f64>,
}

/// A published table of engagement rates (fractions of followers) for one platform.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// Stable identifier.
    pub id: String,
    /// Identifier of the platform that the table is about.
    pub platform: String,
    /// Name on screen.
    pub name: Localized,
    /// Who published it, where and when.
    pub source: String,
    /// One row per size, smallest first.
    pub sizes: Vec<BandCuts>,
}

/// Which part of the followers sees one post, assumed for accounts in a role, as fractions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReachRate {
    /// The role.
    #[serde(rename = "id")]
    pub role: Role,
    /// With little luck.
    pub low: f64,
    /// In the middle.
    pub middle: f64,
    /// With much luck.
    pub high: f64,
    /// Where the rates come from.
    pub source: String,
}

impl Benchmark {
    /// The cuts for an account of this size; `None` below the smallest published size.
    #[must_use]
    pub fn cuts(&self, followers: u64) -> Option<&BandCuts> {
        self.sizes.iter().rev().find(|size| followers >= size.from)
    }

    /// The first follower count above the size that starts at `from`; `None` for the largest size.
    #[must_use]
    pub fn end(&self, from: u64) -> Option<u64> {
        self.sizes
            .iter()
            .map(|size| size.from)
            .find(|next| *next > from)
    }

    /// Where a rate (a fraction of followers) stands among accounts of its size.
    ///
    /// `None` when the table has no such size, or states too few cuts to tell.
    #[must_use]
    pub fn band(&self, followers: u64, rate: f64) -> Option<Band> {
        let cuts = self.cuts(followers)?;
        let ladder = [
            (cuts.high, Band::High, Band::AboveAverage),
            (cuts.above, Band::AboveAverage, Band::Average),
            (cuts.average, Band::Average, Band::BelowAverage),
            (cuts.below, Band::BelowAverage, Band::Low),
        ];
        let mut under = None;
        for (cut, at_or_over, beneath) in ladder {
            match cut {
                Some(cut) if rate >= cut => return Some(at_or_over),
                Some(_) => under = Some(beneath),
                None => return None,
            }
        }
        under
    }
}
