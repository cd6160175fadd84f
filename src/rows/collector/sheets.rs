//! Where tables begin and end, and what stands above their columns.

use super::labels::column_table;
use super::{Collector, index};
use crate::document::TokenKind;
use crate::form::{Head, Table};
use crate::grammar::is_space;
use crate::grammar::note::{unit_of_caption, unit_of_label};
use crate::grammar::taxonomy::Label;
use crate::rows::{BYTES_OF_HEAD, BYTES_OF_SHEET, HeadCell, Sheet};
use crate::span::Span;

/// Heads over the figures of table 四 where they stand in one row: five outcomes of three proceedings.
const REVIEW_HEADS: usize = 15;

impl Collector<'_, '_> {
    /// Whether the heads of table 四 are complete, so that figures may begin.
    pub(super) fn is_before_figures(&self) -> bool {
        self.header && self.outcomes >= REVIEW_HEADS && self.table == Some(Table::ReviewLitigation)
    }

    pub(super) fn begin_sheet(&mut self, table: Table, item: u8) {
        self.close();
        self.note_bar();
        let same_grid = self.table == Some(table);
        if !same_grid && self.sheet.is_some() {
            self.end_grid();
        }
        let from = index(self.rows.heads.len());
        let last = self.rows.heads.last().map_or(Span::empty(0), |head| head.span);
        let number = u16::try_from(self.rows.sheets.len()).ok();
        self.sheet = number.filter(|_| self.has_room(self.rows.sheets.len(), BYTES_OF_SHEET, last));
        self.table = self.sheet.map(|_| table);
        if self.sheet.is_none() {
            self.rows.surplus.get_or_insert(last);
            return;
        }
        self.rows.sheets.push(Sheet {
            table,
            item,
            heads: (from, from),
            look_alike: false,
            vertical: false,
            broken: false,
            grid: self.rows.grids,
        });
        (self.header, self.disordered) = (true, false);
        (self.among_heads, self.outcomes, self.proceedings) = (0, 0, false);
    }

    /// The printed table is over: its last row has no pad.
    pub(super) fn end_grid(&mut self) {
        let grid = self.rows.grids;
        if let Some(run) = self.rows.runs.last_mut() {
            let of_grid =
                self.rows.sheets.get(usize::from(run.sheet)).is_some_and(|sheet| sheet.grid == grid);
            run.last |= of_grid;
        }
        if core::mem::take(&mut self.headed) {
            self.doubt_blanks();
        }
        self.strip_row_bars();
        self.rows.grids = grid.saturating_add(1);
    }

    /// Takes the bar that begins each row in version 2.0 of the extractor from the end of the row before, where four of
    /// five rows of the table have one. The pre-2019 table is left alone: its rows may all end in a blank.
    fn strip_row_bars(&mut self) {
        let (rows, barred, first) = self.begun;
        let statistics = self.table == Some(Table::Statistics);
        // Of a table of a row or two the others tell.
        if rows > 2 {
            self.barred = barred.saturating_mul(5) >= rows.saturating_mul(4);
        }
        if self.barred && !statistics {
            let runs = self.rows.runs.get_mut(first..).unwrap_or_default();
            for run in runs.iter_mut().filter(|run| run.bar_behind && run.tail) {
                run.tokens.1 = run.tokens.1.saturating_sub(1);
                run.width = run.width.saturating_sub(1);
                let last = run.tokens.1.checked_sub(1).filter(|last| *last >= run.tokens.0);
                let last = last.and_then(|last| self.tokens.get(last as usize));
                run.tail = last.is_some_and(|token| token.kind() == TokenKind::Bars);
            }
            self.doubt_last_bar();
        }
        self.begun = (0, 0, self.rows.runs.len());
    }

    /// Keeps what states a unit for the rows below it.
    #[cold]
    pub(in crate::rows) fn caption(&mut self, span: Span) {
        let text = span.of(self.text);
        if unit_of_caption(text).or_else(|| unit_of_label(text)).is_some() {
            self.rows.captions.push(span);
        }
    }

    pub(super) fn head(&mut self, label: Option<Label>, span: Span) {
        if self.stray_head.is_some() {
            self.stray_head(span);
        }
        // One cut off counts all the same.
        let is_cut = || self.table == Some(Table::ReviewLitigation);
        if matches!(label, Some(Label::Column(_))) || label.is_none() && is_cut() {
            self.outcomes = self.outcomes.saturating_add(1);
        }
        self.proceedings |= matches!(label, Some(Label::Row(_) | Label::Head(Head::Litigation)));
        if self.has_room(self.rows.heads.len(), BYTES_OF_HEAD, span) {
            self.rows.heads.push(HeadCell { label, span });
        }
        let (to, among_heads) = (index(self.rows.heads.len()), self.among_heads);
        if let Some(sheet) = self.sheet.and_then(|at| self.rows.sheets.get_mut(usize::from(at))) {
            sheet.heads.1 = to;
            sheet.broken |= among_heads > u32::from(sheet.table != Table::ReviewLitigation);
        }
    }

    /// A head that more than one table has is of the one whose heads follow it: 总计 above 自然人.
    #[cold]
    fn stray_head(&mut self, next: Span) {
        let Some((labels, span)) = self.stray_head.take() else { return };
        let between = self.text.get(span.end() as usize..next.start() as usize).unwrap_or_default();
        let table = self.table;
        let of_table =
            |label: &&Label| matches!(label, Label::Column(column) if column_table(*column) == table);
        if let Some(label) =
            labels.iter().find(of_table).filter(|_| between.chars().all(|c| c == '|' || is_space(c)))
        {
            self.head(Some(*label), span);
        }
    }
}
