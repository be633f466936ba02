//! The shell around the state: hands it what happens, performs what it asks for, and has it drawn.

use super::event::{Event, Input, Wish};
use super::keeper::Keeper;
use super::loader::Loader;
use super::outfit::{End, Outfit};
use super::screen::Screen;
use super::signals;
use super::workers::Workers;
use crate::app::answers::Ticket;
use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::app::{App, Data};
use crate::keys::{self, Action, Context, Key};
use crate::view;
use crate::view::memory::Memory;
use crate::view::stage::Stage;
use ratatui::layout::Rect;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// While a roster is read, the shortest time between two frames that no key has asked for: drawing each of the chunks
/// and answers that come then would take the reading a tenth of its time.
const PACE: Duration = Duration::from_millis(60);

/// How long the first frame waits at most for the first rows: a desk without any says nothing, and drawing it holds the
/// reading up.
const FIRST: Duration = Duration::from_millis(30);

/// How long a frame waits at most for the answers to what was asked since the one before. Most come sooner, and are seen
/// at once then instead of one after the other, which took a frame for each and longer until the last.
const GRACE: Duration = Duration::from_millis(2);

/// The most events between two frames, so that a flood of them cannot keep the screen from being drawn.
const MOST_PER_FRAME: usize = 1_024;

/// Number of the signal that tells of a lost terminal.
const HANG_UP: i32 = 1;

/// The state with all it needs to run.
#[derive(Debug)]
pub(super) struct Shell {
    app: App,
    outfit: Outfit,
    screen: Screen,
    memory: Memory,
    workers: Workers,
    loader: Loader,
    keeper: Keeper,
    area: Rect,
    /// Where the left button was pressed, while it is held.
    pressed: Option<(u16, u16)>,
    /// When the last frame was drawn, and what had been asked by then.
    drawn: Instant,
    asked: Ticket,
    /// Since when something is to be drawn.
    stale: Option<Instant>,
    /// Whether rows of the roster have been drawn.
    lists: bool,
    /// Whether something was asked for by a key that has not been answered.
    eager: bool,
    /// What has arrived since the last frame, the newest of it.
    arrived: Option<Msg>,
    end: Option<End>,
}

impl Shell {
    /// A shell around this state.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn new(
        app: App,
        outfit: Outfit,
        screen: Screen,
        (loader, keeper): (Loader, Keeper),
        sender: &Sender<Event>,
    ) -> io::Result<Shell> {
        Ok(Shell {
            app,
            outfit,
            area: screen.area()?,
            screen,
            memory: Memory::default(),
            workers: Workers::new(sender),
            loader,
            keeper,
            pressed: None,
            drawn: Instant::now(),
            asked: Ticket::default(),
            stale: Some(Instant::now()),
            lists: false,
            eager: false,
            arrived: None,
            end: None,
        })
    }

    /// Waits for events and draws once after each batch of them, until the end.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    pub(super) fn go(mut self, events: &Receiver<Event>) -> anyhow::Result<End> {
        while self.end.is_none() {
            match self.next(events) {
                Ok(first) => self.meet_all(first, events)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let is_due = self.due().is_some_and(|due| due <= Instant::now());
            if self.end.is_none() && is_due {
                self.draw()?;
                self.take_arrived();
            }
        }
        // What it said of columns is kept also by who leaves at once.
        self.take_arrived();
        let end = self.end.unwrap_or(End::Left);
        match self.screen.close() {
            Err(error) if end == End::Left => Err(error.into()),
            _ => Ok(end),
        }
    }

    /// Waits for the next event, but no longer than until what has happened is to be drawn.
    fn next(&self, events: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        match self.due() {
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => events.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// How long after the last frame the next one is drawn that no key has asked for. The first rows do not wait; what
    /// comes before them shows nothing that is worth holding them up for.
    fn pace(&self) -> Duration {
        let answers = &self.app.answers;
        let loads = matches!(self.app.data, Data::Loading(_));
        if answers.order.answer().is_none() && (loads || answers.is_waiting()) {
            FIRST
        } else if self.lists && (loads || matches!(self.app.data, Data::Renewing(_))) {
            PACE
        } else {
            Duration::ZERO
        }
    }

    /// Meets an event and those that have come with it.
    fn meet_all(&mut self, first: Event, events: &Receiver<Event>) -> io::Result<()> {
        self.stale.get_or_insert_with(Instant::now);
        self.meet(first)?;
        for event in events.try_iter().take(MOST_PER_FRAME) {
            if self.end.is_some() {
                break;
            }
            self.meet(event)?;
        }
        Ok(())
    }

    /// When what has happened is to be drawn; `None` when nothing has. The first rows wait for nothing else.
    fn due(&self) -> Option<Instant> {
        let stale = self.stale?;
        let waits = self.lists && self.app.answers.is_waiting_since(self.asked);
        let answered = if waits { stale + GRACE } else { stale };
        let pace = if self.eager {
            Duration::ZERO
        } else {
            self.pace()
        };
        Some(answered.max(self.drawn + pace))
    }

    /// Takes in what has arrived since the last frame, to be counted until the next one. Counting more often than a
    /// frame is drawn would take from the reading what nobody sees.
    fn take_arrived(&mut self) {
        if let Some(arrived) = self.arrived.take() {
            self.happen(arrived);
            self.stale.get_or_insert_with(Instant::now);
        }
    }

    /// Draws the state, after telling it what the screen has room for.
    ///
    /// # Errors
    /// When the terminal can no longer be written to.
    fn draw(&mut self) -> io::Result<()> {
        self.make_room()?;
        let Shell {
            app,
            outfit,
            screen,
            memory,
            ..
        } = self;
        let stage = stage(app, outfit, memory)?;
        screen.draw(|area, buffer| view::draw(&stage, area, buffer))?;
        self.eager &= self.app.answers.is_waiting();
        if !self.lists && self.app.answers.order.answer().is_some() {
            self.lists = true;
            self.loader.rows_are_seen();
        }
        self.stale = None;
        self.asked = self.app.answers.newest();
        self.drawn = Instant::now();
        Ok(())
    }

    /// Tells the state what the screen has room for.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn make_room(&mut self) -> io::Result<()> {
        self.area = self.screen.area()?;
        let places = view::layout::layout(self.area, &self.app);
        let room = view::room::room(&self.app, &places);
        if room != self.app.room {
            self.happen(Msg::Room(room));
        }
        Ok(())
    }

    fn meet(&mut self, event: Event) -> io::Result<()> {
        self.eager |= !matches!(event, Event::Msg(_));
        match event {
            Event::Input(input) => self.react(input)?,
            Event::Msg(Msg::LoadFailed(round, refusal))
                if round == self.app.round
                    && self.app.has_nothing()
                    && refusal.sketch.is_none() =>
            {
                self.end = Some(End::Refused(refusal.why));
            }
            Event::Msg(Msg::Arrived(round, reading, progress))
                if self.lists && round == self.app.round =>
            {
                self.arrived = Some(Msg::Arrived(round, reading, progress));
            }
            Event::Msg(msg) => {
                match msg {
                    Msg::Loaded(round, _) if round == self.app.round => self.arrived = None,
                    Msg::LoadFailed(..) => self.take_arrived(),
                    _ => {}
                }
                self.happen(msg);
            }
            Event::Gone => self.end = Some(End::Signal(HANG_UP)),
            Event::Signal(signal) => match signals::wish(signal) {
                Wish::End => self.end = Some(End::Signal(signal)),
                Wish::Redraw => self.screen.take_back()?,
                Wish::Stop => {
                    self.screen.lend()?;
                    signals::stop()?;
                    self.screen.take_back()?;
                }
            },
        }
        Ok(())
    }

    fn react(&mut self, input: Input) -> io::Result<()> {
        match input {
            Input::Key(key) => self.press(key),
            Input::Paste(text) => self.paste(&text),
            Input::Click(column, row) => {
                self.pressed = Some((column, row));
                let places = view::layout::layout(self.area, &self.app);
                let clicked = view::mouse::click(
                    &stage(&self.app, &self.outfit, &self.memory)?,
                    &places,
                    column,
                    row,
                );
                self.happen_perhaps(clicked);
            }
            Input::Drag(column, row) => {
                let places = view::layout::layout(self.area, &self.app);
                let dragged = self
                    .pressed
                    .and_then(|from| view::mouse::drag(&self.app, &places, from, (column, row)));
                self.happen_perhaps(dragged);
            }
            Input::Release => {
                self.pressed = None;
                self.happen_perhaps(view::mouse::release(&self.app));
            }
            Input::Wheel(column, row, down) => {
                let places = view::layout::layout(self.area, &self.app);
                let turned = view::mouse::wheel(&self.app, &places, column, row, down);
                self.happen_perhaps(turned);
            }
            Input::Resize => self.screen.renew()?,
            Input::Suspend => signals::ask_to_stop()?,
        }
        Ok(())
    }

    fn press(&mut self, key: Key) {
        let context = view::interpret::context(&self.app);
        if let Some(action) = keys::table::action(key, context) {
            self.act(action);
        }
    }

    /// Pasted text is typed where a line is being typed, and never taken for keys.
    fn paste(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control()) {
            if view::interpret::context(&self.app) != Context::Typing {
                return;
            }
            self.act(Action::Type(letter));
        }
    }

    fn act(&mut self, action: Action) {
        let themes = self.outfit.themes.len();
        self.happen_perhaps(view::interpret::interpret(action, &self.app, themes));
    }

    fn happen_perhaps(&mut self, msg: Option<Msg>) {
        if let Some(msg) = msg {
            self.happen(msg);
        }
    }

    fn happen(&mut self, msg: Msg) {
        for effect in self.app.update(msg) {
            match effect {
                Effect::Ask(ticket, question) => self.workers.ask(ticket, question),
                Effect::Read(round, mappings) => self.loader.read(round, mappings),
                Effect::Keep(fingerprint, mapping) => self.keeper.keep(fingerprint, mapping),
                Effect::KeepVerdict(place, signature, remark) => {
                    self.keeper.keep_verdict(place, signature, remark);
                }
                Effect::KeepMix(place, mix) => self.keeper.keep_mix(place, mix),
                Effect::ForgetMix(place, name) => self.keeper.forget_mix(place, name),
                Effect::KeepRates(rates) => self.keeper.keep_rates(rates),
                Effect::Quit => self.end = Some(End::Left),
            }
        }
    }
}

/// The state with its colours and glyphs.
fn stage<'a>(app: &'a App, outfit: &'a Outfit, memory: &'a Memory) -> io::Result<Stage<'a>> {
    let theme = outfit.themes.get(app.theme).or(outfit.themes.first());
    let theme = theme.ok_or_else(|| io::Error::other("there is no theme to draw with"))?;
    Ok(Stage {
        app,
        theme,
        glyphs: &outfit.glyphs,
        memory,
    })
}
