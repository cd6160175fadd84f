//! One fault behind several findings.

use super::equation::Names;
use super::{Diagnostic, Language};
use crate::form::{CellId, Figure, Number, SchemaVersion};

/// A figure of a suggestion, as in the example of [`Explanation`]: 总计 of 自然人 shows 122, and would have to show 12.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Change {
    /// The cell.
    pub cell: CellId,
    /// What it shows.
    pub from: Figure,
    /// What it would have to show.
    pub to: Number,
}

/// The one fault that explains several findings, and what would mend it. Nothing is ever changed.
///
/// ```
/// use gongkai::form::{Applicant, RequestRow};
///
/// let text = "\
/// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||
/// 自然人 | 法人或其他组织 | 总计 | |||||||
/// 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
/// 一、本年新收政府信息公开申请数量 | 12 | 0 | 0 | 0 | 0 | 0 | 12 | ||
/// 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
/// （七）总计 | 122 | 0 | 0 | 0 | 0 | 0 | 12 | ||
/// 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
/// ";
/// let report = gongkai::parse(text)?;
/// let findings = gongkai::check(&report);
/// let explanation = findings.iter().find_map(|finding| finding.explanation()).unwrap();
/// assert_eq!(explanation.explains().len(), 2); // a balance and a row-total
/// let [change] = explanation.suggestions()[0][..] else { panic!() };
/// assert_eq!(change.cell, (RequestRow::OutcomeTotal, Applicant::NaturalPerson).into());
/// assert_eq!(change.to, 12.into());
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    pub(crate) version: SchemaVersion,
    pub(crate) explains: Vec<Diagnostic>,
    pub(crate) suggestions: Vec<Vec<Change>>,
}

/// So many suggestions are put into words; all are in the data.
const MOST_SUGGESTIONS: usize = 3;
/// So many changes of a suggestion are put into words: a row of table 三.
const MOST_CHANGES: usize = 7;

impl Explanation {
    /// The findings that the fault explains, two at least.
    #[must_use]
    pub fn explains(&self) -> &[Diagnostic] {
        &self.explains
    }

    /// What would mend it; where there are several, any one of them alone. Empty where the source does not tell the figures
    /// to enter.
    #[must_use]
    pub fn suggestions(&self) -> &[Vec<Change>] {
        &self.suggestions
    }

    /// `balance (natural_person), balance (commercial_enterprise)`
    pub(super) fn findings_in_words(&self, language: Language) -> String {
        let one = |finding: &Diagnostic| {
            let place = finding.equation().map(|equation| equation.place(language)).unwrap_or_default();
            if place.is_empty() {
                finding.code().to_string()
            } else {
                format!("{} ({place})", finding.code())
            }
        };
        self.explains.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// `requests/outcome_total: natural_person 122 → 12`, of each suggestion, with `or` between them.
    pub(super) fn suggestions_in_words(&self, language: Language) -> String {
        let names = Names { version: self.version, language };
        let one =
            |change: &Change, name: String| format!("{name} {} → {}", names.figure(change.from), change.to);
        let all = |changes: &Vec<Change>| match changes.as_slice() {
            [first, _, ..] if changes.iter().all(|change| change.cell.row == first.cell.row) => {
                let figures = changes.iter().map(|change| one(change, names.column(change.cell)));
                format!("{}: {}", names.row_of_table(first.cell), figures.collect::<Vec<_>>().join(", "))
            }
            _ => changes
                .iter()
                .map(|change| one(change, names.cell(change.cell)))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let long = self.suggestions.iter().any(|changes| changes.len() > MOST_CHANGES);
        if long || self.suggestions.len() > MOST_SUGGESTIONS {
            return String::new();
        }
        let or = if language == Language::Chinese { "，或 " } else { ", or " };
        self.suggestions.iter().map(all).collect::<Vec<_>>().join(or)
    }
}
