//! Colour mathematics: sRGB, CIELAB, the CIEDE2000 difference and the WCAG contrast ratio.
//!
//! Knows no theme, no role and no terminal; what a terminal can show is [`super::depth`].

/// A colour as red, green and blue of sRGB, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour of CIELAB under the white point D65: lightness 0 to 100, and the two opponent axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lab {
    /// Lightness, 0 (black) to 100 (white).
    pub lightness: f64,
    /// From green (negative) to red (positive).
    pub a: f64,
    /// From blue (negative) to yellow (positive).
    pub b: f64,
}

/// Rows: X, Y and Z of linear red, green and blue (IEC 61966-2-1, white point D65).
const TO_XYZ: [[f64; 3]; 3] = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// The white point D65 of the two-degree observer.
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];

impl Rgb {
    /// Linear light of the three channels, 0 to 1 each (the transfer function of IEC 61966-2-1).
    #[must_use]
    pub fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        dot(TO_XYZ[1], self.linear())
    }

    /// The colour in CIELAB.
    #[must_use]
    pub fn lab(self) -> Lab {
        Lab::of_linear(self.linear())
    }
}

impl Lab {
    /// The colour with these linear red, green and blue (0 to 1, sRGB primaries).
    #[must_use]
    pub fn of_linear(linear: [f64; 3]) -> Lab {
        let [x, y, z] = [0, 1, 2].map(|axis: usize| {
            let ratio = dot(TO_XYZ[axis], linear) / WHITE[axis];
            if ratio > 216.0 / 24389.0 {
                ratio.cbrt()
            } else {
                (24389.0 / 27.0 * ratio + 16.0) / 116.0
            }
        });
        Lab {
            lightness: 116.0 * y - 16.0,
            a: 500.0 * (x - y),
            b: 200.0 * (y - z),
        }
    }

    /// Distance from grey: 0 for a grey, about 100 for the purest colours of a screen.
    #[must_use]
    pub fn chroma(self) -> f64 {
        self.a.hypot(self.b)
    }

    /// Hue angle in degrees, 0 to 360; without meaning for a grey.
    #[must_use]
    pub fn hue(self) -> f64 {
        self.b.atan2(self.a).to_degrees().rem_euclid(360.0)
    }
}

/// The shortest turn from one hue angle to another, in degrees, −180 to 180.
#[must_use]
pub fn turn(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

/// How different two colours look: ΔE₀₀ of CIE 142-2001, after Sharma, Wu and Dalal, *The CIEDE2000
/// color-difference formula* (2005). About 1 is just noticeable, 10 is told apart at a glance.
#[must_use]
pub fn difference(one: Lab, other: Lab) -> f64 {
    let (one, other) = stretched(one, other);
    let (chroma, other_chroma) = (one.chroma(), other.chroma());
    let lightness_mean = f64::midpoint(one.lightness, other.lightness);
    let chroma_mean = f64::midpoint(chroma, other_chroma);
    let grey = chroma * other_chroma == 0.0;
    let hue_turn = if grey {
        0.0
    } else {
        turn(one.hue(), other.hue())
    };
    let hue_mean = if grey {
        one.hue() + other.hue()
    } else {
        one.hue() + hue_turn / 2.0
    };
    let ripple = |times: f64, shift: f64| (times * hue_mean + shift).to_radians().cos();
    let t = 1.0 - 0.17 * ripple(1.0, -30.0) + 0.24 * ripple(2.0, 0.0) + 0.32 * ripple(3.0, 6.0)
        - 0.20 * ripple(4.0, -63.0);
    let off_middle = (lightness_mean - 50.0).powi(2);
    let d_lightness =
        (other.lightness - one.lightness) / (1.0 + 0.015 * off_middle / (20.0 + off_middle).sqrt());
    let d_chroma = (other_chroma - chroma) / (1.0 + 0.045 * chroma_mean);
    let d_hue = 2.0 * (chroma * other_chroma).sqrt() * (hue_turn / 2.0).to_radians().sin()
        / (1.0 + 0.015 * chroma_mean * t);
    let blue = 30.0 * (-((hue_mean.rem_euclid(360.0) - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * saturation(chroma_mean) * (2.0 * blue).to_radians().sin();
    (d_lightness.powi(2) + d_chroma.powi(2) + d_hue.powi(2) + rotation * d_chroma * d_hue)
        .max(0.0)
        .sqrt()
}

/// The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Both colours with the green-red axis stretched near grey, the first step of CIEDE2000.
fn stretched(one: Lab, other: Lab) -> (Lab, Lab) {
    let mean = f64::midpoint(one.chroma(), other.chroma());
    let factor = 1.0 + 0.5 * (1.0 - saturation(mean));
    let stretch = |colour: Lab| Lab {
        a: colour.a * factor,
        ..colour
    };
    (stretch(one), stretch(other))
}

/// √(C⁷ / (C⁷ + 25⁷)): 0 for a grey, nearly 1 for strong colours.
fn saturation(chroma: f64) -> f64 {
    let seventh = chroma.powi(7);
    (seventh / (seventh + 25_f64.powi(7))).sqrt()
}

fn dot(row: [f64; 3], column: [f64; 3]) -> f64 {
    row[0] * column[0] + row[1] * column[1] + row[2] * column[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lab(lightness: f64, a: f64, b: f64) -> Lab {
        Lab { lightness, a, b }
    }

    /// Pairs of table 1 of Sharma, Wu and Dalal (2005).
    #[test]
    fn differences_of_the_published_table() {
        let pairs = [
            (
                lab(50.0, 2.6772, -79.7751),
                lab(50.0, 0.0, -82.7485),
                2.0425,
            ),
            (lab(50.0, 0.0, 0.0), lab(50.0, -1.0, 2.0), 2.3669),
            (lab(50.0, 2.49, -0.001), lab(50.0, -2.49, 0.0009), 7.1792),
            (lab(50.0, 2.5, 0.0), lab(50.0, 0.0, -2.5), 4.3065),
            (lab(50.0, 2.5, 0.0), lab(73.0, 25.0, -18.0), 27.1492),
            (
                lab(60.2574, -34.0099, 36.2677),
                lab(60.4626, -34.1751, 39.4387),
                1.2644,
            ),
            (
                lab(22.7233, 20.0904, -46.694),
                lab(23.0331, 14.973, -42.5619),
                2.0373,
            ),
            (
                lab(90.8027, -2.0831, 1.441),
                lab(91.1528, -1.6435, 0.0447),
                1.4441,
            ),
            (
                lab(2.0776, 0.0795, -1.135),
                lab(0.9033, -0.0636, -0.5514),
                0.9082,
            ),
        ];
        for (one, other, expected) in pairs {
            let found = difference(one, other);
            assert!(
                (found - expected).abs() < 1e-4,
                "{one:?} {other:?}: {found}"
            );
            let back = difference(other, one);
            assert!((found - back).abs() < 1e-9, "the difference is symmetric");
        }
    }

    #[test]
    fn contrast_of_known_pairs() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        assert!((contrast(black, white) - 21.0).abs() < 1e-3);
        assert!((contrast(white, white) - 1.0).abs() < 1e-9);
        // The grey #767676 is the lightest that WCAG's 4.5 allows on white.
        assert!(contrast(Rgb(0x76, 0x76, 0x76), white) >= 4.5);
        assert!(contrast(Rgb(0x77, 0x77, 0x77), white) < 4.5);
    }

    #[test]
    fn white_and_pure_red_in_lab() {
        let white = Rgb(255, 255, 255).lab();
        assert!((white.lightness - 100.0).abs() < 0.01 && white.chroma() < 0.02);
        let red = Rgb(255, 0, 0).lab();
        assert!((red.lightness - 53.24).abs() < 0.05 && (red.hue() - 40.0).abs() < 0.5);
    }

    #[test]
    fn turns_take_the_short_way() {
        assert!((turn(350.0, 10.0) - 20.0).abs() < 1e-9);
        assert!((turn(10.0, 350.0) + 20.0).abs() < 1e-9);
    }
}
