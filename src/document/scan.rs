//! Lines to blocks and tokens: what each line of the text is, and the pieces of those that are a table.

use memchr::memchr2;

use super::line::{
    DIGIT_LINE, MAX_BROKEN_BYTES, bar_or_end, below, cells_within, digit_lines, digits, is_rule_to_end,
    lines_without_bar, may_be_bar, next_line, trim_line,
};
use super::split::ends_rows_without_bar;
use super::{
    Block, BlockKind, Document, Layout, Shape, Token, TokenKind, bare, ends_table, frame, index, offset, span,
};
use crate::classify::{Content, classify, is_page_number};
use crate::form::{Figure, Unit};
use crate::grammar::cell::{Piece, piece};
use crate::grammar::figure::{MAX_VALUE_BYTES, is_digits, is_figure_or_unit, read_figure, whole_unit};
use crate::grammar::heading::parse_heading;
use crate::grammar::trim;
use crate::span::Span;

/// More blocks and tokens than a report has.
const MANY_BLOCKS: usize = 1 << 10;
const MANY_TOKENS: usize = 1 << 11;
/// Room for so many blocks or tokens is made at least.
const MIN_ROOM: usize = 8;
/// Bytes of an ideograph.
const LETTER: usize = 3;
/// So many figures alone on their lines may stand within a table with bars; a run of more is none of its.
const MAX_ALONE: u32 = 64;

impl Document {
    /// The lines of `text` as blocks, with tokens as the bars stand.
    pub(super) fn lines_of(text: &str, shape: Shape) -> Self {
        let mut document = Self {
            shape,
            split: 0,
            bare: 0,
            open: 0,
            alone: 0,
            framed: false,
            spaced: false,
            tight: shape == Shape::OwnLine && ends_rows_without_bar(text),
            blocks: Vec::with_capacity((text.len() / 192).clamp(8, 4096)),
            tokens: Vec::with_capacity((text.len() / 20).clamp(8, 1 << 16)),
        };
        let mut at = 0;
        let mut table = None;
        while at < text.len() {
            let mut first = true;
            match &mut table {
                Some(_) if shape != Shape::OwnLine => (at, first) = document.cells(text, at, &mut table),
                Some(end) => at = document.own_lines(text, at, end),
                None if shape == Shape::SameLine => {
                    at = document.prose(text, at, &mut table);
                    if table.is_some() {
                        continue;
                    }
                }
                None => {}
            }
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
            let behind = document.line(text, rest, first, &mut table);
            at = text.len().saturating_sub(next_line(behind).len());
        }
        document.close_table(&mut table);
        document
    }

    /// Reads the pieces of a table from `at` on, as far as they are plain: digits, bars, text that begins with a visible
    /// character. They are what [`piece`] would read, without a detour through it. Gives the place of the first other
    /// one, and whether it begins its line.
    #[inline(never)]
    fn cells(&mut self, text: &str, begin: usize, table: &mut Option<u32>) -> (usize, bool) {
        let bytes = text.as_bytes();
        // Spans have 32 bits: places within so many bytes need no second look.
        let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
        let (mut at, mut first) = (begin, true);
        while let Some(rest @ [lead, ..]) = bytes.get(at..) {
            // Lines of one digit and its bar: by far the commonest.
            let lines = if lead.is_ascii_digit() { digit_lines(rest) } else { 0 };
            if lines > 0 {
                let from = self.tokens.len();
                let end = at.wrapping_add(lines.wrapping_mul(DIGIT_LINE));
                self.tokens.extend((index(at)..index(end)).step_by(DIGIT_LINE).map(|start| {
                    Token::new(TokenKind::Digits, Span::new(start, start.wrapping_add(1)), true)
                }));
                if let Some(token) = self.tokens.get_mut(from) {
                    token.first = first;
                }
                self.spaced = true;
                (at, first) = (end, true);
                continue;
            }
            let end = match lead {
                b'\n' => {
                    (at, first) = (at.wrapping_add(1), true);
                    continue;
                }
                b' ' if !first => {
                    at = at.wrapping_add(1);
                    continue;
                }
                b'|' => {
                    let len = rest.iter().take_while(|byte| **byte == b'|').count();
                    let goes_on = || !matches!(rest.get(1..), Some([b'\n' | b'\r', ..] | []));
                    self.framed |= first && len == 1 && goes_on();
                    self.push_token(text, Token::new(TokenKind::Bars, span(at, len), first));
                    at.wrapping_add(len)
                }
                b'!'..=b'~' | 0xE4..=0xE9 => {
                    let digits = if lead.is_ascii_digit() { digits(rest) } else { None };
                    let (kind, unit, len, behind) = match digits {
                        Some((len, behind)) => (TokenKind::Digits, None, len, behind),
                        None => {
                            let Some((unit, len, behind)) = self.plain_cell(text, at, rest) else { break };
                            (TokenKind::Text, unit, len, behind)
                        }
                    };
                    self.push_token(text, Token { unit, ..Token::new(kind, span(at, len), first) });
                    self.spaced |= behind > len.wrapping_add(1);
                    at.wrapping_add(behind)
                }
                _ => break,
            };
            (at, first) = match bytes.get(end..) {
                Some([b'\n', ..]) => (end.wrapping_add(1), true),
                Some([b'\r', b'\n', ..]) => (end.wrapping_add(2), true),
                _ => (end, false),
            };
        }
        // The last piece ends with its bar, and nothing but white space stands behind it.
        let taken = bytes.get(begin..at).unwrap_or_default().trim_ascii_end();
        if !taken.is_empty() {
            *table = Some(index(begin.wrapping_add(taken.len())));
        }
        (at, first)
    }

    /// How many bytes the text has that `rest` begins with, and where the bar behind it ends; the unit that it is, if it is one
    /// character.
    #[inline(always)]
    fn plain_cell(&mut self, text: &str, at: usize, rest: &[u8]) -> Option<(Option<Unit>, usize, usize)> {
        // Its end before its letter: most cells are longer.
        if let [lead, _, _, b' ', b'|', ..] = rest
            && matches!(lead, 0xE4..=0xE9)
        {
            let unit = text.get(at..at.wrapping_add(LETTER)).and_then(whole_unit);
            return Some((unit, LETTER, LETTER.wrapping_add(2)));
        }
        let bar = bar_or_end(rest).filter(|bar| rest.get(*bar) == Some(&b'|'))?;
        let len = match rest.get(bar.wrapping_sub(4)..bar) {
            // A bracket or an ideograph, and a space before the bar, as most.
            Some([_, _, b')', b' '] | [0xE4..=0xE9, _, _, b' ']) => bar.wrapping_sub(1),
            _ => {
                let cell = trim(text.get(at..at.wrapping_add(bar)).unwrap_or_default());
                self.framed |= frame::is_rule_text(cell);
                cell.len()
            }
        };
        Some((None, len, bar.wrapping_add(1)))
    }

    /// Reads lines of prose outside of tables, as [`line`](Self::line) reads them, without a detour through all that a line may
    /// be. Gives the place of the first other one; if that begins with a plain cell, its table is open.
    fn prose(&mut self, text: &str, begin: usize, table: &mut Option<u32>) -> usize {
        let mut at = begin;
        while let Some(rest @ [lead, ..]) = text.as_bytes().get(at..) {
            let len = match lead {
                b'\n' => 0,
                b'!'..=b'~' | 0xE4..=0xE9 => memchr2(b'\n', b'|', rest).unwrap_or(rest.len()),
                _ => break,
            };
            let below = match rest.split_at_checked(len) {
                Some((_, [b'\n', below @ ..])) => below,
                // A cell: it opens a table, for `cells` to read.
                Some(([.., b' '], [b'|', ..])) => {
                    self.alone = 0;
                    self.open_table(text, span(at, 0));
                    *table = Some(index(at));
                    break;
                }
                _ => break,
            };
            let near = below.strip_prefix(b"\n").unwrap_or(below);
            if len > 0 && may_be_bar(near) {
                break;
            }
            let line = trim(text.get(at..at.wrapping_add(len)).unwrap_or_default());
            if !line.is_empty() {
                self.prose_line(text, line, at);
            }
            at = at.wrapping_add(len).wrapping_add(1);
        }
        at
    }

    /// Reads the line that `rest` begins with, or what is left of it: pieces of a table, or prose. Gives what is left at
    /// the line's end.
    ///
    /// `table` is where the table that is open ends so far.
    fn line<'t>(&mut self, text: &str, rest: &'t str, mut first: bool, table: &mut Option<u32>) -> &'t str {
        let mut rest = rest;
        let mut open = false;
        while let Ok((behind, piece)) = piece(rest) {
            let (kind, part) = match piece {
                Piece::Open(line) if first && self.shape == Shape::WholeRows => {
                    self.close_table(table);
                    self.prose_line(text, line, offset(text, line));
                    return behind;
                }
                Piece::Open(line) if first => {
                    if let Some(behind) = self.split_cell(text, rest, behind, table) {
                        return behind;
                    }
                    if table.is_none() {
                        self.prose_line(text, line, offset(text, line));
                        return behind;
                    }
                    if let (Some(end), Some(last)) = (table.as_mut(), self.joined(text, line, behind)) {
                        let part = span(offset(text, line), line.len());
                        match last {
                            Some(cell) => (cell.span, cell.unit) = (cell.span.to(part), None),
                            None => self.push_token(
                                text,
                                Token { open: true, ..Token::new(TokenKind::Text, part, false) },
                            ),
                        }
                        *end = index(offset(text, behind));
                        return behind;
                    }
                    // A figure alone: broken off the bar above it, or where lines end without a bar part of the cell above.
                    let bar =
                        self.tokens.last().is_some_and(|last| last.first && last.kind == TokenKind::Bars);
                    if (self.open > 0 || bar) && self.alone < MAX_ALONE && is_figure_or_unit(line) {
                        self.alone = self.alone.saturating_add(1);
                        let part = span(offset(text, line), line.len());
                        let kind = if is_digits(line) { TokenKind::Digits } else { TokenKind::Text };
                        self.push_token(text, Token { open: true, ..Token::new(kind, part, !bar) });
                        self.push_token(text, Token { open: true, ..Token::bar(Span::empty(part.end())) });
                        *table = Some(index(offset(text, behind)));
                        return behind;
                    }
                    // A page number, or what the cell above goes on with.
                    if let Some(end) = table.filter(|_| self.is_below_open(line)) {
                        self.tokens.push(Token { open: true, ..Token::bar(Span::empty(end)) });
                    }
                    // A note to the label above, broken off it.
                    if is_note(line) && below(behind).starts_with('|') {
                        return behind;
                    }
                    self.close_table(table);
                    self.prose_line(text, line, offset(text, line));
                    return behind;
                }
                Piece::Text(part)
                    if self.is_split()
                        && first
                        && table.is_some()
                        && frame::is_rule_text(part)
                        && is_rule_to_end(behind) =>
                {
                    let rest = trim_line(behind);
                    let rest =
                        if rest.is_empty() { behind } else { rest.get(rest.len()..).unwrap_or_default() };
                    *table = Some(index(offset(text, rest)));
                    return behind;
                }
                Piece::Open(part) => {
                    self.framed = true;
                    self.open = self.open.saturating_add(1);
                    open = true;
                    (TokenKind::Text, part)
                }
                Piece::Text(part) => (TokenKind::Text, part),
                Piece::Digits(part) => (TokenKind::Digits, part),
                Piece::Bars(part) => (TokenKind::Bars, part),
            };
            let span = span(offset(text, part), part.len());
            if first && table.is_none() {
                self.open_table(text, span);
            }
            self.framed |= match kind {
                TokenKind::Bars => first && part.len() == 1 && !trim_line(behind).is_empty(),
                TokenKind::Text => frame::is_rule_text(part),
                TokenKind::Digits => false,
            };
            self.push_token(text, Token { open, ..Token::new(kind, span, first && !self.is_split()) });
            let taken = rest.len().saturating_sub(behind.len());
            self.spaced |=
                kind != TokenKind::Bars && rest.get(..taken).is_some_and(|cell| cell.ends_with(" |"));
            (first, self.alone) = (false, 0);
            rest = behind;
            *table = Some(index(offset(text, rest)));
        }
        rest
    }

    /// What a line without a bar belongs to where a bar stands before each cell: `Some(Some(_))` the cell above, which it
    /// goes on with; `Some(None)` none, it is the last cell itself.
    #[inline(never)]
    fn joined(&mut self, text: &str, line: &str, behind: &str) -> Option<Option<&mut Token>> {
        let from = self.blocks.last()?.tokens().0 as usize;
        let is_title = || ends_table(line);
        if self.is_split() {
            let begins = self.tokens.get(from)?.kind == TokenKind::Bars;
            let barred =
                || text.get(..offset(text, line)).is_some_and(|before| before.trim_end().ends_with('|'));
            let is_cell =
                || is_figure_or_unit(line) || line.len() <= MAX_BROKEN_BYTES && barred() && !is_title();
            return (begins && is_cell()).then_some(None);
        }
        match self.tokens.get_mut(from..)? {
            [.., bar, cell] if below(behind).starts_with('|') && !is_title() && !is_page_number(line) => {
                let goes_on = bar.first && bar.kind == TokenKind::Bars && cell.kind == TokenKind::Text;
                let is_label = read_figure(cell.span.of(text)).figure == Figure::Text;
                let between = text.get(cell.span.end() as usize..offset(text, line)).unwrap_or_default();
                let is_open = !between.contains('|');
                (goes_on && !cell.first && is_label && is_open).then_some(Some(cell))
            }
            _ => None,
        }
    }

    /// Whether the line holds a figure and stands below a line of one cell that begins with its bar, and that no bar ends.
    fn is_below_open(&self, line: &str) -> bool {
        let [.., bar, cell] = &self.tokens[..] else { return false };
        let is_open = bar.first && bar.kind == TokenKind::Bars && !cell.first && cell.open;
        is_open && line.len() <= MAX_VALUE_BYTES && matches!(classify(line), Content::Value)
    }

    pub(super) fn open_table(&mut self, text: &str, span: Span) {
        let from = index(self.tokens.len());
        let layout = match self.shape {
            Shape::WholeRows => Layout::Grid,
            Shape::OwnLine => Layout::Cells,
            Shape::SameLine | Shape::NoBars => Layout::Padded,
        };
        self.push_block(text, Block { part: (from, from), layout, ..Block::new(BlockKind::Table, span) });
    }

    /// Ends the table that is open, if one is.
    pub(super) fn close_table(&mut self, table: &mut Option<u32>) {
        let (Some(end), Some(block)) = (table.take(), self.blocks.last_mut()) else { return };
        // A cell may end with spaces before its bar; the block ends with the bar.
        block.span = Span::new(block.span.start(), end);
        self.open = 0;
        block.part.1 = index(self.tokens.len());
    }

    /// Adds a line of prose: a heading, a heading run in before a paragraph, or a paragraph.
    fn prose_line(&mut self, text: &str, line: &str, at: usize) {
        let whole = span(at, line.len());
        self.bare = self.bare.saturating_add(u32::from(bare::is_candidate(line)));
        let Some(heading) = parse_heading(line) else {
            return self.push_block(text, Block::new(BlockKind::Paragraph, whole));
        };
        let title = span(at.saturating_add(offset(line, heading.title)), heading.title.len());
        let run_in = at.saturating_add(offset(line, heading.rest));
        let end = if heading.rest.is_empty() { whole.end() } else { span(run_in, 0).start() };
        let heading = Block {
            level: heading.level,
            ordinal: u8::try_from(heading.ordinal).unwrap_or(u8::MAX),
            span: Span::new(whole.start(), end),
            part: (title.start(), title.end()),
            ..Block::new(BlockKind::Heading, whole)
        };
        self.push_block(text, heading);
        if end < whole.end() {
            self.push_block(text, Block::new(BlockKind::Paragraph, Span::new(index(run_in), whole.end())));
        }
    }

    /// Adds a block.
    #[inline(always)]
    fn push_block(&mut self, text: &str, block: Block) {
        if self.blocks.len() == self.blocks.capacity() {
            self.make_room_for_blocks(text, block.span);
        }
        self.blocks.push(block);
    }

    /// Makes room for more blocks: where there are more than a report has, for as many as can follow, as doubling would take
    /// more memory.
    #[cold]
    fn make_room_for_blocks(&mut self, text: &str, span: Span) {
        if self.blocks.len() < MANY_BLOCKS {
            return self.blocks.reserve(1);
        }
        let behind = text.get(span.start() as usize..).unwrap_or_default();
        // A heading and its paragraph are two blocks of a line.
        let least = (self.blocks.len() / 4).saturating_add(MIN_ROOM);
        self.blocks.reserve_exact(lines_without_bar(behind.as_bytes()).max(least));
    }

    /// Adds a token, and room as for a block.
    #[inline(always)]
    pub(super) fn push_token(&mut self, text: &str, token: Token) {
        if self.tokens.len() == self.tokens.capacity() {
            self.make_room(text, token);
        }
        self.tokens.push(token);
    }

    #[cold]
    fn make_room(&mut self, text: &str, token: Token) {
        if self.tokens.len() < MANY_TOKENS {
            return self.tokens.reserve(1);
        }
        let behind = text.get(token.span.start() as usize..).unwrap_or_default();
        // Cells without bars are none of those that are counted.
        let least = (self.tokens.len() / 4).saturating_add(MIN_ROOM);
        self.tokens.reserve_exact(cells_within(behind.as_bytes()).max(least));
    }
}

/// Whether the line is nothing but a note in brackets, without a figure.
fn is_note(line: &str) -> bool {
    line.starts_with(['(', '（']) && line.ends_with([')', '）']) && !line.contains(char::is_numeric)
}
