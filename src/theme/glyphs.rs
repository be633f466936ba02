//! Every sign that is drawn and is not a word: in Unicode, and in plain ASCII for terminals without.
//!
//! Each sign is one column wide in both sets, so that a layout does not depend on the set.

use super::tiers;
use ratatui::symbols::border;

/// A set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// One sign per tier position; none where tiers are told by their letters.
    tiers: Option<[&'static str; tiers::MOST]>,
    /// Frame of a panel.
    pub border: border::Set<'static>,
    /// Before the row under the cursor.
    pub pointer: &'static str,
    /// At the end of a text that was cut.
    pub ellipsis: &'static str,
    /// Left slope of the pyramid.
    pub slope_left: &'static str,
    /// Right slope of the pyramid.
    pub slope_right: &'static str,
    /// Body of the pyramid and of a bar.
    pub block: &'static str,
    /// From faint to nearly solid.
    pub shades: [&'static str; 3],
    /// Sorted upwards, or more above.
    pub up: &'static str,
    /// Sorted downwards, or more below.
    pub down: &'static str,
    /// Something to the left.
    pub left: &'static str,
    /// Something to the right.
    pub right: &'static str,
    /// Chosen, or done.
    pub check: &'static str,
    /// Refused.
    pub cross: &'static str,
    /// Kept for later, or marked.
    pub star: &'static str,
    /// The verdicts yes, backup and no, which stand nowhere for anything else.
    pub verdicts: [&'static str; 3],
    /// Picked to be booked, and not to be.
    pub picks: [&'static str; 2],
    /// A thin bar, with air between it and the lines above and below.
    pub bar: &'static str,
    /// Between two facts on a line; also one point among many.
    pub dot: &'static str,
    /// Multiplied by.
    pub times: &'static str,
    /// Before a negative number.
    pub minus: &'static str,
    /// Between the ends of a range.
    pub dash: &'static str,
    /// A level line: axis, rule, track of a slider.
    pub level: &'static str,
    /// An upright line: axis, rule.
    pub upright: &'static str,
    /// The knob of a slider.
    pub knob: &'static str,
    /// Suited, but not ideally.
    pub hollow: &'static str,
    /// An account outside the pyramid.
    pub outside: &'static str,
    /// The middle of a group in a plot.
    pub median: &'static str,
    /// The one point in a plot that the cursor stands on.
    pub target: &'static str,
}

/// Signs outside ASCII that common terminal fonts have.
const UNICODE: Glyphs = Glyphs {
    tiers: Some(["▲", "◆", "✚", "●", "▼", "■"]),
    border: border::ROUNDED,
    pointer: "▸",
    ellipsis: "…",
    slope_left: "◢",
    slope_right: "◣",
    block: "█",
    shades: ["░", "▒", "▓"],
    up: "↑",
    down: "↓",
    left: "←",
    right: "→",
    check: "✓",
    cross: "✗",
    star: "★",
    verdicts: ["✓", "☆", "✗"],
    picks: ["⊕", "⊖"],
    bar: "━",
    dot: "·",
    times: "×",
    minus: "−",
    dash: "–",
    level: "─",
    upright: "│",
    knob: "●",
    hollow: "○",
    median: "╋",
    outside: "•",
    target: "◉",
};

const ASCII: Glyphs = Glyphs {
    tiers: None,
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    pointer: ">",
    ellipsis: "~",
    slope_left: "/",
    slope_right: "\\",
    block: "#",
    shades: [".", ":", "="],
    up: "^",
    down: "v",
    left: "<",
    right: ">",
    check: "x",
    cross: "-",
    star: "*",
    verdicts: ["+", "o", "-"],
    picks: ["!", "/"],
    bar: "=",
    dot: ".",
    times: "x",
    minus: "-",
    dash: "-",
    level: "-",
    upright: "|",
    knob: "O",
    hollow: "o",
    median: "+",
    outside: "o",
    target: "@",
};

impl Glyphs {
    /// The set with signs outside ASCII.
    #[must_use]
    pub const fn unicode() -> Glyphs {
        UNICODE
    }

    /// The set of plain ASCII.
    #[must_use]
    pub const fn ascii() -> Glyphs {
        ASCII
    }

    /// Whether this is a set of plain ASCII.
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        self.tiers.is_none()
    }

    /// The sign of the tier at `index` (0 is the lowest) in a scheme of `count` tiers; `letter`, one column wide
    /// and chosen by the caller, in sets without signs for tiers.
    #[must_use]
    pub fn tier<'a>(&self, index: usize, count: usize, letter: &'a str) -> &'a str {
        self.tiers
            .and_then(|signs| signs.get(tiers::position(index, count)).copied())
            .unwrap_or(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn signs(glyphs: &Glyphs) -> Vec<&'static str> {
        let border = glyphs.border;
        let mut all = vec![
            border.top_left,
            border.top_right,
            border.bottom_left,
            border.bottom_right,
            border.vertical_left,
            border.vertical_right,
            border.horizontal_top,
            border.horizontal_bottom,
            glyphs.pointer,
            glyphs.ellipsis,
            glyphs.slope_left,
            glyphs.slope_right,
            glyphs.block,
            glyphs.up,
            glyphs.down,
            glyphs.left,
            glyphs.right,
            glyphs.check,
            glyphs.cross,
            glyphs.star,
            glyphs.dot,
            glyphs.times,
            glyphs.minus,
            glyphs.dash,
            glyphs.level,
            glyphs.upright,
            glyphs.knob,
            glyphs.hollow,
            glyphs.median,
            glyphs.target,
        ];
        all.extend(glyphs.shades);
        all.extend(glyphs.picks);
        all.extend(glyphs.tiers.unwrap_or_default());
        all.retain(|sign| !sign.is_empty());
        all
    }

    #[test]
    fn every_sign_is_one_column_wide() {
        for sign in signs(&UNICODE).into_iter().chain(signs(&ASCII)) {
            assert_eq!(sign.width(), 1, "{sign}");
        }
        assert!(signs(&ASCII).iter().all(|sign| sign.is_ascii()));
    }

    #[test]
    fn tiers_differ_and_the_top_and_bottom_stay() {
        let glyphs = Glyphs::unicode();
        let row = |count| (0..count).map(move |at| glyphs.tier(at, count, "?"));
        assert_eq!(row(4).collect::<String>(), "▲◆●■");
        assert_eq!(row(5).collect::<String>(), "▲◆✚●■");
        assert_eq!(row(6).collect::<String>(), "▲◆✚●▼■");
        assert_eq!(Glyphs::ascii().tier(2, 4, "M"), "M");
    }
}
