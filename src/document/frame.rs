//! What the bars of a table mean, told from all its lines: ends of cells, a frame around each line, a bar on either side
//! of each cell, or bars between cells alone.
//!
//! | printed | seen in | settled as |
//! | --- | --- | --- |
//! | `规章 \| 3 \| \| 7 \| \|` | versions 1.8 to 1.12 of the extractor | left alone: pads and empty cells are the binder's to tell |
//! | `\| 规章 \| 3 \| \| 7 \|` | 2.0 and later, Markdown | without the first bar and without rules |
//! | `\|规章\|\|3\|\|\|\|7\|` | 1.4 | one bar for each empty cell |
//! | `规章\| 3\| \| 7` | html2text | one bar for each empty cell, lines that a blank cell broke joined |

use super::{Block, BlockKind, Layout, Token, TokenKind, index};
use crate::form::Figure;
use crate::grammar::figure::{read_figure, unit};
use crate::grammar::trim_start;
use crate::span::Span;

/// So many cells inside lines before bars are taken for doubled, if most are: two rows of a table. Of fewer all must be, as the
/// heads of a table that is cut off below them.
const MIN_DOUBLED: usize = 6;
const MIN_HEADS: usize = 3;
/// Of so many cells four in five tell.
const MANY_DOUBLED: usize = 16;
/// So many lines that no bar ends before bars are taken to stand between cells alone; fewer are accidents.
const MIN_SEPARATED: usize = 4;

/// Settles what the bars of all tables mean; the extractor printed all of them alike.
///
/// `split` where each bar stands on a line of its own, `spaced` where a space stands before some bar behind a cell; leaves room
/// for so many tokens more.
pub(super) fn settle(
    blocks: &mut [Block],
    tokens: &mut Vec<Token>,
    text: &str,
    split: bool,
    spaced: bool,
    more: usize,
) {
    let range = |block: &Block| block.tokens().0 as usize..block.tokens().1 as usize;
    let is_table = |block: &&Block| block.kind == BlockKind::Table;
    let mut frames = Vec::with_capacity(blocks.iter().filter(is_table).count());
    let (mut all, mut before) = (Frame::default(), 0_usize);
    for block in blocks.iter().filter(is_table) {
        let part = tokens.get(range(block)).unwrap_or_default();
        let frame = Frame::of(part, text);
        frames.push((frame.bars > 0 || frame.rules > 0, frame.are_rows()));
        all = all.plus(&frame);
        before = before.saturating_add(usize::from(part.first().is_some_and(is_edge)));
    }
    let (doubled, separated) = (all.is_doubled(), !split && all.is_separated());
    // Version 1.8 prints no pad, and no space before a bar; so does 1.9, with a row on each line.
    let tight = !spaced && !split && !all.few(all.bare) && all.bars <= all.bare;
    let before = split && before.saturating_mul(2) > frames.len();
    let mut ways = Vec::with_capacity(frames.len());
    for (block, (is_framed, are_rows)) in
        blocks.iter_mut().filter(|block| block.kind == BlockKind::Table).zip(frames)
    {
        let (way, layout) = if doubled {
            (Way::Halve { split }, if split { Layout::Cells } else { Layout::Grid })
        } else if separated {
            (Way::Complete, Layout::Grid)
        } else if !split && !tight && is_framed {
            (Way::Strip { bare: !all.few(all.bare) }, all.layout())
        } else if tight {
            (Way::Single, if are_rows { Layout::Grid } else { Layout::Cells })
        } else {
            (if before { Way::End } else { Way::Keep }, block.layout)
        };
        block.layout = layout;
        ways.push(way);
    }
    if ways.iter().any(|way| *way != Way::Keep) {
        let tables = || blocks.iter().filter(is_table).zip(&ways);
        let bars = |token: &Token| if is_pad(token) { token.span.len() as usize } else { 1 };
        let mut room = tokens.iter().map(bars).fold(0, usize::saturating_add);
        // Of so many a second look costs less than room for what might be.
        if room > MANY {
            room = 0;
            for (block, way) in tables() {
                let part = tokens.get(range(block)).unwrap_or_default();
                way.settle(part, block.span.end(), text, |_| room = room.saturating_add(1));
            }
        }
        let mut settled = Vec::with_capacity(room.saturating_add(more));
        for (block, way) in blocks.iter_mut().filter(|block| block.kind == BlockKind::Table).zip(&ways) {
            let from = index(settled.len());
            let part = tokens.get(range(block)).unwrap_or_default();
            way.settle(part, block.span.end(), text, |token| settled.push(token));
            block.part = (from, index(settled.len()));
        }
        *tokens = settled;
    }
    // Of a table that is cut off, what its bars mean is not told.
    if split && all.may_be_doubled() {
        tokens.iter_mut().filter(|token| token.kind == TokenKind::Bars).for_each(|bar| bar.open = true);
    }
    // Where pads stand on lines of their own, one bar at the end of a row may be one.
    if split && all.pads > 0 && !doubled {
        for at in 1..tokens.len() {
            let ends_row = tokens.get(at).is_some_and(|next| is_wording(next, text));
            if let Some(bar) =
                tokens.get_mut(at.saturating_sub(1)).filter(|bar| ends_row && is_empty_cell(bar))
            {
                bar.open = true;
            }
        }
    }
    // An empty cell at the very end may be one that is cut off, and so may one on a line of its own below words.
    let below_words = all.are_rows()
        && matches!(tokens.as_slice(), [.., above, last] if last.first && is_text(above))
        && blocks.last().is_some_and(|block| range(block).len() > 1);
    if (split || below_words || all.layout() == Layout::Cells)
        && let Some(last) = tokens.last_mut().filter(|last| is_empty_cell(last) && last.first != split)
        && text.get(last.span.end() as usize..).is_some_and(|behind| trim_start(behind).is_empty())
    {
        last.open = true;
    }
    // Where bars stand between cells or before them, cells that no bar ends are as they should be.
    let cells = |token: &&mut Token| token.kind != TokenKind::Bars;
    let open = tokens.iter_mut().filter(cells).filter(|token| token.open).count();
    if !split && open >= MIN_SEPARATED {
        let lines = tokens.iter().filter(|token| token.first).count();
        if open.saturating_mul(4) >= lines {
            tokens.iter_mut().filter(cells).for_each(|token| token.open = false);
        }
    }
}

/// More tokens than any report has.
const MANY: usize = 1 << 12;

/// How the tokens of a table are settled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// They stay as they are.
    Keep,
    /// A bar stands on a line of its own before each cell: [`end_cell`].
    End,
    Single,
    Halve {
        split: bool,
    },
    Complete,
    /// `bare` where some lines have no bar at their beginning.
    Strip {
        bare: bool,
    },
}

impl Way {
    /// Gives the tokens of a table that ends at `end`, settled, to `put`.
    fn settle(self, tokens: &[Token], end: u32, text: &str, mut put: impl FnMut(Token)) {
        match self {
            Self::Keep => tokens.iter().for_each(|token| put(*token)),
            Self::End => end_cell(tokens, end, text, put),
            Self::Single => tokens.iter().flat_map(single).for_each(put),
            Self::Halve { split } => halve(tokens, split, put),
            Self::Complete => complete(tokens, text, put),
            Self::Strip { bare } => strip(tokens, bare, text, put),
        }
    }
}

/// Ends a table in which a bar stands on a line of its own before each cell: nothing ends its last cell, which is empty where
/// the bar is the last of all.
fn end_cell(tokens: &[Token], end: u32, text: &str, mut put: impl FnMut(Token)) {
    let is_empty = text.get(..end as usize).is_some_and(|table| table.ends_with('|'));
    let Some((last, before)) = tokens.split_last() else { return };
    before.iter().for_each(|token| put(*token));
    put(Token { open: last.open && is_empty, ..*last });
    if is_empty {
        put(Token::bar(Span::empty(end)));
    }
}

/// The token, or a token for each bar of a run, where all are empty cells.
fn single(token: &Token) -> impl Iterator<Item = Token> + use<> {
    let token = *token;
    let bars = if token.kind == TokenKind::Bars { token.span.len().max(1) } else { 1 };
    (0..bars).map(move |at| {
        let start = token.span.start().saturating_add(at);
        let span = if bars > 1 { Span::new(start, start.saturating_add(1)) } else { token.span };
        Token { span, first: token.first && at == 0, ..token }
    })
}

/// Leaves one bar for each pair of bars that has nothing between, which is an empty cell.
fn halve(tokens: &[Token], split: bool, mut put: impl FnMut(Token)) {
    let mut last: Option<Token> = None;
    for line in lines(tokens) {
        let mut first = line.first().is_some_and(|token| token.first);
        let mut keep = |token: Token| {
            let token = Token { first: core::mem::take(&mut first), ..token };
            last.replace(token).into_iter().for_each(&mut put);
        };
        let mut open = false;
        let mut between = false;
        let mut end = 0;
        for token in line {
            if token.kind == TokenKind::Bars {
                for at in token.span.start()..token.span.end() {
                    if open {
                        keep(Token { span: Span::new(at, at.saturating_add(1)), ..*token });
                    }
                    open = !open;
                }
                end = token.span.end();
                continue;
            }
            // A bar too many or too few: what stands between the two cells is not told.
            if between && !open {
                keep(Token { open: true, ..Token::bar(Span::empty(token.span.start())) });
            }
            keep(*token);
            (open, between) = (false, true);
        }
        // Half a pair: an empty cell where the last bar of the table was taken with the text before it, else a line that is
        // cut off.
        if open && between {
            keep(Token { open: true, ..Token::bar(Span::new(end.saturating_sub(1), end)) });
        } else if split
            && between
            && let Some(last) = last.as_mut().filter(|last| last.kind == TokenKind::Bars)
        {
            last.open = true;
        }
    }
    last.into_iter().for_each(put);
}

/// Adds the empty cell behind the last bar of a line, and joins a line that begins with the bar of an empty cell to the one
/// that the cell broke.
fn complete(tokens: &[Token], text: &str, mut put: impl FnMut(Token)) {
    let mut end = None;
    for line in lines(tokens) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
        if is_rule_line(line, text) {
            continue;
        }
        // A row begins with a label: a line of several cells without one goes on with the one before.
        let goes_on = || line.len() > 1 && !line.iter().any(|token| is_wording(token, text));
        let joins = end.is_some() && (is_edge(first) || goes_on());
        if let Some(end) = end.filter(|_| !joins) {
            put(Token::bar(Span::empty(end)));
        }
        put(Token { first: !joins, open: false, ..*first });
        let doubtful = |token: &Token| token.open && token.kind == TokenKind::Bars;
        line.iter().skip(1).for_each(|token| put(Token { open: doubtful(token), ..*token }));
        end = behind_bar(last, text);
    }
    end.into_iter().for_each(|end| put(Token::bar(Span::empty(end))));
}

/// Takes the frame away: bars at the beginning of a line that are no cell, and rules.
fn strip(tokens: &[Token], bare: bool, text: &str, mut put: impl FnMut(Token)) {
    let unclosed = tokens.iter().filter(|token| token.open).count().saturating_mul(2) > tokens.len() / 2;
    let begins = |line: &[Token]| matches!(line, [edge, next, ..] if is_edge(edge) && is_wording(next, text));
    let before_words = bare && lines(tokens).any(begins);
    for line in lines(tokens) {
        match line {
            _ if is_rule_line(line, text) => {}
            // Where some lines have no such bar, one before a figure may be an empty cell.
            [edge, next, ..] if is_edge(edge) && (!bare || is_wording(next, text)) => {
                line.iter()
                    .skip(1)
                    .enumerate()
                    .for_each(|(at, token)| put(Token { first: at == 0, ..*token }));
                // Of cells that no bar ends, one that a bar does end: the bar may begin another.
                if let [_, cell] = line
                    && unclosed
                    && !cell.open
                    && let Some(end) = behind_bar(cell, text)
                {
                    put(Token { open: true, ..Token::bar(Span::empty(end)) });
                }
            }
            // Where one before words is none, nothing tells which it is.
            [edge, next, ..] if is_edge(edge) && before_words && !is_wording(next, text) => {
                put(Token { open: true, ..*edge });
                line.iter().skip(1).for_each(|token| put(*token));
            }
            // A line without its frame may be the rest of a cell.
            [first, rest @ ..] if !bare && !rest.is_empty() && first.first && !is_wording(first, text) => {
                put(Token { open: true, ..*first });
                rest.iter().for_each(|token| put(*token));
            }
            _ => line.iter().for_each(|token| put(*token)),
        }
    }
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
    /// Lines of tokens.
    lines: usize,
    /// All tokens.
    tokens: usize,
    /// Cells with another before them in their line, and those of them behind an odd number of bars.
    inside: usize,
    doubled: usize,
    /// Lines of several cells that no bar ends.
    open: usize,
    /// Lines of several cells that a bar ends, and that the next line does not go on with.
    closed: usize,
    /// Tables whose first line of several cells no bar ends; negative where a bar does.
    heads: isize,
    /// Framed lines of one cell.
    cells: usize,
    /// Tokens of the last framed line.
    width: Option<usize>,
    /// How often a framed line has another width than the one before.
    changes: usize,
    /// Framed lines that begin with an empty cell before words: a label above spans it.
    spanned: usize,
}

impl Frame {
    fn of(tokens: &[Token], text: &str) -> Self {
        let mut frame = Self::default();
        // Whether an empty cell may have broken the row, so that the next line goes on with it.
        let mut broken = false;
        for line in lines(tokens) {
            frame.lines = frame.lines.saturating_add(1);
            frame.tokens = frame.tokens.saturating_add(line.len());
            frame.count_doubled(line);
            frame.pads = frame.pads.saturating_add(line.iter().filter(|token| is_pad(token)).count());
            if let [first, .., last] = line
                && (broken || !is_edge(first))
            {
                frame.closed = frame.closed.saturating_add(usize::from(broken && !is_edge(first)));
                broken = behind_bar(last, text).is_some();
                if frame.heads == 0 {
                    frame.heads = if broken { isize::MIN } else { 1 };
                }
                frame.open = frame.open.saturating_add(usize::from(!broken));
            }
            match line {
                _ if is_rule_line(line, text) => frame.rules = frame.rules.saturating_add(1),
                [edge, _, ..] if is_edge(edge) => {
                    frame.bars = frame.bars.saturating_add(1);
                    frame.cells = frame.cells.saturating_add(usize::from(line.len() == FRAMED_CELL));
                    let changed = frame.width.replace(line.len()).is_some_and(|width| width != line.len());
                    frame.changes = frame.changes.saturating_add(usize::from(changed));
                    // A few tell.
                    let spanned = frame.spanned < MIN_SPANNED
                        && line.get(1).is_some_and(is_empty_cell)
                        && line
                            .iter()
                            .skip(2)
                            .find(|token| !is_empty_cell(token))
                            .is_some_and(|token| is_wording(token, text));
                    frame.spanned = frame.spanned.saturating_add(usize::from(spanned));
                }
                // An empty cell, or the bar that begins a row on the next line.
                [edge] if is_edge(edge) => {}
                _ => frame.bare = frame.bare.saturating_add(1),
            }
        }
        frame
    }

    /// Counts the cells of a line behind an odd number of bars: the end of one cell, and a bar on either side of each empty
    /// one and before the next.
    fn count_doubled(&mut self, line: &[Token]) {
        let mut bars = None;
        for token in line {
            match (token.kind, &mut bars) {
                (TokenKind::Bars, Some(bars)) => *bars = token.span.len().saturating_add(*bars),
                (TokenKind::Bars, None) => {}
                (_, before) => {
                    if let Some(bars) = before.replace(0) {
                        self.inside = self.inside.saturating_add(1);
                        self.doubled = self.doubled.saturating_add((bars % 2) as usize);
                    }
                }
            }
        }
    }

    /// The counts of two tables.
    fn plus(self, other: &Self) -> Self {
        let add = usize::saturating_add;
        Self {
            bars: add(self.bars, other.bars),
            bare: add(self.bare, other.bare),
            rules: add(self.rules, other.rules),
            pads: add(self.pads, other.pads),
            lines: add(self.lines, other.lines),
            tokens: add(self.tokens, other.tokens),
            inside: add(self.inside, other.inside),
            doubled: add(self.doubled, other.doubled),
            open: add(self.open, other.open),
            closed: add(self.closed, other.closed),
            heads: self.heads.saturating_add(other.heads),
            cells: add(self.cells, other.cells),
            width: None,
            changes: add(self.changes, other.changes),
            spanned: add(self.spanned, other.spanned),
        }
    }

    /// Whether a bar stands on either side of each cell.
    fn is_doubled(&self) -> bool {
        let few = self.inside < MIN_DOUBLED;
        let doubled = if few {
            self.doubled == self.inside
        } else {
            self.doubled.saturating_mul(5) >= self.inside.saturating_mul(4)
        };
        doubled && self.inside >= MIN_HEADS
    }

    /// Whether some cells have a bar on either side, and there are too few to tell by.
    fn may_be_doubled(&self) -> bool {
        !self.is_doubled() && self.inside < MANY_DOUBLED && self.doubled.saturating_mul(2) >= self.inside
    }

    /// Whether bars stand between cells alone, and none at the end of a line but before an empty cell: few lines end in one,
    /// or none of heads, which are never empty.
    fn is_separated(&self) -> bool {
        self.open >= MIN_SEPARATED && (self.open > self.closed || self.heads > 0) && self.pads == 0
    }

    /// Whether one framed line in ten is such, at most: damage.
    fn few(&self, lines: usize) -> bool {
        lines.saturating_mul(10) <= self.bars
    }

    /// Whether lines are rows rather than cells.
    const fn are_rows(&self) -> bool {
        self.tokens >= self.lines.saturating_mul(2)
    }

    /// A grid where every line is a whole row: framed, without pads, and under a rule or of one width with its neighbours,
    /// as far as tables of other widths do not follow.
    fn layout(&self) -> Layout {
        // One line without a bar is an accident, where rules tell what the others are.
        let bare = self.bare.saturating_sub(usize::from(self.rules > 0));
        if !self.few(bare) || !self.few(self.pads) || self.bars < 2 {
            Layout::Padded
        } else if self.few(self.bars.saturating_sub(self.cells)) {
            Layout::Cells
        } else if self.changes.saturating_mul(4) < self.bars || self.rules > 0 || self.spanned >= MIN_SPANNED
        {
            Layout::Grid
        } else {
            Layout::Padded
        }
    }
}

/// So many lines that begin with a cell that a label above spans are of a grid.
const MIN_SPANNED: usize = 2;

/// The tokens of a line with a bar and one cell.
const FRAMED_CELL: usize = 2;

/// The tokens of each line.
fn lines(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| !next.first)
}

fn is_edge(token: &Token) -> bool {
    token.kind == TokenKind::Bars && token.span.len() == 1
}

fn is_empty_cell(token: &Token) -> bool {
    token.kind == TokenKind::Bars && token.span.len() <= 1
}

fn is_text(token: &Token) -> bool {
    token.kind == TokenKind::Text
}

fn is_pad(token: &Token) -> bool {
    token.kind == TokenKind::Bars && token.span.len() > 1
}

fn is_rule(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Text && is_rule_text(token.span.of(text))
}

/// Whether the cell holds words rather than a figure or a unit.
fn is_wording(token: &Token, text: &str) -> bool {
    let cell = token.span.of(text);
    token.kind == TokenKind::Text
        && read_figure(cell).figure == Figure::Text
        && !unit(cell).is_ok_and(|(rest, _)| rest.is_empty())
}

pub(super) fn is_rule_text(cell: &str) -> bool {
    cell.starts_with(['-', ':']) && cell.len() >= 3 && cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
}

/// A line of nothing but rules, at least two; a lone `---` is a figure's mark.
fn is_rule_line(line: &[Token], text: &str) -> bool {
    let rules = line.iter().filter(|token| is_rule(token, text)).count();
    rules > 1 && line.iter().all(|token| is_rule(token, text) || is_edge(token))
}
