//! Text that is safe to draw, its width in terminal cells, and text cut or padded to a width.
//!
//! A cell of a roster may hold anything: escape sequences, overrides of the writing direction, invisible
//! characters, towers of combining marks. [`clean`] makes each of them visible and harmless. Which characters
//! look alike is left to the reader's eye.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands for a run of characters that cannot be seen.
const HIDDEN: char = '·';

/// Stands for a control character that has no picture of its own.
const BROKEN: char = '\u{fffd}';

/// Most combining marks that one character keeps.
const MOST_MARKS: u8 = 4;

/// Most joiners in one emoji; the longest one in use has three.
const MOST_JOINS: u8 = 4;

/// The text with everything visible that a terminal would obey or hide, and with at most four combining marks
/// per character. Emoji keep their joiners and their presentation selector, Arabic and Indic words their
/// joiners. Borrowed when nothing had to change. Cleaning twice is cleaning once.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut state = Cleaner::default();
    let mut cleaned: Option<String> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let out = match state.judge(c, chars.peek().map(|(_, next)| *next)) {
            Verdict::Keep if cleaned.is_none() => continue,
            Verdict::Keep => Some(c),
            Verdict::Swap(mark) => Some(mark),
            Verdict::Drop => None,
        };
        cleaned
            .get_or_insert_with(|| text.get(..at).unwrap_or_default().to_owned())
            .extend(out);
    }
    cleaned.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What becomes of a character.
#[derive(Clone, Copy)]
enum Verdict {
    Keep,
    Swap(char),
    Drop,
}

/// What the next character depends on.
#[derive(Default)]
struct Cleaner {
    /// The last character that came out.
    last: Option<char>,
    /// Combining marks since the last base character.
    marks: u8,
    /// Joiners in the emoji at hand.
    joins: u8,
    /// Whether the last character that came out stands for hidden ones or surplus marks.
    stands_in: bool,
}

impl Cleaner {
    fn judge(&mut self, c: char, next: Option<char>) -> Verdict {
        let verdict = match kind(c) {
            Kind::Plain => Verdict::Keep,
            Kind::Control => Verdict::Swap(picture(c)),
            Kind::Mark => self.judge_mark(),
            Kind::Joiner if self.joins_well(c, next) => Verdict::Keep,
            Kind::Selector if self.last.is_some_and(takes_selector) => Verdict::Keep,
            Kind::Joiner | Kind::Selector | Kind::Hidden if self.stands_in => Verdict::Drop,
            Kind::Joiner | Kind::Selector | Kind::Hidden => Verdict::Swap(HIDDEN),
        };
        self.remember(c, verdict);
        verdict
    }

    fn judge_mark(&self) -> Verdict {
        if self.stands_in {
            Verdict::Drop
        } else if self.last.is_none() || self.marks >= MOST_MARKS {
            Verdict::Swap(HIDDEN)
        } else {
            Verdict::Keep
        }
    }

    /// Whether a joiner stands where it belongs: inside an emoji, or between letters of a script that joins.
    fn joins_well(&self, joiner: char, next: Option<char>) -> bool {
        let (Some(last), Some(next)) = (self.last, next) else {
            return false;
        };
        if !matches!(kind(next), Kind::Plain) {
            return false;
        }
        let in_emoji = joiner == '\u{200d}'
            && self.joins < MOST_JOINS
            && is_pictograph(next)
            && (is_pictograph(last) || is_selector(last));
        in_emoji || (is_joining_script(last) && is_joining_script(next))
    }

    fn remember(&mut self, c: char, verdict: Verdict) {
        match verdict {
            Verdict::Drop => {}
            Verdict::Swap(mark) => {
                *self = Cleaner {
                    last: Some(mark),
                    stands_in: mark == HIDDEN,
                    ..Cleaner::default()
                };
            }
            Verdict::Keep => {
                match kind(c) {
                    Kind::Mark => self.marks += 1,
                    Kind::Joiner => self.joins += 1,
                    Kind::Selector => {}
                    _ => {
                        self.marks = 0;
                        if self.last != Some('\u{200d}') && !is_skin_tone(c) {
                            self.joins = 0;
                        }
                    }
                }
                self.last = Some(c);
                self.stands_in = false;
            }
        }
    }
}

/// How a character has to be treated.
#[derive(Clone, Copy)]
enum Kind {
    Plain,
    Control,
    Mark,
    Joiner,
    Selector,
    Hidden,
}

fn kind(c: char) -> Kind {
    match c {
        ' '..='~' => Kind::Plain,
        // Controls, and code points that are no characters.
        '\0'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => Kind::Control,
        _ if u32::from(c) & 0xfffe == 0xfffe => Kind::Control,
        '\u{200c}' | '\u{200d}' => Kind::Joiner,
        '\u{fe0e}' | '\u{fe0f}' => Kind::Selector,
        // Default ignorable: soft hyphen, fillers, spaces without width, marks and overrides of direction,
        // selectors, line and paragraph separators, annotations, shorthand and music controls, tags.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0d}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Kind::Hidden,
        // Vowels and finals of Hangul join the syllable before them as marks do.
        '\u{1161}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}' => Kind::Mark,
        _ if is_combining_mark(c) => Kind::Mark,
        _ => Kind::Plain,
    }
}

/// Whether a character has no looks of its own: without width, a joiner, an override of direction, a tag.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(kind(c), Kind::Hidden | Kind::Joiner | Kind::Selector)
}

/// The visible picture of a control character: those of U+2400 for C0 and DEL.
fn picture(control: char) -> char {
    match control {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(control)).unwrap_or(BROKEN),
        '\u{7f}' => '␡',
        _ => BROKEN,
    }
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Blocks that hold the emoji.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | 'Ⓜ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether a presentation selector may follow: an emoji, or the base of a keycap.
fn takes_selector(c: char) -> bool {
    is_pictograph(c) || matches!(c, '0'..='9' | '#' | '*')
}

/// Scripts whose words are written with joiners: Arabic, and those of India and its neighbours.
fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{77f}' | '\u{900}'..='\u{dff}')
}

/// Whether each character of a clean text takes one cell and stands alone, as those of most text in Latin letters do
/// and the signs that frames, bars and plots are drawn with. Others may be such text too.
#[must_use]
pub fn is_even(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(
            c,
            ' '..='~'
                | '·'
                | '\u{c0}'..='\u{24f}'
                | '–'
                | '—'
                | '…'
                | '€'
                | '\u{2500}'..='\u{259f}'
                | '\u{2800}'..='\u{28ff}'
        )
    })
}

/// Width of a text in terminal cells: the sum over its graphemes, as they are drawn.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if is_even(text) {
        return text.chars().count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The longest start of the text, in whole graphemes, that fits, and its width.
fn start(text: &str, cells: usize) -> (&str, usize) {
    if is_even(text) {
        return match text.char_indices().nth(cells) {
            Some((end, _)) => (text.get(..end).unwrap_or_default(), cells),
            None => (text, text.chars().count()),
        };
    }
    let mut taken = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let more = UnicodeWidthStr::width(grapheme);
        if taken + more > cells {
            return (text.get(..at).unwrap_or_default(), taken);
        }
        taken += more;
    }
    (text, taken)
}

/// The text in at most this many cells, cut between graphemes; what was cut ends in the ellipsis, as far as that
/// fits itself. Expects text that went through [`clean`].
#[must_use]
pub fn fit<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    let whole = if text.is_ascii() {
        text.len() <= cells
    } else {
        start(text, cells).0.len() == text.len()
    };
    if whole {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(width(ellipsis)) else {
        return Cow::Borrowed(start(text, cells).0);
    };
    Cow::Owned(format!("{}{ellipsis}", start(text, room).0))
}

/// The text at the left of exactly this many cells, cut like [`fit`] or filled up with blanks.
#[must_use]
pub fn left(text: &str, cells: usize, ellipsis: &str) -> String {
    let mut fitted = fit(text, cells, ellipsis).into_owned();
    let blanks = cells.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', blanks));
    fitted
}

/// The text at the right of exactly this many cells, cut like [`fit`] or filled up with blanks.
#[must_use]
pub fn right(text: &str, cells: usize, ellipsis: &str) -> String {
    let fitted = fit(text, cells, ellipsis);
    let blanks = cells.saturating_sub(width(&fitted));
    format!("{:blanks$}{fitted}", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn harmless_text_is_borrowed() {
        for text in [
            "",
            "Sanne Bakt",
            "Zoë & Noël",
            "전 정국",
            "مرحبا",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩🏽\u{200d}🚀",
            "👩\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨",
            "1\u{fe0f}\u{20e3}",
            "🇳🇱",
            "e\u{301}",
            "\u{1112}\u{1161}\u{11ab}",
            "𝐑𝐨𝐡𝐢𝐭 👑",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn even_text_is_clean_and_as_wide_as_it_is_long() {
        let all = (0..=0x2_ffff).filter_map(char::from_u32);
        let even: String = all.filter(|c| is_even(&c.to_string())).collect();
        assert!(even.len() > 2_000 && matches!(clean(&even), Cow::Borrowed(_)));
        let graphemes: Vec<&str> = even.graphemes(true).collect();
        assert_eq!(graphemes.len(), even.chars().count());
        assert!(graphemes.iter().all(|it| UnicodeWidthStr::width(*it) == 1));
        assert_eq!(start("Zoë·", 3), ("Zoë", 3));
        assert_eq!(start("Zoë·", 4), ("Zoë·", 4));
    }

    #[test]
    fn hostile_text_becomes_visible() {
        let cases = [
            ("\u{1b}[2Jx", "␛[2Jx"),
            ("a\tb\r\nc\u{7f}\0", "a␉b␍␊c␡␀"),
            ("a\u{9b}31m", "a\u{fffd}31m"),
            ("a\u{202e}b\u{2066}c", "a·b·c"),
            ("a\u{200b}\u{feff}\u{2060}b", "a·b"),
            ("a\u{2028}b", "a·b"),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴·"),
            ("a\u{200d}b", "a·b"),
            ("a\u{fe0f}", "a·"),
            ("😀\u{fe0f}\u{fe0f}", "😀\u{fe0f}·"),
            ("😀\u{200d}", "😀·"),
            ("\u{301}a", "·a"),
            ("a\u{ffff}", "a\u{fffd}"),
        ];
        for (text, cleaned) in cases {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn towers_of_marks_are_cut() {
        let tower = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(clean(&tower), "a\u{301}\u{301}\u{301}\u{301}·b");
        let chain = "👩\u{200d}".repeat(50) + "👩";
        let cleaned = clean(&chain);
        let joined = cleaned
            .split(HIDDEN)
            .map(|part| part.matches('\u{200d}').count());
        assert_eq!(joined.max(), Some(usize::from(MOST_JOINS)));
    }

    #[test]
    fn widths_are_cells() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("전 정국"), 7);
        assert_eq!(width("👩🏽\u{200d}🚀"), 2);
        assert_eq!(width("e\u{301}"), 1);
    }

    #[test]
    fn text_is_cut_between_graphemes() {
        assert_eq!(fit("Sanne Bakt", 10, "…"), "Sanne Bakt");
        assert_eq!(fit("Sanne Bakt", 6, "…"), "Sanne…");
        assert_eq!(fit("전정국", 4, "…"), "전…");
        assert_eq!(fit("전정국", 1, "…"), "…");
        assert_eq!(fit("전정국", 0, "…"), "");
        assert_eq!(fit("abcdef", 2, "..."), "ab");
        assert_eq!(left("전정국", 4, "…"), "전… ");
        assert_eq!(right("12", 4, "…"), "  12");
    }

    /// What must never reach a terminal, said anew: nothing of the code above is used.
    fn is_forbidden(c: char) -> bool {
        c.is_control()
            || matches!(u32::from(c),
                0xad | 0x61c | 0x180e | 0x200b | 0x200e..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
                | 0x3164 | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
    }

    fn hostile() -> impl Strategy<Value = String> {
        let alphabet = prop_oneof![
            Just('a'),
            Just('1'),
            Just(' '),
            Just('·'),
            Just('\u{1b}'),
            Just('\n'),
            Just('\u{9b}'),
            Just('\u{301}'),
            Just('\u{301}'),
            Just('\u{200d}'),
            Just('\u{200c}'),
            Just('\u{fe0f}'),
            Just('\u{202e}'),
            Just('\u{e0041}'),
            Just('👩'),
            Just('\u{1f3fd}'),
            Just('❤'),
            Just('🇳'),
            Just('ک'),
            Just('क'),
            Just('\u{94d}'),
            Just('한'),
            Just('\u{1112}'),
            Just('\u{1161}'),
            Just('\u{600}'),
            any::<char>(),
        ];
        proptest::collection::vec(alphabet, 0..40).prop_map(|chars| chars.into_iter().collect())
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let once = clean(text);
        prop_assert!(!once.chars().any(is_forbidden), "{:?}", once);
        prop_assert_eq!(&clean(&once), &once);
        let mut marks = 0;
        for c in once.chars() {
            marks = if is_combining_mark(c) && !is_selector(c) {
                marks + 1
            } else {
                0
            };
            prop_assert!(marks <= usize::from(MOST_MARKS));
        }
        if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
            prop_assert_eq!(once, text);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn nothing_forbidden_comes_out(text in any::<String>()) {
            check(&text)?;
        }

        #[test]
        fn nothing_forbidden_comes_out_of_hostile_text(text in hostile()) {
            check(&text)?;
        }

        #[test]
        fn fitted_text_keeps_its_width(text in hostile(), cells in 0usize..30, dots in any::<bool>()) {
            let ellipsis = if dots { "..." } else { "…" };
            let text = clean(&text);
            let fitted = fit(&text, cells, ellipsis);
            prop_assert!(width(&fitted) <= cells);
            if width(&text) <= cells {
                prop_assert_eq!(&fitted, &text);
            }
            prop_assert_eq!(width(&left(&text, cells, ellipsis)), cells);
            prop_assert_eq!(width(&right(&text, cells, ellipsis)), cells);
        }
    }
}
