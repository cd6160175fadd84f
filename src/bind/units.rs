//! The units that rows and heads print, and the cells they stand in.

use super::{Binder, MIN_UNITS, tokens};
use crate::document::{Token, TokenKind};
use crate::form::{CellSpec, Figure, Head, Table, Unit};
use crate::grammar::figure::{read_figure, whole_unit};
use crate::grammar::taxonomy::Label;
use crate::rows::{HeadCell, Run};

impl Binder<'_> {
    /// The unit cell of a row of the pre-2019 table: `Some(None)` for one that names no unit.
    pub(super) fn unit_cell(&self, tokens: &[Token]) -> Option<Option<Unit>> {
        let token = tokens.first().filter(|token| token.kind() == TokenKind::Text)?;
        whole_unit(token.span().of(self.text)).map(Some)
    }

    /// How many rows of the pre-2019 table have a unit, above or below, as far as that matters; a head for it counts for many.
    pub(super) fn printed_units(&mut self) -> usize {
        if let Some(units) = self.printed_units {
            return units;
        }
        let many = MIN_UNITS.saturating_add(1);
        let with = |run: &&Run| self.unit_cell(tokens(self.document, run)).is_some();
        let headed = |head: &HeadCell| head.label == Some(Label::Head(Head::UnitOfCount));
        let units = if self.rows.heads.iter().any(headed) {
            many
        } else {
            self.rows.runs.iter().filter(with).take(many).count()
        };
        self.printed_units = Some(units);
        units
    }

    /// Whether the cells of a row are one number.
    pub(super) fn is_number(&self, tokens: &[Token]) -> bool {
        let number = |token: &Token| read_figure(token.span().of(self.text)).figure;
        matches!(tokens, [only] if matches!(number(only), Figure::Number(_)))
    }
}

/// Whether one bar is all that a row shows.
pub(super) fn is_lone_bar(tokens: &[Token]) -> bool {
    matches!(tokens, [bar] if bar.kind() == TokenKind::Bars && bar.span().len() == 1)
}

/// The printed unit, where it is the cell's: a head names the unit of amounts, a row of the pre-2019 table its own.
pub(super) fn printed_unit(spec: &CellSpec, unit: Option<Option<Unit>>) -> Option<Option<Unit>> {
    unit.filter(|_| spec.amount || spec.id.table() == Table::Statistics)
}
