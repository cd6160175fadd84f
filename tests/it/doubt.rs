//! Rows that a careful reader holds in doubt, each with a near miss that is in none.

use gongkai::diagnostic::{Class, Severity};
use gongkai::parse;

/// The cells that a reading diagnostic names.
fn in_doubt(text: &str) -> Vec<String> {
    let report = parse(text).expect("within the limit");
    let findings = report.diagnostics().iter();
    let doubts =
        findings.filter(|found| found.class() == Class::Reading && found.severity() >= Severity::Warning);
    doubts.flat_map(|found| found.cells().iter().map(ToString::to_string).collect::<Vec<_>>()).collect()
}

const HEADS: &str = "信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n";
const RULES: &str = "active_disclosure/rules/in_force";

#[test]
fn a_figure_that_the_end_of_the_text_cuts_off() {
    let cut = format!("{HEADS}规章 |\n3 |\n5 |\n5 |\n2");
    assert!(in_doubt(&cut).iter().any(|cell| cell == RULES));
    let page = format!("{HEADS}规章 |\n3 |\n5 |\n5 |\n");
    assert!(!in_doubt(&page).iter().any(|cell| cell == RULES));
}

#[test]
fn a_line_of_figures_without_a_label_below_a_row() {
    let table = |label: &str| {
        format!(
            "信息内容|本年制发件数|本年废止件数|现行有效件数|\n规章|3|5|7|\n{label}|1|2|4|\n三、收到和处理政府信息公开申请情况\n"
        )
    };
    assert!(in_doubt(&table("")).iter().any(|cell| cell == RULES));
    assert!(!in_doubt(&table("行政规范性文件")).iter().any(|cell| cell == RULES));
}

#[test]
fn a_figure_broken_off_its_row_before_other_words() {
    const ACTION: &str = "active_disclosure/coercive_measures/decisions";
    let table = |line: &str| {
        format!(
            "信息内容| 本年处理决定数量\n行政处罚| 0\n行政强制|\n{line}\n信息内容| 本年收费金额（单位：万元）\n行政事业性收费| 260\n"
        )
    };
    assert!(in_doubt(&table("247 第二十条第（八）项")).iter().any(|cell| cell == ACTION));
    assert!(!in_doubt(&table("第二十条第（八）项")).iter().any(|cell| cell == ACTION));
    assert!(!in_doubt(&table("2023 年无此项。")).iter().any(|cell| cell == ACTION));
}

#[test]
fn a_line_of_a_grid_cut_within_its_last_cell() {
    const FEES: &str = "active_disclosure/administrative_fees/change";
    let table = |row: &str| {
        format!(
            "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n| --- | --- | --- | --- |\n| 规章 | 1 | 2 | 4 |\n\
             | 信息内容 | 上一年项目数量 | 本年增/减 |  |\n| 行政事业性收费 | 377 |{row}\n"
        )
    };
    assert!(in_doubt(&table("  |")).iter().any(|cell| cell == FEES));
    assert!(!in_doubt(&table("  |  |")).iter().any(|cell| cell == FEES));
    assert!(!in_doubt(&table(" 3 |")).iter().any(|cell| cell == FEES));
}
