//! A report as tables: tidy cells, wide metrics, findings; written as CSV, JSON Lines or Arrow.
//!
//! | table | one row for each | from | columns |
//! | --- | --- | --- | --- |
//! | cells | cell of a form, missing ones included | [`Export::cells`] | [`TidyCell::columns`](Record::columns) |
//! | metrics | report | [`Export::metrics`] | [`WideMetrics::columns`](Record::columns) |
//! | findings | finding | [`Export::findings`] | [`FindingRow::columns`](Record::columns) |
//!
//! Every row starts with the same columns: `file`, `agency`, `report_year`, `template`. All three kinds of row are
//! [`Record`]s, so that a writer is written once:
//!
//! | format | writer | feature | nothing there | a number |
//! | --- | --- | --- | --- | --- |
//! | CSV | `CsvWriter` | `csv` | an empty field | its digits as printed: `12.50` |
//! | JSON Lines | `write_json_line` | `json` | `null` | whichever JSON is exact, as `gongkai::serial` says, its zeros by `scale` |
//! | Arrow | `Batch` | `arrow` | null | `Decimal128(38, 10)`, exact |
//!
//! ```
//! use gongkai::export::{Export, Record, Value};
//!
//! let text = "某某局2016年政府信息公开工作年度报告\n七、依申请公开信息收取的费用 | 万元 | 12.50 |\n";
//! let report = gongkai::parse(text)?;
//! let findings = gongkai::check(&report);
//! let export = Export::new(&report).file("2016/某某局.txt").findings_of(&findings);
//!
//! let fees = export.cells().find(|cell| cell.raw == "12.50").unwrap();
//! assert_eq!(fees.id.to_string(), "statistics/fees/value");
//! assert_eq!((fees.agency, fees.report_year), (Some("某某局"), Some(2016)));
//! assert_eq!(fees.row_label(), "依申请公开信息收取的费用");
//!
//! let names = gongkai::export::TidyCell::columns().iter().map(|column| column.name());
//! let row: Vec<_> = names.zip(fees.values()).collect();
//! assert_eq!(row[0], ("file", Value::from("2016/某某局.txt")));
//! # Ok::<(), gongkai::Error>(())
//! ```
//!
//! # No figure is silently wrong
//!
//! A tidy cell lists in `diagnostics` the codes of all findings that name it; wide metrics list in `in_doubt` every question that
//! has an answer, and one of whose cells a finding of warning or worse names. A query that must not take doubtful figures filters
//! by these; a question without an answer is null.
//! Findings of the checks are there only when they are given to [`Export::findings_of`].

#[cfg(feature = "arrow")]
mod arrow;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "serde")]
mod json;
mod rows;

use std::borrow::Cow;

#[cfg(feature = "arrow")]
pub use self::arrow::{Batch, DECIMAL_PRECISION, DECIMAL_SCALE};
#[cfg(feature = "csv")]
pub use self::csv::CsvWriter;
#[cfg(feature = "json")]
pub use self::json::write_json_line;
pub use self::rows::{FindingRow, TidyCell, WideMetrics};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{CellId, Number, SchemaVersion};
use crate::report::Report;

/// The name and number of the columns of the three tables; the number rises when a column changes its meaning or goes away.
pub const EXPORT_SCHEMA: &str = "gongkai-export/1";

/// A report on its way into tables.
///
/// ```
/// use gongkai::export::Export;
///
/// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 3 |\n")?;
/// let export = Export::new(&report).file("2023/某某局.txt");
/// assert_eq!(export.cells().count(), 200); // every cell of the form, missing ones included
/// assert_eq!(export.metrics().file, "2023/某某局.txt");
/// assert_eq!(export.findings().count(), report.diagnostics().len());
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Export<'r> {
    report: &'r Report<'r>,
    file: &'r str,
    more: &'r [Diagnostic],
    /// What each finding says of each cell that it names, sorted by cell.
    named: Vec<(CellId, Code, Severity)>,
}

impl<'r> Export<'r> {
    /// Exports a report with the findings of its reading, [`Report::diagnostics`], and no file name.
    #[must_use]
    pub fn new(report: &'r Report<'r>) -> Self {
        Self { report, file: "", more: &[], named: Vec::new() }.index()
    }

    /// What to write into the column `file`: the name of the document. Empty by default.
    #[must_use]
    pub const fn file(mut self, file: &'r str) -> Self {
        self.file = file;
        self
    }

    /// Findings beyond those of [`Report::diagnostics`]: those of [`check`](crate::check()), or of the caller. None by default.
    ///
    /// ```
    /// use gongkai::diagnostic::Code;
    /// use gongkai::export::Export;
    ///
    /// let report = gongkai::parse("（三）从事政府信息公开工作人员数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 3 |\n")?;
    /// let findings = gongkai::check(&report);
    /// let export = Export::new(&report).findings_of(&findings);
    /// let staff = export.cells().find(|cell| cell.raw == "5").unwrap();
    /// assert!(staff.diagnostics.contains(&Code::PART_SUM));
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    #[must_use]
    pub fn findings_of(mut self, findings: &'r [Diagnostic]) -> Self {
        self.more = findings;
        self.index()
    }

    fn index(mut self) -> Self {
        self.named.clear();
        for finding in self.report.diagnostics().iter().chain(self.more) {
            self.named.extend(finding.cells().iter().map(|id| (*id, finding.code(), finding.severity())));
        }
        self.named.sort_unstable();
        self.named.dedup();
        self
    }

    /// The findings that name a cell.
    fn about(&self, id: CellId) -> &[(CellId, Code, Severity)] {
        let from = self.named.partition_point(|(cell, ..)| *cell < id);
        let rest = self.named.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|(cell, ..)| *cell == id)).unwrap_or_default()
    }

    /// One row a cell, missing ones included, in the order of [`Report::cells`]; none for a report without a statutory table.
    pub fn cells(&self) -> impl Iterator<Item = TidyCell<'r>> {
        let common = self.common();
        self.report.cells().map(move |(template, spec, cell)| TidyCell {
            template,
            id: spec.id,
            figure: cell.figure(),
            unit: cell.unit(),
            raw: self.report.text(cell.span().unwrap_or_default()),
            bytes: cell.span().map(|span| self.report.byte_span(span)),
            diagnostics: {
                let mut codes: Vec<Code> = self.about(spec.id).iter().map(|(_, code, _)| *code).collect();
                codes.dedup();
                codes
            },
            file: common.file,
            agency: common.agency,
            report_year: common.report_year,
        })
    }

    /// The row of the report: every question of [`metrics`](crate::metrics) with the answer of its form. A report without a
    /// statutory table has a row without answers.
    #[must_use]
    pub fn metrics(&self) -> WideMetrics<'r> {
        let in_doubt = |id: &CellId| {
            self.about(*id)
                .iter()
                .any(|(_, _, severity)| matches!(severity, Severity::Warning | Severity::Error))
        };
        let answers = self.report.metrics().filter_map(|(metric, answer)| Some((metric, answer.ok()?)));
        let answers: Vec<_> = answers.collect();
        let doubtful = answers.iter().filter(|(_, answer)| answer.cells().iter().any(in_doubt));
        let in_doubt = doubtful.map(|(metric, _)| *metric).collect();
        let common = self.common();
        WideMetrics {
            file: common.file,
            agency: common.agency,
            report_year: common.report_year,
            template: common.template,
            encoding: self.report.source().encoding(),
            findings: self.report.diagnostics().len().saturating_add(self.more.len()),
            answers,
            in_doubt,
        }
    }

    /// One row a finding: those of the reading, behind them those of [`findings_of`](Self::findings_of).
    pub fn findings(&self) -> impl Iterator<Item = FindingRow<'r>> {
        let common = self.common();
        self.report.diagnostics().iter().chain(self.more).map(move |finding| FindingRow {
            file: common.file,
            agency: common.agency,
            report_year: common.report_year,
            template: common.template,
            finding,
            bytes: finding.span().map(|span| self.report.byte_span(span)),
        })
    }

    fn common(&self) -> Common<'r> {
        let meta = self.report.meta();
        Common {
            file: self.file,
            agency: meta.agency.map(|span| self.report.text(span)),
            report_year: meta.report_year.map(|year| year.value),
            template: self.report.form().map(crate::form::Form::version),
        }
    }
}

/// What every row starts with.
struct Common<'r> {
    file: &'r str,
    agency: Option<&'r str>,
    report_year: Option<u16>,
    template: Option<SchemaVersion>,
}

/// A row of one of the tables.
///
/// A caller's own table is written by the same writers, as JSON Lines where its rows are `Serialize`:
///
/// ```
/// use gongkai::export::{Column, Kind, Record, Value};
///
/// struct Deadline<'a> {
///     agency: &'a str,
///     days_late: u64,
/// }
///
/// impl Record for Deadline<'_> {
///     type Row<'x> = Deadline<'x>;
///
///     fn columns() -> &'static [Column] {
///         static COLUMNS: [Column; 2] = [
///             Column::new("agency", Kind::Text, "the agency"),
///             Column::new("days_late", Kind::Whole, "days after 31 January (Article 49 of the Regulations)"),
///         ];
///         &COLUMNS
///     }
///
///     fn values(&self) -> impl Iterator<Item = Value<'_>> {
///         [self.agency.into(), self.days_late.into()].into_iter()
///     }
/// }
///
/// let row = Deadline { agency: "某某局", days_late: 12 };
/// assert_eq!(row.values().count(), Deadline::columns().len());
/// ```
pub trait Record {
    /// A row of the same table, of any report: writers outlive the reports whose rows they take.
    type Row<'x>: Record;

    /// The columns, always the same and in the same order.
    fn columns() -> &'static [Column];

    /// The values, one for each column and of its [`Kind`], or [`Value::Null`].
    fn values(&self) -> impl Iterator<Item = Value<'_>>;
}

/// What a column holds.
///
/// ```
/// use gongkai::export::{Kind, Record, TidyCell};
///
/// let kind = |name| TidyCell::columns().iter().find(|column| column.name() == name).unwrap().kind();
/// assert_eq!(kind("value"), Kind::Decimal); // 12.50, exact
/// assert_eq!(kind("start"), Kind::Whole);
/// assert_eq!(kind("diagnostics"), Kind::List);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number: a year, an offset.
    Whole,
    /// A figure, exact.
    Decimal,
    /// A list of ids; in CSV they stand in one field with a space between them.
    List,
}

/// A column of a table.
///
/// ```
/// use gongkai::export::{Record, WideMetrics};
///
/// let column = WideMetrics::columns().iter().find(|column| column.name() == "denied_state_secret").unwrap();
/// assert_eq!(column.about(), "denied: state secret"); // 属于国家秘密
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    name: Cow<'static, str>,
    kind: Kind,
    about: &'static str,
}

impl Column {
    /// A column of a [`Record`] of the caller's own.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind, about }
    }

    /// The name: lower-case letters and `_`. In SQL, quote those that are keywords: `"table"`, `"column"`, `"end"`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it holds.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What it means, in English.
    #[must_use]
    pub const fn about(&self) -> &'static str {
        self.about
    }
}

/// A value of a row, of the [`Kind`] of its column.
///
/// ```
/// use gongkai::export::Value;
///
/// assert_eq!(Value::from("规章"), Value::Text("规章".into()));
/// assert_eq!(Value::from(None::<u64>), Value::Null);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Value<'v> {
    /// Nothing.
    Null,
    /// Text.
    Text(Cow<'v, str>),
    /// A whole number.
    Whole(u64),
    /// A figure.
    Decimal(Number),
    /// A list of ids.
    List(Vec<Cow<'v, str>>),
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Value<'_> {
    fn from(whole: u64) -> Self {
        Self::Whole(whole)
    }
}

impl From<Number> for Value<'_> {
    fn from(number: Number) -> Self {
        Self::Decimal(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, T::into)
    }
}
