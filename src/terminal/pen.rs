//! The pen: writes the cells of a frame that changed, in few bytes.
//!
//! Idea: what the terminal holds already is not said again. A colour is written when it changes, not both when one does;
//! a blank takes whatever letters would look like, since none is seen; within a row the cursor is sent to a column. The
//! writer that comes with the library says both colours and the whole place each time, which is half as much again: a
//! terminal takes long frames in pieces, and the next frame waits for it. Blanks are written out, because terminals
//! differ in the colour that erasing leaves.
//!
//! A place is named anew after every gap and after every sign that is not one cell wide: terminals disagree about how
//! wide some are.

use super::frame::FrameWriter;
use crate::text::clean;
use crossterm::style::Colored;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::fmt;
use std::io::{self, Write};

/// Writes cells as sequences of the terminal; everything else is left to the writer of the library.
#[derive(Debug)]
pub(super) struct Pen {
    writer: FrameWriter,
    rest: CrosstermBackend<FrameWriter>,
    /// The cursor is hidden when the terminal is taken.
    is_cursor_shown: bool,
}

impl Pen {
    pub(super) fn new(writer: FrameWriter) -> Pen {
        Pen {
            rest: CrosstermBackend::new(writer.clone()),
            writer,
            is_cursor_shown: false,
        }
    }
}

/// How the next sign would look.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    front: Color,
    back: Color,
    modifier: Modifier,
}

/// Said after a sign that is to be shown as a picture, two cells wide; some terminals leave it one cell, so that both are
/// made blank before.
const AS_PICTURE: char = '\u{fe0f}';

/// What is seen of a sign even when it is a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// What turns each modifier on.
const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What turns modifiers off, some of them two at once.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

impl Look {
    /// What every frame begins and ends with.
    const PLAIN: Look = Look {
        front: Color::Reset,
        back: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// The look that serves a cell, as much as possible this one.
    fn serving(self, cell: &Cell) -> Look {
        if cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS) {
            return Look {
                back: cell.bg,
                modifier: self.modifier - SEEN_ON_BLANKS,
                ..self
            };
        }
        Look {
            front: cell.fg,
            back: cell.bg,
            modifier: cell.modifier,
        }
    }

    /// Writes what makes this look another one.
    fn change(self, next: Look, out: &mut impl Write) -> io::Result<()> {
        if self == next {
            return Ok(());
        }
        let mut codes = Codes { out, any: false };
        let (gone, mut held) = (self.modifier - next.modifier, self.modifier);
        for (modifiers, off) in OFF {
            if gone.intersects(modifiers) {
                codes.add(off)?;
                held -= modifiers;
            }
        }
        for (modifier, on) in ON {
            if (next.modifier - held).contains(modifier) {
                codes.add(on)?;
            }
        }
        if self.front != next.front {
            codes.add(Colored::ForegroundColor(next.front.into_crossterm()))?;
        }
        if self.back != next.back {
            codes.add(Colored::BackgroundColor(next.back.into_crossterm()))?;
        }
        codes.end()
    }
}

/// The codes of one sequence.
struct Codes<'a, W: Write> {
    out: &'a mut W,
    any: bool,
}

impl<W: Write> Codes<'_, W> {
    fn add(&mut self, code: impl fmt::Display) -> io::Result<()> {
        let before = if std::mem::replace(&mut self.any, true) {
            ";"
        } else {
            "\u{1b}["
        };
        write!(self.out, "{before}{code}")
    }

    fn end(self) -> io::Result<()> {
        if self.any {
            self.out.write_all(b"m")?;
        }
        Ok(())
    }
}

impl Backend for Pen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let out = &mut self.writer;
        let mut look = Look::PLAIN;
        let mut row = None;
        // Up to where the last sign reaches, and the column that the cursor is surely at.
        let (mut covered, mut at) = (0, None);
        for (x, y, cell) in cells {
            if row != Some(y) {
                write!(out, "\u{1b}[{};{}H", y + 1, x + 1)?;
            } else if x < covered {
                continue;
            } else if at != Some(x) {
                write!(out, "\u{1b}[{}G", x + 1)?;
            }
            let next = look.serving(cell);
            look.change(next, out)?;
            look = next;
            let sign = cell.symbol();
            let width = clean::width(sign);
            if width > 1 && sign.contains(AS_PICTURE) {
                write!(out, "{:width$}\u{1b}[{}G", "", x + 1)?;
            }
            out.write_all(sign.as_bytes())?;
            row = Some(y);
            covered = x.saturating_add(width as u16);
            at = (width == 1).then_some(covered);
        }
        if look != Look::PLAIN {
            out.write_all(b"\x1b[0m")?;
        }
        Ok(())
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.rest.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        // It is asked for with every frame; one in which nothing changed is to write nothing.
        if std::mem::take(&mut self.is_cursor_shown) {
            self.rest.hide_cursor()?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_shown = true;
        self.rest.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.rest.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.rest.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.rest.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.rest.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.rest.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.rest.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.rest)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    const AREA: Rect = Rect::new(0, 0, 20, 3);

    /// What is drawn somewhere: a text in a style.
    type Stroke = (u16, u16, &'static str, Style);

    fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
        let text = prop::sample::select(vec!["a", "   ", " b ", "é—", "漢字", "│▒", "      "]);
        let colour = || {
            let colours = [Color::Reset, Color::Red, Color::Indexed(99)];
            prop::sample::select([&colours[..], &[Color::Rgb(1, 20, 255)]].concat())
        };
        let style = (colour(), colour(), any::<u16>(), any::<u16>()).prop_map(
            |(front, back, some, others)| {
                let modifier = Modifier::from_bits_truncate(some & others);
                Style::new().fg(front).bg(back).add_modifier(modifier)
            },
        );
        let stroke = (0..AREA.width, 0..AREA.height, text, style);
        proptest::collection::vec(stroke, 1..9)
    }

    #[test]
    fn a_frame_in_which_nothing_changed_writes_nothing() {
        let writer = FrameWriter::default();
        let options = TerminalOptions {
            viewport: Viewport::Fixed(AREA),
        };
        let mut terminal = Terminal::with_options(Pen::new(writer.clone()), options).unwrap();
        let mut draw = || {
            terminal
                .draw(|frame| {
                    frame.buffer_mut().set_string(0, 0, "ab", Style::new());
                })
                .unwrap();
            writer.take()
        };
        assert!(!draw().is_empty());
        assert!(draw().is_empty());
    }

    /// What a frame holds.
    fn painted(strokes: &[Stroke]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, style) in strokes {
            buffer.set_string(*x, *y, text, *style);
        }
        // Which of the two a terminal shows of letters that are both differs.
        for cell in &mut buffer.content {
            if cell.modifier.contains(Modifier::BOLD) {
                cell.modifier -= Modifier::DIM;
            }
        }
        buffer
    }

    /// What a terminal shows in a cell.
    fn seen(screen: &vt100::Screen, row: u16, column: u16) -> impl PartialEq + fmt::Debug {
        let cell = screen.cell(row, column).unwrap();
        let contents = cell.contents().trim().to_owned();
        let on_blank = (cell.bgcolor(), cell.inverse(), cell.underline());
        let letter = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
        let is_seen = !contents.is_empty() || cell.inverse() || cell.underline();
        (
            contents,
            on_blank,
            is_seen.then_some(letter),
            cell.is_wide(),
        )
    }

    #[test]
    fn what_turns_a_modifier_on_and_off_is_what_the_library_says() {
        for modifier in Modifier::all() {
            let with = Look {
                modifier,
                ..Look::PLAIN
            };
            let mut written = Vec::new();
            Look::PLAIN.change(with, &mut written).unwrap();
            with.change(Look::PLAIN, &mut written).unwrap();
            let library = FrameWriter::default();
            let mut frame = Buffer::empty(Rect::new(0, 0, 2, 1));
            frame[(0, 0)].set_symbol("a").modifier = modifier;
            let cells = [(0, 0, &frame[(0, 0)]), (1, 0, &frame[(1, 0)])];
            let mut theirs = CrosstermBackend::new(library.clone());
            theirs.draw(cells.into_iter()).unwrap();
            let theirs = String::from_utf8(library.take()).unwrap();
            for code in String::from_utf8(written).unwrap().split_inclusive('m') {
                assert!(
                    theirs.contains(code),
                    "{modifier:?}: {code:?} in {theirs:?}"
                );
            }
        }
    }

    #[test]
    fn what_stands_after_a_picture_stands_where_it_belongs_however_wide_the_picture_is() {
        let (mut before, mut after) = (Buffer::empty(AREA), Buffer::empty(AREA));
        before.set_string(0, 0, "abcd", Style::new());
        after.set_string(0, 0, "❤️xy", Style::new());
        let writer = FrameWriter::default();
        Pen::new(writer.clone())
            .draw(before.diff(&after).into_iter())
            .unwrap();
        let written = String::from_utf8(writer.take()).unwrap();
        assert_eq!(written, "\u{1b}[1;1H  \u{1b}[1G❤️\u{1b}[3Gxy");
    }

    proptest! {
        #[test]
        fn a_terminal_shows_what_the_writer_of_the_library_makes_it_show(
            frames in proptest::collection::vec(strokes(), 1..5),
        ) {
            crossterm::style::force_color_output(true);
            let writers = [FrameWriter::default(), FrameWriter::default()];
            let mut pen = Pen::new(writers[0].clone());
            let mut library = CrosstermBackend::new(writers[1].clone());
            let mut terminals = [(); 2].map(|()| vt100::Parser::new(AREA.height, AREA.width, 0));
            let mut before = Buffer::empty(AREA);
            for strokes in frames {
                let frame = painted(&strokes);
                let changes = || before.diff(&frame).into_iter();
                pen.draw(changes()).unwrap();
                library.draw(changes()).unwrap();
                let written = writers.each_ref().map(FrameWriter::take);
                prop_assert!(written[0].len() <= written[1].len());
                for (terminal, written) in terminals.iter_mut().zip(&written) {
                    terminal.process(written);
                }
                let [ours, theirs] = terminals.each_ref().map(vt100::Parser::screen);
                for (x, y) in AREA.positions().map(|at| (at.x, at.y)) {
                    prop_assert_eq!(seen(ours, y, x), seen(theirs, y, x));
                }
                before = frame;
            }
        }
    }
}
