//! The union: one schema over the parts of all tables, and where each part has the cells of its columns.
//!
//! Columns of one field are one column, and so are columns of one header that are no field. How their counts are
//! written is known where all write them alike.

use super::header;
use super::wide::Part;
use crate::domain::decision::RateBasis;
use crate::domain::field::Field;
use crate::domain::roster::Schema;
use rustc_hash::FxHashMap;

/// What columns are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Field(Field, usize),
    Header(String, usize),
}

/// The position of a cell that a part does not have.
pub(super) const NOWHERE: usize = usize::MAX;

/// One schema over several parts.
#[derive(Debug, Default)]
pub(super) struct Union {
    /// The columns of the roster.
    pub(super) schema: Schema,
    keys: FxHashMap<Key, usize>,
    own: Vec<Vec<(usize, usize)>>,
}

impl Union {
    /// Adds a part.
    pub(super) fn add(&mut self, part: &Part) {
        let plan = &part.plan;
        let all = &mut self.schema;
        if self.own.is_empty() || all.basis == RateBasis::Followers && !all.has_rates {
            all.basis = plan.schema.basis;
        }
        all.has_rates |= plan.schema.has_rates;
        all.has_prices |= plan.schema.has_prices;
        if all.currency.is_empty() {
            all.currency.clone_from(&plan.schema.currency);
        }
        let mut met: FxHashMap<Key, usize> = FxHashMap::default();
        let mut places = Vec::new();
        for at in &part.columns {
            let Some(column) = part.plan.schema.columns.get(*at) else {
                continue;
            };
            let key = |nth| match column.field {
                Some(field) => Key::Field(field, nth),
                None => Key::Header(header::key(&column.header), nth),
            };
            let nth = met.entry(key(0)).or_insert(0);
            let key = key(*nth);
            *nth += 1;
            let columns = &mut self.schema.columns;
            let place = *self.keys.entry(key).or_insert_with(|| {
                columns.push(column.clone());
                columns.len() - 1
            });
            if let Some(one) = columns.get_mut(place)
                && one.notation != column.notation
            {
                one.notation = None;
            }
            places.push((place, *at));
        }
        self.own.push(places);
    }

    /// Tells a part the currency of the roster once all were added; its prices are told apart when they are in another.
    pub(super) fn settle(&self, part: &mut Part) {
        let (plan, all) = (&mut part.plan, &self.schema.currency);
        if plan.schema.currency != *all {
            let own = std::mem::replace(&mut plan.schema.currency, all.clone());
            let own = Some(own).filter(|own| !own.is_empty());
            plan.otherwise = plan.otherwise.take().or(own);
        }
    }

    /// For each column of the roster, where the part that was added as this number has its cell.
    pub(super) fn places(&self, part: usize) -> Vec<usize> {
        let mut places = vec![NOWHERE; self.schema.columns.len()];
        for (place, at) in self.own.get(part).into_iter().flatten() {
            if let Some(to) = places.get_mut(*place) {
                *to = *at;
            }
        }
        places
    }
}
