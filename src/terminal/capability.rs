//! What the terminal at hand can do, as far as its environment tells. Nothing is asked of the terminal itself.

use crate::theme::depth::ColourDepth;

/// Looks up a variable of the environment; empty ones count as unset.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The environment of the process.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var_os(name)
        .map(|value| value.to_string_lossy().into_owned())
        .filter(|value| !value.is_empty())
}

/// Why no screen can be drawn, as a sentence; `None` when one can.
#[must_use]
pub fn refusal(lookup: Lookup<'_>) -> Option<&'static str> {
    match lookup("TERM").as_deref() {
        Some("dumb") => Some("TERM=dumb cannot show a screen"),
        None if cfg!(unix) => Some("TERM is not set, so it is unknown what the terminal can show"),
        _ => None,
    }
}

/// How many colours the terminal shows.
#[must_use]
pub fn depth(lookup: Lookup<'_>) -> ColourDepth {
    const FULL: [&str; 8] = [
        "kitty",
        "alacritty",
        "ghostty",
        "foot",
        "wezterm",
        "contour",
        "rio",
        "direct",
    ];
    let term = lookup("TERM").unwrap_or_default();
    let stated = lookup("COLORTERM").unwrap_or_default();
    let windows = lookup("WT_SESSION").is_some() || (cfg!(windows) && term.is_empty());
    if windows
        || matches!(stated.as_str(), "truecolor" | "24bit")
        || FULL.iter().any(|name| term.contains(name))
    {
        ColourDepth::TrueColour
    } else if term.contains("256") {
        ColourDepth::Indexed256
    } else {
        ColourDepth::Ansi16
    }
}

/// Whether the terminal shows signs outside ASCII.
#[must_use]
pub fn unicode(lookup: Lookup<'_>) -> bool {
    let term = lookup("TERM").unwrap_or_default();
    if matches!(term.as_str(), "linux" | "dumb" | "vt100" | "vt220") {
        return false;
    }
    if cfg!(windows) {
        return true;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(lookup)
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Whether colours are unwanted: <https://no-color.org>.
#[must_use]
pub fn no_colour(lookup: Lookup<'_>) -> bool {
    lookup("NO_COLOR").is_some()
}

/// Whether the background is light, where the environment says so: `COLORFGBG` ends in the number of the
/// background among the sixteen colours.
#[must_use]
pub fn light(lookup: Lookup<'_>) -> bool {
    lookup("COLORFGBG")
        .and_then(|colours| colours.rsplit(';').next()?.parse::<u8>().ok())
        .is_some_and(|background| background == 7 || background >= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(variables: &[(&str, &str)], ask: impl Fn(Lookup<'_>) -> T) -> T {
        ask(&|name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn depth_goes_by_what_the_terminal_states() {
        let cases = [
            (
                vec![("TERM", "xterm"), ("COLORTERM", "truecolor")],
                ColourDepth::TrueColour,
            ),
            (vec![("TERM", "xterm-kitty")], ColourDepth::TrueColour),
            (vec![("TERM", "screen-256color")], ColourDepth::Indexed256),
            (vec![("TERM", "linux")], ColourDepth::Ansi16),
        ];
        for (variables, expected) in cases {
            assert_eq!(with(&variables, depth), expected, "{variables:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn signs_go_by_the_first_locale_that_is_set() {
        assert!(with(&[("LANG", "nl_NL.UTF-8")], unicode));
        assert!(with(&[("LC_ALL", "C.utf8"), ("LANG", "C")], unicode));
        assert!(!with(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")], unicode));
        assert!(!with(
            &[("TERM", "linux"), ("LANG", "en_GB.UTF-8")],
            unicode
        ));
        assert!(!with(&[], unicode));
    }

    #[test]
    fn a_dumb_terminal_is_refused() {
        assert!(with(&[("TERM", "dumb")], refusal).is_some());
        assert_eq!(with(&[("TERM", "xterm")], refusal), None);
        assert_eq!(with(&[], refusal).is_some(), cfg!(unix));
    }

    #[test]
    fn a_light_background_is_told_by_its_number() {
        assert!(with(&[("COLORFGBG", "0;15")], light));
        assert!(with(&[("COLORFGBG", "0;default;7")], light));
        assert!(!with(&[("COLORFGBG", "15;0")], light));
        assert!(!with(&[], light));
    }
}
