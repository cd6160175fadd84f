//! The wordings of all labels in the order in which the form prints them, so that the label behind one is at hand.

use super::Label;
use crate::form::{Block, ColumnSpec, HEADS, Head, RequestRow, Row, RowGroup, RowSpec, SchemaVersion, Table};

/// A wording of a label.
pub(super) struct Wording<T> {
    /// The number that the form prints before it, `一、`, `（一）`, `1.`; empty where it prints none.
    pub number: String,
    pub label: String,
    /// `None` for what the form prints between labels, banners and notes.
    pub meaning: Option<T>,
}

impl<T> Wording<T> {
    /// One without a number.
    pub(super) fn plain(label: &str, meaning: Option<T>) -> Self {
        Self { number: String::new(), label: label.to_owned(), meaning }
    }
}

/// Every wording: those of the form as it is printed, then all others.
pub(super) fn wordings() -> Vec<Wording<Label>> {
    let blocks = || SchemaVersion::ALL.iter().flat_map(|version| version.blocks());
    let mut wordings = Vec::new();
    for block in blocks() {
        match (block.table, block.rows) {
            // 行政复议 | 行政诉讼, five outcomes and two rows below it, the outcomes of either.
            (Table::ReviewLitigation, [review, others @ ..]) => {
                wordings.push(row(review));
                wordings.extend(others.first().and_then(|row| group(row.group)));
                wordings.extend(block.columns.iter().map(column));
                wordings.extend(others.iter().map(row));
                wordings.extend(block.columns.iter().chain(block.columns).map(column));
            }
            _ => in_order(block, &mut wordings),
        }
    }
    for block in blocks() {
        for spec in block.rows {
            let plain = spec.note.map(|_| spec.label);
            let others = plain.iter().chain(spec.aliases);
            wordings.extend(others.map(|label| Wording::plain(label, Some(Label::Row(spec.row)))));
        }
        for spec in block.columns {
            let plain = spec.unit.map(|_| spec.label);
            let others = plain.iter().chain(spec.aliases);
            wordings.extend(others.map(|label| Wording::plain(label, Some(Label::Column(spec.column)))));
        }
    }
    for (head, labels) in HEADS {
        wordings.extend(labels.iter().map(|label| Wording::plain(label, Some(Label::Head(*head)))));
    }
    wordings
}

/// Banner or note; heads of the columns, those within a group below the others; then the rows, each group's label before its first.
fn in_order(block: &Block, wordings: &mut Vec<Wording<Label>>) {
    let heads: &[Head] = match block.table {
        Table::ActiveDisclosure => &[Head::Content],
        Table::Requests => &[Head::Applicants],
        Table::Statistics => &[Head::Indicators, Head::UnitOfCount],
        Table::ReviewLitigation => &[],
    };
    let before = block.banner.iter().chain(&block.note);
    wordings.extend(before.map(|wording| Wording::plain(wording, None)));
    wordings.extend(heads.iter().map(|kind| head(*kind)));
    let mut spanned = None;
    for spec in block.columns {
        match spec.group {
            None => wordings.push(column(spec)),
            Some(_) if spanned == spec.group => {}
            Some(_) => wordings.extend(group(spec.group)),
        }
        spanned = spec.group;
    }
    wordings.extend(block.columns.iter().filter(|spec| spec.group.is_some()).map(column));
    let mut before = None;
    for spec in block.rows {
        if spec.row == Row::Request(RequestRow::Granted) {
            let number = printed(above(spec.number));
            wordings.push(Wording { number, ..head(Head::Group(RowGroup::Outcome)) });
        }
        if spec.group != before {
            let number = printed(above(spec.number));
            wordings.extend(group(spec.group).map(|head| Wording { number, ..head }));
            before = spec.group;
        }
        wordings.push(row(spec));
    }
}

/// The label of a row with the note that the form prints behind it.
fn row(spec: &RowSpec) -> Wording<Label> {
    let label = match spec.note {
        Some(note) => format!("{}（{note}）", spec.label),
        None => spec.label.to_owned(),
    };
    Wording { number: printed(spec.number), label, meaning: Some(Label::Row(spec.row)) }
}

/// The last part of a number, as the form prints it before a label: `1.` of `三(三)1`.
fn printed(number: &str) -> String {
    let last = number.strip_prefix(above(number)).unwrap_or_default();
    match last.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => format!("（{inner}）"),
        None if last.is_empty() => String::new(),
        None if last == "其中" => format!("{last}："),
        None if last.is_ascii() => format!("{last}."),
        None => format!("{last}、"),
    }
}

/// The number of the rows that one is part of: `三(三)` of `三(三)1`, `三` of `三(三)`.
fn above(number: &str) -> &str {
    let digits = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let before = if digits.len() < number.len() { Some(digits.len()) } else { number.rfind('(') };
    before.and_then(|end| number.get(..end)).unwrap_or_default()
}

/// The head of a column, of amounts with the unit that the form prints behind it.
fn column(spec: &ColumnSpec) -> Wording<Label> {
    let label = match spec.unit {
        Some(unit) if spec.amount => format!("{}（单位：{unit}）", spec.label),
        _ => spec.label.to_owned(),
    };
    Wording::plain(&label, Some(Label::Column(spec.column)))
}

fn head(head: Head) -> Wording<Label> {
    Wording::plain(head.label(), Some(Label::Head(head)))
}

/// The head that spans columns or rows under this wording.
fn group(wording: Option<&str>) -> Option<Wording<Label>> {
    let (kind, _) = HEADS.iter().find(|(_, labels)| labels.first().copied() == wording)?;
    Some(head(*kind))
}
