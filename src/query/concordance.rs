//! The concordance: which letters of the Latin alphabet follow a text, by account, anywhere a search looks. What follows
//! nothing are all letters that an account holds.
//!
//! Idea: the letters of an account are the bits of a number. Whoever holds the first letter of a search has its bit in the list
//! of all letters; whoever holds one letter more than was searched for, in the list of those that follow that. Other texts are
//! looked for only among those that have the bits of all their letters, where these are few. Cost: four bytes an account for
//! each of the two lists as long as the search is open, and some twenty nanoseconds, while the letter is still to be typed;
//! a nanosecond for each question. Looking through all names for each letter takes time that goes into bringing them from
//! memory; a list of the places of pairs of letters would take more memory than the names, and a set of accounts for each
//! letter a fifth less in 26 pieces, which no other piece of memory fits into afterwards.

use super::crew::{places, share_out_into};
use super::halt::{Halt, Halted};
use super::search::{columns, has_facet};
use super::walk::STRIDE;
use crate::domain::field::Facet;
use crate::domain::roster::Roster;
use crate::domain::roster::bits::Bits;
use crate::domain::roster::cells::Cells;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::column::TextColumn;
use crate::domain::roster::folds::Folds;
use crate::domain::roster::lent::Lent;
use crate::domain::roster::needle::{Needle, Scratch};
use crate::domain::roster::room::blank;
use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

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

/// What letters follow that are listed.
#[derive(Debug)]
pub(super) enum Lead {
    /// Nothing: all letters are listed.
    Nothing,
    /// This, which is [one plain word](Needle::is_plain_word).
    Word(Box<Needle>),
}

impl Lead {
    /// It, as it is compared.
    fn key(&self) -> &str {
        match self {
            Lead::Nothing => "",
            Lead::Word(needle) => needle.key(),
        }
    }

    /// The letters that follow it in a text that is folded.
    fn letters(&self, text: &str) -> LetterSet {
        let (text, key) = (text.as_bytes(), self.key().as_bytes());
        let rests = (0..text.len()).filter_map(|from| text.get(from..)?.strip_prefix(key));
        let next = rests.filter_map(<[u8]>::first);
        next.fold(0, |set, byte| set | SETS[usize::from(*byte)])
    }
}

/// The letters that follow a text in the accounts of a roster.
#[derive(PartialEq, Eq)]
pub struct Concordance {
    /// The text, as it is compared; nothing for all letters.
    after: String,
    /// By account.
    sets: Vec<LetterSet>,
    /// The letters that very many hold, the most frequent first.
    frequent: Vec<char>,
    /// The names beyond ASCII that it was made of, which the next search looks through.
    folds: Arc<Folds>,
}

impl fmt::Debug for Concordance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Concordance");
        shown.field("after", &self.after).finish_non_exhaustive()
    }
}

/// How many letters are told to be frequent at most.
const FREQUENT: usize = 8;

/// In a roster of fewer accounts no letter is: all is counted at once.
const MANY: usize = if cfg!(test) { 2 } else { 1 << 17 };

/// The letters that more than one in [`FEW`] accounts hold, judging by the first of many, the most frequent first.
fn frequent(sets: &[LetterSet]) -> Vec<char> {
    if sets.len() < MANY {
        return Vec::new();
    }
    let first = sets.get(..STRIDE).unwrap_or(sets);
    let count = |nth: u32| first.iter().filter(|set| **set >> nth & 1 == 1).count();
    let letters = (0u32..).zip('a'..='z');
    let counted = letters.map(|(nth, letter)| (count(nth), letter));
    let mut often: Vec<(usize, char)> = counted
        .filter(|(count, _)| *count > first.len() / FEW)
        .collect();
    often.sort_by_key(|(count, _)| Reverse(*count));
    often.truncate(FREQUENT);
    often.into_iter().map(|(_, letter)| letter).collect()
}

/// Of how many accounts at most one may hold all letters of a longer text.
pub(super) const FEW: usize = 16;

/// Accounts among which a text is looked for.
#[derive(Debug, PartialEq)]
pub(super) struct Holding {
    pub(super) accounts: Bits,
    /// Whether each of them holds it: it is but one letter.
    pub(super) is_exact: bool,
}

impl Concordance {
    /// Lists the letters that follow a text in the accounts of a roster; names beyond ASCII are folded for that, and stay so
    /// as long as it does.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn of(roster: &Roster, lead: &Lead, halt: &Halt) -> Result<Concordance, Halted> {
        let columns = columns(roster.schema());
        let interned = Facet::ALL.map(|facet| {
            if !has_facet(facet) {
                return Vec::new();
            }
            let vocabulary = roster.vocabulary(facet);
            let codes = 0..vocabulary.cells() as u32;
            codes
                .map(|code| lead.letters(&vocabulary.cell_key(code)))
                .collect()
        });
        let mut sets = blank(roster.len());
        let parts = share_out_into(roster, &mut sets, |run, mut sets: &mut [LetterSet]| {
            let (mut scratch, mut folds) = (Scratch::default(), Folds::default());
            for (_, chunk) in run {
                halt.check()?;
                folds.add(chunk, &columns);
                let (own, rest) = sets.split_at_mut(chunk.len().min(sets.len()));
                list(chunk, lead, (&columns, &interned), own, &mut scratch);
                sets = rest;
            }
            Ok(folds)
        })?;
        Ok(Concordance {
            after: lead.key().to_owned(),
            frequent: frequent(&sets),
            sets,
            folds: Arc::new(Folds::joined(parts)),
        })
    }

    /// Whether these are the letters that follow this search.
    #[must_use]
    pub fn continues(&self, search: &str) -> bool {
        Needle::new(search).is_some_and(|needle| needle.key() == self.after)
    }

    /// Whether these are all letters, whatever they follow.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        self.after.is_empty()
    }

    /// The accounts of the roster that may hold a text, given as it is compared; `None` where no list tells: the text has no
    /// letter that is listed, or where it is longer only such as very many hold, judging by the first accounts.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    fn holding(&self, key: &str, halt: &Halt) -> Result<Option<Holding>, Halted> {
        let Some(more) = key.strip_prefix(&self.after) else {
            return Ok(None);
        };
        let asked = letters(more);
        let is_exact = more.len() == 1;
        if asked == 0 || !is_exact && !self.is_of_all() {
            return Ok(None);
        }
        let holds = |set: &&LetterSet| **set & asked == asked;
        let first = self.sets.get(..STRIDE).unwrap_or(&self.sets);
        if !is_exact && first.iter().filter(holds).count() > first.len() / FEW {
            return Ok(None);
        }
        let accounts = places(&self.sets, |set| holds(&set), halt)?;
        Ok(Some(Holding { accounts, is_exact }))
    }
}

/// The lists that answers find letters in, as long as somebody keeps them: of those that follow a text, which tell of one more
/// letter exactly, and of all.
#[derive(Debug, Default)]
pub(super) struct Lists([Lent<Concordance>; 2]);

impl Lists {
    /// Lends a list; the other of its kind is no longer lent.
    pub(super) fn lend(&self, list: &Arc<Concordance>) {
        self.0[usize::from(list.is_of_all())].lend(list);
    }

    /// Those that are kept.
    fn kept(&self) -> impl Iterator<Item = Arc<Concordance>> {
        self.0.iter().filter_map(Lent::get)
    }

    /// The names that a list was made of, which are all that a search looks through.
    pub(super) fn folds(&self) -> Option<Arc<Folds>> {
        let list = self.kept().next()?;
        Some(Arc::clone(&list.folds))
    }

    /// Whether the letters that follow a text are listed.
    pub(super) fn has(&self, lead: &Lead) -> bool {
        self.kept().any(|list| list.after == lead.key())
    }

    /// The letters that follow a text in very many accounts, the most frequent first; none where no list tells.
    pub(super) fn frequent(&self, after: &str) -> Vec<char> {
        let list = self.kept().find(|list| list.after == after);
        list.map_or_else(Vec::new, |list| list.frequent.clone())
    }

    /// The accounts of the roster that may hold a text, given as it is compared, as far as a list tells.
    ///
    /// # Errors
    /// [`Halted`] when `halt` was pulled.
    pub(super) fn holding(&self, key: &str, halt: &Halt) -> Result<Option<Holding>, Halted> {
        for list in self.kept() {
            if let Some(holding) = list.holding(key, halt)? {
                return Ok(Some(holding));
            }
        }
        Ok(None)
    }
}

/// Lists the letters that follow a text in the accounts of a chunk, given the columns that are looked through and what they
/// are in each cell of a facet.
fn list(
    chunk: &Chunk,
    lead: &Lead,
    (columns, interned): (&[usize], &[Vec<LetterSet>; Facet::ALL.len()]),
    sets: &mut [LetterSet],
    scratch: &mut Scratch,
) {
    for cells in columns.iter().filter_map(|column| chunk.cells.get(*column)) {
        match cells {
            Cells::Text(text) => list_text(text, lead, sets, scratch),
            Cells::Packed(text) => list_text(&text.unpacked(), lead, sets, scratch),
            Cells::Repeated(text) => {
                let texts = text.texts();
                let distinct = 0..texts.iter().count();
                let distinct = distinct.map(|at| lead.letters(&texts.key(at)));
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
            Cells::Unkept { .. } => {}
        }
    }
}

/// Lists them in the cells of one column that have text of their own.
fn list_text(text: &TextColumn, lead: &Lead, sets: &mut [LetterSet], scratch: &mut Scratch) {
    match lead {
        Lead::Nothing => {
            for (set, cell) in sets.iter_mut().zip(text.iter()) {
                *set |= letters(cell);
            }
            text.each_folded(|at, cell| sets[at] |= letters(cell));
        }
        Lead::Word(needle) => {
            needle.continued(text, scratch, |at, byte| {
                sets[at] |= SETS[usize::from(byte)];
            });
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::query::sample;
    use crate::query::search::Search;
    use proptest::prelude::*;

    #[test]
    fn the_most_frequent_letters_are_told_first_and_rare_ones_not() {
        // Of 32 accounts a holds every one, c three, b one; d to m half of them.
        let mut sets: Vec<LetterSet> = vec![1; 32];
        sets[0] |= 0b10;
        sets.iter_mut().take(3).for_each(|set| *set |= 0b100);
        assert_eq!(frequent(&sets), ['a', 'c']);
        sets.iter_mut()
            .take(16)
            .for_each(|set| *set |= 0b1_1111_1111_1000);
        let letters: String = frequent(&sets).into_iter().collect();
        assert_eq!(letters, "adefghij");
        assert_eq!(frequent(&[]), []);
    }

    proptest! {
        #[test]
        fn whoever_holds_a_text_is_among_those_that_may(
            rows in sample::rows(),
            names in proptest::collection::vec("[abAB éÉ  ßﬁİ\u{B}]{0,6}|[QÆk_.9]{0,3}|(aAb|s){1,4}", 1..6),
            text in "[a-k]|[abAéi sfß9æ]{1,3}",
            shorter in "[aé]|[abAés.]{0,3}",
        ) {
            let mut rows = rows;
            for (row, name) in rows.iter_mut().zip(names.iter().cycle()) {
                row.0.clone_from(name);
            }
            let roster = sample::roster(&rows);
            let text = if shorter.is_empty() { text } else { format!("{shorter}{text}") };
            let (Some(needle), halt) = (Needle::new(&text), Halt::new()) else {
                return Ok(());
            };
            let before = Needle::new(&shorter);
            prop_assume!(before.as_ref().is_none_or(Needle::is_plain_word));
            let lead = before.map_or(Lead::Nothing, |it| Lead::Word(Box::new(it)));
            let all = Concordance::of(&roster, &Lead::Nothing, &halt).unwrap();
            let next = Concordance::of(&roster, &lead, &halt).unwrap();
            let (lent, before) = (Lists::default(), lead.key());
            let kept = [Arc::new(all), Arc::new(next)];
            for list in &kept {
                lent.lend(list);
            }
            let more = needle.key().strip_prefix(before).unwrap();
            let is_letter = more.len() == 1 && more.as_bytes()[0].is_ascii_lowercase();
            let Some(holding) = lent.holding(needle.key(), &halt).unwrap() else {
                prop_assert!(!is_letter);
                return Ok(());
            };
            prop_assert!(holding.is_exact || !is_letter);
            prop_assert_eq!(holding.accounts.len(), roster.len());
            for account in roster.accounts() {
                let holds = Search::finds(&text, &account);
                let may = holding.accounts.has(account.id.index());
                prop_assert!(may || !holds);
                prop_assert!(holds == may || !holding.is_exact);
            }
            drop(kept);
            prop_assert!(lent.kept().next().is_none() && !lent.has(&lead));
            prop_assert_eq!(lent.holding(needle.key(), &halt).unwrap(), None);
        }
    }
}
