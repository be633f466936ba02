//! The roster: accounts in columns, in chunks that are never copied once made, shared as `Arc`.
//!
//! A chunk holds the cells of the file as they stand (so that one account can be shown whole) and, beside them,
//! the few figures that questions over all accounts need: followers, engagement rate, price. Text that repeats
//! (platform, category, city, country, language) is interned in a [`vocabulary::Vocabulary`].
//!
//! What an account takes, in bytes:
//!
//! | column | takes | for |
//! | --- | --- | --- |
//! | text of its own | its length, and 1.13 | showing and searching it as it stands |
//! | the same beyond ASCII, as long as somebody searches | its length without case and diacritics, and 1.13; every cell of such a column 0.13 | searching it as it is compared ([`folds`]) |
//! | text that repeats within a chunk | 1 | the same ([`repeated`]) |
//! | text written with few different bytes: figures, dates | half its length, and 1.13 | showing it as it stands ([`packed`]) |
//! | a cell of a facet | 1, 2 or 4, as the largest code of the chunk needs ([`codes`]) | filters, which look at each different cell once |
//! | followers | 4.13; 8.13 in a chunk where some have more than 4,294,967,295 ([`counts`]) | questions over all accounts, without a look at text |
//! | rate, price | 2.13 or 4.13 each where all of the chunk are whole numbers, below 2¹⁶ or 2³², of one decimal share; else 8.13 ([`decimals`]) | the same |
//! | contradicted, other currency | 0.13 each | telling why a figure is not believed |
//! | line | 16 where a row is not on the line after the one before | problems and notes |
//!
//! A list of 16 columns with names, handles and addresses comes to about as many bytes as its file has.

pub mod bits;
pub mod builder;
pub mod cells;
pub mod chunk;
pub mod codes;
pub mod column;
pub mod counts;
mod cuts;
pub mod decimals;
mod folded;
pub mod folds;
pub mod lent;
mod letters;
pub mod lines;
pub mod needle;
pub mod numbered;
pub mod numbers;
pub mod packed;
pub mod recent;
pub mod repeated;
pub mod room;
pub mod vocabulary;

use super::decision::{Notation, RateBasis};
use super::field::{Facet, Field};
use super::price::{Estimates, Price};
use cells::Cells;
use chunk::Chunk;
use column::CellKeys;
use std::borrow::Cow;
use std::sync::Arc;
use vocabulary::Vocabulary;

/// Number of an account in its roster, from 0, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub u32);

impl AccountId {
    /// The number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceColumn {
    /// The header as found, white space collapsed.
    pub header: String,
    /// What the column was taken for; `None` for one that is only shown.
    pub field: Option<Field>,
    /// How its counts are written, where it holds counts and all files of the roster write them alike.
    pub notation: Option<Notation>,
    /// Whether the roster has its cells. Those of a column that nobody asks for are read for their figures and for what is
    /// wrong with them, and let go.
    pub is_kept: bool,
}

/// The columns of a roster and what holds for all of its accounts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The columns of the file, in its order.
    pub columns: Vec<SourceColumn>,
    /// Whether any account can have an engagement rate.
    pub has_rates: bool,
    /// Whether any account can have a price.
    pub has_prices: bool,
    /// What the engagement rate is a rate of.
    pub basis: RateBasis,
    /// Currency of the prices as an ISO 4217 code; empty when the file does not say.
    pub currency: String,
    /// The names of the files when there are several.
    pub files: Vec<String>,
    /// From what unknown prices are estimated, where they are.
    pub estimates: Option<Estimates>,
}

impl Schema {
    /// Position of the first column taken for this field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.field == Some(field))
    }
}

/// The loaded accounts.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    schema: Arc<Schema>,
    vocabularies: [Arc<Vocabulary>; Facet::ALL.len()],
    chunks: Vec<Arc<Chunk>>,
    /// Number of the first account of each chunk.
    starts: Vec<u32>,
    accounts: u32,
}

/// One account of a roster: a place to read its figures and cells from.
#[derive(Debug, Clone, Copy)]
pub struct Account<'a> {
    roster: &'a Roster,
    chunk: &'a Chunk,
    within: usize,
    /// Its number.
    pub id: AccountId,
}

impl Roster {
    /// The most accounts that a roster can hold.
    pub const MOST: u32 = u32::MAX - 1;

    /// A roster of these chunks.
    #[must_use]
    pub fn new(
        schema: Arc<Schema>,
        vocabularies: [Arc<Vocabulary>; Facet::ALL.len()],
        chunks: Vec<Arc<Chunk>>,
    ) -> Roster {
        let mut starts = Vec::with_capacity(chunks.len());
        let mut accounts = 0u32;
        for chunk in &chunks {
            starts.push(accounts);
            accounts = accounts.saturating_add(chunk.len() as u32);
        }
        Roster {
            schema,
            vocabularies,
            chunks,
            starts,
            accounts,
        }
    }

    /// The same accounts in other chunks, of which each holds as many accounts as its own does.
    #[must_use]
    pub fn rebuilt(&self, schema: Schema, chunks: Vec<Arc<Chunk>>) -> Roster {
        Roster::new(Arc::new(schema), self.vocabularies.clone(), chunks)
    }

    /// Number of accounts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.accounts as usize
    }

    /// Whether there is no account.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts == 0
    }

    /// The columns of the file and what holds for all accounts.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The values of a facet.
    #[must_use]
    pub fn vocabulary(&self, facet: Facet) -> &Vocabulary {
        &self.vocabularies[facet.index()]
    }

    /// The chunks in order, each with the number of its first account.
    pub fn chunks(&self) -> impl Iterator<Item = (u32, &Chunk)> {
        self.starts
            .iter()
            .copied()
            .zip(self.chunks.iter().map(Arc::as_ref))
    }

    /// Whether this roster begins with all chunks of the other.
    #[must_use]
    pub fn has_grown_from(&self, other: &Roster) -> bool {
        let begun = self.chunks.get(..other.chunks.len());
        begun.is_some_and(|begun| {
            begun
                .iter()
                .zip(&other.chunks)
                .all(|(one, it)| Arc::ptr_eq(one, it))
        })
    }

    /// The roster as it was when so many of its chunks had come.
    #[cfg(test)]
    pub(crate) fn beginning(&self, chunks: usize) -> Roster {
        let begun = self.chunks.iter().take(chunks).cloned();
        Roster::new(
            Arc::clone(&self.schema),
            self.vocabularies.clone(),
            begun.collect(),
        )
    }

    /// The account with this number.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<Account<'_>> {
        if id.0 >= self.accounts {
            return None;
        }
        let at = self.chunk_of(id.0);
        Some(Account {
            roster: self,
            chunk: &self.chunks[at],
            within: (id.0 - self.starts[at]) as usize,
            id,
        })
    }

    /// The chunk that holds an account. Chunks are nearly alike, so it stands about where it would if they were.
    fn chunk_of(&self, row: u32) -> usize {
        let about = u64::from(row) * self.chunks.len() as u64 / u64::from(self.accounts.max(1));
        let holds = |at: &usize| {
            let begun = self.starts.get(*at).is_some_and(|start| *start <= row);
            begun && self.starts.get(at + 1).is_none_or(|start| *start > row)
        };
        let about = about as usize;
        let mut near = [about, about + 1, about.saturating_sub(1)].into_iter();
        let sought = || self.starts.partition_point(|start| *start <= row) - 1;
        near.find(holds).unwrap_or_else(sought)
    }

    /// The first account of a data row, from 1, of a file.
    #[must_use]
    pub fn in_row(&self, file: u32, row: u64) -> Option<Account<'_>> {
        let after = self
            .chunks
            .partition_point(|chunk| (chunk.file, chunk.first_row) <= (file, row));
        let at = after.checked_sub(1)?;
        let chunk = self.chunks.get(at).filter(|chunk| chunk.file == file)?;
        let within = chunk.first_in(row)?;
        self.account(AccountId(self.starts.get(at)? + within as u32))
    }

    /// A part of the key of an account's cell ([`column::CellKeys`]); 0 where the column has no text of its own.
    #[must_use]
    pub fn key_part(&self, id: AccountId, column: usize, skip: usize, keys: &mut CellKeys) -> u64 {
        let Some(account) = self.account(id) else {
            return 0;
        };
        let mut part = |cell: &str| keys.part(id.0, cell, skip);
        match account.chunk.cells.get(column) {
            Some(Cells::Text(cells)) => part(cells.get(account.within)),
            Some(Cells::Repeated(cells)) => part(cells.get(account.within)),
            Some(Cells::Packed(cells)) => cells.with(account.within, part),
            Some(Cells::Interned { .. } | Cells::Unkept { .. }) | None => 0,
        }
    }

    /// All accounts in order. For one pass over figures, [`Roster::chunks`] is faster.
    pub fn accounts(&self) -> impl Iterator<Item = Account<'_>> {
        self.chunks().flat_map(move |(start, chunk)| {
            (0..chunk.len()).map(move |within| Account {
                roster: self,
                chunk,
                within,
                id: AccountId(start + within as u32),
            })
        })
    }
}

impl<'a> Account<'a> {
    /// The fields that it can be called by, the best first.
    pub const CALLED_BY: [Field; 3] = [Field::Name, Field::Handle, Field::Url];

    /// The roster that it stands in.
    #[must_use]
    pub fn roster(&self) -> &'a Roster {
        self.roster
    }

    /// The chunk that holds it.
    #[must_use]
    pub fn chunk(&self) -> &'a Chunk {
        self.chunk
    }

    /// Its place in that chunk.
    #[must_use]
    pub fn within(&self) -> usize {
        self.within
    }

    /// Followers, where known.
    #[must_use]
    pub fn followers(&self) -> Option<u64> {
        self.chunk.followers.known(self.within)
    }

    /// Engagement rate as a fraction, where known.
    #[must_use]
    pub fn engagement_rate(&self) -> Option<f64> {
        self.chunk.engagement_rate.known(self.within)
    }

    /// Whether the stated rate is contradicted by the account's own likes and comments.
    #[must_use]
    pub fn rate_contradicted(&self) -> bool {
        self.chunk.contradicted.has(self.within)
    }

    /// Expected interactions of one post: the rate times what it is a rate of.
    #[must_use]
    pub fn engagements(&self) -> Option<f64> {
        self.chunk.engagements(self.within)
    }

    /// Price of one post in the roster's currency; the upper end of a range.
    #[must_use]
    pub fn price(&self) -> Option<f64> {
        self.chunk.price.known(self.within)
    }

    /// Lower end of the price of one post, where it is a range.
    #[must_use]
    pub fn price_low(&self) -> Option<f64> {
        self.chunk.price_low.as_ref()?.known(self.within)
    }

    /// What one post costs, and whether that is known.
    #[must_use]
    pub fn priced(&self) -> Price {
        self.chunk.priced(self.within)
    }

    /// Whether its price is estimated.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        self.chunk.estimated.has(self.within)
    }

    /// Price per engagement, where both are known and there are engagements.
    #[must_use]
    pub fn cpe(&self) -> Option<f64> {
        self.chunk.cpe(self.within)
    }

    /// Price per 1,000 followers, where both are known and there are followers.
    #[must_use]
    pub fn cpm(&self) -> Option<f64> {
        self.chunk.cpm(self.within)
    }

    /// The line of the file on which its row starts, from 1, where known.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        Some(self.chunk.line(self.within)).filter(|line| *line > 0)
    }

    /// Values of a facet, as numbers in its [`Vocabulary`].
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = u32> + use<'a> {
        self.chunk
            .values(facet, self.within, self.roster.vocabulary(facet))
    }

    /// The first value of a facet as text.
    #[must_use]
    pub fn value(&self, facet: Facet) -> Option<&'a str> {
        let code = self.values(facet).next()?;
        Some(self.roster.vocabulary(facet).value(code))
    }

    /// All values of a facet as text, each once, joined with a comma.
    #[must_use]
    pub fn joined(&self, facet: Facet) -> Option<Cow<'a, str>> {
        let vocabulary = self.roster.vocabulary(facet);
        let mut values = self.values(facet);
        let first = values.next()?;
        let mut seen = vec![first];
        let mut joined = Cow::Borrowed(vocabulary.value(first));
        for code in values {
            if seen.contains(&code) {
                continue;
            }
            seen.push(code);
            let value = vocabulary.value(code);
            let text = joined.to_mut();
            text.push_str(", ");
            text.push_str(value);
        }
        Some(joined)
    }

    /// The cell of a column of the file as it stands there, white space trimmed.
    #[must_use]
    pub fn cell(&self, column: usize) -> Cow<'a, str> {
        let Some(cells) = self.chunk.cells.get(column) else {
            return Cow::Borrowed("");
        };
        cells.get(self.within, |facet| self.roster.vocabulary(facet))
    }

    /// The cell of the first column taken for this field; `None` when there is none or it is blank.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<Cow<'a, str>> {
        let cell = self.cell(self.roster.schema.column(field)?);
        (!cell.is_empty()).then_some(cell)
    }

    /// What to call the account: its name, else its handle, else its profile address.
    #[must_use]
    pub fn title(&self) -> Option<Cow<'a, str>> {
        let mut fields = Account::CALLED_BY.into_iter();
        fields.find_map(|field| self.text(field))
    }

    /// The data row of the file, from 1.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.chunk.row(self.within)
    }

    /// Which of the accounts of its row it is, from 0, where rows list several.
    #[must_use]
    pub fn slot(&self) -> Option<u8> {
        self.chunk.slot(self.within)
    }

    /// The file that it stands in, where there are several.
    #[must_use]
    pub fn source(&self) -> Option<&'a str> {
        let files = &self.roster.schema.files;
        files.get(self.chunk.file as usize).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::builder::{Figures, RosterBuilder};
    use super::*;

    #[test]
    fn a_value_that_several_columns_name_is_joined_once() {
        let category = Some(Field::Category);
        let mut builder = RosterBuilder::new(&[("Thema", category), ("Niche", category)]);
        builder.add(Figures::default(), &["Muziek", "Muziek"]);
        builder.add(Figures::default(), &["Muziek", "Reizen"]);
        let roster = builder.build();
        let joined = |row| {
            roster
                .account(AccountId(row))
                .unwrap()
                .joined(Facet::Category)
        };
        assert_eq!(joined(0).as_deref(), Some("Muziek"));
        assert_eq!(joined(1).as_deref(), Some("Muziek, Reizen"));
    }
}
