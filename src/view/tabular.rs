//! Figures in rows under a few heads: a label at the left, then one cell per column, all numbers at the right of theirs.
//!
//! Which figures, and what stands below them, is left to each page.

use super::sheet;
use super::stage::Stage;
use crate::text::clean;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Least cells of a label, and of a column with the blank before it.
const LEAST: (usize, usize) = (16, 13);

/// Most cells of them.
const MOST: (usize, usize) = (30, 26);

/// Rows while they are gathered.
#[derive(Debug)]
pub struct Tabular<'a> {
    stage: &'a Stage<'a>,
    width: usize,
    label: usize,
    cell: usize,
    /// The rows.
    pub lines: Vec<Line<'static>>,
}

/// How many columns fit beside the labels into this width; one at least.
#[must_use]
pub fn fitting(width: usize) -> usize {
    (width.saturating_sub(LEAST.0) / LEAST.1).max(1)
}

impl<'a> Tabular<'a> {
    /// No row yet, for so many columns.
    #[must_use]
    pub fn new(stage: &'a Stage<'a>, width: usize, columns: usize) -> Tabular<'a> {
        let columns = columns.max(1);
        let label = width.saturating_sub(columns * LEAST.1);
        let label = label.clamp(LEAST.0, MOST.0).min(width);
        let cell = ((width - label) / columns).min(MOST.1);
        Tabular {
            stage,
            width,
            label,
            cell,
            lines: Vec::new(),
        }
    }

    /// Cells that the text of a column can have.
    #[must_use]
    pub fn room(&self) -> usize {
        self.cell.saturating_sub(1)
    }

    /// Adds a row.
    pub fn row(&mut self, label: (&str, Style), cells: Vec<(String, Style)>) {
        let ellipsis = self.stage.glyphs.ellipsis;
        let text = clean::left(label.0, self.label, ellipsis);
        let mut spans = vec![Span::styled(text, label.1)];
        for (text, style) in cells {
            let text = clean::right(&text, self.room(), ellipsis);
            spans.push(Span::raw(" "));
            spans.push(Span::styled(text, style));
        }
        self.lines.push(Line::from(spans));
    }

    /// Adds an empty row.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// Adds a text over the whole width.
    pub fn say(&mut self, text: &str, style: Style) {
        let lines = sheet::paragraph(text, self.width, style);
        self.lines.extend(lines);
    }
}
