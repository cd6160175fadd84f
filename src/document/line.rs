//! Lines and bars: where they end, and how many there are.

use memchr::{memchr, memchr2, memchr2_iter};

use crate::grammar::{is_space, trim};

/// No line of a broken label is longer than this, in bytes.
pub(super) const MAX_BROKEN_BYTES: usize = 180;

/// How many lines of `text` have no bar.
pub(super) fn lines_without_bar(text: &[u8]) -> usize {
    let (mut lines, mut begins) = (0_usize, true);
    let mut at = 0;
    for end in memchr2_iter(b'\n', b'|', text) {
        let is_line = text.get(end) == Some(&b'\n');
        // Empty lines are no blocks.
        lines = lines.saturating_add(usize::from(begins && is_line && end > at));
        if is_line {
            at = end.saturating_add(1);
        }
        begins = is_line;
    }
    lines.saturating_add(1)
}

/// How many tokens `text` has in lines with bars: cells, and runs of bars behind none.
pub(super) fn cells_within(text: &[u8]) -> usize {
    /// What stands before a byte on its line.
    enum Before {
        /// Nothing, or the bar that ends a cell: another one begins a run.
        Cell,
        Bars,
        Text,
    }
    let (mut cells, mut before, mut barred) = (0_usize, Before::Cell, false);
    for byte in text {
        let (cell, now) = match (byte, &before) {
            (b'|', Before::Text) => (true, Before::Cell),
            (b'|', Before::Cell) => (true, Before::Bars),
            (b'|', Before::Bars) => continue,
            // A cell that no bar ends, in a line with bars.
            (b'\n', Before::Text) => (barred, Before::Cell),
            (b'\n' | b' ' | b'\t' | b'\r', Before::Cell | Before::Bars) => (false, Before::Cell),
            (b' ' | b'\t' | b'\r', Before::Text) => continue,
            _ => (false, Before::Text),
        };
        cells = cells.saturating_add(usize::from(cell));
        (before, barred) = (now, *byte != b'\n' && (barred || *byte == b'|'));
    }
    cells.saturating_add(1)
}

/// Whether nothing but rules, bars and white space follow on the line.
pub(super) fn is_rule_to_end(behind: &str) -> bool {
    let line = split_line(behind).map_or(behind, |(line, _)| line);
    line.chars().all(|c| matches!(c, '-' | ':' | '|') || is_space(c))
}

/// Whether a line that begins so may be a bar, or white space and a bar.
pub(super) fn may_be_bar(line: &[u8]) -> bool {
    matches!(line, [b'|' | b' ' | b'\t' | 0xC2..=0xE3 | 0xEF, ..])
}

/// `text` from its first line on that is not empty.
pub(super) fn skip_empty(text: &str) -> &str {
    text.trim_start_matches(['\n', '\r'])
}

/// The lines below the one that `behind` is the rest of; nothing where it goes on.
pub(super) fn below(behind: &str) -> &str {
    behind.strip_prefix('\r').unwrap_or(behind).strip_prefix('\n').unwrap_or_default()
}

/// Bytes of a line of one digit and its bar, `0 |`, and its end.
pub(super) const DIGIT_LINE: usize = 4;

/// With how many such lines `rest` begins.
#[inline(always)]
pub(super) fn digit_lines(rest: &[u8]) -> usize {
    /// The least of them as a number; the others follow it.
    const LEAST: u32 = u32::from_le_bytes(*b"0 |\n");
    let (lines, _) = rest.as_chunks::<DIGIT_LINE>();
    let is_other = |line: &[u8; DIGIT_LINE]| u32::from_le_bytes(*line).wrapping_sub(LEAST) >= 10;
    lines.iter().position(is_other).unwrap_or(lines.len())
}

/// How many digits `rest` begins with, and where the bar right behind them ends.
#[inline(always)]
pub(super) fn digits(rest: &[u8]) -> Option<(usize, usize)> {
    let len = rest.iter().position(|byte| !byte.is_ascii_digit()).filter(|len| *len > 0)?;
    match rest.get(len..) {
        Some([b' ', b'|', ..]) => Some((len, len.wrapping_add(2))),
        Some([b'|', ..]) => Some((len, len.wrapping_add(1))),
        _ => None,
    }
}

/// Where the first bar or line end of `text` stands. Cells are short: most need no search that has to be set up.
#[inline(always)]
pub(super) fn bar_or_end(text: &[u8]) -> Option<usize> {
    const WORD: usize = 8;
    const NEAR_WORDS: usize = 8;
    const ONES: u64 = u64::from_le_bytes([1; WORD]);
    const HIGH: u64 = u64::from_le_bytes([0x80; WORD]);
    const BARS: u64 = u64::from_le_bytes([b'|'; WORD]);
    const ENDS: u64 = u64::from_le_bytes([b'\n'; WORD]);
    // The first byte that is zero has its high bit set, and none before it.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut at = 0_usize;
    // Words of a known number need no look for the end of the text.
    if let Some(near) = text.first_chunk::<{ WORD * NEAR_WORDS }>() {
        for word in near.as_chunks::<WORD>().0 {
            let word = u64::from_le_bytes(*word);
            // Nothing but ideographs, as most.
            if word & HIGH != HIGH {
                let hits = zeros(word ^ BARS) | zeros(word ^ ENDS);
                if hits != 0 {
                    return Some(at.wrapping_add((hits.trailing_zeros() >> 3) as usize));
                }
            }
            at = at.wrapping_add(WORD);
        }
    }
    Some(memchr2(b'\n', b'|', text.get(at..)?)?.wrapping_add(at))
}

/// The line that `text` begins with and what is below it; `None` where no line end follows.
#[inline]
pub(super) fn split_line(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    // Cells are short.
    let near = bytes.iter().take(SHORT_LINE).position(|byte| *byte == b'\n');
    let end = near.or_else(|| memchr(b'\n', bytes.get(SHORT_LINE..)?)?.checked_add(SHORT_LINE))?;
    Some((text.get(..end)?, text.get(end.saturating_add(1)..)?))
}

/// A search is set up for lines longer than so many bytes.
const SHORT_LINE: usize = 12;

/// What is left of the line, trimmed.
pub(super) fn trim_line(rest: &str) -> &str {
    trim(split_line(rest).map_or(rest, |(line, _)| line))
}

/// What follows the line end that `rest` begins with, but for white space.
pub(super) fn next_line(rest: &str) -> &str {
    match rest.as_bytes().first() {
        Some(b'\n') => rest.get(1..).unwrap_or_default(),
        _ => memchr(b'\n', rest.as_bytes())
            .and_then(|end| rest.get(end.saturating_add(1)..))
            .unwrap_or_default(),
    }
}

/// Whether a gap of two spaces stands in the line.
pub(super) fn has_gap(line: &str) -> bool {
    line.as_bytes().windows(2).any(|pair| pair == b"  ")
}

/// The cells of a line: between tabs, where it has any, else between gaps of two spaces and more.
pub(super) fn cells(line: &str) -> impl Iterator<Item = &str> {
    let tabs = memchr(b'\t', line.as_bytes()).is_some();
    let mut rest = Some(line);
    let parts = core::iter::from_fn(move || {
        let line = rest?;
        let (gap, len) = if tabs {
            (memchr(b'\t', line.as_bytes()), 1)
        } else {
            (line.as_bytes().windows(2).position(|pair| pair == b"  "), 2)
        };
        rest = gap.and_then(|at| line.get(at.saturating_add(len)..));
        gap.map_or(Some(line), |at| line.get(..at))
    });
    parts.map(trim).filter(move |cell| tabs || !cell.is_empty())
}
