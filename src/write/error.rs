//! Why a cell cannot be printed.

use super::Dialect;
use crate::form::CellId;

/// A cell that cannot be printed without changing what it says.
///
/// ```
/// use gongkai::form::{Applicant, Figure, Form, RequestRow, SchemaVersion};
/// use gongkai::write::{Dialect, write_form};
///
/// let one = ((RequestRow::Granted, Applicant::Total).into(), Figure::Number(5.into()), None);
/// let error = write_form(&Form::from_cells(SchemaVersion::V2021, [one]), Dialect::Markdown).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "requests/granted/natural_person is missing in a row that has other cells, and an empty cell would say that it is blank"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{cell} {reason}")]
pub struct WriteError {
    cell: CellId,
    reason: Reason,
}

impl WriteError {
    pub(super) const fn new(cell: CellId, reason: Reason) -> Self {
        Self { cell, reason }
    }

    /// The cell.
    #[must_use]
    pub const fn cell(&self) -> CellId {
        self.cell
    }

    /// The dialect that cannot show the cell; `None` where no dialect can.
    #[must_use]
    pub const fn dialect(&self) -> Option<Dialect> {
        match self.reason {
            Reason::Blank(dialect) | Reason::Bar(dialect) => Some(dialect),
            Reason::Missing | Reason::Unit | Reason::Text | Reason::Label => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Reason {
    #[error("is missing in a row that has other cells, and an empty cell would say that it is blank")]
    Missing,
    #[error(
        "has another unit than its place, and no number to print it with; or none where the form has one"
    )]
    Unit,
    #[error("holds text that is not at hand or would read as something else")]
    Text,
    #[error("stands under a label that another row has too, and no row before it tells which is meant")]
    Label,
    #[error("is blank, which {0} does not print")]
    Blank(Dialect),
    #[error("holds a bar, which {0} does not escape")]
    Bar(Dialect),
}
