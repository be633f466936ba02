//! Verdicts: given with one key, kept by what an account is known by, found again in another order of the file.

use crate::explorer::Explorer;
use pyramide::domain::verdict::Verdict;
use pyramide::query::order::SortKey;
use pyramide::store::Store;
use pyramide::text::Language;
use std::sync::Arc;

const BEFORE: &[u8] = b"Name,Handle,Platform,Followers\n\
Aa,aa,Instagram,1200\nBb,bb,Instagram,2400\nCc,cc,TikTok,4900\nDd,dd,TikTok,20000\n";

/// Another order, another column, and Dd is gone.
const AFTER: &[u8] = b"Handle,Name,Platform,Followers,Note\n\
zz,Zz,TikTok,3000,\ncc,Cc,TikTok,5100,\nbb,Bb,Instagram,2500,\naa,Aa,Instagram,1200,\n";

fn open() -> Explorer {
    let mut explorer = Explorer::open("small.csv", BEFORE, Language::En, 100, 30);
    explorer.app.place = Some("/made/up/small.csv".to_owned());
    explorer
}

#[test]
fn a_key_gives_yes_backup_no_and_nothing() {
    let mut explorer = open();
    let mut seen = Vec::new();
    for _ in 0..4 {
        explorer.press("Space");
        let entries = explorer.kept_verdicts.entries();
        seen.push(entries.first().and_then(|(_, remark)| remark.verdict));
        assert_eq!(explorer.kept_verdicts, *explorer.app.verdicts);
    }
    let [yes, backup, no] = Verdict::ALL.map(Some);
    assert_eq!(seen, [yes, backup, no, None]);
    explorer.press("Space");
    let screen = explorer.text();
    assert!(screen.contains("✓ 1 yes"), "{screen}");
    assert!(!screen.contains("kept until you leave"), "{screen}");
    explorer.press("Enter Space");
    assert!(explorer.text().contains("☆ backup"), "{}", explorer.text());
}

#[test]
fn a_roster_without_a_file_says_once_that_nothing_is_kept() {
    let mut explorer = open();
    explorer.app.place = None;
    explorer.press("Space");
    assert!(explorer.text().contains("kept until you leave"));
    explorer.press("Down Space");
    assert!(!explorer.text().contains("kept until you leave"));
    assert!(explorer.kept_verdicts.is_empty());
}

#[test]
fn verdicts_stay_with_their_accounts_when_the_file_changes() {
    let mut explorer = open();
    explorer
        .press("Space Down Space Space Down Space Space Space A text:too_pricey Enter Down Space");
    explorer.press("f End Enter Home Space Down Space Enter");
    assert_eq!(explorer.listed(), ["Aa", "Bb", "Dd"]);
    explorer.read_again(AFTER);
    assert_eq!(explorer.listed(), ["Bb", "Aa"]);
    let screen = explorer.text();
    assert!(screen.contains("✓ 1 yes  ☆ 1 backup  ✗ 1 no"), "{screen}");
    assert!(screen.contains("verdict: yes, backup"), "{screen}");
    assert_eq!(explorer.app.answers.marks.answer().unwrap().gone, 1);
    assert_eq!(explorer.app.verdicts.entries().len(), 4);
    // What is filtered by can be taken back, and sorted by.
    explorer.press("r s");
    let keys = explorer.app.sort_keys();
    let at = keys.iter().position(|key| *key == SortKey::Verdict);
    explorer.press("Home");
    explorer.press(&"Down ".repeat(at.unwrap()));
    explorer.press("Enter");
    assert_eq!(explorer.listed(), ["Aa", "Bb", "Cc", "Zz"]);
    explorer.press("Down Down Enter");
    assert!(
        explorer.text().contains("too pricey"),
        "{}",
        explorer.text()
    );
}

#[test]
fn what_was_kept_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().to_owned());
    let mut explorer = open();
    explorer.press("Space Down Space Space");
    for (signature, remark) in explorer.kept_verdicts.entries() {
        store
            .keep_verdict("r", signature.clone(), remark.clone())
            .unwrap();
    }
    let mut next = open();
    next.app.verdicts = Arc::new(store.verdicts("r").unwrap());
    next.read_again(AFTER);
    let marks = next.app.answers.marks.answer().unwrap();
    assert_eq!(marks.rows(Verdict::Yes), [3]);
    assert_eq!(marks.rows(Verdict::Backup), [2]);
}
