//! Cells whose bars stand on lines of their own.
//!
//! ```text
//! 规章
//! |
//! 3
//! |
//! ```
//!
//! Empty lines may stand around the cells, as the extractor prints them with formatting.

use memchr::memchr;

use super::line::{MAX_BROKEN_BYTES, below, may_be_bar, skip_empty, split_line};
use super::{Document, Token, TokenKind, ends_table, index, offset, span};
use crate::classify::{Content, classify};
use crate::form::Figure;
use crate::grammar::figure::{MAX_COUNT_DIGITS, is_digits, is_figure, is_figure_or_unit, read_figure};
use crate::grammar::trim;
use crate::span::Span;

/// A label is broken over so many lines at most.
const MAX_BROKEN_LINES: usize = 3;
/// So many figures without their bars before a label are ends of rows.
const MIN_ENDS: usize = 3;

impl Document {
    /// Reads lines of nothing but a bar, and figures whose bar stands alone on the next line, as [`line`](Self::line) reads
    /// them, without a detour through all that a line may be. Gives the place of the first other one.
    pub(super) fn own_lines(&mut self, text: &str, begin: usize, end: &mut u32) -> usize {
        let mut at = begin;
        while let Some(rest @ [lead, ..]) = text.as_bytes().get(at..) {
            let len = match lead {
                b'|' => 0,
                b'0'..=b'9' => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
                _ => break,
            };
            // The line end of the figure, its bar and the end of that.
            let bar = if len > 0 { len.saturating_add(1) } else { 0 };
            let behind = rest.get(len..).unwrap_or_default();
            let is_plain = if len > 0 { behind.starts_with(b"\n|\n") } else { behind.starts_with(b"|\n") };
            if !is_plain || len > MAX_COUNT_DIGITS as usize {
                break;
            }
            let token = if len > 0 {
                self.split = self.split.saturating_add(1);
                Token::new(TokenKind::Digits, span(at, len), false)
            } else {
                self.alone = 0;
                Token::bar(span(at, 1))
            };
            self.push_token(text, token);
            *end = index(at.saturating_add(bar).saturating_add(1));
            at = at.saturating_add(bar).saturating_add(2);
        }
        at
    }

    /// Reads a cell whose bar stands on the next line, empty ones aside, and the bar; within a table the cell may be broken over lines.
    /// `None` where there is none, or the document is not of this kind.
    pub(super) fn split_cell<'t>(
        &mut self,
        text: &str,
        rest: &'t str,
        behind: &str,
        table: &mut Option<u32>,
    ) -> Option<&'t str> {
        // One look at what begins the next line spares most prose the rest.
        if !self.is_split() && !may_be_bar(skip_empty(below(behind)).as_bytes()) {
            return None;
        }
        let most = if self.is_split() && table.is_some() { MAX_BROKEN_LINES } else { 1 };
        let mut behind = rest;
        let first = trim(split_line(rest)?.0);
        for _ in 0..most {
            let (line, next) = split_line(behind)?;
            let content = trim(line);
            let joins = !content.is_empty()
                && content.len() <= MAX_BROKEN_BYTES
                && memchr(b'|', content.as_bytes()).is_none();
            let is_title = || ends_table(content);
            // A title has a word for its section, which no figure has.
            if !joins || self.is_split() && !is_digits(content) && is_title() {
                return None;
            }
            // Nor does a label with a figure: its bar is lost.
            if self.is_split() && is_figure_or_unit(content) && offset(text, content) > offset(text, first) {
                let cell =
                    span(offset(text, first), trim(text.get(offset(text, first)..offset(text, line))?).len());
                self.push_token(text, Token { open: true, ..Token::new(TokenKind::Text, cell, false) });
                self.push_token(text, Token { open: true, ..Token::bar(Span::empty(cell.end())) });
                *table = Some(cell.end());
                return rest.get(offset(rest, line).saturating_sub(1)..);
            }
            let end = offset(text, content).saturating_add(content.len());
            behind = skip_empty(next);
            let bar = split_line(behind).map_or(behind, |(bar, _)| bar);
            if trim(bar) != "|" {
                // A figure does not go on with the next line: its bar is lost, or it ends its row.
                let is_whole = || self.tight && is_wording(content) && is_wording(trim(bar));
                if self.is_split()
                    && table.is_some()
                    && (read_figure(content).figure != Figure::Text || is_whole())
                {
                    let start = offset(text, first);
                    let cell = span(start, end.saturating_sub(start));
                    let open = !self.tight;
                    self.push_token(text, Token { open, ..Token::new(TokenKind::Text, cell, false) });
                    *table = Some(cell.end());
                    return rest.get(end.saturating_sub(offset(text, rest))..);
                }
                continue;
            }
            self.split = self.split.saturating_add(1);
            if !self.is_split() {
                return None;
            }
            let start = offset(text, first);
            let cell = span(start, end.saturating_sub(start));
            if table.is_none() {
                self.open_table(text, cell);
            }
            let digits = cell.of(text).bytes().all(|byte| byte.is_ascii_digit());
            let kind = if digits { TokenKind::Digits } else { TokenKind::Text };
            self.push_token(text, Token::new(kind, cell, false));
            *table = Some(index(offset(text, trim(bar)).saturating_add(1)));
            return behind.get(bar.len()..);
        }
        None
    }
}

/// Whether the last figure of nearly every row has no bar, where bars stand on lines of their own: `3`, `行政许可`, `|`.
pub(super) fn ends_rows_without_bar(text: &str) -> bool {
    let lines = text.lines().map(trim).filter(|line| !line.is_empty());
    let (mut ends, mut closed) = (0_usize, 0_usize);
    let [mut third, mut second, mut first] = ["", "", ""];
    for line in lines {
        // A figure above the next label or its serial number, and with its bar between them.
        ends = ends.saturating_add(usize::from(line != "|" && is_figure(first)));
        let barred =
            line != "|" && first == "|" && is_figure(second) && !is_figure(third) && !is_figure_or_unit(line);
        closed = closed.saturating_add(usize::from(barred));
        [third, second, first] = [second, first, line];
    }
    ends >= MIN_ENDS && ends > closed.saturating_mul(2)
}

/// Whether the line is a whole label or banner of the form.
fn is_wording(line: &str) -> bool {
    matches!(classify(line), Content::Labels { fragment: false, approximate: false, .. } | Content::Banner(_))
}
