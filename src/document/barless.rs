//! Tokens of the tables without bars.

use super::aligned::{self, AllPlans, Plan, Plans};
use super::bare::{Bare, Line, heads_serials, is_numbered, tables_of};
use super::line::cells;
use super::{Block, BlockKind, Document, Layout, Token, TokenKind, index, offset, span};
use crate::classify::{Content, classify, is_page_number};
use crate::form::Figure;
use crate::grammar::figure::{is_digits, read_figure};
use crate::grammar::trim;
use crate::span::Span;

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

/// Adds the tokens of a table, whose lines are read as `plans` say.
fn tokens_of(text: &str, table: &Bare, plans: Plans<'_>, tokens: &mut Vec<Token>) {
    // Where nearly every cell stands between empty lines, lines that do not are parts of one cell.
    let joins = plans.are_none() && table.apart.saturating_mul(5) >= table.lines.saturating_mul(4);
    let from = tokens.len();
    // Elsewhere a number before a label is that of a page, or the end of the row above.
    let mut serials = false;
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
        serials |= heads_serials(content);
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
            valued |= kind == TokenKind::Digits && !(serials && first && is_numbered(content));
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
