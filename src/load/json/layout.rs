//! Layouts: which objects of a document are its rows, decided on its first part.
//!
//! Of all sets of objects that lie at the same place (the elements of an array, the members of an object keyed by a
//! name) the one is taken whose members are most like the fields of a roster, follower counts before all. Rows can be
//! arrays as well, named by the first of them or by an array of names beside them.

use super::tokens::{Token, Tokens};
use crate::domain::field::Field;
use crate::load::header::usual_width;
use crate::load::lexicon::Lexicon;
use std::collections::BTreeSet;
use std::io::BufRead;

/// A step from a value into what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The member of this name.
    Key(String),
    /// Every element of an array.
    Each,
    /// Every member of an object whose keys are names.
    Every,
}

/// What rows are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Form {
    /// Objects, whose members have names.
    #[default]
    Objects,
    /// Arrays. These are the names of their elements; where there are none, the first rows may hold them.
    Arrays(Vec<String>),
}

/// Where the rows are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// What they are.
    pub(super) form: Form,
    /// The way from a value at the top to a row.
    pub(super) path: Vec<Step>,
    /// Whether there are several values at the top, as in JSON Lines.
    pub(super) many: bool,
    /// The column that the keys of [`Step::Every`] become.
    pub(super) key: &'static str,
}

impl Layout {
    /// The way to the rows in words; empty when they are all there is.
    pub(super) fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) if place.is_empty() => place.push_str(key),
                Step::Key(key) => {
                    place.push('.');
                    place.push_str(key);
                }
                Step::Each => place.push_str("[]"),
                Step::Every => place.push_str(".*"),
            }
        }
        if place == "[]" || place == ".*" {
            place.clear();
        }
        place
    }
}

/// A value, without what it says unless it may be a name.
enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Text(String),
    Leaf,
}

/// The longest text that may be a name, in bytes.
const NAME: usize = 80;

/// Tokens looked at, and values kept of one array or object.
const TOKENS: usize = 200_000;
const KEPT: usize = 500;

/// How deep rows may lie.
const DEEPEST: usize = 6;

/// Finds the layout of a document. A document that is broken further on is not told here.
pub(super) fn find<R: BufRead>(mut tokens: Tokens<R>, lexicon: &Lexicon) -> Result<Layout, String> {
    let mut top = Vec::new();
    let mut left = TOKENS;
    let mut broken = None;
    loop {
        match tokens.next() {
            Ok(Token::End) => break,
            Ok(token) => match node(&mut tokens, token, &mut left) {
                Ok(node) => top.push(node),
                Err(why) if !tokens.lines => return Err(why),
                Err(why) => {
                    broken.get_or_insert(why);
                    tokens.step_over()?;
                }
            },
            Err(why) if tokens.lines => {
                broken.get_or_insert(why);
                tokens.step_over()?;
            }
            Err(why) if top.is_empty() => return Err(why),
            Err(_) => break,
        }
        if left == 0 || top.len() >= KEPT {
            break;
        }
    }
    if let Some(why) = broken.filter(|_| top.is_empty()) {
        return Err(why);
    }
    let mut search = Search {
        lexicon,
        best: None,
        bare: None,
        headings: Vec::new(),
    };
    let all: Vec<&Node> = top.iter().collect();
    let many = all.len() > 1 || tokens.lines;
    search.visit(&all, &mut Vec::new(), many);
    let found = search.best.map(|(_, layout)| layout).or(search.bare);
    Ok(Layout {
        many,
        ..found.unwrap_or_default()
    })
}

/// The value that a token opens; cut short where the looking or the document ends.
fn node<R: BufRead>(
    tokens: &mut Tokens<R>,
    token: Token,
    left: &mut usize,
) -> Result<Node, String> {
    *left = left.saturating_sub(1);
    match token {
        Token::Object => {
            let mut members = Vec::new();
            while *left > 0 {
                let member = match tokens.next() {
                    Ok(Token::EndObject) => break,
                    Ok(_) => {
                        let key = tokens.text.clone();
                        let token = tokens.member();
                        token.and_then(|token| Ok((key, node(tokens, token, left)?)))
                    }
                    Err(why) => Err(why),
                };
                match member {
                    Ok(member) => members.push(member),
                    Err(_) if tokens.is_cut() => break,
                    Err(why) => return Err(why),
                }
            }
            Ok(Node::Object(members))
        }
        Token::Array => {
            let mut elements = Vec::new();
            while *left > 0 {
                let element = match tokens.next() {
                    Ok(Token::EndArray) => break,
                    Ok(token) => node(tokens, token, left),
                    Err(why) => Err(why),
                };
                match element {
                    Ok(element) if elements.len() < KEPT => elements.push(element),
                    Ok(_) => {}
                    Err(_) if tokens.is_cut() => break,
                    Err(why) => return Err(why),
                }
            }
            Ok(Node::Array(elements))
        }
        Token::Text if tokens.text.len() <= NAME => Ok(Node::Text(tokens.text.clone())),
        _ => Ok(Node::Leaf),
    }
}

/// How much a set of objects is like the rows of a roster: follower counts, known fields, rows.
type Likeness = (bool, usize, usize);

struct Search<'a> {
    lexicon: &'a Lexicon,
    best: Option<(Likeness, Layout)>,
    /// Arrays that may be rows without names, where nothing else is.
    bare: Option<Layout>,
    /// Arrays of names, which may be those of rows that are arrays.
    headings: Vec<Vec<String>>,
}

impl Search<'_> {
    /// Looks at values that lie at one place, and at what lies in them. `repeated` tells whether there can be many.
    fn visit(&mut self, nodes: &[&Node], path: &mut Vec<Step>, repeated: bool) {
        if path.len() > DEEPEST || nodes.is_empty() {
            return;
        }
        self.weigh_arrays(nodes, path);
        let elements: Vec<&Node> = nodes
            .iter()
            .flat_map(|node| parts_of(node))
            .take(KEPT)
            .collect();
        if !elements.is_empty() {
            self.step(Step::Each, &elements, path, true);
        }
        let objects: Vec<&[(String, Node)]> =
            nodes.iter().filter_map(|node| members(node)).collect();
        if objects.is_empty() {
            return;
        }
        if is_keyed(&objects) {
            let values = objects
                .iter()
                .flat_map(|object| object.iter().map(|(_, value)| value));
            let values: Vec<&Node> = values.take(KEPT).collect();
            self.step(Step::Every, &values, path, true);
            return;
        }
        self.weigh(&objects, path);
        if !repeated {
            let values = objects.iter().flat_map(|of| of.iter());
            self.headings
                .extend(values.filter_map(|(_, value)| texts(parts_of(value))));
        }
        let keys: BTreeSet<&str> = objects
            .iter()
            .flat_map(|of| of.iter())
            .map(|(key, _)| key.as_str())
            .collect();
        for key in keys.into_iter().take(KEPT) {
            let named = objects
                .iter()
                .flat_map(|of| of.iter())
                .filter(|(of, _)| of == key);
            let values: Vec<&Node> = named.map(|(_, value)| value).take(KEPT).collect();
            let holds_rows = |node: &&Node| match node {
                Node::Array(_) => true,
                Node::Object(_) => !repeated,
                Node::Text(_) | Node::Leaf => false,
            };
            if values.iter().any(holds_rows) {
                self.step(Step::Key(key.to_owned()), &values, path, repeated);
            }
        }
    }

    fn step(&mut self, step: Step, nodes: &[&Node], path: &mut Vec<Step>, repeated: bool) {
        path.push(step);
        self.visit(nodes, path, repeated);
        path.pop();
    }

    fn weigh(&mut self, objects: &[&[(String, Node)]], path: &[Step]) {
        let mut names = BTreeSet::new();
        for object in objects.iter().take(KEPT) {
            flatten(object, "", &mut names, 0);
        }
        let fields = self.fields(names.iter());
        let likeness = (
            fields.contains(&Field::Followers),
            fields.len(),
            objects.len(),
        );
        if self.best.as_ref().is_none_or(|(best, _)| likeness > *best) {
            let key = if !fields.contains(&Field::Name) {
                "name"
            } else if !fields.contains(&Field::Handle) {
                "handle"
            } else {
                "key"
            };
            let last = path.iter().rposition(|step| *step == Step::Every);
            let grouped = last.is_some_and(|at| at + 1 < path.len());
            let layout = Layout {
                path: path.to_vec(),
                key: if grouped { "group" } else { key },
                ..Layout::default()
            };
            self.best = Some((likeness, layout));
        }
    }

    /// Looks at arrays as rows: of values for the most part, and nearly all as long.
    fn weigh_arrays(&mut self, nodes: &[&Node], path: &[Step]) {
        let rows: Vec<&[Node]> = nodes
            .iter()
            .map(|node| parts_of(node))
            .filter(|row| !row.is_empty())
            .collect();
        let widths: Vec<usize> = rows.iter().map(|row| row.len()).collect();
        let width = usual_width(&widths);
        let plain = |row: &&&[Node]| {
            let leaf = |node: &Node| matches!(node, Node::Text(_) | Node::Leaf);
            row.len() == width && row.iter().filter(|node| leaf(node)).count() * 2 >= width
        };
        if rows.len() < 2 || width < 2 || rows.iter().filter(plain).count() * 4 < rows.len() * 3 {
            return;
        }
        let layout = |names: Vec<String>| Layout {
            path: path.to_vec(),
            form: Form::Arrays(names),
            ..Layout::default()
        };
        let first = rows.iter().take(HEADINGS).filter_map(|row| texts(row));
        let within = first.map(|names| (names, true));
        let beside = self.headings.iter().cloned().map(|names| (names, false));
        for (names, is_row) in within.chain(beside.collect::<Vec<_>>()) {
            let fields = self.fields(names.iter());
            let likeness = (
                fields.contains(&Field::Followers),
                fields.len(),
                rows.len() - usize::from(is_row),
            );
            let fits = names.len() == width && (likeness.0 || likeness.1 > 1);
            if fits && self.best.as_ref().is_none_or(|(best, _)| likeness > *best) {
                let names = if is_row { Vec::new() } else { names };
                self.best = Some((likeness, layout(names)));
            }
        }
        if !path.iter().any(|step| matches!(step, Step::Key(_))) || self.bare.is_none() {
            self.bare = Some(layout(Vec::new()));
        }
    }

    /// The fields that these names mean.
    fn fields<'n>(&self, names: impl Iterator<Item = &'n String>) -> BTreeSet<Field> {
        let field = |name: &String| {
            let mut meant = self.lexicon.meanings(name).into_iter();
            let known = meant.find(|meant| !self.lexicon.denies(name, meant.field));
            known.map(|meant| meant.field)
        };
        names.take(KEPT).filter_map(field).collect()
    }
}

/// How many of the first rows that are arrays may be their names.
const HEADINGS: usize = 10;

/// The texts of an array of several texts.
fn texts(elements: &[Node]) -> Option<Vec<String>> {
    let text = |node: &Node| match node {
        Node::Text(text) => Some(text.clone()),
        _ => None,
    };
    let texts: Option<Vec<String>> = elements.iter().map(text).collect();
    texts.filter(|texts| texts.len() > 1)
}

fn parts_of(node: &Node) -> &[Node] {
    match node {
        Node::Array(elements) => elements,
        _ => &[],
    }
}

fn members(node: &Node) -> Option<&[(String, Node)]> {
    match node {
        Node::Object(members) => Some(members),
        _ => None,
    }
}

/// Whether the keys of these objects are names and not fields: their values are objects or arrays that are alike, and
/// hardly a key comes back.
fn is_keyed(objects: &[&[(String, Node)]]) -> bool {
    let all = || objects.iter().flat_map(|object| object.iter());
    let entries = all().count();
    let distinct: BTreeSet<&str> = all().map(|(key, _)| key.as_str()).collect();
    let holding: Vec<&Node> = all()
        .map(|(_, value)| value)
        .filter(|value| matches!(value, Node::Object(_) | Node::Array(_)))
        .collect();
    if entries < 2
        || holding.len() * 5 < entries * 3
        || objects.len() > 1 && distinct.len() * 2 <= entries
    {
        return false;
    }
    let shape = |node: &Node| -> BTreeSet<String> {
        let first = match node {
            Node::Array(elements) => elements.iter().find_map(members),
            other => members(other),
        };
        first
            .unwrap_or_default()
            .iter()
            .map(|(key, _)| key.clone())
            .collect()
    };
    let Some(first) = holding
        .iter()
        .map(|node| shape(node))
        .find(|shape| !shape.is_empty())
    else {
        return false;
    };
    let alike = holding.iter().take(KEPT).filter(|node| {
        let common = shape(node).intersection(&first).count();
        common * 2 >= first.len()
    });
    alike.count() * 5 >= holding.len().min(KEPT) * 3
}

/// The names of the members of an object, those of objects in it with a dot.
fn flatten(object: &[(String, Node)], prefix: &str, names: &mut BTreeSet<String>, depth: usize) {
    for (key, value) in object {
        let name = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            Node::Object(inner) if depth < 3 => flatten(inner, &name, names, depth + 1),
            _ => drop(names.insert(name)),
        }
    }
}
