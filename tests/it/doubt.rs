//! Rows that a careful reader holds in doubt, each with a near miss that is in none.

mod apart;
mod ends;
mod meaning;
mod width;

use gongkai::diagnostic::{Class, Code, Severity};
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

#[test]
fn an_empty_cell_that_ends_the_only_row_of_a_grid() {
    const AMOUNT: &str = "active_disclosure/government_procurement/procurement_amount";
    let table = |row: &str| {
        format!(
            "| 信息内容 | 采购项目数量 | 采购总金额（单位：万元） |  |\n| --- | --- | --- | --- |\n| 政府集中采购 | 403 |{row}\n"
        )
    };
    assert!(doubts(&table("  |"), AMOUNT));
    assert!(!doubts(&table(" 5 |  |"), AMOUNT));
}

#[test]
fn a_bar_alone_below_a_row_that_ends_in_one() {
    const CHANGE: &str = "active_disclosure/administrative_fees/change";
    let table = |end: &str| {
        format!(
            "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n| 行政许可 | 1 | 2 | 3 |\n| 信息内容 | 上一年项目数量 | 本年增/减 | |\n| 行政事业性收费 | 377 | |{end}\n| 政府集中采购 | 403 | 416 | |\n"
        )
    };
    assert!(doubts(&table("\n|"), CHANGE));
    assert!(!doubts(&table(" |"), CHANGE));
}

#[test]
fn words_below_a_figure_that_may_be_part_of_it() {
    const COURSES: &str = "statistics/training.courses/value";
    let table =
        |line: &str| format!("|（二）举办各类培训班数\n|次\n|12\n{line}|（三）接受培训人员数\n|人次\n|7\n");
    for line in ["万\n", "余\n", "以上\n", "件\n", "十\n"] {
        assert!(doubts(&table(line), COURSES), "{line}");
    }
    for line in ["", "版权所有 某某网\n", "打印本页\n"] {
        assert!(!doubts(&table(line), COURSES), "{line}");
    }
}

#[test]
fn one_bar_for_a_unit_and_a_figure() {
    const WEIBO: &str = "statistics/disclosure.channel.weibo/value";
    let table = |row: &str, next: &str| {
        format!("3.政务微博公开政府信息数 |\n{row}5.其他方式公开政府信息数 |\n{next}8 |\n")
    };
    assert!(doubts(&table("|\n", "条 |\n"), WEIBO));
    assert!(!doubts(&table("条 |\n|\n", "条 |\n"), WEIBO));
    // A table that prints no units.
    assert!(!doubts(&table("|\n", ""), WEIBO));
}

#[test]
fn a_row_that_stands_in_no_table() {
    let is_seen = |text: &str| {
        let report = parse(text).expect("within the limit");
        let unread = report.diagnostics().iter().find(|found| found.code() == Code::NO_STATUTORY_TABLE);
        unread.is_some_and(|found| found.severity() == Severity::Warning && found.span().is_some())
    };
    assert!(is_seen("规章            143           156           169\n"));
    assert!(is_seen("1.政府公报公开政府信息数    条    143\n"));
    assert!(is_seen("本年制发件数\n本年废止件数\n规章\n143\n"));
    assert!(is_seen("1.政府公报公开政府信息数\n条\n143\n"));
    assert!(is_seen("1.政府公报公开政府信息数\t条\t\n"));
    assert!(is_seen("信息内容\t本年制发件数\t本年废止件数\n规章\t\t\n"));
    assert!(is_seen("统计指标    单位    统计数\n其中：主动公开规范性文\n"));
    assert!(is_seen("一、主动公开情况\t—\t— （一）主动公开政府信息数\t条\t14\n"));
    assert!(is_seen("信息内容    本年制发件数    本年废止件数\n规\n章    156    0\n"));
    assert!(is_seen("本年制发件数\n本年废止件数\n现行有效件数\n规\n章\n143\n\n156\n"));
    assert!(is_seen("信息内容    本年制发件数    本年废止件数    现行有效件数\n规\n章\n"));
    // All in one line, in Traditional characters, within ruled lines.
    let line = "一、本年新收政府信息公開申請數量 3 二、上年結轉政府信息公開申請數量 0 1.屬於國家秘密 0 2.其他法律行政法規禁止公開 0 3.危及“三安全一穩定” 0";
    assert!(is_seen(&format!("{line} 4.保護第三方合法權益 0 5.屬於三類內部事務信息 0")));
    assert!(!is_seen(line));
    let ruled = |label: &str| format!("┌──┬──┐\n│{label}│3 │\n└──┴──┘\n");
    let labels = [
        "本年新收政府信息公开申请数量",
        "上年结转政府信息公开申请数量",
        "属于国家秘密",
        "其他法律行政法规禁止公开",
        "保护第三方合法权益",
        "属于三类内部事务信息",
    ];
    assert!(is_seen(&labels.map(ruled).concat()));
    assert!(!is_seen("本年制发件数\n本年废止件数\n现行有效件数\n143\n"));
    assert!(!is_seen("规章\n143\n"));
    assert!(!is_seen("行政处罚\n行政许可\n行政强制\n本局认真落实各项要求。\n5\n"));
    assert!(!is_seen("本年制发件数    本年废止件数\n"));
}

/// Whether the cell is in doubt.
fn doubts(text: &str, cell: &str) -> bool {
    in_doubt(text).iter().any(|found| found == cell)
}

/// The heads of table 四, the last of them with so many bars behind it.
fn review(bars: &str) -> String {
    let outcomes = "结果维持 |\n结果纠正 |\n其他结果 |\n尚未审结 |\n总计 |";
    format!(
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 |\n行政诉讼 |\n{outcomes}\n未经复议直接起诉 |\n复议后起诉 |\n{outcomes}\n{outcomes}{bars}\n"
    )
}

fn figures(n: usize) -> String {
    (1..=n).map(|n| format!("{n} |\n")).collect()
}

const UPHELD: &str = "review_litigation/administrative_review/upheld";

#[test]
fn a_lone_bar_before_the_figures_of_table_four() {
    // A pad of one, or an empty cell and a figure too many.
    assert!(doubts(&format!("{}|\n{}", review(""), figures(15)), UPHELD));
    assert!(!doubts(&format!("{}{}", review(""), figures(15)), UPHELD));
    assert!(!doubts(&format!("{}|\n{}", review(" |||||"), figures(14)), UPHELD));
}

#[test]
fn a_head_cut_in_two_among_heads_in_another_order() {
    let table = |heads: &str| format!("{heads}{}", figures(15));
    // The first head is gone, and another one stands on two lines: as many as before.
    let (gone, whole) = (review("").replacen("结果维持 |\n", "", 1), review(""));
    let cut = |text: &str| {
        let (before, behind) = text.rsplit_once("尚未审结 |").expect("a head");
        format!("{before}尚未 |\n审结 |{behind}")
    };
    assert!(doubts(&table(&cut(&gone)), UPHELD));
    assert!(!doubts(&table(&whole), UPHELD));
    let named = whole.replacen("尚未审结", "尚未审", 1);
    assert!(!doubts(&table(&named), UPHELD));
}

#[test]
fn the_number_of_a_page_below_a_banner_is_no_part_of_it() {
    const ISSUED: &str = "active_disclosure/normative_documents/issued";
    let table = |row: &str| {
        format!(
            "|信息内容\n|本年制发件数\n|本年废止件数\n|现行有效件数\n|规章\n|1\n|2\n|3\n|行政规范性文件\n{row}|第二十条第（五）项\n- 5 -\n|信息内容\n|本年处理决定数量\n|行政许可\n|4\n"
        )
    };
    assert!(doubts(&table("|195\n|208\n"), ISSUED));
    assert!(!doubts(&table("|182\n|195\n|208\n"), ISSUED));
}

#[test]
fn heads_that_name_no_column() {
    let table = |head: &str| format!("{HEADS}规章 |\n3 |\n5 |\n7 |\n{head}行政规范性文件 |\n1 |\n2 |\n4 |\n");
    const IN_FORCE: &str = "active_disclosure/normative_documents/in_force";
    assert!(doubts(&table("信息内容 |\n"), IN_FORCE));
    assert!(!doubts(&table("信息内容 |\n"), RULES));
    assert!(!doubts(&table(HEADS), IN_FORCE));
}

#[test]
fn a_bar_before_a_line_of_words_may_be_theirs() {
    let table = |bar: &str| {
        format!(
            "|信息内容\n|本年制发件数\n|本年废止件数\n|现行有效件数\n|规章\n|5\n|7\n{bar}\n版权所有 某某网\n|行政规范性文件\n|1\n|2\n|4\n"
        )
    };
    assert!(doubts(&table("|"), RULES));
    assert!(!doubts(&table("|9"), RULES));
    assert!(!doubts(&table("|").replace("版权所有 某某网\n", ""), RULES));
}

#[test]
fn a_row_is_no_evidence_for_itself() {
    const CHANGE: &str = "active_disclosure/administrative_fees/change";
    let table = |fees: &str, procurement: &str| {
        format!(
            "|信息内容||本年新制作数量||本年新公开数量||对外公开总数量|\n|规章||1||2||4|\n|规范性文件||1||2||4|\n|信息内容||上一年项目数量||本年增/减|\n\
             |行政事业性收费||377||377{fees}\n|信息内容||采购项目数量||采购总金额（单位：万元）|\n|政府集中采购||403||0{procurement}\n"
        )
    };
    assert!(doubts(&table("|||", "|"), CHANGE));
    assert!(!doubts(&table("|||", "|||"), CHANGE));
    assert!(!doubts(&table("|", "|"), CHANGE));
}

#[test]
fn a_figure_in_the_cell_of_the_next_label() {
    const LICENSING: &str = "active_disclosure/licensing/decisions";
    let table = |label: &str| {
        format!(
            "信息内容 | 本年处理决定数量 |\n行政许可 | 2 |\n{label} | 325 |\n行政强制 | 364 |\n信息内容 | 本年收费金额（单位：万元） |\n行政事业性收费 | 260 |\n"
        )
    };
    assert!(doubts(&table("47 行政处罚"), LICENSING));
    assert!(doubts(&table("4 行政处罚"), LICENSING));
    assert!(!doubts(&table("4.行政处罚"), LICENSING));
    assert!(!doubts(&table("行政处罚"), LICENSING));
}

#[test]
fn few_doubled_bars() {
    let cut =
        |row: &str| format!("|信息内容||本年新制作数量||本年新公开数量||对外公开总数量|\n|规章|{row}\n");
    const MADE: &str = "active_disclosure/rules/newly_made";
    assert!(doubts(&cut("|||"), MADE));
    assert!(!doubts(&cut("|1||2||4|"), MADE));
}

#[test]
fn words_in_the_cell_of_a_figure() {
    let table = |words: &str| {
        format!(
            "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n3\n|\n|\n5\n{words}|\n|\n行政规范性文件\n|\n1\n|\n2\n|\n4\n|\n"
        )
    };
    const ISSUED: &str = "active_disclosure/rules/issued";
    assert!(doubts(&table("打印本页 关闭窗口\n"), ISSUED));
    let whole = table("").replacen("5\n|\n|\n", "5\n|\n", 1);
    assert!(!doubts(&whole, ISSUED));
}

#[test]
fn an_empty_cell_before_words_of_no_table() {
    let table = |blank: &str, words: &str| {
        format!(
            "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n3\n|\n5\n|\n{blank}{words}行政规范性文件\n|\n1\n|\n2\n|\n4\n|\n"
        )
    };
    assert!(doubts(&table("|\n", "版权所有 某某网\n|\n"), RULES));
    assert!(!doubts(&table("|\n", ""), RULES));
    assert!(!doubts(&table("7\n|\n", "版权所有 某某网\n|\n"), RULES));
}

/// Table 二 of version 2.0 of the extractor: a lone bar begins each row.
fn barred(rules: &str, banner: &str, fees: &str) -> String {
    format!(
        "|\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n|\n规章 |\n{rules}|\n行政规范性文件 |\n1 |\n2 |\n4 |\n|\n第二十条第（五）项 |\n{banner}|\n\
         信息内容 |\n本年处理决定数量 |\n||\n|\n行政许可 |\n9 |\n||\n|\n第二十条第（八）项 |\n|||\n|\n信息内容 |\n本年收费金额（单位：万元） |\n||\n|\n行政事业性收费 |\n{fees}"
    )
}

#[test]
fn a_figure_that_has_changed_places_with_the_pad_of_a_banner() {
    const FEES: &str = "active_disclosure/administrative_fees/fees_collected";
    assert!(doubts(&barred("3 |\n5 |\n7 |\n", "260 |\n", "|||\n"), FEES));
    assert!(!doubts(&barred("3 |\n5 |\n7 |\n", "|||\n", "|||\n"), FEES));
    assert!(!doubts(&barred("3 |\n5 |\n7 |\n", "|||\n", "260 |\n"), FEES));
}

#[test]
fn a_row_of_nothing_but_a_pad_where_a_banner_stands() {
    const LICENSING: &str = "active_disclosure/licensing/decisions";
    let swapped = barred("3 |\n5 |\n7 |\n", "|||\n", "260 |\n")
        .replace("第二十条第（八）项", "？")
        .replace("行政许可", "第二十条第（八）项")
        .replace('？', "行政许可");
    assert!(doubts(&swapped, LICENSING));
    let blank = barred("3 |\n5 |\n7 |\n", "|||\n", "260 |\n").replace("9 |\n||\n", "|||\n");
    assert!(!doubts(&blank, LICENSING));
}

#[test]
fn the_bar_of_a_row_that_is_gone() {
    let table =
        |rules: &str, next: &str| barred(rules, "|||\n", "260 |\n").replacen("行政规范性文件 |", next, 1);
    // The bar behind the row begins what stands below, whatever that is.
    assert!(doubts(&table("3 |\n5 |\n", "信息内容 |"), RULES));
    assert!(!doubts(&table("3 |\n5 |\n7 |\n", "行政规范性文件 |"), RULES));
}

#[test]
fn nothing_of_a_unit_that_is_not_known() {
    const FEES: &str = "active_disclosure/administrative_fees/fees_collected";
    let table = |head: &str| {
        format!("信息内容| 本年处理决定数量\n行政处罚| 1\n行政强制| 2\n信息内容| {head}\n行政事业性收费| 0\n")
    };
    assert!(doubts(&table("本年收费金额（单位：万\n元）"), FEES));
    assert!(!doubts(&table("本年收费金额（单位：万元）"), FEES));
    assert!(!doubts(&table("本年收费金额"), FEES));
}

#[test]
fn a_row_before_a_banner_in_one_line() {
    const FEES: &str = "active_disclosure/administrative_fees/previous_items";
    let table = |end: &str| {
        format!(
            "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n| --- | --- | --- | --- |\n| 规章 | 1 | 2 | 4 |\n| 信息内容 | 上一年项目数量 | 本年增/减 |  |\n\
             | 行政事业性收费 | 390 |  |{end}| 第二十条第（九）项 |  |  |  |\n| 信息内容 | 采购项目数量 | 采购总金额（单位：万元） |  |\n| 政府集中采购 | 0 | 416 |  |\n"
        )
    };
    assert!(doubts(&table(" "), FEES));
    assert!(!doubts(&table("  |\n"), FEES));
}

#[test]
fn a_figure_too_long_for_a_page() {
    const ISSUED: &str = "active_disclosure/rules/issued";
    let table =
        |line: &str| format!("{HEADS}规章 |\n3 |\n5 |\n7 |\n{line}\n行政规范性文件 |\n1 |\n2 |\n4 |\n");
    assert!(doubts(&table("2018"), ISSUED));
    assert!(!doubts(&table("12"), ISSUED));
}

#[test]
fn heads_of_organisations_read_as_one_row_in_another_order() {
    const TOTAL: &str = "requests/new_received/total";
    let table = |heads: &str| {
        format!(
            "申请人情况 |\n自然人 |\n法人或其他组织 |\n{heads}一、本年新收政府信息公开申请数量 |\n1 |\n2 |\n3 |\n4 |\n5 |\n6 |\n21 |\n"
        )
    };
    let organisations = "商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n";
    assert!(doubts(&table(&format!("其他 |\n{organisations}总计 |\n")), TOTAL));
    assert!(!doubts(&table(&format!("{organisations}其他 |\n总计 |\n")), TOTAL));
    assert!(!doubts(&table(&format!("总计 |\n{organisations}其他 |\n")), TOTAL));
}

#[test]
fn a_row_before_a_banner_in_a_line_of_tabs() {
    const ISSUED: &str = "active_disclosure/normative_documents/newly_disclosed";
    let table = |end: &str| {
        format!(
            "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t1\t2\t4\n规范性文件\t182\t182\t0{end}第二十条第（五）项\n\
             信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t221\t234\t0\n其他对外管理服务事项\t1\t2\t3\n行政处罚\t1\t2\t3\n行政强制\t1\t2\t3\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n"
        )
    };
    assert!(doubts(&table("\t "), ISSUED));
    assert!(!doubts(&table("\n"), ISSUED));
}

#[test]
fn one_of_two_rows_of_one_wording_below_a_label_in_doubt() {
    const REVIEWS: &str = "statistics/reviews.corrected/value";
    let table = |label: &str| {
        format!(
            "政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n（一）维持具体行政行为数 | 件 | 1 |\n（二）被依法纠错数 | 件 | 676 |\n（三）其他情形数 | 件 | 3 |\n五、行政诉讼数量 | 件 | 4 |\n\
             {label}（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 4 |\n（二）被依法纠错数 | 件 | 5 |\n"
        )
    };
    assert!(doubts(&table("（三）其他情形数 "), REVIEWS));
    assert!(!doubts(&table(""), REVIEWS));
}

#[test]
fn a_row_of_other_words_between_two_of_one_wording() {
    const REVIEWS: &str = "statistics/reviews.other/value";
    let table = |row: &str| {
        format!(
            "政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n（一）维持具体行政行为数 | 件 | 1 |\n（二）被依法纠错数 | 件 | 2 |\n{row}（三）其他情形数 | 件 | 3 |\n"
        )
    };
    assert!(doubts(&table("政诉讼数量 | 件 | 6 |\n"), REVIEWS));
    assert!(!doubts(&table(""), REVIEWS));
}

#[test]
fn a_group_with_figures_before_the_second_of_its_parts() {
    const OTHER: &str = "requests/other_handling/total";
    let heads = "申请人情况 |\n自然人 |\n法人或其他组织 |\n总计 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n";
    let table = |label: &str| {
        let figures = figures(7);
        format!("{heads}（六）其他处理 |\n{figures}{label} |\n{figures}（七）总计 |\n{figures}")
    };
    assert!(doubts(
        &table("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        OTHER
    ));
    assert!(!doubts(&table("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"), OTHER));
}

#[test]
fn a_pad_that_no_other_row_bears_out() {
    const OPEN: &str = "active_disclosure/rules/newly_disclosed";
    let table = |row: &str, next: &str| {
        format!(
            "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |  |\n| 规章 | {row} |  |\n| 规范性文件 | 182{next}"
        )
    };
    assert!(doubts(&table(" |  | 156", ""), OPEN));
    assert!(!doubts(&table("3 | 4 | 156", ""), OPEN));
}

/// The heads of table 三, a cell a line.
const APPLICANTS: &str = "申请人情况 |\n自然人 |\n法人或其他组织 |\n总计 |||||||\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |||||\n";

#[test]
fn a_figure_between_the_labels_of_a_group_and_of_its_row() {
    const HELD: &str = "requests/unable.not_held/total";
    let table = |between: &str| {
        format!(
            "{APPLICANTS}三、本年度办理结果 |\n（一）予以公开 |\n{}（四）无法提供 |\n{between}1.本机关不掌握相关政府信息 |\n{}",
            figures(7),
            figures(7)
        )
    };
    assert!(doubts(&table("2496 |\n"), HELD));
    assert!(!doubts(&table(""), HELD));
}

#[test]
fn a_label_behind_the_pads_of_the_row_above() {
    const GRANTED: &str = "requests/granted/total";
    let table = |end: &str| {
        let row = figures(6);
        format!(
            "{APPLICANTS}（一）予以公开 |\n{row}7 | |{end}（二）部分公开 |\n{row}7 | |\n（三）不予公开 |\n{row}7 |\n"
        )
    };
    assert!(doubts(&table(" "), GRANTED));
    assert!(!doubts(&table("\n"), GRANTED));
}

#[test]
fn the_number_of_a_page_in_the_place_of_a_figure() {
    let table = |cell: &str| format!("{HEADS}规章 |\n3 |\n{cell} |\n5 |\n行政规范性文件 |\n1 |\n2 |\n4 |\n");
    assert!(doubts(&table("—5—"), RULES));
    assert!(!doubts(&table("—"), RULES));
}

#[test]
fn a_figure_among_the_heads_of_table_four() {
    let table = |heads: &str| format!("{heads}{}", figures(15));
    assert!(doubts(&table(&review("").replacen("结果维持 |", "--- |\n结果维持 |", 1)), UPHELD));
    assert!(!doubts(&table(&review("")), UPHELD));
}

#[test]
fn a_label_below_the_words_it_begins_with() {
    const INTERVIEWS: &str = "statistics/response.channel.online_interviews/value";
    let table = |words: &str| {
        format!(
            "统计指标 |\n单位 |\n统计数 |\n2.新闻发布会次数 |\n次 |\n3 |\n{words}\n政府网站在线访谈次数 |\n次 |\n4 |\n政策解读稿件发布数 |\n篇 |\n5 |\n"
        )
    };
    assert!(doubts(&table("其中：主要负责同志参加"), INTERVIEWS));
    assert!(!doubts(&table("续表"), INTERVIEWS));
}

#[test]
fn the_next_of_two_rows_in_a_line_of_tabs() {
    const GRANTED: &str = "requests/granted/total";
    let above = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t1\t2\t4\n行政规范性文件\t1\t2\t4\n行政许可\t1\n行政处罚\t2\n行政强制\t3\n";
    let heads = "自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n";
    let table = |end: &str| {
        let row = "1\t2\t3\t4\t5\t6";
        format!(
            "{above}{heads}（一）予以公开\t{row}\t21{end}（二）部分公开\t{row}\t21\n1.属于国家秘密\t{row}\t21\n2.其他法律行政法规禁止公开\t{row}\t21\n"
        )
    };
    assert!(doubts(&table("\t "), GRANTED));
    assert!(!doubts(&table("\n"), GRANTED));
}

#[test]
fn a_figure_that_may_be_the_number_of_the_next_label() {
    const FILES: &str = "requests/denied.process_information/total";
    let table =
        |last: &str| format!("{APPLICANTS}（三）不予公开 |\n6.属于四类过程性信息 |\n{}{last}", figures(6));
    assert!(doubts(&table("7"), FILES));
    assert!(doubts(&table("7\n"), FILES));
    assert!(!doubts(&table("7 |\n"), FILES));
}

#[test]
fn a_bar_on_either_side_of_the_line_end_behind_a_label() {
    const GRANTED: &str = "requests/granted/natural_person";
    let heads = "|  |  |  | 自然人 | 法人或其他组织 | 总计 |\n|  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n";
    let table = |end: &str| {
        let row = "1 | 2 | 3 | 4 | 5 | 6 | 21 |\n";
        format!(
            "{heads}| （一）予以公开 |{end}{row}| （二）部分公开 | {row}| （三）不予公开 | 1.属于国家秘密 | {row}"
        )
    };
    assert!(doubts(&table("\n| "), GRANTED));
    assert!(!doubts(&table(" "), GRANTED));
}

#[test]
fn a_filler_of_the_only_row_that_has_one() {
    const PARTLY: &str = "requests/partially_granted/natural_person";
    let table = |cells: &str| {
        format!(
            "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n|  | （二）部分公开 |  | {cells} |\n|  | （三）不予公开 | 1.属于国家秘密 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n|  |  | 2.其他法律行政法规禁止公开 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |\n"
        )
    };
    assert!(doubts(&table("1 | 2 | 3 | 4 | 5 | 21"), PARTLY));
    assert!(!doubts(&table("1 | 2 | 3 | 4 | 5 | 6 | 21"), PARTLY));
}

#[test]
fn the_rest_of_a_label_before_figures_elsewhere() {
    const CREATION: &str = "requests/unable.needs_creation/total";
    let table = |rest: &str| {
        format!(
            "{APPLICANTS}（四）无法提供 |\n2.没有现成信息 |\n|||||||\n3.补正后申请内容仍不明确 |\n{}{rest} |\n{}",
            figures(7),
            figures(7)
        )
    };
    assert!(doubts(&table("需要另行制作"), CREATION));
    assert!(!doubts(&table("本单位自设"), CREATION));
}

#[test]
fn a_figure_without_its_bar_above_the_first_label() {
    let table = |above: &str| {
        format!(
            "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n{above}规章\n|\n1\n|\n2\n|\n4\n|\n行政规范性文件\n|\n1\n|\n2\n|\n4\n|\n"
        )
    };
    assert!(doubts(&table("43\n"), RULES));
    assert!(!doubts(&table(""), RULES));
}

#[test]
fn the_title_of_a_section_behind_the_pads_of_a_row() {
    const AMOUNT: &str = "active_disclosure/government_procurement/procurement_amount";
    let table = |end: &str| {
        format!(
            "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n| 行政许可 | 1 | 2 | 3 |\n| 信息内容 | 采购项目数量 | 采购总金额（单位：万元） | |\n| 政府集中采购 | 416 | | |{end}三、收到和处理政府信息公开申请情况\n"
        )
    };
    assert!(doubts(&table(""), AMOUNT));
    assert!(!doubts(&table("\n"), AMOUNT));
}
