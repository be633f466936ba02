//! Why a theme was refused, in a sentence that names the key.
//!
//! Which file it stood in is for whoever opened the file to say.

use super::paint::BadPaint;

/// Why a theme was refused. Every message names the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeError {
    /// The text is no TOML, or a value is of the wrong kind; the message shows the line.
    Toml(String),
    /// This key is needed, as the theme is not based on another.
    Missing {
        /// The key, with its table: `styles.muted`.
        key: String,
    },
    /// There is no such key.
    Unknown {
        /// The key, with its table.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// The value of this key cannot be used.
    Bad {
        /// The key, with its table.
        key: String,
        /// The value.
        found: String,
        /// What could stand there.
        expected: String,
    },
}

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ThemeError::Toml(message) => f.write_str(message),
            ThemeError::Missing { key } => write!(
                f,
                "'{key}' is missing; write it, or take it over from another theme with based_on = \"dark\""
            ),
            ThemeError::Unknown { key, known } => {
                write!(f, "'{key}' is no key of a theme; there are: {known}")
            }
            ThemeError::Bad {
                key,
                found,
                expected,
            } => write!(f, "'{key}' is '{found}', expected {expected}"),
        }
    }
}

impl std::error::Error for ThemeError {}

impl ThemeError {
    /// This part of the style under this key is wrong.
    pub(super) fn bad(key: &str, paint: BadPaint) -> ThemeError {
        ThemeError::Bad {
            key: format!("{key}.{}", paint.key),
            found: paint.found,
            expected: paint.expected,
        }
    }
}
