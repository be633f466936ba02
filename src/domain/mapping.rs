//! Mappings: what a person says about the columns of a table, in place of what was found out. They are kept by the
//! [`Fingerprint`] of the header, so that next month's export is read the same way.

use super::decision::{DecimalStyle, RateUnit};
use super::field::Field;
use crate::text::fold;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Which header this is: equal for the same names in the same order, case and diacritics aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of these names: their FNV-1a hash, which is the same on every machine and in every version.
    #[must_use]
    pub fn of(names: &[String]) -> Fingerprint {
        const START: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let mut hash = START;
        for name in names {
            for byte in fold::key(name).bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
            }
        }
        Fingerprint(hash)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Fingerprint, Self::Err> {
        u64::from_str_radix(text, 16).map(Fingerprint)
    }
}

/// What a person takes a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taken {
    /// This field.
    Field(Field),
    /// No field: it is only shown.
    Nothing,
}

/// What a person says about a column; `None` leaves a thing to be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ColumnMapping {
    /// What it is.
    pub taken: Option<Taken>,
    /// How it writes its numbers.
    pub style: Option<DecimalStyle>,
    /// How it writes its rates.
    pub unit: Option<RateUnit>,
}

impl ColumnMapping {
    /// Whether everything is left to be found out.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == ColumnMapping::default()
    }
}

/// What a person says about the columns of a table, by position from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    columns: BTreeMap<usize, ColumnMapping>,
}

impl Mapping {
    /// Whether everything is left to be found out.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.columns.is_empty()
    }

    /// What is said about the column at this position.
    #[must_use]
    pub fn column(&self, at: usize) -> ColumnMapping {
        self.columns.get(&at).copied().unwrap_or_default()
    }

    /// The columns about which something is said, in order.
    pub fn columns(&self) -> impl Iterator<Item = (usize, ColumnMapping)> + '_ {
        self.columns.iter().map(|(at, column)| (*at, *column))
    }

    /// Says this about a column. A field that another column was taken for goes to this one; only categories may
    /// stand in several.
    pub fn set(&mut self, at: usize, said: ColumnMapping) {
        if let Some(Taken::Field(field)) = said.taken
            && field != Field::Category
        {
            for column in self.columns.values_mut() {
                if column.taken == Some(Taken::Field(field)) {
                    column.taken = None;
                }
            }
        }
        self.columns.insert(at, said);
        self.columns.retain(|_, column| !column.is_open());
    }
}

/// The mappings of several tables, by their headers.
pub type Mappings = BTreeMap<Fingerprint, Mapping>;

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn fingerprints_tell_headers_apart_and_stay_the_same() {
        let of = |all: &[&str]| Fingerprint::of(&names(all));
        assert_eq!(of(&["Naam", " Volgers"]), of(&["naam", "VOLGERS "]));
        assert_ne!(of(&["naam", "volgers"]), of(&["volgers", "naam"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["name"]).to_string(), "afb6b9fff267c4b2");
        let one = of(&["x"]);
        assert_eq!(one.to_string().parse(), Ok(one));
    }

    #[test]
    fn a_field_belongs_to_one_column_and_open_columns_are_forgotten() {
        let followers = ColumnMapping {
            taken: Some(Taken::Field(Field::Followers)),
            ..ColumnMapping::default()
        };
        let mut mapping = Mapping::default();
        mapping.set(2, followers);
        mapping.set(5, followers);
        assert_eq!(mapping.columns().map(|(at, _)| at).collect::<Vec<_>>(), [5]);
        mapping.set(5, ColumnMapping::default());
        assert!(mapping.is_open());
    }
}
