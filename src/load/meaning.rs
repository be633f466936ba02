//! Meaning: which column of a table is which field.
//!
//! What the user said comes first, then whole headers, then words of headers, then what the cells look like. A
//! header can lie: a claim whose cells do not fit the field is dropped. Two columns with the same numbers are twins;
//! the one with more numbers in full is taken. How the numbers of a column are written is [`super::style`]'s.

use super::claim::{Claim, claims_of};
use super::dated;
use super::lexicon::Lexicon;
use super::number::{self, Cell};
use super::profile::Profile;
use super::rate_card;
use crate::domain::decision::{Because, DecimalStyle, Decision};
use crate::domain::field::{Field, FieldKind};
use crate::domain::mapping::{Mapping, Taken};
use crate::domain::sorting;
use crate::domain::table::Record;

/// The columns of a table as the sample shows them.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// The headers.
    pub names: &'a [String],
    /// One profile per column.
    pub profiles: &'a [Profile],
    /// The data rows of the sample.
    pub rows: &'a [Record],
}

/// What the columns are, and how that was decided.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meaning {
    /// The field of each column.
    pub fields: Vec<Option<Field>>,
    /// One decision per column with a field or with a twin.
    pub decisions: Vec<Decision>,
}

/// Decides what every column is. `said` is what the user says of them.
#[must_use]
pub fn decide(columns: Columns<'_>, lexicon: &Lexicon, said: &Mapping) -> Meaning {
    let mut claims = Vec::new();
    for (at, column) in said.columns() {
        if let Some(Taken::Field(field)) = column.taken {
            claims.push(Claim {
                field,
                column: at,
                score: 1000.0,
                because: Because::Told,
            });
        }
    }
    for (at, (name, profile)) in columns.names.iter().zip(columns.profiles).enumerate() {
        if said.column(at).taken == Some(Taken::Nothing) {
            continue;
        }
        // A column in which nothing stands is not an account for being headed by a platform.
        if profile.filled == 0 && !columns.rows.is_empty() && lexicon.platform(name).is_some() {
            continue;
        }
        let meanings = lexicon.meanings(name);
        let found = claims_of(at, name, &meanings, profile, columns.rows);
        claims.extend(
            found
                .into_iter()
                .filter(|claim| !lexicon.denies(name, claim.field)),
        );
    }
    let latest = dated::latest(columns.names);
    for claim in claims
        .iter_mut()
        .filter(|claim| claim.because == Because::HeaderWords)
    {
        if latest.contains(&claim.column) {
            claim.score += AHEAD;
            claim.because = Because::Latest;
        }
    }
    if let Some(column) =
        rate_card::price_of_post(columns.names, columns.profiles, columns.rows, lexicon)
        && said.column(column).taken.is_none()
    {
        claims.push(Claim {
            field: Field::Price,
            column,
            score: 44.0,
            because: Because::HeaderWords,
        });
    }
    sorting::sort_by(&mut claims, |a, b| {
        b.score.total_cmp(&a.score).then(a.column.cmp(&b.column))
    });
    Assignment::of(columns, &claims).finish()
}

/// How far the latest of several columns is ahead of those of earlier dates.
const AHEAD: f64 = 0.9;

/// Claims granted so far.
struct Assignment<'a> {
    columns: Columns<'a>,
    granted: Vec<Option<Claim>>,
    twins: Vec<(usize, Field)>,
}

impl<'a> Assignment<'a> {
    fn of(columns: Columns<'a>, claims: &[Claim]) -> Assignment<'a> {
        let mut assignment = Assignment {
            columns,
            granted: vec![None; columns.names.len()],
            twins: Vec::new(),
        };
        for claim in claims {
            assignment.grant(claim);
        }
        assignment.tell_names_from_handles();
        // A column that turned out to hold handles leaves the names to the next one.
        for claim in claims {
            assignment.grant(claim);
        }
        assignment
    }

    fn grant(&mut self, claim: &Claim) {
        let taken = self.granted.get(claim.column).is_none_or(Option::is_some);
        if taken || self.twins.iter().any(|(column, _)| *column == claim.column) {
            return;
        }
        let holder = self.column(claim.field);
        match holder {
            Some(holder) if claim.field != Field::Category => self.weigh(holder, claim),
            _ => self.put(claim),
        }
    }

    fn put(&mut self, claim: &Claim) {
        if let Some(place) = self.granted.get_mut(claim.column) {
            *place = Some(*claim);
        }
    }

    /// A second column for a field: a twin, of which the one with more numbers in full is taken, or no match at all.
    fn weigh(&mut self, holder: usize, claim: &Claim) {
        let numeric = matches!(
            claim.field.kind(),
            FieldKind::Count | FieldKind::Rate | FieldKind::Money
        );
        if !numeric || !agree(self.columns.rows, holder, claim.column) {
            return;
        }
        let told_by = |at: usize| {
            let profile = self.columns.profiles.get(at);
            profile.map(|of| (of.numbers - of.shortened.min(of.numbers), of.numbers))
        };
        let settled = |of: Claim| matches!(of.because, Because::Told | Because::Latest);
        let granted = self.granted.get(holder).copied().flatten();
        let settled = granted.is_some_and(settled);
        if told_by(claim.column) > told_by(holder) && !settled {
            if let Some(place) = self.granted.get_mut(holder) {
                *place = None;
            }
            self.put(claim);
            self.twins.push((holder, claim.field));
        } else {
            self.twins.push((claim.column, claim.field));
        }
    }

    fn column(&self, field: Field) -> Option<usize> {
        self.granted
            .iter()
            .position(|claim| claim.is_some_and(|claim| claim.field == field))
    }

    /// Headers such as `Instagram name` stand over names in one file and over account names in the next.
    fn tell_names_from_handles(&mut self) {
        let (name, handle) = (self.column(Field::Name), self.column(Field::Handle));
        let told =
            |claim: Option<&Claim>| claim.is_some_and(|claim| claim.because == Because::Told);
        let claim = |at: usize| self.granted.get(at).and_then(Option::as_ref);
        if name.is_some_and(|at| told(claim(at))) || handle.is_some_and(|at| told(claim(at))) {
            return;
        }
        let profile = |at: usize| self.columns.profiles.get(at);
        match (name, handle) {
            (Some(name), Some(handle)) => {
                let swapped = profile(name).is_some_and(|of| of.mostly(of.handles, 0.95))
                    && profile(handle)
                        .is_some_and(|of| of.known > 0 && !of.mostly(of.handles, 0.8));
                if swapped {
                    self.rename(name, Field::Handle);
                    self.rename(handle, Field::Name);
                }
            }
            (Some(name), None) => {
                let account = profile(name).is_some_and(|of| {
                    of.mostly(of.ats, 0.7)
                        || of.mostly(of.handles, 0.95) && of.mostly(of.plain_handles, 0.9)
                });
                if account {
                    self.rename(name, Field::Handle);
                }
            }
            (None, Some(handle)) => {
                if profile(handle).is_some_and(|of| of.known > 0 && !of.mostly(of.handles, 0.6)) {
                    self.rename(handle, Field::Name);
                }
            }
            (None, None) => {}
        }
    }

    fn rename(&mut self, at: usize, field: Field) {
        if let Some(Some(claim)) = self.granted.get_mut(at) {
            claim.field = field;
            claim.because = Because::Content;
        }
    }

    fn finish(self) -> Meaning {
        let name = |at: usize| self.columns.names.get(at).cloned().unwrap_or_default();
        let granted = self.granted.iter().flatten().map(|claim| Decision::Column {
            header: name(claim.column),
            at: claim.column,
            field: claim.field,
            because: claim.because,
        });
        let twins = self.twins.iter().map(|(at, field)| Decision::Twin {
            header: name(*at),
            at: *at,
            field: *field,
        });
        Meaning {
            fields: self
                .granted
                .iter()
                .map(|claim| claim.map(|claim| claim.field))
                .collect(),
            decisions: granted.chain(twins).collect(),
        }
    }
}

/// Whether two columns hold the same numbers, one of them perhaps rounded or written with the other decimal sign: at
/// least four of five rows within 5 %.
fn agree(rows: &[Record], one: usize, other: usize) -> bool {
    const STYLES: [DecimalStyle; 2] = [DecimalStyle::Point, DecimalStyle::Comma];
    let value = |row: &Record, at: usize, style| match number::read(row.cell(at), style) {
        Cell::Number(number) => Some(number.middle()),
        _ => None,
    };
    let agree_as = |of_one: DecimalStyle, of_other: DecimalStyle| {
        let (mut both, mut equal) = (0usize, 0usize);
        for row in rows {
            if let (Some(a), Some(b)) = (value(row, one, of_one), value(row, other, of_other)) {
                both += 1;
                equal += usize::from((a - b).abs() <= 0.05 * a.abs().max(b.abs()));
            }
        }
        both > 0 && equal * 5 >= both * 4
    };
    STYLES
        .iter()
        .any(|one| STYLES.iter().any(|other| agree_as(*one, *other)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::mapping::ColumnMapping;

    fn table(text: &str) -> (Vec<String>, Vec<Record>) {
        let mut lines = text.lines().map(|line| {
            let mut record = Record::default();
            line.split(',').for_each(|cell| record.push(cell));
            record
        });
        let names = lines.next().unwrap().cells().map(str::to_owned).collect();
        (names, lines.collect())
    }

    fn meaning(text: &str, said: &Mapping) -> Meaning {
        let lexicon = Lexicon::of(&crate::load::assets::embedded().unwrap());
        let (names, rows) = table(text);
        let profiles: Vec<Profile> = (0..names.len())
            .map(|at| Profile::of(&rows, at, &lexicon))
            .collect();
        let columns = Columns {
            names: &names,
            profiles: &profiles,
            rows: &rows,
        };
        decide(columns, &lexicon, said)
    }

    fn fields(text: &str) -> Vec<Option<&'static str>> {
        let fields = meaning(text, &Mapping::default()).fields;
        fields
            .into_iter()
            .map(|field| field.map(Field::id))
            .collect()
    }

    #[test]
    fn look_alikes_lose() {
        assert_eq!(
            fields(
                "Name,Following,Followers gained,Followers,subscribers_rank\nMia V,5,-3,1200,1\nTom B,6,9,900,2"
            ),
            [Some("name"), None, None, Some("followers"), None]
        );
    }

    #[test]
    fn of_two_twins_the_precise_one_is_taken() {
        let text = "name,Subscribers,Subscribers\nMia V,1.2M,1200000\nTom B,3.4K,3400";
        assert_eq!(fields(text), [Some("name"), None, Some("followers")]);
        let twin = |decision: &Decision| {
            matches!(
                decision,
                Decision::Twin {
                    at: 1,
                    field: Field::Followers,
                    ..
                }
            )
        };
        assert!(
            meaning(text, &Mapping::default())
                .decisions
                .iter()
                .any(twin)
        );
    }

    #[test]
    fn of_two_twins_that_look_alike_the_fuller_one_is_taken() {
        for text in [
            "name,Likes,Likes,followers\nMia V,1.2K,1.2K,9000\nTom B,,0,800\nJan C,3.4K,3.4K,900",
            "name,Likes,Likes,followers\nMia V,1.2K,1.234,9000\nTom B,,0,800\nJan C,3.4K,3.441,900",
        ] {
            assert_eq!(
                fields(text),
                [Some("name"), None, Some("likes"), Some("followers")]
            );
        }
    }

    #[test]
    fn headers_that_lie_lose_their_claim() {
        let text = "name,followers,Views avg.\nMia V,1200,Spain\nTom B,900,Peru";
        assert_eq!(fields(text), [Some("name"), Some("followers"), None]);
    }

    #[test]
    fn channel_is_a_platform_or_a_name_by_its_values() {
        let text = "channel,followers\nInstagram,1200\nTikTok,900";
        assert_eq!(fields(text), [Some("platform"), Some("followers")]);
        let text = "Channel,followers\nMia Vlogs,1200\nTom Bakes,900";
        assert_eq!(fields(text), [Some("name"), Some("followers")]);
    }

    #[test]
    fn names_and_handles_are_told_apart_by_content() {
        let text = "name,Instagram name,followers\nmia.v,Mia Visser,1200\ntom_b,Tom Bakker,900";
        assert_eq!(
            fields(text),
            [Some("handle"), Some("name"), Some("followers")]
        );
        assert_eq!(
            fields("name,followers\n@mia,1\n@tom,2"),
            [Some("handle"), Some("followers")]
        );
    }

    #[test]
    fn engagement_counts_are_no_rate_and_fractions_are() {
        let text = "name,followers,Engagement\nMia,120000,5.1K\nTom,90000,700";
        assert_eq!(fields(text)[2], Some("engagements"));
        let text = "name,followers,Engagement avg\nMia,120000,0.05\nTom,90000,0.02";
        assert_eq!(fields(text)[2], Some("engagement_rate"));
    }

    #[test]
    fn the_price_of_a_post_is_taken_from_a_rate_card() {
        let text = "name,followers,Story,Post,Reel\nMia V,1200,50,100,200\nTom B,900,60,120,240";
        assert_eq!(fields(text)[2..], [None, Some("price"), None]);
        let text = "name,followers,IG Story,IG Reel\nMia V,1200,€ 5,€ 10\nTom B,900,€ 6,€ 12";
        assert_eq!(fields(text)[2..], [None, Some("price")]);
        let text = "name,followers,Price,Story,Post\nMia V,1200,75,50,100\nTom B,900,80,60,120";
        assert_eq!(fields(text)[2..], [Some("price"), None, None]);
        let text = "name,followers,Story,Post\nMia V,1200,3,1\nTom B,900,2,1";
        assert_eq!(fields(text)[2..], [None, None]);
    }

    #[test]
    fn of_several_dates_the_latest_is_taken() {
        let text = "name,Followers Jan,Followers Feb,Followers Mar\nMia V,1K,1020,1.1K\nTom B,900,1400,3000";
        assert_eq!(fields(text), [Some("name"), None, None, Some("followers")]);
        let text =
            "name,Followers Jan,Followers,Followers Feb\nMia V,1K,1020,1.1K\nTom B,900,1400,3000";
        assert_eq!(fields(text)[2], Some("followers"));
    }

    #[test]
    fn an_empty_column_headed_by_a_platform_is_no_account() {
        let text = "name,followers,TikTok\nmia,1200,\ntom,900,";
        assert_eq!(fields(text), [Some("handle"), Some("followers"), None]);
        let text = "name,Instagram,followers\nmia,,1200\ntom,,900";
        assert_eq!(fields(text)[1], None);
    }

    #[test]
    fn the_user_has_the_last_word() {
        let text = "name,followers,size\nMia,120,5100\nTom,90,700";
        let mut said = Mapping::default();
        let taken = |taken| ColumnMapping {
            taken: Some(taken),
            ..ColumnMapping::default()
        };
        said.set(2, taken(Taken::Field(Field::Followers)));
        let told = meaning(text, &said);
        assert_eq!(told.fields[1..], [None, Some(Field::Followers)]);
        said.set(2, taken(Taken::Nothing));
        said.set(0, taken(Taken::Nothing));
        let told = meaning(text, &said);
        assert_eq!(told.fields, [None, Some(Field::Followers), None]);
    }
}
