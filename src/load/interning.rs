//! Interning: the cells of facets to numbers, and the values that each different cell names.
//!
//! Idea: what was numbered lately is known by its bytes ([`Recent`]), all else by the vocabulary of its facet, which is
//! copied only when it has changed since it was given out. Rows that are filled apart begin with the values met so far
//! and number others as they come; joining them gives every number that reading in one go gives. Cost: a list of new
//! numbers for each block that met something new.

use super::gathered::cleaned;
use super::lexicon::Lexicon;
use super::spelling;
use crate::domain::field::Facet;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::numbers::Numbers;
use crate::domain::roster::recent::Recent;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::table::TextCell;
use std::sync::Arc;

/// The values of each facet.
pub(super) type Vocabularies = [Arc<Vocabulary>; Facet::ALL.len()];

/// The most cells of a facet that are told to whoever reads further down: they are copied when another is met.
const FEW: usize = 1 << 10;

/// What cells of facets were met so far.
pub(super) struct Interning<'a> {
    /// What names mean.
    pub(super) lexicon: &'a Lexicon,
    /// The values of each facet.
    pub(super) vocabularies: Vocabularies,
    /// What was numbered lately; apart, as it is longer than all else that is passed on with a block.
    recent: Box<[Recent; Facet::ALL.len()]>,
    /// Whether the values that a cell names are looked for.
    splits: bool,
}

impl<'a> Interning<'a> {
    /// None yet.
    pub(super) fn new(lexicon: &'a Lexicon) -> Interning<'a> {
        Interning {
            lexicon,
            vocabularies: Vocabularies::default(),
            recent: Box::default(),
            splits: true,
        }
    }

    /// Those of rows further down, which are joined to others where at least these values were met.
    pub(super) fn apart(lexicon: &'a Lexicon, known: Vocabularies) -> Interning<'a> {
        Interning {
            vocabularies: known,
            splits: false,
            ..Interning::new(lexicon)
        }
    }

    /// The values of the facets that have few.
    pub(super) fn few_values(&self) -> Vocabularies {
        self.vocabularies.each_ref().map(|vocabulary| {
            if vocabulary.cells() <= FEW {
                Arc::clone(vocabulary)
            } else {
                Arc::default()
            }
        })
    }

    /// Numbers these cells.
    pub(super) fn column<'t>(
        &mut self,
        facet: Facet,
        cells: impl Iterator<Item = TextCell<'t>>,
        codes: &mut Codes,
    ) {
        let (splits, lexicon) = (self.splits, self.lexicon);
        let vocabulary = &mut self.vocabularies[facet.index()];
        let recent = &mut self.recent[facet.index()];
        let (mut some, mut many) = ([0; Numbers::MOST], 0);
        for cell in cells {
            let (text, place) = cell.in_place();
            some[many % Numbers::MOST] = recent.code(text, place, || {
                intern(vocabulary, cleaned(cell), |cell| {
                    values_if(splits, facet, cell, lexicon)
                })
            });
            many += 1;
            if many == Numbers::MOST {
                codes.extend(&some);
                many = 0;
            }
        }
        codes.extend(some.get(..many).unwrap_or_default());
    }

    /// The number of a cell.
    pub(super) fn cell(&mut self, facet: Facet, cell: &str) -> u32 {
        let (splits, lexicon) = (self.splits, self.lexicon);
        let vocabulary = &mut self.vocabularies[facet.index()];
        intern(vocabulary, cell, |cell| {
            values_if(splits, facet, cell, lexicon)
        })
    }

    /// Takes over what was met further down, and gives the cells of its chunks the numbers that they have here.
    pub(super) fn join(&mut self, apart: &Interning<'_>, chunks: &mut [Arc<Chunk>]) {
        for (facet, theirs) in Facet::ALL.into_iter().zip(&apart.vocabularies) {
            let codes = (0..theirs.cells() as u32).map(|code| self.cell(facet, theirs.cell(code)));
            let codes: Vec<u32> = codes.collect();
            for chunk in chunks.iter_mut().filter_map(Arc::get_mut) {
                chunk.recode(facet, &codes);
            }
        }
    }
}

/// The number of a cell in a vocabulary, which is copied only when the cell is new and the vocabulary given out.
fn intern<'a>(
    vocabulary: &mut Arc<Vocabulary>,
    cell: &'a str,
    values: impl FnOnce(&'a str) -> Vec<&'a str>,
) -> u32 {
    match vocabulary.code(cell) {
        Some(code) => code,
        None => Arc::make_mut(vocabulary).intern(cell, values),
    }
}

/// The values that a cell of a facet names, where they are looked for.
fn values_if<'a>(splits: bool, facet: Facet, cell: &'a str, lexicon: &'a Lexicon) -> Vec<&'a str> {
    if splits {
        values(facet, cell, lexicon)
    } else {
        Vec::new()
    }
}

/// The values that a cell of a facet names.
fn values<'a>(facet: Facet, cell: &'a str, lexicon: &'a Lexicon) -> Vec<&'a str> {
    if spelling::is_missing(cell) {
        return Vec::new();
    }
    match facet {
        Facet::Platform => {
            if let Some(name) = lexicon.platform(cell) {
                return vec![name];
            }
            let parts = cell.split([',', '|', ';', '/', '+', '&']);
            parts
                .map(|part| lexicon.platform(part).unwrap_or(part))
                .collect()
        }
        Facet::Category | Facet::Language => listed(cell),
        Facet::City | Facet::Country => cell.split(['|', ';']).collect(),
    }
}

/// The parts of a list: split at `|`, `;`, a comma before a blank, and a slash, unless the slash stands inside a name
/// (`Actors/actresses`: a capital before, none after).
fn listed(cell: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in cell
        .split(['|', ';', '\n'])
        .flat_map(|part| part.split(", "))
    {
        let mut start = 0;
        for (slash, _) in part.match_indices('/') {
            let before = part.get(start..slash).unwrap_or_default().trim();
            let after = part.get(slash + 1..).unwrap_or_default().trim();
            let inside =
                before.starts_with(char::is_uppercase) && after.starts_with(char::is_lowercase);
            if !inside {
                parts.push(before);
                start = slash + 1;
            }
        }
        parts.push(part.get(start..).unwrap_or_default().trim());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_split_where_lists_are() {
        assert_eq!(listed("Food | Travel;Pets"), ["Food", "Travel", "Pets"]);
        assert_eq!(listed("Music, Dance"), ["Music", "Dance"]);
        assert_eq!(listed("Beauty/Fashion"), ["Beauty", "Fashion"]);
        assert_eq!(
            listed("Cinema & Actors/actresses"),
            ["Cinema & Actors/actresses"]
        );
        assert_eq!(listed("food/travel"), ["food", "travel"]);
        assert_eq!(
            values(Facet::City, "Den Haag, NL", &Lexicon::default()),
            ["Den Haag, NL"]
        );
        assert!(values(Facet::Category, "n/a", &Lexicon::default()).is_empty());
    }
}
