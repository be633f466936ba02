//! Words of headers: how a header falls apart into words, and what single words do to its meaning. Which words name a
//! field is [`super::lexicon`]'s.

use super::units;
use crate::text::fold;

/// A header of more words is none that names a field.
pub(super) const LONGEST: usize = 20;

/// Words that make something else of a header that names a field: growth, ranks, periods, bounds.
#[rustfmt::skip]
const TURNING: [&str; 59] = [
    "rank", "ranking", "gained", "gain", "gains", "growth", "change", "lost", "new", "last", "days", "day", "weekly",
    "monthly", "yearly", "previous", "min", "max", "minimum", "maximum", "lowest", "highest", "ratio", "per", "id",
    "type", "fake", "real", "notable", "credibility", "hidden", "following", "followees", "percentile", "score",
    "goal", "target", "url", "country", "city", "age", "gender", "language", "quality", "date", "male", "female",
    "growing", "unfollowers", "groei", "nieuwe", "dagen", "maand", "ganados", "ganhos", "ultimos", "dias", "nuevos",
    "novos",
];

/// Words that are a header of their own, and too general to point to a field within a longer one.
#[rustfmt::skip]
const GENERAL: [&str; 38] = [
    "rate", "cost", "costs", "amount", "budget", "title", "channel", "user", "users", "account", "artist", "page",
    "audience", "members", "participants", "like", "land", "place", "location", "market", "mail", "kanaal", "tarief",
    "ad", "ar", "by", "il", "cont", "dil", "maa", "talent", "model", "expert", "charge", "community", "ort", "sitz",
    "gage",
];

/// Words that a header has around what it means, questions of a form above all.
#[rustfmt::skip]
const FILLING: [&str; 68] = [
    "what", "is", "are", "your", "you", "how", "many", "much", "do", "does", "have", "has", "on", "in", "the", "a",
    "an", "of", "for", "with", "please", "current", "which", "at", "my", "their", "to", "we", "wat", "hoeveel",
    "heb", "hebt", "heeft", "je", "jij", "jouw", "uw", "u", "op", "een", "de", "het", "voor", "welke", "met", "van",
    "bij", "ben", "zijn", "aan", "huidige", "graag", "jullie", "woon", "woont", "wie", "viele", "hast", "du", "dein",
    "deine", "ist", "combien", "quel", "est", "votre", "cuantos", "tienes",
];

/// Words after "per" that leave a header as it is: a figure per post is what fields hold.
#[rustfmt::skip]
const PIECES: [&str; 12] = [
    "post", "posts", "video", "videos", "reel", "tiktok", "content", "publication", "beitrag", "inlagg", "opslag",
    "samenwerking",
];

/// Words of a total over several platforms, weaker than a figure of one.
#[rustfmt::skip]
const OVERALL: [&str; 6] = [
    "total", "combined", "overall", "all", "totaal", "gesamt",
];

/// Words of prices that are general by themselves and plain beside a currency: `Tarief (€) 1 post + 3 stories`.
#[rustfmt::skip]
const PRICES: [&str; 12] = [
    "rate", "rates", "cost", "costs", "amount", "tarief", "tarieven", "fee", "fees", "price", "prijs", "preis",
];

/// Pieces of content that a price for is no price of a post.
const OTHER_PIECES: [&str; 4] = ["story", "stories", "click", "view"];

/// A header as words.
pub(super) struct Phrase {
    /// Its words, as texts are compared.
    pub(super) words: Vec<String>,
    /// Those of them that are no mere filling.
    plain: Vec<String>,
}

impl Phrase {
    /// The words of a header; `None` when it has too many to name a field.
    pub(super) fn of(header: &str) -> Option<Phrase> {
        let words = words(header);
        let filling = |word: &&String| !FILLING.contains(&word.as_str());
        let plain: Vec<String> = words.iter().filter(filling).cloned().collect();
        (words.len() <= LONGEST && plain.len() <= 10).then_some(Phrase { words, plain })
    }

    fn says(&self, words: &[&str]) -> bool {
        self.plain.iter().any(|word| words.contains(&word.as_str()))
    }

    /// Whether a word makes something else of a header that names a field. A figure per post is what fields hold, and
    /// a price may be per anything.
    fn is_turned(&self, priced: bool) -> bool {
        let mut words = self.plain.iter().map(String::as_str).peekable();
        while let Some(word) = words.next() {
            let turned = match word {
                "per" | "pr" => !priced && !words.peek().is_some_and(|next| PIECES.contains(next)),
                word => TURNING.contains(&word),
            };
            if turned {
                return true;
            }
        }
        false
    }

    /// How well a header fits a field of which this many of its words in a row are a name; `None` when it is
    /// something else. Of two years the later one is taken.
    pub(super) fn score(&self, matched: usize, priced: bool) -> Option<f64> {
        let numbers = self
            .plain
            .iter()
            .filter_map(|word| word.parse::<u32>().ok());
        let year = numbers.clone().find(|number| (1990..2100).contains(number));
        let unused = self.plain.len().saturating_sub(matched + numbers.count());
        let fit = 50.0 + 6.0 * matched as f64 - 5.0 * unused as f64;
        let year = year.map_or(0.0, |year| f64::from(year - 1990) / 1000.0);
        let overall = if self.says(&OVERALL) { 15.0 } else { 0.0 };
        (unused <= 4 && !self.is_turned(priced)).then_some(fit + year - overall)
    }

    /// Whether a header names a price by its currency: `€ per post`, `Tarief (€) 1 post + 3 stories`.
    pub(super) fn is_priced(&self, header: &str) -> bool {
        if units::currency_of_header(header).is_none() || self.is_turned(true) {
            return false;
        }
        let (post, price) = (self.says(&PIECES), self.says(&PRICES));
        let foreign = |word: &String| {
            let word = word.as_str();
            let known = PIECES.contains(&word) || matches!(word, "per" | "pr" | "p");
            !known && units::currency_of_header(word).is_none()
        };
        let bare = post && !self.plain.iter().any(foreign);
        bare || price && (post || !self.says(&OTHER_PIECES))
    }
}

/// Whether a word is a header of its own, and too general to point to a field within a longer one.
pub(super) fn is_general(word: &str) -> bool {
    GENERAL.contains(&word)
}

/// The last name of a path of names: `title` of `snippet.title`.
pub(super) fn last_of_path(header: &str) -> Option<&str> {
    let (path, last) = header.trim().rsplit_once(['.', '/'])?;
    let name =
        |text: &str| text.starts_with(char::is_alphabetic) && !text.contains(char::is_whitespace);
    (path.len() > 2 && last.len() > 1 && name(path) && name(last)).then_some(last)
}

/// The words of a header: runs of letters or of digits, `followerCount` being two.
pub(super) fn words(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in header.chars() {
        let breaks = before.is_lowercase() && c.is_uppercase()
            || before.is_numeric() != c.is_numeric()
            || !c.is_alphanumeric() && !('\u{300}'..='\u{36F}').contains(&c);
        if breaks && !word.is_empty() {
            words.push(fold::letters(&word));
            word.clear();
        }
        word.push(c);
        before = c;
    }
    words.push(fold::letters(&word));
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_falls_apart_where_its_spelling_changes() {
        assert_eq!(
            words("avgLikes_30d (IG)"),
            ["avg", "likes", "30", "d", "ig"]
        );
        assert_eq!(last_of_path("snippet.title"), Some("title"));
        for header in ["Avg. likes", "N.º", "and/or me", "Name"] {
            assert_eq!(last_of_path(header), None, "{header}");
        }
    }

    #[test]
    fn a_currency_makes_a_price_of_general_words() {
        let priced = |header| Phrase::of(header).is_some_and(|of| of.is_priced(header));
        for header in [
            "€ per post",
            "Tarief (€) 1 post + 3 stories",
            "Cost USD",
            "EUR / video",
        ] {
            assert!(priced(header), "{header}");
        }
        for header in ["Revenue (€)", "Story rate (£)", "rate per post", "EMV €"] {
            assert!(!priced(header), "{header}");
        }
    }
}
