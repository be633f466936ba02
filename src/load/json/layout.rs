//! Layouts: which objects of a document are its rows, decided on its first part.
//!
//! Of all sets of objects that lie at the same place (the elements of an array, the members of an object keyed by a
//! name) the one is taken whose members are most like the fields of a roster, follower counts before all.

use super::tokens::{Token, Tokens};
use crate::domain::field::Field;
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

/// Where the rows are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
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

/// A value without what it says.
enum Node {
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    Leaf,
}

/// Tokens looked at, and values kept of one array or object.
const TOKENS: usize = 200_000;
const KEPT: usize = 500;

/// How deep rows may lie.
const DEEPEST: usize = 6;

/// Finds the layout of a document. A document that is broken further on is not told here.
pub(super) fn find<R: BufRead>(mut tokens: Tokens<R>, lexicon: &Lexicon) -> Result<Layout, String> {
    let mut top = Vec::new();
    let mut left = TOKENS;
    loop {
        match tokens.next() {
            Ok(Token::End) => break,
            Ok(token) => top.push(node(&mut tokens, token, &mut left)?),
            Err(why) if top.is_empty() => return Err(why),
            Err(_) => break,
        }
        if left == 0 || top.len() >= KEPT {
            break;
        }
    }
    let mut search = Search {
        lexicon,
        best: None,
    };
    let all: Vec<&Node> = top.iter().collect();
    search.visit(&all, &mut Vec::new(), all.len() > 1);
    let found = search.best.map(|(_, layout)| layout);
    Ok(Layout {
        many: all.len() > 1,
        ..found.unwrap_or_default()
    })
}

/// The value that a token opens; cut short where the looking ends.
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
                if tokens.next()? == Token::EndObject {
                    break;
                }
                let key = tokens.text.clone();
                let token = tokens.member()?;
                members.push((key, node(tokens, token, left)?));
            }
            Ok(Node::Object(members))
        }
        Token::Array => {
            let mut elements = Vec::new();
            while *left > 0 {
                let token = tokens.next()?;
                if token == Token::EndArray {
                    break;
                }
                let element = node(tokens, token, left)?;
                if elements.len() < KEPT {
                    elements.push(element);
                }
            }
            Ok(Node::Array(elements))
        }
        _ => Ok(Node::Leaf),
    }
}

/// How much a set of objects is like the rows of a roster: follower counts, known fields, rows.
type Likeness = (bool, usize, usize);

struct Search<'a> {
    lexicon: &'a Lexicon,
    best: Option<(Likeness, Layout)>,
}

impl Search<'_> {
    /// Looks at values that lie at one place, and at what lies in them. `repeated` tells whether there can be many.
    fn visit(&mut self, nodes: &[&Node], path: &mut Vec<Step>, repeated: bool) {
        if path.len() > DEEPEST || nodes.is_empty() {
            return;
        }
        let elements: Vec<&Node> = nodes
            .iter()
            .flat_map(|node| elements(node))
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
                Node::Leaf => false,
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
        let mut fields = BTreeSet::new();
        for name in names.iter().take(KEPT) {
            let meant = self.lexicon.meanings(name).into_iter();
            fields.extend(
                meant
                    .map(|meant| meant.field)
                    .find(|field| !self.lexicon.denies(name, *field)),
            );
        }
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
                many: false,
                key: if grouped { "group" } else { key },
            };
            self.best = Some((likeness, layout));
        }
    }
}

fn elements(node: &Node) -> &[Node] {
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
        .filter(|value| !matches!(value, Node::Leaf))
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
