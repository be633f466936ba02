//! Files that change on disk while the explorer is open, as they are seen in a real terminal: a note says so, what was
//! read stays, and `R` reads the file again with all that was chosen.

use crate::terminal::Session;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use vt100::Screen;

const BEFORE: &str = "name,handle,platform,category,city,followers,er,price\n\
Aagje Appelflap,aagje.verzonnen,Instagram,Food,Utrecht,1200,6.0%,100\n\
Bartje Bitterbal,bartje.verzonnen,Instagram,Food,Utrecht,2400,5.0%,120\n\
Coos Croissant,coos.verzonnen,TikTok,Food,Utrecht,3900,4.0%,90\n\
Door Drop,door.verzonnen,TikTok,Beauty,Gent,20000,3.0%,400\n\
Evi Eierkoek,evi.verzonnen,YouTube,Beauty,Gent,70000,2.0%,900\n";

/// Those of before between others, so that each has another number.
const AFTER: &str = "name,handle,platform,category,city,followers,er,price\n\
Zeno Zoethout,zeno.verzonnen,TikTok,Food,Utrecht,3000,7.0%,10\n\
Yara IJstaart,yara.verzonnen,TikTok,Travel,Gent,31000,7.0%,20\n\
Evi Eierkoek,evi.verzonnen,YouTube,Beauty,Gent,70000,2.0%,900\n\
Door Drop,door.verzonnen,TikTok,Beauty,Gent,20000,3.0%,400\n\
Coos Croissant,coos.verzonnen,TikTok,Food,Utrecht,3900,4.0%,90\n\
Bartje Bitterbal,bartje.verzonnen,Instagram,Food,Utrecht,2400,5.0%,120\n\
Aagje Appelflap,aagje.verzonnen,Instagram,Food,Utrecht,1200,6.0%,100\n";

/// The explorer on a file of its own.
struct Opened {
    session: Session,
    folder: TempDir,
}

impl Opened {
    fn new() -> Opened {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("lijst.csv");
        fs::write(&file, BEFORE).unwrap();
        let session = Session::start(&[file.to_str().unwrap()], &[]);
        session.wait_for_text("· 5 accounts");
        session.wait_for_text("▸▲ Aagje");
        Opened { session, folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("lijst.csv")
    }

    /// Puts another file in the place of this one, as most programs save.
    fn replace(&self, text: &str) {
        let draft = self.folder.path().join("draft");
        fs::write(&draft, text).unwrap();
        fs::rename(draft, self.file()).unwrap();
    }

    /// Waits for a note in the head line, and finds what was read still there.
    fn wait_for_note(&self, note: &str) {
        self.session
            .wait_for(note, |screen| head(screen).contains(note));
        self.session.wait_for("what was read before", |screen| {
            let text = screen.contents();
            head(screen).contains("· 5 accounts")
                && ["Aagje", "Coos", "Evi"]
                    .iter()
                    .all(|name| text.contains(name))
        });
    }

    /// Presses a key that changes the screen, to see that the explorer still answers, and leaves.
    fn leave(mut self) {
        self.session.press("?");
        self.session.wait_for_text("Moving about");
        self.session.escape("Moving about");
        self.session.press("q");
        assert_eq!(self.session.end().0, 0);
    }
}

fn head(screen: &Screen) -> String {
    screen
        .contents()
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Whether the cursor stands on the account of this name.
fn is_on(screen: &Screen, name: &str) -> bool {
    let text = screen.contents();
    text.lines()
        .any(|line| line.contains('▸') && line.contains(name))
}

#[test]
fn r_reads_a_file_that_grew_and_keeps_what_was_chosen() {
    let mut opened = Opened::new();
    let session = &mut opened.session;
    session.press("g\x1b[F\r");
    session.wait_for("a goal", |screen| head(screen).contains("goal "));
    let goal = head(&session.screen());
    let goal = goal.split("goal ").last().unwrap().trim().to_owned();
    session.press("a1");
    session.wait_for_text("nano ✗");
    session.press("/utrecht\r");
    session.wait_for_text("3 of 5");
    session.press("\x1b[B");
    let chosen = ["Aagje", "Bartje", "Coos"];
    session.wait_for("the second account", |screen| {
        !is_on(screen, "Aagje") && chosen.iter().any(|name| is_on(screen, name))
    });
    let on = {
        let screen = session.screen();
        chosen
            .into_iter()
            .find(|name| is_on(&screen, name))
            .unwrap()
    };

    fs::write(opened.file(), AFTER).unwrap();
    let session = &mut opened.session;
    session.wait_for("the note", |screen| head(screen).contains("changed"));
    session.press("R");
    session.wait_for("all that is new, and all that was chosen", |screen| {
        let text = screen.contents();
        head(screen).contains("· 7 accounts")
            && !head(screen).contains("changed")
            && head(screen).contains(&goal)
            && text.contains("nano ✗")
            && text.contains("utrecht")
            && text.contains("4 of 7")
            && text.contains("Zeno")
            && !text.contains("Yara")
            && is_on(screen, on)
    });
    opened.leave();
}

#[test]
fn what_was_read_of_a_truncated_file_stays() {
    let opened = Opened::new();
    fs::File::options()
        .write(true)
        .open(opened.file())
        .unwrap()
        .set_len(70)
        .unwrap();
    opened.wait_for_note("changed on disk");
    opened.leave();
}

#[test]
fn what_was_read_of_a_file_that_is_gone_stays_and_is_not_read_again() {
    let mut opened = Opened::new();
    fs::remove_file(opened.file()).unwrap();
    opened.wait_for_note("no longer on disk");
    opened.session.press("R");
    opened.session.wait_for_text("not read again");
    opened.wait_for_note("no longer on disk");
    opened.replace(AFTER);
    opened.wait_for_note("changed on disk");
    opened.session.press("R");
    opened.session.wait_for_text("· 7 accounts");
    opened
        .session
        .wait_for("the same account", |screen| is_on(screen, "Aagje"));
    opened.leave();
}

#[test]
fn a_file_that_is_replaced_is_noticed_each_time() {
    let mut opened = Opened::new();
    opened.replace(BEFORE);
    opened.wait_for_note("changed on disk");
    opened.session.press("R");
    opened.session.wait_for("it read again", |screen| {
        let head = head(screen);
        head.contains("lijst.csv · 5 accounts") && !head.contains("changed")
    });
    opened.replace(AFTER);
    opened.wait_for_note("changed on disk");
    opened.session.press("R");
    opened.session.wait_for_text("· 7 accounts");
    opened.leave();
}

#[test]
fn a_file_that_became_no_roster_leaves_what_was_read() {
    let mut opened = Opened::new();
    opened.replace("colour\nred\nblue\n");
    opened.wait_for_note("changed on disk");
    opened.session.press("R");
    opened.session.wait_for_text("not read again");
    opened.wait_for_note("changed on disk");
    opened.leave();
}
