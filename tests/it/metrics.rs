//! The questions of `metrics`: their table in the docs, their cells, and that no number is made up.
//!
//! `GONGKAI_UPDATE=1 cargo test --test it metrics` rewrites `src/metrics.md`, a plain test run compares.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use gongkai::diagnostic::Language;
use gongkai::form::{Applicant, CellId, Column, Figure, RequestRow, Row, SchemaVersion, Table};
use gongkai::metrics::{Metric, NoAnswer};
use gongkai::parse;

/// The cells in the words of the table: those of the column 总计 by their rows alone.
fn in_words(cells: &[CellId]) -> String {
    if cells.is_empty() {
        return "–".to_owned();
    }
    let cell = |id: &CellId| match (id.table(), id.column) {
        (Table::Requests, Column::Applicant(applicant)) if applicant.id() == "total" => {
            id.row.id().to_owned()
        }
        (Table::Statistics, _) => id.row.id().to_owned(),
        _ => format!("{}/{}", id.row.id(), id.column.id()),
    };
    // Rows that follow each other in the form are named by the first and the last.
    let rows: Vec<RequestRow> = cells
        .iter()
        .filter_map(|id| match (id.row, id.column) {
            (Row::Request(row), Column::Applicant(Applicant::Total)) => Some(row),
            _ => None,
        })
        .collect();
    if let [first, .., last] = rows[..]
        && rows.len() > 3
        && RequestRow::ALL.windows(rows.len()).any(|window| window == rows)
    {
        return format!("`{first}` to `{last}` ({} rows)", rows.len());
    }
    let cells: Vec<String> = cells.iter().map(cell).collect();
    format!("`{}`", cells.join("` + `"))
}

fn table() -> String {
    let mut text =
        String::from("| metric | question | V2014 | V2019 | V2021 |\n| --- | --- | --- | --- | --- |\n");
    let mut notes = String::new();
    for metric in Metric::ALL {
        let [v2014, v2019, v2021] = [SchemaVersion::V2014, SchemaVersion::V2019, SchemaVersion::V2021]
            .map(|v| in_words(metric.cells(v)));
        let same = if v2019 == v2021 && v2019 != "–" { "as V2019".to_owned() } else { v2021 };
        let (id, question) = (metric.id(), metric.label(Language::Chinese));
        writeln!(text, "| `{id}` | {question} | {v2014} | {v2019} | {same} |").expect("a line");
        if let Some(caveat) = metric.caveat() {
            writeln!(notes, "- `{id}`: {caveat}").expect("a line");
        }
    }
    format!("{text}\nWhat to mind across versions:\n\n{notes}")
}

#[test]
fn the_table_of_the_docs_is_the_data() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/metrics.md");
    if std::env::var_os("GONGKAI_UPDATE").is_some() {
        std::fs::write(&path, table()).expect("the table is written");
    }
    let text = std::fs::read_to_string(&path).expect("the table is there").replace("\r\n", "\n");
    assert_eq!(text, table(), "GONGKAI_UPDATE=1 rewrites src/metrics.md");
}

#[test]
fn every_cell_belongs_to_its_version() {
    let mut ids = BTreeSet::new();
    for metric in Metric::ALL {
        assert!(ids.insert(metric.id()) && Metric::from_id(metric.id()) == Some(*metric));
        let mut asked = 0;
        for &version in SchemaVersion::ALL {
            let cells = metric.cells(version);
            asked += usize::from(!cells.is_empty());
            assert!(cells.iter().all(|id| version.position(*id).is_some()), "{metric} in {version}");
            assert_eq!(cells.iter().collect::<BTreeSet<_>>().len(), cells.len(), "{metric}: a cell twice");
        }
        assert!(asked > 0, "{metric} is asked by no version");
    }
}

#[test]
fn a_sum_needs_every_operand() {
    let rows = |last: &str| {
        format!(
            "(四)无法提供 | 1.本机关不掌握相关政府信息 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 2 |\n3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | {last} |\n"
        )
    };
    let unable = |last: &str| {
        let text = rows(last);
        let report = parse(&text).expect("a report");
        report.form().expect("a form").metric(Metric::Unable)
    };
    let answer = unable("3").expect("a number");
    assert_eq!((answer.value(), answer.cells().len()), (6.into(), 3));
    for (last, state) in [("—", Figure::NotApplicable), ("约3", Figure::Text)] {
        let Err(NoAnswer::Open { cell, figure }) = unable(last) else { panic!("{last} is no operand") };
        assert_eq!((cell.to_string().as_str(), figure), ("requests/unable.unclear/total", state));
    }
}

#[test]
fn rows_of_another_version_answer_in_their_place() {
    let others = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n3.其他 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n";
    let text = format!(
        "第二十条第(一)项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 0 | 0 | 0 |\n规范性文件 | 0 | 0 | 0 |\n第二十条第(九)项 | |||\n信息内容 | 采购项目数量 | 采购总金额 | |\n政府集中采购 | 0 | 0 | |\n(六)其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n{others}"
    );
    let report = parse(&text).expect("a report");
    let form = report.form().expect("a form");
    assert_eq!(form.version(), SchemaVersion::V2019);
    assert_eq!(form.metric(Metric::OtherHandling).expect("their sum").value(), 3.into());
}

#[test]
fn units_are_never_mixed_or_converted() {
    let text =
        "第二十条第(八)项 | |||\n信息内容 | 本年收费金额(单位:万元) | ||\n行政事业性收费 | 251000元 | ||\n";
    let report = parse(text).expect("a report");
    let answer = report.form().expect("a form").metric(Metric::AdministrativeFees).expect("a number");
    assert_eq!((answer.value(), answer.unit()), (251_000.into(), Some(gongkai::form::Unit::Yuan)));
}

#[test]
fn a_report_without_a_table_answers_nothing() {
    assert_eq!(parse("一、总体情况\n例文。\n").expect("a report").metrics().count(), 0);
}
