//! Rows in doubt for what their labels, heads and notes say: another unit, another year, another group.

use gongkai::form::{Figure, Unit};
use gongkai::parse;

use super::doubts;

/// What is read for the cell: its figure and its unit.
fn read(text: &str, cell: &str) -> (Figure, Option<Unit>) {
    let report = parse(text).expect("within the limit");
    let found = report.cells().find(|(_, spec, _)| spec.id.to_string() == cell);
    found.map_or((Figure::Missing, None), |(_, _, cell)| (cell.figure(), cell.unit()))
}

#[test]
fn the_unit_of_an_amount_in_its_label_or_above_its_table() {
    const FEES: &str = "active_disclosure/administrative_fees/fees_collected";
    let table = |above: &str, banner: &str, label: &str| {
        format!(
            "{above}第二十条第（八）项{banner} | |\n信息内容 | 本年收费金额 |\n行政事业性收费{label} | 251000 |\n"
        )
    };
    for text in [table("", "", "（元）"), table("单位：元\n", "", ""), table("", "（单位：元）", "")]
    {
        assert_eq!(read(&text, FEES), (Figure::Number(251000.into()), Some(Unit::Yuan)), "{text}");
        assert!(doubts(&text, FEES), "{text}");
    }
    for text in [
        table("", "", ""),
        table("单位：万元\n", "", ""),
        table("", "", "（万元）"),
        table("单位：某某局\n", "", ""),
    ] {
        assert_eq!(read(&text, FEES), (Figure::Number(251000.into()), Some(Unit::WanYuan)), "{text}");
        assert!(!doubts(&text, FEES), "{text}");
    }
    // What stands above another table is not said of this one.
    let requests = "单位：元\n一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n";
    assert!(!doubts(&table(requests, "", ""), FEES));
    // A count is no amount.
    const PENALTIES: &str = "active_disclosure/penalties/decisions";
    let counts = |label: &str| format!("信息内容 | 本年处理决定数量 |\n行政处罚{label} | 350 |\n");
    assert!(doubts(&counts("（万元）"), PENALTIES));
    assert!(!doubts(&counts("（件）"), PENALTIES));
}

#[test]
fn a_note_that_makes_other_figures_of_a_row_or_a_column() {
    const IN_PERSON: &str = "statistics/applications.received.in_person/value";
    let table = |note: &str| {
        format!("统计指标 | 单位 | 统计数 |\n（一）收到申请数 | 件 | 9 |\n1.当面申请数{note} | 件 | 4 |\n")
    };
    assert!(doubts(&table("（上年）"), IN_PERSON));
    assert!(!doubts(&table("（含窗口）"), IN_PERSON));
    const ISSUED: &str = "active_disclosure/rules/issued";
    let heads = |note: &str| {
        format!("信息内容 | 本年制发件数{note} | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |\n")
    };
    assert_eq!(read(&heads("（累计）"), ISSUED).0, Figure::Missing);
    assert!(doubts(&heads("（累计）"), ISSUED));
    assert!(!doubts(&heads("（件）"), ISSUED));
}

#[test]
fn columns_that_the_pre_2019_table_does_not_have() {
    const IN_PERSON: &str = "statistics/applications.received.in_person/value";
    let table = |heads: &str, row: &str| {
        format!("统计指标 | 单位 | {heads}\n（一）收到申请数 | 件 | 9 |\n1.当面申请数 | 件 | {row}\n")
    };
    for (heads, row) in [
        ("上年数 | 统计数 |", "22 | |"),
        ("上年同期 |", "22 |"),
        ("编号 | 统计数 |", "2 | |"),
        ("区级 | 乡镇 |", "2 | 3 |"),
    ] {
        assert_eq!(read(&table(heads, row), IN_PERSON).0, Figure::Missing, "{heads}");
        assert!(doubts(&table(heads, row), IN_PERSON), "{heads}");
    }
    assert!(!doubts(&table("统计数 |", "22 |"), IN_PERSON));
}

/// Heads of table 三, and rows of seven figures under these labels.
fn requests(labels: &[&str]) -> String {
    let rows = labels.iter().map(|label| format!("{label} | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n"));
    format!(
        "申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn other_rows_and_sums_of_other_groups() {
    const OTHER: &str = "requests/other_handling.other/total";
    const TOTAL: &str = "requests/outcome_total/total";
    let handled =
        ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "3.其他", "（七）总计"];
    assert!(!doubts(&requests(&handled), OTHER) && !doubts(&requests(&handled), TOTAL));
    assert!(doubts(&requests(&["1.本机关不掌握相关政府信息", "3.其他"]), OTHER));
    assert!(doubts(&requests(&["1.信访举报投诉类申请", "其他"]), OTHER));
    assert!(doubts(&requests(&["1.信访举报投诉类申请", "合计"]), TOTAL));
    // A row that the form does not have is none of its heads.
    let sixth = requests(&["1.信访举报投诉类申请", "6.其他", "（七）总计"]);
    assert_eq!(read(&sixth, TOTAL).0, Figure::Number(21.into()));
    assert_eq!(read(&sixth, OTHER).0, Figure::Missing);
    // (六)其他处理, cut off.
    let group = requests(&["1.信访举报投诉类申请", "（六）其他", "（七）总计"]);
    assert_eq!(read(&group, "requests/other_handling/total").0, Figure::Number(21.into()));
    assert!(doubts(&group, "requests/other_handling/total"));
    assert_eq!(read(&group, OTHER).0, Figure::Missing);
}

#[test]
fn a_sum_of_the_organisations_among_their_heads() {
    const TOTAL: &str = "requests/carried_over/total";
    let table = |heads: &str, row: &str| format!("{heads}二、上年结转政府信息公开申请数量 | {row}\n");
    let one_line = "项目 | 自然人 | 法人或其他组织 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n";
    assert!(doubts(&table(one_line, "1 | 20 | 2 | 3 | 4 | 5 | 6 | |"), TOTAL));
    let below =
        "自然人 | 法人或其他组织 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 合计 |\n";
    assert!(doubts(&table(below, "1 | 2 | 3 | 4 | 5 | 6 | 20 |"), TOTAL));
    let form =
        "自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n";
    assert!(!doubts(&table(form, "1 | 2 | 3 | 4 | 5 | 6 | 21 |"), TOTAL));
}

#[test]
fn labels_behind_their_figures() {
    const IN_PERSON: &str = "statistics/applications.received.in_person/value";
    let behind = "21 | （一）收到申请数 |\n22 | 1.当面申请数 |\n23 | 2.传真申请数 |\n24 | 3.网络申请数 |\n";
    assert!(doubts(behind, IN_PERSON));
    let before = "（一）收到申请数 | 21 |\n1.当面申请数 | 22 |\n2.传真申请数 | 23 |\n3.网络申请数 | 24 |\n";
    assert!(!doubts(before, IN_PERSON));
}

#[test]
fn a_head_of_two_tables_above_those_of_one() {
    const NEW: &str = "requests/new_received/total";
    let table = |above: &str| {
        let heads = "自然人 |\n法人或其他组织 |\n总计 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n";
        format!(
            "行政许可 |\n5 |\n{above}{heads}一、本年新收政府信息公开申请数量 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n7 |\n"
        )
    };
    assert!(doubts(&table("总计 |\n"), NEW));
    assert!(!doubts(&table(""), NEW));
    // That of a sum among the rows above has its figure.
    assert!(!doubts(&table("总计 |\n5 |\n"), NEW));
}

#[test]
fn a_head_of_two_tables_is_the_first_column_of_the_one_below() {
    let text = "行政许可 |\n5 |\n总计 |\n自然人 |\n法人或其他组织 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n一、本年新收政府信息公开申请数量 |\n21 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n";
    let report = gongkai::parse(text).expect("within the limit");
    let total = report.cells().find(|(_, spec, _)| spec.id.to_string() == "requests/new_received/total");
    assert_eq!(total.map(|(_, _, cell)| cell.figure()), Some(gongkai::Figure::Number(21.into())));
}

#[test]
fn a_column_of_the_table_before_2019_that_no_head_of_the_form_names() {
    const RECEIVED: &str = "statistics/applications.received/value";
    let table = |heads: &str| format!("{heads} |\n（一）收到申请数 | 件 | 5 |\n2.传真申请数 | 件 | 6 |\n");
    for heads in ["统计指标 | 单位 | 去年", "指标名称 | 单位 | 去年", "事项 | 单位 | 分值"]
    {
        assert!(doubts(&table(heads), RECEIVED), "{heads}");
    }
    for head in ["2015年", "12月", "%", "目标数", "区直", "序号"] {
        assert!(doubts(&table(&format!("统计指标 | 单位 | {head}")), RECEIVED), "{head}");
    }
    for heads in ["统计指标 | 单位 | 统计数", "指标名称 | 单位 | 数量", "序号 | 统计指标 | 单位 | 统计数"]
    {
        assert!(!doubts(&table(heads), RECEIVED), "{heads}");
    }
}

/// Words of the form's heads in other tables begin none of its own.
#[test]
fn tables_of_other_things() {
    for text in
        ["单位 | 某某局 |\n地址 | 某某路 |\n电话 | 12345 |\n", "事项 | 数量 |\n信访 | 12 |\n来电 | 13 |\n"]
    {
        let report = gongkai::parse(text).expect("within the limit");
        let warns = |found: &gongkai::Diagnostic| found.severity() > gongkai::diagnostic::Severity::Info;
        assert!(!report.diagnostics().iter().any(warns), "{text}");
    }
}
