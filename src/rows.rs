//! Token stream to rows: which table a token stands in, which row it belongs to, which heads stand above it.
//!
//! Labels are the anchors. A row begins with its label (or its group's, on the first row of a group) and holds every token
//! up to the next label; so a damaged row never takes a cell from its neighbour. Nothing is counted here and nothing is
//! placed: that is the binder's work.

mod collector;

use self::collector::{Collector, index};
use crate::classify::{Content, classify};
use crate::document::{BlockKind, Document, Layout, Shape, Token, TokenKind};
use crate::form::{Row, Table};
use crate::grammar::figure::whole_unit;
use crate::grammar::heading::section_of;
use crate::grammar::note::{may_be_caption, unit_of_caption};
use crate::grammar::numeral::{is_more, is_numeral};
use crate::grammar::taxonomy::Label;
use crate::grammar::{is_space, trim_start};
use crate::span::Span;

/// So many short lines may stand within a table: a page number and a footer.
const MAX_INTERRUPTIONS: u32 = 2;
const MAX_INTERRUPTION_BYTES: u32 = 90;
/// What ends a figure has so many bytes at most.
const MAX_END_BYTES: usize = 12;
/// The number of a page has so many digits at most.
const MAX_PAGE_DIGITS: usize = 3;
/// So many rows, heads and sheets may any text have, and one more of each for so many bytes: they would else take more memory
/// than the text. A row of the form takes twice as much, the heads of a table more, and a sheet more again.
const MOST: usize = 512;
const BYTES_OF_RUN: usize = 32;
const BYTES_OF_HEAD: usize = 16;
const BYTES_OF_SHEET: usize = 64;

/// A statutory table, or a block of table 二, as it stands in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    pub table: Table,
    /// The paragraph of Article 20 that its banner names; 0 where it has no banner.
    pub item: u8,
    /// Its heads, in [`Rows::heads`].
    pub heads: (u32, u32),
    /// Whether its heads are those of a local look-alike.
    pub look_alike: bool,
    /// Whether table 四 has one row a proceeding.
    pub vertical: bool,
    /// Whether figures stand among its heads.
    pub broken: bool,
    /// The printed table it is part of, in [`Rows::grids`].
    pub grid: u16,
}

/// A head above the columns of a sheet; `label` is `None` where the wording is none of the form's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadCell {
    pub label: Option<Label>,
    pub span: Span,
}

/// What a row of the source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RunKind {
    /// A row of the form.
    Row(Row),
    /// A group label that no row label has followed yet.
    Group,
    /// The one row of figures of table 四.
    Figures,
    /// A row with a label that is none of the form's.
    Unknown,
}

/// A row of the source: its label and the tokens behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub kind: RunKind,
    pub sheet: u16,
    /// How many cells its labels take.
    pub labels: u8,
    pub cut_note: bool,
    pub fragment: bool,
    /// Another row of the same wording that it may be: it does not stand right behind the row before it in the form.
    pub twin: Option<Row>,
    /// What its bars mean.
    pub layout: Layout,
    /// Whether the text ends with it, and may be cut off within its last figure.
    pub cut_off: bool,
    /// Whether figures without a label follow on the next line, which may be its own.
    pub interrupted: bool,
    /// Whether it is the last row of its printed table, which never has a pad.
    pub last: bool,
    pub label: Span,
    /// Its tokens behind the label, among those of the document.
    pub tokens: (u32, u32),
    /// How many cells these tokens are, and bars behind them.
    pub width: u16,
    /// Whether the last of them is bars.
    pub tail: bool,
    /// Whether the last of them is a lone bar with a row behind it, which it may begin.
    pub bar_behind: bool,
}

impl Run {
    /// Takes up the next token of the row.
    fn push(&mut self, at: u32, token: &Token) {
        self.tokens.1 = at.saturating_add(1);
        self.tail = token.kind() == TokenKind::Bars;
        let cells = if self.tail { u16::try_from(token.span().len()).unwrap_or(u16::MAX) } else { 1 };
        self.width = self.width.saturating_add(cells);
    }

    /// Takes up so many figures, the last of which stands before token `end`.
    fn push_figures(&mut self, end: u32, figures: usize) {
        self.tokens.1 = end;
        self.tail = false;
        self.width = self.width.saturating_add(u16::try_from(figures).unwrap_or(u16::MAX));
    }
}

/// All rows of a document.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub sheets: Vec<Sheet>,
    pub heads: Vec<HeadCell>,
    pub runs: Vec<Run>,
    /// Filing fields that stand in a table, from label to the end of the cell: `填报单位：西区管委会 |`.
    pub fields: Vec<Span>,
    /// Heads with lost bytes, identified all the same.
    pub approximate: Vec<Span>,
    /// What states a unit for the rows below it: `单位：元`, `第二十条第（八）项（单位：元）`.
    pub captions: Vec<Span>,
    /// How many figures stand in no row, and the first of them.
    pub strays: (u32, Option<Span>),
    /// Where there are more rows, heads or sheets than in any report; those behind are left out.
    pub surplus: Option<Span>,
    pub grids: u16,
}

impl Rows {
    /// Groups the tokens of all tables of `document`.
    #[inline(never)]
    pub(crate) fn collect(document: &Document, text: &str) -> Self {
        let tokens = document.all_tokens();
        let mut rows = Self::default();
        if !tokens.is_empty() {
            rows.runs = Vec::with_capacity(tokens.len().min(80));
            rows.heads = Vec::with_capacity(tokens.len().min(64));
            rows.sheets = Vec::with_capacity(8);
        }
        let mut collector = Collector::new(&mut rows, tokens, text);
        let (mut gap, mut figure) = (0_u32, false);
        let mut rules: Vec<Span> = Vec::new();
        for block in document.blocks() {
            if block.kind() != BlockKind::Table {
                let content = block.span().of(text);
                let digits = content.len() <= MAX_INTERRUPTION_BYTES as usize
                    && content.bytes().all(|byte| byte.is_ascii_digit());
                figure |= digits;
                if content.starts_with("+-") {
                    rules.push(block.span());
                }
                collector.above = (block.span().len() <= MAX_INTERRUPTION_BYTES).then_some(block.span());
                if collector.above.is_some() && may_be_caption(content) && unit_of_caption(content).is_some()
                {
                    collector.caption(block.span());
                }
                if collector.sheet.is_none() {
                    continue;
                }
                // A banner without its bar: the bar may stand in the row above.
                let is_banner = || matches!(classify(content), Content::Banner(_));
                if gap == 0 && document.shape() == Shape::OwnLine && is_banner() {
                    collector.doubt_last();
                }
                let part = digits || is_figure_and_words(content) || ends_a_figure(content);
                if part && document.shape() != Shape::WholeRows {
                    let behind = text.get(block.span().end() as usize..).unwrap_or_default();
                    let is_last = behind.chars().all(|c| c == '|' || is_space(c));
                    let is_page = content.len() <= MAX_PAGE_DIGITS;
                    collector.figure_behind(is_last || digits && !is_page);
                }
                let short = match block.kind() {
                    BlockKind::Paragraph => block.span().len() <= MAX_INTERRUPTION_BYTES,
                    // A numbered label that is broken off its cell; the title of a section ends a table.
                    BlockKind::Heading => section_of(block.title().of(text)).is_none(),
                    _ => false,
                };
                gap = if short { gap.saturating_add(1) } else { u32::MAX };
                if gap > MAX_INTERRUPTIONS {
                    collector.leave();
                }
                continue;
            }
            gap = 0;
            collector.after_figure = core::mem::take(&mut figure);
            let range = document.token_range(block);
            collector.block(index(range.start), tokens.get(range).unwrap_or_default(), block.layout());
        }
        collector.leave();
        collector.doubt_ended();
        collector.doubt_cut_off();
        collector.doubt_torn();
        collector.doubt_ruled(&rules);
        rows
    }

    /// The printed table that a row is part of.
    pub(crate) fn grid(&self, run: &Run) -> u16 {
        self.sheets.get(usize::from(run.sheet)).map_or(u16::MAX, |sheet| sheet.grid)
    }

    pub(crate) fn sheet_heads(&self, sheet: &Sheet) -> &[HeadCell] {
        self.heads.get(sheet.heads.0 as usize..sheet.heads.1 as usize).unwrap_or_default()
    }
}

/// Whether a short line begins with a figure that may be broken off the row above, other words behind it: `247 第二十条第（八）项`.
fn is_figure_and_words(line: &str) -> bool {
    let words = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let short = line.len() <= MAX_INTERRUPTION_BYTES as usize && words.len() < line.len();
    short && words.starts_with(is_space) && !trim_start(words).starts_with('年')
}

/// Whether a line of a few characters may be what a figure above it ends in: 万, 余, 以上, 件.
fn ends_a_figure(line: &str) -> bool {
    line.len() <= MAX_END_BYTES
        && (line.chars().all(|c| is_numeral(c) || is_more(c) || "以上下左右几幾约約".contains(c))
            || whole_unit(line).is_some())
}
