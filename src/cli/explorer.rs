//! The explorer: the state it starts with, the colours it wears, and how its end becomes a status.

use super::arguments::{Colour, Common, Screen};
use super::estimates;
use super::failure::{Failure, say};
use super::intake;
use super::nearest::refuse;
use super::request::Request;
use super::settings::Settings;
use crate::app::App;
use crate::domain::problem::Problems;
use crate::domain::reading::{Reading, Skipped};
use crate::domain::roster::Roster;
use crate::domain::sorting;
use crate::load::options::Options;
use crate::load::reading;
use crate::load::source::Input;
use crate::store::Store;
use crate::terminal;
use crate::terminal::capability::{self, environment};
use crate::terminal::loader::Job;
use crate::terminal::outfit::{End, Outfit};
use crate::terminal::rescue::Rescue;
use crate::text::clean::clean;
use crate::theme::Theme;
use crate::theme::catalogue::Themes;
use crate::theme::glyphs::Glyphs;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Opens the explorer.
///
/// # Errors
/// When the terminal cannot show it, a file plainly cannot be read, or a name is unknown.
pub(super) fn explore(
    files: &[PathBuf],
    common: &Common,
    screen: &Screen,
    settings: Settings,
    rescue: &Rescue,
) -> Result<ExitCode, Failure> {
    if let Some(why) = capability::refusal(&environment) {
        return Err(Failure::Could(anyhow::anyhow!(
            "{why}; 'pyramide summary FILE' prints the pyramid as text"
        )));
    }
    let request = Request::new(common, &settings.playbook, None)?;
    let prices = estimates::named(common, &settings.playbook)?;
    let (themes, chosen) = themes(common, screen, settings.folder.as_deref())?;
    let inputs = intake::repeatable(intake::inputs(files)?);
    let files = intake::files(&inputs);
    let glyphs = if settings.unicode {
        Glyphs::unicode()
    } else {
        Glyphs::ascii()
    };
    let mut app = App::new(
        Arc::clone(&settings.playbook),
        Arc::clone(&settings.words),
        settings.language,
        unread(&inputs),
    );
    app.theme = chosen;
    begin(&mut app, request);
    if common.estimate_prices.is_some() {
        let first = app.playbook.prices.first().map(|table| table.id.clone());
        app.estimates = prices.map(str::to_owned).or(first);
    }
    let store = remember(&mut app, settings.store.clone(), &inputs);
    let outfit = Outfit {
        themes,
        glyphs,
        mouse: !screen.no_mouse,
    };
    let job = job(inputs, common, settings);
    match terminal::run(app, outfit, job, files, store, rescue)? {
        End::Left => Ok(ExitCode::SUCCESS),
        End::Refused(why) => {
            say(&why);
            Ok(ExitCode::from(1))
        }
        End::Signal(signal) => Ok(ExitCode::from(u8::try_from(128 + signal).unwrap_or(1))),
    }
}

/// Lets the state begin with what the options ask for.
fn begin(app: &mut App, request: Request) {
    app.scheme = request.scheme;
    if let Some(campaign) = request.campaign {
        app.start_with(campaign, None);
    }
    let only_matches = app.filter.only_matches;
    app.filter = request.filter;
    app.filter.only_matches = only_matches;
}

/// Lets the state begin with what the user said of columns, assumed and decided about accounts before. A store that cannot be read is told of and left
/// alone.
fn remember(app: &mut App, store: Option<Store>, inputs: &[Input]) -> Option<Store> {
    let store = store?;
    let place = intake::place(inputs);
    let decided = place.as_deref().map(|place| store.verdicts(place));
    match decided.transpose() {
        Ok(verdicts) => {
            app.verdicts = Arc::new(verdicts.unwrap_or_default());
            app.place = place;
        }
        Err(error) => app.refused = Some(clean(&format!("{error:#}")).into_owned()),
    }
    match app.place.as_deref().map(|place| store.mixes(place)) {
        Some(Ok(mixes)) => app.mixing.saved = mixes,
        Some(Err(error)) => app.refused = Some(clean(&format!("{error:#}")).into_owned()),
        None => {}
    }
    match store.rates() {
        Ok(rates) => app.rates = rates,
        Err(error) => app.refused = Some(clean(&format!("{error:#}")).into_owned()),
    }
    match store.columns() {
        Ok(mappings) => {
            app.kept.clone_from(&mappings);
            app.mappings = mappings;
            Some(store)
        }
        Err(error) => {
            app.refused = Some(clean(&format!("{error:#}")).into_owned());
            None
        }
    }
}

fn job(inputs: Vec<Input>, common: &Common, settings: Settings) -> Job {
    let options = intake::options(common);
    Arc::new(move |mappings, watch| {
        let options = Options {
            mappings: mappings.clone(),
            ..options.clone()
        };
        reading::read_all(&inputs, &options, &settings.playbook, watch)
    })
}

/// A reading of which nothing has been read.
fn unread(inputs: &[Input]) -> Reading {
    let source = reading::name_of(inputs);
    Reading {
        source,
        roster: Arc::new(Roster::default()),
        rows: 0,
        skipped: Skipped::default(),
        problems: Arc::new(Problems::default()),
        decisions: Arc::default(),
        sketches: Arc::default(),
    }
}

/// The themes to go round, as the terminal can show them, and which of them comes first. Without colours there is
/// only the one that has none.
fn themes(
    common: &Common,
    screen: &Screen,
    folder: Option<&Path>,
) -> Result<(Vec<Theme>, usize), Failure> {
    let known = catalogue(folder)?;
    let colours = match common.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => !capability::no_colour(&environment),
    };
    let name = match &screen.theme {
        Some(name) if known.find(name).is_none() => {
            let names: Vec<&str> = known.names().collect();
            return Err(Failure::usage(refuse("theme", name, &names)));
        }
        Some(name) => name.as_str(),
        None if !colours => "mono",
        None if capability::light(&environment) => "light",
        None => "dark",
    };
    let depth = capability::depth(&environment);
    let offered = known
        .iter()
        .filter(|theme| colours || theme.name == name)
        .map(|theme| theme.at(depth));
    let offered: Vec<Theme> = offered.collect();
    let chosen = offered.iter().position(|theme| theme.name == name);
    Ok((offered, chosen.unwrap_or(0)))
}

/// The built-in themes and those in `themes/` of the user's folder.
fn catalogue(folder: Option<&Path>) -> anyhow::Result<Themes> {
    let mut themes = Themes::built_in()?;
    let Some(Ok(entries)) = folder.map(|folder| folder.join("themes").read_dir()) else {
        return Ok(themes);
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .collect();
    sorting::sort_by(&mut paths, Ord::cmp);
    for path in paths {
        let name = || path.display().to_string();
        let text = std::fs::read_to_string(&path).with_context(name)?;
        themes.add(Theme::parse(&text).with_context(name)?);
    }
    Ok(themes)
}
