//! An account in a printed list: what tells which it is, and its size and rate. The lists add what they are about.

use super::sheet::Cell;
use crate::domain::field::{Facet, Field};
use crate::domain::roster::Account;
use crate::domain::tier::{Standing, TierScheme};
use crate::text::{number, part_of};
use crate::wording::Speaker;
use serde::Serialize;
use std::borrow::Cow;

/// Which account it is; the keys are those of the command line's contract.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a> {
    /// The file, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    pub(super) row: u64,
    /// Which of the accounts of its row, where rows list several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<u8>,
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) handle: Option<Cow<'a, str>>,
    pub(super) platform: Option<String>,
    pub(super) category: Option<String>,
    pub(super) city: Option<String>,
    pub(super) tier: Option<&'a str>,
    pub(super) followers: Option<u64>,
    pub(super) engagement_rate: Option<f64>,
}

impl<'a> Listed<'a> {
    /// The fields whose cells it shows.
    pub(super) const FIELDS: [Field; 5] = [
        Field::Name,
        Field::Handle,
        Field::Platform,
        Field::Category,
        Field::City,
    ];

    /// This account, its tier as the scheme has it.
    pub(super) fn of(scheme: &'a TierScheme, account: &Account<'a>) -> Listed<'a> {
        let joined = |facet| account.joined(facet).map(Cow::into_owned);
        let tier = match scheme.of(account.followers()) {
            Standing::Tier(id) => scheme.tier(id).map(|tier| tier.id.as_str()),
            Standing::Below | Standing::Unranked => None,
        };
        let handle = account.text(Field::Handle);
        let bare = |handle| part_of(handle, |it| it.strip_prefix('@').unwrap_or(it));
        Listed {
            file: account.source(),
            row: account.row(),
            account: account.slot(),
            name: account.text(Field::Name),
            handle: handle.map(bare),
            platform: joined(Facet::Platform),
            category: joined(Facet::Category),
            city: joined(Facet::City),
            tier,
            followers: account.followers(),
            engagement_rate: account.engagement_rate(),
        }
    }

    /// What tells which it is: file, row, account, name, handle and platform.
    pub(super) fn place_cells(&self) -> [Cell; 6] {
        [
            Cell::maybe(self.file),
            Cell::number(Some(self.row), |it| it.to_string()),
            Cell::number(self.account, |it| it.to_string()),
            self.name_cell(),
            Cell::maybe(self.handle.as_deref()),
            Cell::maybe(self.platform.as_deref()),
        ]
    }

    /// What it is: category, city, tier, followers and rate.
    pub(super) fn kind_cells(&self, scheme: &TierScheme, speaker: &Speaker<'_>) -> [Cell; 5] {
        let language = speaker.language;
        [
            Cell::maybe(self.category.as_deref()),
            Cell::maybe(self.city.as_deref()),
            self.tier_cell(scheme, speaker),
            Cell::number(self.followers, |it| number::compact(it, language)),
            Cell::number(self.engagement_rate, |it| number::percent(it, language)),
        ]
    }

    /// Its name, for people its handle where it has none.
    fn name_cell(&self) -> Cell {
        let (name, handle) = (self.name.as_deref(), self.handle.as_deref());
        Cell::maybe_named(name, name.or(handle))
    }

    /// Its tier, for people by its name.
    pub(super) fn tier_cell(&self, scheme: &TierScheme, speaker: &Speaker<'_>) -> Cell {
        let tier = self.tier.and_then(|id| scheme.tier(scheme.find(id)?));
        tier.map_or_else(Cell::default, |it| {
            Cell::named(&it.id, it.name.say(speaker.language))
        })
    }
}
