//! Sayings: what a person can say of a column of a file, and how that changes what is known of it.

use super::App;
use super::overlay::Overlay;
use crate::domain::decision::{DecimalStyle, RateUnit};
use crate::domain::field::{Field, FieldKind};
use crate::domain::mapping::{ColumnMapping, Taken};
use crate::domain::sketch::{ColumnSketch, Sketch};
use crate::text::fold;

/// Something to say of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Saying {
    /// Let it be found out.
    Open,
    /// It is this field.
    Field(Field),
    /// It is none: it is only shown.
    Nothing,
    /// It writes its numbers like this.
    Style(DecimalStyle),
    /// It writes its rates like this.
    Unit(RateUnit),
}

impl Saying {
    /// What is said of a column once this is said too.
    #[must_use]
    pub fn added_to(self, said: ColumnMapping) -> ColumnMapping {
        match self {
            Saying::Open => ColumnMapping::default(),
            Saying::Field(field) => ColumnMapping {
                taken: Some(Taken::Field(field)),
                ..said
            },
            Saying::Nothing => ColumnMapping {
                taken: Some(Taken::Nothing),
                ..said
            },
            Saying::Style(style) => ColumnMapping {
                style: Some(style),
                ..said
            },
            Saying::Unit(unit) => ColumnMapping {
                unit: Some(unit),
                ..said
            },
        }
    }

    /// Whether it holds of a column as it is read now, of which this is said.
    #[must_use]
    pub fn holds_of(self, column: &ColumnSketch, said: ColumnMapping) -> bool {
        match self {
            Saying::Open => said.is_open(),
            Saying::Field(field) => field_of(column, said) == Some(field),
            Saying::Nothing => field_of(column, said).is_none(),
            Saying::Style(style) => said.style.or(column.style) == Some(style),
            Saying::Unit(unit) => said.unit.or(column.unit) == Some(unit),
        }
    }
}

/// What a column is taken for: what is said of it, else what was found out.
#[must_use]
pub fn field_of(column: &ColumnSketch, said: ColumnMapping) -> Option<Field> {
    match said.taken {
        Some(Taken::Field(field)) => Some(field),
        Some(Taken::Nothing) => None,
        None => column.field,
    }
}

/// Everything that can be said of a column, the likeliest first: of numbers that can be read in two ways, which way;
/// then what it could be; then all other fields.
#[must_use]
pub fn sayings(column: &ColumnSketch, said: ColumnMapping) -> Vec<Saying> {
    let styles = [DecimalStyle::Point, DecimalStyle::Comma].map(Saying::Style);
    let units = [RateUnit::Percent, RateUnit::Fraction, RateUnit::Count].map(Saying::Unit);
    let field = field_of(column, said);
    let mut sayings = Vec::new();
    if column.ambiguous || said.style.is_some() {
        sayings.extend(styles);
    }
    sayings.extend(field.into_iter().map(Saying::Field));
    sayings.extend(column.candidates.iter().copied().map(Saying::Field));
    sayings.push(Saying::Open);
    sayings.push(Saying::Nothing);
    let numeric = |field: Field| {
        matches!(
            field.kind(),
            FieldKind::Count | FieldKind::Rate | FieldKind::Money
        )
    };
    if field.is_some_and(numeric) {
        sayings.extend(styles);
    }
    if field == Some(Field::EngagementRate) {
        sayings.extend(units);
    }
    sayings.extend(Field::ALL.map(Saying::Field));
    let mut once = Vec::new();
    for saying in sayings {
        if !once.contains(&saying) {
            once.push(saying);
        }
    }
    once
}

impl App {
    /// The tables of the files as far as they have been looked at.
    #[must_use]
    pub fn tables(&self) -> &[Sketch] {
        &self.reading.sketches
    }

    /// How many columns the tables have together.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.tables().iter().map(|table| table.columns.len()).sum()
    }

    /// The column at a place, counted over all tables, with its table and its position there.
    #[must_use]
    pub fn column(&self, place: usize) -> Option<(&Sketch, usize, &ColumnSketch)> {
        let mut before = 0;
        for table in self.tables() {
            if let Some(column) = table.columns.get(place - before) {
                return Some((table, place - before, column));
            }
            before += table.columns.len();
        }
        None
    }

    /// What is said of a column of a table.
    #[must_use]
    pub fn said_of(&self, table: &Sketch, at: usize) -> ColumnMapping {
        self.mappings
            .get(&table.fingerprint)
            .map(|mapping| mapping.column(at))
            .unwrap_or_default()
    }

    /// What the open list offers to say of its column, as far as the letters typed leave it.
    #[must_use]
    pub fn sayings_shown(&self) -> Vec<Saying> {
        let Some(Overlay::Saying { place, typed, .. }) = self.overlay() else {
            return Vec::new();
        };
        let Some((table, at, column)) = self.column(*place) else {
            return Vec::new();
        };
        let typed = fold::key(typed);
        let mut sayings = sayings(column, self.said_of(table, at));
        sayings.retain(|saying| fold::key(&self.name_of(*saying)).contains(&typed));
        sayings
    }

    /// What a saying is called in the language of the screen.
    #[must_use]
    pub fn name_of(&self, saying: Saying) -> String {
        let word = match saying {
            Saying::Field(field) => {
                let entry = self.playbook.field(field);
                let name = entry.map_or(field.id(), |entry| entry.name.say(self.language));
                return name.to_owned();
            }
            Saying::Open => "saying.open",
            Saying::Nothing => "saying.nothing",
            Saying::Style(DecimalStyle::Point) => "saying.style.point",
            Saying::Style(DecimalStyle::Comma) => "saying.style.comma",
            Saying::Unit(RateUnit::Percent) => "saying.unit.percent",
            Saying::Unit(RateUnit::Fraction) => "saying.unit.fraction",
            Saying::Unit(RateUnit::Count) => "saying.unit.count",
        };
        self.say(word).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_likely_comes_first_and_nothing_comes_twice() {
        let column = ColumnSketch {
            field: Some(Field::Followers),
            ambiguous: true,
            style: Some(DecimalStyle::Comma),
            candidates: vec![Field::Followers, Field::Views],
            ..ColumnSketch::default()
        };
        let all = sayings(&column, ColumnMapping::default());
        assert_eq!(all[1], Saying::Style(DecimalStyle::Comma));
        assert_eq!(
            all[2..6],
            [
                Saying::Field(Field::Followers),
                Saying::Field(Field::Views),
                Saying::Open,
                Saying::Nothing
            ]
        );
        assert_eq!(all.len(), Field::ALL.len() + 4);
        let plain = sayings(&ColumnSketch::default(), ColumnMapping::default());
        assert_eq!(plain[..2], [Saying::Open, Saying::Nothing]);
    }

    #[test]
    fn sayings_add_up_and_open_takes_all_back() {
        let column = ColumnSketch {
            field: Some(Field::Views),
            ..ColumnSketch::default()
        };
        let mut said = ColumnMapping::default();
        for saying in [
            Saying::Field(Field::EngagementRate),
            Saying::Unit(RateUnit::Fraction),
            Saying::Style(DecimalStyle::Comma),
        ] {
            assert!(!saying.holds_of(&column, said));
            said = saying.added_to(said);
        }
        assert!(Saying::Field(Field::EngagementRate).holds_of(&column, said));
        assert!(Saying::Unit(RateUnit::Fraction).holds_of(&column, said));
        assert!(!Saying::Open.holds_of(&column, said));
        said = Saying::Open.added_to(said);
        assert!(Saying::Open.holds_of(&column, said));
        assert!(Saying::Field(Field::Views).holds_of(&column, said));
    }
}
