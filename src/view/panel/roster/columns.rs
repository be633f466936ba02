//! Which columns of the roster are offered, and which of them fit: pure functions of the file and the width.
//!
//! What stands in a cell is left to [`super::row`], how much room that takes to [`super::widths`].

use crate::domain::field::{Facet, Field, FieldKind};
use crate::domain::goal::Need;
use crate::domain::roster::{Roster, Schema};
use crate::domain::sorting;
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
    /// The rate against what the line gives for the followers; offered while the accounts are sorted by it.
    Residual,
    Price,
    /// Price per engagement.
    Cpe,
    /// Price per 1,000 followers.
    Cpm,
    /// A column of the file as it stands there.
    Source(usize),
}

/// Most cells that the head of a number takes from a column of text or the name before it, whose own head is
/// shorter.
const LENT: u16 = 2;

/// Signs before the name: the pointer, the sign of the tier, and a blank.
pub(super) const LEAD: u16 = 3;

/// Least and most cells of the name.
const NAME: (u16, u16) = (14, 30);

/// Least cells of the name in rosters narrower than these widths.
const SHORT_NAMES: [(u16, u16); 2] = [(34, 8), (40, 12)];

impl Column {
    /// Blanks before the column. Numbers stand at the right of theirs, so that they need fewer.
    fn gap(self) -> u16 {
        match self {
            Column::Fit
            | Column::Followers
            | Column::Rate
            | Column::Engagements
            | Column::Residual
            | Column::Price
            | Column::Cpe
            | Column::Cpm => 1,
            _ => 2,
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
            Column::Residual => SortKey::Residual,
            Column::Price => SortKey::Price,
            Column::Cpe => SortKey::Cpe,
            Column::Cpm => SortKey::Cpm,
            Column::Source(at) => SortKey::Column(at),
        }
    }

    /// The lower, the sooner the column is kept when not all fit; what the goal needs filled in comes before the
    /// other texts.
    fn rank(self, need: Option<Need>) -> u8 {
        match self {
            Column::Followers => 0,
            Column::Rate => 1,
            Column::Fit => 2,
            Column::Price => 3,
            Column::City if need == Some(Need::City) => 4,
            Column::Category if need == Some(Need::Category) => 4,
            Column::Platform => 5,
            Column::City => 6,
            Column::Engagements | Column::Residual => 7,
            Column::Cpe => 8,
            Column::Category => 9,
            Column::Cpm => 10,
            Column::Source(_) => 11,
        }
    }
}

/// A column with the cells that its head and what stands below it take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) column: Column,
    pub(super) head: u16,
    pub(super) cells: u16,
}

impl Offer {
    /// Cells that the column takes when it stands after this one, which takes so many, or after the name.
    fn width(self, before: Option<(Offer, u16)>) -> u16 {
        let free = match before {
            None => LENT,
            Some((before, width)) if before.column.gap() == 2 => width.saturating_sub(before.head),
            Some(_) => 0,
        };
        let lent = if self.column.gap() == 1 {
            free.min(LENT)
        } else {
            0
        };
        self.head.saturating_sub(lent).max(self.cells)
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
    /// Cells before the name: [`LEAD`], and those of the verdict where there is any.
    pub(super) lead: u16,
    /// Cells of the name.
    pub(super) name: u16,
    pub(super) slots: Vec<Slot>,
    /// Whether columns are scrolled out to the left.
    pub(super) before: bool,
    /// Whether there are columns that are not shown, scrolled ones apart.
    pub(super) after: bool,
}

impl Fitting {
    /// The same, with so many cells more before the name.
    pub(super) fn behind(mut self, cells: u16) -> Fitting {
        self.lead += cells;
        for slot in &mut self.slots {
            slot.x += cells;
        }
        self
    }
}

/// Which columns fit into a width after this many steps to the right. Before the first step the most important ones
/// are kept, that by which the accounts are sorted before all, and next to the name; from then on all columns follow
/// one another, so that each can be reached.
pub(super) fn fit(
    width: u16,
    offers: &[Offer],
    sorted: Option<Column>,
    need: Option<Need>,
    scrolled: usize,
) -> Fitting {
    let mut offers = offers.to_vec();
    if scrolled == 0 {
        sorting::sort_by_key(&mut offers, |offer| Some(offer.column) != sorted);
    }
    let scrolled = scrolled.min(offers.len());
    let rest = offers.get(scrolled.saturating_sub(1)..).unwrap_or_default();
    let rank = |offer: &Offer| {
        let column = offer.column;
        (Some(column) != sorted).then(|| column.rank(need))
    };
    let kept = kept(width, rest, &rank, scrolled > 0);
    let (mut slots, used) = placed(&kept);
    let most = if kept.len() == rest.len() {
        width
    } else {
        NAME.1
    };
    let name = width.saturating_sub(LEAD + used).min(most.min(40));
    for slot in &mut slots {
        slot.x += LEAD + name;
    }
    slots.retain(|slot| slot.x + slot.width <= width);
    Fitting {
        lead: LEAD,
        name,
        after: slots.len() < rest.len(),
        slots,
        before: scrolled > 1,
    }
}

/// The columns that leave the name its room, from left to right: as many as follow one another, or those with the
/// lowest ranks.
fn kept(
    width: u16,
    offers: &[Offer],
    rank: &impl Fn(&Offer) -> Option<u8>,
    following: bool,
) -> Vec<Offer> {
    let short = SHORT_NAMES.iter().find(|(below, _)| width < *below);
    let least = short.map_or(NAME.0, |(_, least)| *least);
    let wanted = (width / 6).clamp(least, NAME.1 - 8);
    let wider = (width / 4).clamp(least, NAME.1 - 8);
    let mut order: Vec<usize> = (0..offers.len()).collect();
    if !following {
        sorting::sort_by_key(&mut order, |at| offers.get(*at).map(rank));
    }
    let mut kept: Vec<usize> = Vec::new();
    let chosen = |kept: &[usize]| -> Vec<Offer> {
        kept.iter()
            .filter_map(|at| offers.get(*at).copied())
            .collect()
    };
    for at in order {
        let mut more = kept.clone();
        more.push(at);
        more.sort_unstable();
        let rank = offers.get(at).and_then(rank);
        let essential = following || rank <= Some(Column::City.rank(None));
        let name = if essential { wanted } else { wider };
        if placed(&chosen(&more)).1 + LEAD + name <= width {
            kept = more;
        } else if following {
            break;
        }
    }
    chosen(&kept)
}

/// These columns one after another, counted from the end of the name, and the cells that they take.
fn placed(offers: &[Offer]) -> (Vec<Slot>, u16) {
    let mut before = None;
    let mut slots: Vec<Slot> = Vec::new();
    let mut used = 0;
    for offer in offers {
        let width = offer.width(before);
        used += offer.column.gap();
        slots.push(Slot {
            column: offer.column,
            x: used,
            width,
        });
        used += width;
        before = Some((*offer, width));
    }
    (slots, used)
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

    fn offers() -> Vec<Offer> {
        let offered = offered(&roster(), true).into_iter();
        offered.map(|column| of(column, 9, 6)).collect()
    }

    fn of(column: Column, head: u16, cells: u16) -> Offer {
        Offer {
            column,
            head,
            cells,
        }
    }

    fn kept(fitting: &Fitting) -> Vec<Column> {
        fitting.slots.iter().map(|slot| slot.column).collect()
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
        let fitting = fit(30, &offers(), None, None, 0);
        assert_eq!(kept(&fitting), [Column::Followers, Column::Rate]);
        assert!(fitting.after && !fitting.before);
    }

    #[test]
    fn beside_the_pyramid_there_is_room_for_who_where_and_what() {
        use Column::{Category, City, Fit, Followers, Platform, Price, Rate};
        let offers = [
            of(Fit, 4, 4),
            of(Platform, 2, 9),
            of(City, 4, 9),
            of(Category, 8, 14),
            of(Followers, 9, 6),
            of(Rate, 3, 6),
            of(Price, 5, 6),
        ];
        let shown = |width, need| kept(&fit(width, &offers, None, need, 0));
        let all = [Fit, Platform, City, Followers, Rate, Price];
        assert_eq!(shown(66, None), all);
        assert_eq!(fit(66, &offers, None, None, 0).name, 14);
        assert_eq!(shown(55, None), [Fit, Platform, Followers, Rate, Price]);
        let city = [Fit, City, Followers, Rate, Price];
        assert_eq!(shown(55, Some(Need::City)), city);
        let category = [Fit, Category, Followers, Rate, Price];
        assert_eq!(shown(60, Some(Need::Category)), category);
    }

    #[test]
    fn a_head_takes_cells_only_from_texts() {
        let followers = of(Column::Followers, 9, 6);
        let after = |column, head, cells| followers.width(Some((of(column, head, cells), cells)));
        assert_eq!(followers.width(None), 7);
        assert_eq!(after(Column::City, 4, 9), 7);
        assert_eq!(after(Column::City, 8, 9), 8);
        assert_eq!(after(Column::Category, 9, 9), 9);
        assert_eq!(after(Column::Fit, 4, 6), 9);
        assert_eq!(after(Column::Rate, 4, 6), 9);
    }

    #[test]
    fn the_sorted_column_stands_next_to_the_name() {
        use Column::{Cpe, Fit, Followers, Rate};
        let offers = [
            of(Fit, 4, 4),
            of(Followers, 9, 6),
            of(Rate, 3, 6),
            of(Cpe, 8, 6),
        ];
        let shown = |width, sorted| kept(&fit(width, &offers, sorted, None, 0));
        assert_eq!(shown(42, Some(Cpe)), [Cpe, Followers, Rate]);
        assert_eq!(shown(42, Some(Fit)), [Fit, Followers, Rate]);
        for width in 40..120 {
            assert!(fit(width, &offers, Some(Cpe), None, 0).name >= 14);
        }
    }

    #[test]
    fn every_column_can_be_reached() {
        let offers = offers();
        let mut seen = Vec::new();
        for scrolled in 0..=offers.len() {
            seen.extend(kept(&fit(36, &offers, None, None, scrolled)));
        }
        assert!(offers.iter().all(|offer| seen.contains(&offer.column)));
    }

    proptest! {
        #[test]
        fn columns_stand_in_order_within_the_width(width in 0u16..250, scrolled in 0usize..12) {
            let fitting = fit(width, &offers(), Some(Column::Rate), Some(Need::City), scrolled);
            let mut end = LEAD + fitting.name;
            for slot in &fitting.slots {
                prop_assert!(slot.x >= end + slot.column.gap());
                end = slot.x + slot.width;
            }
            prop_assert!(fitting.slots.is_empty() || end <= width);
            prop_assert!(fitting.name <= width);
        }
    }
}
