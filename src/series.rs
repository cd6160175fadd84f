//! Reports of one agency, year against year.
//!
//! | code | what must hold, or is worth a look | cells |
//! | --- | --- | --- |
//! | `carry-over` | 结转下年度 of a year is 上年结转 of the next | each of the seven columns |
//! | `stock-flow` | 现行有效件数 is last year's, plus 本年制发件数, less 本年废止件数 (v2021) | 规章, 行政规范性文件 |
//! | `implausible-change` | an answer grew more than five-fold or fell below a fifth | those of the [`Metric`] |
//! | `series-gap`, `duplicate-year`, `year-unknown` | what was not compared, and why | |
//!
//! Only a year and the one right after it are compared. A rule counts only where every cell it takes is a number; all
//! else the reports say themselves in their reading diagnostics. Arithmetic is exact, and the tolerance is zero.

use core::fmt;

use crate::diagnostic::{Code, Diagnostic, Language};
use crate::form::{
    Applicant, CellId, DisclosureMeasure, DisclosureRow, Form, Number, RequestRow, SchemaVersion,
};
use crate::metrics::Metric;
use crate::report::Report;

/// An answer that has not reached this in either year may change as it likes: a few cases more make five-fold.
pub const IMPLAUSIBLE_FLOOR: i64 = 50;

/// A change is implausible beyond this factor, up or down.
pub const IMPLAUSIBLE_FACTOR: u8 = 5;

/// A report in a series.
///
/// ```
/// let first = gongkai::parse("某局2020年政府信息公开工作年度报告\n")?;
/// let second = gongkai::parse("某局2022年政府信息公开工作年度报告\n")?;
/// let findings = gongkai::series::check_series(&[&second, &first]);
/// let earlier = findings[0].earlier().unwrap(); // series-gap
/// assert_eq!((earlier.report(), earlier.year()), (1, Some(2020)));
/// assert!(earlier.cells().is_empty()); // nothing was compared
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    report: usize,
    year: Option<u16>,
    cells: Vec<CellId>,
}

impl Place {
    /// Its place among the reports given, from 0 on.
    #[must_use]
    pub const fn report(&self) -> usize {
        self.report
    }

    /// The year that it is about; `None` where it names none.
    #[must_use]
    pub const fn year(&self) -> Option<u16> {
        self.year
    }

    /// The cells of this report that the finding is about.
    #[must_use]
    pub fn cells(&self) -> &[CellId] {
        &self.cells
    }
}

/// A finding on two reports, or on one that has no place in the series.
///
/// Its [diagnostic](Self::diagnostic) is about the later report: span and cells are of that one.
///
/// ```
/// let report = gongkai::parse("一、总体情况\n全年公开政府信息6条。\n")?;
/// let findings = gongkai::series::check_series(&[&report]);
/// assert_eq!(findings[0].diagnostic().code().as_str(), "year-unknown");
/// assert_eq!((findings[0].earlier(), findings[0].later().year()), (None, None));
/// assert_eq!(findings[0].to_string(), "warning[year-unknown]: the report names no year and is not compared");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeriesFinding {
    diagnostic: Diagnostic,
    earlier: Option<Place>,
    later: Place,
}

impl SeriesFinding {
    /// Code, severity, sides and wording.
    #[must_use]
    pub const fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    /// The earlier report, or the first of two for one year; `None` where the finding is about one alone.
    #[must_use]
    pub const fn earlier(&self) -> Option<&Place> {
        self.earlier.as_ref()
    }

    /// The later report, or the only one.
    #[must_use]
    pub const fn later(&self) -> &Place {
        &self.later
    }

    /// The finding in words, one line, with the years it is about in front: `2022–2023: …`.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let message = self.diagnostic.message(language);
        let years = [self.earlier.as_ref(), Some(&self.later)].into_iter().flatten().filter_map(Place::year);
        let mut years: Vec<String> = years.map(|year| year.to_string()).collect();
        years.dedup();
        if years.is_empty() { message } else { format!("{}: {message}", years.join("–")) }
    }
}

impl fmt::Display for SeriesFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (severity, code) = (self.diagnostic.severity().id(), self.diagnostic.code());
        write!(f, "{severity}[{code}]: {}", self.message(Language::English))
    }
}

/// Compares each report with the one of the year before; the reports come in any order.
///
/// That they are of one agency is the caller's to know. Of several reports for a year the first one counts if all their
/// figures agree, and none of them if not.
///
/// ```
/// use gongkai::diagnostic::Code;
///
/// let carried = |line: &str| format!("（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n{line}\n");
/// let first = format!("某局2022年政府信息公开工作年度报告\n{}", carried("四、结转下年度继续办理 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |"));
/// let second = format!("某局2023年政府信息公开工作年度报告\n{}", carried("二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |"));
/// let (first, second) = (gongkai::parse(&first)?, gongkai::parse(&second)?);
/// let findings = gongkai::series::check_series(&[&second, &first]);
/// assert_eq!(findings[0].diagnostic().code(), Code::CARRY_OVER);
/// assert_eq!(findings[0].diagnostic().sides(), Some((5.into(), 3.into())));
/// assert_eq!((findings[0].earlier().unwrap().report(), findings[0].later().report()), (1, 0));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[must_use]
pub fn check_series(reports: &[&Report<'_>]) -> Vec<SeriesFinding> {
    let mut findings = Vec::new();
    let mut dated: Vec<(u16, usize, &Report<'_>)> = Vec::with_capacity(reports.len());
    for (at, report) in reports.iter().enumerate() {
        match year_of(report) {
            Some(year) => dated.push((year, at, report)),
            None => findings.push(SeriesFinding {
                diagnostic: Diagnostic::new(Code::YEAR_UNKNOWN, None),
                earlier: None,
                later: Place { report: at, year: None, cells: Vec::new() },
            }),
        }
    }
    dated.sort_by_key(|(year, at, _)| (*year, *at));
    let mut before: Option<(u16, usize, Option<&Report<'_>>)> = None;
    for same_year in dated.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(year, at, report)) = same_year.first() else { continue };
        let mut agreed = true;
        for &(_, other_at, other) in same_year.iter().skip(1) {
            let differing = differing_cells(report, other);
            agreed &= differing == 0;
            findings.push(SeriesFinding {
                diagnostic: Diagnostic::new(Code::DUPLICATE_YEAR, None).with_counts(year.into(), differing),
                earlier: Some(Place { report: at, year: Some(year), cells: Vec::new() }),
                later: Place { report: other_at, year: Some(year), cells: Vec::new() },
            });
        }
        if let Some((year_before, at_before, report_before)) = before {
            let pair = Pair {
                earlier: (year_before, at_before),
                later: (year, at),
                report,
                findings: &mut findings,
            };
            match report_before {
                _ if year_before.saturating_add(1) != year => pair.gap(),
                Some(report_before) if agreed => pair.check(report_before),
                _ => {}
            }
        }
        before = Some((year, at, agreed.then_some(report)));
    }
    findings
}

fn year_of(report: &Report<'_>) -> Option<u16> {
    report.meta().report_year.map(|year| year.value)
}

/// How many cells of two reports show something else; a form that only one of them has counts whole.
fn differing_cells(a: &Report<'_>, b: &Report<'_>) -> u32 {
    let lacking = |of: &Report<'_>, other: &Report<'_>| -> usize {
        of.forms()
            .iter()
            .filter(|form| of_version(other, form.version()).is_none())
            .map(|f| f.cells().len())
            .sum()
    };
    let both = a.forms().iter().filter_map(|form| Some((form, of_version(b, form.version())?)));
    let differing = both.map(|(a, b)| {
        a.cells()
            .zip(b.cells())
            .filter(|((_, a), (_, b))| (a.figure(), a.unit()) != (b.figure(), b.unit()))
            .count()
    });
    let count = differing.sum::<usize>().saturating_add(lacking(a, b)).saturating_add(lacking(b, a));
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn of_version<'r>(report: &'r Report<'_>, version: SchemaVersion) -> Option<&'r Form> {
    report.forms().iter().find(|form| form.version() == version)
}

/// The form that has table 三.
fn with_requests<'r>(report: &'r Report<'_>) -> Option<&'r Form> {
    report.forms().iter().find(|form| form.requests().is_some())
}

/// The forms of two reports to set side by side: of one version where they share one, the newest; else their main forms.
pub(crate) fn matching_forms<'r>(
    earlier: &'r Report<'_>,
    later: &'r Report<'_>,
) -> Option<(&'r Form, &'r Form)> {
    let shared = later.forms().iter().filter_map(|form| Some((of_version(earlier, form.version())?, form)));
    shared.max_by_key(|(_, form)| form.version()).or_else(|| Some((earlier.form()?, later.form()?)))
}

/// A report and the one of the year before.
struct Pair<'f, 'r, 'a> {
    earlier: (u16, usize),
    later: (u16, usize),
    report: &'r Report<'a>,
    findings: &'f mut Vec<SeriesFinding>,
}

impl Pair<'_, '_, '_> {
    fn gap(mut self) {
        let gap =
            Diagnostic::new(Code::SERIES_GAP, None).with_counts(self.later.0.into(), self.earlier.0.into());
        self.push(gap, &[], &[]);
    }

    fn check(mut self, before: &Report<'_>) {
        if let (Some(earlier), Some(later)) = (with_requests(before), with_requests(self.report)) {
            self.carry_over(earlier, later);
        }
        if let (Some(earlier), Some(later)) =
            (of_version(before, SchemaVersion::V2021), of_version(self.report, SchemaVersion::V2021))
        {
            self.stock_flow(earlier, later);
        }
        if let Some((earlier, later)) = matching_forms(before, self.report) {
            self.implausible_change(earlier, later);
        }
    }

    fn carry_over(&mut self, earlier: &Form, later: &Form) {
        for &applicant in Applicant::ALL {
            let forward = CellId::from((RequestRow::CarriedForward, applicant));
            let over = CellId::from((RequestRow::CarriedOver, applicant));
            if let (Some(left), Some(right)) = (number(earlier, forward), number(later, over))
                && left != right
            {
                self.sides(Code::CARRY_OVER, later, (left, right), &[forward], &[over]);
            }
        }
    }

    fn stock_flow(&mut self, earlier: &Form, later: &Form) {
        for row in [DisclosureRow::Rules, DisclosureRow::NormativeDocuments] {
            let [stock, issued, repealed] =
                [DisclosureMeasure::InForce, DisclosureMeasure::Issued, DisclosureMeasure::Repealed]
                    .map(|measure| CellId::from((row, measure)));
            let expected = || {
                let with_issued = number(earlier, stock)?.checked_add(number(later, issued)?)?;
                with_issued.checked_sub(number(later, repealed)?)
            };
            if let (Some(left), Some(right)) = (number(later, stock), expected())
                && left != right
            {
                let cells = [stock, issued, repealed];
                self.sides(Code::STOCK_FLOW, later, (left, right), &[stock], &cells);
            }
        }
    }

    fn implausible_change(&mut self, earlier: &Form, later: &Form) {
        for &metric in Metric::ALL {
            let (Ok(left), Ok(right)) = (earlier.metric(metric), later.metric(metric)) else { continue };
            if left.is_comparable(&right) && is_implausible(left.value(), right.value()) {
                let sides = (left.value(), right.value());
                self.sides(Code::IMPLAUSIBLE_CHANGE, later, sides, left.cells(), right.cells());
            }
        }
    }

    fn sides(
        &mut self,
        code: Code,
        form: &Form,
        (left, right): (Number, Number),
        earlier: &[CellId],
        later: &[CellId],
    ) {
        let span = later.first().and_then(|id| form.get(*id)).and_then(|cell| cell.span());
        self.push(Diagnostic::new(code, span).with_sides(left, right), earlier, later);
    }

    fn push(&mut self, diagnostic: Diagnostic, earlier: &[CellId], later: &[CellId]) {
        let place = |(year, report): (u16, usize), cells: &[CellId]| Place {
            report,
            year: Some(year),
            cells: cells.to_vec(),
        };
        self.findings.push(SeriesFinding {
            diagnostic: diagnostic.with_cells(later.iter().copied()),
            earlier: Some(place(self.earlier, earlier)),
            later: place(self.later, later),
        });
    }
}

fn number(form: &Form, id: CellId) -> Option<Number> {
    form.get(id).and_then(|cell| cell.number())
}

fn is_implausible(a: Number, b: Number) -> bool {
    let (small, large) = (a.min(b), a.max(b));
    let grown = (1..IMPLAUSIBLE_FACTOR).try_fold(small, |sum, _| sum.checked_add(small));
    !small.is_negative()
        && large >= Number::from(IMPLAUSIBLE_FLOOR)
        && grown.is_some_and(|grown| large > grown)
}
