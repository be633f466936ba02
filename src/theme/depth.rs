//! What a terminal can show: full colour, the 256 of xterm, or sixteen; and styles converted down to it.
//!
//! Does not find out what the terminal at hand can do: that is for whoever opens it.

use super::colour::{Lab, Rgb, difference, turn};
use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ColourDepth {
    /// 24 bits.
    #[default]
    TrueColour,
    /// The colour cube and the greys of xterm, 16 to 255. The first sixteen are the user's own and are not used.
    Indexed256,
    /// The sixteen named colours, whatever the terminal makes of them.
    Ansi16,
}

impl ColourDepth {
    /// The style as this depth can show it. `Reset` and the modifiers stay; sixteen colours have no quiet
    /// background, so there a background without its own foreground becomes reversed video.
    #[must_use]
    pub fn style(self, style: Style) -> Style {
        let mut shown = style;
        shown.fg = style.fg.map(|colour| self.colour(colour));
        shown.bg = style.bg.map(|colour| self.colour(colour));
        let quiet = |colour: Option<Color>| colour.is_none_or(|it| it == Color::Reset);
        if self == ColourDepth::Ansi16 && quiet(style.fg) && !quiet(style.bg) {
            shown.bg = None;
            shown = shown.add_modifier(Modifier::REVERSED);
        }
        shown
    }

    /// The nearest colour that this depth can show.
    #[must_use]
    pub fn colour(self, colour: Color) -> Color {
        match (self, rgb(colour)) {
            (ColourDepth::TrueColour, _) | (_, None) => colour,
            (ColourDepth::Indexed256, Some(wanted)) => match colour {
                Color::Rgb(..) => Color::Indexed(nearest_of_256(wanted.lab())),
                _ => colour,
            },
            (ColourDepth::Ansi16, Some(wanted)) => match colour {
                Color::Rgb(..) | Color::Indexed(16..) => nearest_of_16(wanted.lab()),
                _ => colour,
            },
        }
    }
}

/// The sixteen colours with what xterm shows for them; terminals differ.
const SIXTEEN: [(Color, Rgb); 16] = [
    (Color::Black, Rgb(0, 0, 0)),
    (Color::Red, Rgb(205, 0, 0)),
    (Color::Green, Rgb(0, 205, 0)),
    (Color::Yellow, Rgb(205, 205, 0)),
    (Color::Blue, Rgb(0, 0, 238)),
    (Color::Magenta, Rgb(205, 0, 205)),
    (Color::Cyan, Rgb(0, 205, 205)),
    (Color::Gray, Rgb(229, 229, 229)),
    (Color::DarkGray, Rgb(127, 127, 127)),
    (Color::LightRed, Rgb(255, 0, 0)),
    (Color::LightGreen, Rgb(0, 255, 0)),
    (Color::LightYellow, Rgb(255, 255, 0)),
    (Color::LightBlue, Rgb(92, 92, 255)),
    (Color::LightMagenta, Rgb(255, 0, 255)),
    (Color::LightCyan, Rgb(0, 255, 255)),
    (Color::White, Rgb(255, 255, 255)),
];

/// Below this chroma a colour counts as a grey.
const GREY: f64 = 18.0;

/// Red, green and blue of a colour; none for `Reset`, which is the terminal's own.
#[must_use]
pub fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        Color::Indexed(index) => Some(of_index(index)),
        named => SIXTEEN
            .iter()
            .find(|(name, _)| *name == named)
            .map(|(_, value)| *value),
    }
}

/// The colour of an xterm index: the sixteen, the cube of 6×6×6 with steps 0, 95, 135, …, 255, and 24 greys.
fn of_index(index: u8) -> Rgb {
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    match index {
        0..16 => SIXTEEN
            .get(usize::from(index))
            .map_or(Rgb(0, 0, 0), |(_, value)| *value),
        16..232 => {
            let cell = index - 16;
            Rgb(step(cell / 36), step(cell / 6 % 6), step(cell % 6))
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            Rgb(grey, grey, grey)
        }
    }
}

fn nearest_of_256(wanted: Lab) -> u8 {
    (16..=u8::MAX)
        .map(|index| (index, difference(wanted, of_index(index).lab())))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map_or(16, |(index, _)| index)
}

/// Keeps the hue of a colour and the lightness of a grey: with sixteen to choose from, the colour that looks
/// nearest is often a grey, and what is told by colour would be lost.
fn nearest_of_16(wanted: Lab) -> Color {
    let grey = wanted.chroma() < GREY;
    SIXTEEN
        .iter()
        .map(|(name, value)| (*name, value.lab()))
        .filter(|(_, shown)| (shown.chroma() < GREY) == grey)
        .map(|(name, shown)| {
            let lightness = (wanted.lightness - shown.lightness).abs();
            let hue = turn(wanted.hue(), shown.hue()).abs();
            (
                name,
                if grey {
                    lightness
                } else {
                    hue + 0.4 * lightness
                },
            )
        })
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map_or(Color::Reset, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cube_and_greys_map_to_themselves() {
        for index in 16..=u8::MAX {
            let value = of_index(index);
            let found = of_index(nearest_of_256(value.lab()));
            assert_eq!(value, found, "index {index}");
        }
    }

    #[test]
    fn named_colours_and_reset_stay() {
        for depth in [ColourDepth::Indexed256, ColourDepth::Ansi16] {
            assert_eq!(depth.colour(Color::Reset), Color::Reset);
            assert_eq!(depth.colour(Color::LightBlue), Color::LightBlue);
            assert_eq!(depth.colour(Color::Indexed(9)), Color::Indexed(9));
        }
        let any = Color::Rgb(1, 2, 3);
        assert_eq!(ColourDepth::TrueColour.colour(any), any);
    }

    #[test]
    fn sixteen_colours_keep_hue_and_grey() {
        let down = |red, green, blue| ColourDepth::Ansi16.colour(Color::Rgb(red, green, blue));
        assert_eq!(down(0, 0, 0), Color::Black);
        assert_eq!(down(120, 124, 120), Color::DarkGray);
        assert_eq!(down(255, 255, 255), Color::White);
        assert!([Color::Red, Color::LightRed].contains(&down(150, 60, 50)));
        assert!([Color::Green, Color::LightGreen].contains(&down(60, 110, 60)));
        let indexed = ColourDepth::Ansi16.colour(Color::Indexed(196));
        assert_eq!(indexed, Color::LightRed);
    }

    #[test]
    fn a_background_alone_becomes_reversed_video() {
        let row = Style::new().bg(Color::Rgb(40, 50, 70));
        let shown = ColourDepth::Ansi16.style(row);
        assert_eq!(shown, Style::new().add_modifier(Modifier::REVERSED));
        let both = row.fg(Color::Rgb(255, 255, 255));
        assert!(ColourDepth::Ansi16.style(both).bg.is_some());
        assert!(ColourDepth::Indexed256.style(row).bg.is_some());
    }
}
