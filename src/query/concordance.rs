//! The concordance: which accounts hold each letter of the Latin alphabet, anywhere a search looks.
//!
//! Idea: the letters of an account are the bits of a number. Whoever holds the first letter of a search has its bit, and a longer
//! text is looked for only among those that have the bits of all its letters, where these are few. Cost: four bytes an
//! account as long as the search is open, and some twenty nanoseconds, while the first letter is still to be typed; a
//! nanosecond for each question. Looking through all names for each letter takes time that goes into bringing them from memory;
//! a list of the places of pairs of letters would take more memory than the names, and a set of accounts for each letter a
//! fifth less in 26 pieces, which no other piece of memory fits into afterwards.

use super::crew::{hands, share, share_out_into};
use super::halt::{Halt, Halted};
use super::search::{columns, has_facet};
use super::walk::STRIDE;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use std::fmt;

/// How many letters there are.
const LETTERS: usize = 26;

/// Letters as bits, `a` the lowest.
type LetterSet = u32;

/// The set of each byte: that of a letter in either case, of others none.
static SETS: [LetterSet; 256] = {
    let mut sets = [0; 256];
    let mut nth = 0;
    while nth < LETTERS {
        sets[b'a' as usize + nth] = 1 << nth;
        sets[b'A' as usize + nth] = 1 << nth;
        nth += 1;
    }
    sets
};

/// The letters of a text that is plain or folded.
fn letters(text: &str) -> LetterSet {
    let bytes = text.bytes();
    bytes.fold(0, |set, byte| set | SETS[usize::from(byte)])
}

/// The letters that the accounts of a roster hold.
#[derive(PartialEq, Eq)]
pub struct Concordance {
    /// By account.
    sets: Vec<LetterSet>,
}

impl fmt::Debug for Concordance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Concordance").finish_non_exhaustive()
    }
}

/// Of how many accounts at most one may hold all letters of a longer text.
const FEW: usize = 16;

/// Accounts among which a text is looked for.
#[derive(Debug, PartialEq)]
pub(super) struct Holding {
    pub(super) accounts: Bits,
    /// Whether each of them holds it: it is but one letter.
    pub(super) is_exact: bool,
}

impl Concordance {
    /// Lists the letters of the accounts of a roster; names beyond ASCII are folded for that, and stay so.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn of(roster: &Roster, halt: &Halt) -> Result<Concordance, Halted> {
        let columns = columns(roster.schema());
        let interned = Facet::ALL.map(|facet| {
            if !has_facet(facet) {
                return Vec::new();
            }
            let vocabulary = roster.vocabulary(facet);
            let codes = 0..vocabulary.cells() as u32;
            codes
                .map(|code| letters(&vocabulary.cell_key(code)))
                .collect()
        });
        let mut sets = vec![0; roster.len()];
        share_out_into(roster, &mut sets, |run, mut sets: &mut [LetterSet]| {
            for (_, chunk) in run {
                halt.check()?;
                let (own, rest) = sets.split_at_mut(chunk.len().min(sets.len()));
                list(chunk, &columns, &interned, own);
                sets = rest;
            }
            Ok(())
        })?;
        Ok(Concordance { sets })
    }

    /// The accounts of the roster that may hold a text, given as it is compared; `None` where it has no letter that is listed,
    /// and where a longer text has only such as very many hold, judging by the first accounts.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn holding(&self, key: &str, halt: &Halt) -> Result<Option<Holding>, Halted> {
        let asked = letters(key);
        if asked == 0 {
            return Ok(None);
        }
        let is_exact = key.len() == 1;
        let holds = |set: &&LetterSet| **set & asked == asked;
        let first = self.sets.get(..STRIDE).unwrap_or(&self.sets);
        if !is_exact && first.iter().filter(holds).count() > first.len() / FEW {
            return Ok(None);
        }
        let each = self.sets.len().div_ceil(hands(self.sets.len()));
        let runs = self.sets.chunks(each.next_multiple_of(64).max(64));
        let parts = share(runs.collect(), |run: &[LetterSet]| {
            let mut part = Bits::default();
            for sets in run.chunks(STRIDE) {
                halt.check()?;
                for sets in sets.chunks(64) {
                    let bits = sets.iter().rev().map(|set| u64::from(holds(&set)));
                    part.push_word(bits.fold(0, |word, bit| word << 1 | bit), sets.len());
                }
            }
            Ok(part)
        })?;
        let mut accounts = Bits::default();
        for part in parts {
            accounts.append(&part);
        }
        Ok(Some(Holding { accounts, is_exact }))
    }
}

/// Lists the letters of the accounts of a chunk.
fn list(
    chunk: &Chunk,
    columns: &[usize],
    interned: &[Vec<LetterSet>; Facet::ALL.len()],
    sets: &mut [LetterSet],
) {
    for cells in columns.iter().filter_map(|column| chunk.cells.get(*column)) {
        match cells {
            Cells::Text(text) => {
                for (set, cell) in sets.iter_mut().zip(text.with_folded()) {
                    *set |= letters(cell);
                }
            }
            Cells::Repeated(text) => {
                let texts = text.texts();
                let distinct = (0..texts.iter().count()).map(|at| letters(&texts.key(at)));
                let distinct: Vec<LetterSet> = distinct.collect();
                for (at, set) in sets.iter_mut().enumerate() {
                    *set |= distinct.get(text.code(at)).copied().unwrap_or_default();
                }
            }
            Cells::Interned { facet, codes } => {
                let cells = &interned[facet.index()];
                codes.beside(sets, |set, code| {
                    *set |= cells.get(code as usize).copied().unwrap_or_default();
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::domain::roster::needle::Needle;
    use crate::query::sample;
    use crate::query::search::Search;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whoever_holds_a_text_is_among_those_that_may(
            rows in sample::rows(),
            names in proptest::collection::vec("[abAB éÉ  ßﬁİ\u{B}]{0,6}|[QÆk_.9]{0,3}", 1..6),
            text in "[a-k]|[abAéi sfß9æ]{1,3}",
        ) {
            let mut rows = rows;
            for (row, name) in rows.iter_mut().zip(names.iter().cycle()) {
                row.0.clone_from(name);
            }
            let roster = sample::roster(&rows);
            let concordance = Concordance::of(&roster, &Halt::new()).unwrap();
            let Some(needle) = Needle::new(&text) else {
                return Ok(());
            };
            let Some(holding) = concordance.holding(needle.key(), &Halt::new()).unwrap() else {
                if needle.key().len() > 1 {
                    return Ok(());
                }
                prop_assert!(!needle.key().contains(|c: char| c.is_ascii_lowercase()));
                return Ok(());
            };
            prop_assert_eq!(holding.accounts.len(), roster.len());
            for account in roster.accounts() {
                let holds = Search::finds(&text, &account);
                let may = holding.accounts.has(account.id.index());
                prop_assert!(may || !holds);
                prop_assert!(holds == may || !holding.is_exact);
            }
        }
    }
}
