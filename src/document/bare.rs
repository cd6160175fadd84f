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

use super::line::{cells, has_gap, split_line};
use super::{Block, BlockKind, Document, MAX_LINE_BYTES, ends_table, index, offset, span};
use crate::classify::{Content, classify};
use crate::form::{Figure, Head};
use crate::grammar::figure::{MAX_COUNT_DIGITS, MAX_VALUE_BYTES, is_digits, read_figure};
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

/// Whether a line of prose may be a figure or end in one.
pub(super) fn is_candidate(line: &str) -> bool {
    // In full width they are three bytes.
    matches!(line.as_bytes(), [.., b'0'..=b'9'] | [.., 0xEF, 0xBC, 0x90..=0x99])
        || line.len() <= MAX_VALUE_BYTES
            && matches!(
                line.as_bytes(),
                [b'0'..=b'9' | b'+' | b'-', ..] | [b'\\', b'-', ..] | [0xEF, 0xBC, 0x90..=0x99, ..]
            )
}

/// Whether so many candidates are worth a second look.
pub(super) const fn is_worth(candidates: u32) -> bool {
    candidates as usize >= MIN_FIGURES
}

/// The tables among the lines of prose; a row and a figure make one.
pub(super) fn tables_of(document: &Document, text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let is_table = |block: &Block| block.kind == BlockKind::Table && !is_lone_rule(block.span.of(text));
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

/// Whether a line is the rule of a grid and nothing else, `---|---|`: some tools print one below heads that they print as lines.
/// Without a bar it may be a mark.
fn is_lone_rule(line: &str) -> bool {
    let line = line.trim_ascii();
    // As hardly any line.
    line.starts_with(['-', ':', '|'])
        && line.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' '))
        && line.contains('|')
        && line.contains("--")
}

/// A table that was found. Its lines are read again where they are wanted: kept they would take more memory than the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bare {
    pub(super) span: Span,
    /// Whether it has as many rows and figures as no prose has.
    pub(super) large: bool,
    /// How many lines it has, and how many of them stand behind an empty one.
    pub(super) lines: u32,
    pub(super) apart: u32,
    /// How many cells, at most.
    pub(super) cells: u32,
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
    pub(super) const fn has_pairs(self) -> bool {
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
    pub(super) apart: bool,
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
        if is_lone_rule(content) {
            return None;
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

/// No serial number has more digits.
const MAX_SERIAL_DIGITS: usize = 3;

/// Whether the line is the heads of a table with a column of serial numbers.
pub(super) fn heads_serials(line: &str) -> bool {
    let is_head = |cell| match classify(cell) {
        Content::Labels { labels, .. } => labels.contains(&Label::Head(Head::SerialNumber)),
        _ => false,
    };
    // As hardly any line.
    line.starts_with('序') && cells(line).next().is_some_and(is_head)
}

/// Whether a serial number stands before the label of a row, in a column of its own: `23  2.传真申请数  件  70`.
pub(super) fn is_numbered(line: &str) -> bool {
    let mut cells = cells(line);
    let is_serial = cells.next().is_some_and(|cell| cell.len() <= MAX_SERIAL_DIGITS && is_digits(cell));
    let is_row = |cell| match classify(cell) {
        Content::Labels { labels, .. } => labels.iter().any(|label| matches!(label, Label::Row(_))),
        _ => false,
    };
    is_serial && cells.next().is_some_and(|cell| !is_digits(cell) && is_row(cell))
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
            Content::Value if is_numbered(line) => Self::Row,
            Content::Value => Self::Figure,
            Content::Field | Content::Unknown => Self::Other,
        }
    }
}
