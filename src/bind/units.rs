//! The units that rows and heads print, and the cells they stand in.

use super::{Binder, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Layout, Token, TokenKind};
use crate::form::{CellSpec, Figure, Head, Row, Table, Unit};
use crate::grammar::figure::{read_figure, whole_unit};
use crate::grammar::note::{unit_of_caption, unit_of_label};
use crate::grammar::taxonomy::Label;
use crate::rows::{HeadCell, Run};
use crate::span::Span;

/// Of more rows with a unit than this, one without is an exception.
const MIN_UNITS: usize = 2;
/// A row of more tokens than these has a bar behind its unit and its figure.
const MIN_FULL_TOKENS: usize = 2;

/// What the pre-2019 table shows of units.
#[derive(Clone, Copy)]
pub(super) struct PrintedUnits {
    /// How many rows have one, as far as that matters.
    rows: usize,
    /// Whether a head names units.
    headed: bool,
    /// Whether a bar stands behind the figure of a row with a unit.
    padded: bool,
}

impl Binder<'_> {
    /// The unit cell of a row of the pre-2019 table: `Some(None)` for one that names no unit.
    pub(super) fn unit_cell(&self, tokens: &[Token]) -> Option<Option<Unit>> {
        let token = tokens.first().filter(|token| token.kind() == TokenKind::Text)?;
        token.unit().or_else(|| whole_unit(token.span().of(self.text))).map(Some)
    }

    /// What the pre-2019 table shows of units.
    #[inline]
    fn printed_units(&mut self) -> PrintedUnits {
        match self.printed_units {
            Some(units) => units,
            None => {
                let units = self.read_units();
                *self.printed_units.insert(units)
            }
        }
    }

    #[cold]
    fn read_units(&self) -> PrintedUnits {
        let with = |run: &&Run| self.unit_cell(tokens(self.document, run)).is_some();
        let headed = |head: &HeadCell| head.label == Some(Label::Head(Head::UnitOfCount));
        let is_full = |run: &&Run| run.tail && tokens(self.document, run).len() > MIN_FULL_TOKENS;
        PrintedUnits {
            rows: self.rows.runs.iter().filter(with).take(MIN_UNITS.saturating_add(1)).count(),
            headed: self.rows.heads.iter().any(headed),
            padded: self.rows.runs.iter().filter(is_full).any(|run| with(&run)),
        }
    }

    /// Whether a row has nothing behind its unit but a bar that stands behind the figures of others too.
    pub(super) fn lacks_figure(&mut self, run: &Run, tokens: &[Token]) -> bool {
        run.layout == Layout::Padded && is_lone_bar(tokens) && self.printed_units().padded
    }

    /// Whether a row without a unit is in doubt, as others have one.
    pub(super) fn lacks_unit(&mut self, run: &Run, tokens: &[Token]) -> bool {
        if is_pad(tokens, run) && !is_lone_bar(tokens) {
            return false;
        }
        let PrintedUnits { rows, headed, .. } = self.printed_units();
        match tokens {
            _ if is_lone_bar(tokens) => rows > 0 || headed,
            _ if self.is_number(tokens) => rows > MIN_UNITS,
            _ => rows > MIN_UNITS || headed,
        }
    }

    /// The unit of a row, of which `unit` is the one that its heads or its unit cell name: where they name none, that of its label
    /// or, of an amount, of what stands above its table. Names the row where its label says otherwise.
    pub(super) fn row_unit(
        &mut self,
        row: Row,
        run: &Run,
        first: usize,
        unit: Option<Option<Unit>>,
    ) -> Option<Option<Unit>> {
        let label = unit_of_label(run.label.of(self.text));
        if label.is_none() && (unit.is_some() || self.rows.captions.is_empty()) {
            return unit;
        }
        let of_row = (first..).map_while(|at| self.spec(at)).take_while(|spec| spec.id.row == row);
        let has_amount = of_row.clone().any(|spec| spec.amount);
        let counted = |unit: &Option<Unit>| row.table() == Table::Statistics || !unit.is_some_and(is_money);
        match (label, unit) {
            (Some(label), None) if has_amount || counted(&label) => Some(label),
            (Some(label), Some(unit)) if label == unit => Some(unit),
            (Some(_), _) => {
                let ids = self.ids(row);
                self.findings.push(Diagnostic::new(Code::UNIT_DIFFERS, Some(run.label)).with_cells(ids));
                unit
            }
            (None, None) if has_amount => self.caption(run),
            (None, _) => unit,
        }
    }

    /// The unit that stands above the table of the row, behind the rows of others.
    fn caption(&self, run: &Run) -> Option<Option<Unit>> {
        let table = |run: &Run| self.rows.sheets.get(usize::from(run.sheet)).map(|sheet| sheet.table);
        let others = self.rows.runs.iter().take_while(|other| other.label.start() < run.label.start());
        let end =
            others.filter(|other| table(other) != table(run)).last().map_or(0, |other| other.label.end());
        let above = |span: &&Span| (end..run.label.start()).contains(&span.start());
        let caption = self.rows.captions.iter().rev().find(above)?.of(self.text);
        let unit = unit_of_caption(caption).or_else(|| unit_of_label(caption))?;
        unit.is_some_and(is_money).then_some(unit)
    }

    /// Whether the cells of a row are one number.
    pub(super) fn is_number(&self, tokens: &[Token]) -> bool {
        let number = |token: &Token| read_figure(token.span().of(self.text)).figure;
        matches!(tokens, [only] if matches!(number(only), Figure::Number(_)))
    }
}

/// Whether it is one of amounts of money.
fn is_money(unit: Unit) -> bool {
    matches!(unit, Unit::Yuan | Unit::WanYuan | Unit::YiYuan)
}

/// Whether one bar is all that a row shows.
fn is_lone_bar(tokens: &[Token]) -> bool {
    matches!(tokens, [bar] if bar.kind() == TokenKind::Bars && bar.span().len() == 1)
}

/// The printed unit, where it is the cell's: a head names the unit of amounts, a row of the pre-2019 table its own.
pub(super) fn printed_unit(spec: &CellSpec, unit: Option<Option<Unit>>) -> Option<Option<Unit>> {
    unit.filter(|_| spec.amount || spec.id.table() == Table::Statistics)
}

/// Whether a row shows nothing but the pad that tells how many of its cells are gone, or nothing at all.
fn is_pad(tokens: &[Token], run: &Run) -> bool {
    let pads = run.layout == Layout::Padded && tokens.len() < 2;
    tokens.is_empty() || pads && tokens.iter().all(|token| token.kind() == TokenKind::Bars)
}
