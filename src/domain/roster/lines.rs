//! Lines of the file on which rows start, kept as the few places where a row is not on the line after the one before.

/// On which line the rows of a chunk start. Costs nothing for rows of one line each, 16 bytes for any other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The first row of each run, counted from the first of the chunk, and its line, from 1; 0 where none is known.
    runs: Vec<(u32, u64)>,
}

impl Lines {
    /// Adds the line of a row; rows come in order, each once.
    pub fn push(&mut self, row: u32, line: u64) {
        let expected = match self.runs.last() {
            Some((first, known)) if *known > 0 => known + u64::from(row - first),
            _ => 0,
        };
        if expected != line {
            self.runs.push((row, line));
        }
    }

    /// The line of a row, from 1; 0 where none is known.
    #[must_use]
    pub fn line(&self, row: u32) -> u64 {
        let run = self.runs.partition_point(|(first, _)| *first <= row);
        match run.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some((first, line)) if *line > 0 => line + u64::from(row - first),
            _ => 0,
        }
    }

    /// Forgets all lines, to be filled anew in the same memory.
    pub fn clear(&mut self) {
        self.runs.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_of_one_line_each_are_one_run() {
        let mut lines = Lines::default();
        for row in 0..1_000 {
            lines.push(row, u64::from(row) + 2);
        }
        assert_eq!((lines.line(0), lines.line(999)), (2, 1_001));
        assert_eq!(lines.runs.len(), 1);
    }

    proptest! {
        #[test]
        fn every_row_has_the_line_that_it_was_given(steps in prop::collection::vec(0u64..4, 1..40)) {
            let mut line = 0;
            let given: Vec<u64> = steps.into_iter().map(|step| {
                line += step;
                if step == 0 { 0 } else { line }
            }).collect();
            let mut lines = Lines::default();
            for (row, line) in given.iter().enumerate() {
                lines.push(row as u32, *line);
            }
            let kept: Vec<u64> = (0..given.len()).map(|row| lines.line(row as u32)).collect();
            prop_assert_eq!(kept, given);
        }
    }
}
