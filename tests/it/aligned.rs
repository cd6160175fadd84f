//! Tables whose columns spaces line up: an empty cell is placed by where the others stand, or the row is in doubt.

use gongkai::diagnostic::Code;
use gongkai::document::Shape;
use gongkai::form::{Form, SchemaVersion, Table};
use gongkai::write::{Dialect, write_form};
use gongkai::{Figure, Parser, Report, parse};
use unicode_width::UnicodeWidthStr;

/// How a cell is put into its column.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Put {
    Left,
    Right,
    Middle,
    /// On the left, as wide as it has characters.
    ByCharacters,
}

const LABELS: &str = "二、主动公开政府信息情况\n第二十条第（一）项\n";
const HEADS: [&str; 4] = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"];

const REQUESTS: [&str; 6] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "1.属于国家秘密",
    "7.属于行政执法案卷",
    "四、结转下年度继续办理",
];

/// Table 二 with these rows, and table 三 so far as it takes to see that there are tables.
fn page(rows: &[[&str; 4]], put: Put) -> String {
    let mut text = String::from(LABELS);
    for row in core::iter::once(&HEADS).chain(rows) {
        text.push_str(&line(row, [16, 20, 20, 20], put));
    }
    text.push_str("三、收到和处理政府信息公开申请情况\n");
    text.push_str(&line(&["申请人情况", "自然人", "法人或其他组织"], [40, 8, 80], put));
    let heads = ["", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
    text.push_str(&line(&heads, [48, 16, 16, 16, 16, 16, 16], put));
    for (at, label) in REQUESTS.iter().enumerate() {
        let figures: Vec<String> = (1..8).map(|n| (10 * (at + 1) + n).to_string()).collect();
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        let cells: [&str; 8] =
            [label, figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6]];
        text.push_str(&line(&cells, [40, 8, 16, 16, 16, 16, 16, 16], put));
    }
    text
}

fn line<const N: usize>(cells: &[&str; N], widths: [usize; N], put: Put) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let free = width - if put == Put::ByCharacters { cell.chars().count() } else { cell.width() };
        let before = match put {
            _ if line.is_empty() => 0,
            Put::Left | Put::ByCharacters => 0,
            Put::Right => free,
            Put::Middle => free / 2,
        };
        line.push_str(&format!("{}{cell}{}", " ".repeat(before), " ".repeat(free - before)));
    }
    line.truncate(line.trim_end().len());
    line + "\n"
}

/// The figures of a row of table 二; `""` for a blank, `?` for nothing.
fn shown(report: &Report<'_>, row: &str) -> [String; 3] {
    ["issued", "repealed", "in_force"].map(|column| {
        let id = format!("active_disclosure/{row}/{column}");
        let (_, _, cell) = report.cells().find(|(_, spec, _)| spec.id.to_string() == id).expect("a cell");
        cell.span().map_or_else(|| "?".to_owned(), |span| report.text(span).to_owned())
    })
}

fn read(text: &str) -> Report<'_> {
    let report = parse(text).expect("a text");
    report.verify().unwrap_or_else(|violation| panic!("{violation}\n{text}"));
    report
}

fn is_lost(report: &Report<'_>, row: &str) -> bool {
    report.diagnostics().iter().any(|finding| {
        matches!(finding.code(), Code::POSITION_LOST | Code::SURPLUS_CELLS)
            && finding.cells().iter().all(|cell| cell.to_string().contains(row))
    })
}

#[test]
fn an_empty_cell_is_placed_by_its_column() {
    for put in [Put::Left, Put::Right, Put::Middle, Put::ByCharacters] {
        let rows = [["规章", "3", "", "7"], ["行政规范性文件", "", "1205", "12"]];
        let text = page(&rows, put);
        let report = read(&text);
        assert_eq!(shown(&report, "rules"), ["3", "", "7"], "{put:?}\n{text}");
        assert_eq!(shown(&report, "normative_documents"), ["", "1205", "12"], "{put:?}\n{text}");
        assert!(!is_lost(&report, "rules"), "{put:?}");
    }
}

#[test]
fn an_empty_cell_at_the_end_of_a_row_is_one_where_another_row_follows() {
    let text = page(&[["规章", "", "", ""], ["行政规范性文件", "1", "2", "4"]], Put::Left);
    assert_eq!(shown(&read(&text), "rules"), ["", "", ""]);
    let text = page(&[["规章", "3", "5", ""], ["行政规范性文件", "1", "2", ""]], Put::Left);
    let report = read(&text);
    assert_eq!(shown(&report, "rules"), ["3", "5", ""]);
    // The last row of a table may be cut off.
    assert_eq!(shown(&report, "normative_documents"), ["?", "?", "?"]);
    // A figure on the next line may be the rest of the row.
    let text = text.replace("行政规范性文件", "    4\n行政规范性文件");
    let report = read(&text);
    assert_eq!(shown(&report, "rules"), ["?", "?", "?"]);
    assert!(is_lost(&report, "rules"));
}

#[test]
fn a_row_that_does_not_line_up_is_in_doubt() {
    let rows = [["规章", "3", "", "7"], ["行政规范性文件", "1", "2", "4"]];
    let text = page(&rows, Put::Left);
    // One column off to the left, and two cells in the place of one.
    for damaged in
        [text.replacen("    7", "   7", 1), text.replacen("3                 ", "3  5              ", 1)]
    {
        assert_ne!(damaged, text);
        let report = read(&damaged);
        assert_eq!(shown(&report, "rules"), ["?", "?", "?"], "{damaged}");
        assert!(is_lost(&report, "rules"), "{damaged}");
        assert_eq!(shown(&report, "normative_documents"), ["1", "2", "4"], "{damaged}");
    }
}

#[test]
fn gaps_without_columns_separate_cells_in_order() {
    let mut text = String::from(
        "二、主动公开政府信息情况\n信息内容  本年制发件数  本年废止件数  现行有效件数\n\
         规章   3    5  7\n行政规范性文件     1   2    4\n",
    );
    for (at, label) in ["行政许可", "行政处罚", "行政强制", "行政许可"].iter().enumerate() {
        text.push_str(&format!("信息内容  本年处理决定数量\n{label}{}3{at}\n", " ".repeat(at + 3)));
    }
    let report = read(&text);
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"], "{text}");
    assert_eq!(shown(&report, "normative_documents"), ["1", "2", "4"], "{text}");
}

#[test]
fn a_small_table_without_bars_is_one_where_the_caller_says_so() {
    let text =
        "二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t2\t\t19\n";
    assert!(parse(text).expect("a report").form().is_none());
    let report = Parser::new().shape(Shape::NoBars).parse(text).expect("a report");
    report.verify().expect("a report in order");
    let shown: Vec<Figure> = report.cells().take(3).map(|(_, _, cell)| cell.figure()).collect();
    assert_eq!(shown, [Figure::Number(2.into()), Figure::Blank, Figure::Number(19.into())]);
    // Bars are not looked away from.
    let report = Parser::new().shape(Shape::NoBars).parse("行政许可 | 12 |\n").expect("a report");
    let found = report.cells().find(|(_, _, cell)| cell.figure() != Figure::Missing);
    assert_eq!(found.map(|(_, _, cell)| cell.figure()), Some(Figure::Number(12.into())));
}

/// As inscriptis prints it: nothing is kept free for a label that spans rows, so that a row with one stands a column to the right.
const SHIFTED: &str = "\
三、收到和处理政府信息公开申请情况
    自然人                                 法人或其他组织         总计
                                        商业企业            科研机构    社会公益组织  法律服务机构  其他
    一、本年新收政府信息公开申请数量                    9，629                   87      7，843                  0
    二、上年结转政府信息公开申请数量                                    47      0       8，764          42      328
    三、本年度办理结果                           （一）予以公开                                 4，367          679     127
    （二）部分公开（区分处理的，只计这一情形，不计其他情形）        0               61      957     14      0      7，354
    （三）不予公开                             1、属于国家秘密        0       0               8      74      8，905
    2、其他法律行政法规禁止公开                      8，640                   114     97，670  12             0
    3、危及“三安全一稳定”                                        0       88      16             0       0
    4、保护第三方合法权益                                         343     53              9      11，400
    5、属于三类内部事务信息                        11                      7，008           442    235     0
";

#[test]
fn a_label_among_the_columns_shifts_its_row() {
    let report = read(SHIFTED);
    assert!(is_lost(&report, "denied.state_secret"));
    // A row without one does not.
    assert!(!is_lost(&report, "denied.prohibited_by_law"));
}

#[test]
fn a_mark_right_behind_a_label_may_be_its_first_value() {
    let text = page(&[["规章", "/", "/", "7"], ["行政规范性文件", "1", "2", "4"]], Put::Left);
    assert_eq!(shown(&read(&text), "rules"), ["/", "/", "7"]);
    for mark in ["/", "-", "—"] {
        let gap = " ".repeat(12);
        let damaged = text.replacen(&format!("规章{gap}/"), &format!("规章{mark}{gap}"), 1);
        assert_ne!(damaged, text);
        let report = read(&damaged);
        assert_eq!(shown(&report, "rules"), ["?", "?", "?"], "{damaged}");
        assert!(is_lost(&report, "rules"), "{damaged}");
    }
    // All of its values are gone, but for that one.
    let text = page(&[["规章/", "", "", ""], ["行政规范性文件", "1", "2", "4"]], Put::Left);
    let report = read(&text);
    assert_eq!(shown(&report, "rules"), ["?", "?", "?"]);
    assert!(is_lost(&report, "rules"));
    // A mark within a label is none of its values.
    let text = page(&[["规章/规定", "3", "", "7"], ["行政规范性文件", "1", "2", "4"]], Put::Left);
    assert!(!is_lost(&read(&text), "normative_documents"));
}

/// In table 四, whose one row has no label.
#[test]
fn a_figure_alone_below_the_heads_may_be_the_number_of_a_page() {
    let cells = SchemaVersion::V2021.cells().iter().zip(11_i64..);
    let form = Form::from_cells(
        SchemaVersion::V2021,
        cells.map(|(spec, n)| (spec.id, Figure::Number(n.into()), spec.unit)),
    );
    let whole = write_form(&form, Dialect::Aligned).expect("a form of figures");
    let (above, figures) = whole.trim_end().rsplit_once('\n').expect("more than one line");
    let shown = |line: &str| {
        let text = format!("{above}\n{line}\n");
        let report = parse(&text).expect("within the limit");
        let mut of_table = report.cells().filter(|(_, spec, _)| spec.id.table() == Table::ReviewLitigation);
        of_table.next().map(|(_, _, cell)| cell.figure())
    };
    assert_eq!(shown("5"), Some(Figure::Missing));
    assert!(matches!(shown(figures), Some(Figure::Number(_))));
}
