//! The grammar of the report: nom combinators over `&str` that allocate nothing.
//!
//! | module | reads | example |
//! | --- | --- | --- |
//! | [`heading`] | section headings and their numbers | `（一）主动公开情况` |
//! | [`cell`] | the cells and pads of a table line | `规章 \| 0 \| 0 \| \|\|` |
//! | [`figure`] | the figure of a cell, its unit and remark | `22(其中修订16件)` |
//! | [`numeral`] | quantities of prose, Arabic and Chinese | `一百零五`, `1.2万余` |
//! | [`date`] | days, spelled with digits or Chinese numerals | `2018年3月1日` |
//! | [`taxonomy`] | labels of the form, to their typed rows, columns and heads | `(一)予以公开` |
//!
//! Leaves are nom parsers; what repeats over lines is a plain loop elsewhere. nom itself shows in no public signature.
//!
//! ```
//! use gongkai::form::{DisclosureRow, Figure, Row};
//! use gongkai::grammar::{cell, figure, taxonomy};
//!
//! let pieces = cell::read_line("规章 | 1,204 |").unwrap();
//! let [cell::Piece::Text(label), cell::Piece::Text(value)] = pieces[..] else { panic!() };
//! let found = taxonomy::parse_label(label).unwrap();
//! assert_eq!(found.labels, [taxonomy::Label::Row(Row::Disclosure(DisclosureRow::Rules))]);
//! assert_eq!(figure::read_figure(value).figure, Figure::Number(1204.into()));
//! ```

pub mod cell;
pub mod date;
pub mod figure;
pub mod heading;
pub(crate) mod note;
pub mod numeral;
pub mod taxonomy;

/// What every parser of the grammar returns: the rest and the value; a parser that declines says nothing.
pub(crate) type PResult<'a, T> = nom::IResult<&'a str, T, ()>;

/// White space as these pages print it: ASCII, no-break and ideographic spaces, zero-width characters.
pub(crate) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{2000}'
            ..='\u{200f}' | '\u{202f}' | '\u{2060}'
    )
}

/// `text` without white space at either end.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    // Ideographs, their punctuation and visible ASCII at both ends are by far the most, and need no look at their
    // neighbours; what mostly stands behind them is the one space before a bar.
    let begins = matches!(bytes, [b'!'..=b'~' | 0xE4..=0xE9, ..]);
    let ends = |bytes: &[u8]| {
        matches!(
            bytes,
            [.., b'!'..=b'~'] | [.., 0xE4..=0xE9, _, _] | [.., 0xE3, 0x80, 0x81..=0xBF] | [.., 0xEF, 0xBC, _]
        )
    };
    match bytes {
        [] => text,
        [before @ .., b' '] if begins && ends(before) => text.get(..before.len()).unwrap_or_default(),
        _ if begins && ends(bytes) => text,
        _ => trim_any(text),
    }
}

/// The same, character by character.
#[inline(never)]
fn trim_any(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `text` without white space before it.
#[inline]
pub(crate) fn trim_start(text: &str) -> &str {
    match text.as_bytes().first() {
        None | Some(b'!'..=b'~' | 0xE4..=0xE9) => text,
        Some(_) => text.trim_start_matches(is_space),
    }
}

/// The value of a digit, ASCII or full-width.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => (c as u32).checked_sub('０' as u32),
        _ => None,
    }
}

/// The value of a Chinese numeral of one character, 〇 to 十.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' | 'Ｏ' | 'O' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}
