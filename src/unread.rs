//! Rows of the form in a text in which no table was read: they are there, and a person should look.

use crate::classify::{Content, classify};
use crate::document::{BlockKind, Document};
use crate::form::{Figure, Row, SchemaVersion};
use crate::grammar::figure::read_figure;
use crate::grammar::is_space;
use crate::grammar::taxonomy::Label;
use crate::grammar::trim;
use crate::rows::Rows;
use crate::span::Span;

/// So many labels of rows on lines of their own, and so many figures, are a table; fewer may be headings of prose.
const MIN_ROWS: u32 = 3;
const MIN_FIGURES: u32 = 3;
/// So many heads are one.
const MIN_HEADS: usize = 3;
/// A line of more bytes is prose.
const MAX_LINE_BYTES: usize = 400;

/// From the first to the last of the labels, where a table of the form is visibly there.
pub(crate) fn find(rows: &Rows, document: &Document, text: &str) -> Option<Span> {
    let heads = rows.sheets.iter().filter(|sheet| !sheet.look_alike).map(|sheet| rows.sheet_heads(sheet));
    if let Some([first, .., last]) = heads.into_iter().find(|heads| heads.len() >= MIN_HEADS) {
        return Some(first.span.to(last.span));
    }
    let (mut labels, mut figures) = (0_u32, 0_u32);
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
        if is_row(label) {
            labels = labels.saturating_add(1);
            whole = Some(whole.map_or(block.span(), |whole| whole.to(block.span())));
        }
    }
    whole.filter(|_| labels >= MIN_ROWS && figures >= MIN_FIGURES)
}

/// Whether the words are the label of a row that has figures.
fn is_row(words: &str) -> bool {
    let has_figures = |row: Row| {
        SchemaVersion::ALL.iter().find_map(|version| version.row(row)).is_some_and(|(_, spec)| !spec.heading)
    };
    match classify(words) {
        Content::Labels { labels, fragment: false, .. } => {
            labels.iter().any(|label| matches!(label, Label::Row(row) if has_figures(*row)))
        }
        _ => false,
    }
}
