//! Table 四 where nothing but its heads says what its one row is.

use arrayvec::ArrayVec;

use super::slots::slots;
use super::{Binder, Frame, Seen, count, tokens};
use crate::columns::{MAX_COLUMNS, REVIEW_CELLS, review_columns};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{CellId, Proceeding, Row};
use crate::rows::{Run, Sheet};

impl Binder<'_> {
    /// The row without a label that holds all of table 四.
    #[inline(never)]
    pub(super) fn figures(&mut self, run: &Run, sheet: &Sheet) {
        let row = Row::Proceeding(Proceeding::AdministrativeReview);
        let Some(first) = self.version.row_position(row) else { return };
        let columns = review_columns(self.rows.sheet_heads(sheet), self.text).filter(|_| !sheet.broken);
        let mut see = |row: &Proceeding| self.mark(Row::Proceeding(*row), Seen::Whole) != Seen::No;
        let again = Proceeding::ALL.iter().fold(false, |again, row| see(row) | again);
        let of_run = tokens(self.document, run);
        let width = u8::try_from(REVIEW_CELLS).ok();
        if let Some(columns) = columns.as_ref().filter(|_| !again && !run.interrupted)
            && self.regular(
                of_run,
                &Frame { row, first, columns, unit: None, labels: 0, width, head: None },
                true,
            )
        {
            return;
        }
        let slots = slots(of_run, run.layout != Layout::Padded);
        // A figure alone below heads that spaces line up may be the number of a page.
        let is_gap = |token: &Token| token.kind() == TokenKind::Bars && token.span().is_empty();
        let is_lone = slots.filled == 1 && of_run.iter().any(is_gap);
        let complete =
            slots.printed == REVIEW_CELLS && !(slots.broken || slots.tail > 0 || run.interrupted || is_lone);
        let (bound, cut) = columns
            .as_ref()
            .filter(|_| complete)
            .map_or((&[][..], &[][..]), |columns| (&columns.printed, &columns.cut));
        let mut conflicts: ArrayVec<CellId, MAX_COLUMNS> = ArrayVec::new();
        let at = |place: &Option<u8>| Some(first.saturating_add(usize::from((*place)?)));
        let specs = self.version.cells();
        let cell = |place: &Option<u8>| specs.get(at(place)?).map(|spec| spec.id);
        if let Some(id) = bound.last().and_then(cell).filter(|_| slots.open) {
            self.report_open(&slots, id);
        }
        for (place, span) in bound.iter().zip(&slots.spans) {
            let head = cut.iter().find(|(cut, _)| Some(*cut) == *place);
            if let (Some((_, head)), Some(id)) = (head, cell(place)) {
                self.findings.push(Diagnostic::new(Code::HEADER_TRUNCATED, Some(*head)).with_cells([id]));
            }
            conflicts.extend(at(place).and_then(|at| self.set(at, *span, None, again)));
        }
        let code = match &columns {
            None => Code::HEADER_DIFFERS,
            Some(_) if slots.printed > REVIEW_CELLS => Code::SURPLUS_CELLS,
            Some(_) => Code::POSITION_LOST,
        };
        for row in Proceeding::ALL.iter().map(|row| Row::Proceeding(*row)) {
            if bound.is_empty() {
                let finding = Diagnostic::new(code, self.row_span(run)).with_cells(self.ids(row));
                self.findings.push(finding.with_counts(count(slots.printed), count(REVIEW_CELLS)));
            } else if again {
                let conflicts: ArrayVec<CellId, MAX_COLUMNS> =
                    conflicts.iter().filter(|id| id.row == row).copied().collect();
                self.report_again(run, self.ids(row), &conflicts);
            }
        }
    }
}
