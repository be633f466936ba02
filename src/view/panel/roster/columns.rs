//! Which columns of the roster are offered, and which of them fit: pure functions of the file and the width.
//!
//! What stands in a cell is left to [`super::row`].

use crate::domain::field::{Facet, Field, FieldKind};
use crate::domain::roster::{Roster, Schema};
use crate::query::order::SortKey;

/// A column after the frozen first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// Whether it matches, and the fit.
    Fit,
    Platform,
    City,
    Category,
    Followers,
    Rate,
    Engagements,
    Price,
    /// Price per engagement.
    Cpe,
    /// Price per 1,000 followers.
    Cpm,
    /// A column of the file as it stands there.
    Source(usize),
}

/// Blanks between two columns.
const GAP: u16 = 2;

/// Signs before the name: the pointer, the sign of the tier, and a blank.
pub(super) const LEAD: u16 = 3;

/// Least and most cells of the name.
const NAME: (u16, u16) = (8, 30);

impl Column {
    /// Cells that the column takes.
    pub(super) fn width(self) -> u16 {
        match self {
            Column::Fit => 6,
            Column::Platform | Column::Followers | Column::Cpm => 10,
            Column::City => 12,
            Column::Category => 16,
            Column::Rate => 7,
            Column::Engagements | Column::Price | Column::Cpe => 9,
            Column::Source(_) => 14,
        }
    }

    /// Whether its cells stand at the right.
    pub(super) fn is_number(self, schema: &Schema) -> bool {
        match self {
            Column::Platform | Column::City | Column::Category => false,
            Column::Source(at) => schema
                .columns
                .get(at)
                .and_then(|column| column.field)
                .is_some_and(|field| {
                    matches!(
                        field.kind(),
                        FieldKind::Count | FieldKind::Rate | FieldKind::Money
                    )
                }),
            _ => true,
        }
    }

    /// What its head sorts by.
    pub(super) fn sort_key(self, schema: &Schema) -> SortKey {
        let of = |field| schema.column(field).map_or(SortKey::Row, SortKey::Column);
        match self {
            Column::Fit => SortKey::Fit,
            Column::Platform => of(Field::Platform),
            Column::City => of(Field::City),
            Column::Category => of(Field::Category),
            Column::Followers => SortKey::Followers,
            Column::Rate => SortKey::Rate,
            Column::Engagements => SortKey::Engagements,
            Column::Price => SortKey::Price,
            Column::Cpe => SortKey::Cpe,
            Column::Cpm => SortKey::Cpm,
            Column::Source(at) => SortKey::Column(at),
        }
    }

    /// The lower, the sooner the column is kept when not all fit.
    fn rank(self) -> u8 {
        match self {
            Column::Followers => 0,
            Column::Rate => 1,
            Column::Fit => 2,
            Column::Price => 3,
            Column::Platform => 4,
            Column::City => 5,
            Column::Engagements => 6,
            Column::Cpe => 7,
            Column::Category => 8,
            Column::Cpm => 9,
            Column::Source(_) => 10,
        }
    }
}

/// All columns that this roster offers, from left to right: what the goal and the figures say, then the other
/// columns of the file.
pub(super) fn offered(roster: &Roster, goal: bool) -> Vec<Column> {
    let schema = roster.schema();
    let known = |facet: Facet| !roster.vocabulary(facet).is_empty();
    let both = schema.has_rates && schema.has_prices;
    let own = [
        (Column::Fit, goal),
        (Column::Platform, known(Facet::Platform)),
        (Column::City, known(Facet::City)),
        (Column::Category, known(Facet::Category)),
        (Column::Followers, true),
        (Column::Rate, schema.has_rates),
        (Column::Engagements, schema.has_rates),
        (Column::Price, schema.has_prices),
        (Column::Cpe, both),
        (Column::Cpm, schema.has_prices),
    ];
    let mut columns: Vec<Column> = own
        .into_iter()
        .filter_map(|(column, has)| has.then_some(column))
        .collect();
    let title = [Field::Name, Field::Handle, Field::Url]
        .into_iter()
        .find_map(|field| schema.column(field));
    let mut taken: Vec<usize> = title.into_iter().collect();
    for field in [
        Field::Platform,
        Field::City,
        Field::Category,
        Field::Followers,
        Field::EngagementRate,
        Field::Price,
    ] {
        taken.extend(schema.column(field));
    }
    columns.extend(
        (0..schema.columns.len())
            .filter(|at| !taken.contains(at))
            .map(Column::Source),
    );
    columns
}

/// A column and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) column: Column,
    /// First cell, counted from the left of the rows.
    pub(super) x: u16,
    pub(super) width: u16,
}

/// The columns that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fitting {
    /// Cells of the name, after [`LEAD`].
    pub(super) name: u16,
    pub(super) slots: Vec<Slot>,
    /// Whether columns are scrolled out to the left.
    pub(super) before: bool,
    /// Whether there are columns that are not shown, scrolled ones apart.
    pub(super) after: bool,
}

/// Which columns fit into a width after this many steps to the right. Before the first step the most important ones
/// are kept; from then on all columns follow one another, so that each can be reached.
pub(super) fn fit(width: u16, offered: &[Column], scrolled: usize) -> Fitting {
    let scrolled = scrolled.min(offered.len());
    let rest = offered
        .get(scrolled.saturating_sub(1)..)
        .unwrap_or_default();
    let wanted = (width / 4).clamp(NAME.0, NAME.1 - 8);
    let mut room = width.saturating_sub(LEAD + wanted);
    let mut order: Vec<usize> = (0..rest.len()).collect();
    if scrolled == 0 {
        order.sort_by_key(|at| rest[*at].rank());
    }
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        let needs = rest[at].width() + GAP;
        if needs <= room {
            room -= needs;
            kept.push(at);
        } else if scrolled > 0 {
            break;
        }
    }
    kept.sort_unstable();
    let used: u16 = kept.iter().map(|at| rest[*at].width() + GAP).sum();
    let most = if kept.len() == rest.len() {
        width
    } else {
        NAME.1
    };
    let name = width.saturating_sub(LEAD + used).min(most.min(40));
    let mut x = LEAD + name;
    let slots = kept
        .iter()
        .map(|at| {
            let column = rest[*at];
            let slot = Slot {
                column,
                x: x + GAP,
                width: column.width(),
            };
            x = slot.x + slot.width;
            slot
        })
        .collect();
    Fitting {
        name,
        slots,
        before: scrolled > 1,
        after: kept.len() < rest.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::builder::{Figures, RosterBuilder};
    use proptest::prelude::*;

    fn roster() -> Roster {
        let mut builder = RosterBuilder::new(&[
            ("Naam", Some(Field::Name)),
            ("Handle", Some(Field::Handle)),
            ("Stad", Some(Field::City)),
            ("Volgers", Some(Field::Followers)),
            ("Views", Some(Field::Views)),
            ("Kleur", None),
        ]);
        let figures = Figures {
            followers: Some(10),
            engagement_rate: Some(0.1),
            ..Figures::default()
        };
        builder.add(figures, &["A", "a", "Gent", "10", "7", "rood"]);
        builder.build()
    }

    #[test]
    fn what_the_file_knows_is_offered_once() {
        use Column::{City, Engagements, Fit, Followers, Rate, Source};
        let rest = [
            City,
            Followers,
            Rate,
            Engagements,
            Source(1),
            Source(4),
            Source(5),
        ];
        assert_eq!(offered(&roster(), false), rest);
        assert_eq!(offered(&roster(), true)[0], Fit);
        assert!(Source(4).is_number(roster().schema()));
        assert_eq!(City.sort_key(roster().schema()), SortKey::Column(2));
    }

    #[test]
    fn a_narrow_roster_keeps_followers_and_rate() {
        let fitting = fit(36, &offered(&roster(), true), 0);
        let columns: Vec<Column> = fitting.slots.iter().map(|slot| slot.column).collect();
        assert_eq!(columns, [Column::Followers, Column::Rate]);
        assert!(fitting.after && !fitting.before);
    }

    #[test]
    fn every_column_can_be_reached() {
        let offered = offered(&roster(), true);
        let mut seen = Vec::new();
        for scrolled in 0..=offered.len() {
            seen.extend(fit(36, &offered, scrolled).slots.iter().map(|it| it.column));
        }
        assert!(offered.iter().all(|column| seen.contains(column)));
    }

    proptest! {
        #[test]
        fn columns_stand_in_order_within_the_width(width in 0u16..250, scrolled in 0usize..12) {
            let fitting = fit(width, &offered(&roster(), true), scrolled);
            let mut end = LEAD + fitting.name;
            for slot in &fitting.slots {
                prop_assert!(slot.x >= end + GAP);
                end = slot.x + slot.width;
            }
            prop_assert!(fitting.slots.is_empty() || end <= width);
            prop_assert!(fitting.name <= width);
        }
    }
}
