//! The cells and pads of a table line.
//!
//! ```text
//! line  = ( space* piece )* space* newline?
//! piece = bars | text
//! text  = not-bar+ ( "|" | &newline )    trimmed; the bar ends the cell
//! bars  = "|"+                           one: an empty cell or a pad of one; more: a pad
//! ```
//!
//! Which of the two a lone bar is, the line does not tell; the rows of the table do.

use memchr::memchr2;

use super::{PResult, is_space, trim};

/// A piece of a table line.
///
/// ```
/// use gongkai::grammar::cell::{Piece, read_line};
///
/// let pieces = read_line("规章 | 约3件 | | 12").unwrap();
/// assert_eq!(pieces, [Piece::Text("规章"), Piece::Text("约3件"), Piece::Bars("|"), Piece::Open("12")]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// A cell with text, trimmed.
    Text(&'a str),
    /// A cell of ASCII digits alone.
    Digits(&'a str),
    /// Text that no bar ends: the last cell of its line, or a line of prose.
    Open(&'a str),
    /// A run of bars behind no text; the slice of the line that they are.
    Bars(&'a str),
}

/// Cuts a table line into its pieces; `None` where the line has no bar, or a piece is left over.
///
/// ```
/// use gongkai::grammar::cell::{Piece, read_line};
///
/// let pieces = read_line("行政许可 | 0 | ||").unwrap();
/// assert_eq!(pieces, [Piece::Text("行政许可"), Piece::Digits("0"), Piece::Bars("||")]);
/// ```
#[must_use]
pub fn read_line(line: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Ok((behind, piece)) = piece(rest) {
        pieces.push(piece);
        rest = behind;
    }
    let barred = !matches!(pieces.as_slice(), [] | [Piece::Open(_)]);
    (barred && trim(rest).is_empty()).then_some(pieces)
}

/// `space* piece`; declines at the end of the line.
#[inline]
pub(crate) fn piece(i: &str) -> PResult<'_, Piece<'_>> {
    match i.as_bytes().first() {
        None | Some(b'\n') => Err(nom::Err::Error(())),
        Some(b'|') => bars(i),
        Some(b'0'..=b'9') => digits(i).map_or_else(|| text(i), Ok),
        // Visible ASCII and ideographs; anything else may be white space.
        Some(b'!'..=b'~' | 0xE4..=0xE9) => text(i),
        Some(_) => match i.trim_start_matches(|c| c != '\n' && is_space(c)) {
            rest if rest.starts_with('|') => bars(rest),
            rest => digits(rest).map_or_else(|| text(rest), Ok),
        },
    }
}

/// The commonest cell by far, digits and a bar, without a detour through the others.
fn digits(i: &str) -> Option<(&str, Piece<'_>)> {
    let bytes = i.as_bytes();
    let mut len = 0_usize;
    while let Some(b'0'..=b'9') = bytes.get(len) {
        len = len.wrapping_add(1);
    }
    if len == 0 {
        return None;
    }
    let bar = match (bytes.get(len), bytes.get(len.wrapping_add(1))) {
        (Some(b'|'), _) => len,
        (Some(b' '), Some(b'|')) => len.wrapping_add(1),
        _ => return None,
    };
    Some((i.get(bar.wrapping_add(1)..)?, Piece::Digits(i.get(..len)?)))
}

/// `bars = "|"+`
fn bars(i: &str) -> PResult<'_, Piece<'_>> {
    let len = i.bytes().take_while(|&b| b == b'|').count();
    match (len, i.get(..len), i.get(len..)) {
        (1.., Some(bars), Some(rest)) => Ok((rest, Piece::Bars(bars))),
        _ => Err(nom::Err::Error(())),
    }
}

/// `text = not-bar+ ( "|" | &newline )`
#[inline]
fn text(i: &str) -> PResult<'_, Piece<'_>> {
    let bytes = i.as_bytes();
    let end = memchr2(b'\n', b'|', bytes).unwrap_or(bytes.len());
    let closed = bytes.get(end) == Some(&b'|');
    let rest = if closed { end.saturating_add(1) } else { end };
    match (i.get(..end).map(trim), i.get(rest..)) {
        (Some(cell), Some(rest)) if !cell.is_empty() => {
            Ok((rest, if closed { Piece::Text(cell) } else { Piece::Open(cell) }))
        }
        _ => Err(nom::Err::Error(())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_a_row() {
        use Piece::{Bars, Digits, Open, Text};
        let cases: &[(&str, &[Piece<'_>])] = &[
            ("0 |", &[Digits("0")]),
            ("|||", &[Bars("|||")]),
            ("总计 | |||||", &[Text("总计"), Bars("|||||")]),
            ("a | | c |", &[Text("a"), Bars("|"), Text("c")]),
            ("a| b| c", &[Text("a"), Text("b"), Open("c")]),
            ("a|\u{a0}|12|  ", &[Text("a"), Bars("|"), Digits("12")]),
            ("　规章　|", &[Text("规章")]),
        ];
        for (line, pieces) in cases {
            assert_eq!(read_line(line).as_deref(), Some(*pieces), "{line}");
        }
        assert_eq!(read_line("没有竖线"), None);
        assert_eq!(read_line(""), None);
    }
}
