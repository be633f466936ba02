//! A chunk: some thousands of accounts, filled once and never changed after.

use super::bits::Bits;
use super::cells::Cells;
use super::codes::Codes;
use super::counts::Counts;
use super::decimals::Decimals;
use super::lines::Lines;
use super::vocabulary::Vocabulary;
use crate::domain::field::Facet;
use crate::domain::price::Price;
use std::sync::Arc;

/// Where an account stands in a file whose rows can list several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its row, counted from the first row of the chunk.
    pub row: u32,
    /// Which of the accounts of its row it is, from 0.
    pub slot: u8,
}

/// Accounts in columns. All columns have the same length.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// Number of the file that its accounts stand in, from 0.
    pub file: u32,
    /// Data row of the first account, from 1; the others follow it, unless [`Chunk::places`] says otherwise.
    pub first_row: u64,
    /// Where each account stands, when a row can list several.
    pub places: Option<Vec<Slot>>,
    /// On which line each row starts.
    pub lines: Lines,
    /// Followers.
    pub followers: Counts,
    /// Engagement rate as a fraction.
    pub engagement_rate: Decimals,
    /// What the rate is a rate of, where that is not followers: views or reach of an average post.
    pub rate_base: Option<Decimals>,
    /// Accounts whose stated rate is contradicted by their own likes and comments.
    pub contradicted: Bits,
    /// Price of one post in the roster's currency; the upper end of a range. Estimates stand here too, where they are on.
    pub price: Decimals,
    /// Accounts whose price is estimated; nothing in a roster without estimates.
    pub estimated: Bits,
    /// Accounts whose price is in another currency than the roster's, and so is not known here.
    pub other_currency: Bits,
    /// Lower end of a price range; `None` when no price of the chunk is a range.
    pub price_low: Option<Decimals>,
    /// The columns of the file, in its order, as they stand there; shared by rosters of the same accounts.
    pub cells: Arc<Vec<Cells>>,
    /// A platform inferred for each account (a cell of its vocabulary) where the file has no such column.
    pub inferred_platform: Option<Codes>,
    accounts: usize,
}

impl Chunk {
    /// Counts so many more accounts; every column must have grown by as many places.
    pub fn grow(&mut self, accounts: usize) {
        self.accounts += accounts;
    }

    /// A copy that takes no more memory than it needs, whatever growing took, and shares none.
    #[must_use]
    pub fn copied(&self) -> Chunk {
        self.with(self.cells.iter().map(Cells::compact).collect())
    }

    /// Such a copy with these columns of the file, which are taken as they are.
    #[must_use]
    pub fn with(&self, columns: Vec<Cells>) -> Chunk {
        Chunk {
            file: self.file,
            first_row: self.first_row,
            places: self.places.clone(),
            lines: self.lines.clone(),
            followers: self.followers.clone(),
            engagement_rate: self.engagement_rate.compact(),
            rate_base: self.rate_base.as_ref().map(Decimals::compact),
            contradicted: self.contradicted.clone(),
            price: self.price.compact(),
            estimated: self.estimated.clone(),
            other_currency: self.other_currency.clone(),
            price_low: self.price_low.as_ref().map(Decimals::compact),
            cells: Arc::new(columns),
            inferred_platform: self.inferred_platform.as_ref().map(Codes::compact),
            accounts: self.accounts,
        }
    }

    /// Forgets all accounts, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.accounts = 0;
        self.places = None;
        self.lines.clear();
        self.followers.clear();
        for numbers in [&mut self.engagement_rate, &mut self.price] {
            numbers.clear();
        }
        self.rate_base = None;
        self.contradicted.clear();
        self.other_currency.clear();
        self.price_low = None;
        self.cells = Arc::default();
        self.inferred_platform = None;
    }

    /// Gives the cells of a facet other numbers: `renamed` has that of each one before. Numbers beyond stay.
    pub fn recode(&mut self, facet: Facet, renamed: &[u32]) {
        let inferred = match facet {
            Facet::Platform => self.inferred_platform.as_mut(),
            _ => None,
        };
        let cells = Arc::make_mut(&mut self.cells).iter_mut();
        let interned = cells.filter_map(|cells| match cells {
            Cells::Interned { facet: of, codes } if *of == facet => Some(codes),
            _ => None,
        });
        for codes in interned.chain(inferred) {
            codes.recode(renamed);
        }
    }

    /// Number of accounts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.accounts
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts == 0
    }

    /// The data row of an account, from 1.
    #[must_use]
    pub fn row(&self, at: usize) -> u64 {
        let place = self.places.as_ref().and_then(|places| places.get(at));
        self.first_row + place.map_or(at as u64, |place| u64::from(place.row))
    }

    /// The line on which the row of an account starts, from 1; 0 where none is known.
    #[must_use]
    pub fn line(&self, at: usize) -> u64 {
        self.lines.line((self.row(at) - self.first_row) as u32)
    }

    /// The first account of a data row, where the chunk has it.
    #[must_use]
    pub fn first_in(&self, row: u64) -> Option<usize> {
        let within = row.checked_sub(self.first_row)?;
        let at = match &self.places {
            Some(places) => places.partition_point(|place| u64::from(place.row) < within),
            None => usize::try_from(within).ok()?,
        };
        (at < self.accounts && self.row(at) == row).then_some(at)
    }

    /// Which of the accounts of its row an account is, from 0, where rows list several.
    #[must_use]
    pub fn slot(&self, at: usize) -> Option<u8> {
        let places = self.places.as_ref()?;
        places.get(at).map(|place| place.slot)
    }

    /// Expected interactions of one post: the rate times what it is a rate of.
    #[must_use]
    pub fn engagements(&self, at: usize) -> Option<f64> {
        let rate = self.engagement_rate.known(at)?;
        let base = match &self.rate_base {
            Some(base) => base.known(at)?,
            None => self.followers.known(at)? as f64,
        };
        Some(rate * base)
    }

    /// What one post costs.
    #[must_use]
    pub fn priced(&self, at: usize) -> Price {
        let low = self.price_low.as_ref().and_then(|low| low.known(at));
        match self.price.known(at) {
            Some(high) if self.estimated.has(at) => Price::Estimated {
                low: low.unwrap_or(high),
                high,
            },
            Some(high) => Price::Known { low, high },
            None if self.other_currency.has(at) => Price::OtherCurrency,
            None => Price::Unknown,
        }
    }

    /// The same accounts with the prices of this column; the cells of the file are shared.
    #[must_use]
    pub fn repriced(&self, estimate: impl Fn(usize) -> Option<(f64, f64)>) -> Chunk {
        let (mut price, mut low) = (Decimals::default(), Decimals::default());
        let mut estimated = Bits::default();
        for at in 0..self.accounts {
            let own = self.priced(at);
            let range = match own {
                Price::Unknown => estimate(at),
                _ => None,
            };
            estimated.push(range.is_some());
            price.push(range.map(|(_, high)| high).or(own.amount()));
            low.push(match (range, own) {
                (Some((low, _)), _) => Some(low),
                (None, Price::Known { low, .. }) => low,
                (None, _) => None,
            });
        }
        Chunk {
            price: price.compact(),
            price_low: Some(low.compact()),
            estimated,
            cells: Arc::clone(&self.cells),
            ..self.clone()
        }
    }

    /// Price per engagement, where both are known and there are engagements.
    #[must_use]
    pub fn cpe(&self, at: usize) -> Option<f64> {
        let engagements = self.engagements(at).filter(|count| *count > 0.0)?;
        Some(self.price.known(at)? / engagements)
    }

    /// Price per 1,000 followers, where both are known and there are followers.
    #[must_use]
    pub fn cpm(&self, at: usize) -> Option<f64> {
        let followers = self.followers.known(at).filter(|count| *count > 0)?;
        Some(self.price.known(at)? * 1000.0 / followers as f64)
    }

    /// The cell codes of every column of a facet, an inferred platform last; one code per account in each. It is a mistake
    /// to ask for those of a column that was not kept.
    pub fn coded(&self, facet: Facet) -> impl Iterator<Item = &Codes> {
        let inferred = match facet {
            Facet::Platform => self.inferred_platform.as_ref(),
            _ => None,
        };
        debug_assert!(
            !self.cells.contains(&Cells::Unkept { facet: Some(facet) }),
            "cells of a facet that were not kept"
        );
        self.cells
            .iter()
            .filter_map(move |cells| match cells {
                Cells::Interned { facet: of, codes } if *of == facet => Some(codes),
                _ => None,
            })
            .chain(inferred)
    }

    /// The cell codes of an account in all columns of a facet.
    pub fn codes(&self, facet: Facet, at: usize) -> impl Iterator<Item = u32> + '_ {
        self.coded(facet).filter_map(move |codes| codes.get(at))
    }

    /// The values of a facet that an account has, each once per column that names it.
    pub fn values<'a>(
        &'a self,
        facet: Facet,
        at: usize,
        vocabulary: &'a Vocabulary,
    ) -> impl Iterator<Item = u32> + use<'a> {
        self.codes(facet, at)
            .flat_map(|code| vocabulary.members(code).iter().copied())
    }
}
