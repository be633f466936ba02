//! The columns of the files: what the user says of them has the files read again at once, and is kept once that
//! worked.

use crate::app::App;
use crate::app::Data;
use crate::app::effect::Effect;
use crate::app::overlay::Overlay;
use crate::app::saying::Saying;
use crate::domain::field::Field;
use crate::domain::mapping::Fingerprint;
use crate::domain::sketch::{ColumnSketch, Sketch};
use std::sync::Arc;

impl App {
    /// The list of columns, at the one that a person should look at first.
    pub(super) fn columns_overlay(&self) -> Overlay {
        let place = self.doubtful_place().unwrap_or(0);
        Overlay::Columns { cursor: place }
    }

    /// The first column that a person should look at.
    fn doubtful_place(&self) -> Option<usize> {
        let ambiguous = |column: &ColumnSketch| column.ambiguous;
        let likely = |column: &ColumnSketch| column.candidates.contains(&Field::Followers);
        let columns = || self.tables().iter().flat_map(|table| &table.columns);
        if self.tables().iter().any(Sketch::lacks_followers) {
            return columns().position(likely);
        }
        columns().position(ambiguous)
    }

    /// Opens the list of columns when a person should look at them, once for each header.
    pub(super) fn ask_about_columns(&mut self) {
        let doubtful = self.tables().iter().filter(|table| table.is_doubtful());
        let new: Vec<Fingerprint> = doubtful
            .map(|table| table.fingerprint)
            .filter(|fingerprint| !self.asked.contains(fingerprint))
            .collect();
        if !new.is_empty() && self.overlays.is_empty() {
            self.overlays.push(self.columns_overlay());
            self.asked.extend(new);
        }
    }

    /// Nothing can be shown before a column of followers is named: asks for it.
    pub(super) fn ask_for_followers(&mut self, sketch: Sketch) {
        let columns = sketch.columns.len();
        self.asked.insert(sketch.fingerprint);
        self.reading.sketches = Arc::new(vec![sketch]);
        self.data = Data::Unmapped;
        if let Some(Overlay::Columns { cursor }) = self.overlays.first_mut() {
            *cursor = (*cursor).min(columns.saturating_sub(1));
        } else {
            self.overlays = vec![self.columns_overlay()];
        }
    }

    /// Opens the list of what can be said of the column under the cursor; the cursor stands on what holds, or on
    /// followers while they are not found.
    pub(super) fn open_sayings(&mut self, place: usize) -> Vec<Effect> {
        let mut overlay = |cursor| {
            self.overlays.push(Overlay::Saying {
                place,
                typed: String::new(),
                cursor,
            });
        };
        overlay(0);
        let missing = matches!(self.data, Data::Unmapped);
        let at = self.sayings_shown().iter().position(|saying| {
            let holds = self.column(place).is_some_and(|(table, at, column)| {
                saying.holds_of(column, self.said_of(table, at))
            });
            match saying {
                Saying::Field(Field::Followers) => holds || missing,
                Saying::Open => false,
                _ => holds,
            }
        });
        if let Some(Overlay::Saying { cursor, .. }) = self.overlays.last_mut() {
            *cursor = at.unwrap_or(0);
        }
        Vec::new()
    }

    /// Says what stands under the cursor of its column, and has the files read so.
    pub(super) fn accept_saying(&mut self, place: usize, cursor: usize) -> Vec<Effect> {
        let Some(saying) = self.sayings_shown().get(cursor).copied() else {
            return Vec::new();
        };
        self.overlays.pop();
        let Some((table, at, _)) = self.column(place) else {
            return Vec::new();
        };
        let said = self.said_of(table, at);
        let (fingerprint, now) = (table.fingerprint, saying.added_to(said));
        let mapping = self.mappings.entry(fingerprint).or_default();
        mapping.set(at, now);
        if mapping.is_open() {
            self.mappings.remove(&fingerprint);
        }
        self.read_again()
    }

    /// Takes everything back that was said of the table under the cursor.
    pub(super) fn forget_sayings(&mut self) -> Vec<Effect> {
        let Some(Overlay::Columns { cursor }) = self.overlay() else {
            return Vec::new();
        };
        let Some((table, ..)) = self.column(*cursor) else {
            return Vec::new();
        };
        let fingerprint = table.fingerprint;
        if self.mappings.remove(&fingerprint).is_none() {
            return Vec::new();
        }
        self.read_again()
    }

    /// Has what was said kept, now that files were read so.
    pub(super) fn keep_sayings(&mut self) -> Vec<Effect> {
        let (before, now) = (&self.kept, &self.mappings);
        let new = now.keys().filter(|table| !before.contains_key(table));
        let tables = before.keys().chain(new);
        let changed = tables.filter(|table| before.get(table) != now.get(table));
        let keep = changed.map(|table| {
            let said = now.get(table).cloned().unwrap_or_default();
            Effect::Keep(*table, said)
        });
        let effects = keep.collect();
        self.kept.clone_from(&self.mappings);
        effects
    }
}
