//! Styles by role, from TOML: what a thing on screen means decides how it looks, never where it stands.
//!
//! Knows no panel, no tier scheme and no terminal. Views ask for a role or for a tier by its position; whoever
//! opens the terminal says how many colours it shows.

mod built_in;
pub mod catalogue;
pub mod colour;
pub mod depth;
pub mod error;
pub mod glyphs;
mod paint;
pub mod plain;
pub mod styles;
pub mod tiers;

use colour::Rgb;
use depth::ColourDepth;
use error::ThemeError;
use paint::Paint;
use ratatui::style::{Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use styles::Styles;

/// A theme: named styles by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The name it is chosen by.
    pub name: String,
    /// The page that the colours are made for.
    pub canvas: Canvas,
    /// The styles by role: `theme.style.muted`.
    pub style: Styles,
    tiers: [Style; tiers::MOST],
    tiers_dim: [Style; tiers::MOST],
}

/// What `Reset` is taken to look like where there is no terminal, as in pictures; and what contrast is measured
/// against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    /// Colour of text.
    pub ink: Rgb,
    /// Colour behind it.
    pub paper: Rgb,
}

/// A theme file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    based_on: Option<String>,
    canvas: Option<WrittenCanvas>,
    #[serde(default)]
    styles: BTreeMap<String, Paint>,
    tiers: Option<Vec<Paint>>,
    tiers_dim: Option<Vec<Paint>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCanvas {
    ink: String,
    paper: String,
}

impl Theme {
    /// Reads a theme. With `based_on = "dark"` (a built-in theme) only what differs need be written; without,
    /// everything but `tiers_dim`, which is then `tiers` dimmed by the terminal.
    ///
    /// # Errors
    /// When the text is no TOML, a key is missing or unknown, or a value is no colour or modifier.
    pub fn parse(text: &str) -> Result<Theme, ThemeError> {
        let written: Written =
            toml::from_str(text).map_err(|error| ThemeError::Toml(error.to_string()))?;
        let base = written.based_on.as_deref().map(base).transpose()?;
        let base = base.as_ref();
        let tiers = written
            .tiers
            .map(|paints| six("tiers", &paints))
            .transpose()?;
        let dim = written.tiers_dim.map(|paints| six("tiers_dim", &paints));
        let tiers_dim = match (dim, tiers, base) {
            (Some(dim), ..) => dim?,
            (None, Some(tiers), _) => tiers.map(|style| style.add_modifier(Modifier::DIM)),
            (None, None, Some(base)) => base.tiers_dim,
            (None, None, None) => return Err(missing("tiers")),
        };
        Ok(Theme {
            canvas: match written.canvas {
                Some(canvas) => canvas.read()?,
                None => base.map(|it| it.canvas).ok_or_else(|| missing("canvas"))?,
            },
            style: Styles::read(written.styles, base.map(|it| &it.style))?,
            tiers: tiers
                .or(base.map(|it| it.tiers))
                .ok_or_else(|| missing("tiers"))?,
            tiers_dim,
            name: written.name,
        })
    }

    /// A theme that styles nothing, for measuring what would be drawn.
    #[must_use]
    pub fn unstyled() -> Theme {
        Theme {
            name: String::new(),
            canvas: Canvas {
                ink: Rgb(0, 0, 0),
                paper: Rgb(255, 255, 255),
            },
            style: Styles::default(),
            tiers: Default::default(),
            tiers_dim: Default::default(),
        }
    }

    /// The theme as a terminal of this depth can show it. Convert from the theme as parsed: colours that are
    /// gone do not come back.
    #[must_use]
    pub fn at(&self, depth: ColourDepth) -> Theme {
        Theme {
            name: self.name.clone(),
            canvas: self.canvas,
            style: self.style.map(|style| depth.style(style)),
            tiers: self.tiers.map(|style| depth.style(style)),
            tiers_dim: self.tiers_dim.map(|style| depth.style(style)),
        }
    }

    /// The style of the tier at `index` (0 is the lowest) in a scheme of `count` tiers.
    #[must_use]
    pub fn tier(&self, index: usize, count: usize) -> Style {
        at(&self.tiers, index, count)
    }

    /// The same, for accounts that do not match.
    #[must_use]
    pub fn tier_dim(&self, index: usize, count: usize) -> Style {
        at(&self.tiers_dim, index, count)
    }
}

impl WrittenCanvas {
    fn read(&self) -> Result<Canvas, ThemeError> {
        let colour = |key: &str, text: &str| {
            paint::hex(text).ok_or_else(|| ThemeError::Bad {
                key: format!("canvas.{key}"),
                found: String::from(text),
                expected: String::from("a colour as \"#rrggbb\""),
            })
        };
        Ok(Canvas {
            ink: colour("ink", &self.ink)?,
            paper: colour("paper", &self.paper)?,
        })
    }
}

fn base(name: &str) -> Result<Theme, ThemeError> {
    match built_in::source(name) {
        Some(text) => Theme::parse(text),
        None => Err(ThemeError::Bad {
            key: String::from("based_on"),
            found: String::from(name),
            expected: format!("one of {}", built_in::NAMES.join(", ")),
        }),
    }
}

fn six(key: &str, paints: &[Paint]) -> Result<[Style; tiers::MOST], ThemeError> {
    let mut styles = Vec::with_capacity(tiers::MOST);
    for (at, paint) in paints.iter().enumerate() {
        let place = format!("{key}[{at}]");
        styles.push(paint.style().map_err(|bad| ThemeError::bad(&place, bad))?);
    }
    let given = styles.len();
    styles.try_into().map_err(|_| ThemeError::Bad {
        key: String::from(key),
        found: format!("{given} styles"),
        expected: format!("{} styles, the lowest tier first", tiers::MOST),
    })
}

fn at(styles: &[Style; tiers::MOST], index: usize, count: usize) -> Style {
    styles
        .get(tiers::position(index, count))
        .copied()
        .unwrap_or_default()
}

fn missing(key: &str) -> ThemeError {
    ThemeError::Missing {
        key: String::from(key),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use ratatui::style::Color;

    fn message(text: &str) -> String {
        Theme::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_theme_based_on_another_states_what_differs() {
        let dark = base("dark").unwrap();
        let own =
            Theme::parse("name = 'own'\nbased_on = 'dark'\n[styles]\nmuted = { fg = '#abcdef' }")
                .unwrap();
        assert_eq!(own.name, "own");
        assert_eq!(
            own.style.muted,
            Style::new().fg(Color::Rgb(0xab, 0xcd, 0xef))
        );
        assert_eq!(own.style.good, dark.style.good);
        assert_eq!(own.tier(3, 4), dark.tier(3, 4));
        assert_eq!(own.tier_dim(3, 4), dark.tier_dim(3, 4));
    }

    #[test]
    fn tiers_without_dim_variants_are_dimmed() {
        let six = "{ fg = 'red' }, ".repeat(6);
        let own = Theme::parse(&format!("name = 'x'\nbased_on = 'dark'\ntiers = [{six}]")).unwrap();
        let red = Style::new().fg(Color::Red);
        assert_eq!(own.tier(0, 4), red);
        assert_eq!(own.tier_dim(0, 4), red.add_modifier(Modifier::DIM));
    }

    #[test]
    fn messages_name_the_key() {
        let based = |rest: &str| message(&format!("name = 'x'\nbased_on = 'dark'\n{rest}"));
        assert!(message("name = 'x'").contains("'tiers' is missing"));
        let colour = based("[styles]\nmuted = { fg = 'purpel' }");
        assert!(
            colour.contains("styles.muted.fg") && colour.contains("purpel"),
            "{colour}"
        );
        let modifier = based("[styles]\nkey = { modifiers = ['loud'] }");
        assert!(modifier.contains("styles.key.modifiers") && modifier.contains("bold"));
        assert!(based("[styles]\nmutde = {}").contains("styles.mutde"));
        assert!(based("tiers = [{ fg = 'red' }]").contains("1 styles"));
        assert!(based("canvas = { ink = 'red', paper = '#ffffff' }").contains("canvas.ink"));
        assert!(message("name = 'x'\nbased_on = 'drak'").contains("based_on"));
        assert!(based("[styles]\nmuted = { fg = 300 }").contains("muted"));
        assert!(based("[styles]\nmuted = { fgg = 3 }").contains("fgg"));
        let partly = message(
            "name = 'x'\ncanvas = { ink = '#000000', paper = '#ffffff' }\ntiers = [{},{},{},{},{},{}]",
        );
        assert!(partly.contains("'styles.text' is missing"), "{partly}");
    }
}
