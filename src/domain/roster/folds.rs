//! Folds: the names of a roster beyond ASCII as they are compared, held by who searches ([`super::folded`]).

use super::cells::Cells;
use super::chunk::Chunk;
use super::folded::Folded;
use std::sync::Arc;

/// The folded cells of some columns of a roster. They stay as long as it does, and whoever needs them has them at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds(Vec<Arc<Folded>>);

impl Folds {
    /// Folds those of these columns of a chunk that have text of their own, unless somebody holds them.
    pub fn add(&mut self, chunk: &Chunk, columns: &[usize]) {
        let cells = columns.iter().filter_map(|column| chunk.cells.get(*column));
        let folded = cells.filter_map(|cells| match cells {
            Cells::Text(text) => text.folded(),
            _ => None,
        });
        self.0.extend(folded);
    }

    /// Those of several as one.
    #[must_use]
    pub fn joined(parts: Vec<Folds>) -> Folds {
        Folds(parts.into_iter().flat_map(|part| part.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::column::TextColumn;

    #[test]
    fn folded_cells_are_kept_as_long_as_somebody_holds_them() {
        let mut column = TextColumn::default();
        column.push("Zoë");
        let mut chunk = Chunk::default();
        chunk.cells = Arc::new(vec![Cells::Text(column)]);
        let is_kept = |chunk: &Chunk| match chunk.cells.first() {
            Some(Cells::Text(text)) => text.kept_folded().is_some(),
            _ => false,
        };
        assert!(!is_kept(&chunk));
        let (mut folds, mut others) = (Folds::default(), Folds::default());
        folds.add(&chunk, &[0]);
        others.add(&chunk, &[0, 1]);
        assert!(is_kept(&chunk) && Arc::ptr_eq(&folds.0[0], &others.0[0]));
        drop(folds);
        assert!(is_kept(&chunk));
        drop(others);
        assert!(!is_kept(&chunk));
    }
}
