//! One style as it is written in a theme file, and what can be wrong with it.
//!
//! Which roles a theme has is [`super`]'s to say.

use super::colour::Rgb;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::str::FromStr;

/// A style in TOML: `{ fg = "#56b4e9", bg = 236, modifiers = ["bold"] }`, every part optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paint {
    fg: Option<Ink>,
    bg: Option<Ink>,
    #[serde(default)]
    modifiers: Vec<String>,
}

/// A colour in TOML: an index of the 256, or `"#rrggbb"` or a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "a colour: \"#rrggbb\", a name such as \"lightblue\", or a number from 0 to 255"
)]
enum Ink {
    Index(u8),
    Text(String),
}

/// The modifiers that a theme may name.
const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed_out", Modifier::CROSSED_OUT),
];

/// What is wrong with a style: which of its keys, the value found, and what is expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadPaint {
    pub(super) key: &'static str,
    pub(super) found: String,
    pub(super) expected: String,
}

impl Paint {
    /// The style that this describes.
    pub(super) fn style(&self) -> Result<Style, BadPaint> {
        let mut style = Style {
            fg: self.fg.as_ref().map(|ink| ink.colour("fg")).transpose()?,
            bg: self.bg.as_ref().map(|ink| ink.colour("bg")).transpose()?,
            ..Style::new()
        };
        for name in &self.modifiers {
            let Some((_, modifier)) = MODIFIERS.iter().find(|(known, _)| known == name) else {
                let known: Vec<&str> = MODIFIERS.iter().map(|(known, _)| *known).collect();
                return Err(BadPaint {
                    key: "modifiers",
                    found: name.clone(),
                    expected: format!("one of {}", known.join(", ")),
                });
            };
            style = style.add_modifier(*modifier);
        }
        Ok(style)
    }
}

impl Ink {
    fn colour(&self, key: &'static str) -> Result<Color, BadPaint> {
        match self {
            Ink::Index(index) => Ok(Color::Indexed(*index)),
            Ink::Text(text) => Color::from_str(text).map_err(|_| BadPaint {
                key,
                found: text.clone(),
                expected: String::from(
                    "a colour: \"#rrggbb\", a name such as \"lightblue\", or a number from 0 to 255",
                ),
            }),
        }
    }
}

/// Red, green and blue of a text `#rrggbb`.
pub(super) fn hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;

    fn paint(text: &str) -> Paint {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn colours_are_hex_index_or_name() {
        let style = paint("fg = '#56b4e9'\nbg = 236\nmodifiers = ['bold', 'underlined']").style();
        let expected = Style::new()
            .fg(Color::Rgb(0x56, 0xb4, 0xe9))
            .bg(Color::Indexed(236))
            .add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(style, Ok(expected));
        let named = paint("fg = 'lightblue'\nbg = 'reset'").style();
        assert_eq!(
            named,
            Ok(Style::new().fg(Color::LightBlue).bg(Color::Reset))
        );
        assert_eq!(paint("").style(), Ok(Style::new()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = paint("bg = 'purpel'").style().unwrap_err();
        assert_eq!((wrong.key, wrong.found.as_str()), ("bg", "purpel"));
        let wrong = paint("modifiers = ['bold', 'loud']").style().unwrap_err();
        assert_eq!((wrong.key, wrong.found.as_str()), ("modifiers", "loud"));
        assert!(wrong.expected.contains("reversed"));
        assert!(toml::from_str::<Paint>("fg = 256").is_err());
    }

    #[test]
    fn hex_takes_six_digits_only() {
        assert_eq!(hex("#1c1c1c"), Some(Rgb(28, 28, 28)));
        for bad in ["1c1c1c", "#1c1c", "#1c1c1g", "#+1c1c1", "", "#é1c1c"] {
            assert_eq!(hex(bad), None, "{bad}");
        }
    }
}
