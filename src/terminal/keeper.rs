//! The keeper: writes down what is to be remembered, on a thread of its own and in the order in which it was said, so
//! that no keystroke waits for a disk. All of it is written before the program ends.

use super::event::Event;
use crate::app::msg::Msg;
use crate::domain::assumed::OwnRates;
use crate::domain::mapping::{Fingerprint, Mapping};
use crate::domain::saved_mix::SavedMix;
use crate::domain::verdict::{Remark, Signature};
use crate::store::Store;
use crate::text::clean::clean;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

/// Something to be remembered.
#[derive(Debug)]
enum Memo {
    /// What is said of the columns of tables with this header.
    Columns(Fingerprint, Mapping),
    /// What was decided of an account of the roster in this place.
    Verdict(String, Signature, Remark),
    /// A mix of the roster in this place.
    Mix(String, Box<SavedMix>),
    /// That the mix of this name of the roster in this place is to be forgotten.
    NoMix(String, String),
    /// What is assumed of the reach of a post.
    Rates(OwnRates),
}

/// Where things are remembered.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    notes: Option<Sender<Memo>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// A keeper of this store; without one nothing is kept.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(store: Option<Store>, sender: &Sender<Event>) -> io::Result<Keeper> {
        let Some(store) = store else {
            return Ok(Keeper::default());
        };
        let (notes, waiting) = mpsc::channel::<Memo>();
        let sender = sender.clone();
        let thread = thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || {
                for memo in waiting {
                    let kept = match memo {
                        Memo::Columns(fingerprint, mapping) => {
                            store.keep_columns(fingerprint, &mapping)
                        }
                        Memo::Verdict(place, signature, remark) => {
                            store.keep_verdict(&place, signature, remark)
                        }
                        Memo::Mix(place, mix) => store.keep_mix(&place, *mix),
                        Memo::NoMix(place, name) => store.forget_mix(&place, &name),
                        Memo::Rates(rates) => store.keep_rates(&rates),
                    };
                    if let Err(error) = kept {
                        let why = clean(&format!("{error:#}")).into_owned();
                        let _ = sender.send(Event::Msg(Msg::NotKept(why)));
                    }
                }
            })?;
        Ok(Keeper {
            notes: Some(notes),
            thread: Some(thread),
        })
    }

    /// Remembers what is said of the columns of tables with this header.
    pub(super) fn keep(&self, fingerprint: Fingerprint, mapping: Mapping) {
        self.send(Memo::Columns(fingerprint, mapping));
    }

    /// Remembers what was decided of an account of the roster in this place.
    pub(super) fn keep_verdict(&self, place: String, signature: Signature, remark: Remark) {
        self.send(Memo::Verdict(place, signature, remark));
    }

    /// Saves a mix of the roster in this place.
    pub(super) fn keep_mix(&self, place: String, mix: Box<SavedMix>) {
        self.send(Memo::Mix(place, mix));
    }

    /// Forgets the mix of this name of the roster in this place.
    pub(super) fn forget_mix(&self, place: String, name: String) {
        self.send(Memo::NoMix(place, name));
    }

    /// Remembers what is assumed of the reach of a post.
    pub(super) fn keep_rates(&self, rates: OwnRates) {
        self.send(Memo::Rates(rates));
    }

    fn send(&self, memo: Memo) {
        if let Some(notes) = &self.notes {
            let _ = notes.send(memo);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.notes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;
    use crate::domain::decision::DecimalStyle;
    use crate::domain::mapping::ColumnMapping;

    fn mapping(at: usize) -> Mapping {
        let mut mapping = Mapping::default();
        let said = ColumnMapping {
            style: Some(DecimalStyle::Comma),
            ..ColumnMapping::default()
        };
        mapping.set(at, said);
        mapping
    }

    #[test]
    fn everything_is_written_before_the_end_and_the_last_word_holds() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().to_owned());
        let (sender, events) = mpsc::channel();
        let keeper = Keeper::start(Some(store.clone()), &sender).unwrap();
        let table = Fingerprint::of(&["a".to_owned()]);
        for at in 0..20 {
            keeper.keep(table, mapping(at));
        }
        drop(keeper);
        assert_eq!(store.columns().unwrap()[&table], mapping(19));
        assert!(events.try_recv().is_err());
    }

    #[test]
    fn what_cannot_be_kept_is_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("columns.toml"), "what?").unwrap();
        let (sender, events) = mpsc::channel();
        let keeper = Keeper::start(Some(Store::at(folder.path().to_owned())), &sender).unwrap();
        keeper.keep(Fingerprint::default(), mapping(0));
        match events.recv().unwrap() {
            Event::Msg(Msg::NotKept(why)) => assert!(why.contains("columns.toml"), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}
