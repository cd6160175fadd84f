//! Figures stated in prose, and whether the tables say the same.
//!
//! A [`Claim`] is a figure of a paragraph or heading with its subject: `全年召开2次政府信息公开工作会议`. Words are compared
//! by their fold, so Traditional characters, white space and inline pinyin annotations do not matter. Reading is one pass
//! with a bounded look back within the clause.
//!
//! A claim is compared with the form only where it can mean one answer: it is exact, of the report's year, whole, and the
//! only one the report gives for its subject. Everything else has a [`Doubt`], and is listed but not compared.
//!
//! | prose | claim | compared |
//! | --- | --- | --- |
//! | 本年新收政府信息公开申请3件 | `new_received` 3 | yes |
//! | 共收到政府信息公开申请12件,其中含上年度结转2件 | `received` 12, `carried_over` 2 | the first, with both readings |
//! | 比上年增加3件 | none | |
//! | 2008年以来,累计收到政府信息公开申请300余件 | `received` 300 | no: [`Doubt::Cumulative`] |
//! | 市教育局收到政府信息公开申请3件 | `received` 3 | no, unless it is the report's agency |

mod reader;
mod subject;

pub use crate::grammar::numeral::Exactness;
pub use subject::Subject;

use crate::diagnostic::{Code, Diagnostic};
use crate::form::{CellId, Form, Number, Unit};
use crate::report::Report;
use crate::span::Span;

/// Which year a figure of prose is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum ClaimYear {
    /// Neither the paragraph nor its headings say.
    Unstated,
    /// The report's: 今年, 本年度, 全年.
    This,
    /// The one before: 去年, 上年.
    Previous,
    /// The one that is named.
    Stated(u16),
}

/// Why a claim is not compared with the form, though its figure may be exact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Doubt {
    /// It is of another year than the report, or of a year that the report does not name.
    OtherYear,
    /// It is of a part of the year: 第一季度, 上半年, 5月.
    PartOfYear,
    /// It adds up several years: 累计, 以来.
    Cumulative,
    /// It may be of another body: 各区, 市教育局.
    OtherBody,
    /// It compares: 同比增长, 较上年.
    Comparison,
    /// It is wanted, not counted: 计划, 每年, 不少于.
    Intended,
    /// It is of two subjects at once: 行政复议、行政诉讼共3件.
    Joint,
    /// It is a part of what the cell counts: 其中, 通过网络.
    Part,
    /// What it is about has not been said, or is something else: 市长信箱.
    OtherMatter,
}

/// A figure stated in prose. A value: its places are spans of the report's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    subject: Subject,
    value: Number,
    unit: Option<Unit>,
    exactness: Exactness,
    year: ClaimYear,
    doubt: Option<Doubt>,
    span: Span,
    part: Span,
}

impl Claim {
    /// What the figure is about.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// The number stated; of `300余` 300.
    #[must_use]
    pub const fn value(&self) -> Number {
        self.value
    }

    /// The unit as printed; `None` for measure words that no form has, such as 场 and 期.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// How exactly it is stated.
    #[must_use]
    pub const fn exactness(&self) -> Exactness {
        self.exactness
    }

    /// The year that it is of.
    #[must_use]
    pub const fn year(&self) -> ClaimYear {
        self.year
    }

    /// Why it is not compared with the form.
    #[must_use]
    pub const fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }

    /// Whether it can mean one answer of the form alone, as far as its own sentence tells.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.doubt.is_none() && self.exactness == Exactness::Exact
    }

    /// The figure with its measure word.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The part of the sentence that states it.
    #[must_use]
    pub const fn part(&self) -> Span {
        self.part
    }
}

impl Report<'_> {
    /// The figures that the paragraphs and headings of the report state, in their order.
    ///
    /// ```
    /// use gongkai::claims::{Doubt, Subject};
    ///
    /// let report = gongkai::parse("一、总体情况\n2023年,我局共收到政府信息公开申请三十二件,其中网络申请5件,同比增长两成;上年结转2件。\n")?;
    /// let claims = report.claims();
    /// assert_eq!((claims[0].subject(), claims[0].value()), (Subject::Received, 32.into()));
    /// assert_eq!(report.text(claims[0].span()), "三十二件");
    /// assert_eq!(report.text(claims[0].part()), "我局共收到政府信息公开申请三十二件");
    /// assert_eq!((claims[1].subject(), claims[1].value()), (Subject::CarriedOver, 2.into()));
    /// assert_eq!(claims.len(), 2);
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn claims(&self) -> Vec<Claim> {
        reader::read(self)
    }
}

/// Compares the claims of a report with its forms: a `narrative-figure` for each that no answer of any form agrees with.
///
/// A claim that some form cannot answer, because a cell it takes holds no number, is left alone; so are all claims of a
/// subject for which the report states several figures.
///
/// ```
/// use gongkai::diagnostic::Code;
///
/// let text = "一、基本情况\n2017年召开政府信息公开工作会议2次。\n(一)召开政府信息公开工作会议或专题会议数 | 次 | 1 |\n";
/// let report = gongkai::parse(text)?;
/// let findings = gongkai::claims::check_claims(&report);
/// assert_eq!(findings[0].code(), Code::NARRATIVE_FIGURE);
/// assert_eq!(findings[0].sides(), Some((2.into(), 1.into())));
/// assert_eq!(findings[0].cells()[0].to_string(), "statistics/training.meetings/value");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[must_use]
pub fn check_claims(report: &Report<'_>) -> Vec<Diagnostic> {
    let claims = report.claims();
    let mut findings = Vec::new();
    for &subject in Subject::ALL {
        let mut stated = claims.iter().filter(|claim| claim.subject == subject && claim.is_comparable());
        let Some(claim) = stated.next() else { continue };
        if stated.all(|other| other.value == claim.value)
            && let Some((cells, right)) = contradicted(report, claim)
        {
            let finding = Diagnostic::new(Code::NARRATIVE_FIGURE, Some(claim.span));
            findings.push(finding.with_cells(cells.iter().copied()).with_sides(claim.value, right));
        }
    }
    findings.sort_by_key(Diagnostic::span);
    findings
}

/// The cells of the first reading of the claim and their sum, if no reading in any form agrees.
fn contradicted(report: &Report<'_>, claim: &Claim) -> Option<(&'static [CellId], Number)> {
    let mut first = None;
    for form in report.forms() {
        for answer in claim.subject.answers(form.version()) {
            let right = sum(form, answer)?;
            if right == claim.value {
                return None;
            }
            first.get_or_insert((*answer, right));
        }
    }
    first
}

fn sum(form: &Form, cells: &[CellId]) -> Option<Number> {
    cells.iter().try_fold(Number::from(0), |sum, id| sum.checked_add(form.get(*id)?.number()?))
}
