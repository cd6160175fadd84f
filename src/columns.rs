//! Heads of a table to columns of the form, in the order in which the source prints them.

use arrayvec::ArrayVec;
use memchr::memchr;

use crate::form::{Block, Column, ColumnSpec, Head, Proceeding, ReviewOutcome, Row, SchemaVersion, Unit};
use crate::glyph::canonical;
use crate::grammar::is_space;
use crate::grammar::note::{is_of_other_figures, is_other, noted_unit};
use crate::grammar::taxonomy::Label;
use crate::rows::HeadCell;
use crate::span::Span;

/// More columns than any row of any form has.
pub(crate) const MAX_COLUMNS: usize = 16;

/// The columns of a sheet as printed.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// In the order of the source, each by its place in the block; by the cell's in table 四 where that is one row. `None` for a
    /// sum that the form does not have.
    pub printed: ArrayVec<Option<u8>, MAX_COLUMNS>,
    /// In the same order, the places that alone identified a column, and the head there, which is cut off.
    pub cut: ArrayVec<(u8, Span), MAX_COLUMNS>,
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
            let amount = block.columns.iter().find(|spec| spec.amount);
            let is_of = |spec: &ColumnSpec, head: &&HeadCell| head.label == Some(Label::Column(spec.column));
            let head = amount.and_then(|spec| heads.iter().find(|head| is_of(spec, head)));
            return Some(Self::official(block, head.and_then(|head| noted_unit(head.span.of(text)))));
        }
        if let Some(columns) = Self::cut(heads, block, text) {
            return Some(columns);
        }
        let mut top: ArrayVec<(Named, Span), MAX_COLUMNS> = ArrayVec::new();
        let mut grouped: ArrayVec<(Named, Span), MAX_COLUMNS> = ArrayVec::new();
        let singles = block.columns.iter().filter(|spec| spec.group.is_none()).count();
        let mut group_at = None;
        let mut spanned = false;
        // Whether one of the upper row stands behind those of the lower all the same, so that they may be printed as one row.
        let mut flat = false;
        // How many others stand before the last head of organisations.
        let mut behind = None;
        let mut unit = None;
        // The head that spans others, and the last of those below it.
        let (mut over, mut last): (Option<Span>, Option<Span>) = (None, None);
        for head in heads {
            match head.label {
                Some(Label::Column(column)) => {
                    let place = block.columns.iter().position(|spec| spec.column == column)?;
                    let spec = block.columns.get(place)?;
                    let printed = (Named::Column(u8::try_from(place).ok()?), head.span);
                    if spec.amount {
                        unit = noted_unit(head.span.of(text));
                    }
                    // The head that spans columns stands in a line with them: it is a column itself, of their sums. Nor is a sum in
                    // the line of the columns that are spanned the one over all.
                    let beside = |other: Span| is_one_line(text, other, head.span);
                    if spec.group.is_some() && over.is_some_and(beside)
                        || last.is_some_and(|last| over.is_some() && spec.group.is_none() && beside(last))
                    {
                        return None;
                    }
                    if spec.group.is_some() {
                        last = Some(head.span);
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
                    (spanned, over) = (true, Some(head.span));
                    group_at = Some(top.len());
                }
                // The sum of the organisations, among them: below the head that spans them, or with others of them before it.
                Some(Label::Head(Head::Subtotal))
                    if behind == Some(top.len()) || spanned && behind.is_none() && top.len() == singles =>
                {
                    (behind, last) = (Some(top.len()), Some(head.span));
                    grouped.try_push((Named::Sum, head.span)).ok()?;
                }
                // A column that the form does not have.
                Some(Label::Head(Head::Subtotal)) => return None,
                Some(_) => {}
                None => top.try_push((Named::Unknown, head.span)).ok()?,
            }
        }
        let places = || grouped.iter().filter_map(|(named, _)| named.place());
        if flat && !places().is_sorted() {
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
        let sums = all().filter(|(named, _)| *named == Named::Sum).count();
        if sums > 1 || all().count() != block.columns.len().saturating_add(sums) {
            return None;
        }
        let mut printed: ArrayVec<Option<u8>, MAX_COLUMNS> = ArrayVec::new();
        let mut cut = ArrayVec::new();
        for ((named, span), here) in all().zip(0_u8..) {
            // A head that is cut off is the one of its place, unless another head has that place.
            let label = block.columns.get(usize::from(here)).map_or("", |spec| spec.label);
            let free = || {
                sums == 0
                    && is_part(span.of(text), label)
                    && !all().any(|(named, _)| named.place() == Some(here))
            };
            let place = match named {
                Named::Column(_) | Named::Sum => named.place(),
                Named::Unknown => {
                    cut.try_push(free().then_some((here, *span))?).ok()?;
                    Some(here)
                }
            };
            if place.is_some() && printed.contains(&place) {
                return None;
            }
            printed.push(place);
        }
        let in_order = printed.iter().zip(0_u8..).all(|(place, here)| *place == Some(here));
        // The place of a head that is cut off tells nothing among heads in another order.
        if !in_order && !cut.is_empty() {
            return None;
        }
        let plain = in_order && block.columns.iter().all(|spec| is_plain(spec, unit));
        Some(Self { printed, cut, unit, plain })
    }

    /// The same where some of the heads are cut off, each in its place among the others: 社会公益 for 社会公益组织.
    fn cut(heads: &[HeadCell], block: &Block, text: &str) -> Option<Self> {
        let mut printed = heads.iter().filter(is_counted).peekable();
        let expected = official_heads(block);
        // What stands over the labels may be cut off, too.
        let surplus = printed.clone().count().checked_sub(expected.clone().count())?;
        let over =
            |head: &&HeadCell| head.label.is_none() && is_part(head.span.of(text), Head::Content.label());
        let mut unit = None;
        let mut columns: ArrayVec<(u8, Option<Span>), MAX_COLUMNS> = ArrayVec::new();
        if surplus > 1 || surplus == 1 && printed.next_if(over).is_none() {
            return None;
        }
        for (head, (label, wording)) in printed.zip(expected) {
            let words = head.span.of(text);
            let by_place = match (head.label, label) {
                (Some(printed), _) => (printed == label).then_some(None)?,
                (None, Label::Column(_)) => is_part(words, wording).then_some(Some(head.span))?,
                (None, _) => is_beginning(words, wording).then_some(None)?,
            };
            let Label::Column(column) = label else { continue };
            let place = block.columns.iter().position(|spec| spec.column == column)?;
            if block.columns.get(place)?.amount {
                unit = noted_unit(head.span.of(text));
            }
            columns.try_push((u8::try_from(place).ok()?, by_place)).ok()?;
        }
        columns.sort_unstable_by_key(|(place, _)| *place);
        let printed = columns.iter().map(|(place, _)| Some(*place)).collect();
        let cut = columns.iter().filter_map(|(place, by_place)| Some((*place, (*by_place)?))).collect();
        Some(Self { printed, cut, unit, plain: false })
    }

    /// The columns of `block` in the order of the form.
    fn official(block: &Block, unit: Option<Option<Unit>>) -> Self {
        let printed = (0_u8..).zip(block.columns).map(|(place, _)| Some(place)).collect();
        let plain = block.columns.iter().all(|spec| is_plain(spec, unit));
        Self { printed, cut: ArrayVec::new(), unit, plain }
    }
}

/// What a head names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A column, by its place in the block.
    Column(u8),
    /// The sum of the organisations, which the form does not ask for.
    Sum,
    Unknown,
}

impl Named {
    const fn place(self) -> Option<u8> {
        match self {
            Self::Column(place) => Some(place),
            Self::Sum | Self::Unknown => None,
        }
    }
}

/// Whether two heads stand on one line.
fn is_one_line(text: &str, a: Span, b: Span) -> bool {
    let between = text.get(a.end() as usize..b.start() as usize);
    between.is_some_and(|between| memchr(b'\n', between.as_bytes()).is_none())
}

/// Whether the heads are all those of the form, in its order.
fn is_official(heads: &[HeadCell], block: &Block) -> bool {
    let mut printed = heads.iter().filter(is_counted);
    official_heads(block).all(|(label, _)| printed.next().is_some_and(|head| head.label == Some(label)))
        && printed.next().is_none()
}

/// Whether the head is one of a column, over columns, or not known.
fn is_counted(head: &&HeadCell) -> bool {
    matches!(head.label, None | Some(Label::Column(_) | Label::Head(Head::Organisations | Head::Subtotal)))
}

/// The heads of the form, in its order: the columns, with one head in the place of those it spans, and these below them.
fn official_heads(block: &Block) -> impl Iterator<Item = (Label, &'static str)> + Clone {
    let columns = block.columns.iter();
    let column = |spec: &ColumnSpec| (Label::Column(spec.column), spec.label);
    let mut spanned = false;
    let top = columns.clone().filter_map(move |spec| match spec.group {
        None => Some(column(spec)),
        Some(_) if core::mem::replace(&mut spanned, true) => None,
        Some(_) => Some((Label::Head(Head::Organisations), Head::Organisations.label())),
    });
    top.chain(columns.filter(|spec| spec.group.is_some()).map(column))
}

/// Whether the head may be what is left of the label, and is of no other figures.
fn is_part(head: &str, label: &str) -> bool {
    if is_of_other_figures(head) {
        return false;
    }
    let letters = || head.chars().take_while(|c| !matches!(c, '(' | '（')).filter(|c| !is_space(*c));
    letters().count() <= label.chars().count() && letters().any(|c| label.contains(c))
}

/// Whether the label begins with the head, in any script.
fn is_beginning(head: &str, label: &str) -> bool {
    let mut letters = label.chars();
    head.chars().filter(|c| !is_space(*c)).all(|c| letters.next().map(canonical) == Some(canonical(c)))
}

/// Whether a column has the unit that the form gives it.
fn is_plain(spec: &ColumnSpec, unit: Option<Option<Unit>>) -> bool {
    !spec.unit_from_source && unit.filter(|_| spec.amount).is_none_or(|unit| spec.unit == unit)
}

/// What the heads of the pre-2019 table, behind that of its labels, say of its one column of figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ValueHead {
    /// That it is the form's, or nothing.
    Known,
    /// Words that are none of the form's: 目标数, 区直.
    Unknown,
    /// That its figures are others than the form asks for: 上年同期.
    Other,
}

impl ValueHead {
    /// `broken` where figures stand among the heads.
    pub(crate) fn read(heads: &[HeadCell], broken: bool, text: &str) -> Self {
        let is_first =
            |head: &HeadCell| matches!(head.label, Some(Label::Head(Head::Indicators | Head::UnitOfCount)));
        let behind = || heads.iter().skip_while(|head| !is_first(head));
        let unknown = || {
            behind().filter(|head| match head.label {
                None => !is_plain_value(head.span.of(text)),
                label => label == Some(Label::Head(Head::SerialNumber)),
            })
        };
        let has_value = || behind().any(|head| head.label == Some(Label::Column(Column::Value)));
        if unknown().any(|head| is_other(head.span.of(text))) {
            Self::Other
        } else if (broken || unknown().next().is_some()) && !has_value() {
            Self::Unknown
        } else {
            Self::Known
        }
    }
}

/// Heads of figures in many tables, which begin none of the form's: behind 统计指标 they stand for 统计数.
const PLAIN_VALUES: [&str; 4] = ["数量", "数值", "数据", "数目"];

fn is_plain_value(head: &str) -> bool {
    let letters = || head.chars().filter(|c| !is_space(*c)).map(canonical);
    PLAIN_VALUES.iter().any(|words| letters().eq(words.chars().map(canonical)))
}

/// The columns of table 四 where it is one row: a column for each cell of the table. `None` where its heads are not those
/// of the form.
pub(crate) fn review_columns(heads: &[HeadCell], text: &str) -> Option<Columns> {
    let mut rows: ArrayVec<Proceeding, MAX_COLUMNS> = ArrayVec::new();
    let mut outcomes: ArrayVec<(Option<ReviewOutcome>, Span), MAX_COLUMNS> = ArrayVec::new();
    let mut litigation = false;
    for (at, head) in heads.iter().enumerate() {
        let outcome = match head.label.or_else(|| cut_proceeding(heads, at, text)) {
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
    let mut columns = Columns { printed: ArrayVec::new(), cut: ArrayVec::new(), unit: None, plain: true };
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
            let place = u8::try_from(place).ok()?;
            columns.printed.try_push(Some(place)).ok()?;
            if printed.is_none() {
                columns.cut.try_push((place, *head)).ok()?;
            }
        }
    }
    (columns.printed.len() == REVIEW_CELLS && (in_order || are_told(&columns))).then_some(columns)
}

/// The proceeding of whose head, in its place among all those of the form, a part is left: 复议后 for 复议后起诉.
fn cut_proceeding(heads: &[HeadCell], at: usize, text: &str) -> Option<Label> {
    let head = heads.get(at).filter(|head| head.label.is_none() && heads.len() == REVIEW_HEADS)?;
    let (_, row) = CUT_PROCEEDINGS.iter().find(|(place, _)| *place == at)?;
    let row = Row::Proceeding(*row);
    let (_, spec) = SchemaVersion::V2021.row(row)?;
    is_beginning(head.span.of(text), spec.label).then_some(Label::Row(row))
}

/// Whether heads in another order than the form's tell their columns: none is cut off, whose place then tells nothing, and all
/// proceedings have them in one order; else one is gone, and another one stands there twice.
#[cold]
fn are_told(Columns { printed, cut, .. }: &Columns) -> bool {
    let outcome = |place: &Option<u8>| usize::from((*place)?).checked_rem(OUTCOMES);
    let behind = printed.get(OUTCOMES..).unwrap_or_default();
    cut.is_empty() && printed.iter().zip(behind).all(|(above, below)| outcome(above) == outcome(below))
}

/// The head of an outcome in the form.
fn outcome_label(outcome: ReviewOutcome) -> &'static str {
    let row = SchemaVersion::V2021.row(Row::Proceeding(Proceeding::AdministrativeReview));
    let columns = row.map_or(&[][..], |(block, _)| block.columns);
    columns.get(outcome as usize).map_or("", |spec| spec.label)
}

/// Outcomes of each proceeding.
const OUTCOMES: usize = 5;
/// Heads of table 四: its cells, 行政复议 and 行政诉讼 over them, and the two kinds of the latter; and where these stand.
const REVIEW_HEADS: usize = 19;
const CUT_PROCEEDINGS: [(usize, Proceeding); 2] =
    [(7, Proceeding::LitigationDirect), (8, Proceeding::LitigationAfterReview)];
/// Cells of table 四.
pub(crate) const REVIEW_CELLS: usize = 15;
