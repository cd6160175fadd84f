//! Bars that are lost around a label or at the end of the text.

use gongkai::diagnostic::Code;

use super::{RULES, doubts};

const HEADS: &str = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n";

/// The lines of a row, each with its bar below it.
fn row(cells: &[&str]) -> String {
    cells.iter().map(|cell| format!("{cell}\n|\n")).collect()
}

#[test]
fn a_row_whose_last_bar_is_lost_before_other_words() {
    let table =
        |end: &str| format!("{HEADS}{}7{end}{}", row(&["规章", "", "3"]), row(&["采购项目数量", "8"]));
    let whole = row(&["规章", "2", "3", "7"]);
    assert!(doubts(&table("\n"), "active_disclosure/rules/issued"));
    assert!(!doubts(&table("\n|\n"), "active_disclosure/rules/issued"));
    assert!(!doubts(&format!("{HEADS}{whole}"), RULES));
}

#[test]
fn the_labels_of_a_group_and_a_row_without_a_bar_between() {
    const GRANTED: &str = "requests/granted/total";
    let heads = row(&[
        "自然人",
        "法人或其他组织",
        "总计",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]);
    let table = |group: &str| {
        format!("{heads}{group}{}", row(&["（一）予以公开", "1", "2", "3", "4", "5", "6", "7"]))
    };
    assert!(doubts(&table("三、本年度办理结果\n"), GRANTED));
    assert!(!doubts(&table("三、本年度办理结果\n|\n"), GRANTED));
}

#[test]
fn a_label_behind_a_bar_on_its_line() {
    const ISSUED: &str = "active_disclosure/normative_documents/issued";
    let table = |between: &str, figures: &[&str]| {
        let rules = row(&["规章", "1", "2", "4"]);
        format!("{HEADS}{rules}{between}行政规范性文件\n|\n{}", row(figures))
    };
    // The bar below the label is its own, or an empty cell.
    assert!(doubts(&table("| ", &["182", "195"]), ISSUED));
    assert!(!doubts(&table("", &["", "182", "195"]), ISSUED));
}

#[test]
fn a_figure_that_ends_the_text_below_a_bar_that_begins_it() {
    const NORMATIVE: &str = "active_disclosure/normative_documents/in_force";
    let documents = row(&["规章", "1", "2", "4", "行政规范性文件", "182", "195"]);
    assert!(doubts(&format!("|\n{HEADS}{documents}20"), NORMATIVE));
    assert!(!doubts(&format!("{HEADS}{documents}20\n|\n"), NORMATIVE));
}

#[test]
fn a_bar_that_ends_the_text_below_a_line_without_one() {
    const REPEALED: &str = "active_disclosure/rules/repealed";
    let table = |heads: &str, end: &str| {
        format!("信息内容| 本年制发件数| 本年废止件数| 现行有效件数{heads}\n规章| 143| 143| 7{end}")
    };
    assert!(doubts(&table("", "|"), REPEALED));
    assert!(doubts(&table("", "| \n"), REPEALED));
    assert!(doubts(&table("", "|\n行政规范性文件| 182| 195| 208\n"), REPEALED));
    assert!(!doubts(&table("", ""), REPEALED));
    assert!(!doubts(&table("|", "|"), REPEALED));
    // The others end in bars, too.
    assert!(!doubts(&table("", "|\n行政规范性文件| 182| 195| 208|\n"), REPEALED));
}

#[test]
fn a_figure_that_ends_the_text_within_the_table_before_2019() {
    const ON_TIME: &str = "statistics/applications.completed.on_time/value";
    let table = |end: &str| {
        format!(
            "3.网络申请数| 件| 390\n4.信函申请数| 件| 403\n（二）申请办结数| 件| 416\n1.按时办结数| 件| 42{end}\n"
        )
    };
    assert!(doubts(&table(""), ON_TIME));
    assert!(!doubts(&table("\n2.延期办结数| 件| 2"), ON_TIME));
}

#[test]
fn a_bar_alone_below_a_unit_at_the_end_of_the_text() {
    const DOCUMENTS: &str = "statistics/disclosure.normative_documents_disclosed/value";
    let table = |end: &str| {
        format!(
            "| 统计指标 | 单位 | 统计数 |\n| 一、主动公开情况 | — | — |\n| 其中：主动公开规范性文件数 | 条 |{end}\n"
        )
    };
    assert!(doubts(&table("\n|"), DOCUMENTS));
    assert!(!doubts(&table("  |"), DOCUMENTS));
    assert!(!doubts(&table(" 5 |"), DOCUMENTS));
}

#[test]
fn a_banner_without_its_bar_below_a_row() {
    let table = |bar: &str| {
        format!(
            "|\n信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n182\n|\n195\n|\n910\n{bar}第二十条第（五）项\n|\n信息内容\n|\n本年处理决定数量\n"
        )
    };
    assert!(doubts(&table(""), RULES));
    assert!(!doubts(&table("|\n"), RULES));
}

#[test]
fn a_row_without_a_unit_above_those_that_have_one() {
    const DISCLOSED: &str = "statistics/disclosure.normative_documents_disclosed/value";
    let table = |cells: &str| {
        format!(
            "|统计指标\n|单位\n|统计数\n|其中：主动公开规范性文件数\n{cells}|制发规范性文件总数\n|件\n|169\n|1.政府公报公开政府信息数\n|条\n|182\n|2.政府网站公开政府信息数\n|条\n|195\n"
        )
    };
    assert!(doubts(&table("|11099\n|条\n主办单位：某某市财政局\n|156\n"), DISCLOSED));
    assert!(!doubts(&table("|条\n|156\n"), DISCLOSED));
}

#[test]
fn a_page_number_among_few_cells_that_begin_with_a_bar() {
    const REPEALED: &str = "active_disclosure/rules/repealed";
    let table = |page: &str| {
        format!(
            "|信息内容\n|本年制发件数\n{page}|本年废止件数\n|现行有效件数\n|规章\n|\n|15\n|7\n|行政规范性文件\n|1\n|2\n|3\n"
        )
    };
    assert!(doubts(table("5\n").split_once("|7").expect("the last figure").0, REPEALED));
    assert!(!doubts(&table(""), REPEALED));
}

#[test]
fn figures_of_another_dialect_outside_of_the_tables() {
    let other =
        row(&["第二十条第（六）项", "信息内容", "本年处理决定数量", "行政处罚", "55", "行政强制", "77"]);
    let read = "第二十条第（六）项 | |\n信息内容 | 本年处理决定数量 |\n行政处罚 | 5 |\n行政强制 | 7 |\n";
    let strays = |text: &str| {
        let report = gongkai::parse(text).expect("within the limit");
        report.diagnostics().iter().any(|found| found.code() == Code::UNBOUND_CELLS)
    };
    assert!(strays(&format!("{other}2022年\n{read}")));
    assert!(strays(&format!("{read}2022年\n|\n{other}")));
    assert!(!strays(read));
}

/// Rows of which a bar begins each, as version 2.0 of the extractor prints them.
fn barred(rows: &[&[&str]]) -> String {
    rows.iter().map(|cells| format!("|\n{} |\n", cells.join(" |\n"))).collect()
}

#[test]
fn a_bar_that_may_begin_a_row_that_is_gone() {
    const PETITION: &str = "requests/not_processed.petition/commercial_enterprise";
    let heads = barred(&[
        &["自然人", "法人或其他组织", "总计"],
        &["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]);
    let table = |figures: &[&str], end: &str| {
        let held = ["1.本机关不掌握相关政府信息", "1", "2", "3", "4", "5", "6", "7"];
        let creation = ["2.没有现成信息需要另行制作", "8", "9", "1", "2", "3", "4", "5"];
        let petition = [&["1.信访举报投诉类申请"], figures].concat();
        format!("{heads}{}{end}", barred(&[&held, &creation, &petition]))
    };
    let six = ["6", "7", "8", "9", "1", "2"];
    let seven = ["6", "7", "8", "9", "1", "2", "3"];
    assert!(doubts(&table(&six, "|\n2.重\n"), PETITION));
    assert!(!doubts(&table(&seven, ""), PETITION));
}

#[test]
fn a_unit_with_nothing_but_the_bar_of_the_next_row_behind_it() {
    const ITEMS: &str = "statistics/disclosure.items/value";
    let table = |figure: &str| {
        let rows = ["主动公开政府信息数", "其中：主动公开规范性文件数", "制发规范性文件总数"];
        let [items, documents, issued] = rows;
        format!("|\n{items} |\n条 |\n{figure}|\n{documents} |\n条 |\n156 |\n|\n{issued} |\n件 |\n169 |\n")
    };
    assert!(doubts(&table(""), ITEMS));
    assert!(!doubts(&table("143 |\n"), ITEMS));
}
