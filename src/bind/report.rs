//! What is said of rows: their labels, those printed twice, those that are not there.

use super::slots::Slots;
use super::{Binder, Seen, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::TokenKind;
use crate::form::{CellId, Figure, Row};
use crate::grammar::figure::{read_figure, unit};
use crate::rows::Run;

impl Binder<'_> {
    /// Says what is doubtful about the label of a row, and the heads above it.
    #[cold]
    pub(super) fn report_label(&mut self, row: Row, run: &Run, headless: bool) {
        for (code, applies) in [
            (Code::LABEL_TRUNCATED, run.cut_note),
            (Code::LABEL_APPROXIMATE, run.fragment),
            (Code::HEADER_MISSING, headless),
        ] {
            if applies {
                self.findings.push(Diagnostic::new(code, Some(run.label)).with_cells(self.ids(row)));
            }
        }
        if let Some(twin) = run.twin {
            let cells = self.ids(row).chain(self.ids(twin));
            self.findings.push(Diagnostic::new(Code::LABEL_AMBIGUOUS, Some(run.label)).with_cells(cells));
        }
    }

    /// Says that the last cell of a row may be cut off.
    pub(super) fn report_open(&mut self, slots: &Slots, cell: CellId) {
        self.findings
            .push(Diagnostic::new(Code::UNCLOSED_CELL, slots.spans.last().copied()).with_cells([cell]));
    }

    /// Says that a row is printed twice, with the same figures or with others.
    pub(super) fn report_again(
        &mut self,
        run: &Run,
        ids: impl Iterator<Item = CellId>,
        conflicts: &[CellId],
    ) {
        let span = self.row_span(run);
        self.findings.push(match conflicts {
            [] => Diagnostic::new(Code::DUPLICATE_ROW, span).with_cells(ids),
            _ => Diagnostic::new(Code::DUPLICATE_CONFLICT, span).with_cells(conflicts.iter().copied()),
        });
    }

    /// A heading of the pre-2019 table: a dash for its unit, and nothing for its figure.
    pub(super) fn heading(&mut self, run: &Run) {
        let mut figures = tokens(self.document, run)
            .iter()
            .filter(|token| token.kind() != TokenKind::Bars)
            .filter(|token| {
                matches!(read_figure(token.span().of(self.text)).figure, Figure::Number(_) | Figure::Text)
            })
            .filter(|token| unit(token.span().of(self.text)).is_err());
        if let Some(token) = figures.next_back() {
            self.findings.push(Diagnostic::new(Code::HEADING_WITH_FIGURE, Some(token.span())));
        }
    }

    /// Names the rows of the form that the source does not have.
    #[cold]
    pub(super) fn report_missing(&mut self) {
        for block in self.version.blocks() {
            for spec in block.rows.iter().filter(|spec| !spec.heading) {
                if !self.seen.get(spec.row.ordinal()).is_some_and(|seen| *seen != Seen::No) {
                    let cells =
                        block.columns.iter().map(|column| CellId { row: spec.row, column: column.column });
                    self.findings.push(Diagnostic::new(Code::MISSING_ROW, None).with_cells(cells));
                }
            }
        }
    }
}
