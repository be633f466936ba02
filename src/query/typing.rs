//! Typing: what is worked out for the next letter of a search while it is still to be typed.
//!
//! Idea: first it is listed which accounts hold which letter next ([`super::concordance`]), so that whoever types one is told
//! at once who is left; then, for the letters that very many hold, the most frequent first, what those come to
//! ([`super::foreseen`]), since counting takes longer than finding them. A survey stops it, and a letter that was not reached
//! is answered as it is without. Cost: processors that nobody else asks for, some eight times as long as an answer takes, and
//! a quarter of a byte an account for each letter as long as the search is open. Counting by itself takes some eighteen
//! nanoseconds for each account that is left, of which nothing more could be taken off: most of an answer.

use super::concordance::{Concordance, Lead};
use super::foreseen::Foreseen;
use super::halt::{Halt, Halted};
use super::kept::{Before, Kept};
use super::ladder::Ladder;
use super::question::Question;
use crate::domain::roster::needle::Needle;
use std::sync::Arc;

impl Kept {
    /// Lists letters that the next one of a search is found in, unless it needs no list or has it; answers find it as long as
    /// it is kept.
    pub(super) fn prepare_search(
        &self,
        question: &Question,
        halt: &Halt,
    ) -> Result<Option<Arc<Concordance>>, Halted> {
        let Some(lead) = self.unlisted(question) else {
            return Ok(None);
        };
        let list = Concordance::of(&question.roster, &lead, halt)?;
        let list = Arc::new(list);
        self.groundwork.letters.lend(&list);
        Ok(Some(list))
    }

    /// What the letters follow that are to be listed for the next one of a search: what is searched for, where so much is left
    /// that all names would be looked through once more, and then nothing, since any search may begin with any letter.
    /// `None` where no list is missing.
    pub(super) fn unlisted(&self, question: &Question) -> Option<Lead> {
        let needle = Needle::new(&question.filter.search).filter(Needle::is_plain_word);
        let word = needle.map(|needle| Lead::Word(Box::new(needle)));
        let is_missing = |lead: &Lead| !self.groundwork.letters.has(lead);
        match word.filter(is_missing) {
            Some(word) if self.unboxed.is_large(&question.roster) => Some(word),
            _ => Some(Lead::Nothing).filter(is_missing),
        }
    }

    /// Finds what answers with one more letter come to, of those letters that are frequent, unless they were found before: told
    /// at once, and filled as long as who was told keeps it. So long answers find it.
    pub(super) fn foresee(
        &self,
        question: &Question,
        ladder: &Ladder,
        tell: &mut dyn FnMut(&Arc<Foreseen>),
        halt: &Halt,
    ) -> Result<Arc<Foreseen>, Halted> {
        let kept = &self.groundwork.foreseen;
        let foreseen = Arc::new(Foreseen::new(&question.filter, kept.get().as_deref()));
        kept.lend(&foreseen);
        tell(&foreseen);
        let before = Before {
            question,
            kept: self,
        };
        for letter in self.frequent(question) {
            if Arc::strong_count(&foreseen) == 1 {
                // Nobody searches any more.
                return Ok(foreseen);
            }
            let mut next = Question {
                campaign: None,
                ..question.clone()
            };
            next.filter.search.push(letter);
            if foreseen.recall(&next.filter).is_some() {
                continue;
            }
            let mut kept = Kept::chosen(&next, Some(before), halt)?;
            kept.count(&next, ladder, Some(before), halt)?;
            let found = Before {
                question: &next,
                kept: &kept,
            };
            found.piece().into_iter().for_each(|it| foreseen.add(it));
        }
        foreseen.complete();
        Ok(foreseen)
    }

    /// Whether that was done and is kept, or there is nothing to be found.
    pub(super) fn has_foreseen(&self, question: &Question) -> bool {
        let foreseen = self.groundwork.foreseen.get();
        foreseen.is_some_and(|it| it.is_whole() && it.follows(&question.filter))
            || self.frequent(question).is_empty()
    }

    /// The letters that very many accounts hold next, the most frequent first; none where the search does not go on with a
    /// letter, as behind a space. A box is moved rather than searched in.
    pub(super) fn frequent(&self, question: &Question) -> Vec<char> {
        let filter = &question.filter;
        let longer = Needle::new(&format!("{}a", filter.search));
        let longer = longer.filter(Needle::is_plain_word);
        match longer.as_ref().and_then(|it| it.key().strip_suffix('a')) {
            Some(after) if filter.region.is_none() => self.groundwork.letters.frequent(after),
            _ => Vec::new(),
        }
    }
}
