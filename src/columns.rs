//! Heads of a table to columns of the form, in the order in which the source prints them.

use arrayvec::ArrayVec;

use crate::form::{Block, CellId, Column, Head, Row, Unit};
use crate::grammar::figure::unit;
use crate::grammar::taxonomy::Label;
use crate::rows::HeadCell;
use crate::span::Span;

/// More columns than any row of any form has.
pub(crate) const MAX_COLUMNS: usize = 16;

/// A printed column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printed {
    /// Its place in the block.
    pub place: u8,
    /// The head that is cut off, where the column was identified by its place alone.
    pub by_place: Option<Span>,
}

/// The columns of a sheet as printed.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// In the order of the source.
    pub printed: ArrayVec<Printed, MAX_COLUMNS>,
    /// The unit that a head names: `本年收费金额（单位：万元）`.
    pub unit: Option<Unit>,
}

impl Columns {
    /// The columns of `block` under `heads`; those of the form where there are no heads at all.
    ///
    /// `None` where the heads are not those of the form.
    pub(crate) fn read(heads: &[HeadCell], block: &Block, text: &str) -> Option<Self> {
        let mut top: ArrayVec<(Option<u8>, Span), MAX_COLUMNS> = ArrayVec::new();
        let mut grouped: ArrayVec<(Option<u8>, Span), MAX_COLUMNS> = ArrayVec::new();
        let mut group_at = None;
        let mut unit = None;
        for head in heads {
            match head.label {
                Some(Label::Column(column)) => {
                    let place = block.columns.iter().position(|spec| spec.column == column)?;
                    let spec = block.columns.get(place)?;
                    let printed = (u8::try_from(place).ok(), head.span);
                    if spec.amount {
                        unit = unit.or_else(|| head_unit(head.span.of(text)));
                    }
                    if spec.group.is_some() {
                        group_at = group_at.or(Some(top.len()));
                        grouped.try_push(printed).ok()?;
                    } else {
                        top.try_push(printed).ok()?;
                    }
                }
                Some(Label::Head(Head::Organisations)) => group_at = Some(top.len()),
                Some(_) => {}
                None => top.try_push((None, head.span)).ok()?,
            }
        }
        if top.is_empty() && grouped.is_empty() {
            let printed = (0_u8..).take(block.columns.len()).map(|place| Printed { place, by_place: None });
            return Some(Self { printed: printed.collect(), unit });
        }
        let (before, after) = top.split_at_checked(group_at.unwrap_or(top.len()))?;
        let all = || before.iter().chain(&grouped).chain(after);
        if all().count() != block.columns.len() {
            return None;
        }
        let mut printed: ArrayVec<Printed, MAX_COLUMNS> = ArrayVec::new();
        for ((place, span), here) in all().zip(0_u8..) {
            // A head that is cut off is the one of its place, unless another head has that place.
            let free = || !all().any(|(place, _)| *place == Some(here));
            let column = match place {
                Some(place) => Printed { place: *place, by_place: None },
                None => free().then_some(Printed { place: here, by_place: Some(*span) })?,
            };
            if printed.iter().any(|other| other.place == column.place) {
                return None;
            }
            printed.push(column);
        }
        Some(Self { printed, unit })
    }
}

/// The cells of table 四 in one row, in the order in which its heads print them; `None` where they are not those of the form.
pub(crate) fn review_cells(heads: &[HeadCell]) -> Option<ArrayVec<CellId, MAX_COLUMNS>> {
    let mut rows = heads.iter().filter_map(|head| match head.label {
        Some(Label::Row(Row::Proceeding(row))) => Some(row),
        _ => None,
    });
    let mut outcomes = heads.iter().filter_map(|head| match head.label {
        Some(Label::Column(Column::Outcome(column))) => Some(column),
        _ => None,
    });
    if heads.iter().any(|head| head.label.is_none()) {
        return None;
    }
    let mut cells: ArrayVec<CellId, MAX_COLUMNS> = ArrayVec::new();
    let mut seen = 0_u32;
    for row in rows.by_ref() {
        for column in outcomes.by_ref().take(OUTCOMES) {
            // One bit a cell: each stands once.
            let bit = 1_u32 << ((row as u32) << 3 | column as u32);
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            cells.try_push(CellId::from((row, column))).ok()?;
        }
    }
    (outcomes.next().is_none() && cells.len() == REVIEW_CELLS).then_some(cells)
}

/// Outcomes of each proceeding.
const OUTCOMES: usize = 5;
/// Cells of table 四.
pub(crate) const REVIEW_CELLS: usize = 15;

/// The unit that a head names in its note.
fn head_unit(head: &str) -> Option<Unit> {
    let note = head.split(['(', '（']).nth(1)?;
    let note = note.trim_start_matches(['单', '單', '位', ':', '：', ' ']);
    unit(note).ok().map(|(_, unit)| unit)
}
