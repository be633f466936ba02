//! What the user says of the columns of a table, by name on the command line or by position from an earlier time, as
//! one mapping by position.

use super::failure::LoadError;
use super::header;
use crate::domain::field::Field;
use crate::domain::mapping::{ColumnMapping, Mapping, Taken};

/// The mapping of a table with these column names: what was said before, and over it what `map` names.
///
/// # Errors
///
/// [`LoadError::UnknownColumn`] when a column is named that there is not.
pub(super) fn mapping(
    names: &[String],
    map: &[(Field, String)],
    before: Option<&Mapping>,
) -> Result<Mapping, LoadError> {
    let mut mapping = Mapping::default();
    let earlier = before.into_iter().flat_map(Mapping::columns);
    for (at, said) in earlier.filter(|(at, _)| *at < names.len()) {
        mapping.set(at, said);
    }
    for (field, column) in map {
        let at = position(names, column).ok_or_else(|| LoadError::UnknownColumn {
            field: *field,
            column: column.clone(),
            columns: names.to_vec(),
        })?;
        let said = ColumnMapping {
            taken: Some(Taken::Field(*field)),
            ..mapping.column(at)
        };
        mapping.set(at, said);
    }
    Ok(mapping)
}

/// The column that a user names: by its header, or by its number from 1.
fn position(names: &[String], told: &str) -> Option<usize> {
    let key = header::key(told);
    let exact = names.iter().position(|name| name == told.trim());
    let folded = || {
        names
            .iter()
            .position(|name| !key.is_empty() && header::key(name) == key)
    };
    let numbered = || {
        told.trim()
            .parse::<usize>()
            .ok()?
            .checked_sub(1)
            .filter(|at| *at < names.len())
    };
    exact.or_else(folded).or_else(numbered)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_named_comes_before_what_was_said() {
        let names = ["Fans".to_owned(), "Reach".to_owned()];
        let mut before = Mapping::default();
        let followers = ColumnMapping {
            taken: Some(Taken::Field(Field::Followers)),
            ..ColumnMapping::default()
        };
        before.set(1, followers);
        before.set(9, followers);
        let kept = mapping(&names, &[], Some(&before)).unwrap();
        assert!(kept.is_open());
        before.set(1, followers);
        let map = [(Field::Followers, "fans".to_owned())];
        let told = mapping(&names, &map, Some(&before)).unwrap();
        assert_eq!(told.columns().collect::<Vec<_>>(), [(0, followers)]);
        let numbered = [(Field::Followers, "2".to_owned())];
        let told = mapping(&names, &numbered, None).unwrap();
        assert_eq!(told.column(1), followers);
        assert!(mapping(&names, &[(Field::Name, "3".to_owned())], None).is_err());
    }
}
