//! Shapes in which real extractors print a table, beside those that the writer knows.

use gongkai::form::Figure;
use gongkai::{Report, parse};
use unicode_width::UnicodeWidthStr;

fn read(text: &str) -> Report<'_> {
    let report = parse(text).expect("within the limit");
    report.verify().unwrap_or_else(|violation| panic!("{violation}"));
    report
}

/// What is read for a cell; nothing where a finding names it.
fn shown(report: &Report<'_>, cell: &str) -> Option<Figure> {
    let named =
        report.diagnostics().iter().flat_map(|finding| finding.cells()).any(|id| id.to_string() == cell);
    let found = report.cells().find(|(_, spec, _)| spec.id.to_string() == cell);
    found.map(|(_, _, cell)| cell.figure()).filter(|_| !named)
}

fn number(figure: i64) -> Option<Figure> {
    Some(Figure::Number(figure.into()))
}

const ISSUED: &str = "active_disclosure/rules/issued";
const REPEALED: &str = "active_disclosure/rules/repealed";
const IN_FORCE: &str = "active_disclosure/rules/in_force";

/// resiliparse: two tabs between cells, four for an empty one, which may break the line.
#[test]
fn two_tabs_between_cells() {
    let table = |row: &str| {
        format!(
            "信息内容\t\t本年制发件数\t\t本年废止件数\t\t现行有效件数\n规章\t\t{row}\n行政规范性文件\t\t1\t\t2\t\t4\n\
             信息内容\t\t本年处理决定数量\n行政许可\t\t5\n行政处罚\t\t6\n行政强制\t\t7\n\
             信息内容\t\t本年收费金额\n行政事业性收费\t\t8\n"
        )
    };
    let text = table("3\t\t\t\t9");
    let report = read(&text);
    assert_eq!(shown(&report, ISSUED), number(3));
    assert_eq!(shown(&report, REPEALED), Some(Figure::Blank));
    assert_eq!(shown(&report, IN_FORCE), number(9));
    let text = table("3\n\n\u{a0}\n\n\t\t9");
    let report = read(&text);
    assert_eq!(
        [ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id)),
        [number(3), Some(Figure::Blank), number(9)]
    );
    // One tab between cells, two for an empty one.
    let single = table("3\t\t\t\t9").replace("\t\t", "\t");
    assert_eq!(shown(&read(&single), REPEALED), Some(Figure::Blank));
}

/// trafilatura 1.6 to 1.9: bars on lines of their own between the cells of a row, and none behind the last.
#[test]
fn rows_without_their_last_bar() {
    let text = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n规章\n|\n1\n|\n2\n|\n3\n行政规范性文件\n|\n4\n|\n5\n|\n6\n\
                第二十条第（五）项\n信息内容\n|\n本年处理决定数量\n行政许可\n|\n7\n第二十条第（六）项\n信息内容\n|\n本年处理决定数量\n行政处罚\n|\n8\n";
    let report = read(text);
    assert_eq!([ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id)), [number(1), number(2), number(3)]);
    assert_eq!(shown(&report, "active_disclosure/licensing/decisions"), number(7));
    // One bar that is lost puts its row in doubt.
    let whole = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n1\n|\n2\n|\n3\n行政规范性文件\n|\n4\n|\n5\n|\n6\n|\n";
    assert_eq!(shown(&read(whole), IN_FORCE), None);
}

/// Where pads stand on lines of their own, one bar at the end of a row may be one.
#[test]
fn pads_on_lines_of_their_own() {
    let table = |pads: &str| {
        format!(
            "第二十条第（一）项\n|\n{pads}信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n5\n|\n0\n|\n|\n行政规范性文件\n|\n1\n|\n2\n|\n4\n|\n"
        )
    };
    assert_eq!(shown(&read(&table("|||\n")), REPEALED), None);
    assert_eq!(shown(&read(&table("")), REPEALED), number(0));
}

/// A column of serial numbers, each cell on its line: a number belongs to the label below it.
#[test]
fn serial_numbers_on_lines_of_their_own() {
    const FAX: &str = "statistics/applications.received.fax/value";
    const ONLINE: &str = "statistics/applications.received.online/value";
    let rows = |fax: &str, bar: &str, end: &str| {
        let cells = [
            ["序号", "统计指标", "单位", "统计数"],
            ["21", "（一）收到申请数", "件", "270"],
            ["22", "1.当面申请数", "件", "60"],
            ["23", "2.传真申请数", "件", fax],
            ["24", "3.网络申请数", "件", "80"],
            ["25", "4.信函申请数", "件", "90"],
        ];
        let filled = |row: [&str; 4]| {
            row.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("{cell}{bar}")).collect::<String>()
        };
        cells.map(|row| filled(row) + end).concat()
    };
    for (bar, end) in [(" |\n", ""), ("|\n", ""), ("\n|\n", ""), ("\n\n", "")] {
        let text = rows("70", bar, end);
        assert_eq!(shown(&read(&text), FAX), number(70), "{text}");
        assert_eq!(shown(&read(&text), ONLINE), number(80), "{text}");
        let dropped = rows("", bar, end);
        assert_eq!(shown(&read(&dropped), FAX), None, "{dropped}");
        assert_eq!(shown(&read(&dropped), ONLINE), number(80), "{dropped}");
    }
}

/// The same, each row a line whose cells stand apart by tabs or by gaps.
#[test]
fn serial_numbers_in_a_column_without_bars() {
    const IN_PERSON: &str = "statistics/applications.received.in_person/value";
    const FAX: &str = "statistics/applications.received.fax/value";
    const ONLINE: &str = "statistics/applications.received.online/value";
    let rows = |head: &str, fax: &str, gap: &dyn Fn(usize) -> String| {
        let cells = [
            [head, "统计指标", "单位", "统计数"],
            ["21", "（一）收到申请数", "件", "270"],
            ["22", "1.当面申请数", "件", "60"],
            ["23", "2.传真申请数", "件", fax],
            ["24", "3.网络申请数", "件", "80"],
            ["25", "4.信函申请数", "件", "90"],
            ["26", "（二）申请办结数", "件", "130"],
            ["27", "1.按时办结数", "件", "110"],
        ];
        let widths = [6, 24, 6, 0];
        let line = |row: [&str; 4]| {
            let cells = row.iter().zip(widths).filter(|(cell, _)| !cell.is_empty());
            let line: String = cells
                .map(|(cell, width)| format!("{cell}{}", gap(width.max(cell.width()) - cell.width())))
                .collect();
            line.trim_end().to_owned() + "\n"
        };
        cells.map(line).concat()
    };
    let gaps: [&dyn Fn(usize) -> String; 2] = [&|_| "\t".to_owned(), &|width| " ".repeat(width)];
    for gap in gaps {
        let text = rows("序号", "70", gap);
        let report = read(&text);
        let read_three = [IN_PERSON, FAX, ONLINE].map(|id| shown(&report, id));
        assert_eq!(read_three, [number(60), number(70), number(80)], "{text}");
        // A figure that is gone takes no other's place.
        let dropped = rows("序号", "", gap);
        let report = read(&dropped);
        assert!(!matches!(shown(&report, FAX), Some(Figure::Number(_))), "{dropped}");
        assert_eq!([IN_PERSON, ONLINE].map(|id| shown(&report, id)), [number(60), number(80)], "{dropped}");
        // Without their head nothing tells that the numbers are none of the figures above them.
        let headless = rows("项目", "", gap);
        let report = read(&headless);
        assert!(!matches!(shown(&report, FAX), Some(Figure::Number(_))), "{headless}");
    }
}

/// A number of a page before a label is no serial number.
#[test]
fn a_number_before_a_label_in_aligned_lines() {
    let text = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t3\t5\n12\t行政规范性文件\t1\t2\t4\n\
                信息内容\t本年处理决定数量\n行政许可\t7\n行政处罚\t8\n行政强制\t9\n";
    let report = read(text);
    assert_eq!([ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id)), [None, None, None]);
}

/// The first row of the pre-2019 table has the words of a section's title.
#[test]
fn a_row_that_is_named_as_a_section() {
    let text = "统计指标\n|\n单位\n|\n统计数\n|\n一、主动公开情况\n|\n—\n|\n—\n|\n（一）主动公开政府信息数\n|\n条\n|\n25\n|\n\
                2.政府网站公开政府信息数\n|\n条\n|\n14\n|\n";
    let report = read(text);
    assert_eq!(report.document().blocks().len(), 1);
    assert_eq!(shown(&report, "statistics/disclosure.items/value"), number(25));
}

/// trafilatura 2.0: a bar begins each line, but where a head is broken; before a figure it may be an empty cell.
#[test]
fn a_bar_that_may_begin_its_line_or_be_a_cell() {
    const UPHELD: &str = "review_litigation/administrative_review/upheld";
    let table = |row: &str| {
        format!(
            "| 行政复议 | 行政诉讼 | |||||||||||||\n| 结果 维持 |\n结果 纠正 |\n其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||||||\n\
             | 结果维持 | 结果 纠正 |\n其他 结果 |\n尚未审结 | 总计 | 结果维持 | 结果 纠正 |\n其他结果 | 尚未 审结 |\n总计 | |||||\n{row}\n"
        )
    };
    // Fourteen of fifteen cells.
    assert_eq!(
        shown(
            &read(&table("| 34 | 0 | 33 | 64 | 131 | 106 | - | / | 218 | 324 | 20 | 38 | 45 | 103 |")),
            UPHELD
        ),
        None
    );
    assert_eq!(
        shown(
            &read(&table("34 | 0 | 33 | 64 | 131 | 106 | - | / | 218 | 324 | 20 | 38 | 45 | 103 | 206 |")),
            UPHELD
        ),
        number(34)
    );
}

/// pandoc: a ruled grid, whose cells may have several lines.
#[test]
fn rows_of_several_lines_between_rules() {
    let text = "\
+-----------------------------------+---------+
| 统计指标                          | 统计数  |
+-----------------------------------+---------+
| 6.申请信息不存在数                | 5件     |
+-----------------------------------+---------+
| 7.                                | 70件    |
|                                   |         |
| 告知作出更改补充数                |         |
+-----------------------------------+---------+
| 8.告知通过其他途径办理数          | 6件     |
+-----------------------------------+---------+
";
    let report = read(text);
    assert_eq!(shown(&report, "statistics/applications.replied.correction_requested/value"), None);
    assert_eq!(shown(&report, "statistics/applications.replied.redirected/value"), number(6));
}

/// trafilatura 1.9 with formatting: an empty line between a cell and its bar, and between the parts of a cell.
#[test]
fn empty_lines_around_bars_on_lines_of_their_own() {
    let cells = |cells: &[&str]| cells.iter().map(|cell| format!("{cell}\n\n|\n")).collect::<String>();
    let text = [
        "第二十条第（一）项\n\n|\n",
        &cells(&["信息内容", "本年制发\n\n件数", "本年废止件数", "现行有效件数", "规章", "3", "", "9"]),
        &cells(&["行政规范性文件", "1", "2", "4", "第二十条第（五）项", "信息内容", "本年处理决定数量"]),
        &cells(&["行政许可", "5"]),
        "\n三、收到和处理政府信息公开申请情况\n",
    ]
    .concat();
    let report = read(&text);
    assert_eq!(shown(&report, ISSUED), number(3));
    assert_eq!(shown(&report, REPEALED), Some(Figure::Blank));
    assert_eq!(shown(&report, IN_FORCE), number(9));
    assert_eq!(shown(&report, "active_disclosure/normative_documents/in_force"), number(4));
    assert_eq!(shown(&report, "active_disclosure/licensing/decisions"), number(5));
}

/// Cells as lines, all their figures in full width.
#[test]
fn lines_of_full_width_figures() {
    let text = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n１\n２\n１３\n行政规范性文件\n４\n５\n６\n\
                信息内容\n本年处理决定数量\n行政许可\n７\n行政处罚\n８\n行政强制\n９\n";
    let report = read(text);
    assert_eq!([ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id)), [number(1), number(2), number(13)]);
}

/// trafilatura 1.9.0 with heads in `th`: cells as lines, and a rule below the first row of heads.
#[test]
fn rules_among_cells_as_lines() {
    const UPHELD: &str = "review_litigation/administrative_review/upheld";
    const LAST: &str = "review_litigation/litigation_after_review/total";
    let with = |rule: &str, other: &str| {
        format!(
            "第二十条第（一）项\n信息内容\n本年制发件数\n{rule}本年废止件数\n现行有效件数\n规章\n1\n{other}3\n\
             行政规范性文件\n4\n5\n6\n信息内容\n本年处理决定数量\n行政许可\n7\n行政处罚\n8\n行政强制\n9\n\
             四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n行政复议\n行政诉讼\n{rule}{rest}",
            rest = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n未经复议直接起诉\n复议后起诉\n\
                    结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n\
                    11\n12\n13\n14\n50\n15\n16\n17\n18\n66\n19\n20\n21\n22\n82\n",
        )
    };
    for rule in ["", "---|\n", "---|---|\n", "|---|:--:|\n"] {
        let text = with(rule, "2\n");
        let report = read(&text);
        let rules = [ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id));
        assert_eq!(rules, [number(1), number(2), number(3)], "{text}");
        assert_eq!([UPHELD, LAST].map(|id| shown(&report, id)), [number(11), number(82)], "{text}");
    }
    // A mark without a bar is a cell, and one that looks like a rule leaves its row in doubt.
    let text = with("", "---\n");
    assert_eq!(shown(&read(&text), REPEALED), Some(Figure::NotApplicable));
    let text = with("", "---|\n");
    assert_eq!([ISSUED, REPEALED, IN_FORCE].map(|id| shown(&read(&text), id)), [None, None, None]);
}

/// html2text and others: Markdown would read a dash that begins a cell as an item or a rule.
#[test]
fn marks_that_markdown_escapes() {
    let lines = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n\\--\n2\n\\-3\n行政规范性文件\n4\n\\--\n6\n\
                 信息内容\n本年处理决定数量\n行政许可\n7\n行政处罚\n\\--\n行政强制\n9\n";
    for text in [lines.to_owned(), lines.replace('\n', " |\n")] {
        let report = read(&text);
        let rules = [ISSUED, REPEALED, IN_FORCE].map(|id| shown(&report, id));
        assert_eq!(rules[..2], [Some(Figure::NotApplicable), number(2)], "{text}");
        let in_force = report.cells().find(|(_, spec, _)| spec.id.to_string() == IN_FORCE);
        assert_eq!(in_force.map(|(_, _, cell)| cell.figure()), number(-3), "{text}");
        assert_eq!(
            shown(&report, "active_disclosure/penalties/decisions"),
            Some(Figure::NotApplicable),
            "{text}"
        );
    }
    // A stroke before something else is no escape.
    let other = lines.replace("\\-3", "\\3");
    assert_eq!(shown(&read(&other), IN_FORCE), None, "{other}");
}
