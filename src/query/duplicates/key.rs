//! Keys: what accounts are told apart by, and a hash of each.
//!
//! A handle counts without `@` and without the address around it, a profile address without what varies, each in small
//! letters and together with the platform. Idea: plain text, nearly all there is, is hashed where it stands, eight
//! bytes at a time, its capitals made small on the way; what is beyond ASCII is folded letter by letter into a buffer
//! first. Cost: some ten nanoseconds a key. Folding every text letter by letter, through iterators, took most of the
//! time of finding duplicates.

use crate::domain::field::{Facet, Field};
use crate::domain::platform::account_name;
use crate::domain::roster::chunk::Chunk;
use crate::domain::roster::codes::Codes;
use crate::domain::roster::vocabulary::Vocabulary;
use crate::domain::roster::{Account, Roster};
use memchr::{memchr, memchr2};

/// What accounts are told apart by, the surest first.
pub(super) const KEYS: [Field; 3] = [Field::Handle, Field::Url, Field::Email];

/// The platform of each account, as a number.
pub(super) struct Platforms {
    /// The first value of each cell of the vocabulary, counted from 1; 0 for none.
    firsts: Vec<u32>,
}

impl Platforms {
    pub(super) fn of(roster: &Roster) -> Platforms {
        let vocabulary: &Vocabulary = roster.vocabulary(Facet::Platform);
        let cells = 0..vocabulary.cells() as u32;
        let first = |cell| {
            vocabulary
                .members(cell)
                .first()
                .map_or(0, |value| value + 1)
        };
        Platforms {
            firsts: cells.map(first).collect(),
        }
    }

    /// Those of the accounts of a chunk, by their places.
    pub(super) fn within<'a>(&'a self, chunk: &'a Chunk) -> impl Fn(usize) -> u32 + 'a {
        let columns: Vec<&Codes> = chunk.coded(Facet::Platform).collect();
        let first = |code: u32| self.firsts.get(code as usize).copied().unwrap_or(0);
        move |at| {
            let firsts = columns.iter().filter_map(|codes| codes.get(at).map(first));
            firsts.into_iter().find(|value| *value > 0).unwrap_or(0)
        }
    }
}

/// The platform of an account, counted from 1; 0 where none is told.
pub(super) fn platform(account: &Account<'_>) -> u32 {
    let mut values = account.values(Facet::Platform);
    values.next().map_or(0, |value| value + 1)
}

/// The hash of the key of an account; `None` where it has none.
pub(super) fn hash(account: &Account<'_>, by: Field) -> Option<u64> {
    let text = account.text(by)?;
    hash_of(&text, by, &mut String::new()).map(|hash| on(platform(account), hash))
}

/// A hash on a platform.
pub(super) fn on(platform: u32, hash: u64) -> u64 {
    folded(hash, u64::from(platform) + 1)
}

/// The hash of the key in a cell, platform aside; `None` where it has none. `buffer` is to be used again.
pub(super) fn hash_of(text: &str, by: Field, buffer: &mut String) -> Option<u64> {
    let (letters, query) = parts(text, by);
    if is_missing(text, letters, by) {
        return None;
    }
    let letters = lowered(letters, buffer);
    let query: String = kept(query).collect();
    if query.is_empty() {
        return is_known(letters).then(|| small_hash(letters.as_bytes()));
    }
    let known = is_known(letters) || is_known(&query);
    known.then(|| folded(small_hash(letters.as_bytes()), whole_hash(query.as_bytes())))
}

/// The hash of a name as the key of a handle, platform aside; `None` where there is neither letter nor digit in it.
pub(super) fn hash_of_name(name: &str) -> Option<u64> {
    is_known(name).then(|| small_hash(name.as_bytes()))
}

/// Whether two accounts with the same hash are one by this key.
pub(super) fn is_same(one: &Account<'_>, other: &Account<'_>, by: Field) -> bool {
    let equal = |field| match (key(one, field), key(other, field)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    let told_apart = |account: &Account<'_>| {
        [Field::Handle, Field::Url]
            .into_iter()
            .any(|field| account.text(field).is_some())
    };
    platform(one) == platform(other)
        && equal(by)
        && (by != Field::Email || !told_apart(one) || !told_apart(other))
}

/// The letters of a key as they are compared: lower case; account names alone, addresses without what varies.
pub(super) fn key(account: &Account<'_>, by: Field) -> Option<String> {
    let cell = account.text(by)?;
    let (letters, query) = parts(&cell, by);
    let letters = letters.chars().flat_map(char::to_lowercase);
    Some(letters.chain(kept(query)).collect())
}

/// What of a cell is compared in small letters, and the query of an address, of which a part is compared as it stands.
fn parts(text: &str, by: Field) -> (&str, &str) {
    match by {
        Field::Handle => (account_name(text), ""),
        Field::Url => (address(text), query(text)),
        _ => (text, ""),
    }
}

/// A text in small letters, as far as [`small_hash`] does not do that.
fn lowered<'a>(text: &'a str, buffer: &'a mut String) -> &'a str {
    if text.is_ascii() {
        return text;
    }
    buffer.clear();
    buffer.extend(text.chars().flat_map(char::to_lowercase));
    buffer
}

fn is_known(letters: &str) -> bool {
    letters.chars().any(char::is_alphanumeric)
}

/// What is kept of the query of an address.
fn kept(query: &str) -> impl Iterator<Item = char> {
    let kept = query.split('&').filter(|part| !is_passing(part));
    kept.flat_map(|part| std::iter::once('?').chain(part.chars()))
}

/// Names in the query of an address that say where a reader came from or how the page is shown, not whose it is.
const PASSING: [&str; 24] = [
    "hl",
    "lang",
    "locale",
    "igsh",
    "igshid",
    "fbclid",
    "gclid",
    "mibextid",
    "ref",
    "ref_src",
    "feature",
    "si",
    "s",
    "t",
    "_t",
    "_r",
    "is_from_webapp",
    "is_copy_url",
    "sender_device",
    "sub_confirmation",
    "view_as",
    "source",
    "enter_from",
    "pair_source",
];

/// Whether a part of a query may differ between two addresses of one account. Any other may tell accounts apart
/// (`profile.php?id=…`), and an account too many is seen where one too few is not.
fn is_passing(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    name.is_empty() || name.starts_with("utm_") || PASSING.contains(&name)
}

/// The query of an address, empty where it has none.
fn query(url: &str) -> &str {
    match memchr2(b'?', b'#', url.as_bytes()) {
        Some(at) if url.as_bytes().get(at) == Some(&b'?') => {
            let query = url.get(at + 1..).unwrap_or_default();
            query.split('#').next().unwrap_or_default()
        }
        _ => "",
    }
}

/// An address without scheme, `www.`, query, fragment and last slash.
fn address(url: &str) -> &str {
    let mut usual = ["https://", "http://"].into_iter();
    let bare = usual.find_map(|scheme| url.strip_prefix(scheme));
    let bare = bare.or_else(|| url.split_once("://").map(|(_, rest)| rest));
    let bare = bare.unwrap_or(url);
    let bare = ["www.", "m.", "WWW."]
        .into_iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    let end = memchr2(b'?', b'#', bare.as_bytes()).unwrap_or(bare.len());
    bare.get(..end).unwrap_or(bare).trim_end_matches('/')
}

/// Ways to write that there is none, which many accounts share.
const MISSING: [&str; 12] = [
    "n/a", "na", "n.a.", "nvt", "n.v.t.", "none", "null", "nan", "geen", "onbekend", "unknown",
    "nil",
];

/// The longest of them, in bytes.
const LONGEST: usize = 8;

/// Whether a cell, of which these letters are compared, holds no key.
fn is_missing(text: &str, letters: &str, by: Field) -> bool {
    let missing = || {
        MISSING
            .iter()
            .any(|missing| text.eq_ignore_ascii_case(missing))
    };
    text.len() <= LONGEST && missing()
        || by == Field::Url && memchr(b'/', letters.as_bytes()).is_none()
        || by == Field::Email && memchr(b'@', text.as_bytes()).is_none()
}

/// The hash of a text in small letters; capitals of ASCII count as such.
fn small_hash(text: &[u8]) -> u64 {
    bytes_hash(text, small)
}

/// The hash of a text as it stands.
fn whole_hash(text: &[u8]) -> u64 {
    bytes_hash(text, |word| word)
}

fn bytes_hash(text: &[u8], read: impl Fn(u64) -> u64) -> u64 {
    let start = folded(text.len() as u64, 0x243F_6A88_85A3_08D3);
    let (Some(_), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) else {
        return folded(start, read(short(text)));
    };
    // The last eight bytes overlap those before, where the length is no multiple of eight.
    let whole = text
        .get(..text.len() - 1)
        .unwrap_or_default()
        .chunks_exact(8);
    let words = whole.map(|word| {
        word.first_chunk()
            .map_or(0, |word| u64::from_le_bytes(*word))
    });
    let hash = words.fold(start, |hash, word| folded(hash, read(word)));
    folded(hash, read(u64::from_le_bytes(*last)))
}

/// Fewer than eight bytes as one number.
fn short(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
    }
    let bytes = text.iter();
    bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Eight bytes with the capitals of ASCII among them made small.
fn small(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let low = word & (EACH * 0x7F);
    let from_a = low + EACH * u64::from(0x80 - b'A');
    let beyond_z = low + EACH * u64::from(0x7F - b'Z');
    let capitals = (from_a ^ beyond_z) & !word & (EACH * 0x80);
    word | capitals >> 2
}

/// Two numbers as one in which every bit depends on all of theirs.
fn folded(hash: u64, word: u64) -> u64 {
    let wide = u128::from(hash.rotate_left(29) ^ word) * 0x9E37_79B9_7F4A_7C15;
    (wide >> 64) as u64 ^ wide as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_have_one_hash_when_they_are_the_same_in_small_letters(
            one in "[aAbBzZ@\\[`{0/é]{0,20}",
            other in "[aAbBzZ@\\[`{0/é]{0,20}",
        ) {
            let small = |text: &str| small_hash(text.as_bytes());
            let lower = one.to_ascii_lowercase();
            prop_assert_eq!(small(&one), small(&lower));
            let same = lower == other.to_ascii_lowercase();
            prop_assert_eq!(small(&one) == small(&other), same);
            prop_assert_eq!(whole_hash(one.as_bytes()) == whole_hash(other.as_bytes()), one == other);
        }
    }
}
