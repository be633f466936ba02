//! Settings: the rules, the words and the language, from the program, the user's folder and the environment.

use super::arguments::Common;
use super::failure::Failure;
use super::surroundings;
use crate::domain::playbook::Playbook;
use crate::load::assets;
use crate::store::Store;
use crate::text::Language;
use crate::text::words::Words;
use crate::theme::glyphs::Glyphs;
use crate::theme::plain::spelled;
use crate::wording::Speaker;
use etcetera::BaseStrategy;
use std::path::PathBuf;
use std::sync::Arc;

/// What holds for all commands.
#[derive(Debug)]
pub(super) struct Settings {
    /// The rules.
    pub(super) playbook: Arc<Playbook>,
    /// The words.
    pub(super) words: Arc<Words>,
    /// The language of words and numbers.
    pub(super) language: Language,
    /// Whether signs outside ASCII may be used.
    pub(super) unicode: bool,
    /// Where the user's own files stand, if anywhere.
    pub(super) folder: Option<PathBuf>,
    /// Where the program remembers things; nowhere when the user wants none of it.
    pub(super) store: Option<Store>,
}

impl Settings {
    /// A sentence, in ASCII where other signs may not be used.
    pub(super) fn plain(&self, sentence: &str) -> String {
        if self.unicode {
            sentence.to_owned()
        } else {
            spelled(&Glyphs::ascii(), sentence)
        }
    }

    /// Whoever says something about a roster with prices in this currency.
    pub(super) fn speaker<'a>(&'a self, currency: &'a str) -> Speaker<'a> {
        Speaker {
            words: &self.words,
            language: self.language,
            playbook: &self.playbook,
            currency,
        }
    }
}

/// Gathers the settings.
///
/// # Errors
/// When a folder was named that is not there, or a file of the user holds a mistake.
pub(super) fn gather(common: &Common) -> Result<Settings, Failure> {
    if let Some(folder) = &common.assets
        && !folder.is_dir()
    {
        return Err(Failure::usage(format!(
            "--assets {}: there is no such folder",
            folder.display()
        )));
    }
    let folder = common.assets.clone().or_else(own_folder);
    let (playbook, words) = match &folder {
        Some(folder) => assets::with_folder(folder)?,
        None => (assets::embedded()?, assets::words()?),
    };
    Ok(Settings {
        playbook: Arc::new(playbook),
        words: Arc::new(words),
        language: common
            .lang
            .map_or_else(surroundings::language, Language::from),
        unicode: !common.ascii && surroundings::unicode(),
        folder,
        store: state_folder().filter(|_| !common.fresh).map(Store::at),
    })
}

/// `pyramide/` in the folder where the system keeps the settings of programs.
fn own_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("pyramide"))
}

/// `pyramide/` in the folder where the system keeps the state of programs, else their data.
fn state_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("pyramide"))
}
