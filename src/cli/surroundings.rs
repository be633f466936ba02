//! What the environment says about language and signs.

use crate::terminal::capability;
use crate::text::Language;

/// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, else the
/// system's.
pub(super) fn language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(capability::environment)
        .or_else(sys_locale::get_locale)
        .map_or(Language::En, |locale| Language::of_locale(&locale))
}

/// Whether signs outside ASCII are shown.
pub(super) fn unicode() -> bool {
    capability::unicode(&capability::environment)
}
