//! Which version of the form a report uses, by evidence.
//!
//! A head or row that only one version has is evidence for that version; the year is never asked. Rows of two versions in
//! one table are decided by the majority, and the others are reported.

use arrayvec::ArrayVec;

use crate::form::{Head, SchemaVersion, Table};
use crate::grammar::taxonomy::Label;
use crate::rows::{Rows, RunKind};
use crate::span::Span;

/// A place in the source that speaks for a version of the form: a head or row label that only this version has.
///
/// [`Report::evidence`](crate::Report::evidence) lists them: heads in the order of the text, then rows. The year of a report is no
/// evidence, for many reports stayed on the older form. Of the two forms since 2019 the one with more evidence is taken, and
/// that of 2021 (国办公开办函〔2021〕30号) where they are even.
///
/// ```
/// use gongkai::form::SchemaVersion;
///
/// let text = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 3 |\n";
/// let report = gongkai::parse(text)?;
/// let head = report.evidence()[0]; // 规章 is a row of two versions, and speaks for neither
/// assert_eq!((head.version, report.text(head.span)), (SchemaVersion::V2019, "本年新制作数量"));
/// assert_eq!(report.form().unwrap().version(), SchemaVersion::V2019);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// The version it speaks for.
    pub version: SchemaVersion,
    /// The head or label.
    pub span: Span,
}

/// So much evidence has hardly any report more.
const ROOM: usize = 80;

/// Everything in the rows that speaks for one version alone; and the versions that the report's tables belong to, the one with
/// the most rows first.
#[inline(never)]
pub(crate) fn versions(rows: &Rows) -> (Vec<Evidence>, ArrayVec<SchemaVersion, 2>) {
    let mut found = Vec::with_capacity(rows.runs.len().saturating_add(rows.heads.len()).min(ROOM));
    for sheet in rows.sheets.iter().filter(|sheet| !sheet.look_alike) {
        for head in rows.sheet_heads(sheet) {
            if let Some(version) = head.label.and_then(version_of) {
                found.push(Evidence { version, span: head.span });
            }
        }
    }
    let (mut old, mut new) = (0_usize, 0_usize);
    for runs in rows.runs.chunk_by(|run, behind| run.sheet == behind.sheet) {
        let sheet = runs.first().and_then(|run| rows.sheets.get(usize::from(run.sheet)));
        let Some(sheet) = sheet.filter(|sheet| !sheet.look_alike) else { continue };
        let mut count = runs.len();
        for run in runs {
            match run.kind {
                RunKind::Row(row) => {
                    if let Some(version) = SchemaVersion::alone_with_row(row) {
                        found.push(Evidence { version, span: run.label });
                    }
                }
                RunKind::Figures => {}
                RunKind::Group | RunKind::Unknown => count = count.saturating_sub(1),
            }
        }
        let all = if sheet.table == Table::Statistics { &mut old } else { &mut new };
        *all = all.saturating_add(count);
    }
    let count = |version| found.iter().filter(|evidence| evidence.version == version).count();
    let newer = if new > 0 && count(SchemaVersion::V2019) > count(SchemaVersion::V2021) {
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
    (found, versions)
}

/// The version that alone has this head or row.
#[inline]
fn version_of(label: Label) -> Option<SchemaVersion> {
    match label {
        Label::Row(row) => SchemaVersion::alone_with_row(row),
        Label::Column(column) => SchemaVersion::alone_with_column(column),
        Label::Head(Head::Indicators) => Some(SchemaVersion::V2014),
        Label::Head(_) => None,
    }
}
