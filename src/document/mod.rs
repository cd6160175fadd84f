//! The document as blocks: headings, paragraphs and tables, each with its span, nothing lost.
//!
//! Every byte of the text belongs to exactly one block, or to the white space between two blocks. A table is a run of
//! lines with bars, kept as [`Token`]s: cells with text, and bars whose meaning (empty cell or pad) the binder decides. Lines
//! without bars are a table where labels of the form and figures follow each other closely, and are many.
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

mod aligned;
mod bare;
mod frame;

use memchr::{memchr, memchr2, memchr2_iter};

use crate::classify::{Content, classify};
use crate::form::Figure;
use crate::grammar::cell::{Piece, piece};
use crate::grammar::figure::{MAX_COUNT_DIGITS, read_figure, unit};
use crate::grammar::heading::{parse_heading, section_of};
use crate::grammar::{is_space, trim};
use crate::span::Span;

/// What a block is.
///
/// [`Document::scan`] tells headings, paragraphs and tables; the other kinds are told when a report is parsed.
///
/// ```
/// use gongkai::document::BlockKind;
///
/// let report = gongkai::parse("某某局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息6条。\n某某局\n2024年1月18日\n打印\n")?;
/// let kinds: Vec<_> = report.document().blocks().iter().map(|block| block.kind()).collect();
/// use BlockKind::{Furniture, Heading, Paragraph, Signature, Title};
/// assert_eq!(kinds, [Title, Heading, Paragraph, Signature, Signature, Furniture]);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum BlockKind {
    /// The title of the report.
    Title,
    /// A section heading, on its own line or run in before a paragraph.
    Heading,
    /// A line of prose.
    Paragraph,
    /// Lines with bars, or the lines of a table without bars.
    Table,
    /// A line of the filing block around a table: 填报单位, 填报日期, 审核人; its caption (2016年度); 附件.
    Filing,
    /// The agency or the day below the report.
    Signature,
    /// What the site put around the report: 主办单位, ICP备, 上一篇, 打印.
    Furniture,
}

/// A block of the document.
///
/// ```
/// use gongkai::document::Document;
///
/// let text = "（二）依申请公开。全年收到申请3件。\n";
/// let document = Document::scan(text);
/// let [heading, paragraph] = document.blocks() else { panic!() };
/// assert_eq!((heading.level(), heading.ordinal(), heading.title().of(text)), (2, 2, "依申请公开"));
/// assert_eq!((paragraph.level(), paragraph.span().of(text)), (0, "全年收到申请3件。"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    kind: BlockKind,
    level: u8,
    ordinal: u8,
    layout: Layout,
    span: Span,
    /// Of a heading where its title begins and ends, of a table its tokens; a text of nothing but lines has a block for
    /// every two bytes.
    part: (u32, u32),
}

/// What the bars of a table mean.
///
/// ```
/// use gongkai::document::{Document, Layout};
///
/// let layout = |text| Document::scan(text).blocks()[0].layout();
/// assert_eq!(layout("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 3 |\n"), Layout::Padded);
/// assert_eq!(layout("| 信息内容 | 本年制发件数 | 现行有效件数 |\n| --- | --- | --- |\n| 规章 | | 3 |\n| 行政规范性文件 | 1 | 9 |\n"), Layout::Grid);
/// ```
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

/// Where the bars of a text stand. [`Document::scan`] tells by evidence.
///
/// ```
/// use gongkai::document::{Document, Shape};
///
/// assert_eq!(Document::scan("规章 | 0 | 0 | 3 |\n").shape(), Shape::SameLine);
/// assert_eq!(Document::scan("规章\n|\n0\n|\n0\n|\n3\n|\n行政许可\n|\n12\n|\n").shape(), Shape::OwnLine);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Shape {
    /// Behind their cells, before them, or around them, on the same line: `规章 | 3 |`.
    #[default]
    SameLine,
    /// Each on a line of its own, before or behind its cell.
    OwnLine,
    /// As [`SameLine`](Self::SameLine), where each line is known to be a whole row and every bar behind no text an empty
    /// cell; web pages are read so.
    WholeRows,
}

impl Block {
    const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, level: 0, ordinal: 0, layout: Layout::Padded, span, part: (0, 0) }
    }

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
        match self.kind {
            BlockKind::Heading => Span::new(self.part.0, self.part.1),
            _ => self.span,
        }
    }

    /// The place of its tokens; nowhere for blocks that are no tables.
    const fn tokens(&self) -> (u32, u32) {
        match self.kind {
            BlockKind::Table => self.part,
            _ => (0, 0),
        }
    }

    /// What the bars of a table mean; [`Padded`](Layout::Padded) for other blocks.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    pub(crate) fn make_heading(&mut self) {
        (self.kind, self.level) = (BlockKind::Heading, 1);
        self.part = (self.span.start(), self.span.end());
    }
}

/// What a token of a table is.
///
/// ```
/// use gongkai::document::{Document, TokenKind};
///
/// let document = Document::scan("规章 | 约3件 | 0 | ||\n");
/// let kinds: Vec<_> = document.tokens(&document.blocks()[0]).iter().map(|token| token.kind()).collect();
/// assert_eq!(kinds, [TokenKind::Text, TokenKind::Text, TokenKind::Digits, TokenKind::Bars]);
/// ```
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

/// A piece of a table: a cell, or bars behind no text.
///
/// ```
/// use gongkai::document::Document;
///
/// let text = "行政许可 |\n12 | |\n";
/// let document = Document::scan(text);
/// let [label, figure, bar] = document.tokens(&document.blocks()[0]) else { panic!() };
/// assert_eq!((label.span().of(text), figure.span().of(text), bar.span().of(text)), ("行政许可", "12", "|"));
/// assert!(figure.begins_line() && !bar.begins_line());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    span: Span,
    kind: TokenKind,
    first: bool,
    open: bool,
}

impl Token {
    const fn new(kind: TokenKind, span: Span, first: bool) -> Self {
        Self { span, kind, first, open: false }
    }

    const fn bar(span: Span) -> Self {
        Self::new(TokenKind::Bars, span, false)
    }

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

    /// Whether it is a cell that no bar ends, in a table where bars end cells: it may be cut off. Of bars, whether one too
    /// many or too few stands before the next cell.
    ///
    /// ```
    /// use gongkai::document::Document;
    ///
    /// let document = Document::scan("规章 | 0 | 0 | 3 |\n行政许可 | 12 |\n行政处罚 | 1");
    /// let last = document.tokens(&document.blocks()[0]).last().unwrap();
    /// assert!(last.is_open()); // 1, or the beginning of 15
    /// ```
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open
    }
}

/// The blocks of a text, with the tokens of its tables. It holds spans alone, and not the text.
///
/// ```
/// use gongkai::document::Document;
///
/// let text = "二、主动公开政府信息情况\n规章 | 0 | 0 | 3 |\n";
/// let document = Document::scan(text);
/// let table = &document.blocks()[1];
/// let cells: Vec<_> = document.tokens(table).iter().map(|token| token.span().of(text)).collect();
/// assert_eq!(cells, ["规章", "0", "0", "3"]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    blocks: Vec<Block>,
    tokens: Vec<Token>,
    shape: Shape,
    /// How many lines of prose have a bar alone on the next line.
    split: u32,
    /// How many lines of prose may be figures of a table without bars.
    bare: u32,
    /// How many lines of the open table no bar ends.
    open: u32,
    /// How many figures alone on their lines were last.
    alone: u32,
    /// Whether a line of a table begins with a bar and goes on, holds a rule, or has no bar at its end.
    framed: bool,
    /// Whether a space stands before some bar behind a cell.
    spaced: bool,
}

/// So many lines of prose before lines of one bar are cells of a table, if they are more than the cells whose bars stand on
/// their own lines: `规章`, `|`, `3`, `|`. A single one is prose before an empty table.
const SPLIT_EVIDENCE: u32 = 4;
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
/// No line of a broken label is longer than this, in bytes.
const MAX_BROKEN_BYTES: usize = 180;

impl Document {
    /// Cuts `text` into blocks; it never fails.
    ///
    /// Spans hold 32 bits: [`parse`](crate::parse) refuses text above 4 GiB, this function does not look.
    #[must_use]
    pub fn scan(text: &str) -> Self {
        let mut document = Self::lines_of(text, Shape::SameLine);
        let cells = || document.tokens.iter().filter(|token| token.kind != TokenKind::Bars).count();
        if document.split >= SPLIT_EVIDENCE && document.split as usize > cells() {
            drop(document);
            document = Self::lines_of(text, Shape::OwnLine);
        }
        document.settled(text)
    }

    /// Cuts `text` into blocks, with its bars known to stand in this shape.
    ///
    /// ```
    /// use gongkai::document::{Document, Shape};
    ///
    /// // Too little for `scan` to tell that each bar stands on a line of its own.
    /// let document = Document::scan_as("规章\n|\n3\n|\n", Shape::OwnLine);
    /// assert_eq!(document.tokens(&document.blocks()[0]).len(), 2);
    /// ```
    #[must_use]
    pub fn scan_as(text: &str, shape: Shape) -> Self {
        Self::lines_of(text, shape).settled(text)
    }

    /// The lines of `text` as blocks, with tokens as the bars stand.
    fn lines_of(text: &str, shape: Shape) -> Self {
        let mut document = Self {
            shape,
            split: 0,
            bare: 0,
            open: 0,
            alone: 0,
            framed: false,
            spaced: false,
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
                None => {}
            }
            let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else { break };
            let behind = document.line(text, rest, first, &mut table);
            at = text.len().saturating_sub(next_line(behind).len());
        }
        document.close_table(&mut table);
        document
    }

    /// The same, once it is told what the bars of all tables mean, and which lines are tables without bars.
    fn settled(mut self, text: &str) -> Self {
        if self.shape == Shape::WholeRows {
            return self;
        }
        let (split, is_bare) = (self.is_split(), bare::is_worth(self.bare));
        let plain = self.spaced && !self.framed && !split;
        let found = if is_bare { bare::Found::of(&self, text) } else { bare::Found::default() };
        if !self.tokens.is_empty() && !plain {
            let Self { blocks, tokens, spaced, .. } = &mut self;
            frame::settle(blocks, tokens, text, split, *spaced, found.room());
        }
        found.place(&mut self, text);
        self
    }

    /// Where the bars stand.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    fn is_split(&self) -> bool {
        self.shape == Shape::OwnLine
    }

    /// All blocks, in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The tokens of a table; none for other blocks.
    #[must_use]
    pub fn tokens(&self, block: &Block) -> &[Token] {
        let (from, to) = block.tokens();
        self.tokens.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn all_tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn token_range(&self, block: &Block) -> core::ops::Range<usize> {
        let (from, to) = block.tokens();
        from as usize..to as usize
    }

    pub(crate) fn blocks_mut(&mut self) -> &mut [Block] {
        &mut self.blocks
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
                            _ => memchr2(b'\n', b'|', rest).filter(|bar| rest.get(*bar) == Some(&b'|')),
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
                    if table.is_some() && (self.open > 0 || bar) && self.alone < MAX_ALONE && is_value(line) {
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
                    if table.is_some() && is_note(line) && below(behind).starts_with('|') {
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
    fn joined(&mut self, text: &str, line: &str, behind: &str) -> Option<Option<&mut Token>> {
        let from = self.blocks.last()?.tokens().0 as usize;
        let is_title = || parse_heading(line).is_some_and(|heading| section_of(heading.title).is_some());
        if self.is_split() {
            let begins = self.tokens.get(from)?.kind == TokenKind::Bars;
            let barred =
                || text.get(..offset(text, line)).is_some_and(|before| before.trim_end().ends_with('|'));
            let is_cell = || is_value(line) || line.len() <= MAX_BROKEN_BYTES && barred() && !is_title();
            return (begins && is_cell()).then_some(None);
        }
        match self.tokens.get_mut(from..)? {
            [.., bar, cell] if below(behind).starts_with('|') && !is_title() && !is_count(line) => {
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
            Shape::SameLine => Layout::Padded,
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
        if !self.is_split()
            && !matches!(below(behind).as_bytes().first(), Some(b'|' | b' ' | b'\t' | 0xC2..=0xE3 | 0xEF))
        {
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
            let is_title =
                || parse_heading(content).is_some_and(|heading| section_of(heading.title).is_some());
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
                // A figure does not go on with the next line: its bar is lost.
                if self.is_split() && table.is_some() && read_figure(content).figure != Figure::Text {
                    let cell = span(offset(text, content), content.len());
                    self.push_token(text, Token { open: true, ..Token::new(TokenKind::Text, cell, false) });
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
    /// What is behind the digit, compared in one go.
    const BEHIND: u32 = u32::from_le_bytes([0, b' ', b'|', b'\n']);
    let (lines, _) = rest.as_chunks::<DIGIT_LINE>();
    let is_digit =
        |line: &&[u8; DIGIT_LINE]| line[0].is_ascii_digit() && u32::from_le_bytes(**line) & !0xFF == BEHIND;
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
        Some([b' ', b'|', ..]) if len > 0 => Some((len, len.wrapping_add(2))),
        Some([b'|', ..]) if len > 0 => Some((len, len.wrapping_add(1))),
        _ => None,
    }
}

/// The line that `text` begins with and what is below it; `None` where no line end follows.
#[inline]
fn split_line(text: &str) -> Option<(&str, &str)> {
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
