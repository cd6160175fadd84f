//! The heads above the rows of a sheet: the columns they name, and how many cells their line has.

use super::Binder;
use crate::columns::{Columns, ValueHead};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{Block, CellId, Table};
use crate::grammar::taxonomy::Label;
use crate::rows::{HeadCell, Run, Sheet};

/// A row and the line of heads above it have no more tokens than these.
const MAX_LINES_TOKENS: usize = 128;

/// The heads read last, and whose they are.
pub(super) struct Heads {
    sheet: u16,
    item: u8,
    /// Whether none of them names a column, or figures stand among them.
    pub(super) nameless: bool,
    /// How many cells and pads their line has, where that tells anything.
    pub(super) cells: Option<usize>,
    /// `None` where they are not those of the form.
    pub(super) columns: Option<Columns>,
}

impl Heads {
    /// Whether they are those above the row, for its block of the form.
    #[inline]
    pub(super) fn are_of(&self, run: &Run, block: &Block) -> bool {
        self.sheet == run.sheet && self.item == block.item
    }
}

impl Binder<'_> {
    /// Reads the heads of the sheet.
    #[inline(never)]
    pub(super) fn read_heads(&mut self, run: &Run, sheet: &Sheet, block: &'static Block) -> Heads {
        // The pre-2019 table has one column of figures, unless a head names others.
        let heads_of_sheet = match sheet.table {
            Table::Statistics => &[],
            _ => self.rows.sheet_heads(sheet),
        };
        let value = match sheet.table {
            Table::Statistics => ValueHead::read(self.rows.sheet_heads(sheet), sheet.broken, self.text),
            _ => ValueHead::Known,
        };
        let columns = Columns::read(heads_of_sheet, block, self.text).filter(|_| value != ValueHead::Other);
        for (place, head) in columns.iter().flat_map(|columns| &columns.cut) {
            if let Some(column) = block.columns.get(usize::from(*place)) {
                let cells = block.rows.iter().map(|row| CellId { row: row.row, column: column.column });
                self.findings.push(Diagnostic::new(Code::HEADER_TRUNCATED, Some(*head)).with_cells(cells));
            }
        }
        let names = |head: &HeadCell| matches!(head.label, Some(Label::Column(_)) | None);
        let nameless = match sheet.table {
            Table::Statistics => value == ValueHead::Unknown,
            _ => sheet.broken || !heads_of_sheet.iter().any(names),
        };
        let cells =
            if run.layout == Layout::Grid || self.lone { self.head_cells(run, heads_of_sheet) } else { None };
        self.widest = self.widest.max(cells.unwrap_or_default());
        Heads { sheet: run.sheet, item: block.item, nameless, cells, columns }
    }

    /// How many cells and pads the line above the row has, if the last of these heads stands in it, among others.
    fn head_cells(&self, run: &Run, heads: &[HeadCell]) -> Option<usize> {
        let end = run.tokens.0 as usize;
        let above = self.document.all_tokens().get(end.saturating_sub(MAX_LINES_TOKENS)..end)?;
        let (above, _) = above.split_at_checked(above.iter().rposition(Token::begins_line)?)?;
        let line = above.get(above.iter().rposition(Token::begins_line)?..)?;
        let last = heads.last()?.span;
        let has_heads = line.len() > 1 && line.iter().any(|token| token.span() == last);
        let cells =
            |token: &Token| if token.kind() == TokenKind::Bars { token.span().len().max(1) } else { 1 };
        has_heads.then(|| line.iter().map(|token| cells(token) as usize).sum())
    }
}
