//! A builder of rosters from figures and cells that are already understood. Reading a file is left to others.

use super::cells::Cells;
use super::chunk::Chunk;
use super::decimals::Decimals;
use super::vocabulary::Vocabulary;
use super::{Roster, Schema, SourceColumn};
use crate::domain::decision::RateBasis;
use crate::domain::field::{Facet, Field};
use std::sync::Arc;

/// The figures of one account. The default knows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Followers.
    pub followers: Option<u64>,
    /// Engagement rate, a fraction of what [`RosterBuilder::rates_of`] says, else of followers.
    pub engagement_rate: Option<f64>,
    /// Views or reach of an average post; only read when rates are not rates of followers.
    pub rate_base: Option<f64>,
    /// Whether the rate is contradicted by the account's own likes and comments.
    pub contradicted: bool,
    /// Price of one post; the upper end of a range.
    pub price: Option<f64>,
}

/// Collects accounts into the chunks of a [`Roster`].
#[derive(Debug)]
pub struct RosterBuilder {
    schema: Schema,
    vocabularies: [Vocabulary; Facet::ALL.len()],
    chunks: Vec<Arc<Chunk>>,
    open: Chunk,
    per_chunk: usize,
    rows: u64,
}

impl RosterBuilder {
    /// Accounts per chunk unless [`RosterBuilder::chunked`] says otherwise.
    pub const PER_CHUNK: usize = 16_384;

    /// A roster with these columns, each with what it was taken for.
    #[must_use]
    pub fn new(columns: &[(&str, Option<Field>)]) -> RosterBuilder {
        let columns = columns.iter().map(|(header, field)| SourceColumn {
            header: (*header).to_owned(),
            field: *field,
            notation: None,
            is_kept: true,
        });
        let mut builder = RosterBuilder {
            schema: Schema {
                columns: columns.collect(),
                ..Schema::default()
            },
            vocabularies: Default::default(),
            chunks: Vec::new(),
            open: Chunk::default(),
            per_chunk: RosterBuilder::PER_CHUNK,
            rows: 0,
        };
        builder.open = builder.fresh();
        builder
    }

    /// Sets what engagement rates are rates of.
    #[must_use]
    pub fn rates_of(mut self, basis: RateBasis) -> RosterBuilder {
        self.schema.basis = basis;
        self.open = self.fresh();
        self
    }

    /// Sets the number of accounts per chunk, at least 1.
    #[must_use]
    pub fn chunked(mut self, accounts: usize) -> RosterBuilder {
        self.per_chunk = accounts.max(1);
        self
    }

    fn fresh(&self) -> Chunk {
        let columns = self.schema.columns.iter();
        let cells = columns.map(|column| Cells::none_of(column.field, column.is_kept));
        let mut chunk = Chunk::default();
        chunk.first_row = self.rows + 1;
        chunk.rate_base = (self.schema.basis != RateBasis::Followers).then(Decimals::default);
        chunk.cells = Arc::new(cells.collect());
        chunk
    }

    /// Adds an account: its figures, and its cells in the order of the columns. Missing cells are empty; a cell
    /// of a facet names several values when they are separated by `|`.
    pub fn add(&mut self, figures: Figures, cells: &[&str]) {
        let chunk = &mut self.open;
        chunk.followers.push(figures.followers);
        chunk.engagement_rate.push(figures.engagement_rate);
        if let Some(base) = &mut chunk.rate_base {
            base.push(figures.rate_base);
        }
        chunk.contradicted.push(figures.contradicted);
        chunk.price.push(figures.price);
        for (at, column) in Arc::make_mut(&mut chunk.cells).iter_mut().enumerate() {
            let cell = cells.get(at).map_or("", |cell| cell.trim());
            match column {
                Cells::Text(text) => text.push(cell),
                Cells::Repeated(_) | Cells::Packed(_) | Cells::Unkept { .. } => {}
                Cells::Interned { facet, codes } => {
                    let vocabulary = &mut self.vocabularies[facet.index()];
                    codes.push(vocabulary.intern(cell, |cell| cell.split('|')));
                }
            }
        }
        chunk.grow(1);
        self.rows += 1;
        self.schema.has_rates |= figures.engagement_rate.is_some();
        self.schema.has_prices |= figures.price.is_some();
        if self.open.len() >= self.per_chunk {
            self.close();
        }
    }

    fn close(&mut self) {
        let fresh = self.fresh();
        let full = std::mem::replace(&mut self.open, fresh);
        self.chunks.push(Arc::new(full.copied()));
    }

    /// The roster of all accounts added.
    #[must_use]
    pub fn build(mut self) -> Roster {
        if !self.open.is_empty() {
            self.close();
        }
        Roster::new(
            Arc::new(self.schema),
            self.vocabularies.map(Arc::new),
            self.chunks,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::AccountId;

    #[test]
    fn accounts_keep_their_figures_cells_and_rows_across_chunks() {
        let mut builder = RosterBuilder::new(&[
            ("Naam", Some(Field::Name)),
            ("Thema", Some(Field::Category)),
            ("Kleur", None),
        ])
        .chunked(2);
        for (at, name) in ["Ada", "Bo", "Cas", "Dee", "Eef"].into_iter().enumerate() {
            let figures = Figures {
                followers: Some(1_000 * at as u64),
                price: (at == 3).then_some(75.0),
                ..Figures::default()
            };
            builder.add(figures, &[name, "Eten | Reizen"]);
        }
        let roster = builder.build();
        assert_eq!(roster.len(), 5);
        assert_eq!(roster.chunks().count(), 3);
        let fourth = roster.account(AccountId(3)).map(|account| {
            (
                account.title(),
                account.followers(),
                account.price(),
                account.row(),
                account.joined(Facet::Category),
                account.cell(2),
            )
        });
        let expected = (
            Some("Dee".into()),
            Some(3_000),
            Some(75.0),
            4,
            Some("Eten, Reizen".into()),
            "".into(),
        );
        assert_eq!(fourth, Some(expected));
        assert!(roster.schema().has_prices && !roster.schema().has_rates);
    }

    #[test]
    fn rates_of_views_give_engagements_from_views() {
        let mut builder = RosterBuilder::new(&[]).rates_of(RateBasis::Views);
        builder.add(
            Figures {
                followers: Some(10_000),
                engagement_rate: Some(0.5),
                rate_base: Some(300.0),
                ..Figures::default()
            },
            &[],
        );
        let roster = builder.build();
        let engagements = roster.account(AccountId(0)).and_then(|a| a.engagements());
        assert_eq!(engagements, Some(150.0));
    }
}
