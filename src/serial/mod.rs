//! Reports and cells as JSON, or any other format of [serde](https://serde.rs); behind the feature `serde`.
//!
//! A [`Report`] is [`Serialize`]: texts stand in the place of spans, and every value says where it stands in the
//! original input. `start` and `end` are always byte offsets in the *input*, as [`Report::byte_span`] gives them.
//! Whatever the source does not state is `null`; no key is ever left out.
//!
//! | key of a report | holds |
//! | --- | --- |
//! | `schema` | [`SCHEMA`]; the number rises when a key changes its meaning or goes away |
//! | `encoding` | what the input was read as: `UTF-8`, `GB18030`, … |
//! | `meta` | `title`, `agency`, `report_year`, `filing_date`, `table_year`: `{value, start, end}`; `period`: `{from, to, start, end}`; `signatories`: a list of `{field, name, start, end}`. Days are `2021-01-19`, without a printed year `--01-11` |
//! | `preamble` | the paragraphs in front of the first heading |
//! | `sections` | for each heading `{id, level, ordinal, heading, title, start, end, prose}`; `id` only for the six statutory sections, `prose` the paragraphs up to the next heading of any level, `start` and `end` the place of the heading |
//! | `forms` | for each form `{template, cells}`, every cell of the form in its order, missing ones included |
//! | `evidence` | for each version of the form `{template, count}`: how many heads and labels only that version has |
//! | `diagnostics` | `{code, class, severity, message, found, expected, start, end, cells}`, the message in English, `cells` a list of `{table, row, column}`; `found` and `expected` are `null` where the finding has no numbers |
//!
//! | key of a cell | holds |
//! | --- | --- |
//! | `template` | `v2014`, `v2019`, `v2021`; only in a [`CellRecord`] |
//! | `table`, `row`, `column` | the ids of [`form`](crate::form) |
//! | `state` | [`Figure::state`]: `number`, `blank`, `not_applicable`, `missing`, `text` |
//! | `value` | the number, else `null` |
//! | `scale` | how many digits were printed behind its decimal point, else `null` |
//! | `unit` | the unit's official wording |
//! | `raw` | the cell as the source shows it; empty for a cell that is missing or blank |
//! | `start`, `end` | its place in the input; `null` for a missing cell |
//!
//! # Numbers
//!
//! A [`Number`] loses nothing on the way:
//!
//! | number | written as | example |
//! | --- | --- | --- |
//! | whole and within 64 bits | an integer | `1234`; `3.00` is `3` with `"scale":2` |
//! | with decimals, at most 15 digits as printed | a float | `12.50` is `12.5` with `"scale":2` |
//! | any longer one | a string of the printed digits | `"0.1234567890123456789"` |
//!
//! A number alone is read from each of the three, with the digits it was written with; a [`CellRecord`] gets its zeros
//! back by its `scale`. Any decimal of 15 digits comes back from its float; a float that would have to stand for more is
//! an error, never a guess (readers that guess types, as that of CSV, make one of such a string).
//! Formats that are not for people (postcard, bincode) have the string always.
//!
//! # Examples
//!
//! ```
//! let report = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 12.50 |\n")?;
//! let json = serde_json::to_value(&report)?;
//! assert_eq!(json["schema"], "gongkai/1");
//! let cells = json["forms"][0]["cells"].as_array().unwrap();
//! let fees = cells.iter().find(|cell| cell["row"] == "fees").unwrap();
//! assert_eq!(
//!     fees.to_string(),
//!     r#"{"table":"statistics","row":"fees","column":"value","state":"number","value":12.5,"scale":2,"#.to_owned()
//!         + r#""unit":"万元","raw":"12.50","start":54,"end":59}"#
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One cell a line, written and read again:
//!
//! ```
//! use gongkai::CellRecord;
//!
//! let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n")?;
//! let lines: Result<Vec<String>, _> = report.records().map(|cell| serde_json::to_string(&cell)).collect();
//! let again: Result<Vec<CellRecord>, _> = lines?.iter().map(|line| serde_json::from_str(line)).collect();
//! assert_eq!(again?, report.records().collect::<Vec<_>>());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ids;
mod number;

use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use self::number::Read;
use crate::diagnostic::{Class, Code, Counts, Diagnostic, Language, Severity};
use crate::document::{Block, BlockKind};
use crate::form::{
    Cell, CellId, CellSpec, Column, Figure, Form, Number, Row, SchemaVersion, SectionId, Table, Unit,
};
use crate::grammar::date::Date;
use crate::meta::Stated;
use crate::report::{Report, Section};
use crate::span::{ByteSpan, Span};

/// The name and number of the shape that a serialised [`Report`] has.
pub const SCHEMA: &str = "gongkai/1";

/// One cell of a report with a text of its own: what [`Report::records`] gives, and what is read back.
///
/// Serialised it is flat, with the keys of the [table of the module](self), so that it also makes a row of a CSV file.
///
/// ```
/// use gongkai::CellRecord;
/// use gongkai::form::{Figure, Indicator, Unit};
///
/// let line = r#"{"template":"v2014","table":"statistics","row":"fees","column":"value","state":"number",
///     "value":0.5,"scale":2,"unit":"万元","raw":"0.50","start":54,"end":58}"#;
/// let cell: CellRecord = serde_json::from_str(line)?;
/// assert_eq!(cell.id, Indicator::Fees.into());
/// assert_eq!(cell.unit, Some(Unit::WanYuan));
/// let Figure::Number(number) = cell.figure else { panic!() };
/// assert_eq!(number.to_string(), "0.50");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Flat")]
#[non_exhaustive]
pub struct CellRecord {
    /// The version of the form.
    pub template: SchemaVersion,
    /// Row and column, and with the row the table.
    pub id: CellId,
    /// What the source shows: `state`, `value` and `scale`.
    pub figure: Figure,
    /// The unit.
    pub unit: Option<Unit>,
    /// The cell as the source shows it; empty where it is blank or missing.
    pub raw: String,
    /// Where it stands in the original input; `None` for a missing cell.
    pub bytes: Option<ByteSpan>,
}

impl Report<'_> {
    /// Every cell of every form, missing ones included, each with a text of its own; the order of [`cells`](Self::cells).
    ///
    /// ```
    /// let report = gongkai::parse("六、举报投诉数量 | 件 | 12 |\n")?;
    /// let cell = report.records().find(|cell| cell.raw == "12").unwrap();
    /// assert_eq!(cell.id.to_string(), "statistics/complaints/value");
    /// # Ok::<(), gongkai::Error>(())
    /// ```
    pub fn records(&self) -> impl Iterator<Item = CellRecord> {
        self.cells().map(|(template, spec, cell)| CellRecord {
            template,
            id: spec.id,
            figure: cell.figure(),
            unit: cell.unit(),
            raw: self.text(cell.span().unwrap_or_default()).to_owned(),
            bytes: cell.span().map(|span| self.byte_span(span)),
        })
    }
}

/// A list that is made while it is written.
struct List<F>(F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Report<'_> {
    /// The shape is that of the [module's table](crate::serial).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = |blocks: &[Block]| -> Vec<&str> {
            let own = blocks.iter().take_while(|block| block.kind() != BlockKind::Heading);
            own.filter(|block| block.kind() == BlockKind::Paragraph)
                .map(|block| self.text(block.span()))
                .collect()
        };
        let blocks = self.document().blocks();
        let mut out = serializer.serialize_struct("Report", 8)?;
        out.serialize_field("schema", SCHEMA)?;
        out.serialize_field("encoding", &self.source().encoding())?;
        out.serialize_field("meta", &MetaOut::new(self))?;
        out.serialize_field("preamble", &own(blocks))?;
        let section = |section: &Section| {
            let prose = own(blocks.get(section.blocks()).unwrap_or_default());
            SectionOut::new(self, section, prose)
        };
        out.serialize_field("sections", &List(|| self.sections().iter().map(section)))?;
        out.serialize_field(
            "forms",
            &List(|| self.forms().iter().map(|form| FormOut { report: self, form })),
        )?;
        let evidence = List(|| {
            let count = |version| self.evidence().iter().filter(|found| found.version == version).count();
            let counts = SchemaVersion::ALL.iter().map(move |&version| (version, count(version)));
            let found = counts.filter(|&(_, count)| count > 0);
            found.map(|(template, count)| EvidenceOut { template, count }).collect::<Vec<_>>()
        });
        out.serialize_field("evidence", &evidence)?;
        let diagnostic = |finding| DiagnosticOut::new(self, finding);
        out.serialize_field("diagnostics", &List(|| self.diagnostics().iter().map(diagnostic)))?;
        out.end()
    }
}

/// A value of the meta data, and its place in the input.
#[derive(Serialize)]
struct Placed<T> {
    value: T,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct PeriodOut {
    from: Date,
    to: Date,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct SignatoryOut<'a> {
    field: &'static str,
    name: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MetaOut<'a> {
    title: Option<Placed<&'a str>>,
    agency: Option<Placed<&'a str>>,
    report_year: Option<Placed<u16>>,
    period: Option<PeriodOut>,
    filing_date: Option<Placed<Date>>,
    table_year: Option<Placed<u16>>,
    signatories: Vec<SignatoryOut<'a>>,
}

impl<'a> MetaOut<'a> {
    fn new(report: &'a Report<'_>) -> Self {
        fn placed<T>(report: &Report<'_>, value: T, span: Span) -> Placed<T> {
            let bytes = report.byte_span(span);
            Placed { value, start: bytes.start(), end: bytes.end() }
        }
        let text = |span: Option<Span>| span.map(|span| placed(report, report.text(span), span));
        let year = |year: Option<Stated<u16>>| year.map(|year| placed(report, year.value, year.span));
        let meta = report.meta();
        Self {
            title: text(meta.title),
            agency: text(meta.agency),
            report_year: year(meta.report_year),
            period: meta.period.map(|period| {
                let ((from, to), bytes) = (period.value, report.byte_span(period.span));
                PeriodOut { from, to, start: bytes.start(), end: bytes.end() }
            }),
            filing_date: meta.filing_date.map(|date| placed(report, date.value, date.span)),
            table_year: year(meta.table_year),
            signatories: meta
                .signatories
                .iter()
                .map(|&(field, span)| {
                    let bytes = report.byte_span(span);
                    let (start, end) = (bytes.start(), bytes.end());
                    SignatoryOut { field: field.label(), name: report.text(span), start, end }
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct SectionOut<'a> {
    id: Option<SectionId>,
    level: u8,
    ordinal: u8,
    heading: &'a str,
    title: &'a str,
    start: usize,
    end: usize,
    prose: Vec<&'a str>,
}

impl<'a> SectionOut<'a> {
    fn new(report: &'a Report<'_>, section: &Section, prose: Vec<&'a str>) -> Self {
        let bytes = report.byte_span(section.heading());
        Self {
            id: section.id(),
            level: section.level(),
            ordinal: section.ordinal(),
            heading: report.text(section.heading()),
            title: report.text(section.title()),
            start: bytes.start(),
            end: bytes.end(),
            prose,
        }
    }
}

struct FormOut<'a> {
    report: &'a Report<'a>,
    form: &'a Form,
}

impl Serialize for FormOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = |(spec, cell): (&CellSpec, &Cell)| {
            let span = cell.span();
            let bytes = span.map(|span| self.report.byte_span(span));
            let raw = self.report.text(span.unwrap_or_default());
            CellOut::new(None, spec.id, cell.figure(), cell.unit(), raw, bytes)
        };
        let mut out = serializer.serialize_struct("Form", 2)?;
        out.serialize_field("template", &self.form.version())?;
        out.serialize_field("cells", &List(|| self.form.cells().map(cell)))?;
        out.end()
    }
}

/// A cell as it is written; flat.
#[derive(Serialize)]
struct CellOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<SchemaVersion>,
    table: Table,
    row: Row,
    column: Column,
    state: &'static str,
    value: Option<Number>,
    scale: Option<u32>,
    unit: Option<Unit>,
    raw: &'a str,
    start: Option<usize>,
    end: Option<usize>,
}

impl<'a> CellOut<'a> {
    fn new(
        template: Option<SchemaVersion>,
        id: CellId,
        figure: Figure,
        unit: Option<Unit>,
        raw: &'a str,
        bytes: Option<ByteSpan>,
    ) -> Self {
        let value = match figure {
            Figure::Number(number) => Some(number),
            _ => None,
        };
        Self {
            template,
            table: id.table(),
            row: id.row,
            column: id.column,
            state: figure.state(),
            value,
            scale: value.map(Number::scale),
            unit,
            raw,
            start: bytes.map(ByteSpan::start),
            end: bytes.map(ByteSpan::end),
        }
    }
}

#[derive(Serialize)]
struct EvidenceOut {
    template: SchemaVersion,
    count: usize,
}

#[derive(Serialize)]
struct DiagnosticOut<'a> {
    code: Code,
    class: Class,
    severity: Severity,
    message: String,
    found: Option<u32>,
    expected: Option<u32>,
    start: Option<usize>,
    end: Option<usize>,
    cells: &'a [CellId],
}

impl<'a> DiagnosticOut<'a> {
    fn new(report: &Report<'_>, finding: &'a Diagnostic) -> Self {
        let bytes = finding.span().map(|span| report.byte_span(span));
        let counts = Some(finding.counts()).filter(|counts| *counts != Counts::default());
        Self {
            code: finding.code(),
            class: finding.class(),
            severity: finding.severity(),
            message: finding.message(Language::English),
            found: counts.map(|counts| counts.found),
            expected: counts.map(|counts| counts.expected),
            start: bytes.map(ByteSpan::start),
            end: bytes.map(ByteSpan::end),
            cells: finding.cells(),
        }
    }
}

impl Serialize for CellRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CellOut::new(Some(self.template), self.id, self.figure, self.unit, &self.raw, self.bytes)
            .serialize(serializer)
    }
}

/// A cell as it is read, before its parts are put together.
#[derive(Deserialize)]
struct Flat {
    /// Optional as in [`CellOut`], so that formats without keys read what they wrote.
    template: Option<SchemaVersion>,
    table: Table,
    row: String,
    column: String,
    state: String,
    value: Option<Read>,
    scale: Option<u32>,
    unit: Option<Unit>,
    raw: String,
    start: Option<usize>,
    end: Option<usize>,
}

/// Why the parts of a cell do not fit together.
#[derive(Debug, thiserror::Error)]
enum Mismatch {
    #[error("a cell does not say of which template it is")]
    Template,
    #[error("table {0} has no cell {1}/{2}")]
    Id(Table, String, String),
    #[error("a cell is not in the state {0:?}{1}")]
    State(String, &'static str),
    #[error("{0:?} cannot be given {1} decimals")]
    Scale(Number, u32),
    #[error("{0:?} to {1:?} is no place")]
    Place(Option<usize>, Option<usize>),
}

impl TryFrom<Flat> for CellRecord {
    type Error = Mismatch;

    fn try_from(flat: Flat) -> Result<Self, Mismatch> {
        let Flat { template, table, row, column, state, value, scale, unit, raw, start, end } = flat;
        let template = template.ok_or(Mismatch::Template)?;
        let (Some(row), Some(column)) = (Row::from_id(table, &row), Column::from_id(table, &column)) else {
            return Err(Mismatch::Id(table, row, column));
        };
        let scaled = match (value, scale) {
            (Some(value), Some(scale)) => {
                Some(value.with_scale(scale).ok_or(Mismatch::Scale(value.number, scale))?)
            }
            (value, _) => value.map(|value| value.number),
        };
        let figure = match (state.as_str(), scaled) {
            ("number", Some(value)) => Figure::Number(value),
            ("number", None) => return Err(Mismatch::State(state, " without a value")),
            ("blank", None) => Figure::Blank,
            ("not_applicable", None) => Figure::NotApplicable,
            ("missing", None) => Figure::Missing,
            ("text", None) => Figure::Text,
            ("blank" | "not_applicable" | "missing" | "text", Some(_)) => {
                return Err(Mismatch::State(state, " with a value"));
            }
            _ => return Err(Mismatch::State(state, ", which this version does not know")),
        };
        let bytes = match (start, end) {
            (Some(from), Some(to)) if from <= to => Some(ByteSpan::new(from, to)),
            (None, None) => None,
            _ => return Err(Mismatch::Place(start, end)),
        };
        Ok(Self { template, id: CellId { row, column }, figure, unit, raw, bytes })
    }
}
