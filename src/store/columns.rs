//! What the user said of the columns of tables, by the fingerprint of their headers, in `columns.toml`.
//!
//! ```toml
//! [[afb6b9fff267c4b2]]
//! column = 3
//! field = "followers"
//! numbers = "comma"
//! ```

use super::Store;
use crate::domain::decision::{DecimalStyle, RateUnit};
use crate::domain::field::Field;
use crate::domain::mapping::{ColumnMapping, Fingerprint, Mapping, Mappings, Taken};
use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FILE: &str = "columns.toml";

const HEAD: &str = "\
# What pyramide was told of the columns of tables, each under the fingerprint of its header.
# The program writes this file. Take an entry out to have it forgotten.

";

/// The field that a column with none is written with.
const NOTHING: &str = "nothing";

type Tables = BTreeMap<String, Vec<Said>>;

/// What was said of a column.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// Its position, from 1.
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<Numbers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rates: Option<Rates>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Numbers {
    Point,
    Comma,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rates {
    Percent,
    Fraction,
    Count,
}

impl Store {
    /// What was said of columns.
    ///
    /// # Errors
    /// When the file is there and cannot be read or understood.
    pub fn columns(&self) -> Result<Mappings> {
        let path = self.folder.join(FILE);
        let text = self.read(FILE)?;
        let tables: Tables = toml::from_str(&text)
            .with_context(|| format!("{}: is not understood", path.display()))?;
        let mut mappings = Mappings::new();
        for (key, columns) in tables {
            let place = || format!("{}: [[{key}]]", path.display());
            let fingerprint: Fingerprint = key
                .parse()
                .with_context(|| format!("{}: no fingerprint of a header", place()))?;
            let mapping = mapping(columns).with_context(place)?;
            mappings.insert(fingerprint, mapping);
        }
        Ok(mappings)
    }

    /// Remembers what is said of the columns of tables with this header, in the place of what was said before.
    ///
    /// # Errors
    /// When the file cannot be understood, which is then left alone, or cannot be written.
    pub fn keep_columns(&self, fingerprint: Fingerprint, mapping: &Mapping) -> Result<()> {
        let mut mappings = self.columns()?;
        if mapping.is_open() {
            mappings.remove(&fingerprint);
        } else {
            mappings.insert(fingerprint, mapping.clone());
        }
        let mut tables = Tables::new();
        for (fingerprint, mapping) in &mappings {
            let columns = mapping.columns().map(|(at, said)| Said::of(at, said));
            tables.insert(fingerprint.to_string(), columns.collect());
        }
        self.write(FILE, &format!("{HEAD}{}", toml::to_string(&tables)?))
    }
}

fn mapping(columns: Vec<Said>) -> Result<Mapping> {
    let mut mapping = Mapping::default();
    for said in columns {
        let at = said.column.checked_sub(1);
        let at = at.ok_or_else(|| anyhow!("column 0; the first column is 1"))?;
        mapping.set(at, said.read()?);
    }
    Ok(mapping)
}

impl Said {
    fn of(at: usize, said: ColumnMapping) -> Said {
        Said {
            column: at + 1,
            field: said.taken.map(|taken| match taken {
                Taken::Field(field) => field.id().to_owned(),
                Taken::Nothing => NOTHING.to_owned(),
            }),
            numbers: said.style.map(|style| match style {
                DecimalStyle::Point => Numbers::Point,
                DecimalStyle::Comma => Numbers::Comma,
            }),
            rates: said.unit.map(|unit| match unit {
                RateUnit::Percent => Rates::Percent,
                RateUnit::Fraction => Rates::Fraction,
                RateUnit::Count => Rates::Count,
            }),
        }
    }

    fn read(self) -> Result<ColumnMapping> {
        let taken = match self.field.as_deref() {
            None => None,
            Some(NOTHING) => Some(Taken::Nothing),
            Some(id) => {
                let field = Field::from_id(id)
                    .ok_or_else(|| anyhow!("no field {id:?}; `pyramide fields` lists them"))?;
                Some(Taken::Field(field))
            }
        };
        Ok(ColumnMapping {
            taken,
            style: self.numbers.map(|numbers| match numbers {
                Numbers::Point => DecimalStyle::Point,
                Numbers::Comma => DecimalStyle::Comma,
            }),
            unit: self.rates.map(|rates| match rates {
                Rates::Percent => RateUnit::Percent,
                Rates::Fraction => RateUnit::Fraction,
                Rates::Count => RateUnit::Count,
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;
    use std::fs;

    fn said() -> impl Strategy<Value = ColumnMapping> {
        let taken = prop_oneof![
            Just(None),
            Just(Some(Taken::Nothing)),
            (0..Field::ALL.len()).prop_map(|at| Some(Taken::Field(Field::ALL[at]))),
        ];
        let style = prop::option::of(prop_oneof![
            Just(DecimalStyle::Point),
            Just(DecimalStyle::Comma)
        ]);
        let unit = prop::option::of(prop_oneof![
            Just(RateUnit::Percent),
            Just(RateUnit::Fraction),
            Just(RateUnit::Count)
        ]);
        (taken, style, unit).prop_map(|(taken, style, unit)| ColumnMapping { taken, style, unit })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_is_kept_is_what_is_read(tables in prop::collection::vec((any::<u64>(), prop::collection::vec((0..40usize, said()), 1..6)), 1..4)) {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::at(folder.path().join("deep/er"));
            let mut wanted = Mappings::new();
            for (number, columns) in tables {
                let fingerprint: Fingerprint = format!("{number:x}").parse().unwrap();
                let mut mapping = Mapping::default();
                for (at, said) in columns {
                    mapping.set(at, said);
                }
                store.keep_columns(fingerprint, &mapping).unwrap();
                wanted.remove(&fingerprint);
                if !mapping.is_open() {
                    wanted.insert(fingerprint, mapping);
                }
            }
            prop_assert_eq!(store.columns().unwrap(), wanted);
        }
    }

    #[test]
    fn a_file_that_is_not_understood_is_named_and_left_alone() {
        for (text, why) in [
            (
                "[[00ff]]\ncolumn = 2\nfield = \"fans\"\n",
                "no field \"fans\"",
            ),
            ("[[00ff]]\ncolumn = 0\n", "the first column is 1"),
            ("[[zz]]\ncolumn = 1\n", "no fingerprint"),
            ("what?", "is not understood"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::at(folder.path().to_owned());
            let path = folder.path().join(FILE);
            fs::write(&path, text).unwrap();
            let error = format!("{:#}", store.columns().unwrap_err());
            assert!(error.contains(why) && error.contains(FILE), "{error}");
            let kept = store.keep_columns(Fingerprint::default(), &Mapping::default());
            assert!(kept.is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
