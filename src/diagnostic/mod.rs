//! Findings about a report: what is in doubt, where, and which cells it touches.
//!
//! A diagnostic is structured data; words come only from [`Diagnostic::message`]. Every code stands in [`TABLE`] with
//! its class, severity, wording and an example.

mod code;
mod equation;
mod explanation;
mod findings;
#[cfg(feature = "render")]
mod render;

use core::fmt;

pub use code::{Code, Entry, TABLE};
pub(crate) use equation::sums;
pub use equation::{Equation, Relation, Term, Wording};
pub use explanation::{Change, Explanation};
pub(crate) use findings::Findings;
#[cfg(feature = "render")]
pub use render::Renderer;

use self::equation::Names;
use crate::form::{CellId, Number};
use crate::span::Span;

/// What a diagnostic is about.
///
/// ```
/// use gongkai::diagnostic::{Class, Code};
///
/// assert_eq!(Code::NOT_A_FIGURE.entry().unwrap().class, Class::Reading); // 约3件 |
/// assert_eq!(Code::NARRATIVE_FIGURE.entry().unwrap().class, Class::Claim); // 全年召开2次政府信息公开工作会议
/// assert_eq!(Class::Integrity.id(), "integrity");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Class {
    /// The reading of the source: a cell whose place or content is in doubt.
    Reading,
    /// Figures of one report that contradict each other.
    Integrity,
    /// Prose that contradicts a table.
    Claim,
    /// Reports of several years that contradict each other.
    Series,
}

impl Class {
    /// The name in exports: `reading`, `integrity`, `claim`, `series`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Integrity => "integrity",
            Self::Claim => "claim",
            Self::Series => "series",
        }
    }
}

/// How much a diagnostic matters.
///
/// They are in order, from [`Info`](Self::Info) up:
///
/// ```
/// use gongkai::diagnostic::{Code, Severity};
///
/// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 22(其中修订16件) | 约3件 | 0 |\n")?;
/// let severity = |code| report.diagnostics().iter().find(|finding| finding.code() == code).unwrap().severity();
/// assert_eq!(severity(Code::VALUE_REMARK), Severity::Info); // the cell holds 22
/// assert!(severity(Code::NOT_A_FIGURE) >= Severity::Warning);
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; the cells named are right.
    Info,
    /// The cells named are in doubt, or left open.
    Warning,
    /// The source is wrong, or cannot be read, at the cells named.
    Error,
}

impl Severity {
    /// The name in exports: `info`, `warning`, `error`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The language of a message.
///
/// ```
/// use gongkai::diagnostic::{Code, Diagnostic, Language};
///
/// let finding = Diagnostic::new(Code::DATE_INCOMPLETE, None); // 填报日期: 年1月11日
/// assert_eq!(finding.message(Language::English), "the filing date has no year");
/// assert_eq!(finding.message(Language::Chinese), "填报日期缺少年份");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// 中文
    Chinese,
}

/// The numbers of a diagnostic. What they count its [message](Code::entry) says; both are 0 where it names none.
///
/// ```
/// use gongkai::diagnostic::Code;
///
/// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 3 | 5 | 7 | 9 |\n")?;
/// let surplus = report.diagnostics().iter().find(|finding| finding.code() == Code::SURPLUS_CELLS).unwrap();
/// assert_eq!((surplus.counts().found, surplus.counts().expected), (4, 3));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub struct Counts {
    /// How many the source shows; a year for `year-conflict` and the findings of a series.
    pub found: u32,
    /// How many the form has, or what the message of the code puts in its place.
    pub expected: u32,
}

/// One finding.
///
/// ```
/// use gongkai::diagnostic::{Code, Language};
///
/// let report = gongkai::parse("第二十条第(一)项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 约3件 | 0 | 0 |\n")?;
/// let finding = report.diagnostics().iter().find(|finding| finding.code() == Code::NOT_A_FIGURE).unwrap();
/// assert_eq!(report.text(finding.span().unwrap()), "约3件");
/// assert_eq!(finding.cells()[0].to_string(), "active_disclosure/rules/issued");
/// assert!(finding.message(Language::Chinese).contains("不是数字"));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    code: Code,
    class: Class,
    severity: Severity,
    span: Option<Span>,
    cells: Vec<CellId>,
    counts: Counts,
    /// For how many others of its code it stands, too.
    more: u32,
    detail: Detail,
}

/// What a finding of the [checks](crate::check) knows beyond its cells.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Detail {
    None,
    Sides(Box<(Number, Number)>),
    Rule(Box<Wording>),
    Equation(Box<Equation>),
    Explanation(Box<Explanation>),
}

impl Diagnostic {
    /// A finding with the class and severity that the table of codes gives its code; a caller's own code is an
    /// integrity warning until [`with_class`](Self::with_class) says otherwise.
    ///
    /// ```
    /// use gongkai::diagnostic::{Class, Code, Diagnostic, Severity};
    ///
    /// const LATE: Code = Code::new("filed-late");
    /// let report = gongkai::parse("某某局2023年政府信息公开工作年度报告\n一、总体情况\n填报日期：2024年5月6日\n")?;
    /// let filed = report.meta().filing_date.unwrap();
    /// let late = Diagnostic::new(LATE, Some(filed.span)).with_severity(Severity::Info);
    /// assert_eq!((late.class(), late.severity()), (Class::Integrity, Severity::Info));
    /// assert_eq!(report.text(late.span().unwrap()), "2024年5月6日");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn new(code: Code, span: Option<Span>) -> Self {
        let (class, severity) =
            code.entry().map_or((Class::Integrity, Severity::Warning), |entry| (entry.class, entry.severity));
        Self {
            code,
            class,
            severity,
            span,
            cells: Vec::new(),
            counts: Counts::default(),
            more: 0,
            detail: Detail::None,
        }
    }

    /// Names these cells, behind those named already.
    #[must_use]
    pub fn with_cells(mut self, cells: impl IntoIterator<Item = CellId>) -> Self {
        self.cells.extend(cells);
        self
    }

    /// Sets the numbers.
    #[must_use]
    pub fn with_counts(mut self, found: u32, expected: u32) -> Self {
        self.counts = Counts { found, expected };
        self
    }

    /// Sets the severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the two sides that should agree.
    #[must_use]
    pub fn with_sides(mut self, left: Number, right: Number) -> Self {
        self.detail = Detail::Sides(Box::new((left, right)));
        self
    }

    /// Sets class and severity.
    #[must_use]
    pub fn with_class(mut self, class: Class, severity: Severity) -> Self {
        (self.class, self.severity) = (class, severity);
        self
    }

    /// Names the rule that the finding is about: the message of a code of the caller's own.
    ///
    /// ```
    /// use gongkai::diagnostic::{Code, Diagnostic, Language, Wording};
    ///
    /// let rule = Wording { english: "a report is filed by 31 January", chinese: "年度报告应于1月31日前公布" };
    /// let late = Diagnostic::new(Code::new("filed-late"), None).with_rule(rule);
    /// assert!(late.message(Language::Chinese).starts_with("年度报告应于1月31日前公布"));
    /// ```
    #[must_use]
    pub fn with_rule(mut self, wording: Wording) -> Self {
        self.detail = Detail::Rule(Box::new(wording));
        self
    }

    /// Sets the two sides, and names their cells.
    pub(crate) fn with_equation(mut self, equation: Equation) -> Self {
        let terms = equation.left_terms().iter().chain(equation.right_terms());
        self.cells = terms.map(|term| term.cell).collect();
        self.detail = Detail::Equation(Box::new(equation));
        self
    }

    pub(crate) fn with_explanation(mut self, explanation: Explanation) -> Self {
        self.detail = Detail::Explanation(Box::new(explanation));
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The class.
    #[must_use]
    pub fn class(&self) -> Class {
        self.class
    }

    /// The severity.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where to look; `None` where the source has nothing to look at.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The cells it is about, a row or a column group at most for a finding of the reading, unless it [stands for
    /// several](Self::times); empty where no cell is touched. From [`Severity::Warning`] on they are in doubt.
    #[must_use]
    pub fn cells(&self) -> &[CellId] {
        &self.cells
    }

    /// The numbers.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// How many findings it is: more than 1 only in a text with more findings than any report has, where the rest of
    /// one code are one, from the first of them to the last, with the cells of all.
    ///
    /// ```
    /// let text = "规章 | 3 | 5 | 7 |\n".repeat(300);
    /// let report = gongkai::parse(&text)?;
    /// let last = report.diagnostics().iter().find(|finding| finding.times() > 1).unwrap();
    /// assert!(last.times() > 50 && last.message(Default::default()).contains("times in all"));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn times(&self) -> u32 {
        self.more.saturating_add(1)
    }

    /// Takes up another finding of the same code, and those of its cells that are new.
    fn absorb(&mut self, other: &Self, mut is_new: impl FnMut(CellId) -> bool) {
        self.more = self.more.saturating_add(other.times());
        self.span = match (self.span, other.span) {
            (Some(span), Some(other)) => Some(span.to(other)),
            (span, other) => span.or(other),
        };
        self.severity = self.severity.max(other.severity);
        self.cells.extend(other.cells.iter().copied().filter(|cell| is_new(*cell)));
    }

    /// The two sums that contradict each other, with their cells; `None` but for findings of the integrity rules on sums.
    #[must_use]
    pub fn equation(&self) -> Option<&Equation> {
        match &self.detail {
            Detail::Equation(equation) => Some(equation),
            _ => None,
        }
    }

    /// The other findings that this one explains, and what would mend them; `None` but for findings that [explain](Explanation) others.
    #[must_use]
    pub fn explanation(&self) -> Option<&Explanation> {
        match &self.detail {
            Detail::Explanation(explanation) => Some(explanation),
            _ => None,
        }
    }

    /// The two single numbers that should agree, left and right: of prose and table, or of two years. `None` for all other findings; two
    /// sums are an [`equation`](Self::equation).
    ///
    /// ```
    /// use gongkai::diagnostic::Code;
    ///
    /// let text = "一、基本情况\n2017年召开政府信息公开工作会议2次。\n(一)召开政府信息公开工作会议或专题会议数 | 次 | 1 |\n";
    /// let report = gongkai::parse(text)?;
    /// let findings = gongkai::check(&report);
    /// let claim = findings.iter().find(|finding| finding.code() == Code::NARRATIVE_FIGURE).unwrap();
    /// assert_eq!(claim.sides(), Some((2.into(), 1.into())));
    /// assert!(claim.equation().is_none());
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn sides(&self) -> Option<(Number, Number)> {
        match &self.detail {
            Detail::Sides(sides) => Some(**sides),
            _ => None,
        }
    }

    /// The finding in words, one line, without its place, severity and code.
    ///
    /// ```
    /// use gongkai::diagnostic::Language;
    ///
    /// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | -5 | 0 | 0 |\n")?;
    /// let findings = gongkai::check(&report);
    /// assert_eq!(findings[0].message(Language::Chinese), "规章·本年制发件数 不应为负数");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let once = self.message_once(language);
        match (self.more, language) {
            (0, _) => once,
            (_, Language::English) => format!("{once}; {} times in all", self.times()),
            (_, Language::Chinese) => format!("{once}；共{}处", self.times()),
        }
    }

    fn message_once(&self, language: Language) -> String {
        let template = match (self.code.entry(), &self.detail, language) {
            (Some(entry), _, Language::English) => entry.english,
            (Some(entry), _, Language::Chinese) => entry.chinese,
            (None, Detail::Equation(_), Language::English) => "it does not hold that {rule}: {equation}",
            (None, Detail::Equation(_), Language::Chinese) => "不符合“{rule}”:{equation}",
            (None, Detail::Rule(_), _) => "{rule}: {cells}",
            (None, ..) => return format!("{}: {}", self.code, self.cells_in_words(language)),
        };
        let message = template
            .replace("{found}", &self.counts.found.to_string())
            .replace("{expected}", &self.counts.expected.to_string())
            .replace("{cells}", &self.cells_in_words(language));
        match &self.detail {
            Detail::None => message,
            Detail::Sides(sides) => {
                let (left, right) = **sides;
                message.replace("{left}", &left.to_string()).replace("{right}", &right.to_string())
            }
            Detail::Rule(wording) => message.replace("{rule}", wording.of(language)),
            Detail::Equation(equation) => message
                .replace("{rule}", equation.wording().of(language))
                .replace("{equation}", &equation.in_words(language)),
            Detail::Explanation(explanation) => {
                let message = message.replace("{findings}", &explanation.findings_in_words(language));
                let suggestion = explanation.suggestions_in_words(language);
                match (suggestion.is_empty(), language) {
                    (true, _) => message,
                    (false, Language::English) => format!("{message}; it would hold with {suggestion}"),
                    (false, Language::Chinese) => format!("{message}；若改为 {suggestion} 则相符"),
                }
            }
        }
    }

    /// `requests/granted (natural_person … total)`, or the one cell; of many the first and the last.
    fn cells_in_words(&self, language: Language) -> String {
        let name = |cell: &CellId| Names::of(*cell, language).cell(*cell);
        match self.cells.as_slice() {
            [] => String::new(),
            [cell] => name(cell),
            [first, .., last] if self.cells.iter().all(|cell| cell.row == first.row) => {
                let names = Names::of(*first, language);
                let dots = if self.cells.len() > 2 { " … " } else { ", " };
                format!(
                    "{} ({}{dots}{})",
                    names.row_of_table(*first),
                    names.column(*first),
                    names.column(*last)
                )
            }
            cells if cells.len() <= MOST_NAMED => cells.iter().map(name).collect::<Vec<_>>().join(", "),
            [first, .., last] => {
                let count = self.cells.len();
                match language {
                    Language::English => format!("{} … {}, {count} cells in all", name(first), name(last)),
                    Language::Chinese => format!("{} … {} 等{count}格", name(first), name(last)),
                }
            }
        }
    }
}

/// A message names so many cells one by one; of more it names the first and the last.
const MOST_NAMED: usize = 8;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.id(), self.code, self.message(Language::English))
    }
}
