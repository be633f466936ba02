//! Plain spelling: the signs and marked letters that words and numbers bring to the screen, in ASCII.
//!
//! Which signs the drawing itself uses is [`super::glyphs`]'; text in other scripts is left as it is.

use super::glyphs::Glyphs;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthStr;

/// Spells every row of an area in ASCII, where the set of signs is ASCII. A sign that needs several cells takes them
/// from the blanks beside it; where there are none it becomes its first letter. Text in other scripts stays.
pub fn spell(glyphs: &Glyphs, area: Rect, buf: &mut Buffer) {
    if !glyphs.is_ascii() {
        return;
    }
    let area = area.intersection(buf.area);
    for y in area.rows().map(|row| row.y) {
        let (from, to) = (buf.index_of(area.x, y), usize::from(area.width));
        if area.width > 0
            && let Some(row) = buf.content.get_mut(from..from + to)
            && row.iter().any(|cell| !cell.symbol().is_ascii())
        {
            spell_row(glyphs, row);
        }
    }
}

/// A text spelled in the same way, however long it becomes.
#[must_use]
pub fn spelled(glyphs: &Glyphs, text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let mut bytes = [0; 4];
        let symbol: &str = c.encode_utf8(&mut bytes);
        let sign = currency(symbol).or_else(|| sign(glyphs, symbol));
        match sign {
            _ if c.is_ascii() => plain.push(c),
            Some(sign) if letters.peek().is_some_and(|next| next.is_whitespace()) => {
                plain.push_str(sign.trim_end());
            }
            Some(sign) => plain.push_str(sign),
            None if c == '…' => plain.push_str("..."),
            None => plain.push(letter(symbol).unwrap_or(c)),
        }
    }
    plain
}

fn spell_row(glyphs: &Glyphs, row: &mut [Cell]) {
    for at in 0..row.len() {
        let Some(symbol) = row.get(at).map(Cell::symbol).filter(|it| !it.is_ascii()) else {
            continue;
        };
        if let Some(name) = currency(symbol) {
            let apart = row.get(at + 1).is_some_and(|next| next.symbol() != " ");
            widen(row, at, if apart { name } else { name.trim_end() });
        } else if symbol == "…" {
            widen(row, at, "...");
        } else if let Some(sign) = sign(glyphs, symbol) {
            put(row, at, sign);
        } else if let Some(letter) = letter(symbol) {
            put(row, at, letter.encode_utf8(&mut [0; 4]));
        }
    }
}

/// The sign of ASCII for one that words and numbers contain.
fn sign(glyphs: &Glyphs, symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "×" => glyphs.times,
        "·" | "•" => glyphs.dot,
        "−" => glyphs.minus,
        "–" | "—" => glyphs.dash,
        "²" => "2",
        "‘" | "’" => "'",
        "“" | "”" => "\"",
        "\u{a0}" | "\u{202f}" => " ",
        "→" => glyphs.right,
        "←" => glyphs.left,
        "↑" => glyphs.up,
        "↓" => glyphs.down,
        _ => return None,
    })
}

/// The code of a currency for its sign, with the blank before a number.
fn currency(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "€" => "EUR ",
        "£" => "GBP ",
        "¥" => "JPY ",
        "₹" => "INR ",
        "₩" => "KRW ",
        _ => return None,
    })
}

/// The letter of ASCII under the marks of another.
fn letter(symbol: &str) -> Option<char> {
    let mut parts = symbol.nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    parts.all(is_combining_mark).then_some(base)
}

fn put(row: &mut [Cell], at: usize, sign: &str) {
    if let Some(cell) = row.get_mut(at) {
        cell.set_symbol(sign);
    }
}

/// Puts a text of ASCII into the place of a cell, and moves what stands before or after it into the next blanks.
fn widen(row: &mut [Cell], at: usize, text: &str) {
    let more = text.len() - 1;
    let first = if (1..=more + 1).all(|step| at >= step && is_blank(row, at - step)) {
        at - more
    } else if let Some(moved) =
        gap(row, at, more + 1).and_then(|gap| row.get_mut(at + 1..gap + more))
    {
        moved.rotate_right(more);
        at
    } else {
        put(row, at, text.get(..1).unwrap_or_default());
        return;
    };
    let style = row.get(at).map(Cell::style).unwrap_or_default();
    for (cell, letter) in row.iter_mut().skip(first).zip(text.chars()) {
        cell.set_char(letter).set_style(style);
    }
}

/// Where the next run of so many blanks begins behind a place, before any border.
fn gap(row: &[Cell], at: usize, blanks: usize) -> Option<usize> {
    let open = |from: &usize| row.get(*from).is_some_and(|cell| cell.symbol() != "|");
    (at + 1..row.len())
        .take_while(open)
        .find(|from| (*from..from + blanks).all(|at| is_blank(row, at)))
}

/// Whether a cell is blank and not the second half of a wide character.
fn is_blank(row: &[Cell], at: usize) -> bool {
    let covered = at
        .checked_sub(1)
        .and_then(|before| row.get(before))
        .is_some_and(|before| before.symbol().width() > 1);
    !covered && row.get(at).is_some_and(|cell| cell.symbol() == " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Style;

    fn spelled(text: &str) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, text.width() as u16, 1));
        buf.set_string(0, 0, text, Style::new());
        spell(&Glyphs::ascii(), buf.area, &mut buf);
        buf.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn signs_and_marks_become_ascii() {
        assert_eq!(spelled("Reach × r² · 5–9"), "Reach x r2 . 5-9");
        assert_eq!(spelled("creëren, één ‘a’"), "creeren, een 'a'");
        assert_eq!(spelled("Ωmega 가"), "Ωmega 가 ");
    }

    #[test]
    fn a_sentence_is_spelled_however_long_it_becomes() {
        let spelled = |text| super::spelled(&Glyphs::ascii(), text);
        assert_eq!(spelled("€5 is 0.58× één…"), "EUR 5 is 0.58x een...");
        assert_eq!(spelled("voor € 5 · 가"), "voor EUR 5 . 가");
    }

    #[test]
    fn long_spellings_take_blanks_and_nothing_else() {
        assert_eq!(spelled("reading…   |"), "reading... |");
        assert_eq!(spelled("|    € 90|"), "|  EUR 90|");
        assert_eq!(spelled("|     €90|x"), "|  EUR 90|x");
        assert_eq!(spelled("a €90 b     |"), "a EUR 90 b  |");
        assert_eq!(spelled("|a €90|     "), "|a E90|     ");
        assert_eq!(spelled("€90"), "E90");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[a-z €…|·é가]{1,40}") {
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).count();
            let marked = text.matches('é').count();
            prop_assert_eq!(letters(&spelled(&text)), letters(&text) + marked);
        }
    }
}
