//! What puts a row in doubt: figures, bars and words that may be its own, or another's.

use memchr::memchr;

use super::Collector;
use crate::classify::{Content, classify};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{Head, Row, SchemaVersion, Table};
use crate::grammar::figure::is_mark;
use crate::grammar::taxonomy::Label;
use crate::grammar::{chinese_digit, is_space, trim_start};
use crate::rows::{Run, RunKind};
use crate::span::Span;

/// The number of a label has so many digits at most.
const MAX_NUMBER_DIGITS: usize = 1;

impl Collector<'_, '_> {
    /// A figure without a bar stands below the row read last, and may be part of it; where a bar ends each cell, only one that
    /// is no number of a page: too long for it, or at the end of the text, which may be cut off.
    pub(in crate::rows) fn figure_behind(&mut self, is_part: bool) {
        if let Some(run) = self.rows.runs.last_mut() {
            run.interrupted |= is_part || run.layout != Layout::Padded;
        }
    }

    /// Ends the open row before a figure that begins a line: it is no part of the row before, but a page number, or of a row
    /// without its label.
    pub(super) fn interrupt(&mut self, token: &Token) {
        let begins = token.begins_line() && self.row_lines && !self.serial;
        // Nor is it of a line of other words: a footer may stand between.
        if begins && self.open.is_some_and(|run| run.tokens.0 < run.tokens.1 || run.kind == RunKind::Unknown)
        {
            self.close();
        }
        // A bar on either side of the line end between a label and its figures: the end of the one and the frame of the
        // others, or an empty cell.
        let text = self.text;
        if let Some(run) = self.open.as_mut().filter(|run| begins && run.tokens.0 == run.tokens.1) {
            let between = text.get(run.label.end() as usize..token.span().start() as usize);
            let sides = between.and_then(|between| between.split_once('\n'));
            run.interrupted |= sides.is_some_and(|(end, begin)| end.contains('|') && begin.contains('|'));
            // Nor where the label ends its line: the figures before it may be its own.
            let label = run.tokens.0.checked_sub(1).and_then(|at| self.tokens.get(at as usize));
            run.interrupted |= label.is_some_and(|label| label.span() == run.label && !label.begins_line());
        }
    }

    /// Puts the row in doubt that stands before other labels in one line: where it ends is not told, or whose its figures are.
    #[inline(always)]
    pub(super) fn joined(&mut self, token: &Token, banner: bool) {
        if !token.begins_line() {
            self.joined_within(token, banner);
        }
    }

    fn joined_within(&mut self, token: &Token, banner: bool) {
        let is_line = self.layout == Layout::Grid;
        if let Some(run) = self.open.as_mut().filter(|run| run.tokens.0 < run.tokens.1) {
            run.interrupted |= is_line || self.row_lines && (run.tail || banner);
            // The pads of a row end its line.
            if run.tail && !run.interrupted {
                let above = self.text.get(run.label.end() as usize..token.span().start() as usize);
                let line = above.and_then(|above| above.rsplit('\n').next()).unwrap_or_default();
                let cells = line.trim_end_matches([' ', '\t']).strip_suffix('|');
                // A line of bars and this label: two of them are more than a frame.
                let is_row = |cells: &str| cells.contains(|c| !is_space(c));
                run.interrupted |= cells.is_some_and(is_row);
            }
        }
    }

    /// A row of nothing but a pad above heads of table 二 stands where their banner does, and may have changed places with it.
    #[cold]
    pub(super) fn doubt_banner(&mut self, at: u32) {
        let is_disclosure = self.table == Some(Table::ActiveDisclosure);
        let above = |run: &Run| run.tail && run.tokens.1 == at && at > self.from && self.is_pad(run);
        if is_disclosure && self.rows.runs.last().is_some_and(above) {
            self.doubt_last();
        }
    }

    /// Where a figure stands among the heads of table 二, the pad of its banner may stand in a row instead.
    #[cold]
    pub(super) fn doubt_blanks(&mut self) {
        if self.table != Some(Table::ActiveDisclosure) {
            return;
        }
        for at in self.begun.2..self.rows.runs.len() {
            let is_pad = self.rows.runs.get(at).is_some_and(|run| run.tail && self.is_pad(run));
            if let Some(run) = self.rows.runs.get_mut(at).filter(|_| is_pad) {
                run.interrupted = true;
            }
        }
    }

    /// Puts the row in doubt above words in the cell of a figure that has lost its bar: what stands behind them, from token
    /// `first` on, may be of the row.
    #[cold]
    pub(super) fn doubt_above(&mut self, first: u32) {
        let before = first.checked_sub(2).and_then(|at| self.tokens.get(at as usize));
        if before.is_some_and(|before| before.is_open() && before.kind() != TokenKind::Bars) {
            self.doubt_last();
        }
    }

    /// Puts the row in doubt that has an empty cell before words of no table: their bar may be that of its last cell.
    #[cold]
    pub(super) fn doubt_blank(&mut self) {
        let own =
            |run: &Run| self.tokens.get(run.tokens.0 as usize..run.tokens.1 as usize).unwrap_or_default();
        let has_blank = |run: &Run| own(run).iter().any(|token| token.kind() == TokenKind::Bars);
        let is_blank = self.layout == Layout::Cells && self.open.as_ref().is_some_and(has_blank);
        if let Some(run) = self.open.as_mut().filter(|_| is_blank) {
            run.interrupted = true;
        }
    }

    /// Words that no bar ends may be part of the label below them: 其中：主要负责同志参加 above 政府网站在线访谈次数.
    #[inline(always)]
    pub(super) fn doubt_wrapped(&mut self, labels: &[Label], at: u32, label: Span) {
        let before = || at.checked_sub(1).and_then(|before| self.tokens.get(before as usize));
        let above = match self.above.take().filter(|_| at == self.from) {
            None => before().filter(|token| token.is_open()).map(Token::span),
            above => above,
        };
        if let Some(above) = above {
            self.doubt_wrapped_below(above, labels, label);
        }
    }

    #[cold]
    fn doubt_wrapped_below(&mut self, above: Span, labels: &[Label], label: Span) {
        let Content::Labels { labels: whole, .. } = classify(above.to(label).of(self.text)) else { return };
        let row = whole.iter().find_map(|label| match label {
            Label::Row(row) if !labels.contains(&Label::Row(*row)) => Some(*row),
            _ => None,
        });
        if let Some(run) = self.open.as_mut().filter(|run| run.label == label) {
            run.twin = run.twin.or(row);
        }
    }

    /// Where no bar ends the lines above and below a row, one that ends its own may begin a cell that is gone.
    pub(in crate::rows) fn doubt_ended(&mut self) {
        let is_open = |last: &Token| last.is_open() && last.kind() != TokenKind::Bars;
        for run in self.rows.runs.iter_mut().filter(|run| run.layout == Layout::Grid) {
            let label = run.tokens.0.saturating_sub(u32::from(run.labels)) as usize;
            let (Some(above), Some(own), Some(below)) = (
                self.tokens.get(..label),
                self.tokens.get(label..run.tokens.1 as usize),
                self.tokens.get(run.tokens.1 as usize..),
            ) else {
                continue;
            };
            let is_ended = own.last().is_some_and(|last| !last.is_open() && last.kind() != TokenKind::Bars);
            if is_ended && above.last().is_some_and(is_open) && below.first().is_none_or(Token::begins_line) {
                let line = below.chunk_by(|_, next| !next.begins_line()).next();
                run.interrupted |= line.and_then(<[_]>::last).is_none_or(is_open);
            }
        }
    }

    /// A figure that ends the text may be what is left of the next label, its number: 7 below the row 6.属于四类过程性信息.
    pub(in crate::rows) fn doubt_cut_off(&mut self) {
        let Some(run) = self.rows.runs.last_mut() else { return };
        let own = self.tokens.get(run.tokens.0 as usize..).unwrap_or_default();
        let last = own.iter().rfind(|token| !token.span().is_empty());
        let (RunKind::Row(row), Some(last)) = (run.kind, last) else { return };
        let behind = self.text.get(last.span().end() as usize..).unwrap_or_default();
        if behind.chars().all(is_space) {
            let next = number(row).and_then(|number| number.checked_add(1));
            run.interrupted |= next.is_some() && last.span().of(self.text).parse().ok() == next;
            // Where no bar ends a line or a cell, the last figure may be cut off, unless the form ends with it.
            let open = match run.layout {
                Layout::Cells => run.label.to(last.span()).of(self.text).contains('|'),
                Layout::Grid => matches!(row, Row::Indicator(_)),
                Layout::Padded => false,
            };
            let ends_form =
                |version: &SchemaVersion| version.cells().last().is_some_and(|cell| cell.id.row == row);
            let ends_text = run.tokens.1 as usize >= self.tokens.len();
            run.cut_off = open
                && ends_text
                && last.kind() != TokenKind::Bars
                && !SchemaVersion::ALL.iter().any(ends_form);
        }
    }

    /// Where a lone bar begins each row, one at the end of the table may be that of a row that is gone.
    pub(super) fn doubt_last_bar(&mut self) {
        let of_grid = self.rows.runs.get_mut(self.begun.2..).unwrap_or_default();
        let Some(run) = of_grid.last_mut().filter(|run| run.tail) else { return };
        let last = run.tokens.1.checked_sub(1).and_then(|last| self.tokens.get(last as usize));
        let is_lone = last.is_some_and(|bar| bar.begins_line() && bar.span().len() == 1);
        if let RunKind::Row(row) = run.kind {
            let ends_table = |version: &SchemaVersion| {
                let cells = version.cells().iter();
                cells.rev().find(|cell| cell.id.table() == row.table()).is_some_and(|cell| cell.id.row == row)
            };
            run.interrupted |= is_lone && !SchemaVersion::ALL.iter().any(ends_table);
        }
    }

    /// An empty row whose label ends in the words that another line of figures begins with may be torn: 2.没有现成信息 above
    /// some row, 需要另行制作 below it.
    pub(in crate::rows) fn doubt_torn(&mut self) {
        let is_other = |run: &Run| run.kind == RunKind::Unknown && !self.is_pad(run);
        if !self.rows.runs.iter().any(is_other) {
            return;
        }
        let empty = |run: &&Run| matches!(run.kind, RunKind::Row(_)) && self.is_pad(run);
        let mut labels: Vec<(Row, &str)> = Vec::new();
        for run in self.rows.runs.iter().filter(empty) {
            let RunKind::Row(row) = run.kind else { continue };
            if labels.iter().all(|(known, _)| *known != row) {
                let versions = SchemaVersion::ALL.iter().filter_map(|version| version.row(row));
                labels.extend(versions.map(|(_, spec)| (row, spec.label)));
            }
        }
        let mut torn: Vec<Row> = Vec::new();
        for run in self.rows.runs.iter().filter(|run| is_other(run)) {
            let words = run.label.of(self.text);
            labels.retain(|(row, label)| {
                let is_rest = label.len() > words.len() && label.ends_with(words);
                torn.extend(is_rest.then_some(*row));
                !is_rest
            });
        }
        for run in &mut self.rows.runs {
            run.interrupted |= matches!(run.kind, RunKind::Row(row) if torn.contains(&row));
        }
    }

    /// Of a grid that is ruled, `+---+`, a row may have several lines; what stands beside the others is not told.
    pub(in crate::rows) fn doubt_ruled(&mut self, rules: &[Span]) {
        if rules.is_empty() {
            return;
        }
        for run in &mut self.rows.runs {
            let next = rules.partition_point(|rule| rule.start() < run.label.start());
            let from = next
                .checked_sub(1)
                .and_then(|before| rules.get(before))
                .map_or(0, |rule| rule.end() as usize);
            let to = rules.get(next).map_or(self.text.len(), |rule| rule.start() as usize);
            let row = self.text.get(from..to).unwrap_or_default();
            let others = trim_start(row).split_once('\n').map_or("", |(_, others)| others);
            run.interrupted |= from > 0 && !trim_start(others).is_empty();
        }
    }

    /// Whether a figure without its bar stands above the label at token `at`.
    #[cold]
    pub(super) fn is_below_open(&self, at: u32) -> bool {
        let before = self.tokens.get(..at as usize).unwrap_or_default();
        before.iter().rfind(|token| !token.span().is_empty()).is_some_and(|token| {
            token.is_open() && matches!(classify(token.span().of(self.text)), Content::Value)
        })
    }

    /// Puts the open row in doubt where a bar is lost around its label: it stands in one cell with that of its group, or no
    /// bar ends it and one stands alone below, which may be an empty cell.
    pub(super) fn doubt_label(&mut self, at: u32, label: &Token) {
        let text = label.span().of(self.text);
        let is_group = |line: &str| {
            matches!(
                classify(line),
                Content::Labels { labels: [Label::Head(Head::Group(_)), ..], fragment: false, .. }
            )
        };
        let line = || memchr(b'\n', text.as_bytes()).and_then(|end| text.get(..end));
        let glued = self.layout == Layout::Cells && line().is_some_and(is_group);
        let below = self.tokens.get(at.saturating_add(1) as usize);
        let is_bar = |token: &Token| token.kind() == TokenKind::Bars && !token.span().is_empty();
        let unclosed = label.is_open() && below.is_some_and(is_bar);
        if let Some(run) = self.open.as_mut().filter(|run| run.label == label.span()) {
            run.fragment |= glued;
            run.interrupted |= unclosed;
        }
    }

    /// Puts the row read last in doubt.
    #[cold]
    pub(in crate::rows) fn doubt_last(&mut self) {
        if let Some(run) = self.rows.runs.last_mut() {
            run.interrupted = true;
        }
    }

    /// Notes whether a lone bar stands behind the row read last, which may begin what is read now.
    #[inline]
    pub(super) fn note_bar(&mut self) {
        let lone_bar = self.lone_bar;
        if let Some(before) = self.rows.runs.get_mut(self.begun.2..).and_then(<[_]>::last_mut) {
            before.bar_behind = lone_bar;
        }
    }

    /// Whether nothing but bars stands behind the label of the row.
    pub(super) fn is_pad(&self, run: &Run) -> bool {
        let cells = self.tokens.get(run.tokens.0 as usize..run.tokens.1 as usize).unwrap_or_default();
        cells.iter().all(|token| token.kind() == TokenKind::Bars)
    }
}

/// Whether a figure, which may be of the row before, stands before a label in its cell: before its number (`390 4.信函申请数`),
/// on a line of its own, or where no such number is.
#[inline]
pub(super) fn is_glued(label: &str, labels: &[Label]) -> bool {
    // As hardly any label.
    if !matches!(label.as_bytes(), [b'0'..=b'9', behind, ..] if *behind != b'.') {
        return false;
    }
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let gap = rest.len().saturating_sub(trim_start(rest).len());
    let is_line = rest.get(..gap).is_some_and(|gap| gap.contains('\n'));
    let numbers = || labels.iter().any(|label| matches!(label, Label::Row(row) if number(*row).is_some()));
    let is_number = label.len().saturating_sub(rest.len()) <= MAX_NUMBER_DIGITS && numbers();
    let mut letters = trim_start(rest).chars();
    let numbered = match letters.next() {
        Some('0'..='9' | '(' | '（') => true,
        Some(first) => chinese_digit(first).is_some() && letters.next() == Some('、'),
        None => false,
    };
    let words = !matches!(trim_start(rest).chars().next(), None | Some('.' | '．' | '、'));
    rest.len() < label.len() && gap > 0 && (numbered || words && (is_line || !is_number))
}

/// Whether a mark stands before a label in its cell, which may be of the empty cell before: `— 五、行政诉讼数量`.
#[inline]
pub(super) fn is_marked(label: &str) -> bool {
    // As hardly any label.
    matches!(label.as_bytes(), [b'/' | b'-' | b'\\' | 0xE2, ..] | [0xEF, 0xBC, 0x8D | 0x8F, ..])
        && label.split_once(' ').is_some_and(|(mark, _)| is_mark(mark))
}

/// The digit that the form prints before the label of the row.
#[cold]
fn number(row: Row) -> Option<u32> {
    let number = |version: &SchemaVersion| version.placed(row)?.spec.number.chars().last()?.to_digit(10);
    SchemaVersion::ALL.iter().find_map(number)
}
