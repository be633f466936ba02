//! Decisions: how a file and its columns were read. Each is data that can be shown, and overruled.

use super::field::Field;

/// What an engagement rate is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RateBasis {
    /// Interactions per post over followers.
    #[default]
    Followers,
    /// Interactions per post over views.
    Views,
    /// Interactions per post over people reached.
    Reach,
}

/// How the cells of a rate column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateUnit {
    /// `0.024` means 2.4 %.
    Fraction,
    /// `2.4` or `2.4%` means 2.4 %.
    Percent,
    /// The cells count interactions; divided by followers they are a rate.
    Count,
}

/// How a column writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalStyle {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// How a column of counts is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Notation {
    /// The decimal style.
    pub style: DecimalStyle,
    /// What plain numbers count, as a power of ten; numbers with a suffix of their own stand as they are.
    pub power: i32,
}

/// Why a column was taken for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// The header is a known synonym.
    Header,
    /// Words of the header point to the field.
    HeaderWords,
    /// It holds the latest figures of several columns that differ by their date.
    Latest,
    /// The cells look like the field.
    Content,
    /// The user said so.
    Told,
}

/// Where a rate came from when the file has no column for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateFrom {
    /// Engagements of an average post over followers.
    Engagements,
    /// Likes and comments of an average post over followers.
    LikesAndComments,
    /// Likes of an average post over followers.
    Likes,
}

/// Where the platform of the accounts came from when the file has no column for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlatformFrom {
    /// The profile addresses.
    Urls,
    /// A word in a header.
    Header,
    /// The name of the file.
    FileName,
}

/// One decision about how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The decisions that follow are about this file, one of several.
    File(String),
    /// The file was unpacked; this is the packing.
    Packed(String),
    /// The file is of this format.
    Format(String),
    /// A sheet of several was read.
    Sheet {
        /// Its name.
        name: String,
        /// How many sheets there are.
        sheets: usize,
    },
    /// The rows stand at this place within the document.
    Within(String),
    /// The first column holds whole lines, which were read as delimited text.
    Glued,
    /// Each row lists an account on each of these platforms.
    Wide(Vec<String>),
    /// The cells are separated by this character.
    Delimiter(char),
    /// The bytes were read in this encoding.
    Encoding(String),
    /// A column is this field.
    Column {
        /// Header of the column.
        header: String,
        /// Position of the column, from 0.
        at: usize,
        /// What it was taken for.
        field: Field,
        /// Why.
        because: Because,
    },
    /// A column repeats another one's field and was left out of the reckoning; it is still shown.
    Twin {
        /// Header of the column left out.
        header: String,
        /// Position of the column left out, from 0.
        at: usize,
        /// The field.
        field: Field,
    },
    /// Later rows write this column otherwise than the first ones did; it was decided on all of them and read again.
    ReadAgain {
        /// Header of the column.
        header: String,
    },
    /// How a column writes its numbers.
    Style {
        /// Header of the column.
        header: String,
        /// The style.
        style: DecimalStyle,
    },
    /// The plain numbers of a column count thousands or millions, as its header says.
    Scale {
        /// Header of the column.
        header: String,
        /// The power of ten: 3 for thousands.
        power: i32,
    },
    /// A number column that can be read in two ways (`1.234` alone); the way that was taken.
    Ambiguous {
        /// Header of the column.
        header: String,
        /// A cell that can be read in two ways.
        example: String,
        /// The style that was taken.
        taken: DecimalStyle,
    },
    /// How the engagement rate is written.
    Rate {
        /// Header of the column.
        header: String,
        /// The unit of its cells.
        unit: RateUnit,
        /// What it is a rate of.
        basis: RateBasis,
    },
    /// The engagement rate was computed.
    RateComputed {
        /// From what.
        from: RateFrom,
    },
    /// The platform of all or most accounts was inferred.
    Platform {
        /// From what.
        from: PlatformFrom,
        /// Name of the platform, empty when it differs per account.
        name: String,
    },
    /// Prices are in this currency.
    Currency(String),
}
