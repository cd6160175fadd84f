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

mod candidate;
mod reader;
mod subject;
mod words;

pub use crate::grammar::numeral::Exactness;
pub use subject::Subject;

use candidate::{Candidate, Subjects, candidates};

use crate::diagnostic::{Code, Diagnostic};
use crate::form::{CellId, Form, Number, Unit};
use crate::report::Report;
use crate::span::Span;

/// Which year a figure of prose is of.
///
/// ```
/// use gongkai::claims::ClaimYear;
///
/// let report = gongkai::parse("一、总体情况\n2022年收到政府信息公开申请5件。\n今年收到政府信息公开申请3件。\n")?;
/// let years: Vec<_> = report.claims().iter().map(|claim| claim.year()).collect();
/// assert_eq!(years, [ClaimYear::Stated(2022), ClaimYear::This]);
/// # Ok::<(), gongkai::Error>(())
/// ```
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
///
/// ```
/// use gongkai::claims::Doubt;
///
/// let report = gongkai::parse("一、总体情况\n上半年收到政府信息公开申请3件。\n累计收到政府信息公开申请300件。\n")?;
/// let doubts: Vec<_> = report.claims().iter().map(|claim| claim.doubt()).collect();
/// assert_eq!(doubts, [Some(Doubt::PartOfYear), Some(Doubt::Cumulative)]);
/// # Ok::<(), gongkai::Error>(())
/// ```
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
///
/// ```
/// use gongkai::claims::{Exactness, Subject};
/// use gongkai::form::Unit;
///
/// let report = gongkai::parse("一、总体情况\n全年召开政府信息公开工作会议2次,收到政府信息公开申请300余件。\n")?;
/// let [meetings, received] = report.claims()[..] else { panic!() };
/// assert_eq!((meetings.subject(), meetings.value(), meetings.unit()), (Subject::Meetings, 2.into(), Some(Unit::Ci)));
/// assert!(meetings.is_comparable());
/// assert_eq!((received.value(), received.exactness()), (300.into(), Exactness::Approximate));
/// assert!(!received.is_comparable());
/// # Ok::<(), gongkai::Error>(())
/// ```
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

    /// The number stated: 32 of 三十二件, 12000 of `1.2万条`, 300 of `300余件`.
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

    /// Why it is not compared with the form; `None` where nothing but its [exactness](Self::exactness) may stand against that.
    #[must_use]
    pub const fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }

    /// Whether it can mean one answer of the form alone, as far as its own sentence tells.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.doubt.is_none() && self.exactness == Exactness::Exact
    }

    /// The figure with its measure word: `三十二件`.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The part of the sentence that states it: `我局共收到政府信息公开申请三十二件`.
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
        reader::read(self, &candidates(self))
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
    let mut candidates = candidates(report);
    let mut contradicted = Subjects::default();
    for Candidate { subjects, value, .. } in &candidates {
        for &subject in Subject::ALL.iter().filter(|subject| subjects.contains(**subject)) {
            let may_be = match *value {
                Some((value, Exactness::Exact)) => answer(report, subject, value).is_some(),
                Some(_) => false,
                None => true,
            };
            if may_be {
                contradicted.insert(subject);
            }
        }
    }
    // Only what is said of their subjects is read.
    candidates.retain(|candidate| candidate.subjects.meets(contradicted));
    let claims = reader::read(report, &candidates);
    let mut findings = Vec::new();
    for &subject in Subject::ALL.iter().filter(|subject| contradicted.contains(**subject)) {
        let mut stated = claims.iter().filter(|claim| claim.subject == subject && claim.is_comparable());
        let Some(claim) = stated.next() else { continue };
        if stated.all(|other| other.value == claim.value)
            && let Some((cells, right)) = answer(report, subject, claim.value)
        {
            let finding = Diagnostic::new(Code::NARRATIVE_FIGURE, Some(claim.span));
            findings.push(finding.with_cells(cells.iter().copied()).with_sides(claim.value, right));
        }
    }
    findings.sort_by_key(Diagnostic::span);
    findings
}

/// The cells of the first reading of the subject and their sum, if no reading in any form is the `value` stated.
fn answer(report: &Report<'_>, subject: Subject, value: Number) -> Option<(&'static [CellId], Number)> {
    let mut first = None;
    for form in report.forms() {
        for answer in subject.answers(form.version()) {
            let right = sum(form, answer)?;
            if right == value {
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::subject::{MARKS, WORDINGS};
    use super::*;

    /// Every claim, whatever block it stands in.
    fn read_all(report: &Report<'_>) -> Vec<Claim> {
        let blocks = report.document().blocks().iter().enumerate();
        let whole = blocks.map(|(block, of)| Candidate {
            block,
            measure: of.span().end() as usize,
            subjects: Subjects::default(),
            value: None,
        });
        reader::read(report, &whole.collect::<Vec<_>>())
    }

    /// What `check_claims` says, found by reading everything.
    fn contradictions(report: &Report<'_>) -> Vec<(Span, Number)> {
        let claims = read_all(report);
        let mut found = Vec::new();
        for &subject in Subject::ALL {
            let mut stated = claims.iter().filter(|claim| claim.subject == subject && claim.is_comparable());
            let Some(claim) = stated.next() else { continue };
            if stated.all(|other| other.value == claim.value)
                && let Some((_, right)) = answer(report, subject, claim.value)
            {
                found.push((claim.span, right));
            }
        }
        found.sort_unstable();
        found
    }

    fn check_both(text: &str) -> usize {
        let report = crate::parse(text).expect("within the limit");
        let all = read_all(&report);
        assert_eq!(report.claims(), all, "{text}");
        let found = check_claims(&report);
        let found: Vec<_> =
            found.iter().filter_map(|found| Some((found.span()?, found.sides()?.1))).collect();
        assert_eq!(found, contradictions(&report), "{text}");
        all.len()
    }

    #[test]
    fn candidates_miss_no_claim_of_a_report() {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/parse");
        let corpus = std::env::var("GONGKAI_CORPUS").ok();
        let folders = corpus.iter().cloned().chain([seeds.to_owned()]);
        let files = folders.flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
        let files = files.map(|file| file.expect("a file").path());
        let texts = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
        let counts = texts.map(|path| check_both(&std::fs::read_to_string(path).expect("UTF-8")));
        // The seeds have no prose.
        assert!(counts.sum::<usize>() > 0 || corpus.is_none());
    }

    /// Words of wordings and marks, and what can stand between, before and behind them.
    fn word() -> impl Strategy<Value = String> {
        const OTHER: &[&str] = &[
            "3件",
            "12 条",
            "三十二件",
            "1,234件",
            "近百余人",
            "2次",
            "5人次专职人员",
            "1名兼职人員",
            "2期培训班",
            "1次会议",
            "12,3件",
            "1.2万件",
            "条例",
            "一次性",
            "3",
            "，",
            "。",
            "、",
            "（",
            "）",
            "(gōng)",
            "（x）",
            "《",
            "》",
            "“",
            " ",
            "\u{3000}",
            "\n",
            "2022年",
            "2023年",
            "1-9月",
            "第",
            "局",
            "我",
            "比",
            "一、",
            "二〇二三年",
            "十",
            "件",
            "人",
            "个",
            "場",
        ];
        let steps = || WORDINGS.iter().flat_map(|wording| wording.steps);
        let words: Vec<&str> = steps().flat_map(|step| step.words.iter().copied()).collect();
        let between: Vec<char> = steps().flat_map(|step| step.between.chars()).collect();
        let marks: Vec<&str> = MARKS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        prop_oneof![
            4 => select(words).prop_map(str::to_owned),
            3 => select(between).prop_map(String::from),
            1 => select(marks).prop_map(str::to_owned),
            6 => select(OTHER).prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn candidates_miss_no_claim_of_any_words(words in vec(word(), 1..40), figure in 0_u32..4) {
            let text = format!(
                "某县2023年政府信息公开工作年度报告\n一、总体情况\n{}\n附件\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n\
                 一、主动公开政府信息数 | 条 | {figure} |\n（一）收到申请数 | 件 | {figure} |\n\
                 （一）召开政府信息公开工作会议或专题会议数 | 次 | {figure} |\n",
                words.concat()
            );
            check_both(&text);
        }
    }
}
