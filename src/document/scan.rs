//! Lines to blocks and tokens: what each line of the text is, and the pieces of those that are a table.

use memchr::{memchr, memchr2, memchr2_iter};

use super::{
    Block, BlockKind, Document, Layout, Shape, Token, TokenKind, bare, ends_table, frame, index, offset, span,
};
use crate::classify::{Content, classify, is_page_number};
use crate::form::Figure;
use crate::grammar::cell::{Piece, piece};
use crate::grammar::figure::{MAX_COUNT_DIGITS, read_figure, unit};
use crate::grammar::heading::parse_heading;
use crate::grammar::{is_space, trim};
use crate::span::Span;

/// A label is broken over so many lines at most.
const MAX_BROKEN_LINES: usize = 3;
/// More blocks and tokens than a report has.
const MANY_BLOCKS: usize = 1 << 10;
const MANY_TOKENS: usize = 1 << 11;
/// Room for so many blocks or tokens is made at least.
const MIN_ROOM: usize = 8;
/// So many figures alone on their lines may stand within a table with bars; a run of more is none of its.
const MAX_ALONE: u32 = 64;
/// No figure or unit is longer than this, in bytes.
const MAX_VALUE_BYTES: usize = 24;
/// So many figures without their bars before a label are ends of rows.
const MIN_ENDS: usize = 3;
/// No line of a broken label is longer than this, in bytes.
const MAX_BROKEN_BYTES: usize = 180;

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
            blocks: Vec::with_capacity((text.len() / 128).clamp(8, 4096)),
            tokens: Vec::with_capacity((text.len() / 20).clamp(8, 1 << 16)),
        };
        let mut at = 0;
        let mut table = None;
        while at < text.len() {
            let mut first = true;
            match &mut table {
                Some(_) if shape != Shape::OwnLine => (at, first) = document.cells(text, at, &mut table),
                Some(end) => at = document.own_lines(text, at, end),
                None if shape == Shape::SameLine => at = document.prose(text, at),
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
    fn cells(&mut self, text: &str, begin: usize, table: &mut Option<u32>) -> (usize, bool) {
        let bytes = text.as_bytes();
        let (mut at, mut end, mut first) = (begin, begin, true);
        while let Some(rest @ [lead, ..]) = bytes.get(at..) {
            // Lines of one digit and its bar: by far the commonest.
            let lines = if lead.is_ascii_digit() { digit_lines(rest) } else { 0 };
            if lines > 0 {
                let (start, from) = (index(at), self.tokens.len());
                self.tokens.extend((0..index(lines)).map(|line| {
                    let start = start.wrapping_add(line.wrapping_mul(4));
                    Token::new(TokenKind::Digits, Span::new(start, start.wrapping_add(1)), true)
                }));
                if let Some(token) = self.tokens.get_mut(from) {
                    token.first = first;
                }
                self.spaced = true;
                at = at.wrapping_add(lines.wrapping_mul(DIGIT_LINE));
                (end, first) = (at.wrapping_sub(1), true);
                continue;
            }
            let (kind, len, behind) = match lead {
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
                    (TokenKind::Bars, len, len)
                }
                b'!'..=b'~' | 0xE4..=0xE9 => match digits(rest) {
                    Some((len, behind)) => (TokenKind::Digits, len, behind),
                    None => {
                        let bar = match rest {
                            // A unit, one character.
                            [0xE4..=0xE9, _, _, b' ', b'|', ..] => Some(4),
                            _ => bar_or_end(rest).filter(|bar| rest.get(*bar) == Some(&b'|')),
                        };
                        let Some(bar) = bar else { break };
                        let len = match rest.get(..bar) {
                            // A bracket or an ideograph, and a space before the bar, as most.
                            Some([before @ .., b' '])
                                if matches!(before, [.., b')'] | [.., 0xE4..=0xE9, _, _]) =>
                            {
                                before.len()
                            }
                            _ => text.get(at..at.wrapping_add(bar)).map_or(0, |cell| trim(cell).len()),
                        };
                        self.framed |= matches!(lead, b'-' | b':')
                            && text.get(at..at.wrapping_add(len)).is_some_and(frame::is_rule_text);
                        (TokenKind::Text, len, bar.wrapping_add(1))
                    }
                },
                _ => break,
            };
            self.push_token(text, Token::new(kind, span(at, len), first));
            self.spaced |= kind != TokenKind::Bars && behind > len.wrapping_add(1);
            end = at.wrapping_add(behind);
            (at, first) = match bytes.get(end..) {
                Some([b'\n', ..]) => (end.wrapping_add(1), true),
                Some([b'\r', b'\n', ..]) => (end.wrapping_add(2), true),
                _ => (end, false),
            };
        }
        if end > begin {
            *table = Some(index(end));
        }
        (at, first)
    }

    /// Reads lines of nothing but a bar, and figures whose bar stands alone on the next line, as [`line`](Self::line) reads
    /// them, without a detour through all that a line may be. Gives the place of the first other one.
    fn own_lines(&mut self, text: &str, begin: usize, end: &mut u32) -> usize {
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

    /// Reads lines of prose outside of tables, as [`line`](Self::line) reads them, without a detour through all that a line may
    /// be. Gives the place of the first other one.
    fn prose(&mut self, text: &str, begin: usize) -> usize {
        let mut at = begin;
        while let Some(rest @ [lead, ..]) = text.as_bytes().get(at..) {
            let len = match lead {
                b'\n' => 0,
                b'!'..=b'~' | 0xE4..=0xE9 => memchr2(b'\n', b'|', rest).unwrap_or(rest.len()),
                _ => break,
            };
            let Some([b'\n', below @ ..]) = rest.get(len..) else { break };
            if len > 0 && may_be_bar(below) {
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
                            Some(cell) => cell.span = cell.span.to(part),
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
                    if (self.open > 0 || bar) && self.alone < MAX_ALONE && is_value(line) {
                        self.alone = self.alone.saturating_add(1);
                        let part = span(offset(text, line), line.len());
                        let kind = if is_count(line) { TokenKind::Digits } else { TokenKind::Text };
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
            let is_cell = || is_value(line) || line.len() <= MAX_BROKEN_BYTES && barred() && !is_title();
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

    fn open_table(&mut self, text: &str, span: Span) {
        let from = index(self.tokens.len());
        let layout = match self.shape {
            Shape::WholeRows => Layout::Grid,
            Shape::OwnLine => Layout::Cells,
            Shape::SameLine | Shape::NoBars => Layout::Padded,
        };
        self.push_block(text, Block { part: (from, from), layout, ..Block::new(BlockKind::Table, span) });
    }

    /// Reads a cell whose bar stands on the next line, and the bar; within a table the cell may be broken over lines.
    /// `None` where there is none, or the document is not of this kind.
    fn split_cell<'t>(
        &mut self,
        text: &str,
        rest: &'t str,
        behind: &str,
        table: &mut Option<u32>,
    ) -> Option<&'t str> {
        // One look at what begins the next line spares most prose the rest.
        if !self.is_split() && !may_be_bar(below(behind).as_bytes()) {
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
            if !joins || self.is_split() && !is_count(content) && is_title() {
                return None;
            }
            // Nor does a label with a figure: its bar is lost.
            if self.is_split() && is_value(content) && offset(text, content) > offset(text, first) {
                let cell =
                    span(offset(text, first), trim(text.get(offset(text, first)..offset(text, line))?).len());
                self.push_token(text, Token { open: true, ..Token::new(TokenKind::Text, cell, false) });
                self.push_token(text, Token { open: true, ..Token::bar(Span::empty(cell.end())) });
                *table = Some(cell.end());
                return rest.get(offset(rest, line).saturating_sub(1)..);
            }
            let end = offset(text, content).saturating_add(content.len());
            behind = next;
            let bar = split_line(behind).map_or(behind, |(bar, _)| bar);
            if trim(bar) != "|" {
                // A figure does not go on with the next line: its bar is lost, or it ends its row.
                let is_whole = || self.tight && is_wording(content) && is_wording(trim(bar));
                if self.is_split()
                    && table.is_some()
                    && (read_figure(content).figure != Figure::Text || is_whole())
                {
                    let cell = span(offset(text, content), content.len());
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

    /// Ends the table that is open, if one is.
    fn close_table(&mut self, table: &mut Option<u32>) {
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

    /// Adds a block; where there is no room left for more than a report has, makes it for as many as can follow, as doubling
    /// would take more memory.
    fn push_block(&mut self, text: &str, block: Block) {
        if self.blocks.len() == self.blocks.capacity() && self.blocks.len() >= MANY_BLOCKS {
            let behind = text.get(block.span.start() as usize..).unwrap_or_default();
            // A heading and its paragraph are two blocks of a line.
            let least = (self.blocks.len() / 4).saturating_add(MIN_ROOM);
            self.blocks.reserve_exact(lines_without_bar(behind.as_bytes()).max(least));
        }
        self.blocks.push(block);
    }

    /// Adds a token, and room as for a block.
    #[inline]
    fn push_token(&mut self, text: &str, token: Token) {
        if self.tokens.len() == self.tokens.capacity() && self.tokens.len() >= MANY_TOKENS {
            self.make_room(text, token);
        }
        self.tokens.push(token);
    }

    #[cold]
    fn make_room(&mut self, text: &str, token: Token) {
        let behind = text.get(token.span.start() as usize..).unwrap_or_default();
        // Cells without bars are none of those that are counted.
        let least = (self.tokens.len() / 4).saturating_add(MIN_ROOM);
        self.tokens.reserve_exact(cells_within(behind.as_bytes()).max(least));
    }
}

/// Whether the last figure of nearly every row has no bar, where bars stand on lines of their own: `3`, `行政许可`, `|`.
fn ends_rows_without_bar(text: &str) -> bool {
    let lines = text.lines().map(trim).filter(|line| !line.is_empty());
    let (mut ends, mut closed) = (0_usize, 0_usize);
    let [mut third, mut second, mut first] = ["", "", ""];
    for line in lines {
        // A figure above the next label or its serial number, and with its bar between them.
        ends = ends.saturating_add(usize::from(line != "|" && is_figure(first)));
        let barred = line != "|" && first == "|" && is_figure(second) && !is_figure(third) && !is_value(line);
        closed = closed.saturating_add(usize::from(barred));
        [third, second, first] = [second, first, line];
    }
    ends >= MIN_ENDS && ends > closed.saturating_mul(2)
}

/// Whether the line is a figure or a mark, and no unit.
fn is_figure(line: &str) -> bool {
    !matches!(line, "" | "|") && line.len() <= MAX_VALUE_BYTES && read_figure(line).figure != Figure::Text
}

/// Whether the line is a whole label or banner of the form.
fn is_wording(line: &str) -> bool {
    matches!(classify(line), Content::Labels { fragment: false, approximate: false, .. } | Content::Banner(_))
}

/// How many lines of `text` have no bar.
fn lines_without_bar(text: &[u8]) -> usize {
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
fn cells_within(text: &[u8]) -> usize {
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
fn is_rule_to_end(behind: &str) -> bool {
    let line = split_line(behind).map_or(behind, |(line, _)| line);
    line.chars().all(|c| matches!(c, '-' | ':' | '|') || is_space(c))
}

/// Whether the line is nothing but a note in brackets, without a figure.
fn is_note(line: &str) -> bool {
    line.starts_with(['(', '（']) && line.ends_with([')', '）']) && !line.contains(char::is_numeric)
}

/// Whether the line is digits and nothing else.
fn is_count(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line that begins so may be a bar, or white space and a bar.
fn may_be_bar(line: &[u8]) -> bool {
    matches!(line, [b'|' | b' ' | b'\t' | 0xC2..=0xE3 | 0xEF, ..])
}

/// The lines below the one that `behind` is the rest of; nothing where it goes on.
fn below(behind: &str) -> &str {
    behind.strip_prefix('\r').unwrap_or(behind).strip_prefix('\n').unwrap_or_default()
}

/// Whether the line is a figure, a mark or a unit and nothing else.
fn is_value(line: &str) -> bool {
    is_count(line)
        || line.len() <= MAX_VALUE_BYTES
            && (read_figure(line).figure != Figure::Text || unit(line).is_ok_and(|(rest, _)| rest.is_empty()))
}

/// Bytes of a line of one digit and its bar, `0 |`, and its end.
const DIGIT_LINE: usize = 4;

/// With how many such lines `rest` begins.
#[inline(always)]
fn digit_lines(rest: &[u8]) -> usize {
    /// The least of them as a number; the others follow it.
    const LEAST: u32 = u32::from_le_bytes(*b"0 |\n");
    let (lines, _) = rest.as_chunks::<DIGIT_LINE>();
    let is_digit = |line: &&[u8; DIGIT_LINE]| u32::from_le_bytes(**line).wrapping_sub(LEAST) < 10;
    lines.iter().take_while(is_digit).count()
}

/// How many digits `rest` begins with, and where the bar right behind them ends.
#[inline(always)]
fn digits(rest: &[u8]) -> Option<(usize, usize)> {
    let mut len = 0_usize;
    while let Some(b'0'..=b'9') = rest.get(len) {
        len = len.wrapping_add(1);
    }
    match rest.get(len..) {
        _ if len == 0 => None,
        Some([b' ', b'|', ..]) => Some((len, len.wrapping_add(2))),
        Some([b'|', ..]) => Some((len, len.wrapping_add(1))),
        _ => None,
    }
}

/// Where the first bar or line end of `text` stands. Cells are short: most need no search that has to be set up.
#[inline(always)]
fn bar_or_end(text: &[u8]) -> Option<usize> {
    const WORD: usize = 8;
    const NEAR_WORDS: usize = 8;
    const ONES: u64 = u64::from_le_bytes([1; WORD]);
    const HIGH: u64 = u64::from_le_bytes([0x80; WORD]);
    const BARS: u64 = u64::from_le_bytes([b'|'; WORD]);
    const ENDS: u64 = u64::from_le_bytes([b'\n'; WORD]);
    // The first byte that is zero has its high bit set, and none before it.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let mut at = 0_usize;
    for word in text.as_chunks::<WORD>().0.iter().take(NEAR_WORDS) {
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
fn trim_line(rest: &str) -> &str {
    trim(split_line(rest).map_or(rest, |(line, _)| line))
}

/// What follows the line end that `rest` begins with, but for white space.
fn next_line(rest: &str) -> &str {
    match rest.as_bytes().first() {
        Some(b'\n') => rest.get(1..).unwrap_or_default(),
        _ => memchr(b'\n', rest.as_bytes())
            .and_then(|end| rest.get(end.saturating_add(1)..))
            .unwrap_or_default(),
    }
}
