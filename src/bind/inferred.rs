//! A row of table 三 whose figures have lost their places, put back where the sums of all columns leave one way.
//!
//! Every row of the table is a term of a sum that holds in each column. Where one row alone is open, the others say what
//! each of its cells must be. Its figures are placed only if they fit in their order into one choice of columns and all
//! other columns need a zero; a table whose sums do not hold places nothing, and neither do equal figures that could
//! change places with a blank.

use arrayvec::ArrayVec;

use super::{Binder, count};
use crate::columns::MAX_COLUMNS;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{BALANCE_SUM, CellId, Column, ColumnSum, Figure, Number, OUTCOME_SUM, Row, Table};
use crate::grammar::figure::read_count;
use crate::span::Span;

/// The sums that hold in every column of table 三.
const SUMS: [ColumnSum; 2] = [BALANCE_SUM, OUTCOME_SUM];

/// A row with fewer cells than columns, and a pad that accounts for the rest.
pub(super) struct Lost {
    pub row: Row,
    /// The position of its first cell in the form.
    pub first: usize,
    pub span: Option<Span>,
    /// What it prints, in order; an empty span for a kept blank.
    pub printed: ArrayVec<Span, MAX_COLUMNS>,
    /// Where the cells that it does not print would stand.
    pub dropped: Span,
    /// For each printed column its place in the form.
    pub places: ArrayVec<u8, MAX_COLUMNS>,
}

/// The rows of table 三 that are open.
pub(super) enum Open {
    None,
    One(Lost),
    More,
}

impl Binder<'_> {
    /// Takes note of a row that has lost its places.
    pub(super) fn lose(&mut self, lost: Lost) {
        match core::mem::replace(&mut self.open, Open::More) {
            Open::None => self.open = Open::One(lost),
            Open::One(first) => {
                self.report_lost(&first, Code::POSITION_LOST);
                self.report_lost(&lost, Code::POSITION_LOST);
            }
            Open::More => self.report_lost(&lost, Code::POSITION_LOST),
        }
    }

    /// Places the figures of the one row that is open, if the sums of the table allow one way to do so.
    pub(super) fn infer(&mut self) {
        let Open::One(lost) = core::mem::replace(&mut self.open, Open::None) else { return };
        let Some(chosen) = self.only_places(&lost) else {
            return self.report_lost(&lost, Code::POSITION_LOST);
        };
        let mut printed = lost.printed.iter().copied();
        for (at, place) in lost.places.iter().enumerate() {
            let span = if chosen & bit(at) == 0 { None } else { printed.next() }.unwrap_or(lost.dropped);
            self.set(lost.first.saturating_add(usize::from(*place)), span, None, false);
        }
        self.report_lost(&lost, Code::POSITION_INFERRED);
    }

    fn report_lost(&mut self, lost: &Lost, code: Code) {
        let finding = Diagnostic::new(code, lost.span).with_cells(self.ids(lost.row));
        self.findings.push(finding.with_counts(count(lost.printed.len()), count(lost.places.len())));
    }

    /// The printed columns that the figures of the row stand in, a bit for each, if there is one choice.
    fn only_places(&self, lost: &Lost) -> Option<u32> {
        // Rows of another version take part in the sums of this one, or not: nobody knows.
        if !self.foreign.is_empty() || lost.row.table() != Table::Requests {
            return None;
        }
        let mut required: ArrayVec<Number, MAX_COLUMNS> = ArrayVec::new();
        for place in &lost.places {
            let spec = self.version.cells().get(lost.first.checked_add(usize::from(*place))?)?;
            required.try_push(self.required(lost.row, spec.id.column)?).ok()?;
        }
        let mut figures: ArrayVec<Number, MAX_COLUMNS> = ArrayVec::new();
        for span in &lost.printed {
            figures.try_push(self.figure_at(*span)?).ok()?;
        }
        let fits = |choice: &u32| {
            let mut figures = figures.iter();
            choice.count_ones() as usize == figures.len()
                && required.iter().enumerate().all(|(at, required)| match choice & bit(at) {
                    0 => required.is_zero(),
                    _ => figures.next() == Some(required),
                })
        };
        let mut choices = (0..bit(required.len())).filter(fits);
        choices.next().filter(|_| choices.next().is_none())
    }

    /// The plain figure at `span`, a blank as nothing.
    fn figure_at(&self, span: Span) -> Option<Number> {
        if span.is_empty() { Some(Number::from(0)) } else { read_count(span.of(self.text)) }
    }

    /// What the cell of the row must be for all sums of its column to hold; `None` where they cannot, or do not tell.
    fn required(&self, row: Row, column: Column) -> Option<Number> {
        let mut required = None;
        for (left, right) in SUMS {
            let difference = self.sum(right, column, row)?.checked_sub(self.sum(left, column, row)?)?;
            let here = match (left.contains(&row), right.contains(&row)) {
                (true, _) => difference,
                (_, true) => Number::from(0).checked_sub(difference)?,
                _ if difference.is_zero() => continue,
                _ => return None,
            };
            if here.is_negative() || required.is_some_and(|required| required != here) {
                return None;
            }
            required = Some(here);
        }
        required
    }

    /// The sum of the column over these rows without the open one, a blank as nothing; `None` where a cell is not known.
    fn sum(&self, rows: &[Row], column: Column, open: Row) -> Option<Number> {
        let mut sum = Number::from(0);
        for row in rows.iter().filter(|row| **row != open && self.version.has_row(**row)) {
            let cell = self.cells.get(self.version.position(CellId { row: *row, column })?)?;
            match cell.figure() {
                Figure::Number(number) => sum = sum.checked_add(number)?,
                Figure::Blank | Figure::NotApplicable => {}
                Figure::Missing | Figure::Text => return None,
            }
        }
        Some(sum)
    }
}

fn bit(at: usize) -> u32 {
    u32::try_from(at).ok().and_then(|at| 1_u32.checked_shl(at)).unwrap_or(0)
}
