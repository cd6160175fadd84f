//! Rows of the form in a text in which no table was read: they are there, and a person should look.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::classify::{Content, classify};
use crate::document::{BlockKind, Document, MAX_LINE_BYTES};
use crate::form::{Figure, Row, SchemaVersion};
use crate::glyph::canonical;
use crate::grammar::figure::{is_mark, read_figure, whole_unit};
use crate::grammar::taxonomy::Label;
use crate::grammar::{is_space, trim};
use crate::rows::Rows;
use crate::span::Span;

/// So many labels of rows on lines of their own, and so many figures, are a table; fewer may be headings of prose.
const MIN_ROWS: u32 = 3;
const MIN_FIGURES: u32 = 3;
/// So many heads are one.
const MIN_HEADS: usize = 3;
/// So many heads of columns stand above a row, not among prose.
const MIN_COLUMNS: usize = 2;
/// A label of so many characters is long, and so many of them are a table.
const LONG_LABEL: usize = 6;
const MIN_LONG_LABELS: usize = 6;
/// What sets cells apart that no bar ends.
const GAP: &str = "  ";

/// From the first to the last of the labels, where a table of the form is visibly there.
pub(crate) fn find(rows: &Rows, document: &Document, text: &str) -> Option<Span> {
    let heads = rows.sheets.iter().filter(|sheet| !sheet.look_alike).map(|sheet| rows.sheet_heads(sheet));
    if let Some([first, .., last]) = heads.into_iter().find(|heads| heads.len() >= MIN_HEADS) {
        return Some(first.span.to(last.span));
    }
    let (mut labels, mut figures, mut units) = (0_u32, 0_u32, 0_u32);
    let (mut columns, mut below_heads, mut has_row) = (0_usize, 0_usize, false);
    let mut whole: Option<Span> = None;
    for block in document.blocks().iter().filter(|block| block.kind() != BlockKind::Table) {
        let line = block.span().of(text);
        if line.len() > MAX_LINE_BYTES {
            continue;
        }
        // 规章 3 5 7
        let gap = line.char_indices().zip(line.chars().skip(1));
        let gap = gap.clone().find(|((_, c), next)| is_space(*c) && next.is_ascii_digit());
        let label = gap.and_then(|((at, _), _)| line.get(..at)).map_or(line, trim);
        let is_figure = gap.is_some() || read_figure(line).figure != Figure::Text;
        figures = figures.saturating_add(u32::from(is_figure));
        units = units.saturating_add(u32::from(whole_unit(line).is_some()));
        // 规章    3    5    7
        let mut cells = cells(line);
        let here = cells.clone().filter(|cell| means(cell, is_head)).count();
        if here >= MIN_HEADS {
            return Some(block.span());
        }
        columns = columns.saturating_add(here);
        let is_spaced = values(line) > 0 && cells.any(|cell| means(behind_mark(cell), is_row));
        has_row |= is_spaced;
        // Figures below heads are a row, though its label is broken.
        let below = if columns >= MIN_COLUMNS { values(line) } else { 0 };
        below_heads = below_heads.saturating_add(below);
        let is_row = is_spaced || means(label, is_row);
        labels = labels.saturating_add(u32::from(is_row));
        if is_row || below > 0 {
            whole = Some(whole.map_or(block.span(), |whole| whole.to(block.span())));
        }
    }
    let many = labels >= MIN_ROWS && figures >= MIN_FIGURES;
    // One is enough below heads, or with its unit.
    let one = labels > 0 && (columns >= MIN_COLUMNS || units > 0) || below_heads >= MIN_COLUMNS;
    whole.filter(|_| has_row || many || one).or_else(|| anywhere(text))
}

/// From the first to the last long label of the form, where so many different ones stand in the text as in no prose: in ruled
/// lines, in markup, in a line of their own.
fn anywhere(text: &str) -> Option<Span> {
    let long = LONG_LABELS.as_ref()?;
    let mut folded = String::with_capacity(text.len());
    folded.extend(text.chars().filter(|c| !is_space(*c)).map(canonical));
    let mut seen = [false; Row::COUNT];
    let mut whole: Option<(usize, usize)> = None;
    for found in long.labels.find_iter(&folded) {
        let row = long.rows.get(found.pattern().as_usize()).and_then(|row| seen.get_mut(row.ordinal()));
        row.into_iter().for_each(|seen| *seen = true);
        whole = Some((whole.map_or(found.start(), |(start, _)| start), found.end()));
    }
    let (start, end) = whole.filter(|_| seen.iter().filter(|seen| **seen).count() >= MIN_LONG_LABELS)?;
    // Where the letters of the fold stand in the text.
    let mut at = 0_usize;
    let mut places = text.char_indices().filter(|(_, c)| !is_space(*c)).map(|(place, c)| {
        let before = at;
        at = at.saturating_add(canonical(c).len_utf8());
        (before, place, place.saturating_add(c.len_utf8()))
    });
    let (_, first, _) = places.find(|(before, ..)| *before >= start)?;
    let (_, _, last) = places.take_while(|(before, ..)| *before < end).last()?;
    Some(Span::new(u32::try_from(first).ok()?, u32::try_from(last).ok()?))
}

/// Labels of rows that are too long to stand in prose often, and whose they are.
struct LongLabels {
    labels: AhoCorasick,
    rows: Vec<Row>,
}

static LONG_LABELS: LazyLock<Option<LongLabels>> = LazyLock::new(|| {
    let rows = SchemaVersion::ALL.iter().flat_map(|version| version.blocks()).flat_map(|block| block.rows);
    let long = rows.filter(|spec| spec.label.chars().count() >= LONG_LABEL);
    let letters = |label: &str| label.chars().filter(|c| !is_space(*c)).map(canonical).collect::<String>();
    let (labels, rows): (Vec<String>, Vec<Row>) = long.map(|spec| (letters(spec.label), spec.row)).unzip();
    let labels = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(labels).ok()?;
    Some(LongLabels { labels, rows })
});

/// What gaps set apart in the line.
fn cells(line: &str) -> impl Iterator<Item = &str> + Clone {
    line.split('\t').flat_map(|part| part.split(GAP)).map(trim).filter(|cell| !cell.is_empty())
}

/// How many of its cells are values.
fn values(line: &str) -> usize {
    cells(line).filter(|cell| matches!(classify(cell), Content::Value)).count()
}

/// The words behind the mark of a cell above, where two lines are one.
fn behind_mark(cell: &str) -> &str {
    cell.split_once(' ').filter(|(mark, _)| is_mark(mark)).map_or(cell, |(_, words)| trim(words))
}

/// Whether the words have such a meaning.
fn means(words: &str, is_meant: impl Fn(&Label) -> bool) -> bool {
    match classify(words) {
        Content::Labels { labels, fragment: false, .. } => labels.iter().any(is_meant),
        _ => false,
    }
}

/// Whether it is a head: of a column, of the labels, of units.
fn is_head(label: &Label) -> bool {
    matches!(label, Label::Column(_) | Label::Head(_))
}

/// Whether the label is of a row that has figures.
fn is_row(label: &Label) -> bool {
    let has_figures = |row: Row| {
        SchemaVersion::ALL.iter().find_map(|version| version.row(row)).is_some_and(|(_, spec)| !spec.heading)
    };
    matches!(label, Label::Row(row) if has_figures(*row))
}
