//! Rules over the parts of a report: years, sections, fees.

use crate::claims::check_claims;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::BlockKind;
use crate::form::{Applicant, CellId, Column, DisclosureMeasure, DisclosureRow, RequestRow, Row, SectionId};
use crate::grammar::{is_space, trim};
use crate::meta::Stated;
use crate::report::{Report, Section};

/// Title, stated period, caption of the table and day of filing.
///
/// A year that only the prose names counts where the day of filing, in the year after, bears it out.
pub(super) fn year_conflict(report: &Report<'_>, findings: &mut Vec<Diagnostic>) {
    let meta = report.meta();
    let Some(Stated { value: year, span }) = meta.report_year else { return };
    let filed = meta.filing_date.and_then(|date| Some(Stated { value: date.value.year?, span: date.span }));
    let in_title = meta.title.is_some_and(|title| title.contains(span));
    let in_period = meta.period.is_some_and(|period| period.span == span);
    let borne_out = filed.is_some_and(|filed| filed.value.checked_sub(1) == Some(year));
    if !(in_title || in_period || borne_out) {
        return;
    }
    let period = meta.period.and_then(|Stated { value: (first, last), span }| {
        let differs = first.year != Some(year) && last.year != Some(year);
        last.year.filter(|_| differs).map(|value| Stated { value, span })
    });
    let table = meta.table_year.filter(|table| table.value != year);
    let filed = filed.filter(|filed| filed.value < year);
    for other in [period, table, filed].into_iter().flatten() {
        let finding = Diagnostic::new(Code::YEAR_CONFLICT, Some(other.span));
        findings.push(finding.with_counts(other.value.into(), year.into()));
    }
}

/// Sections that must say something.
const SPEAKING: &[SectionId] = &[SectionId::Problems, SectionId::OtherMatters];

pub(super) fn empty_section(report: &Report<'_>, findings: &mut Vec<Diagnostic>) {
    for section in SPEAKING.iter().filter_map(|id| report.section(*id)) {
        if says(report, section) != Says::Something {
            findings.push(Diagnostic::new(Code::EMPTY_SECTION, Some(section.heading())));
        }
    }
}

/// Cells that show that fees were taken, or asked for.
const FEES: &[CellId] = &[
    CellId {
        row: Row::Disclosure(DisclosureRow::AdministrativeFees),
        column: Column::Measure(DisclosureMeasure::FeesCollected),
    },
    CellId {
        row: Row::Request(RequestRow::OtherHandlingFeeOverdue),
        column: Column::Applicant(Applicant::Total),
    },
];

pub(super) fn fees_unexplained(report: &Report<'_>, findings: &mut Vec<Diagnostic>) {
    let denies = |section: &&Section| says(report, section) == Says::None;
    let Some(section) = report.section(SectionId::OtherMatters).filter(denies) else { return };
    let shows = |id: &CellId| {
        let number = report.forms().iter().find_map(|form| form.get(*id)?.number());
        number.is_some_and(|number| !number.is_zero())
    };
    let finding = Diagnostic::new(Code::FEES_UNEXPLAINED, Some(section.heading()));
    let finding = finding.with_cells(FEES.iter().copied().filter(shows));
    if !finding.cells().is_empty() {
        findings.push(finding);
    }
}

/// What a section says.
#[derive(PartialEq, Eq)]
enum Says {
    Nothing,
    /// 无
    None,
    Something,
}

fn says(report: &Report<'_>, section: &Section) -> Says {
    let blocks = report.document().blocks().get(section.blocks()).unwrap_or_default();
    let mut says = Says::Nothing;
    for block in blocks {
        match block.kind() {
            BlockKind::Paragraph if says == Says::Nothing && is_none(report.text(block.span())) => {
                says = Says::None;
            }
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table => return Says::Something,
            BlockKind::Title | BlockKind::Filing | BlockKind::Signature | BlockKind::Furniture => {}
        }
    }
    says
}

fn is_none(line: &str) -> bool {
    let bare = trim(line).trim_matches(|c: char| is_space(c) || "。.；;，,：:（）()".contains(c));
    matches!(bare, "无" | "無")
}

/// Figures of the prose that the tables contradict.
pub(super) fn narrative_figure(report: &Report<'_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(check_claims(report));
}
