//! Vocabularies: the distinct cells of a facet, and the values that each cell names.

use crate::text::fold;
use rustc_hash::FxHashMap;

/// The distinct cells of a facet (`"Food | Travel"`) and the distinct values they name (`Food`, `Travel`).
///
/// Values are compared without case and diacritics; the spelling met first is the one shown.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    cells: Vec<Box<str>>,
    members: Vec<Box<[u32]>>,
    values: Vec<Box<str>>,
    keys: Vec<Box<str>>,
    cell_codes: FxHashMap<Box<str>, u32>,
    value_codes: FxHashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// The number of a cell, which is added when it is new; `split` then names the values that it holds.
    pub fn intern<'a, V>(&mut self, cell: &'a str, split: impl FnOnce(&'a str) -> V) -> u32
    where
        V: IntoIterator<Item = &'a str>,
    {
        if let Some(code) = self.cell_codes.get(cell) {
            return *code;
        }
        let mut members: Vec<u32> = Vec::new();
        for value in split(cell) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let code = self.intern_value(value);
            if !members.contains(&code) {
                members.push(code);
            }
        }
        let code = self.cells.len() as u32;
        self.cells.push(cell.into());
        self.members.push(members.into_boxed_slice());
        self.cell_codes.insert(cell.into(), code);
        code
    }

    fn intern_value(&mut self, value: &str) -> u32 {
        let key = fold::key(value);
        if let Some(code) = self.value_codes.get(key.as_str()) {
            return *code;
        }
        let code = self.values.len() as u32;
        self.values.push(value.into());
        self.keys.push(key.as_str().into());
        self.value_codes.insert(key.into(), code);
        code
    }

    /// The number of a cell that was met before.
    #[must_use]
    pub fn code(&self, cell: &str) -> Option<u32> {
        self.cell_codes.get(cell).copied()
    }

    /// The text of a cell; empty when there is no such cell.
    #[must_use]
    pub fn cell(&self, code: u32) -> &str {
        self.cells.get(code as usize).map_or("", Box::as_ref)
    }

    /// The folded text of a cell, as cells are sorted.
    #[must_use]
    pub fn cell_key(&self, code: u32) -> String {
        fold::key(self.cell(code))
    }

    /// The values that a cell names.
    #[must_use]
    pub fn members(&self, cell: u32) -> &[u32] {
        self.members.get(cell as usize).map_or(&[], Box::as_ref)
    }

    /// The text of a value; empty when there is no such value.
    #[must_use]
    pub fn value(&self, code: u32) -> &str {
        self.values.get(code as usize).map_or("", Box::as_ref)
    }

    /// The folded text of a value, as values are compared.
    #[must_use]
    pub fn value_key(&self, code: u32) -> &str {
        self.keys.get(code as usize).map_or("", Box::as_ref)
    }

    /// The value that a text names, compared without case and diacritics.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.value_codes.get(fold::key(text).as_str()).copied()
    }

    /// Number of distinct values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Number of distinct cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells.len()
    }
}
