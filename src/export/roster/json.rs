//! A roster as an array of objects, one per account, keys in the order of the columns.

use super::{Columns, Rules, Value};
use crate::domain::roster::{AccountId, Roster};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::io::{self, Write};

/// Writes these accounts of a roster.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    roster: &Roster,
    accounts: impl Iterator<Item = AccountId>,
    rules: Rules<'_>,
    mut out: impl Write,
) -> io::Result<()> {
    let columns = Columns::of(roster, rules);
    let mut json = serde_json::Serializer::pretty(&mut out);
    let mut list = json.serialize_seq(None)?;
    for account in accounts.filter_map(|id| roster.account(id)) {
        let names = columns.names().iter().map(String::as_str);
        let cells: Vec<(&str, Value<'_>)> = names.zip(columns.cells(&account)).collect();
        list.serialize_element(&Object(&cells))?;
    }
    SerializeSeq::end(list)?;
    out.write_all(b"\n")?;
    out.flush()
}

struct Object<'a>(&'a [(&'a str, Value<'a>)]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            match value {
                Value::Unknown => map.serialize_entry(name, &None::<u64>)?,
                Value::Count(count) => map.serialize_entry(name, count)?,
                Value::Number(number) => map.serialize_entry(name, number)?,
                Value::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}
