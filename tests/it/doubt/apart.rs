//! Rows in doubt where bars stand on lines of their own, or nowhere.

use super::{RULES, doubts};

/// Cells as lines between empty ones.
fn lines(cells: &[&str]) -> String {
    cells.iter().map(|cell| format!("{cell}\n\n")).collect()
}

/// Rows of the pre-2019 table with `cells` among them.
fn indicators(cells: &[&str]) -> String {
    let above = ["统计指标", "单位", "统计数", "1.政府公报公开政府信息数", "条", "3"];
    let below =
        ["四、行政复议数量", "件", "5", "六、举报投诉数量", "件", "6", "（三）接受培训人员数", "人次", "7"];
    let more = ["（一）召开政府信息公开工作会议或专题会议数", "次", "8", "（二）举办各类培训班数", "次", "9"];
    lines(&[&above, cells, &below, &more].concat())
}

#[test]
fn a_figure_of_two_lines() {
    const CONFERENCES: &str = "statistics/response.channel.press_conferences/value";
    let table = |figure: &str| indicators(&["1.参加或举办新闻发布会总次数", "次", figure]);
    assert!(doubts(&table("2\n次"), CONFERENCES));
    assert!(!doubts(&table("2次"), CONFERENCES));
    assert!(!doubts(&table("2"), CONFERENCES));
}

#[test]
fn a_label_below_the_number_of_a_page() {
    const CORRECTED: &str = "statistics/reviews.corrected/value";
    let table = |label: &str| indicators(&["（一）维持具体行政行为数", "件", "1", label, "件", "2"]);
    let text = table("第 5 页 共 9 页\n（二）被依法纠错数");
    let report = gongkai::parse(&text).expect("within the limit");
    let found = report.cells().find(|(_, spec, _)| spec.id.to_string() == CORRECTED);
    assert_eq!(found.and_then(|(_, _, cell)| cell.number()), Some(2.into()));
    assert!(doubts(&text, "statistics/reviews.upheld/value"));
    assert!(!doubts(&table("（二）被依法纠错数"), "statistics/reviews.upheld/value"));
}

#[test]
fn two_rows_of_one_wording_among_rows_in_another_order() {
    const CORRECTED: &str = "statistics/reviews.corrected/value";
    let reviews = ["四、行政复议数量", "件", "650"];
    let litigation = ["五、行政诉讼数量", "件", "702"];
    let parts = ["（一）维持具体行政行为数", "件", "1", "（二）被依法纠错数", "件", "2"];
    assert!(doubts(&indicators(&[&reviews[..], &litigation, &parts].concat()), CORRECTED));
    assert!(!doubts(&indicators(&[&reviews[..], &parts, &litigation].concat()), CORRECTED));
}

#[test]
fn a_mark_before_the_label_below_an_empty_cell() {
    const OTHER: &str = "statistics/reviews.other/value";
    let table = |cell: &str, label: &str| {
        format!(
            "四、行政复议数量\t件\t650\n（一）维持具体行政行为数\t件\t663\n（二）被依法纠错数\t件\t676\n（三）其他情形数\t件\t{cell}\n\
             {label}五、行政诉讼数量\t件\t702\n六、举报投诉数量\t件\t754\n（二）举办各类培训班数\t次\t871\n"
        )
    };
    assert!(doubts(&table("", "— "), OTHER));
    assert!(!doubts(&table("", ""), OTHER));
    assert!(!doubts(&table("5", "- "), OTHER));
}

#[test]
fn words_with_a_bar_below_a_row_with_an_empty_cell() {
    const PETITION: &str = "requests/not_processed.petition/total";
    let table = |cell: &str, words: &str| {
        let heads = "自然人\n|\n法人或其他组织\n|\n总计\n|\n商业企业\n|\n科研机构\n|\n社会公益组织\n|\n法律服务机构\n|\n其他\n|\n";
        format!(
            "|\n{heads}1.信访举报投诉类申请\n|\n1\n|\n{cell}|\n2\n|\n3\n|\n4\n|\n5\n|\n6\n|\n{words}2.重复申请\n|\n1\n|\n2\n|\n3\n|\n4\n|\n5\n|\n6\n|\n7\n"
        )
    };
    assert!(doubts(&table("", "主办单位：某某市财政局\n|\n"), PETITION));
    assert!(!doubts(&table("", ""), PETITION));
    assert!(!doubts(&table("7\n", "主办单位：某某市财政局\n|\n"), PETITION));
}

#[test]
fn bars_that_are_doubled_in_some_of_few_cells() {
    let table = |row: &str| {
        format!(
            "信息内容\n|\n|\n本年制发件数\n|\n|\n本年废止件数\n|\n|\n现行有效件数\n|\n|\n规章\n|\n{row}195\n|\n"
        )
    };
    assert!(doubts(&table("182\n|\n|\n"), RULES));
    let single =
        "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n182\n|\n|\n195\n|\n";
    assert!(!doubts(single, RULES));
}

#[test]
fn a_footer_in_the_place_of_a_dropped_blank() {
    const GRANTED: &str = "requests/granted/commercial_enterprise";
    let table = |line: &str| {
        let heads = [
            "自然人",
            "法人或其他组织",
            "总计",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
        ];
        let new = ["一、本年新收政府信息公开申请数量", "5", "1", "0", "0", "0", "0", "6"];
        let granted = ["（一）予以公开", "0", "1", "0", "0", "0", line, "1"];
        let total = ["（七）总计", "5", "1", "0", "0", "0", "0", "6"];
        let carried = ["四、结转下年度继续办理", "0", "1", "0", "0", "0", "0", "1"];
        [&heads[..], &new, &granted, &total, &carried].concat().join("\n")
    };
    assert!(doubts(&table("版权所有：某县人民政府 浙ICP备05012345号"), GRANTED));
    assert!(doubts(&table("5/9"), GRANTED));
    assert!(!doubts(&table("0"), GRANTED));
    assert!(!doubts(&table("/"), GRANTED));
}
