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
