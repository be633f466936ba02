//! Spellings: the words and signs that stand beside numbers, or in their place, in the languages that rosters are
//! written in. How they are put together is [`super::number`]'s.

/// Cells that say that a number is not known, in lower case: spellings of spreadsheets and forms, prices that are to be
/// asked for, and prices in kind.
#[rustfmt::skip]
const MISSING: [&str; 89] = [
    "n/a", "na", "n.a.", "n.a", "n/a'", "n.v.t.", "n.v.t", "nvt", "onbekend", "unknown", "null", "none", "nan",
    "nan%", "nil", "n.b.", "nb", "n.n.b.", "geen", "hidden", "verborgen", "tbd", "tbc", "undefined", "?", "??",
    "op aanvraag", "in overleg", "n.o.t.k.", "notk", "nog onbekend", "on request", "upon request", "by request",
    "poa", "p.o.a.", "price on request", "negotiable", "not available", "not disclosed", "not set", "no data",
    "auf anfrage", "a.a.", "k.a.", "k. a.", "keine angabe", "sur demande", "n.c.", "à définir", "a consultar",
    "sob consulta", "su richiesta", "b.d.", "brak", "нет данных",
    "barter", "ruil", "ruilen", "ruildeal", "alleen product", "product only", "gifting", "gifted", "in natura",
    "tfp", "intercambio", "permuta", "échange", "scambio",
    "unavailable", "not found", "private", "privé", "missing", "leeg", "empty", "not applicable", "niet van toepassing",
    "niet bekend", "niet beschikbaar", "besloten", "no price", "geen prijs", "pm", "p.m.", "n/d", "s/d", "n.d.",
];

/// Cells that say that an account asks nothing.
#[rustfmt::skip]
const FREE: [&str; 12] = [
    "free", "gratis", "kosteloos", "for free", "free of charge", "kostenlos", "gratuit", "gratuito", "ücretsiz",
    "za darmo", "бесплатно", "無料",
];

/// Words before a number that leave it as it is.
#[rustfmt::skip]
const BEFORE: [&str; 85] = [
    "vanaf", "from", "ca.", "ca", "circa", "approx.", "approx", "about", "min.", "min", "max.", "max", "up to",
    "tot", "over", "more than", "meer dan", "ongeveer", "est.", "ab", "dès", "desde", "starting at", "only",
    "per", "van", "around", "almost", "bijna", "rond", "minimaal", "maximaal", "ruim", "less than", "minder dan",
    "under", "onder", "au moins", "environ", "etwa", "rund", "a partir de", "à partir de", "da", "od", "около",
    "+/-", "+-", "v.a.", "va.", "at least", "at most", "fewer than", "ten minste", "minstens", "hooguit", "hoogstens",
    "starting from", "startend vanaf", "mind.", "mindestens", "höchstens", "bis zu", "bis", "jusqu'à", "hasta",
    "más de", "mais de", "plus de", "moins de", "roughly", "nearly", "stuk", "gem.", "gem", "avg.", "avg", "ø", "er",
    "eng.", "volgers", "followers", "subs", "likes", "views",
];

/// Words after a number that mean a percent sign.
pub(super) const PERCENT: [&str; 8] = [
    "procent",
    "percent",
    "pct.",
    "pct",
    "prozent",
    "pour cent",
    "por ciento",
    "per cento",
];

/// Words between the ends of a range.
#[rustfmt::skip]
pub(super) const BETWEEN: [&str; 13] = [
    "-", "–", "—", "‒", "−", "~", "〜", "..", "to ", "tot ", "bis ", "t/m ", "à ",
];

/// Words before a range, and words between its ends that say so only after them: `tussen 100 en 200`.
pub(super) const FRAMES: [&str; 4] = ["tussen", "between", "zwischen", "entre"];
pub(super) const FRAMED: [&str; 5] = ["en ", "and ", "und ", "et ", "y "];

/// What shortens a number, with its power of ten. `mil` is a thousand in Spanish and Portuguese, `mi` a million.
#[rustfmt::skip]
pub(super) const SHORT: [(&str, i32); 74] = [
    ("k", 3), ("tsd.", 3), ("tsd", 3), ("thousand", 3), ("duizend", 3), ("dzd.", 3), ("dzd", 3), ("mil", 3),
    ("mille", 3), ("tausend", 3), ("m", 6), ("mm", 6), ("mn", 6), ("mln.", 6), ("mln", 6), ("mio.", 6),
    ("mio", 6), ("mi", 6), ("million", 6), ("millions", 6), ("miljoen", 6), ("millionen", 6), ("millones", 6),
    ("milhões", 6), ("millón", 6), ("b", 9), ("bn", 9), ("bln", 9), ("bio", 9), ("mrd.", 9), ("mrd", 9),
    ("mld", 9), ("mlrd", 9), ("billion", 9), ("miljard", 9), ("milliarden", 9), ("천", 3), ("千", 3), ("만", 4),
    ("万", 4), ("萬", 4), ("억", 8), ("億", 8), ("亿", 8), ("тыс.", 3),
    ("тыс", 3), ("тисяч", 3), ("млн.", 6), ("млн", 6), ("млрд", 9), ("tys.", 3), ("tys", 3), ("tis.", 3),
    ("tis", 3), ("bin", 3), ("milyon", 6), ("rb", 3), ("ribu", 3), ("jt", 6), ("juta", 6), ("lakh", 5),
    ("lakhs", 5), ("lac", 5), ("lacs", 5), ("cr", 7), ("crore", 7), ("crores", 7), ("tusen", 3), ("mila", 3),
    ("mln di", 6), ("milioni", 6), ("milionów", 6), ("หมื่น", 4), ("พัน", 3),
];

/// Signs and codes of currencies.
#[rustfmt::skip]
const CURRENCIES: [(&str, &str); 47] = [
    ("€", "EUR"), ("R$", "BRL"), ("US$", "USD"), ("A$", "AUD"), ("C$", "CAD"), ("CA$", "CAD"), ("$", "USD"),
    ("£", "GBP"), ("¥", "JPY"), ("₩", "KRW"), ("₹", "INR"), ("zł", "PLN"), ("₺", "TRY"), ("₽", "RUB"),
    ("EUR", "EUR"), ("USD", "USD"), ("GBP", "GBP"), ("CHF", "CHF"), ("SEK", "SEK"), ("NOK", "NOK"),
    ("DKK", "DKK"), ("PLN", "PLN"), ("BRL", "BRL"), ("INR", "INR"), ("JPY", "JPY"), ("KRW", "KRW"),
    ("CAD", "CAD"), ("AUD", "AUD"), ("TRY", "TRY"), ("CZK", "CZK"), ("HUF", "HUF"), ("MXN", "MXN"),
    ("AED", "AED"), ("ZAR", "ZAR"), ("CNY", "CNY"), ("euros", "EUR"), ("euro", "EUR"), ("dollars", "USD"),
    ("dollar", "USD"), ("Rp", "IDR"), ("IDR", "IDR"), ("TL", "TRY"), ("Kč", "CZK"), ("руб", "RUB"), ("RUB", "RUB"),
    ("RON", "RON"), ("SGD", "SGD"),
];

/// Whether a text says that something is not known.
#[must_use]
pub fn is_missing(text: &str) -> bool {
    text.len() <= 24
        && (text.chars().all(|c| {
            matches!(
                c,
                '-' | '–' | '—' | '―' | '_' | '.' | '*' | '/' | '🔒' | '…' | '%'
            ) || blank(c)
        }) || is_error(text)
            || may_be_one_of(text, &MISSING_SHAPES)
                && MISSING.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// For each byte that a word can begin with, the lengths of such words as bits.
type Shapes = [u32; 256];

/// Those of [`MISSING`]. Nearly every cell that is none of them is told by this alone.
static MISSING_SHAPES: Shapes = shapes(&MISSING);

const fn shapes(words: &[&str]) -> Shapes {
    let mut shapes = [0; 256];
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        let lengths = 1 << word.len();
        shapes[word[0].to_ascii_lowercase() as usize] |= lengths;
        shapes[word[0].to_ascii_uppercase() as usize] |= lengths;
        at += 1;
    }
    shapes
}

fn may_be_one_of(text: &str, shapes: &Shapes) -> bool {
    let first = text.as_bytes().first();
    first.is_some_and(|first| text.len() < 32 && shapes[usize::from(*first)] >> text.len() & 1 == 1)
}

/// Whether a text is what a spreadsheet shows for a formula that gives nothing, in any language: `#N/A`, `#WAARDE!`,
/// `#NAME?`, and the rulers of a column that is too narrow.
fn is_error(text: &str) -> bool {
    let Some(name) = text.strip_prefix('#') else {
        return false;
    };
    let upper = |c: char| c.is_uppercase() || matches!(c, '/' | '0' | '¡' | '¿' | '_' | '.');
    let ended = name.strip_suffix(['!', '?']);
    let short = matches!(
        name,
        "N/A" | "N/B" | "N/D" | "NV" | "N/V" | "Н/Д" | "n/a" | "n/b"
    );
    short
        || ended.is_some_and(|name| !name.is_empty() && name.chars().all(upper))
        || name.len() > 1 && name.bytes().all(|byte| byte == b'#')
}

/// Those of [`FREE`].
static FREE_SHAPES: Shapes = shapes(&FREE);

/// Whether a price is named as nothing.
#[must_use]
pub fn is_free(text: &str) -> bool {
    let text = trimmed(text);
    may_be_one_of(text, &FREE_SHAPES) && FREE.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The currency that a code or sign names, as an ISO 4217 code.
#[must_use]
pub fn currency(text: &str) -> Option<&'static str> {
    let text = trimmed(text);
    CURRENCIES
        .iter()
        .find(|(sign, _)| text.eq_ignore_ascii_case(sign))
        .map(|(_, code)| *code)
}

/// A text without blanks at its ends.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let filled = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
    if bytes.is_empty() || filled(bytes.first()) && filled(bytes.last()) {
        text
    } else {
        text.trim_matches(blank)
    }
}

/// White space, and marks that take no room.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

/// The rest of a text after a word, letters compared without case.
pub(super) fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

/// The rest of a text after a word that no letter follows.
pub(super) fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    after(text, word).filter(|rest| {
        let letter = word.ends_with(char::is_alphabetic);
        !(letter && rest.starts_with(char::is_alphabetic))
    })
}

/// The rest of a text after one of the words that may stand before a number.
pub(super) fn take_before(text: &str) -> Option<&str> {
    let first = text.as_bytes().first()?;
    if BEFORE_SHAPES[usize::from(*first)] == 0 {
        return None;
    }
    let mut words = BEFORE.iter().filter(|word| opens_with(word, *first));
    words.find_map(|word| after_word(text, word))
}

/// The sign or code of a currency at the start of a text.
pub(super) fn take_currency(text: &str) -> Option<(&'static str, &str)> {
    let first = text.as_bytes().first()?;
    if CURRENCY_SHAPES[usize::from(*first)] == 0 {
        return None;
    }
    let mut signs = CURRENCIES
        .iter()
        .filter(|(sign, _)| opens_with(sign, *first));
    signs.find_map(|(sign, code)| Some((*code, after_word(text, sign)?)))
}

/// Whether a word begins with this byte, letters compared without case.
fn opens_with(word: &str, first: u8) -> bool {
    word.as_bytes()
        .first()
        .is_some_and(|byte| byte.eq_ignore_ascii_case(&first))
}

/// Those of [`BEFORE`] and of [`CURRENCIES`]: what stands before and behind most numbers is none of them.
static BEFORE_SHAPES: Shapes = shapes(&BEFORE);
static CURRENCY_SHAPES: Shapes = shapes(&currency_signs());

const fn currency_signs() -> [&'static str; CURRENCIES.len()] {
    let mut signs = [""; CURRENCIES.len()];
    let mut at = 0;
    while at < signs.len() {
        signs[at] = CURRENCIES[at].0;
        at += 1;
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_by_sign_and_code() {
        assert_eq!(currency(" € "), Some("EUR"));
        assert_eq!(currency("usd"), Some("USD"));
        assert_eq!(currency("R$"), Some("BRL"));
        assert_eq!(currency("price"), None);
        assert_eq!(take_currency("EUR5"), Some(("EUR", "5")));
        assert_eq!(take_currency("EUROPA"), None);
    }

    #[test]
    fn words_end_where_letters_end() {
        assert_eq!(after_word("K+", "k"), Some("+"));
        assert_eq!(after_word("kg", "k"), None);
        assert_eq!(after_word("만", "만"), Some(""));
    }

    #[test]
    fn missing_is_spelled_in_many_ways() {
        for text in ["", "—", "N/A", "n.v.t.", "Onbekend", "#N/B", "🔒", "NaN%"] {
            assert!(is_missing(text), "{text}");
        }
        for text in [
            "#VALOR!", "#WAARDE!", "#¡REF!", "#NAAM?", "#GETAL!", "#DEEL/0!", "#LEEG!", "#NV",
            "####", "…", "-%",
        ] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["#", "#1", "#tag!", "#12!"] {
            assert!(!is_missing(text), "{text}");
        }
        for word in MISSING {
            assert!(
                is_missing(word) && is_missing(&word.to_ascii_uppercase()),
                "{word}"
            );
        }
        for word in FREE {
            assert!(
                is_free(word) && is_free(&word.to_ascii_uppercase()),
                "{word}"
            );
        }
        for text in ["op aanvraag", "P.O.A.", "barter", "/", "Ruilen"] {
            assert!(is_missing(text), "{text}");
        }
        assert!(is_free(" Gratis") && is_free("free") && !is_free("freedom"));
        for text in ["0", "nano", "-1", "no"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
