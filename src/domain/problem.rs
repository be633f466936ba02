//! Problems: cells and rows that could not be used whole, each with its place. Nothing is dropped silently.

use super::sorting;

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A cell of a number column that is no number.
    UnreadableNumber,
    /// A number that cannot be: negative followers, a rate that is not finite.
    ImpossibleNumber,
    /// A cell with a byte that does not fit the encoding.
    InvalidText,
    /// A row with fewer cells than the header.
    RowTooShort,
    /// A row with more cells than the header.
    RowTooLong,
    /// A row that consists of rulers or repeats the header; not counted as an account.
    NotAnAccount,
    /// A row above or below the table: a title, a note, a second table; not counted as an account.
    OutsideTable,
    /// A line that is no record in the notation of the others; not counted as a row.
    BrokenRecord,
    /// The file ends in the middle of a record; what stands before was read.
    CutOff,
    /// A row whose cells are set apart by another character than those of the rest.
    OtherSeparator,
    /// A quote that is never closed or stands where none belongs.
    StrayQuote,
    /// The stated rate and the one from likes and comments differ by more than a quarter.
    RateContradicted,
    /// A price in another currency than the roster's.
    OtherCurrency,
    /// An account that repeats an earlier one.
    Duplicate,
    /// An account whose handle can hardly be told from an earlier one's by eye, and is another.
    LookAlike,
    /// The cell contradicts what was decided for its column.
    AgainstDecision,
}

impl ProblemKind {
    /// All kinds.
    pub const ALL: [ProblemKind; 16] = [
        ProblemKind::UnreadableNumber,
        ProblemKind::ImpossibleNumber,
        ProblemKind::InvalidText,
        ProblemKind::RowTooShort,
        ProblemKind::RowTooLong,
        ProblemKind::NotAnAccount,
        ProblemKind::OutsideTable,
        ProblemKind::BrokenRecord,
        ProblemKind::CutOff,
        ProblemKind::OtherSeparator,
        ProblemKind::StrayQuote,
        ProblemKind::RateContradicted,
        ProblemKind::OtherCurrency,
        ProblemKind::Duplicate,
        ProblemKind::LookAlike,
        ProblemKind::AgainstDecision,
    ];

    /// The identifier used in JSON and as the key of its words.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            ProblemKind::UnreadableNumber => "unreadable_number",
            ProblemKind::ImpossibleNumber => "impossible_number",
            ProblemKind::InvalidText => "invalid_text",
            ProblemKind::RowTooShort => "row_too_short",
            ProblemKind::RowTooLong => "row_too_long",
            ProblemKind::NotAnAccount => "not_an_account",
            ProblemKind::OutsideTable => "outside_table",
            ProblemKind::BrokenRecord => "broken_record",
            ProblemKind::CutOff => "cut_off",
            ProblemKind::OtherSeparator => "other_separator",
            ProblemKind::StrayQuote => "stray_quote",
            ProblemKind::RateContradicted => "rate_contradicted",
            ProblemKind::OtherCurrency => "other_currency",
            ProblemKind::Duplicate => "duplicate",
            ProblemKind::LookAlike => "look_alike",
            ProblemKind::AgainstDecision => "against_decision",
        }
    }
}

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Number of the file, from 0.
    pub file: u32,
    /// Physical line on which the record starts, from 1; 0 where only its row is known.
    pub line: u64,
    /// Data row, from 1; 0 for a row that is not counted as data.
    pub row: u64,
    /// Header of the column, empty when the whole row is meant.
    pub column: String,
    /// The cell as it stands in the file, shortened when very long.
    pub value: String,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The rate that likes and comments give, a fraction, where it contradicts the stated one.
    pub computed: Option<f64>,
    /// The data row of the account that it repeats or looks like.
    pub repeats: Option<u64>,
}

/// The problems of a file: exact counts per kind, and the first of each with their places.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems {
    listed: Vec<Problem>,
    counts: [u64; ProblemKind::ALL.len()],
}

impl Problems {
    /// How many problems of each kind are kept with their place; beyond that they are only counted.
    pub const KEPT_PER_KIND: u64 = 10_000;

    /// Longest value kept, in characters.
    pub const LONGEST_VALUE: usize = 200;

    /// Adds a problem.
    pub fn add(&mut self, mut problem: Problem) {
        let count = &mut self.counts[problem.kind as usize];
        *count += 1;
        if *count > Problems::KEPT_PER_KIND {
            return;
        }
        if let Some((at, _)) = problem.value.char_indices().nth(Problems::LONGEST_VALUE) {
            problem.value.truncate(at);
            problem.value.push('…');
        }
        self.listed.push(problem);
    }

    /// Adds problems that were found further down, in rows that were counted from the one after this many.
    pub fn join(&mut self, further: Problems, rows: u64) {
        let mut unlisted = further.counts;
        for mut problem in further.listed {
            unlisted[problem.kind as usize] -= 1;
            if problem.row > 0 {
                problem.row += rows;
            }
            self.add(problem);
        }
        for (count, more) in self.counts.iter_mut().zip(unlisted) {
            *count += more;
        }
    }

    /// Puts the problems that were kept in the order of their places.
    pub fn sort(&mut self) {
        sorting::sort_by_key(&mut self.listed, |found| {
            (found.file, found.line, found.row)
        });
    }

    /// The problems that were kept, in the order in which they were found or put.
    #[must_use]
    pub fn listed(&self) -> &[Problem] {
        &self.listed
    }

    /// How many problems of this kind there are, kept or not.
    #[must_use]
    pub fn count(&self, kind: ProblemKind) -> u64 {
        self.counts[kind as usize]
    }

    /// How many problems there are in all, kept or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}
