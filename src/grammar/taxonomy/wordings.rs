//! The wordings of all labels in the order in which the form prints them, so that the label behind one is at hand.

use super::Label;
use crate::form::{Block, ColumnSpec, HEADS, Head, RequestRow, Row, RowGroup, RowSpec, SchemaVersion, Table};

/// A wording with what it means; `None` for what the form prints between labels, banners and notes.
type Wording = (String, Option<Label>);

/// Every wording: those of the form as it is printed, then all others.
pub(super) fn wordings() -> Vec<Wording> {
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
            wordings.extend(others.map(|label| ((*label).to_owned(), Some(Label::Row(spec.row)))));
        }
        for spec in block.columns {
            let plain = spec.unit.map(|_| spec.label);
            let others = plain.iter().chain(spec.aliases);
            wordings.extend(others.map(|label| ((*label).to_owned(), Some(Label::Column(spec.column)))));
        }
    }
    for (head, labels) in HEADS {
        wordings.extend(labels.iter().map(|label| ((*label).to_owned(), Some(Label::Head(*head)))));
    }
    wordings
}

/// Banner or note; heads of the columns, those within a group below the others; then the rows, each group's label before its first.
fn in_order(block: &Block, wordings: &mut Vec<Wording>) {
    let heads: &[Head] = match block.table {
        Table::ActiveDisclosure => &[Head::Content],
        Table::Requests => &[Head::Applicants],
        Table::Statistics => &[Head::Indicators, Head::UnitOfCount],
        Table::ReviewLitigation => &[],
    };
    let before = block.banner.iter().chain(&block.note);
    wordings.extend(before.map(|wording| ((*wording).to_owned(), None)));
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
            wordings.push(head(Head::Group(RowGroup::Outcome)));
        }
        if spec.group != before {
            wordings.extend(group(spec.group));
            before = spec.group;
        }
        wordings.push(row(spec));
    }
}

/// The label of a row with the note that the form prints behind it.
fn row(spec: &RowSpec) -> Wording {
    let wording = match spec.note {
        Some(note) => format!("{}（{note}）", spec.label),
        None => spec.label.to_owned(),
    };
    (wording, Some(Label::Row(spec.row)))
}

/// The head of a column, of amounts with the unit that the form prints behind it.
fn column(spec: &ColumnSpec) -> Wording {
    let wording = match spec.unit {
        Some(unit) if spec.amount => format!("{}（单位：{unit}）", spec.label),
        _ => spec.label.to_owned(),
    };
    (wording, Some(Label::Column(spec.column)))
}

fn head(head: Head) -> Wording {
    (head.label().to_owned(), Some(Label::Head(head)))
}

/// The head that spans columns or rows under this wording.
fn group(wording: Option<&str>) -> Option<Wording> {
    let (kind, _) = HEADS.iter().find(|(_, labels)| labels.first().copied() == wording)?;
    Some(head(*kind))
}
