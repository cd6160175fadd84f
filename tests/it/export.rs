//! Reports as tables.

use gongkai::diagnostic::Code;
use gongkai::export::{
    CsvWriter, Export, FindingRow, Kind, Record, TidyCell, Value, WideMetrics, write_json_line,
};
use gongkai::form::{Applicant, CellId, RequestRow};
use gongkai::{CellRecord, Metric};

const REPORTS: &[&str] = &[
    include_str!("../data/json/v2021.txt"),
    include_str!("../data/json/v2019.txt"),
    include_str!("../data/json/v2014.txt"),
    "",
];

/// Table 三 whose row 一 does not add up.
const WRONG_TOTAL: &str = "\
某某局2023年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 3 | ||
二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | ||
";

fn named<'v, R: Record>(row: &'v R, name: &str) -> Value<'v> {
    let at = R::columns().iter().position(|column| column.name() == name).unwrap();
    row.values().nth(at).unwrap()
}

fn fits(kind: Kind, value: &Value<'_>) -> bool {
    match value {
        Value::Null => kind != Kind::List,
        Value::Text(_) => kind == Kind::Text,
        Value::Whole(_) => kind == Kind::Whole,
        Value::Decimal(_) => kind == Kind::Decimal,
        Value::List(_) => kind == Kind::List,
        _ => false,
    }
}

fn check_rows<R: Record>(rows: impl Iterator<Item = R>) {
    for row in rows {
        let values: Vec<Value<'_>> = row.values().collect();
        assert_eq!(values.len(), R::columns().len());
        for (column, value) in R::columns().iter().zip(&values) {
            assert!(fits(column.kind(), value), "{column:?}: {value:?}");
        }
    }
}

#[test]
fn every_row_has_a_value_of_its_kind_for_each_column() {
    for text in REPORTS {
        let report = gongkai::parse(text).unwrap();
        let findings = gongkai::check(&report);
        let export = Export::new(&report).findings_of(&findings);
        check_rows(export.cells());
        check_rows([export.metrics()].into_iter());
        check_rows(export.findings());
        assert_eq!(export.cells().count(), report.cells().count());
        assert_eq!(export.findings().count(), report.diagnostics().len() + findings.len());
    }
}

#[test]
fn names_of_columns_are_plain_and_stand_once() {
    for columns in [TidyCell::columns(), WideMetrics::columns(), FindingRow::columns()] {
        let mut names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        for name in &names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), columns.len());
    }
}

/// A column that goes away or changes its place breaks readers: `EXPORT_SCHEMA` rises with it.
#[test]
fn columns_are_stable() {
    let names = |columns: &[gongkai::export::Column]| {
        columns
            .iter()
            .map(|column| format!("{} {:?}", column.name(), column.kind()))
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!("export_cells", names(TidyCell::columns()));
    insta::assert_snapshot!("export_metrics", names(WideMetrics::columns()));
    insta::assert_snapshot!("export_findings", names(FindingRow::columns()));
}

#[test]
fn json_lines_are_read_back_as_cell_records() {
    for text in REPORTS {
        let report = gongkai::parse(text).unwrap();
        let mut lines = Vec::new();
        Export::new(&report).cells().for_each(|cell| write_json_line(&mut lines, &cell).unwrap());
        let lines = String::from_utf8(lines).unwrap();
        let again: Vec<CellRecord> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(again, report.records().collect::<Vec<_>>());
    }
}

#[test]
fn csv_has_the_figures_as_printed() {
    let report =
        gongkai::parse("六、举报投诉数量 | 件 | 1,234 |\n七、依申请公开信息收取的费用 | 万元 | 3.50 |\n")
            .unwrap();
    let export = Export::new(&report).file("a,\"b\".txt");
    let mut csv = CsvWriter::<TidyCell<'_>, _>::new(Vec::new()).unwrap();
    for cell in export.cells().filter(|cell| !cell.raw.is_empty()) {
        csv.write(&cell).unwrap();
    }
    let text = String::from_utf8(csv.finish().unwrap()).unwrap();
    insta::assert_snapshot!("export_csv", text);
}

#[test]
fn a_cell_lists_the_findings_that_name_it_and_its_metric_is_in_doubt() {
    let report = gongkai::parse(WRONG_TOTAL).unwrap();
    let findings = gongkai::check(&report);
    let total = CellId::from((RequestRow::NewReceived, Applicant::Total));
    let cell = |export: &Export<'_>, id| export.cells().find(|cell| cell.id == id).unwrap().diagnostics;

    let unchecked = Export::new(&report);
    assert!(cell(&unchecked, total).is_empty());
    assert!(unchecked.metrics().in_doubt.is_empty());

    let export = Export::new(&report).findings_of(&findings);
    assert_eq!(cell(&export, total), [Code::ROW_TOTAL]);
    // The near miss: the row below adds up.
    assert!(cell(&export, (RequestRow::CarriedOver, Applicant::Total).into()).is_empty());
    let metrics = export.metrics();
    assert!(metrics.in_doubt.contains(&Metric::Received));
    assert!(!metrics.in_doubt.contains(&Metric::CarriedOver));
    assert_eq!(named(&metrics, "received"), Value::from(gongkai::Number::from(3)));
    assert_eq!(named(&metrics, "agency"), Value::from("某某局"));
    let row = export.findings().find(|row| row.finding.code() == Code::ROW_TOTAL).unwrap();
    assert_eq!(named(&row, "left"), Value::from(gongkai::Number::from(4)));
    assert_eq!(named(&row, "right"), Value::from(gongkai::Number::from(3)));
}

#[test]
fn amounts_of_money_say_their_unit() {
    let report =
        gongkai::parse("六、举报投诉数量 | 件 | 12 |\n七、依申请公开信息收取的费用 | 元 | 35 |\n").unwrap();
    let metrics = Export::new(&report).metrics();
    assert_eq!(named(&metrics, "fees_disclosure_unit"), Value::from("元"));
    assert_eq!(named(&metrics, "fees_administrative_unit"), Value::Null);
    assert!(!WideMetrics::columns().iter().any(|column| column.name() == "complaints_unit"));
}

#[test]
fn a_report_without_a_table_has_a_row_without_answers() {
    let report = gongkai::parse("一、总体情况\n无。\n").unwrap();
    let metrics = Export::new(&report).file("b.txt").metrics();
    assert_eq!(named(&metrics, "file"), Value::from("b.txt"));
    assert_eq!(named(&metrics, "template"), Value::Null);
    assert_eq!(named(&metrics, "granted"), Value::Null);
}

#[cfg(feature = "arrow")]
mod arrow {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Decimal128Type, Int64Type};
    use gongkai::export::{Batch, Export, TidyCell, WideMetrics};

    use super::{REPORTS, WRONG_TOTAL};

    #[test]
    fn schemas_are_stable() {
        let fields = |schema: arrow_schema::SchemaRef| {
            let fields =
                schema.fields().iter().map(|field| format!("{} {}", field.name(), field.data_type()));
            fields.collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!("export_arrow_cells", fields(Batch::<TidyCell<'_>>::schema()));
        insta::assert_snapshot!("export_arrow_metrics", fields(Batch::<WideMetrics<'_>>::schema()));
    }

    #[test]
    fn a_batch_has_the_cells_of_the_report() {
        for text in REPORTS {
            let report = gongkai::parse(text).unwrap();
            let mut batch = Batch::<TidyCell<'_>>::new();
            Export::new(&report).cells().for_each(|cell| batch.push(&cell));
            assert_eq!(batch.len(), report.cells().count());
            let rows = batch.finish().unwrap();
            assert!(batch.is_empty());
            let values = rows.column_by_name("value").unwrap().as_primitive::<Decimal128Type>();
            let scales = rows.column_by_name("scale").unwrap().as_primitive::<Int64Type>();
            for (at, (_, _, cell)) in report.cells().enumerate() {
                let read = values.is_valid(at).then(|| {
                    let text = values.value_as_string(at);
                    let (whole, fraction) = text.split_once('.').unwrap();
                    match scales.value(at) {
                        0 => whole.to_owned(),
                        scale => format!("{whole}.{}", &fraction[..usize::try_from(scale).unwrap()]),
                    }
                });
                let number = cell.number().filter(|number| number.scale() <= 10);
                assert_eq!(read, number.map(|number| number.to_string()));
            }
        }
    }

    #[test]
    fn a_figure_with_more_decimals_than_there_is_room_for_is_null_and_says_so() {
        let report = gongkai::parse("七、依申请公开信息收取的费用 | 万元 | 0.12345678901 |\n").unwrap();
        let mut batch = Batch::<TidyCell<'_>>::new();
        let fees = Export::new(&report);
        fees.cells().filter(|cell| !cell.raw.is_empty()).for_each(|cell| batch.push(&cell));
        let rows = batch.finish().unwrap();
        assert!(rows.column_by_name("value").unwrap().is_null(0));
        assert_eq!(rows.column_by_name("scale").unwrap().as_primitive::<Int64Type>().value(0), 11);
        assert_eq!(rows.column_by_name("state").unwrap().as_string::<i32>().value(0), "number");
        assert_eq!(rows.column_by_name("raw").unwrap().as_string::<i32>().value(0), "0.12345678901");
    }

    #[test]
    fn lists_are_lists() {
        let report = gongkai::parse(WRONG_TOTAL).unwrap();
        let findings = gongkai::check(&report);
        let mut batch = Batch::<WideMetrics<'_>>::new();
        batch.push(&Export::new(&report).findings_of(&findings).metrics());
        let rows = batch.finish().unwrap();
        let in_doubt = rows.column_by_name("in_doubt").unwrap().as_list::<i32>().value(0);
        assert!(in_doubt.as_string::<i32>().iter().flatten().any(|name| name == "received"));
    }
}
