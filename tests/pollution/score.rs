//! The score of a file, 0 to 10: success, and precision, recall and F1 of header, records and cells.

use std::collections::HashMap;
use std::hash::Hash;

/// How common each family is among files that people exchange, by our own estimate.
const WEIGHTS: [(&str, f64); 20] = [
    ("well-formed", 300.0),
    ("delimiter", 150.0),
    ("quote", 5.0),
    ("escape backslash", 8.0),
    ("escape missing", 8.0),
    ("record end", 100.0),
    ("no final end", 60.0),
    ("blank lines at the end", 20.0),
    ("empty", 2.0),
    ("header only", 3.0),
    ("one row", 5.0),
    ("no header", 40.0),
    ("header of rows", 40.0),
    ("preamble", 80.0),
    ("second table", 20.0),
    ("encoding", 60.0),
    ("separator too few", 30.0),
    ("separator too many", 40.0),
    ("extra quote", 20.0),
    ("other separator in a row", 4.0),
];

pub(super) fn weight(family: &str) -> f64 {
    WEIGHTS.iter().find(|(name, _)| *name == family).unwrap().1
}

/// Precision, recall and F1.
type Measures = [f64; 3];

/// What was read of a file, against what should have been.
pub(super) struct Score {
    success: f64,
    measures: [Measures; 3],
}

impl Score {
    /// Compares rows, the first of them the header; `read` is `None` when the file was refused.
    pub(super) fn of(wanted: &[Vec<String>], read: Option<&[Vec<String>]>) -> Score {
        let Some(read) = read else {
            return Score {
                success: 0.0,
                measures: [[0.0; 3]; 3],
            };
        };
        if wanted.is_empty() {
            let all = if read.is_empty() { 1.0 } else { 0.0 };
            return Score {
                success: 1.0,
                measures: [[all; 3]; 3],
            };
        }
        let header = |rows: &[Vec<String>]| rows.first().cloned().unwrap_or_default();
        let records = |rows: &[Vec<String>]| rows.iter().skip(1).map(|row| row.concat()).collect();
        let cells = |rows: &[Vec<String>]| rows.concat();
        let records: [Vec<String>; 2] = [records(wanted), records(read)];
        Score {
            success: 1.0,
            measures: [
                measures(&header(wanted), &header(read)),
                measures(&records[0], &records[1]),
                measures(&cells(wanted), &cells(read)),
            ],
        }
    }

    /// All of it as points out of ten.
    pub(super) fn points(&self) -> f64 {
        self.success + self.measures.iter().flatten().sum::<f64>()
    }
}

fn measures<T: Hash + Eq>(wanted: &[T], read: &[T]) -> Measures {
    if wanted.is_empty() && read.is_empty() {
        return [1.0; 3];
    }
    let mut left: HashMap<&T, usize> = HashMap::new();
    for it in wanted {
        *left.entry(it).or_default() += 1;
    }
    let mut common = 0.0;
    for it in read {
        if let Some(count) = left.get_mut(it).filter(|count| **count > 0) {
            *count -= 1;
            common += 1.0;
        }
    }
    if common == 0.0 {
        return [0.0; 3];
    }
    let (precision, recall) = (common / read.len() as f64, common / wanted.len() as f64);
    [
        precision,
        recall,
        2.0 * precision * recall / (precision + recall),
    ]
}

#[test]
fn a_file_read_whole_has_ten_points_and_a_refused_one_none() {
    let row = |cells: &[&str]| {
        cells
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect::<Vec<_>>()
    };
    let rows = [row(&["a", "b"]), row(&["1", "2"]), row(&["3", "4"])];
    let points =
        |wanted: &[Vec<String>], read: Option<&[Vec<String>]>| Score::of(wanted, read).points();
    assert!((points(&rows, Some(&rows)) - 10.0).abs() < 1e-9);
    assert!(points(&rows, None).abs() < 1e-9);
    assert!((points(&[], Some(&[])) - 10.0).abs() < 1e-9);
    assert!((points(&rows, Some(&[])) - 1.0).abs() < 1e-9);
    let half = points(&rows, Some(&rows[..2]));
    assert!(half > 7.5 && half < 9.0, "{half}");
}
