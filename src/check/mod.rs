//! Integrity: figures of one report that contradict each other.
//!
//! [`check`] applies every rule of the form to a report and gives its findings as [diagnostics](crate::diagnostic) of
//! class [`Integrity`](crate::diagnostic::Class::Integrity), or [`Claim`](crate::diagnostic::Class::Claim) where prose and
//! tables disagree, beside those of [`Report::diagnostics`], which are about the reading.
//! Parsing does not run it.
//!
//! ```
//! use gongkai::diagnostic::{Code, Language};
//!
//! let text = "\
//! （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||
//! 自然人 | 法人或其他组织 | 总计 | |||||||
//! 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
//! 一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 3 | ||
//! ";
//! let report = gongkai::parse(text)?;
//! let findings = gongkai::check(&report);
//! assert_eq!(findings[0].code(), Code::ROW_TOTAL);
//! assert_eq!(report.text(findings[0].span().unwrap()), "3");
//! assert_eq!(
//!     findings[0].message(Language::English),
//!     "applicants do not add up to their total: new_received (一、本年新收政府信息公开申请数量): \
//!      natural_person 3 + other_organization 1 = 4, but total 3; the difference is 1"
//! );
//! # Ok::<(), gongkai::Error>(())
//! ```
//!
//! # What counts
//!
//! Sums are exact, and nothing is tolerated. A cell that is blank or holds a mark such as `—` is never silently 0:
//!
//! | the operands of a sum | and it | gives |
//! | --- | --- | --- |
//! | all numbers | fails | a finding with the code and severity of its rule |
//! | some blank | holds with them as 0 | `blank-as-zero`, one information for a table |
//! | some blank | cannot hold, unless a blank stood for less than 0 | as if all were numbers |
//! | some blank | could hold | `undecided`, one warning for a rule and a table |
//! | some missing, or text | | `undecided` |
//! | all missing | | nothing: the findings about the reading say it |
//!
//! Rows that belong to another version of the form (`row-of-other-version`) may stand in the place of its own, or beside them: a
//! sum that could hold them fails only where it fails with them and without them.
//!
//! # Faults behind findings
//!
//! One wrong figure breaks several sums. Where exactly one smallest change mends several findings and breaks no other sum, a
//! finding of its own [explains](crate::diagnostic::Explanation) them: a figure one column off, two rows exchanged, a row shifted
//! by one, as many too many in one place as are missing in another, a digit lost or doubled, figures not entered. It suggests
//! the change; nothing is ever changed.
//!
//! # Rules
//!
//! [`rules`] lists all rules. A [`Checker`] applies a selection of them, and rules of the caller's own.

mod eval;
mod explain;
mod parts;
mod plan;
mod rules;

use std::sync::LazyLock;

use crate::diagnostic::{Code, Diagnostic, Relation, Severity, Wording};
use crate::form::{CellId, Column, Row, SchemaVersion, Table};
use crate::report::Report;

/// Applies every rule to the report.
///
/// The findings stand in the order of the [`rules`]; behind them what is `undecided`, `blank-as-zero`, and what explains several.
/// A report with two forms has those of the second behind those of the first.
///
/// ```
/// let report = gongkai::parse("（三）从事政府信息公开工作人员数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 4 |\n")?;
/// assert!(gongkai::check(&report).is_empty());
/// # Ok::<(), gongkai::Error>(())
/// ```
#[must_use]
pub fn check(report: &Report<'_>) -> Vec<Diagnostic> {
    static CHECKER: LazyLock<Checker> = LazyLock::new(Checker::new);
    CHECKER.check(report)
}

/// Every integrity rule of the crate, those of one code next to each other.
///
/// ```
/// use gongkai::diagnostic::Code;
///
/// let balance = gongkai::check::rules().iter().find(|rule| rule.code == Code::BALANCE).unwrap();
/// assert_eq!(balance.formula, "new_received + carried_over = outcome_total + carried_forward");
/// assert_eq!(balance.wording.chinese, "第一项加第二项之和，等于第三项加第四项之和");
/// assert!(balance.source.contains("勾稽关系"));
/// ```
#[must_use]
pub const fn rules() -> &'static [Rule] {
    rules::RULES
}

/// An integrity rule: what must hold, of which versions of the form, and who says so.
///
/// ```
/// use gongkai::check::rules;
/// use gongkai::diagnostic::Code;
/// use gongkai::form::SchemaVersion;
///
/// let rule = rules().iter().find(|rule| rule.code == Code::ROW_TOTAL).unwrap();
/// assert_eq!(rule.versions, [SchemaVersion::V2019, SchemaVersion::V2021]);
/// println!("{}: {} ({})", rule.code, rule.wording.chinese, rule.source);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code of its findings.
    pub code: Code,
    /// The severity of its findings.
    pub severity: Severity,
    /// The versions of the form it is a rule of.
    pub versions: &'static [SchemaVersion],
    /// What is compared.
    pub test: Test,
    /// The same in symbols, with the ids of rows and columns.
    pub formula: &'static str,
    /// What holds, in words.
    pub wording: Wording,
    /// The circular that says so, or what else the rule rests on.
    pub source: &'static str,
}

/// What a rule compares.
///
/// ```
/// use gongkai::check::{Checker, Test, rules};
///
/// // The rules on sums alone, without those on single figures and on the report as a whole.
/// let is_sum = |test| matches!(test, Test::EachColumn(..) | Test::EachRow(..) | Test::Cells(..));
/// let sums = Checker::of(rules().iter().copied().filter(|rule| is_sum(rule.test)));
/// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 2.5 | 0 | 0 |\n")?;
/// assert!(sums.check(&report).is_empty());
/// assert_eq!(gongkai::check(&report)[0].code().as_str(), "not-integer");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Test {
    /// In each column of a table, the sum of some rows with that of others. Rows that the version does not have are left
    /// out; a rule without rows on one side is none of the version's.
    EachColumn(&'static [Row], Relation, &'static [Row]),
    /// In each row of a table that has all these columns, the sum of some with that of others.
    EachRow(Table, &'static [Column], Relation, &'static [Column]),
    /// The sum of some cells with that of others; only of versions that have all of them.
    Cells(&'static [CellId], Relation, &'static [CellId]),
    /// Each number by itself.
    EachCell(Quality),
    /// The report as a whole: the function adds its findings. It runs where a form of one of the rule's versions was found,
    /// or none at all.
    Report(fn(&Report<'_>, &mut Vec<Diagnostic>)),
}

/// What must be true of each number.
///
/// ```
/// use gongkai::check::{Quality, Test, rules};
/// use gongkai::diagnostic::Code;
///
/// let code = |quality| rules().iter().find(|rule| matches!(rule.test, Test::EachCell(of) if of == quality)).unwrap().code;
/// assert_eq!(code(Quality::NotNegative), Code::NOT_NEGATIVE); // 规章 | -5 | 0 | 0 |
/// assert_eq!(code(Quality::Whole), Code::NOT_INTEGER); // 规章 | 2.5 | 0 | 0 |
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Quality {
    /// It is not below 0, where the form does not provide for it (本年增/减).
    NotNegative,
    /// It has no fraction, unless it is an amount of money. `12.00` has none.
    Whole,
}

/// Applies a selection of rules.
///
/// ```
/// use gongkai::check::{Checker, Rule, Test, rules};
/// use gongkai::diagnostic::{Code, Language, Relation, Severity, Wording};
/// use gongkai::form::{CellId, Column, DisclosureMeasure, DisclosureRow, Row, SchemaVersion};
///
/// const fn cell(row: DisclosureRow, column: DisclosureMeasure) -> CellId {
///     CellId { row: Row::Disclosure(row), column: Column::Measure(column) }
/// }
///
/// // More of 行政强制 than of 行政处罚 would be odd.
/// const ODD: Rule = Rule {
///     code: Code::new("more-coercion-than-penalties"),
///     severity: Severity::Info,
///     versions: &[SchemaVersion::V2021],
///     test: Test::Cells(
///         &[cell(DisclosureRow::CoerciveMeasures, DisclosureMeasure::Decisions)],
///         Relation::AtMost,
///         &[cell(DisclosureRow::Penalties, DisclosureMeasure::Decisions)],
///     ),
///     formula: "coercive_measures/decisions ≤ penalties/decisions",
///     wording: Wording { english: "coercive measures are fewer than penalties", chinese: "行政强制不多于行政处罚" },
///     source: "house rule",
/// };
///
/// let checker = Checker::of(rules().iter().copied().filter(|rule| rule.severity == Severity::Error).chain([ODD]));
/// let report = gongkai::parse("第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 2 | ||\n行政强制 | 3 | ||\n")?;
/// let findings = checker.check(&report);
/// assert_eq!(findings.len(), 1);
/// assert_eq!(
///     findings[0].message(Language::Chinese),
///     "不符合“行政强制不多于行政处罚”:【本年处理决定数量】行政强制 3，多于行政处罚 2"
/// );
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    rules: Vec<Rule>,
    plans: Vec<(SchemaVersion, plan::Plan)>,
    explain: bool,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// Every rule of the crate.
    #[must_use]
    pub fn new() -> Self {
        Self::of(rules().iter().copied())
    }

    /// These rules; findings stand in their order.
    #[must_use]
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        let rules: Vec<Rule> = rules.into_iter().collect();
        let plans =
            SchemaVersion::ALL.iter().map(|&version| (version, plan::Plan::of(&rules, version))).collect();
        Self { rules, plans, explain: true }
    }

    /// Whether to look for one fault behind several findings; on by default.
    ///
    /// ```
    /// use gongkai::check::Checker;
    ///
    /// let text = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 3 |\n";
    /// let findings = Checker::new().explain(false).check(&gongkai::parse(text)?);
    /// assert!(findings.iter().all(|finding| finding.explanation().is_none()));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub const fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Its rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the rules find in the report, in the order that [`check`](crate::check()) describes; empty where nothing contradicts itself.
    #[must_use]
    pub fn check(&self, report: &Report<'_>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for form in report.forms() {
            let (_, foreign) = form.slices();
            let mixed;
            let plan = if foreign.is_empty() {
                self.plans.iter().find(|(version, _)| *version == form.version()).map(|(_, plan)| plan)
            } else {
                mixed = plan::Plan::of_mixed(&self.rules, form.version(), foreign);
                Some(&mixed)
            };
            if let Some(plan) = plan {
                plan.evaluate(&self.rules, form, self.explain, &mut findings);
            }
        }
        for rule in &self.rules {
            let applies = |version| rule.versions.contains(&version);
            if let Test::Report(test) = rule.test
                && (report.forms().is_empty() || report.forms().iter().any(|form| applies(form.version())))
            {
                test(report, &mut findings);
            }
        }
        findings
    }
}
