//! Heads of a table to columns of the form, in the order in which the source prints them.

use arrayvec::ArrayVec;

use crate::form::{Block, Column, ColumnSpec, Head, Proceeding, ReviewOutcome, Row, SchemaVersion, Unit};
use crate::glyph::{Cleaner, annotation};
use crate::grammar::figure::unit;
use crate::grammar::taxonomy::Label;
use crate::grammar::{is_space, trim};
use crate::rows::HeadCell;
use crate::span::Span;

/// More columns than any row of any form has.
pub(crate) const MAX_COLUMNS: usize = 16;

/// A printed column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printed {
    /// Its place in the block; the cell's in table 四 where that is one row.
    pub place: u8,
    /// The head that is cut off, where the column was identified by its place alone.
    pub by_place: Option<Span>,
}

/// The columns of a sheet as printed.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// In the order of the source.
    pub printed: ArrayVec<Printed, MAX_COLUMNS>,
    /// The unit that the head of the column of amounts names: `本年收费金额（单位：万元）`; `Some(None)` where it names one
    /// that is not known.
    pub unit: Option<Option<Unit>>,
    /// Whether they stand in the order of the form, in its units, so that a figure needs no look at its unit.
    pub plain: bool,
}

impl Columns {
    /// The columns of `block` under `heads`; those of the form where there are no heads at all.
    ///
    /// `None` where the heads are not those of the form.
    pub(crate) fn read(heads: &[HeadCell], block: &Block, text: &str) -> Option<Self> {
        if is_official(heads, block) {
            let amount = heads.iter().find(|head| {
                let of = |spec: &ColumnSpec| spec.amount && head.label == Some(Label::Column(spec.column));
                block.columns.iter().any(of)
            });
            return Some(Self::official(block, amount.and_then(|head| noted_unit(head.span.of(text)))));
        }
        let mut top: ArrayVec<(Option<u8>, Span), MAX_COLUMNS> = ArrayVec::new();
        let mut grouped: ArrayVec<(Option<u8>, Span), MAX_COLUMNS> = ArrayVec::new();
        let mut group_at = None;
        let mut spanned = false;
        // Whether one of the upper row stands behind those of the lower all the same, so that they may be printed as one row.
        let mut flat = false;
        // How many others stand before the last head of organisations.
        let mut behind = None;
        let mut unit = None;
        for head in heads {
            match head.label {
                Some(Label::Column(column)) => {
                    let place = block.columns.iter().position(|spec| spec.column == column)?;
                    let spec = block.columns.get(place)?;
                    let printed = (u8::try_from(place).ok(), head.span);
                    if spec.amount {
                        unit = noted_unit(head.span.of(text));
                    }
                    if spec.group.is_some() {
                        // Others between heads of organisations: which stands where is not told.
                        if behind.replace(top.len()).is_some_and(|before| before != top.len()) {
                            return None;
                        }
                        group_at = group_at.or(Some(top.len()));
                        grouped.try_push(printed).ok()?;
                    } else {
                        // Heads of two rows, and one of the upper row behind those of the lower: it stands elsewhere.
                        if spanned && behind.is_some_and(|before| Some(before) != group_at) {
                            return None;
                        }
                        flat |= spanned && behind.is_some();
                        top.try_push(printed).ok()?;
                    }
                }
                // The head that spans them stands above them, and once.
                Some(Label::Head(Head::Organisations)) if spanned || behind.is_some() => return None,
                Some(Label::Head(Head::Organisations)) => {
                    spanned = true;
                    group_at = Some(top.len());
                }
                // A column that the form does not have.
                Some(Label::Head(Head::Subtotal)) => return None,
                Some(_) => {}
                None => top.try_push((None, head.span)).ok()?,
            }
        }
        if flat && !grouped.is_sorted_by_key(|(place, _)| *place) {
            return None;
        }
        if top.is_empty() && grouped.is_empty() {
            return Some(Self::official(block, unit));
        }
        // Heads of organisations before or behind all others, and no head that spans them: which stands where is not told.
        let at_end = group_at == Some(0) || group_at == Some(top.len());
        if !spanned && !grouped.is_empty() && at_end && top.len() > 1 {
            return None;
        }
        let (before, after) = top.split_at_checked(group_at.unwrap_or(top.len()))?;
        let all = || before.iter().chain(&grouped).chain(after);
        if all().count() != block.columns.len() {
            return None;
        }
        let mut printed: ArrayVec<Printed, MAX_COLUMNS> = ArrayVec::new();
        for ((place, span), here) in all().zip(0_u8..) {
            // A head that is cut off is the one of its place, unless another head has that place.
            let label = block.columns.get(usize::from(here)).map_or("", |spec| spec.label);
            let free = || is_part(span.of(text), label) && !all().any(|(place, _)| *place == Some(here));
            let column = match place {
                Some(place) => Printed { place: *place, by_place: None },
                None => free().then_some(Printed { place: here, by_place: Some(*span) })?,
            };
            if printed.iter().any(|other| other.place == column.place) {
                return None;
            }
            printed.push(column);
        }
        let in_order = printed.iter().zip(0_u8..).all(|(column, here)| column.place == here);
        // The place of a head that is cut off tells nothing among heads in another order.
        if !in_order && printed.iter().any(|column| column.by_place.is_some()) {
            return None;
        }
        let plain = in_order && block.columns.iter().all(|spec| is_plain(spec, unit));
        Some(Self { printed, unit, plain })
    }

    /// The columns of `block` in the order of the form.
    fn official(block: &Block, unit: Option<Option<Unit>>) -> Self {
        let printed = (0_u8..).zip(block.columns).map(|(place, _)| Printed { place, by_place: None });
        let plain = block.columns.iter().all(|spec| is_plain(spec, unit));
        Self { printed: printed.collect(), unit, plain }
    }
}

/// Whether the heads are all those of the form, in its order: the columns, with one head in the place of those it spans, and
/// these below them.
fn is_official(heads: &[HeadCell], block: &Block) -> bool {
    let printed = heads.iter().map(|head| head.label).filter(|label| {
        matches!(label, None | Some(Label::Column(_) | Label::Head(Head::Organisations | Head::Subtotal)))
    });
    let column = |spec: &ColumnSpec| Some(Label::Column(spec.column));
    let mut spanned = false;
    let top = block.columns.iter().filter_map(move |spec| match spec.group {
        None => Some(column(spec)),
        Some(_) if core::mem::replace(&mut spanned, true) => None,
        Some(_) => Some(Some(Label::Head(Head::Organisations))),
    });
    printed.eq(top.chain(block.columns.iter().filter(|spec| spec.group.is_some()).map(column)))
}

/// Whether the head may be what is left of the label.
fn is_part(head: &str, label: &str) -> bool {
    let letters = || head.chars().take_while(|c| !matches!(c, '(' | '（')).filter(|c| !is_space(*c));
    letters().count() <= label.chars().count() && letters().any(|c| label.contains(c))
}

/// Whether a column has the unit that the form gives it.
fn is_plain(spec: &ColumnSpec, unit: Option<Option<Unit>>) -> bool {
    !spec.unit_from_source && unit.filter(|_| spec.amount).is_none_or(|unit| spec.unit == unit)
}

/// The columns of table 四 where it is one row: a column for each cell of the table. `None` where its heads are not those
/// of the form.
pub(crate) fn review_columns(heads: &[HeadCell], text: &str) -> Option<Columns> {
    let mut rows: ArrayVec<Proceeding, MAX_COLUMNS> = ArrayVec::new();
    let mut outcomes: ArrayVec<(Option<ReviewOutcome>, Span), MAX_COLUMNS> = ArrayVec::new();
    let mut litigation = false;
    for head in heads {
        let outcome = match head.label {
            Some(Label::Column(Column::Outcome(outcome))) => Some(outcome),
            None => None,
            Some(Label::Row(Row::Proceeding(row))) => {
                // 行政诉讼 stands above the rows behind the first one.
                if litigation && rows.is_empty() {
                    return None;
                }
                rows.try_push(row).ok()?;
                continue;
            }
            Some(label) => {
                litigation |= label == Label::Head(Head::Litigation);
                continue;
            }
        };
        outcomes.try_push((outcome, head.span)).ok()?;
    }
    // Fifteen outcomes are those of three proceedings.
    let surplus = rows.len() > Proceeding::ALL.len();
    if outcomes.len() != REVIEW_CELLS || surplus || rows.is_empty() && litigation {
        return None;
    }
    let mut columns = Columns { printed: ArrayVec::new(), unit: None, plain: true };
    let mut taken = [false; REVIEW_CELLS];
    let mut in_order = true;
    for (row, group) in rows.iter().zip(outcomes.chunks(OUTCOMES)) {
        for ((printed, head), by_place) in group.iter().zip(ReviewOutcome::ALL) {
            // A head that is cut off is the one of its place, unless another head has that place.
            let free = || {
                is_part(head.of(text), outcome_label(*by_place))
                    && !group.iter().any(|(printed, _)| *printed == Some(*by_place))
            };
            let outcome = match printed {
                Some(outcome) => *outcome,
                None => free().then_some(*by_place)?,
            };
            let place = (*row as usize).checked_mul(OUTCOMES)?.checked_add(outcome as usize)?;
            if core::mem::replace(taken.get_mut(place)?, true) {
                return None;
            }
            columns.plain &= printed.is_some() && place == columns.printed.len();
            in_order &= outcome == *by_place;
            let by_place = printed.is_none().then_some(*head);
            columns.printed.try_push(Printed { place: u8::try_from(place).ok()?, by_place }).ok()?;
        }
    }
    (columns.printed.len() == REVIEW_CELLS && (in_order || are_told(&columns.printed))).then_some(columns)
}

/// Whether heads in another order than the form's tell their columns: none is cut off, whose place then tells nothing, and all
/// proceedings have them in one order; else one is gone, and another one stands there twice.
#[cold]
fn are_told(printed: &[Printed]) -> bool {
    let outcome = |column: &Printed| usize::from(column.place).checked_rem(OUTCOMES);
    let behind = printed.get(OUTCOMES..).unwrap_or_default();
    printed.iter().all(|column| column.by_place.is_none())
        && printed.iter().zip(behind).all(|(above, below)| outcome(above) == outcome(below))
}

/// The head of an outcome in the form.
fn outcome_label(outcome: ReviewOutcome) -> &'static str {
    let row = SchemaVersion::V2021.row(Row::Proceeding(Proceeding::AdministrativeReview));
    let columns = row.map_or(&[][..], |(block, _)| block.columns);
    columns.get(outcome as usize).map_or("", |spec| spec.label)
}

/// Outcomes of each proceeding.
const OUTCOMES: usize = 5;
/// Cells of table 四.
pub(crate) const REVIEW_CELLS: usize = 15;

/// The unit that a head names in a note of its own: `本年收费金额（单位：万元）`, `[单位:元]`, `(以万元为单位)`.
///
/// `None` where no note speaks of a unit; `Some(None)` where one does and names none that is known.
pub(crate) fn noted_unit(head: &str) -> Option<Option<Unit>> {
    // As the form prints it.
    let plain = PRINTED_NOTES.iter().find_map(|note| head.strip_suffix(note));
    if plain.is_some_and(is_bare) {
        return Some(Some(Unit::WanYuan));
    }
    if !head.contains(OPENING) {
        return None;
    }
    let mut speaks = None;
    // (單(dān)位:萬(wàn)元)
    for note in Cleaner::new().simplify(false).clean(head).text().split(OPENING).skip(1) {
        let note = note.split([')', '）', ']', '］', '】', '〕']).next().unwrap_or_default();
        let bare = trim(note)
            .trim_start_matches(|c| is_space(c) || "金额額计計量以单單位为為:：".contains(c))
            .trim_start_matches("人民币")
            .trim_start_matches("人民幣")
            .trim_end_matches(|c| is_space(c) || "位单單为為".contains(c));
        match unit(bare) {
            Ok(("", unit)) => return Some(Some(unit)),
            _ if note.contains(['元', '单', '單']) => speaks = Some(None),
            _ => {}
        }
    }
    speaks
}

/// What opens a note.
const OPENING: [char; 6] = ['(', '（', '[', '［', '【', '〔'];
/// The unit of amounts in the official head.
const PRINTED_NOTES: [&str; 4] = ["（单位：万元）", "(单位:万元)", "(單位:萬元)", "（單位：萬元）"];

/// Whether the head has no note, but for annotations.
fn is_bare(head: &str) -> bool {
    let noted = |(at, _)| head.get(at..).and_then(annotation).is_none();
    !head.contains(['（', '[', '［', '【', '〔']) && !head.match_indices('(').any(noted)
}
