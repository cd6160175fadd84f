//! Which version of the form a report uses, by evidence.
//!
//! A head or row that only one version has is evidence for that version; the year is never asked. Rows of two versions in
//! one table are decided by the majority, and the others are reported.

use arrayvec::ArrayVec;

use crate::form::{Column, Head, Row, SchemaVersion, Table};
use crate::grammar::taxonomy::Label;
use crate::rows::{Rows, RunKind};
use crate::span::Span;

/// A place in the source that speaks for a version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// The version it speaks for.
    pub version: SchemaVersion,
    /// The head or label.
    pub span: Span,
}

/// Everything in the rows that speaks for one version alone.
pub(crate) fn evidence(rows: &Rows) -> Vec<Evidence> {
    let mut found = Vec::with_capacity(rows.runs.len().saturating_add(rows.heads.len()).min(128));
    for sheet in rows.sheets.iter().filter(|sheet| !sheet.look_alike) {
        for head in rows.sheet_heads(sheet) {
            if let Some(version) = head.label.and_then(version_of) {
                found.push(Evidence { version, span: head.span });
            }
        }
    }
    for run in &rows.runs {
        let look_alike = rows.sheets.get(usize::from(run.sheet)).is_some_and(|sheet| sheet.look_alike);
        if let RunKind::Row(row) = run.kind
            && !look_alike
            && let Some(version) = version_of(Label::Row(row))
        {
            found.push(Evidence { version, span: run.label });
        }
    }
    found
}

/// The versions that the report's tables belong to, the one with the most rows first.
pub(crate) fn versions(rows: &Rows, evidence: &[Evidence]) -> ArrayVec<SchemaVersion, 2> {
    let count = |version| evidence.iter().filter(|evidence| evidence.version == version).count();
    let (mut old, mut new) = (0_usize, 0_usize);
    for run in rows.runs.iter().filter(|run| matches!(run.kind, RunKind::Row(_) | RunKind::Figures)) {
        let sheet = rows.sheets.get(usize::from(run.sheet)).filter(|sheet| !sheet.look_alike);
        let Some(sheet) = sheet else { continue };
        let count = if sheet.table == Table::Statistics { &mut old } else { &mut new };
        *count = count.saturating_add(1);
    }
    let newer = if count(SchemaVersion::V2019) > count(SchemaVersion::V2021) {
        SchemaVersion::V2019
    } else {
        SchemaVersion::V2021
    };
    let mut versions = ArrayVec::new();
    versions.extend((old > 0).then_some(SchemaVersion::V2014));
    versions.extend((new > 0).then_some(newer));
    if new > old {
        versions.reverse();
    }
    versions
}

/// The version that alone has this head or row.
fn version_of(label: Label) -> Option<SchemaVersion> {
    match label {
        Label::Row(Row::Indicator(_)) | Label::Head(Head::Indicators) | Label::Column(Column::Value) => {
            Some(SchemaVersion::V2014)
        }
        Label::Row(row) => only(SchemaVersion::V2019.has_row(row), SchemaVersion::V2021.has_row(row)),
        Label::Column(column) => {
            only(SchemaVersion::V2019.has_column(column), SchemaVersion::V2021.has_column(column))
        }
        Label::Head(_) => None,
    }
}

fn only(in_2019: bool, in_2021: bool) -> Option<SchemaVersion> {
    match (in_2019, in_2021) {
        (true, false) => Some(SchemaVersion::V2019),
        (false, true) => Some(SchemaVersion::V2021),
        _ => None,
    }
}
