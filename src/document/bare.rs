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

use memchr::memchr;

use super::aligned::{self, Plan};
use super::{Block, BlockKind, Document, Layout, Token, TokenKind, index, offset, span};
use crate::classify::{Content, classify};
use crate::form::Figure;
use crate::grammar::figure::read_figure;
use crate::grammar::heading::{parse_heading, section_of};
use crate::grammar::taxonomy::Label;
use crate::grammar::trim;
use crate::span::Span;

/// So many rows of the form and so many figures make a table.
const MIN_ROWS: usize = 4;
const MIN_FIGURES: usize = 6;
/// So many lines in a row may be neither: parts of a broken label, a page number, a footer.
const MAX_OTHERS: usize = 3;
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

/// Makes tables of the lines of prose that are some.
pub(super) fn find(document: &mut Document, text: &str) {
    let found = tables_of(document, text);
    // Small ones count where there is a large one.
    if !found.iter().any(|table| table.large) {
        return;
    }
    let plans = aligned::plans(text, found.iter().map(|table| &table.lines[..]));
    let (blocks, tokens) = (core::mem::take(&mut document.blocks), core::mem::take(&mut document.tokens));
    let mut plans = plans.iter().map(Vec::as_slice).chain(core::iter::repeat(&[][..]));
    let mut found = found.into_iter().peekable();
    let mut inside = Span::empty(0);
    for block in blocks {
        if let Some(table) = found.next_if(|table| table.span.contains(block.span)) {
            inside = table.span;
            let from = index(document.tokens.len());
            document.tokens.extend(tokens_of(text, &table.lines, plans.next().unwrap_or_default()));
            let tokens = (from, index(document.tokens.len()));
            document.blocks.push(Block {
                tokens,
                layout: Layout::Cells,
                ..Block::new(BlockKind::Table, inside)
            });
        } else if !inside.contains(block.span) {
            let (from, to) = block.tokens;
            let from_here = index(document.tokens.len());
            document.tokens.extend_from_slice(tokens.get(from as usize..to as usize).unwrap_or_default());
            document.blocks.push(Block { tokens: (from_here, index(document.tokens.len())), ..block });
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

/// A table that was found.
struct Bare {
    span: Span,
    /// Whether it has as many rows and figures as no prose has.
    large: bool,
    lines: Vec<Line>,
}

/// What was seen since a label that may begin a table.
#[derive(Default)]
struct Seen {
    lines: Vec<Line>,
    /// How many of the lines go up to the last label or figure.
    kept: usize,
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
    /// Ends the table, if it is one.
    fn close(&mut self, found: &mut Vec<Bare>) {
        let mut seen = core::mem::take(self);
        seen.lines.truncate(seen.kept);
        if let (Some(first), Some(last)) = (seen.lines.first(), seen.lines.last())
            && seen.rows > 0
            && seen.figures > 0
        {
            let large = seen.rows >= MIN_ROWS && seen.figures >= MIN_FIGURES;
            found.push(Bare { span: first.span.to(last.span), large, lines: seen.lines });
        }
    }
}

/// The tables among the lines within `within`.
fn tables(text: &str, within: Span, found: &mut Vec<Bare>) {
    let mut seen = Seen::default();
    let mut apart = false;
    let mut at = within.start() as usize;
    for line in within.of(text).split_inclusive('\n') {
        // The tabs at the end of a row are its last cells.
        let mut content = trim(line);
        if !content.is_empty() && memchr(b'\t', line.as_bytes()).is_some() {
            content = line.trim_end_matches(['\r', '\n']);
        }
        let part = span(at.saturating_add(offset(line, content)), content.len());
        let blank = content.is_empty().then(|| line.find(['\u{a0}', '\u{3000}'])).flatten();
        let here = at;
        at = at.saturating_add(line.len());
        if let Some(blank) = blank.filter(|_| !seen.lines.is_empty()) {
            seen.lines.push(Line { span: span(here.saturating_add(blank), 0), apart });
        }
        if content.is_empty() {
            apart = blank.is_none();
            continue;
        }
        let says = Says::of(content);
        if says == Says::Prose {
            seen.close(found);
        } else if !seen.lines.is_empty() || says == Says::Row || says == Says::Head {
            seen.lines.push(Line { span: part, apart });
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
                seen.kept = seen.lines.len();
            } else if seen.lines.len().saturating_sub(seen.kept) > MAX_OTHERS {
                seen.close(found);
            }
        }
        apart = false;
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
        let title = || parse_heading(line).is_some_and(|heading| section_of(heading.title).is_some());
        if line.len() > MAX_LINE_BYTES || has_stop(line) || title() {
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

/// The tokens of the lines of a table.
fn tokens_of(text: &str, lines: &[Line], plans: &[Plan]) -> Vec<Token> {
    // Where nearly every cell stands between empty lines, lines that do not are parts of one cell.
    let apart = lines.iter().filter(|line| line.apart).count();
    let joins = plans.is_empty() && apart.saturating_mul(5) >= lines.len().saturating_mul(4);
    let mut tokens: Vec<Token> = Vec::with_capacity(lines.len());
    let plans = plans.iter().chain(core::iter::repeat(&Plan::Free));
    for (line, plan) in lines.iter().zip(plans) {
        if line.span.is_empty() {
            tokens.push(Token::new(TokenKind::Bars, line.span, true));
            continue;
        }
        if joins
            && !line.apart
            && let Some(last) = tokens.last_mut().filter(|last| last.kind != TokenKind::Bars)
        {
            if last.kind == TokenKind::Text && is_digits(line.span.of(text)) {
                // A figure is no part of a label, and what it is nothing tells.
                tokens.push(Token { open: true, ..Token::new(TokenKind::Digits, line.span, true) });
            } else {
                (last.span, last.kind) = (last.span.to(line.span), TokenKind::Text);
            }
            continue;
        }
        let content = line.span.of(text);
        // What stands before a label belongs to the row above it, a group that spans rows; before a figure it is a cell.
        let lead = cells(content).find(|cell| !cell.is_empty()).unwrap_or_default();
        let is_label = read_figure(lead).figure == Figure::Text;
        let (mut first, mut valued) = (true, false);
        if let Plan::Columns { labels, values, count } = plan {
            tokens.extend(placed(text, line, *labels, values, *count));
            continue;
        }
        for cell in cells(content) {
            let at = (line.span.start() as usize).saturating_add(offset(content, cell));
            let kind = match cell {
                "" if first && is_label => continue,
                "" => TokenKind::Bars,
                _ if is_digits(cell) => TokenKind::Digits,
                _ => TokenKind::Text,
            };
            // The next of two rows in one line.
            if *plan == Plan::Doubt && valued && matches!(classify(cell), Content::Labels { .. }) {
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
    tokens
}

/// What puts the row that ends here in doubt.
fn open_bar(at: usize) -> Token {
    Token { open: true, ..Token::bar(span(at, 0)) }
}

/// The tokens of a line whose values stand in known columns, of so many; behind the labels, and an empty cell in each other
/// column.
fn placed(text: &str, line: &Line, labels: usize, columns: &[usize], count: usize) -> Vec<Token> {
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
    let mut tokens: Vec<Token> = cells.by_ref().take(labels).collect();
    let mut columns = columns.iter().copied().peekable();
    for column in 0..count {
        let end = tokens.last().map_or(line.span.start(), |last| last.span.end());
        let value = columns.next_if_eq(&column).and_then(|_| cells.next());
        tokens.push(value.unwrap_or_else(|| Token::bar(Span::empty(end))));
    }
    if let Some(first) = tokens.first_mut() {
        first.first = true;
    }
    tokens
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
