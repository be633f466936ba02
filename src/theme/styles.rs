//! The roles that a theme gives a style: the one list of them.
//!
//! A role says what a thing on screen means, never which panel it stands in. The styles of tiers stand in
//! [`super::Theme`], as they come by position.

use super::error::ThemeError;
use super::paint::Paint;
use ratatui::style::Style;
use std::collections::BTreeMap;

/// Makes [`Styles`] from the list of roles, so that a new role is one line here and one in each theme file.
macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident,)+) => {
        /// One style per role. The key in a theme file is the name of the role (`match` for `match_`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Styles {
            $($(#[doc = $doc])+ pub $role: Style,)+
        }

        impl Styles {
            /// The roles in the order in which they are documented.
            pub const ROLES: &'static [&'static str] = &[$(key(stringify!($role))),+];

            /// Every role with its style.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, Style)> + use<> {
                [$((key(stringify!($role)), self.$role)),+].into_iter()
            }

            /// The styles changed one by one.
            #[must_use]
            pub(super) fn map(self, change: impl Fn(Style) -> Style) -> Styles {
                Styles { $($role: change(self.$role)),+ }
            }

            /// The styles written in a file; a role that is not written is taken from `base`.
            pub(super) fn read(
                mut written: BTreeMap<String, Paint>,
                base: Option<&Styles>,
            ) -> Result<Styles, ThemeError> {
                let styles = Styles {
                    $($role: read(&mut written, key(stringify!($role)), base.map(|it| it.$role))?,)+
                };
                match written.into_keys().next() {
                    Some(unknown) => Err(ThemeError::Unknown {
                        key: format!("styles.{unknown}"),
                        known: Styles::ROLES.join(", "),
                    }),
                    None => Ok(styles),
                }
            }
        }
    };
}

roles! {
    /// Body text, and the style that the whole screen is filled with first.
    text,
    /// What stands beside: units, hints, what is unknown.
    muted,
    /// Frame of a panel.
    border,
    /// Frame of the panel that has the focus.
    border_focus,
    /// Title of a panel.
    title,
    /// Heading of a column.
    header,
    /// The one thing to look at first.
    accent,
    /// The row under the cursor, patched over the styles of the row.
    selection,
    /// A filter that is on.
    chip,
    /// An account that matches, and the part of a text that was searched for.
    match_,
    /// An account that does not match.
    miss,
    /// On the front of best trade-offs.
    front,
    /// Better than usual; done.
    good,
    /// Worse than usual; failed.
    bad,
    /// Doubtful; needs a look.
    warn,
    /// The key to press, in the footer and in help.
    key,
    /// An address, or a name that opens something.
    link,
    /// Shortlisted.
    marked,
    /// A number that was estimated.
    estimate,
}

/// The key of a role: its name, without the `_` that keeps it apart from a word of the language.
const fn key(role: &str) -> &str {
    if let Some((b'_', name)) = role.as_bytes().split_last()
        && let Ok(name) = std::str::from_utf8(name)
    {
        name
    } else {
        role
    }
}

fn read(
    written: &mut BTreeMap<String, Paint>,
    role: &str,
    base: Option<Style>,
) -> Result<Style, ThemeError> {
    let place = || format!("styles.{role}");
    match (written.remove(role), base) {
        (Some(paint), _) => paint.style().map_err(|bad| ThemeError::bad(&place(), bad)),
        (None, Some(style)) => Ok(style),
        (None, None) => Err(ThemeError::Missing { key: place() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_keys_of_the_file() {
        assert!(Styles::ROLES.contains(&"match") && Styles::ROLES.contains(&"border_focus"));
        assert!(Styles::ROLES.iter().all(|role| !role.ends_with('_')));
    }
}
