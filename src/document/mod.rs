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
mod barless;
mod frame;
mod line;
mod scan;
mod split;

use crate::form::{SectionId, Unit};
use crate::grammar::heading::{parse_heading, section_of};
use crate::span::Span;

/// A line of more bytes is prose, where no bar says that it is one of a table.
pub(crate) const MAX_LINE_BYTES: usize = 400;

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
/// use gongkai::document::{BlockKind, Document, Shape};
///
/// assert_eq!(Document::scan("规章 | 0 | 0 | 3 |\n").shape(), Shape::SameLine);
/// assert_eq!(Document::scan("规章\n|\n0\n|\n0\n|\n3\n|\n行政许可\n|\n12\n|\n").shape(), Shape::OwnLine);
/// // Two cells without bars are no table to `scan`, unless it is told.
/// assert_eq!(Document::scan("行政许可\t12\n").blocks()[0].kind(), BlockKind::Paragraph);
/// assert_eq!(Document::scan_as("行政许可\t12\n", Shape::NoBars).blocks()[0].kind(), BlockKind::Table);
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
    /// Nowhere: cells are lines, or stand apart by tabs or wide gaps. A table of such cells is one however small it is.
    NoBars,
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
    /// The unit that its text is, if it has one character; of others nothing is known.
    unit: Option<Unit>,
}

impl Token {
    const fn new(kind: TokenKind, span: Span, first: bool) -> Self {
        Self { span, kind, first, open: false, unit: None }
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

    /// The unit that its text is, where its line was read so: most cells of one character are one, and are not read again.
    pub(crate) const fn unit(&self) -> Option<Unit> {
        self.unit
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
    /// Whether bars stand on lines of their own between the cells of a row, and none behind the last.
    tight: bool,
}

/// So many lines of prose before lines of one bar are cells of a table, if they are more than the cells whose bars stand on
/// their own lines: `规章`, `|`, `3`, `|`. A single one is prose before an empty table.
const SPLIT_EVIDENCE: u32 = 4;

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

    /// The same, once it is told what the bars of all tables mean, and which lines are tables without bars.
    fn settled(mut self, text: &str) -> Self {
        if self.shape == Shape::WholeRows {
            return self;
        }
        let (split, named) = (self.is_split(), self.shape == Shape::NoBars);
        let plain = self.spaced && !self.framed && !split;
        let is_bare = named || bare::is_worth(self.bare);
        let found = if is_bare { barless::Found::of(&self, text, named) } else { barless::Found::default() };
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
}

/// Whether the line is the title of a section, which ends a table. 一、主动公开情况 begins the pre-2019 table, and is none.
fn ends_table(line: &str) -> bool {
    parse_heading(line).is_some_and(|heading| match section_of(heading.title) {
        Some(SectionId::ActiveDisclosure) => heading.ordinal != 1,
        section => section.is_some(),
    })
}

/// Where `part`, a slice of `line`, begins in it.
fn offset(line: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize)
}

fn span(start: usize, len: usize) -> Span {
    let start = index(start);
    Span::new(start, start.saturating_add(index(len)))
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
