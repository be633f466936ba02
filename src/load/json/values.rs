//! Values: what a value says as the text of one cell.

use super::tokens::{Token, Tokens};
use crate::load::numeral;
use std::fmt::Write;
use std::io::BufRead;

/// The longest text that stands for an array of objects.
const LONGEST: usize = 64 << 10;

/// An array as text: its texts and numbers one after the other, or the notation as it stands.
pub(super) fn list<R: BufRead>(tokens: &mut Tokens<R>, opening: Token) -> Result<String, String> {
    let mut notation = String::new();
    let mut parts: Vec<String> = Vec::new();
    let mut plain = opening == Token::Array;
    let outer = tokens.depth();
    let mut token = opening;
    loop {
        plain &= token == opening
            || tokens.depth() <= outer && !matches!(token, Token::Object | Token::Array);
        if plain && matches!(token, Token::Text | Token::Word) && tokens.text != "null" {
            parts.push(tokens.text.clone());
        }
        if notation.len() < LONGEST {
            note(token, &tokens.text, &mut notation);
        }
        if tokens.depth() < outer {
            break;
        }
        token = match token {
            Token::Key => tokens.member()?,
            _ => tokens.next()?,
        };
    }
    if plain {
        Ok(parts.join(" | "))
    } else {
        Ok(notation)
    }
}

/// Steps over a value.
pub(super) fn skip<R: BufRead>(tokens: &mut Tokens<R>, token: Token) -> Result<(), String> {
    let outer = tokens.depth();
    let mut token = token;
    if !matches!(token, Token::Object | Token::Array) {
        return Ok(());
    }
    while tokens.depth() >= outer {
        token = match token {
            Token::Key => tokens.member()?,
            _ => tokens.next()?,
        };
    }
    Ok(())
}

/// A number in the way of the columns; `null` is nothing.
pub(super) fn word(text: &str) -> String {
    match text.parse::<f64>() {
        _ if text == "null" => String::new(),
        Ok(number) if number.is_finite() && text.contains(['.', 'e', 'E']) => numeral::text(number),
        _ => text.to_owned(),
    }
}

/// Appends a token to notation.
fn note(token: Token, text: &str, notation: &mut String) {
    let opens = notation.is_empty() || notation.ends_with(['[', '{', ':']);
    if !opens && !matches!(token, Token::EndObject | Token::EndArray) {
        notation.push(',');
    }
    match token {
        Token::Object => notation.push('{'),
        Token::EndObject => notation.push('}'),
        Token::Array => notation.push('['),
        Token::EndArray => notation.push(']'),
        Token::Key => drop(write!(notation, "{text:?}:")),
        Token::Text => drop(write!(notation, "{text:?}")),
        Token::Word => notation.push_str(text),
        Token::End => {}
    }
}
