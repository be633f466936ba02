//! Likeness: account names as the eye sees them.
//!
//! Two names that differ and become the same letters here can hardly be told apart on a screen: one holds marks that
//! take no room, letters of another script that look alike (after the confusables of Unicode Technical Standard 39, those
//! of them that pass for small Latin letters), styled letters, or a digit between letters that passes for one.

use unicode_normalization::UnicodeNormalization;

/// The letters of a name as the eye sees them, in small letters; `None` where those are the name itself.
pub(super) fn seen(name: &str) -> Option<String> {
    if name.is_ascii() && !has_hidden_digit(name.as_bytes()) {
        return None;
    }
    let letters: String = name
        .nfkc()
        .filter(|c| !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .map(latin)
        .collect();
    let seen = with_letters(&letters);
    let same = name.chars().flat_map(char::to_lowercase).eq(seen.chars());
    (!same).then_some(seen)
}

/// Whether a digit that passes for a letter stands between letters.
fn has_hidden_digit(name: &[u8]) -> bool {
    name.windows(3).any(|part| match part {
        [before, b'0' | b'1', after] => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        _ => false,
    })
}

/// A name whose digits between letters are the letters they pass for: `b0b`, `ame1ie`.
fn with_letters(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let letter = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|c| c.is_alphabetic())
    };
    let shown = letters.iter().enumerate().map(|(at, c)| match c {
        '0' if letter(at.checked_sub(1)) && letter(Some(at + 1)) => 'o',
        '1' if letter(at.checked_sub(1)) && letter(Some(at + 1)) => 'l',
        other => *other,
    });
    shown.collect()
}

/// Whether a character takes no room: controls, joiners, fillers, marks of direction, tags, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Letters of other scripts that pass for a small Latin one.
#[rustfmt::skip]
const CONFUSABLE: [(char, char); 46] = [
    // Cyrillic
    ('а', 'a'), ('в', 'b'), ('с', 'c'), ('ԁ', 'd'), ('е', 'e'), ('ҽ', 'e'), ('ԍ', 'g'), ('һ', 'h'), ('і', 'i'),
    ('ј', 'j'), ('к', 'k'), ('ӏ', 'l'), ('м', 'm'), ('н', 'h'), ('о', 'o'), ('р', 'p'), ('ԛ', 'q'), ('г', 'r'),
    ('ѕ', 's'), ('т', 't'), ('ц', 'u'), ('ѵ', 'v'), ('ѡ', 'w'), ('ԝ', 'w'), ('х', 'x'), ('у', 'y'), ('ү', 'y'),
    // Greek
    ('α', 'a'), ('ε', 'e'), ('ι', 'i'), ('κ', 'k'), ('ν', 'v'), ('ο', 'o'), ('ρ', 'p'), ('τ', 't'), ('υ', 'u'),
    ('χ', 'x'), ('γ', 'y'),
    // Latin
    ('ı', 'i'), ('ɑ', 'a'), ('ɡ', 'g'), ('ɩ', 'i'), ('ʟ', 'l'), ('ᴏ', 'o'), ('ꜱ', 's'), ('ʏ', 'y'),
];

/// The Latin letter that a letter passes for.
fn latin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let found = CONFUSABLE.iter().find(|(letter, _)| *letter == c);
    found.map_or(c, |(_, latin)| *latin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_what_the_eye_sees() {
        for name in [
            "mia\u{200B}.vis",
            "\u{202E}mia.vis",
            "mi\u{430}.vis",
            "\u{FF4D}ia.vis",
            "\u{1D426}ia.vis",
            "M\u{456}a.v\u{456}s",
            "mia.vis\u{E0041}",
        ] {
            assert_eq!(seen(name).as_deref(), Some("mia.vis"), "{name:?}");
        }
        assert_eq!(seen("b0b").as_deref(), Some("bob"));
        assert_eq!(seen("ame1ie").as_deref(), Some("amelie"));
    }

    #[test]
    fn names_that_are_what_they_look_like_stay() {
        for name in [
            "mia.vis",
            "MIA",
            "mia10",
            "mia_1",
            "1mia",
            "zoë",
            "전정국",
            "मीना",
            "",
        ] {
            assert_eq!(seen(name), None, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_takes_no_room_is_seen(name in "(\\PC|[\u{200b}-\u{202e}]){0,12}") {
            let seen = seen(&name).unwrap_or(name);
            prop_assert!(!seen.contains(is_invisible), "{:?}", seen);
        }
    }
}
