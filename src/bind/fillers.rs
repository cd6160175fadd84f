//! Empty cells that stand for spans in a grid, told from the other rows of the document.

use super::slots::Slots;
use super::{Binder, other_version, tokens};
use crate::document::{Shape, Token, TokenKind};
use crate::form::{Row, RowPlace, Table};
use crate::rows::{Run, RunKind};

/// Columns of table 二 at most.
pub(super) const MAX_MEASURES: usize = 3;

impl Binder<'_> {
    /// The empty cells that a whole grid prints for the columns over which a label or a figure spans: how many stand
    /// before the figures of this row, and how many behind.
    ///
    /// A label of table 三 spans three columns, two within 三、本年度办理结果, one within its groups; the figures of table
    /// 二 may be fewer than the columns of the printed table.
    pub(super) fn fillers(
        &mut self,
        row: Row,
        run: &Run,
        figures: usize,
        width: Option<u8>,
    ) -> (usize, usize) {
        let Some(RowPlace { spec, .. }) = self.version.placed(row).or_else(|| other_version(row)) else {
            return (0, 0);
        };
        match row.table() {
            Table::Requests if self.prints_spans(run, figures) => match spec.number {
                number if !number.contains('(') => (2, 0),
                number if number.ends_with(')') => (1, 0),
                _ => (0, 0),
            },
            Table::ActiveDisclosure => {
                // Where rows of fewer figures are as wide as the others, one that is not has lost a cell.
                let whole = width.filter(|_| self.is_even(run));
                let behind = |width| {
                    usize::from(width).saturating_sub(usize::from(run.labels).saturating_add(figures))
                };
                (0, whole.map_or(0, behind))
            }
            _ => (0, 0),
        }
    }

    /// Whether an empty cell ends a row of table 二 that is narrower than the printed table, or of no other row's width, while
    /// no other row is: the line may be cut off within that cell.
    pub(super) fn may_be_cut(&mut self, row: Row, run: &Run, slots: &Slots, width: Option<u8>) -> bool {
        let ends_empty = slots.spans.last().is_some_and(|span| span.is_empty());
        let narrower = |width| u16::from(run.labels).saturating_add(run.width) < u16::from(width);
        row.table() == Table::ActiveDisclosure
            && self.document.shape() != Shape::WholeRows
            && ends_empty
            && (self.lone || width.is_some_and(narrower))
            && self.evenness(run).1 < 2
    }

    /// Whether most rows of table 二 that have fewer figures than its widest are as wide all the same.
    fn is_even(&mut self, run: &Run) -> bool {
        let (even, uneven) = self.evenness(run);
        even > uneven
    }

    /// How many rows of the printed table 二 that have fewer figures than its widest are as wide all the same, and how many
    /// are not.
    fn evenness(&mut self, run: &Run) -> (u32, u32) {
        let of = self.rows.grid(run);
        if let Some((known, evenness)) = self.evenness
            && known == of
        {
            return evenness;
        }
        let (mut even, mut uneven) = (0_u32, 0_u32);
        for run in self.runs_of(of) {
            let RunKind::Row(row) = run.kind else { continue };
            let columns = self.version.row(row).map_or(0, |(block, _)| block.columns.len());
            if columns >= MAX_MEASURES {
                continue;
            }
            if usize::from(run.width) > columns && run.tail {
                even = even.saturating_add(1);
            } else {
                uneven = uneven.saturating_add(1);
            }
        }
        self.evenness = Some((of, (even, uneven)));
        (even, uneven)
    }

    /// The rows of a printed table, which stand behind those of the tables before it.
    fn runs_of(&self, grid: u16) -> impl Iterator<Item = &Run> {
        let from = self.rows.runs.partition_point(|run| self.rows.grid(run) < grid);
        let rest = self.rows.runs.get(from..).unwrap_or_default();
        rest.iter().take_while(move |run| self.rows.grid(run) == grid)
    }

    /// Whether the printed table of a row has empty cells where a label spans columns: most rows with the broadest labels
    /// then begin with two, or those of a group with one, and have more cells than figures.
    fn prints_spans(&mut self, run: &Run, figures: usize) -> bool {
        let of = self.rows.grid(run);
        if let Some((known, spans)) = self.spans
            && known == of
        {
            return spans;
        }
        let number = |run: &Run| match run.kind {
            RunKind::Row(row @ Row::Request(_)) => self.version.row(row).map(|(_, spec)| spec.number),
            _ => None,
        };
        let is_broad = |run: &Run| number(run).is_some_and(|number| !number.contains('('));
        let is_group = |run: &Run| number(run).is_some_and(|number| number.ends_with(')'));
        let (mut with, mut without, mut unclear) = (0_u32, 0_u32, 0_u32);
        let mut count = |run: &Run, labels: usize| {
            let of_run = tokens(self.document, run);
            let is_bar = |token: &Token| token.kind() == TokenKind::Bars;
            if of_run.iter().all(is_bar) {
                return;
            }
            let spans = of_run.iter().take(labels).all(is_bar);
            match usize::from(run.width) > figures {
                broader if broader && spans => with = with.saturating_add(1),
                // A row that has lost a cell tells nothing.
                _ if !spans && usize::from(run.width) >= figures => without = without.saturating_add(1),
                _ if !spans => {}
                _ => unclear = unclear.saturating_add(1),
            }
        };
        self.runs_of(of).filter(|run| is_broad(run)).for_each(|run| count(run, 2));
        // Where there is none of them, those of a group.
        if !self.runs_of(of).any(is_broad) {
            self.runs_of(of).filter(|run| is_group(run)).for_each(|run| count(run, 1));
        }
        // Two empty cells and too few figures behind them may be either: then they count as none of the row's. The markup of a
        // page has every cell, and a row that is no broader than its figures has none of other columns.
        let is_page = self.document.shape() == Shape::WholeRows;
        let spans = with > 0 && with >= without || without == 0 && unclear > 0 && !is_page;
        self.spans = Some((of, spans));
        spans
    }
}
