//! Tables without bars: cells as lines, or lines whose cells stand apart by tabs or by wide gaps.
//!
//! ```text
//! 规章                    规章 ⇥ 2 ⇥  ⇥ 19          规章        2         19
//!
//! 2
//! ```
//!
//! Nothing in such a line says that it is one of a table, so the form's own labels do: a run of lines is a table where
//! labels and figures follow each other closely. An empty cell shows where a tab or a no-break space stands for it, and
//! else does not.

use memchr::{memchr, memchr_iter};

use super::aligned::{self, AllPlans, Plan, Plans};
use super::scan::split_line;
use super::{Block, BlockKind, Document, Layout, Token, TokenKind, ends_table, index, offset, span};
use crate::classify::{Content, classify, is_page_number};
use crate::form::Figure;
use crate::grammar::figure::{MAX_COUNT_DIGITS, read_figure};
use crate::grammar::taxonomy::Label;
use crate::grammar::trim;
use crate::span::Span;

/// So many rows of the form and so many figures make a table.
const MIN_ROWS: usize = 4;
const MIN_FIGURES: usize = 6;
/// So many lines in a row may be neither: parts of a broken label, a page number, a footer.
const MAX_OTHERS: u32 = 3;
/// So many pairs of tabs, and no single one, stand between cells.
const MIN_PAIRS: u32 = 6;
/// A line of more bytes is prose.
const MAX_LINE_BYTES: usize = 400;

/// Whether a line of prose may be a figure or end in one.
pub(super) fn is_candidate(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.last().is_some_and(u8::is_ascii_digit)
        || bytes.len() <= 24
            && bytes.first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'))
}

/// Whether so many candidates are worth a second look.
pub(super) const fn is_worth(candidates: u32) -> bool {
    candidates as usize >= MIN_FIGURES
}

/// The tables that were found, and how their lines are to be read.
#[derive(Default)]
pub(super) struct Found {
    tables: Vec<Bare>,
    plans: AllPlans,
}

impl Found {
    /// The tables among the lines of prose; where there are `known` to be some, small ones too.
    pub(super) fn of(document: &Document, text: &str, known: bool) -> Self {
        let tables = tables_of(document, text);
        // Small ones count where there is a large one.
        if !known && !tables.iter().any(|table| table.large) {
            return Self::default();
        }
        let plans = aligned::plans(text, &tables);
        Self { tables, plans }
    }

    /// How many tokens they have, at most.
    pub(super) fn room(&self) -> usize {
        self.tables.iter().map(|table| table.cells as usize).fold(self.plans.room(), usize::saturating_add)
    }

    /// Makes tables of their lines.
    pub(super) fn place(self, document: &mut Document, text: &str) {
        if self.tables.is_empty() {
            return;
        }
        // First the blocks, so that there is room for the tokens in what they leave.
        let mut tables = self.tables.iter().peekable();
        let mut inside = Span::empty(0);
        document.blocks.retain_mut(|block| {
            if let Some(table) = tables.next_if(|table| table.span.contains(block.span)) {
                inside = table.span;
                *block = Block { layout: Layout::Cells, ..Block::new(BlockKind::Table, inside) };
                return true;
            }
            !inside.contains(block.span)
        });
        if document.blocks.capacity() > document.blocks.len().saturating_mul(2) {
            document.blocks.shrink_to_fit();
        }
        // Behind those of tables with bars, wherever they stand in the text.
        let tokens = &mut document.tokens;
        tokens.reserve_exact(self.room());
        let mut tables = self.tables.iter().enumerate().peekable();
        for block in document.blocks.iter_mut().filter(|block| block.kind == BlockKind::Table) {
            if let Some((at, table)) = tables.next_if(|(_, table)| table.span == block.span) {
                let from = index(tokens.len());
                tokens_of(text, table, self.plans.of(at), tokens);
                block.part = (from, index(tokens.len()));
            }
        }
    }
}

/// The tables among the lines of prose; a row and a figure make one.
fn tables_of(document: &Document, text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let is_table = |block: &Block| block.kind == BlockKind::Table;
    for group in document.blocks.chunk_by(|a, b| is_table(a) == is_table(b)) {
        if let [first, ..] = group
            && !is_table(first)
        {
            // Empty cells at the end of the last line are none of its block.
            let end = group.last().map_or(first.span.end(), |last| last.span.end());
            let behind = text.get(end as usize..).unwrap_or_default();
            let end = end.saturating_add(index(behind.find('\n').unwrap_or(behind.len())));
            tables(text, Span::new(first.span.start(), end), &mut found);
        }
    }
    found
}

/// A table that was found. Its lines are read again where they are wanted: kept they would take more memory than the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bare {
    pub(super) span: Span,
    /// Whether it has as many rows and figures as no prose has.
    large: bool,
    /// How many lines it has, and how many of them stand behind an empty one.
    pub(super) lines: u32,
    apart: u32,
    /// How many cells, at most.
    cells: u32,
    /// Whether gaps stand in it, and tabs.
    gaps: bool,
    tabs: bool,
    /// How many runs of tabs stand in it, and how many of them are no pairs.
    runs: u32,
    odd: u32,
}

impl Bare {
    /// The lines of the table.
    pub(super) fn lines(self, text: &str) -> impl Iterator<Item = Line> {
        lines(text, self.span)
    }

    /// Whether two tabs stand between cells, as resiliparse prints them, and four for an empty one.
    const fn has_pairs(self) -> bool {
        self.runs >= MIN_PAIRS && self.odd == 0
    }

    /// Whether its columns may line up.
    pub(super) const fn may_be_aligned(self) -> bool {
        self.gaps && !self.tabs
    }
}

/// What was seen since a label that may begin a table.
#[derive(Default)]
struct Seen {
    /// Up to the line before this, and up to the last label or figure.
    all: Bare,
    kept: Bare,
    rows: usize,
    figures: usize,
}

/// A line that is not empty.
pub(super) struct Line {
    pub span: Span,
    /// Whether an empty line stands before it.
    apart: bool,
}

impl Seen {
    fn push(&mut self, text: &str, line: &Line) {
        let content = line.span.of(text);
        let all = &mut self.all;
        all.span = if all.lines == 0 { line.span } else { all.span.to(line.span) };
        all.lines = all.lines.saturating_add(1);
        all.apart = all.apart.saturating_add(u32::from(line.apart));
        let (tabs, gaps) = (memchr(b'\t', content.as_bytes()).is_some(), has_gap(content));
        // A line in doubt has a bar more.
        let cells = match (tabs, gaps) {
            (true, _) => memchr_iter(b'\t', content.as_bytes()).count().saturating_add(2),
            (false, true) => cells(content).count().saturating_add(1),
            (false, false) => 1,
        };
        if tabs {
            for run in content.as_bytes().chunk_by(|a, b| a == b).filter(|run| run.first() == Some(&b'\t')) {
                all.runs = all.runs.saturating_add(1);
                all.odd = all.odd.saturating_add(u32::from(!run.len().is_multiple_of(2)));
            }
        }
        let cells = index(cells);
        all.cells = all.cells.saturating_add(cells);
        (all.gaps, all.tabs) = (all.gaps || gaps, all.tabs || tabs);
    }

    /// Ends the table, if it is one.
    fn close(&mut self, found: &mut Vec<Bare>) {
        let seen = core::mem::take(self);
        if seen.rows > 0 && seen.figures > 0 {
            found.push(Bare { large: seen.rows >= MIN_ROWS && seen.figures >= MIN_FIGURES, ..seen.kept });
        }
    }
}

/// The lines of a part of the text that are not empty, and those that hold nothing but a space that stands for a cell.
fn lines(text: &str, within: Span) -> impl Iterator<Item = Line> {
    let mut apart = false;
    let mut at = within.start() as usize;
    let mut rest = within.of(text);
    let each = core::iter::from_fn(move || {
        let len = split_line(rest).map_or(rest.len(), |(line, _)| line.len().saturating_add(1));
        let (line, behind) = rest.split_at_checked(len).filter(|(line, _)| !line.is_empty())?;
        rest = behind;
        Some(line)
    });
    each.filter_map(move |line| {
        let here = at;
        at = at.saturating_add(line.len());
        // A figure alone, by far the commonest.
        if let Some((b'\n', digits)) = line.as_bytes().split_last()
            && !digits.is_empty()
            && digits.iter().all(u8::is_ascii_digit)
        {
            return Some(Line { span: span(here, digits.len()), apart: core::mem::take(&mut apart) });
        }
        let mut content = trim(line);
        if content.is_empty() {
            let blank = line.find(['\u{a0}', '\u{3000}']);
            let line = blank.map(|blank| Line { span: span(here.saturating_add(blank), 0), apart });
            apart = line.is_none();
            return line;
        }
        // The tabs at the end of a row are its last cells.
        if memchr(b'\t', line.as_bytes()).is_some() {
            content = line.trim_end_matches(['\r', '\n']);
        }
        let part = span(here.saturating_add(offset(line, content)), content.len());
        Some(Line { span: part, apart: core::mem::take(&mut apart) })
    })
}

/// The tables among the lines within `within`.
fn tables(text: &str, within: Span, found: &mut Vec<Bare>) {
    let mut seen = Seen::default();
    for line in lines(text, within) {
        let content = line.span.of(text);
        if content.is_empty() {
            if seen.all.lines > 0 {
                seen.push(text, &line);
            }
            continue;
        }
        let says = Says::of(content);
        if says == Says::Prose {
            seen.close(found);
        } else if seen.all.lines > 0 || says == Says::Row || says == Says::Head {
            seen.push(text, &line);
            match says {
                Says::Row => {
                    seen.rows = seen.rows.saturating_add(1);
                    let figures =
                        cells(content).skip(1).filter(|cell| read_figure(cell).figure != Figure::Text);
                    seen.figures = seen.figures.saturating_add(figures.count());
                }
                Says::Figure => seen.figures = seen.figures.saturating_add(1),
                _ => {}
            }
            if says != Says::Other {
                seen.kept = seen.all;
            } else if seen.all.lines.saturating_sub(seen.kept.lines) > MAX_OTHERS {
                seen.close(found);
            }
        }
    }
    seen.close(found);
}

/// Whether a sentence ends in the line; no search is set up for so few bytes.
fn has_stop(line: &str) -> bool {
    line.as_bytes().windows("。".len()).any(|bytes| bytes == "。".as_bytes())
}

/// What a line says of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It holds the label of a row, with its figures or without.
    Row,
    /// A banner or the head of a column.
    Head,
    Figure,
    Other,
    /// A sentence or the title of a section: the end of a table.
    Prose,
}

impl Says {
    fn of(line: &str) -> Self {
        if line.len() <= MAX_COUNT_DIGITS as usize && is_digits(line) {
            return Self::Figure;
        }
        if line.len() > MAX_LINE_BYTES || has_stop(line) || ends_table(line) {
            return Self::Prose;
        }
        let first = cells(line).find(|cell| !cell.is_empty()).unwrap_or_default();
        match classify(first) {
            Content::Labels { labels, .. } if labels.iter().any(|label| matches!(label, Label::Row(_))) => {
                Self::Row
            }
            Content::Labels { .. } | Content::Banner(_) => Self::Head,
            Content::Value => Self::Figure,
            Content::Field | Content::Unknown => Self::Other,
        }
    }
}

/// Adds the tokens of a table, whose lines are read as `plans` say.
fn tokens_of(text: &str, table: &Bare, plans: Plans<'_>, tokens: &mut Vec<Token>) {
    // Where nearly every cell stands between empty lines, lines that do not are parts of one cell.
    let joins = plans.are_none() && table.apart.saturating_mul(5) >= table.lines.saturating_mul(4);
    let from = tokens.len();
    for (at, line) in table.lines(text).enumerate() {
        if line.span.is_empty() {
            tokens.push(Token::new(TokenKind::Bars, line.span, true));
            continue;
        }
        if joins
            && !line.apart
            && tokens.len() > from
            && let Some(last) = tokens.last_mut().filter(|last| last.kind != TokenKind::Bars)
        {
            if last.kind == TokenKind::Text && is_page_number(line.span.of(text)) {
                // A figure is no part of a label, and what it is nothing tells.
                let kind = if is_digits(line.span.of(text)) { TokenKind::Digits } else { TokenKind::Text };
                tokens.push(Token { open: true, ..Token::new(kind, line.span, true) });
            } else if last.kind == TokenKind::Text && is_page_number(last.span.of(text)) {
                last.open = true;
                tokens.push(Token::new(TokenKind::Text, line.span, true));
            } else {
                // Which of its lines is the figure is not told.
                last.open |= last.kind == TokenKind::Digits;
                (last.span, last.kind) = (last.span.to(line.span), TokenKind::Text);
            }
            continue;
        }
        let content = line.span.of(text);
        let plan = plans.of_line(at, content);
        if let Plan::Columns { labels, values, count } = plan {
            placed(text, &line, usize::from(*labels), values, *count, tokens);
            continue;
        }
        if *plan == Plan::Free && is_digits(content) {
            tokens.push(Token::new(TokenKind::Digits, line.span, true));
            continue;
        }
        // What stands before a label belongs to the row above it, a group that spans rows; before a figure it is a cell.
        let lead = cells(content).find(|cell| !cell.is_empty()).unwrap_or_default();
        let is_label = read_figure(lead).figure == Figure::Text;
        let (mut first, mut valued) = (true, false);
        let mut pairs = table.has_pairs().then(|| content.split("\t\t").map(trim));
        // A line that begins with a separator goes on with the row of a cell that broke it.
        if let Some(pairs) = pairs.as_mut().filter(|_| content.starts_with('\t')) {
            pairs.next();
            first = false;
        }
        let mut single = cells(content);
        let each = core::iter::from_fn(|| match &mut pairs {
            Some(pairs) => pairs.next(),
            None => single.next(),
        });
        for cell in each {
            let at = (line.span.start() as usize).saturating_add(offset(content, cell));
            let kind = match cell {
                "" if first && is_label => continue,
                "" => TokenKind::Bars,
                _ if is_digits(cell) => TokenKind::Digits,
                _ => TokenKind::Text,
            };
            // The next of two rows in one line.
            if valued && kind == TokenKind::Text && matches!(classify(cell), Content::Labels { .. }) {
                tokens.push(open_bar(at));
            }
            valued |= kind == TokenKind::Digits;
            tokens.push(Token::new(kind, span(at, cell.len()), first));
            first = false;
        }
        if *plan == Plan::Doubt {
            tokens.push(open_bar(line.span.end() as usize));
        }
    }
}

/// What puts the row that ends here in doubt.
fn open_bar(at: usize) -> Token {
    Token { open: true, ..Token::bar(span(at, 0)) }
}

/// Adds the tokens of a line whose values stand in known columns, of so many; behind the labels, and an empty cell in each
/// other column.
fn placed(text: &str, line: &Line, labels: usize, columns: &[u8], count: u8, tokens: &mut Vec<Token>) {
    let content = line.span.of(text);
    let token = |cell: &str| {
        let kind = if is_digits(cell) { TokenKind::Digits } else { TokenKind::Text };
        Token::new(
            kind,
            span((line.span.start() as usize).saturating_add(offset(content, cell)), cell.len()),
            false,
        )
    };
    let mut cells = cells(content).map(token);
    let from = tokens.len();
    tokens.extend(cells.by_ref().take(labels));
    let mut columns = columns.iter().copied().peekable();
    for column in 0..count {
        let end = tokens.get(from..).and_then(<[_]>::last).map_or(line.span.start(), |last| last.span.end());
        let value = columns.next_if_eq(&column).and_then(|_| cells.next());
        tokens.push(value.unwrap_or_else(|| Token::bar(Span::empty(end))));
    }
    if let Some(first) = tokens.get_mut(from) {
        first.first = true;
    }
}

/// Whether a gap of two spaces stands in the line.
pub(super) fn has_gap(line: &str) -> bool {
    line.as_bytes().windows(2).any(|pair| pair == b"  ")
}

pub(super) fn is_digits(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit())
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
