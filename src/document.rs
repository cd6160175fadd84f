//! The document as blocks: headings, paragraphs and tables, each with its span, nothing lost.
//!
//! Every byte of the text belongs to exactly one block, or to the white space between two blocks. A table is a run of
//! lines with bars, kept as [`Token`]s: cells with text, and bars whose meaning (empty cell or pad) the binder decides.
//!
//! ```
//! use gongkai::document::{BlockKind, Document};
//!
//! let text = "二、主动公开政府信息情况\n规章 |\n0 |\n|||\n说明。\n";
//! let document = Document::scan(text);
//! let kinds: Vec<_> = document.blocks().iter().map(|block| block.kind()).collect();
//! assert_eq!(kinds, [BlockKind::Heading, BlockKind::Table, BlockKind::Paragraph]);
//! assert_eq!(document.tokens(&document.blocks()[1]).len(), 3);
//! ```

use memchr::{memchr, memchr2};

use crate::form::Figure;
use crate::grammar::cell::{Piece, piece};
use crate::grammar::figure::read_figure;
use crate::grammar::heading::{parse_heading, section_of};
use crate::grammar::{is_space, trim};
use crate::span::Span;

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum BlockKind {
    /// The title of the report.
    Title,
    /// A section heading, on its own line or run in before a paragraph.
    Heading,
    /// A line of prose.
    Paragraph,
    /// Lines with bars.
    Table,
    /// A line of the filing block around a table: 填报单位, 填报日期, 审核人; its caption (2016年度); 附件.
    Filing,
    /// The agency or the day below the report.
    Signature,
    /// What the site put around the report: 主办单位, ICP备, 上一篇, 打印.
    Furniture,
}

/// A block of the document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    kind: BlockKind,
    level: u8,
    ordinal: u8,
    span: Span,
    title: Span,
    tokens: (u32, u32),
    layout: Layout,
}

/// What the bars of a table mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Layout {
    /// A bar ends a cell; one behind no text is an empty cell or a pad of one, more are a pad.
    Padded,
    /// Each line is a whole row of the grid, and every bar behind no text an empty cell.
    Grid,
    /// Cells without rows and without pads: every bar behind no text is an empty cell.
    Cells,
}

impl Block {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> BlockKind {
        self.kind
    }

    /// Where it stands, without the white space around it.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The level of a heading: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`; 0 for other blocks.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// The number of a heading: 3 for `三、`; 0 where it has none.
    #[must_use]
    pub const fn ordinal(&self) -> u8 {
        self.ordinal
    }

    /// The words of a heading without its number; the whole span of other blocks.
    #[must_use]
    pub const fn title(&self) -> Span {
        self.title
    }

    /// What the bars of a table mean.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    pub(crate) fn make_heading(&mut self) {
        self.kind = BlockKind::Heading;
        self.level = 1;
    }
}

/// What a token of a table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TokenKind {
    /// A cell with text.
    Text,
    /// A cell of ASCII digits alone.
    Digits,
    /// Bars behind no text: one is an empty cell or a pad of one, more are a pad.
    Bars,
}

/// A piece of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    span: Span,
    kind: TokenKind,
    first: bool,
}

impl Token {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The cell's text, trimmed; or the bars.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Whether it begins its line.
    #[must_use]
    pub const fn begins_line(&self) -> bool {
        self.first
    }
}

/// The blocks of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    blocks: Vec<Block>,
    tokens: Vec<Token>,
    /// How many lines of prose have a bar alone on the next line.
    split: u32,
    /// Whether such lines are cells.
    is_split: bool,
    /// Whether every line with bars is known to be a whole row.
    is_rows: bool,
}

/// So many lines of prose before lines of one bar are cells of a table: `规章`, `|`, `3`, `|`. A single one is prose before
/// an empty table.
const SPLIT_EVIDENCE: u32 = 4;
/// A label is broken over so many lines at most.
const MAX_BROKEN_LINES: usize = 3;
/// No line of a broken label is longer than this, in bytes.
const MAX_BROKEN_BYTES: usize = 180;

impl Document {
    /// Cuts `text` into blocks, in one pass; it never fails.
    ///
    /// Spans hold 32 bits: [`parse`](crate::parse) refuses text above 4 GiB, this function does not look.
    #[must_use]
    pub fn scan(text: &str) -> Self {
        let mut document = Self::scan_as(text, false, false);
        if document.split >= SPLIT_EVIDENCE {
            document = Self::scan_as(text, true, false);
        }
        document
    }

    /// Cuts text into blocks of which every line with bars is a whole row, and every bar behind no text an empty cell.
    pub(crate) fn scan_rows(text: &str) -> Self {
        Self::scan_as(text, false, true)
    }

    /// Scans with bars on lines of their own read as the ends of cells, or not; with lines known to be rows, or not.
    fn scan_as(text: &str, split: bool, is_rows: bool) -> Self {
        let mut document = Self {
            split: 0,
            is_split: split,
            is_rows,
            blocks: Vec::with_capacity((text.len() / 256).clamp(8, 4096)),
            tokens: Vec::with_capacity((text.len() / 20).clamp(8, 1 << 16)),
        };
        let mut at = 0;
        let mut table = None;
        while at < text.len() {
            if table.is_some() && !split {
                at = document.cell_lines(text, at, &mut table);
            }
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
            at = text.len().saturating_sub(next_line(document.line(text, rest, &mut table)).len());
        }
        document.close_table(text, &mut table);
        document
    }

    /// All blocks, in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The tokens of a table; none for other blocks.
    #[must_use]
    pub fn tokens(&self, block: &Block) -> &[Token] {
        let (from, to) = block.tokens;
        self.tokens.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn all_tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn token_range(&self, block: &Block) -> core::ops::Range<usize> {
        block.tokens.0 as usize..block.tokens.1 as usize
    }

    pub(crate) fn blocks_mut(&mut self) -> &mut [Block] {
        &mut self.blocks
    }

    /// Reads the lines from `at` on that are one cell and its bar, by far the commonest lines of a table. Gives the place
    /// of the first other line. They are what [`piece`] would read, without a detour through it.
    fn cell_lines(&mut self, text: &str, mut at: usize, table: &mut Option<u32>) -> usize {
        let bytes = text.as_bytes();
        let begin = at;
        while let Some(rest) = bytes.get(at..) {
            let mut len = 0_usize;
            while let Some(b'0'..=b'9') = rest.get(len) {
                len = len.wrapping_add(1);
            }
            match rest.get(len..) {
                Some([b' ', b'|', b'\n', ..]) if len > 0 => {
                    let span = span(at, len);
                    self.tokens.push(Token { span, kind: TokenKind::Digits, first: true });
                    at = at.wrapping_add(len).wrapping_add(3);
                }
                // A label: an ideograph, a bracket or a number first, and nothing behind its bar.
                Some([0xE4..=0xE9 | b'(' | b'.', ..]) => {
                    let Some(bar) = memchr2(b'\n', b'|', rest) else { break };
                    let Some([b' ', b'|', b'\n', ..]) = rest.get(bar.wrapping_sub(1)..) else { break };
                    let Some(cell) = text.get(at..at.wrapping_add(bar)).map(trim) else { break };
                    let span = span(at, cell.len());
                    self.tokens.push(Token { span, kind: TokenKind::Text, first: true });
                    at = at.wrapping_add(bar).wrapping_add(2);
                }
                _ => break,
            }
        }
        if at > begin {
            *table = Some(index(at.wrapping_sub(1)));
        }
        at
    }

    /// Reads the line that `rest` begins with: pieces of a table, or prose. Gives what is left at the line's end.
    ///
    /// `table` is where the table that is open ends so far.
    fn line<'t>(&mut self, text: &str, mut rest: &'t str, table: &mut Option<u32>) -> &'t str {
        let mut first = true;
        while let Ok((behind, piece)) = piece(rest) {
            let (kind, part) = match piece {
                Piece::Open(line) if first => {
                    if let Some(behind) = self.split_cell(text, rest, table) {
                        return behind;
                    }
                    // A note to the label above, broken off it.
                    if table.is_some() && !self.is_rows && is_note(line) && behind.starts_with("\n|") {
                        return behind;
                    }
                    self.close_table(text, table);
                    self.prose_line(line, offset(text, line));
                    return behind;
                }
                Piece::Text(part)
                    if self.is_split && first && is_rule_text(part) && is_rule_to_end(behind) =>
                {
                    return behind;
                }
                Piece::Text(part) | Piece::Open(part) => (TokenKind::Text, part),
                Piece::Digits(part) => (TokenKind::Digits, part),
                Piece::Bars(part) => (TokenKind::Bars, part),
            };
            let span = span(offset(text, part), part.len());
            if first && table.is_none() {
                self.open_table(span);
            }
            self.tokens.push(Token { span, kind, first: first && !self.is_split });
            first = false;
            rest = behind;
            *table = Some(index(offset(text, rest)));
        }
        rest
    }

    fn open_table(&mut self, span: Span) {
        let from = index(self.tokens.len());
        let layout = match (self.is_rows, self.is_split) {
            (true, _) => Layout::Grid,
            (_, true) => Layout::Cells,
            _ => Layout::Padded,
        };
        let tokens = (from, from);
        self.blocks.push(Block {
            kind: BlockKind::Table,
            level: 0,
            ordinal: 0,
            span,
            title: span,
            tokens,
            layout,
        });
    }

    /// Reads a cell whose bar stands on the next line, and the bar; within a table the cell may be broken over lines.
    /// `None` where there is none, or the document is not of this kind.
    fn split_cell<'t>(&mut self, text: &str, rest: &'t str, table: &mut Option<u32>) -> Option<&'t str> {
        let most = if self.is_split && table.is_some() { MAX_BROKEN_LINES } else { 1 };
        let mut behind = rest;
        for _ in 0..most {
            let (line, next) = behind.split_once('\n')?;
            let content = trim(line);
            let joins = !content.is_empty() && content.len() <= MAX_BROKEN_BYTES && !content.contains('|');
            if !joins
                || most > 1
                    && parse_heading(content).is_some_and(|heading| section_of(heading.title).is_some())
            {
                return None;
            }
            let end = offset(text, content).saturating_add(content.len());
            behind = next;
            let bar = behind.split_once('\n').map_or(behind, |(bar, _)| bar);
            if trim(bar) != "|" {
                continue;
            }
            self.split = self.split.saturating_add(1);
            if !self.is_split {
                return None;
            }
            let start = offset(text, trim(rest.split_once('\n')?.0));
            let cell = span(start, end.saturating_sub(start));
            if table.is_none() {
                self.open_table(cell);
            }
            let digits = cell.of(text).bytes().all(|byte| byte.is_ascii_digit());
            let kind = if digits { TokenKind::Digits } else { TokenKind::Text };
            self.tokens.push(Token { span: cell, kind, first: false });
            *table = Some(index(offset(text, bar).saturating_add(bar.len())));
            return behind.get(bar.len()..);
        }
        None
    }

    /// Ends the table that is open, if one is.
    fn close_table(&mut self, text: &str, table: &mut Option<u32>) {
        let (Some(end), Some(block)) = (table.take(), self.blocks.last_mut()) else { return };
        // A cell may end with spaces before its bar; the block ends with the bar.
        block.span = Span::new(block.span.start(), end);
        block.title = block.span;
        let from = block.tokens.0 as usize;
        let tokens = self.tokens.get(from..).unwrap_or_default();
        let frame = if self.is_rows { Frame::default() } else { Frame::of(tokens, text) };
        if frame.bars > 0 || frame.rules > 0 {
            block.layout = frame.layout();
            let mut rest = self.tokens.split_off(from);
            frame.strip(&mut rest, text);
            self.tokens.append(&mut rest);
        }
        block.tokens.1 = index(self.tokens.len());
    }

    /// Adds a line of prose: a heading, a heading run in before a paragraph, or a paragraph.
    fn prose_line(&mut self, line: &str, at: usize) {
        let whole = span(at, line.len());
        let Some(heading) = parse_heading(line) else {
            return self.push(BlockKind::Paragraph, whole);
        };
        let title = span(at.saturating_add(offset(line, heading.title)), heading.title.len());
        let run_in = at.saturating_add(offset(line, heading.rest));
        let end = if heading.rest.is_empty() { whole.end() } else { span(run_in, 0).start() };
        self.blocks.push(Block {
            kind: BlockKind::Heading,
            level: heading.level,
            ordinal: u8::try_from(heading.ordinal).unwrap_or(u8::MAX),
            span: Span::new(whole.start(), end),
            title,
            tokens: (0, 0),
            layout: Layout::Padded,
        });
        if !heading.rest.is_empty() {
            self.push(BlockKind::Paragraph, span(run_in, heading.rest.len()));
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block {
            kind,
            level: 0,
            ordinal: 0,
            span,
            title: span,
            tokens: (0, 0),
            layout: Layout::Padded,
        });
    }
}

/// How the lines of a table are framed: `| a | b |` from version 2 of the extractor on, and in Markdown.
#[derive(Default)]
struct Frame {
    /// Lines that begin with a bar and go on behind it.
    bars: usize,
    /// Lines that do not.
    bare: usize,
    /// Lines under a head: `|---|---|`.
    rules: usize,
    /// Runs of more than one bar, which are pads.
    pads: usize,
    /// Cells of the last framed line.
    width: Option<usize>,
    /// How often a framed line has another width than the one before.
    changes: usize,
}

impl Frame {
    fn of(tokens: &[Token], text: &str) -> Self {
        let mut frame = Self::default();
        if !tokens.iter().any(|token| token.first && is_edge(token) || is_rule(token, text)) {
            return frame;
        }
        for line in lines(tokens) {
            frame.pads = frame.pads.saturating_add(line.iter().filter(|token| is_pad(token)).count());
            match line {
                _ if is_rule_line(line, text) => frame.rules = frame.rules.saturating_add(1),
                [edge, _, ..] if is_edge(edge) => {
                    frame.bars = frame.bars.saturating_add(1);
                    let changed = frame.width.replace(line.len()).is_some_and(|width| width != line.len());
                    frame.changes = frame.changes.saturating_add(usize::from(changed));
                }
                _ => frame.bare = frame.bare.saturating_add(1),
            }
        }
        frame
    }

    /// A grid where every line is a whole row: framed, without pads, and under a rule or of one width with its
    /// neighbours, as far as tables of other widths do not follow without a gap.
    fn layout(&self) -> Layout {
        let even = self.changes <= 3 && self.changes.saturating_mul(4) < self.bars;
        if self.bare > 0 || self.pads > 0 || self.bars < 2 {
            Layout::Padded
        } else if self.changes == 0 && self.width == Some(FRAMED_CELL) {
            Layout::Cells
        } else if even || self.rules > 0 {
            Layout::Grid
        } else {
            Layout::Padded
        }
    }

    /// Takes the frame away: bars at the beginning of a line that are no cell, and rules.
    fn strip(&self, tokens: &mut Vec<Token>, text: &str) {
        let mut kept = Vec::with_capacity(tokens.len());
        for line in lines(tokens) {
            match line {
                _ if is_rule_line(line, text) => {}
                // Where some lines have no such bar, one before a figure may be an empty cell.
                [edge, next, ..] if is_edge(edge) && (self.bare == 0 || is_wording(next, text)) => {
                    kept.extend(
                        line.iter().skip(1).enumerate().map(|(at, token)| Token { first: at == 0, ..*token }),
                    );
                }
                _ => kept.extend_from_slice(line),
            }
        }
        *tokens = kept;
    }
}

/// The tokens of a line with a bar and one cell.
const FRAMED_CELL: usize = 2;

/// The tokens of each line.
fn lines(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| !next.first)
}

fn is_edge(token: &Token) -> bool {
    token.kind == TokenKind::Bars && token.span.len() == 1
}

fn is_pad(token: &Token) -> bool {
    token.kind == TokenKind::Bars && token.span.len() > 1
}

fn is_rule(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Text && is_rule_text(token.span.of(text))
}

/// Whether the cell holds words rather than a figure.
fn is_wording(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Text && read_figure(token.span.of(text)).figure == Figure::Text
}

/// Whether nothing but rules, bars and white space follow on the line.
fn is_rule_to_end(behind: &str) -> bool {
    let line = behind.split('\n').next().unwrap_or_default();
    line.chars().all(|c| matches!(c, '-' | ':' | '|') || is_space(c))
}

fn is_rule_text(cell: &str) -> bool {
    cell.len() >= 3 && cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
}

/// Whether the line is nothing but a note in brackets.
fn is_note(line: &str) -> bool {
    line.starts_with(['(', '（']) && line.ends_with([')', '）'])
}

/// A line of nothing but rules, at least two; a lone `---` is a figure's mark.
fn is_rule_line(line: &[Token], text: &str) -> bool {
    let rules = line.iter().filter(|token| is_rule(token, text)).count();
    rules > 1 && line.iter().all(|token| is_rule(token, text) || is_edge(token))
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

/// Where `part`, a slice of `line`, begins in it.
fn offset(line: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize)
}

fn span(start: usize, len: usize) -> Span {
    Span::new(index(start), index(start.saturating_add(len)))
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
