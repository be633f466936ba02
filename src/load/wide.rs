//! Wide tables: rows that list one creator on several platforms, with a column of followers for each. Every platform
//! becomes a part of its own that reads an account out of a row.
//!
//! A column belongs to the platform that its header names (`IG followers`, `tiktok_url`); what names none belongs to
//! all. Within a part, its columns are what their headers mean without the platform.

use super::header;
use super::lexicon::Lexicon;
use super::meaning::{self, Columns};
use super::plan::{Plan, PlatformSource};
use super::profile::Profile;
use super::spelling;
use crate::domain::decision::Decision;
use crate::domain::field::Field;
use crate::domain::mapping::{ColumnMapping, Mapping, Taken};
use crate::domain::table::Record;
use rustc_hash::FxHashMap;

/// What reads an account out of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// What is decided of it.
    pub(super) plan: Plan,
    /// Positions of the columns that are its own or every part's.
    pub(super) columns: Vec<usize>,
    /// Positions of the columns that tell whether a row lists such an account; every row does when there are none.
    pub(super) telling: Vec<usize>,
}

impl Part {
    /// The part that reads one account out of every row.
    pub(super) fn whole(
        columns: Columns<'_>,
        said: &Mapping,
        lexicon: &Lexicon,
        file: &str,
    ) -> Part {
        let meaning = meaning::decide(columns, lexicon, said);
        Part {
            plan: Plan::of(columns, meaning, said, lexicon, file),
            columns: (0..columns.names.len()).collect(),
            telling: Vec::new(),
        }
    }

    /// Whether a row lists an account of this part.
    #[must_use]
    pub(super) fn is_listed_in(&self, record: &Record) -> bool {
        let counts = |at: usize| self.plan.followers.is_some_and(|column| column.at == at);
        let says = |at: &usize| {
            let cell = record.cell(*at).trim();
            // Words where followers are counted, such as `not on TikTok`, list no account.
            let words = counts(*at) && !cell.contains(char::is_numeric);
            !cell.is_empty() && !words && !spelling::is_missing(cell)
        };
        self.telling.is_empty() || self.telling.iter().any(says)
    }
}

/// A column of one platform.
struct Own<'a> {
    at: usize,
    platform: &'a str,
    name: String,
    field: Option<Field>,
}

/// The parts of a wide table, and the platforms in order; `None` when the table is not wide.
pub(super) fn parts(
    columns: Columns<'_>,
    lexicon: &Lexicon,
    said: &Mapping,
    file: &str,
) -> Option<(Vec<Part>, Decision)> {
    let narrows = |column: ColumnMapping| {
        matches!(
            column.taken,
            Some(Taken::Field(Field::Followers | Field::Platform))
        )
    };
    if said.columns().any(|(_, column)| narrows(column)) {
        return None;
    }
    let mut own = owned(columns, lexicon);
    own.retain(|column| said.column(column.at).taken != Some(Taken::Nothing));
    let mut platforms: Vec<&str> = Vec::new();
    for column in own
        .iter()
        .filter(|column| column.field == Some(Field::Followers))
    {
        if !platforms.contains(&column.platform) {
            platforms.push(column.platform);
        }
    }
    if platforms.len() < 2 {
        return None;
    }
    let mut parts = Vec::new();
    for platform in &platforms {
        parts.push(part(columns, lexicon, said, file, &own, platform));
    }
    if parts.iter().any(|part| part.plan.followers.is_none()) {
        return None;
    }
    let platforms = platforms.into_iter().map(str::to_owned).collect();
    Some((parts, Decision::Wide(platforms)))
}

/// The columns whose headers name a platform, and those that repeat a header once right of each of several platforms.
fn owned<'a>(columns: Columns<'_>, lexicon: &'a Lexicon) -> Vec<Own<'a>> {
    let headers = columns.names.iter();
    let platforms: Vec<Option<(&str, String)>> = headers
        .map(|header| lexicon.platform_of_header(header))
        .collect();
    let groups = Groups::of(columns.names, &platforms);
    let columns = columns.names.iter().zip(columns.profiles).enumerate();
    let own = columns.filter_map(|(at, (header, profile))| {
        let (platform, rest) = match platforms.get(at)? {
            Some((platform, rest)) => (*platform, rest.clone()),
            None => (groups.group_of(at)?, header.clone()),
        };
        let name = if rest.is_empty() {
            by_content(profile).to_owned()
        } else {
            rest
        };
        let denied = |field| lexicon.denies(header, field) || lexicon.denies(&name, field);
        let mut meant = lexicon.meanings(&name).into_iter().map(|meant| meant.field);
        let field = meant.next().filter(|field| !denied(*field));
        let counts = profile.known == 0 || profile.mostly(profile.numbers - profile.percents, 0.5);
        let field = field.filter(|field| *field != Field::Followers || counts);
        Some(Own {
            at,
            platform,
            name,
            field,
        })
    });
    own.collect()
}

/// Columns that stand behind the one whose header names a platform, as under merged headings.
struct Groups<'a> {
    /// The header of each column, as it is compared.
    keys: Vec<String>,
    /// The platform named last before each column.
    before: Vec<Option<&'a str>>,
    /// The columns of each header.
    alike: FxHashMap<String, Vec<usize>>,
}

impl<'a> Groups<'a> {
    fn of(names: &[String], platforms: &[Option<(&'a str, String)>]) -> Groups<'a> {
        let keys: Vec<String> = names.iter().map(|name| header::key(name)).collect();
        let mut alike: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, key) in keys.iter().enumerate() {
            alike.entry(key.clone()).or_default().push(at);
        }
        let mut last = None;
        let before = platforms.iter().map(|platform| {
            let before = last;
            last = platform.as_ref().map(|(named, _)| *named).or(last);
            before
        });
        Groups {
            keys,
            before: before.collect(),
            alike,
        }
    }

    /// The platform that the header of a column belongs to without naming it: the one named last before it, where the
    /// same header stands once behind each of several.
    fn group_of(&self, at: usize) -> Option<&'a str> {
        let key = self.keys.get(at).filter(|key| !key.is_empty())?;
        let mut groups = Vec::new();
        for of in self.alike.get(key)? {
            let group = (*self.before.get(*of)?)?;
            if groups.contains(&group) {
                return None;
            }
            groups.push(group);
        }
        let own = *self.before.get(at)?;
        own.filter(|_| groups.len() > 1)
    }
}

/// What a column that is headed by a platform alone holds.
fn by_content(profile: &Profile) -> &'static str {
    if profile.mostly(profile.urls, 0.6) {
        "url"
    } else if profile.mostly(profile.numbers, 0.8) {
        "followers"
    } else if profile.mostly(profile.handles.max(profile.ats), 0.6) {
        "handle"
    } else {
        ""
    }
}

fn part(
    columns: Columns<'_>,
    lexicon: &Lexicon,
    said: &Mapping,
    file: &str,
    own: &[Own<'_>],
    platform: &str,
) -> Part {
    // The columns of platforms stand in order, each once.
    let owner = |at: usize| {
        let found = own.binary_search_by_key(&at, |column| column.at);
        found.ok().and_then(|found| own.get(found))
    };
    let mine = |at: usize| owner(at).filter(|column| column.platform == platform);
    let others = |at: usize| owner(at).is_some_and(|column| column.platform != platform);
    let mut names = columns.names.to_vec();
    let mut profiles = columns.profiles.to_vec();
    let taken: Vec<Field> = own.iter().filter_map(|column| column.field).collect();
    let mut silenced = Vec::new();
    for (at, (name, profile)) in names.iter_mut().zip(&mut profiles).enumerate() {
        if let Some(column) = mine(at) {
            name.clone_from(&column.name);
            continue;
        }
        let mut meant = lexicon.meanings(name).into_iter();
        let names_platforms = profile.mostly(profile.platforms, 0.5);
        let repeats = names_platforms
            || meant.next().is_some_and(|meant| {
                meant.field == Field::Platform
                    || meant.exact && taken.contains(&meant.field) && meant.field != Field::Name
                    || meant.field == Field::Followers
            });
        if others(at) || repeats {
            silenced.push((at, std::mem::take(name)));
            *profile = Profile::default();
        }
    }
    let seen = Columns {
        names: &names,
        profiles: &profiles,
        rows: columns.rows,
    };
    let mut here = Mapping::default();
    for (at, column) in said.columns().filter(|(at, _)| !others(*at)) {
        here.set(at, column);
    }
    let meaning = meaning::decide(seen, lexicon, &here);
    let mut plan = Plan::of(seen, meaning, &here, lexicon, file);
    plan.platform = PlatformSource::All(platform.to_owned());
    plan.decisions
        .retain(|made| !matches!(made, Decision::Platform { .. }));
    for (at, name) in silenced {
        if let Some(column) = plan.schema.columns.get_mut(at) {
            column.header = name;
        }
    }
    let fields = [
        Field::Followers,
        Field::Handle,
        Field::Url,
        Field::EngagementRate,
    ];
    let telling = |column: &&Own<'_>| {
        let field = plan
            .schema
            .columns
            .get(column.at)
            .and_then(|column| column.field);
        column.platform == platform && field.is_some_and(|field| fields.contains(&field))
    };
    Part {
        telling: own.iter().filter(telling).map(|column| column.at).collect(),
        columns: (0..names.len()).filter(|at| !others(*at)).collect(),
        plan,
    }
}
