//! The rows of the three tables and their columns.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Column, Kind, Record, Value};
use crate::diagnostic::{Code, Diagnostic, Language};
use crate::form::{CellId, Figure, SchemaVersion, Unit};
use crate::metrics::{Answer, Metric};
use crate::source::Encoding;
use crate::span::ByteSpan;
use crate::write::section_of;

const FILE: Column = Column::new("file", Kind::Text, "the name that the document was given");
const AGENCY: Column = Column::new("agency", Kind::Text, "the agency, as the report names it");
const REPORT_YEAR: Column = Column::new("report_year", Kind::Whole, "the year that the report is about");
const START: Column = Column::new("start", Kind::Whole, "where it starts in the input, in bytes");
const END: Column = Column::new("end", Kind::Whole, "where it ends in the input, in bytes");

fn year(year: Option<u16>) -> Value<'static> {
    year.map(u64::from).into()
}

fn offset(offset: Option<usize>) -> Value<'static> {
    offset.and_then(|offset| u64::try_from(offset).ok()).into()
}

/// One cell of a report: a row of the table of tidy cells.
///
/// | column | holds |
/// | --- | --- |
/// | `file`, `agency`, `report_year` | which report |
/// | `template` | which version of the form the cell belongs to |
/// | `table`, `row`, `column` | the ids |
/// | `table_label`, `row_label`, `column_label` | the official wording, without numbers |
/// | `state` | [`Figure::state`]: `number`, `blank`, `not_applicable`, `missing`, `text` |
/// | `value` | the number, where the state is `number` |
/// | `scale` | how many digits were printed behind its decimal point |
/// | `unit` | the unit in Chinese; values are never converted |
/// | `raw` | the cell as the source shows it; empty where it is blank or missing |
/// | `start`, `end` | where it stands in the input, in bytes; nothing for a missing cell |
/// | `diagnostics` | the codes of the findings that name the cell |
///
/// As JSON it has every key of a `serial::CellRecord`, and is read back as one.
///
/// ```
/// use gongkai::diagnostic::Code;
/// use gongkai::export::Export;
///
/// let report = gongkai::parse("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 约3件 | 0 | 12 |\n")?;
/// let cells: Vec<_> = Export::new(&report).cells().take(3).collect();
/// assert_eq!((cells[0].raw, cells[0].figure.state()), ("约3件", "text"));
/// assert!(cells[0].diagnostics.contains(&Code::NOT_A_FIGURE));
/// assert_eq!((cells[2].row_label(), cells[2].column_label(), cells[2].raw), ("规章", "现行有效件数", "12"));
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TidyCell<'r> {
    /// The name of the document.
    pub file: &'r str,
    /// The agency, as the report names it; `None` where it names none.
    pub agency: Option<&'r str>,
    /// The year that the report is about, 1990 to 2099; `None` where it names none.
    pub report_year: Option<u16>,
    /// The version of the form that the cell stands in; a report may have two.
    pub template: SchemaVersion,
    /// Row and column, and with the row the table.
    pub id: CellId,
    /// What the source shows.
    pub figure: Figure,
    /// The unit: the cell's own, else the header's, else the form's; `None` where none is stated. Values are never converted.
    pub unit: Option<Unit>,
    /// The cell as the source shows it; empty where it is blank or missing.
    pub raw: &'r str,
    /// Where it stands in the original input, in bytes; `None` for a missing cell.
    pub bytes: Option<ByteSpan>,
    /// The codes of the findings that name it, each once.
    pub diagnostics: Vec<Code>,
}

static CELL_COLUMNS: [Column; 18] = [
    FILE,
    AGENCY,
    REPORT_YEAR,
    Column::new("template", Kind::Text, "the version of the form: v2014, v2019, v2021"),
    Column::new("table", Kind::Text, "the id of the table"),
    Column::new("row", Kind::Text, "the id of the row"),
    Column::new("column", Kind::Text, "the id of the column"),
    Column::new("table_label", Kind::Text, "the official title of the table"),
    Column::new("row_label", Kind::Text, "the official label of the row"),
    Column::new("column_label", Kind::Text, "the official head of the column"),
    Column::new("state", Kind::Text, "number, blank, not_applicable, missing or text"),
    Column::new("value", Kind::Decimal, "the number, where the state is number"),
    Column::new("scale", Kind::Whole, "how many digits were printed behind the decimal point"),
    Column::new("unit", Kind::Text, "the unit in Chinese; values are never converted"),
    Column::new("raw", Kind::Text, "the cell as the source shows it"),
    START,
    END,
    Column::new("diagnostics", Kind::List, "the codes of the findings that name the cell"),
];

impl TidyCell<'_> {
    /// The official title of the table, `三、收到和处理政府信息公开申请情况`; that of the whole form for the older one, 政府信息公开情况统计表.
    #[must_use]
    pub fn table_label(&self) -> &'static str {
        section_of(self.id.table()).map_or(SchemaVersion::V2014.name(), |section| section.heading())
    }

    /// The official label of the row, without its number: `予以公开`.
    #[must_use]
    pub fn row_label(&self) -> &'static str {
        self.labels().0
    }

    /// The official head of the column: `自然人`.
    #[must_use]
    pub fn column_label(&self) -> &'static str {
        self.labels().1
    }

    /// Those of its version, or of the version whose row stands in its form.
    fn labels(&self) -> (&'static str, &'static str) {
        let versions = [self.template].into_iter().chain(SchemaVersion::ALL.iter().copied());
        let labels = versions.filter_map(|version| {
            let (block, row) = version.row(self.id.row)?;
            let column = block.columns.iter().find(|column| column.column == self.id.column)?;
            Some((row.label, column.label))
        });
        labels.into_iter().next().unwrap_or_default()
    }
}

impl Record for TidyCell<'_> {
    type Row<'x> = TidyCell<'x>;

    fn columns() -> &'static [Column] {
        &CELL_COLUMNS
    }

    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let number = match self.figure {
            Figure::Number(number) => Some(number),
            _ => None,
        };
        let (row_label, column_label) = self.labels();
        [
            self.file.into(),
            self.agency.into(),
            year(self.report_year),
            self.template.id().into(),
            self.id.table().id().into(),
            self.id.row.id().into(),
            self.id.column.id().into(),
            self.table_label().into(),
            row_label.into(),
            column_label.into(),
            self.figure.state().into(),
            number.into(),
            number.map(|number| u64::from(number.scale())).into(),
            self.unit.map(Unit::label).into(),
            self.raw.into(),
            offset(self.bytes.map(ByteSpan::start)),
            offset(self.bytes.map(ByteSpan::end)),
            Value::List(self.diagnostics.iter().map(|code| Cow::Borrowed(code.as_str())).collect()),
        ]
        .into_iter()
    }
}

/// One report: a row of the table of wide metrics.
///
/// | column | holds |
/// | --- | --- |
/// | `file`, `agency`, `report_year`, `template` | which report; `template` is null without a statutory table |
/// | `encoding` | what the input was read as |
/// | `findings` | how many findings there are |
/// | `in_doubt` | the columns with an answer that takes a cell which a finding of warning or worse names |
/// | one for each [`Metric`] | its answer; null where the form does not ask, or a cell holds no number. The name is that of the metric with `_` for `.`: `denied_state_secret` |
/// | `…_unit` behind each amount of money | the unit of the answer, `万元` or `元`: values are never converted |
///
/// A report with two forms has the answers of the one with the most rows, as [`Report::form`](crate::Report::form).
///
/// ```
/// use gongkai::export::Export;
/// use gongkai::metrics::Metric;
///
/// let report = gongkai::parse("（一）收到申请数 | 件 | 12 |\n七、依申请公开信息收取的费用 | 万元 | 3.50 |\n")?;
/// let row = Export::new(&report).metrics();
/// assert_eq!(row.get(Metric::Received).unwrap().value(), 12.into());
/// assert_eq!(row.get(Metric::DisclosureFees).unwrap().value().to_string(), "3.50");
/// assert_eq!(row.get(Metric::CarriedOver), None); // not asked before 2019
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct WideMetrics<'r> {
    /// The name of the document.
    pub file: &'r str,
    /// The agency, as the report names it.
    pub agency: Option<&'r str>,
    /// The year that the report is about.
    pub report_year: Option<u16>,
    /// The version of its form; `None` without a statutory table.
    pub template: Option<SchemaVersion>,
    /// What the input was read as.
    pub encoding: Encoding,
    /// How many findings there are.
    pub findings: usize,
    /// The questions that have an answer, in the order of [`Metric::ALL`].
    pub answers: Vec<(Metric, Answer)>,
    /// Of these, the ones with a cell that a finding of warning or worse names.
    pub in_doubt: Vec<Metric>,
}

impl WideMetrics<'_> {
    /// The answer to a question; `None` where the form does not ask it, or a cell that it takes holds no number.
    #[must_use]
    pub fn get(&self, metric: Metric) -> Option<Answer> {
        self.answers.iter().find(|(asked, _)| *asked == metric).map(|(_, answer)| *answer)
    }
}

/// A column of a metric.
struct Asked {
    metric: Metric,
    column: Column,
    /// That of the unit, where the answer is an amount of money.
    unit: Option<Column>,
}

static ASKED: LazyLock<Vec<Asked>> = LazyLock::new(|| {
    let amounts = |metric: Metric| {
        SchemaVersion::ALL.iter().any(|version| {
            let cells = metric.cells(*version);
            version.cells().iter().any(|spec| spec.amount && cells.contains(&spec.id))
        })
    };
    let asked = |&metric: &Metric| {
        let name = column_name(metric);
        let unit = amounts(metric).then(|| Column {
            name: Cow::Owned(format!("{name}_unit")),
            kind: Kind::Text,
            about: "the unit of the column in front of it",
        });
        let about = metric.label(Language::English);
        Asked { metric, column: Column { name: Cow::Owned(name), kind: Kind::Decimal, about }, unit }
    };
    Metric::ALL.iter().map(asked).collect()
});

fn column_name(metric: Metric) -> String {
    metric.id().replace('.', "_")
}

static METRICS_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let mut columns = vec![
        FILE,
        AGENCY,
        REPORT_YEAR,
        Column::new("template", Kind::Text, "the version of the form: v2014, v2019, v2021"),
        Column::new("encoding", Kind::Text, "what the input was read as"),
        Column::new("findings", Kind::Whole, "how many findings there are"),
        Column::new(
            "in_doubt",
            Kind::List,
            "the columns whose cells are named by a finding of warning or worse",
        ),
    ];
    for asked in &*ASKED {
        columns.push(asked.column.clone());
        columns.extend(asked.unit.clone());
    }
    columns
});

impl Record for WideMetrics<'_> {
    type Row<'x> = WideMetrics<'x>;

    fn columns() -> &'static [Column] {
        &METRICS_COLUMNS
    }

    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let in_doubt = self.in_doubt.iter().map(|metric| Cow::Owned(column_name(*metric))).collect();
        let common = [
            self.file.into(),
            self.agency.into(),
            year(self.report_year),
            self.template.map(SchemaVersion::id).into(),
            self.encoding.label().into(),
            offset(Some(self.findings)),
            Value::List(in_doubt),
        ];
        let answers = ASKED.iter().flat_map(|asked| {
            let answer = self.get(asked.metric);
            let unit = asked.unit.iter().map(move |_| {
                let unit = answer.and_then(|answer| answer.unit());
                Value::from(unit.map(Unit::label))
            });
            [Value::from(answer.map(|answer| answer.value()))].into_iter().chain(unit)
        });
        common.into_iter().chain(answers)
    }
}

/// One finding about a report: a row of the table of findings.
///
/// | column | holds |
/// | --- | --- |
/// | `file`, `agency`, `report_year`, `template` | which report |
/// | `code`, `class`, `severity` | what is found: [`diagnostic`](crate::diagnostic) |
/// | `message`, `message_zh` | in words, English and Chinese |
/// | `left`, `right` | the two sides that should agree, where the finding is of that kind |
/// | `cells` | the cells, each as `table/row/column` |
/// | `start`, `end` | where to look in the input, in bytes |
///
/// ```
/// use gongkai::diagnostic::Code;
/// use gongkai::export::Export;
///
/// let text = "（三）从事政府信息公开工作人员数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 3 |\n";
/// let report = gongkai::parse(text)?;
/// let findings = gongkai::check(&report);
/// let export = Export::new(&report).findings_of(&findings);
/// let row = export.findings().find(|row| row.finding.code() == Code::PART_SUM).unwrap();
/// assert_eq!(&text[row.bytes.unwrap().range()], "5");
/// # Ok::<(), gongkai::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FindingRow<'r> {
    /// The name of the document.
    pub file: &'r str,
    /// The agency, as the report names it.
    pub agency: Option<&'r str>,
    /// The year that the report is about.
    pub report_year: Option<u16>,
    /// The version of the report's form, of the one with the most rows where it has two; `None` without a statutory table.
    pub template: Option<SchemaVersion>,
    /// The finding.
    pub finding: &'r Diagnostic,
    /// Where to look in the original input, in bytes; `None` where there is nothing to look at.
    pub bytes: Option<ByteSpan>,
}

static FINDING_COLUMNS: [Column; 14] = [
    FILE,
    AGENCY,
    REPORT_YEAR,
    Column::new("template", Kind::Text, "the version of the form: v2014, v2019, v2021"),
    Column::new("code", Kind::Text, "the code of the finding"),
    Column::new("class", Kind::Text, "reading, integrity, claim or series"),
    Column::new("severity", Kind::Text, "info, warning or error"),
    Column::new("message", Kind::Text, "the finding in English"),
    Column::new("message_zh", Kind::Text, "the finding in Chinese"),
    Column::new("left", Kind::Decimal, "the left side of what should be equal"),
    Column::new("right", Kind::Decimal, "the right side of what should be equal"),
    Column::new("cells", Kind::List, "the cells, each as table/row/column"),
    START,
    END,
];

impl Record for FindingRow<'_> {
    type Row<'x> = FindingRow<'x>;

    fn columns() -> &'static [Column] {
        &FINDING_COLUMNS
    }

    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let finding = self.finding;
        let equation = finding.equation().map(|equation| (equation.left(), equation.right()));
        let sides = finding.sides().or(equation);
        [
            self.file.into(),
            self.agency.into(),
            year(self.report_year),
            self.template.map(SchemaVersion::id).into(),
            finding.code().as_str().into(),
            finding.class().id().into(),
            finding.severity().id().into(),
            finding.message(Language::English).into(),
            finding.message(Language::Chinese).into(),
            sides.map(|(left, _)| left).into(),
            sides.map(|(_, right)| right).into(),
            Value::List(finding.cells().iter().map(|id| Cow::Owned(id.to_string())).collect()),
            offset(self.bytes.map(ByteSpan::start)),
            offset(self.bytes.map(ByteSpan::end)),
        ]
        .into_iter()
    }
}
