//! An explorer without a terminal: keys go in, a screen comes out, and workers answer at once.

use pyramide::app::App;
use pyramide::app::effect::{Effect, Round};
use pyramide::app::msg::{Msg, Refusal};
use pyramide::domain::mapping::Mappings;
use pyramide::domain::playbook::Playbook;
use pyramide::domain::reading::{Reading, Skipped};
use pyramide::domain::roster::AccountId;
use pyramide::domain::saved_mix::SavedMix;
use pyramide::domain::verdict::Verdicts;
use pyramide::keys::{Key, table};
use pyramide::load::failure::LoadError;
use pyramide::load::options::Options;
use pyramide::query::halt::Halt;
use pyramide::text::Language;
use pyramide::theme::Theme;
use pyramide::theme::catalogue::Themes;
use pyramide::theme::glyphs::Glyphs;
use pyramide::view;
use pyramide::view::memory::Memory;
use pyramide::view::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A running explorer of a given size.
pub(crate) struct Explorer {
    pub(crate) app: App,
    pub(crate) area: Rect,
    pub(crate) themes: Themes,
    /// What a screen takes over from the one before.
    memory: Memory,
    /// The file that is read when the state asks for it, if any.
    file: Option<(String, Vec<u8>)>,
    /// What the state had remembered.
    pub(crate) kept: Mappings,
    /// What the state had remembered of accounts.
    pub(crate) kept_verdicts: Verdicts,
    /// The mixes that the state had saved.
    pub(crate) kept_mixes: Vec<SavedMix>,
}

impl Explorer {
    /// An explorer that has read these bytes whole.
    pub(crate) fn open(
        name: &str,
        bytes: &[u8],
        language: Language,
        width: u16,
        height: u16,
    ) -> Explorer {
        let playbook = Arc::new(pyramide::load::assets::embedded().unwrap());
        let reading = read(name, bytes, &playbook);
        let words = Arc::new(pyramide::load::assets::words().unwrap());
        let app = App::new(playbook, words, language, reading.clone());
        let mut explorer = Explorer {
            app,
            area: Rect::new(0, 0, width, height),
            themes: Themes::built_in().unwrap(),
            memory: Memory::default(),
            file: None,
            kept: Mappings::new(),
            kept_verdicts: Verdicts::default(),
            kept_mixes: Vec::new(),
        };
        explorer.tell(Msg::Loaded(Round::default(), Box::new(reading)));
        explorer
    }

    /// The names of the accounts that are listed, in order.
    pub(crate) fn listed(&self) -> Vec<String> {
        let order = self.app.answers.order.answer().unwrap();
        let roster = &self.app.reading.roster;
        let ids = order.rows.iter().map(AccountId);
        ids.map(|id| roster.account(id).unwrap().title().unwrap().into_owned())
            .collect()
    }

    /// An explorer around a state that has read nothing yet; the file is read whenever the state asks for it.
    pub(crate) fn around(app: App, name: &str, bytes: &[u8], width: u16, height: u16) -> Explorer {
        Explorer {
            app,
            area: Rect::new(0, 0, width, height),
            themes: Themes::built_in().unwrap(),
            memory: Memory::default(),
            file: Some((name.to_owned(), bytes.to_vec())),
            kept: Mappings::new(),
            kept_verdicts: Verdicts::default(),
            kept_mixes: Vec::new(),
        }
    }

    /// A reading of which nothing has been read.
    pub(crate) fn unread(name: &str) -> Reading {
        Reading {
            source: name.to_owned(),
            roster: Arc::default(),
            rows: 0,
            skipped: Skipped::default(),
            problems: Arc::default(),
            decisions: Arc::default(),
            sketches: Arc::default(),
        }
    }

    /// Reads the file for the first time.
    pub(crate) fn read(&mut self) {
        let read = self.read_file(self.app.round, &self.app.mappings);
        self.tell(read);
    }

    /// What comes of reading the file with what is said of its columns.
    fn read_file(&self, round: Round, mappings: &Mappings) -> Msg {
        let (name, bytes) = self.file.as_ref().unwrap();
        let options = Options {
            mappings: mappings.clone(),
            ..Options::default()
        };
        match attempt(name, bytes, &self.app.playbook, &options) {
            Ok(reading) => Msg::Loaded(round, Box::new(reading)),
            Err(error) => {
                let sketch = match error.downcast_ref() {
                    Some(LoadError::NoFollowers { sketch, .. }) => Some(sketch.clone()),
                    _ => None,
                };
                let why = error.to_string();
                Msg::LoadFailed(round, Refusal { why, sketch })
            }
        }
    }

    /// An explorer over the demonstration roster.
    pub(crate) fn demo(language: Language, width: u16, height: u16) -> Explorer {
        let bytes = include_bytes!("../../assets/demo.csv");
        Explorer::open("demo.csv", bytes, language, width, height)
    }

    /// Lets a message happen, and every question that follows from it be answered.
    pub(crate) fn tell(&mut self, msg: Msg) {
        let mut effects = self.app.update(msg);
        loop {
            while let Some(effect) = effects.pop() {
                let then = match effect {
                    Effect::Ask(ticket, heavy) => {
                        let answer = heavy.answer(&Halt::new()).unwrap();
                        Msg::Answered(ticket, answer)
                    }
                    Effect::Read(round, mappings) if self.file.is_some() => {
                        self.read_file(round, &mappings)
                    }
                    Effect::Keep(table, mapping) => {
                        self.kept.remove(&table);
                        if !mapping.is_open() {
                            self.kept.insert(table, mapping);
                        }
                        continue;
                    }
                    Effect::KeepVerdict(_, signature, remark) => {
                        self.kept_verdicts.set(signature, remark);
                        continue;
                    }
                    Effect::KeepMix(_, mix) => {
                        self.kept_mixes.push(*mix);
                        continue;
                    }
                    Effect::ForgetMix(_, name) => {
                        self.kept_mixes.retain(|mix| mix.name != name);
                        continue;
                    }
                    Effect::KeepRates(_) | Effect::Read(..) | Effect::Quit => continue,
                };
                effects.extend(self.app.update(then));
            }
            let places = view::layout::layout(self.area, &self.app);
            let room = view::room::room(&self.app, &places);
            if room == self.app.room {
                break;
            }
            effects = self.app.update(Msg::Room(room));
        }
    }

    /// Has these questions answered, and those that follow from the answers; says how many of all were such.
    pub(crate) fn answer(
        &mut self,
        mut effects: Vec<Effect>,
        is_such: impl Fn(&Effect) -> bool,
    ) -> usize {
        let mut many = 0;
        while let Some(effect) = effects.pop() {
            many += usize::from(is_such(&effect));
            if let Effect::Ask(ticket, heavy) = effect {
                let answer = heavy.answer(&Halt::new()).unwrap();
                effects.extend(self.app.update(Msg::Answered(ticket, answer)));
            }
        }
        many
    }

    /// What a reading of these bytes by the same rules comes to.
    pub(crate) fn reading(&self, name: &str, bytes: &[u8]) -> Reading {
        read(name, bytes, &self.app.playbook)
    }

    /// Has the files read again, which now hold these bytes.
    pub(crate) fn read_again(&mut self, bytes: &[u8]) {
        let reading = self.reading(&self.app.reading.source, bytes);
        self.press("R");
        self.tell(Msg::Loaded(self.app.round, Box::new(reading)));
    }

    /// Presses keys, written as words: `g Down Enter`, `/`, `text:food`, `Ctrl-c`.
    pub(crate) fn press(&mut self, script: &str) -> &mut Explorer {
        for word in script.split_whitespace() {
            match word.strip_prefix("text:") {
                Some(text) => text.chars().for_each(|letter| {
                    self.key(Key::Char(if letter == '_' { ' ' } else { letter }));
                }),
                None => self.key(key(word)),
            }
        }
        self
    }

    fn key(&mut self, key: Key) {
        let context = view::interpret::context(&self.app);
        let msg = table::action(key, context).and_then(|action| {
            view::interpret::interpret(action, &self.app, self.themes.iter().count())
        });
        if let Some(msg) = msg {
            self.tell(msg);
        }
    }

    /// Changes the size of the screen.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.area = Rect::new(0, 0, width, height);
        let places = view::layout::layout(self.area, &self.app);
        let room = view::room::room(&self.app, &places);
        self.tell(Msg::Room(room));
    }

    /// The theme of this name.
    pub(crate) fn theme(&self, name: &str) -> &Theme {
        self.themes.find(name).unwrap()
    }

    /// The screen, which is the same whether or not anything was drawn before.
    pub(crate) fn screen(&self, theme: &str, glyphs: &Glyphs) -> Buffer {
        let drawn = |memory: &Memory| {
            let stage = Stage {
                app: &self.app,
                theme: self.theme(theme),
                glyphs,
                memory,
            };
            let mut buf = Buffer::empty(self.area);
            view::draw(&stage, self.area, &mut buf);
            buf
        };
        let anew = drawn(&Memory::default());
        assert_eq!(drawn(&self.memory), anew);
        anew
    }

    /// The screen as lines of text.
    pub(crate) fn text(&self) -> String {
        text(&self.screen("dark", &Glyphs::unicode()))
    }
}

fn read(name: &str, bytes: &[u8], playbook: &Playbook) -> Reading {
    attempt(name, bytes, playbook, &Options::default()).unwrap()
}

fn attempt(
    name: &str,
    bytes: &[u8],
    playbook: &Playbook,
    options: &Options,
) -> anyhow::Result<Reading> {
    use pyramide::load::reading;
    let input = pyramide::load::source::Input::Bytes {
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    reading::read(&input, options, playbook, &mut |_, _| {
        std::ops::ControlFlow::Continue(())
    })
}

fn key(word: &str) -> Key {
    match word {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "BackTab" => Key::BackTab,
        "Backspace" => Key::Backspace,
        "Space" => Key::Char(' '),
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Home" => Key::Home,
        "End" => Key::End,
        "F1" => Key::F(1),
        _ => match word.strip_prefix("Ctrl-") {
            Some(letter) => Key::Ctrl(letter.chars().next().unwrap()),
            None => Key::Char(word.chars().next().unwrap()),
        },
    }
}

/// The letters of a screen, a line per row, blanks at the end of lines cut off.
pub(crate) fn text(buf: &Buffer) -> String {
    let mut lines = String::new();
    for y in 0..buf.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..buf.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buf.cell((x, y)).unwrap().symbol();
            skip = pyramide::text::clean::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}
