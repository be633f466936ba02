//! Rows: the objects that a layout points at, flattened into records. What stands in the objects around a row
//! becomes columns of it, wherever it stands there.

use super::layout::{Form, Layout, Step};
use super::tokens::{Token, Tokens};
use super::values::{list, skip, word};
use crate::domain::table::Record;
use crate::load::count::Count;
use crate::load::records::{Broken, Quirks, Records};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::sync::atomic::Ordering;

/// The most columns, and what is said of more.
const COLUMNS: usize = 10_000;
const TOO_MANY: &str = "has more than 10,000 different members; its rows cannot be told";

/// Rows that wait for what may still come in the object around them.
const WAITING: usize = 100_000;

/// How deep objects within a row are flattened.
const DEEPEST: usize = 4;

/// The rows of a document.
pub(super) struct Rows<R> {
    tokens: Tokens<R>,
    layout: Layout,
    read: Count,
    columns: FxHashMap<String, usize>,
    names: Vec<String>,
    open: Vec<Frame>,
    waiting: Vec<Row>,
    ready: VecDeque<Row>,
    row: Vec<String>,
    ended: bool,
    /// Whether there was a row.
    any: bool,
}

/// Cells, each with its column.
type Cells = Vec<(usize, String)>;

/// A row that was read.
struct Row {
    line: u64,
    cells: Cells,
    broken: Option<Broken>,
}

/// An open object or array on the way to the rows.
struct Frame {
    is_object: bool,
    /// Steps of the way that lead here; `None` beside it.
    matched: Option<usize>,
    /// What rows within inherit from it.
    own: Cells,
    /// Number of the first row within that waits.
    first: usize,
}

impl<R: BufRead> Rows<R> {
    /// The rows of a document; the columns are not known yet.
    pub(super) fn of(tokens: Tokens<R>, layout: Layout, read: Count) -> Rows<R> {
        Rows {
            tokens,
            layout,
            read,
            columns: FxHashMap::default(),
            names: Vec::new(),
            open: Vec::new(),
            waiting: Vec::new(),
            ready: VecDeque::new(),
            row: Vec::new(),
            ended: false,
            any: false,
        }
    }

    /// The same with the columns that a first pass found.
    pub(super) fn with(mut self, names: Vec<String>) -> Rows<R> {
        self.columns = names.iter().cloned().zip(0..).collect();
        self.names = names;
        self
    }

    /// Goes through the whole document for its columns.
    pub(super) fn columns(mut self) -> Result<Vec<String>, String> {
        while !self.ended {
            self.go_on()?;
            self.ready.clear();
        }
        Ok(self.names)
    }

    /// Reads on. A broken line is stepped over; of a document that breaks off, the rows before are kept.
    fn go_on(&mut self) -> Result<(), String> {
        let Err(why) = self.advance() else {
            return Ok(());
        };
        let (line, text, broken) = if self.tokens.lines {
            let (line, text) = self.tokens.step_over()?;
            let first = self.open.first().map(|frame| frame.first);
            self.waiting.truncate(first.unwrap_or(usize::MAX));
            self.open.clear();
            (line, text, Broken::Line)
        } else if self.tokens.is_cut() && self.any {
            while !self.open.is_empty() {
                self.close();
            }
            self.ended = true;
            (self.tokens.line, self.tokens.last(), Broken::End)
        } else {
            return Err(why);
        };
        self.ready.extend(self.waiting.drain(..));
        self.ready.push_back(Row {
            line,
            cells: vec![(0, text)],
            broken: Some(broken),
        });
        Ok(())
    }

    /// Reads on by a token, or by a whole row.
    fn advance(&mut self) -> Result<(), String> {
        let token = self.tokens.next()?;
        match token {
            Token::End => {
                self.ended = true;
                Ok(())
            }
            Token::EndObject | Token::EndArray => {
                self.close();
                Ok(())
            }
            Token::Key => {
                let key = self.tokens.text.clone();
                let token = self.tokens.member()?;
                self.enter(token, Some(key))
            }
            _ => self.enter(token, None),
        }
    }

    /// Takes a value: a row, a step on the way, or something beside it.
    fn enter(&mut self, token: Token, key: Option<String>) -> Result<(), String> {
        let matched = self.matched(key.as_deref());
        let path = self.layout.path.len();
        let named =
            matched.is_some_and(|at| at > 0 && self.layout.path.get(at - 1) == Some(&Step::Every));
        let container = matches!(token, Token::Object | Token::Array);
        let mut own = Cells::new();
        if named && let Some(key) = &key {
            own.push((self.column(self.layout.key)?, key.clone()));
        }
        let arrays = matches!(self.layout.form, Form::Arrays(_));
        if matched == Some(path) && arrays == (token == Token::Array) {
            let null = token == Token::Word && self.tokens.text == "null";
            if null && !named {
                return Ok(());
            }
            let line = self.tokens.line;
            if arrays {
                self.elements(&mut own)?;
            } else if token == Token::Object {
                self.members("", &mut own, 0)?;
            } else if !null {
                self.value(token, "value", &mut own, 0)?;
            }
            self.waiting.push(Row {
                line,
                cells: own,
                broken: None,
            });
            self.any = true;
            self.settle();
            return Ok(());
        }
        if container && matched.is_some_and(|at| at < path) {
            let first = self.waiting.len();
            let is_object = token == Token::Object;
            self.open.push(Frame {
                is_object,
                matched,
                own,
                first,
            });
            return Ok(());
        }
        let mut around = Cells::new();
        let inherits = self
            .open
            .last()
            .is_some_and(|frame| frame.is_object && self.repeats(frame));
        match key.filter(|_| inherits) {
            Some(key) => {
                let name = format!("{}.{key}", self.around());
                self.value(token, &name, &mut around, 1)?;
            }
            None => skip(&mut self.tokens, token)?,
        }
        if let Some(frame) = self.open.last_mut() {
            frame.own.append(&mut around);
        }
        Ok(())
    }

    /// Steps of the way that lead to a value within the innermost frame.
    fn matched(&self, key: Option<&str>) -> Option<usize> {
        let Some(frame) = self.open.last() else {
            return Some(0);
        };
        let at = frame.matched?;
        let fits = match (self.layout.path.get(at)?, key) {
            (Step::Each, None) => !frame.is_object,
            (Step::Key(wanted), Some(key)) => wanted == key,
            (Step::Every, Some(_)) => true,
            _ => false,
        };
        fits.then_some(at + 1)
    }

    /// Whether there can be many of a frame, so that what stands in it belongs to its rows alone.
    fn repeats(&self, frame: &Frame) -> bool {
        let way = self.layout.path.get(..frame.matched.unwrap_or(0));
        let mut way = way.unwrap_or_default().iter();
        frame.matched.is_some()
            && (self.layout.many || way.any(|step| !matches!(step, Step::Key(_))))
    }

    /// What to call the innermost frame.
    fn around(&self) -> String {
        let matched = self
            .open
            .last()
            .and_then(|frame| frame.matched)
            .unwrap_or(0);
        let way = self.layout.path.get(..matched).unwrap_or_default();
        let named = way.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            _ => None,
        });
        named.unwrap_or_else(|| "parent".to_owned())
    }

    fn close(&mut self) {
        if let Some(frame) = self.open.pop() {
            for row in self.waiting.iter_mut().skip(frame.first) {
                row.cells.extend(frame.own.iter().cloned());
            }
        }
        self.settle();
    }

    /// Lets the rows go for which nothing more can come, or too many of which wait.
    fn settle(&mut self) {
        let more = self
            .open
            .iter()
            .any(|frame| frame.is_object && self.repeats(frame));
        if more && self.waiting.len() < WAITING {
            return;
        }
        for frame in &mut self.open {
            for row in self.waiting.iter_mut().skip(frame.first) {
                row.cells.extend(frame.own.iter().cloned());
            }
            frame.first = 0;
        }
        self.ready.extend(self.waiting.drain(..));
    }

    /// The members of an object that was opened, as cells.
    fn members(&mut self, prefix: &str, cells: &mut Cells, depth: usize) -> Result<(), String> {
        loop {
            if self.tokens.next()? != Token::Key {
                return Ok(());
            }
            let name = if prefix.is_empty() {
                self.tokens.text.clone()
            } else {
                format!("{prefix}.{}", self.tokens.text)
            };
            let token = self.tokens.member()?;
            self.value(token, &name, cells, depth)?;
        }
    }

    /// The elements of an array that was opened, as cells.
    fn elements(&mut self, cells: &mut Cells) -> Result<(), String> {
        for at in 0.. {
            let token = self.tokens.next()?;
            if token == Token::EndArray {
                break;
            }
            if at == COLUMNS {
                return Err(TOO_MANY.to_owned());
            }
            while self.names.len() <= at {
                self.names.push(String::new());
            }
            let text = self.text(token)?;
            cells.push((at, text));
        }
        Ok(())
    }

    /// A value as the text of one cell.
    fn text(&mut self, token: Token) -> Result<String, String> {
        match token {
            Token::Word => Ok(word(&self.tokens.text)),
            Token::Text => Ok(self.tokens.text.clone()),
            _ => list(&mut self.tokens, token),
        }
    }

    /// A value as cells under this name.
    fn value(
        &mut self,
        token: Token,
        name: &str,
        cells: &mut Cells,
        depth: usize,
    ) -> Result<(), String> {
        if token == Token::Object && depth < DEEPEST {
            return self.members(name, cells, depth + 1);
        }
        let text = self.text(token)?;
        let column = self.column(name)?;
        cells.push((column, text));
        Ok(())
    }

    /// The column of this name, a new one when there is none.
    fn column(&mut self, name: &str) -> Result<usize, String> {
        if let Some(at) = self.columns.get(name) {
            return Ok(*at);
        }
        let at = self.names.len();
        if at == COLUMNS {
            return Err(TOO_MANY.to_owned());
        }
        self.columns.insert(name.to_owned(), at);
        self.names.push(name.to_owned());
        Ok(at)
    }
}

impl<R: BufRead + Send> Records for Rows<R> {
    fn next(&mut self, record: &mut Record) -> io::Result<Option<Quirks>> {
        while self.ready.is_empty() {
            if self.ended {
                return Ok(None);
            }
            let failed = |why| io::Error::new(io::ErrorKind::InvalidData, why);
            self.go_on().map_err(failed)?;
        }
        self.read.store(self.tokens.read, Ordering::Relaxed);
        record.clear();
        let Some(row) = self.ready.pop_front() else {
            return Ok(None);
        };
        record.place.line = row.line;
        self.row.clear();
        self.row.resize(self.names.len(), String::new());
        let mut invalid = false;
        for (at, text) in row.cells {
            invalid |= text.contains('\u{FFFD}');
            if let Some(cell) = self.row.get_mut(at) {
                *cell = text;
            }
        }
        for cell in &self.row {
            record.push(cell);
        }
        Ok(Some(Quirks {
            invalid_text: invalid,
            broken: row.broken,
            ..Quirks::default()
        }))
    }
}
