//! The cells and pads of a table line.
//!
//! ```text
//! line  = piece* space*
//! piece = space* ( bars | text )
//! text  = not-bar+ "|"?        trimmed; the bar ends the cell
//! bars  = "|"+                 one: an empty cell or a pad of one; more: a pad
//! ```
//!
//! Which of the two a lone bar is, the line does not tell; the rows of the table do.

use memchr::memchr;
use nom::Parser;
use nom::branch::alt;
use nom::multi::fold_many0;

use super::{PResult, is_space, trim};

/// A piece of a table line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// A cell with text, trimmed.
    Text(&'a str),
    /// A run of bars behind no text; the slice of the line that they are.
    Bars(&'a str),
}

/// Cuts a table line into its pieces; `None` where the line has no bar, or a piece is left over.
///
/// ```
/// use gongkai::grammar::cell::{Piece, read_line};
///
/// let pieces = read_line("行政许可 | 0 | ||").unwrap();
/// assert_eq!(pieces, [Piece::Text("行政许可"), Piece::Text("0"), Piece::Bars("||")]);
/// ```
#[must_use]
pub fn read_line(line: &str) -> Option<Vec<Piece<'_>>> {
    memchr(b'|', line.as_bytes())?;
    let (rest, pieces) = fold_many0(piece, Vec::new, |mut pieces, piece| {
        pieces.push(piece);
        pieces
    })
    .parse_complete(line)
    .ok()?;
    rest.chars().all(is_space).then_some(pieces)
}

/// `piece`
#[inline]
pub(crate) fn piece(i: &str) -> PResult<'_, Piece<'_>> {
    let start = match i.as_bytes().first() {
        Some(b'!'..=b'~') => i,
        _ => i.trim_start_matches(is_space),
    };
    alt((bars, text)).parse_complete(start)
}

/// `bars = "|"+`
fn bars(i: &str) -> PResult<'_, Piece<'_>> {
    let len = i.bytes().take_while(|&b| b == b'|').count();
    match (len, i.get(..len), i.get(len..)) {
        (1.., Some(bars), Some(rest)) => Ok((rest, Piece::Bars(bars))),
        _ => Err(nom::Err::Error(())),
    }
}

/// `text = not-bar+ "|"?`
fn text(i: &str) -> PResult<'_, Piece<'_>> {
    let (cell, rest) = match memchr(b'|', i.as_bytes()) {
        Some(bar) => (i.get(..bar), i.get(bar.saturating_add(1)..)),
        None => (Some(i), Some("")),
    };
    match (cell.map(trim), rest) {
        (Some(cell), Some(rest)) if !cell.is_empty() => Ok((rest, Piece::Text(cell))),
        _ => Err(nom::Err::Error(())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_a_row() {
        use Piece::{Bars, Text};
        let cases: &[(&str, &[Piece<'_>])] = &[
            ("0 |", &[Text("0")]),
            ("|||", &[Bars("|||")]),
            ("总计 | |||||", &[Text("总计"), Bars("|||||")]),
            ("a | | c |", &[Text("a"), Bars("|"), Text("c")]),
            ("a| b| c", &[Text("a"), Text("b"), Text("c")]),
            ("a|\u{a0}|b|  ", &[Text("a"), Bars("|"), Text("b")]),
        ];
        for (line, pieces) in cases {
            assert_eq!(read_line(line).as_deref(), Some(*pieces), "{line}");
        }
        assert_eq!(read_line("没有竖线"), None);
    }
}
