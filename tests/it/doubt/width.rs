//! Rows whose width is another than that of their heads, or of the rows around them.

use super::{RULES, doubts, figures};

#[test]
fn a_grid_that_has_lost_a_column() {
    const NEW: &str = "requests/new_received/total";
    let table = |new: &str, granted: &str| {
        format!(
            "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n\
             |  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n\
             | 一、本年新收政府信息公开申请数量 |  |  | {new} |\n\
             | 三、本年度办理结果 | （一）予以公开 |  | {granted} |\n"
        )
    };
    assert!(doubts(&table("1453 |  | 8523 |  | 27 | ", "6 | 4 |  |  | 645 | "), NEW));
    assert!(!doubts(&table("1453 |  | 8523 |  | 27 |  | 9", "6 | 4 |  |  | 645 |  | 8"), NEW));
}

#[test]
fn an_empty_cell_in_a_row_narrower_than_its_heads() {
    const CHANGE: &str = "active_disclosure/administrative_fees/change";
    let table = |row: &str| {
        format!(
            "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n| --- | --- | --- | --- |\n| 规章 | 2 | 3 |\n| 规范性文件 | 5 | 6 |\n\
             | 信息内容 | 上一年项目数量 | 本年增/减 |  |\n| 行政事业性收费 | {row}\n"
        )
    };
    // The last one may be that of the heads, and 363 the second figure.
    assert!(doubts(&table("363 |  |"), CHANGE));
    assert!(!doubts(&table("363 | 5 |"), CHANGE));
}

#[test]
fn a_row_broader_than_its_heads() {
    let table = |row: &str| {
        format!(
            "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| --- | --- | --- | --- |\n| 规章 | {row} |\n| 行政规范性文件 | 182 | 15\n135 | 208 |\n\
             | 信息内容 | 本年处理决定数量 |  |  |\n| 行政许可 | 221 |  |  |\n"
        )
    };
    assert!(doubts(&table("143 | 156 | 156 | "), RULES));
    assert!(!doubts(&table("143 | 156 | 156"), RULES));
}

#[test]
fn two_bars_on_a_line_where_each_cell_has_one() {
    const DENIED: &str = "requests/denied.third_party_rights/total";
    let table = |bars: &str| {
        let heads = "申请人情况 |\n自然人 |\n法人或其他组织 |\n总计 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n";
        let figures = figures(7);
        format!(
            "{heads}（三）不予公开 |\n3.危及“三安全一稳定” |\n{figures}|\n4.保护第三方合法权益 |\n365 |\n378 |\n404 |\n{bars}\n5.属于三类内部事务信息 |\n{figures}|\n"
        )
    };
    assert!(doubts(&table("|\n430 |\n443 |\n| |"), DENIED));
    assert!(!doubts(&table("|\n430 |\n443 |\n|\n|"), DENIED));
}

#[test]
fn a_group_with_figures_before_a_row_of_another() {
    const OTHER: &str = "requests/other_handling/total";
    let heads = "申请人情况 |\n自然人 |\n法人或其他组织 |\n总计 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n";
    let table = |label: &str| {
        let figures = figures(7);
        format!("{heads}（六）其他处理 |\n{figures}{label} |\n{figures}")
    };
    assert!(doubts(&table("4.无正当理由大量反复申请"), OTHER));
    assert!(!doubts(&table("（七）总计"), OTHER));
}

#[test]
fn a_pad_below_a_row_that_shows_nothing() {
    let table = |rules: &str| {
        format!(
            "第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n规章 |\n{rules}行政规范性文件 |\n|||\n第二十条第（五）项 |\n|||\n"
        )
    };
    const ISSUED: &str = "active_disclosure/normative_documents/issued";
    assert!(doubts(&table(""), ISSUED));
    assert!(!doubts(&table("|||\n"), ISSUED));
    assert!(!doubts(&table("1 |\n2 |\n4 |\n"), ISSUED));
}

#[test]
fn a_row_of_blanks_below_one_with_figures_to_spare() {
    let table = |rules: &str| {
        format!(
            "第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n规章 |\n1 |\n2 |\n4 |\n{rules}行政规范性文件 |\n|||\n第二十条第（五）项 |\n|||\n"
        )
    };
    const ISSUED: &str = "active_disclosure/normative_documents/issued";
    assert!(doubts(&table("5 |\n6 |\n7 |\n"), ISSUED));
    assert!(!doubts(&table(""), ISSUED));
}

#[test]
fn a_column_without_a_head() {
    const NEWLY: &str = "active_disclosure/normative_documents/newly_made";
    let table = |column: [&str; 2]| {
        let [first, second] = column;
        format!(
            "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n| --- | --- | --- | --- |\n\
             | 规章 | {first}18 | 23 | 61 |\n| 规范性文件 | {second}1341 | 7546 |  |\n"
        )
    };
    assert!(doubts(&table(["70000 | ", "70003 | "]), NEWLY));
    assert!(!doubts(&table(["", ""]), NEWLY));
}

#[test]
fn the_only_row_is_broader_than_its_heads() {
    let table = |row: &str| {
        format!(
            "二、主动公开政府信息情况 | 第二十条第（一）项 |  |  |  |\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | {row} |\n| 行政规范性文件 | 182 | 195\n"
        )
    };
    assert!(doubts(&table("143 | 143 | 156 | "), RULES));
    assert!(!doubts(&table("143 | 143 | 156"), RULES));
}
