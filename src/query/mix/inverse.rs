//! The inverse of a small matrix.

/// A pivot smaller than this is rounding.
const TINY: f64 = 1e-11;

/// The inverse of a matrix given by its columns, by rows; `None` where it has none.
pub(super) fn invert(columns: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let size = columns.len();
    let mut rows: Vec<Vec<f64>> = (0..size)
        .map(|row| {
            let own = columns.iter().map(|column| column[row]);
            let unit = (0..size).map(|at| f64::from(u8::from(at == row)));
            own.chain(unit).collect()
        })
        .collect();
    for at in 0..size {
        let size_of = |row: &usize| rows[*row][at].abs();
        let pivot = (at..size).max_by(|one, other| size_of(one).total_cmp(&size_of(other)))?;
        if size_of(&pivot) < TINY {
            return None;
        }
        rows.swap(at, pivot);
        let lead = rows[at][at];
        for cell in &mut rows[at] {
            *cell /= lead;
        }
        let pivot = rows[at].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != at) {
            let times = row[at];
            if times != 0.0 {
                for (cell, own) in row.iter_mut().zip(&pivot) {
                    *cell -= times * own;
                }
            }
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}
