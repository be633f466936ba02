//! Cells: those of one column of the file, kept in the way that suits what stands in them.

use super::codes::Codes;
use super::column::{Strung, TextColumn};
use super::packed::Packed;
use super::repeated::Repeated;
use super::vocabulary::Vocabulary;
use crate::domain::field::{Facet, Field, FieldKind};
use std::borrow::Cow;

/// The cells of one column of the file, as they stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    /// Text of its own.
    Text(TextColumn),
    /// Text that repeats within the chunk; only a chunk that is filled has such.
    Repeated(Repeated),
    /// Text written with few different bytes; only a chunk that is filled has such.
    Packed(Packed),
    /// Cells interned in the vocabulary of a facet.
    Interned {
        /// The facet.
        facet: Facet,
        /// One number per account: a cell of the [`Vocabulary`].
        codes: Codes,
    },
    /// None, as nobody asks for them ([`super::SourceColumn::is_kept`]).
    Unkept {
        /// What they would have been interned in.
        facet: Option<Facet>,
    },
}

impl Cells {
    /// A column of this field before it has any cells, and whether those are to be kept.
    #[must_use]
    pub fn none_of(field: Option<Field>, is_kept: bool) -> Cells {
        let facet = match field.map(Field::kind) {
            Some(FieldKind::Facet(facet)) => Some(facet),
            _ => None,
        };
        match facet {
            facet if !is_kept => Cells::Unkept { facet },
            Some(facet) => Cells::Interned {
                facet,
                codes: Codes::default(),
            },
            None => Cells::Text(TextColumn::default()),
        }
    }

    /// Cells of text in as little memory as they need.
    #[must_use]
    pub fn of(cells: Strung<'_>) -> Cells {
        let repeated = Repeated::of(cells).map(Cells::Repeated);
        let smaller = repeated.or_else(|| Packed::of(cells).map(Cells::Packed));
        smaller.unwrap_or_else(|| Cells::Text(cells.into()))
    }

    /// The same cells in as little memory as they need, whatever growing took.
    #[must_use]
    pub fn compact(&self) -> Cells {
        match self {
            Cells::Text(text) => Cells::of(Strung {
                text: text.arena(),
                ends: &text.ends(),
            }),
            Cells::Repeated(_) | Cells::Packed(_) | Cells::Unkept { .. } => self.clone(),
            Cells::Interned { facet, codes } => Cells::Interned {
                facet: *facet,
                codes: codes.compact(),
            },
        }
    }

    /// The cell at this place. It is a mistake to ask for one that was not kept.
    #[must_use]
    pub fn get<'a>(
        &'a self,
        at: usize,
        vocabulary: impl Fn(Facet) -> &'a Vocabulary,
    ) -> Cow<'a, str> {
        match self {
            Cells::Text(text) => Cow::Borrowed(text.get(at)),
            Cells::Repeated(cells) => Cow::Borrowed(cells.get(at)),
            Cells::Packed(cells) => Cow::Owned(cells.get(at)),
            Cells::Interned { facet, codes } => match codes.get(at) {
                Some(code) => Cow::Borrowed(vocabulary(*facet).cell(code)),
                None => Cow::Borrowed(""),
            },
            Cells::Unkept { .. } => {
                debug_assert!(false, "a cell that was not kept");
                Cow::Borrowed("")
            }
        }
    }
}
