//! Standard output: written once, whole, and nowhere else.

use super::failure::Failure;
use std::io::{self, Write};

/// Writes the text to standard output.
///
/// # Errors
/// [`Failure::Closed`] when nobody reads any more, [`Failure::Could`] when it cannot be written.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
