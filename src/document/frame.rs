//! What the bars of a table mean, told from all its lines: ends of cells, a frame around each line, a bar on either side
//! of each cell, or bars between cells alone.
//!
//! | printed | seen in | settled as |
//! | --- | --- | --- |
//! | `规章 \| 3 \| \| 7 \| \|` | versions 1.8 to 1.12 of the extractor | left alone: pads and empty cells are the binder's to tell |
//! | `\| 规章 \| 3 \| \| 7 \|` | 2.0 and later, Markdown | without the first bar and without rules |
//! | `\|规章\|\|3\|\|\|\|7\|` | 1.4 | one bar for each empty cell |
//! | `规章\| 3\| \| 7` | html2text | one bar for each empty cell, lines that a blank cell broke joined |

use super::{Layout, Token, TokenKind};
use crate::form::Figure;
use crate::grammar::figure::read_figure;
use crate::grammar::trim_start;
use crate::span::Span;

/// So many cells inside lines before bars are taken for doubled: two rows of a table.
const MIN_DOUBLED: usize = 6;
/// So many lines that no bar ends before bars are taken to stand between cells alone.
const MIN_SEPARATED: usize = 4;

/// Settles what the bars of `tokens` mean, which are those of one table, and each on a line of its own if `split`.
///
/// `None` where nothing but the ends of cells and pads shows.
pub(super) fn settle(tokens: &mut Vec<Token>, text: &str, split: bool) -> Option<Layout> {
    if is_doubled(tokens) {
        *tokens = halve(tokens);
        return Some(if split { Layout::Cells } else { Layout::Grid });
    }
    let frame = Frame::of(tokens, text);
    if frame.bars == 0 && frame.rules == 0 && frame.open == 0 {
        return None;
    }
    if frame.is_separated() {
        *tokens = complete(tokens, text);
        return Some(Layout::Grid);
    }
    frame.strip(tokens, text);
    (frame.bars > 0 || frame.rules > 0).then(|| frame.layout())
}

/// Whether a bar stands on either side of each cell: then an odd number of them stands between the end of one cell and the
/// next.
fn is_doubled(tokens: &[Token]) -> bool {
    let (mut inside, mut doubled) = (0_usize, 0_usize);
    for line in lines(tokens) {
        let mut bars = None;
        for token in line {
            match (token.kind, &mut bars) {
                (TokenKind::Bars, Some(bars)) => *bars = token.span.len().saturating_add(*bars),
                (TokenKind::Bars, None) => {}
                (_, before) => {
                    if let Some(bars) = before.replace(0) {
                        inside = inside.saturating_add(1);
                        doubled = doubled.saturating_add((bars % 2) as usize);
                    }
                }
            }
        }
    }
    inside >= MIN_DOUBLED && doubled.saturating_mul(20) >= inside.saturating_mul(19)
}

/// Leaves one bar for each pair of bars that has nothing between, which is an empty cell.
fn halve(tokens: &[Token]) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    for line in lines(tokens) {
        let mut first = line.first().is_some_and(|token| token.first);
        let mut keep = |token: Token| kept.push(Token { first: core::mem::take(&mut first), ..token });
        let mut open = false;
        for token in line {
            if token.kind != TokenKind::Bars {
                keep(*token);
                open = false;
                continue;
            }
            for at in token.span.start()..token.span.end() {
                if open {
                    keep(Token { span: Span::new(at, at.saturating_add(1)), ..*token });
                }
                open = !open;
            }
        }
    }
    kept
}

/// Adds the empty cell behind the last bar of a line, and joins a line that begins with the bar of an empty cell to the one
/// that the cell broke.
fn complete(tokens: &[Token], text: &str) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut end = None;
    for line in lines(tokens) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        if is_rule_line(line, text) {
            continue;
        }
        let joins = end.is_some() && is_edge(first);
        if let Some(end) = end.filter(|_| !joins) {
            kept.push(Token { span: Span::empty(end), kind: TokenKind::Bars, first: false });
        }
        kept.push(Token { first: !joins, ..*first });
        kept.extend(line.iter().skip(1));
        end = behind_bar(last, text);
    }
    kept.extend(end.map(|end| Token { span: Span::empty(end), kind: TokenKind::Bars, first: false }));
    kept
}

/// Where the bar behind the cell ends; `None` where no bar ends it.
fn behind_bar(token: &Token, text: &str) -> Option<u32> {
    if token.kind == TokenKind::Bars {
        return Some(token.span.end());
    }
    let behind = text.get(token.span.end() as usize..)?;
    let bar = trim_start(behind.split('\n').next()?).strip_prefix('|')?;
    let len = behind.find('\n').unwrap_or(behind.len()).checked_sub(bar.len())?;
    token.span.end().checked_add(u32::try_from(len).ok()?)
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
    /// Lines of several cells that no bar ends.
    open: usize,
    /// Lines of several cells that a bar ends, and that the next line does not go on with.
    closed: usize,
    /// Cells of the last framed line.
    width: Option<usize>,
    /// How often a framed line has another width than the one before.
    changes: usize,
}

impl Frame {
    fn of(tokens: &[Token], text: &str) -> Self {
        let mut frame = Self::default();
        // Whether an empty cell may have broken the row, so that the next line goes on with it.
        let mut broken = false;
        for line in lines(tokens) {
            frame.pads = frame.pads.saturating_add(line.iter().filter(|token| is_pad(token)).count());
            if let [first, .., last] = line
                && (broken || !is_edge(first))
            {
                frame.closed = frame.closed.saturating_add(usize::from(broken && !is_edge(first)));
                broken = behind_bar(last, text).is_some();
                frame.open = frame.open.saturating_add(usize::from(!broken));
            }
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

    /// Whether bars stand between cells alone, and none at the end of a line but before an empty cell.
    fn is_separated(&self) -> bool {
        self.pads == 0 && self.open >= MIN_SEPARATED && self.open > self.closed
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

pub(super) fn is_rule_text(cell: &str) -> bool {
    cell.starts_with(['-', ':']) && cell.len() >= 3 && cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
}

/// A line of nothing but rules, at least two; a lone `---` is a figure's mark.
fn is_rule_line(line: &[Token], text: &str) -> bool {
    let rules = line.iter().filter(|token| is_rule(token, text)).count();
    rules > 1 && line.iter().all(|token| is_rule(token, text) || is_edge(token))
}
