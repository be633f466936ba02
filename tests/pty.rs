//! The program in a real pseudo-terminal: it draws, obeys keys and signals, and leaves the terminal as it was.
//!
//! Only words and numbers are looked for, not places.

use crate::terminal::{COUNT, Session};
use rustix::process::{Signal, WaitOptions, waitpid};
use tempfile::TempDir;
use vt100::{Color, MouseProtocolEncoding, MouseProtocolMode, Screen};

/// Every cell of the screen with its row.
fn cells(screen: &Screen) -> impl Iterator<Item = (u16, &vt100::Cell)> {
    let (rows, cols) = screen.size();
    (0..rows)
        .flat_map(move |row| (0..cols).filter_map(move |col| Some((row, screen.cell(row, col)?))))
}

#[test]
fn keys_are_obeyed_and_the_terminal_is_given_back() {
    let mut session = Session::explore();
    session.wait_for("the modes", |screen| {
        screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste()
    });
    session.press("g");
    session.wait_for_text("Credibility and awareness");
    session.press("\x1b[B\r");
    session.wait_for("the goal alone", |screen| {
        let text = screen.contents();
        text.contains("Brand image") && !text.contains("Credibility and awareness")
    });
    session.press("r/qwx");
    session.wait_for_text("qwx");
    session.escape("qwx");
    session.press("?");
    session.wait_for_text("Moving about");
    session.escape("Moving about");
    session.press("zzq");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_box_is_drawn_by_dragging_as_a_terminal_tells_of_it() {
    let mut session = Session::explore();
    session.resize(36, 120);
    session.press("t");
    session.wait_for_text("Reach × engagement");
    session.wait_for("motion while a button is held, and no other", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
            && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Sgr
    });
    session.wait_for("the top of the plot", |screen| {
        top_of_plot(screen).is_some()
    });
    let top = top_of_plot(&session.screen()).unwrap_or_default() + 1;
    let low = top + 4;
    session.press(&format!(
        "\x1b[<0;30;{top}M\x1b[<32;40;{top}M\x1b[<32;60;{low}M"
    ));
    session.wait_for_text("in the box");
    session.press(&format!("\x1b[<0;60;{low}m"));
    session.press("q");
    assert_eq!(session.end().0, 0);
}

/// The row with the highest rate on the axis.
fn top_of_plot(screen: &Screen) -> Option<u16> {
    let (_, cols) = screen.size();
    let mut rows = screen.rows(0, cols);
    rows.position(|row| row.contains("25% │"))
        .map(|row| row as u16)
}

#[test]
fn without_colours_the_chosen_row_is_reversed() {
    let mut session = Session::start(&[], &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    session.wait_for_text(COUNT);
    session.wait_for("a reversed row", |screen| {
        let reversed = cells(screen).filter(|(_, cell)| cell.inverse() && cell.has_contents());
        reversed.count() > 5
    });
    session.wait_for("no colour anywhere", |screen| {
        cells(screen)
            .all(|(_, cell)| (cell.fgcolor(), cell.bgcolor()) == (Color::Default, Color::Default))
    });
    session.press("q");
    let (status, written) = session.end();
    assert_eq!(status, 0);
    assert!(!written.contains("\x1b[;m"), "a bare reset was written");
}

#[test]
fn signals_that_end_give_the_terminal_back_and_say_so() {
    for (signal, status) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let session = Session::explore();
        session.signal(signal);
        assert_eq!(session.end().0, status);
    }
}

#[test]
fn stopped_it_lends_the_terminal_and_continued_it_draws_anew() {
    let mut session = Session::explore();
    session.signal(Signal::TSTP);
    let stopped = waitpid(Some(session.id()), WaitOptions::UNTRACED).unwrap();
    assert!(stopped.is_some_and(|(_, status)| status.stopped()));
    session.wait_for("the shell's screen", |screen| !screen.alternate_screen());
    session.signal(Signal::CONT);
    session.wait_for("the explorer's screen", |screen| {
        screen.alternate_screen() && screen.contents().contains(COUNT)
    });
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn any_size_is_survived() {
    let mut session = Session::explore();
    for (rows, cols) in [(1, 1), (3, 10), (400, 1000), (2, 200), (12, 40)] {
        session.resize(rows, cols);
    }
    session.resize(24, 80);
    session.wait_for_text(COUNT);
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_size_that_is_the_same_again_is_drawn_whole() {
    let mut session = Session::explore();
    // What was asked at the start has been answered by then, and draws nothing any more.
    session.press("?");
    session.wait_for_text("Moving about");
    session.escape("Moving about");
    session.wait_for_text(COUNT);
    {
        let (terminal, _) = &*session.terminal;
        let mut now = terminal.lock().unwrap();
        now.parser.screen_mut().set_size(1, 1);
        now.parser.screen_mut().set_size(24, 80);
        assert!(!now.parser.screen().contents().contains(COUNT));
    }
    session.signal(Signal::WINCH);
    session.wait_for_text(COUNT);
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn a_key_that_comes_with_a_change_of_size_is_heard() {
    for cols in 60..72 {
        let mut session = Session::explore();
        session.resize(24, cols);
        session.press("q");
        assert_eq!(session.end().0, 0);
    }
}

#[test]
fn pasted_text_is_typed_and_never_obeyed() {
    let mut session = Session::explore();
    session.press("\x1b[200~q\x1b[201~");
    session.press("/\x1b[200~qwx\x1b[201~");
    session.wait_for_text("qwx");
    session.escape("qwx");
    session.press("q");
    assert_eq!(session.end().0, 0);
}

#[test]
fn what_cannot_be_read_is_refused_in_one_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("odd.csv");
    std::fs::write(&path, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0").unwrap();
    let session = Session::start(&[path.to_str().unwrap()], &[]);
    let (status, written) = session.end();
    assert_eq!(status, 1);
    let last = written.trim_end().lines().last().unwrap();
    assert!(
        last.contains("odd.csv") && last.contains("CSV"),
        "{written:?}"
    );
}

#[test]
fn what_is_said_of_columns_is_remembered() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, "wie;Aantal\nmia.kookt;1200\ntom.fietst;48900\n").unwrap();
    let state = folder.path().join("state");
    let variables = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let start = || Session::start(&[path.to_str().unwrap()], &variables);
    let mut session = start();
    session.wait_for_text("Which column counts");
    session.press("\r");
    session.wait_for_text("What is in 'Aantal'?");
    session.press("\r");
    session.wait_for_text("2 accounts");
    session.press("q");
    assert_eq!(session.end().0, 0);
    let mut session = start();
    session.wait_for_text("2 accounts");
    session.press("q");
    assert_eq!(session.end().0, 0);
    let summary = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_pyramide"))
            .args(["summary", path.to_str().unwrap()])
            .args(arguments)
            .env("XDG_STATE_HOME", &state)
            .env("LANG", "en_US.UTF-8")
            .output()
            .unwrap()
    };
    let remembered = summary(&[]);
    assert!(remembered.status.success());
    assert!(String::from_utf8_lossy(&remembered.stderr).contains("--fresh"));
    assert_eq!(summary(&["--fresh"]).status.code(), Some(1));
}

#[test]
fn a_saved_mix_is_there_the_next_time() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("list.csv");
    let rows = "name,followers,er,price\nMia,1200,5%,100\nTom,48900,2%,400\nFen,9000,3%,250\n";
    std::fs::write(&path, rows).unwrap();
    let state = folder.path().join("state");
    let variables = [("XDG_STATE_HOME", state.to_str().unwrap())];
    let start = || {
        let session = Session::start(&[path.to_str().unwrap()], &variables);
        session.wait_for_text("3 accounts");
        session
    };
    let mut session = start();
    session.press("m");
    session.wait_for_text("Type a budget");
    session.press("500\r");
    session.wait_for_text("proven best");
    session.press("sspring\r");
    session.wait_for_text("Figures as they were");
    session.press("q");
    assert_eq!(session.end().0, 0);
    let saved = std::fs::read_to_string(state.join("pyramide/mixes.toml")).unwrap();
    assert!(
        saved.contains("name = \"spring\"") && saved.contains("spend = 500.0"),
        "{saved}"
    );
    let mut session = start();
    session.press("m");
    session.wait_for_text("cancel");
    session.escape("cancel");
    session.press("\x1b[Z");
    session.wait_for_text("spring");
    session.press("\x1b[B\r");
    session.wait_for_text("proven best");
    session.press("\x1b[Z");
    session.wait_for_text("Figures as they were");
    session.press("\x1b[Bd");
    session.wait_for_text("Nothing saved yet");
    session.press("q");
    assert_eq!(session.end().0, 0);
    let saved = std::fs::read_to_string(state.join("pyramide/mixes.toml")).unwrap();
    assert!(!saved.contains("spring"), "{saved}");
}

#[test]
fn a_dumb_terminal_is_refused() {
    let session = Session::start(&[], &[("TERM", "dumb")]);
    let (status, written) = session.end();
    assert_eq!(status, 1);
    assert!(
        written.contains("pyramide summary") && !written.contains('\x1b'),
        "{written:?}"
    );
}

#[test]
fn a_wrong_name_is_refused_before_the_screen_is_taken() {
    for arguments in [["--goal", "buz"], ["--theme", "drak"]] {
        let (status, written) = Session::start(&arguments, &[]).end();
        assert_eq!(status, 2);
        assert!(
            written.contains("did you mean") && !written.contains('\x1b'),
            "{written:?}"
        );
    }
}

#[test]
fn what_is_printed_on_a_terminal_is_harmless() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(
        &path,
        "name,followers\n\"a\u{1b}[2Jb\u{9b}2J\u{202e}c\",1200\n",
    )
    .unwrap();
    let file = path.to_str().unwrap();
    for arguments in [
        &["convert", file, "--to", "csv"][..],
        &["convert", file, "--to", "json"],
        &["convert", file, "--raw", "--to", "csv"],
        &["match", file, "--goal", "buzz"],
    ] {
        let (status, written) = Session::start(arguments, &[]).end();
        assert_eq!(status, 0);
        let raw = |c: char| c.is_control() && !matches!(c, '\r' | '\n') || c == '\u{202e}';
        assert!(
            written.contains("[2J") && !written.contains(raw),
            "{written:?}"
        );
    }
}
