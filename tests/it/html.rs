//! Web pages: what their markup means, where their cells stand, and what is near to it.

use std::ops::Range;
use std::process::{Command, Stdio};

use gongkai::diagnostic::Code;
use gongkai::document::BlockKind;
use gongkai::form::{Cell, SectionId};
use gongkai::source::{DEFAULT_MAX_BYTES, Encoding, Source};
use gongkai::{Figure, Report, Span, parse_html};
use proptest::prelude::*;

/// The head of table 二 as many pages write it.
const HEAD: &str = "<h2>二、主动公开政府信息情况</h2><table><tr><td colspan=4>第二十条第（一）项</td></tr>\
    <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>";

const REQUESTS: &str = "<table><tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，\
    等于第三项加第四项之和）</td><td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td>\
    <td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>科研机构</td>\
    <td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>";

/// A report, checked.
fn read(page: &str) -> Report<'static> {
    read_bytes(page.as_bytes())
}

fn read_bytes(page: &[u8]) -> Report<'static> {
    let report = parse_html(page).expect("a page is a report");
    report.verify().unwrap_or_else(|violation| panic!("{violation}"));
    report
}

/// The page with `row` below the heads of table 二.
fn disclosure(row: &str) -> Report<'static> {
    read(&format!("{HEAD}{row}</table>"))
}

fn cell<'r>(report: &'r Report<'_>, id: &str) -> &'r Cell {
    let found = report.cells().find(|(_, spec, _)| spec.id.to_string() == id);
    found.unwrap_or_else(|| panic!("no cell {id}")).2
}

/// What the cells of a row of table 二 show: figures, `""` for a blank, `?` for nothing.
fn shown(report: &Report<'_>, row: &str) -> [String; 3] {
    ["issued", "repealed", "in_force"].map(|column| {
        let cell = cell(report, &format!("active_disclosure/{row}/{column}"));
        cell.span().map_or_else(|| "?".to_owned(), |span| report.text(span).to_owned())
    })
}

/// The codes but for rows that the piece of a form does not have.
fn codes(report: &Report<'_>) -> Vec<Code> {
    let codes = report.diagnostics().iter().map(|finding| finding.code());
    codes.filter(|code| *code != Code::MISSING_ROW).collect()
}

/// Whether a finding names the cell.
fn is_named(report: &Report<'_>, id: &str) -> bool {
    report.diagnostics().iter().any(|finding| finding.cells().iter().any(|cell| cell.to_string() == id))
}

fn text(page: &str) -> String {
    let source = Source::from_html(page.as_bytes(), None, DEFAULT_MAX_BYTES).expect("a page is a text");
    source.text().to_owned()
}

#[test]
fn a_cell_that_spans_stands_once() {
    let page = format!(
        "{REQUESTS}<tr><td colspan=3>一、本年新收政府信息公开申请数量<td>1<td>2<td>3<td>4<td>5<td>6<td>21\
         <tr><td rowspan=3>三、本年度办理结果<td colspan=2>（一）予以公开<td>7<td>8<td>9<td>10<td>11<td>12<td>57\
         <tr><td rowspan=2>（三）不予公开<td>1.属于国家秘密<td>13<td>14<td>15<td>16<td>17<td>18<td>93\
         <tr><td>2.其他法律行政法规禁止公开<td>19<td>20<td>21<td>22<td>23<td>24<td>129</table>"
    );
    let report = read(&page);
    assert_eq!(codes(&report), []);
    let total = |row: &str| cell(&report, &format!("requests/{row}/total")).number().map(|n| n.to_string());
    let rows = ["new_received", "granted", "denied.state_secret", "denied.prohibited_by_law"];
    assert_eq!(rows.map(total), ["21", "57", "93", "129"].map(|n| Some(n.to_owned())));
    let first = |row: &str| cell(&report, &format!("requests/{row}/natural_person")).number();
    assert_eq!(rows.map(first), [1, 7, 13, 19].map(|n| Some(n.into())));
}

#[test]
fn a_row_with_other_cells_than_its_heads_is_in_doubt() {
    for (row, code) in [
        ("<tr><td>规章<td colspan=2>3<td>7", Code::POSITION_LOST),
        ("<tr><td>规章<td>3<td>7", Code::POSITION_LOST),
        ("<tr><td>规章<td>3<td>5<td>7<td>9", Code::SURPLUS_CELLS),
    ] {
        let report = disclosure(&format!("{row}<tr><td>行政规范性文件<td>1<td>2<td>4"));
        assert_eq!(codes(&report), [code], "{row}");
        assert_eq!(shown(&report, "rules"), ["?", "?", "?"], "{row}");
        assert_eq!(shown(&report, "normative_documents"), ["1", "2", "4"], "{row}");
    }
}

#[test]
fn a_figure_that_spans_rows_is_not_shifted_into_the_next() {
    // The last cell makes up for the one that spans, in number.
    let report =
        disclosure("<tr><td>规章<td rowspan=2>3<td>5<td>7</tr><tr><td>行政规范性文件<td>5<td>7<td></tr>");
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
    assert_eq!(shown(&report, "normative_documents"), ["?", "?", "?"]);
    assert!(is_named(&report, "active_disclosure/normative_documents/issued"));
    // One row: it spans nothing.
    let report = disclosure("<tr><td>规章<td rowspan=1>3<td>5<td>7<tr><td>行政规范性文件<td>5<td>7<td>");
    assert_eq!(shown(&report, "normative_documents"), ["5", "7", ""]);
}

#[test]
fn text_is_what_the_page_shows() {
    for (cell, figure) in [
        ("<td>12</td>", "12"),
        ("<td><p><span><font>1</font></span><b>2</b></p></td>", "12"),
        ("<th>1&#50;</th>", "12"),
        ("<td>&nbsp;12&nbsp;<br></td>", "12"),
        ("<td>\n  <p>\r\n 12 </p>\n</td>", "12"),
        ("<td>1<!-- 3 -->2</td>", "12"),
        ("<td>1,2&#x33;4</td>", "1,234"),
        ("<td>2&lt;3</td>", "2<3"),
        ("<td>1<br>2</td>", "1 2"),
        ("<td><p>1</p><p>2</p></td>", "1 2"),
        ("<td>5<sup>1</sup></td>", "5 1"),
        ("<td><del>3</del>5</td>", "3 5"),
        ("<td>3|5</td>", "3｜5"),
        ("<td>3&#124;5</td>", "3｜5"),
        ("<td>&#47;</td>", "/"),
        ("<td><img src=5.gif></td>", "\u{FFFC}"),
        ("<td><input value=5></td>", "\u{FFFC}"),
        ("<td><img src=x.gif>5</td>", "5"),
        ("<td></td>", ""),
        ("<td>&nbsp;&#12288;<p></p></td>", ""),
    ] {
        let report = disclosure(&format!("<tr><td>规章</td><td>3</td><td>7</td>{cell}</tr>"));
        let expected = if figure == "\u{FFFC}" { ["?", "?", "?"] } else { ["3", "7", figure] };
        assert_eq!(shown(&report, "rules"), expected, "{cell}");
        let doubtful = figure.contains([' ', '｜', '<', '\u{FFFC}']);
        assert_eq!(is_named(&report, "active_disclosure/rules/in_force"), doubtful, "{cell}");
    }
}

#[test]
fn labels_may_be_broken() {
    let row = "<tr><th><p>行政规范性</p><p>文 件</p></th><td>1<td>2<td>3";
    assert_eq!(shown(&disclosure(row), "normative_documents"), ["1", "2", "3"]);
    let row = "<tr><td>行政规<br/>范性<span>文</span>件</td><td>1<td>2<td>3";
    assert_eq!(shown(&disclosure(row), "normative_documents"), ["1", "2", "3"]);
    let row = "<tr><td>规章<td>3<td>5<td>7<tr><td>行政规</td><td>范性文件</td><td>1<td>2<td>3";
    let report = disclosure(row);
    assert_eq!(shown(&report, "normative_documents"), ["?", "?", "?"]);
    assert!(is_named(&report, "active_disclosure/normative_documents/issued"));
}

#[test]
fn end_tags_may_be_left_out() {
    for row in [
        "<tr><td>规章<td>3<td>5<td>7",
        "<tr><td>规章<td><p>3<td><p>5<td><p>7<tr><td>行政规范性文件<td>1<td>2<td>4",
        "<tbody><tr><td>规章</td><td>3</td><td>5</td><td>7</td></tbody>",
        "<td>规章<td>3<td>5<td>7",
        "</tr></td><tr></p><td>规章</th><td>3</td></td><td>5</span><td>7</tr></tr>",
    ] {
        assert_eq!(shown(&disclosure(row), "rules"), ["3", "5", "7"], "{row}");
    }
    // A fragment that begins below the table's tag, and one that ends in a cell.
    let rows = HEAD.split_once("<table>").expect("a table").1;
    assert_eq!(shown(&read(&format!("{rows}<tr><td>规章<td>3<td>5<td>7")), "rules"), ["3", "5", "7"]);
    assert_eq!(shown(&read(&format!("{HEAD}<tr><td>规章<td>3<td>5<td>7</td")), "rules"), ["3", "5", "7"]);
    // Text between two cells leaves the row in doubt.
    let report = disclosure("<tr><td>规章</td><td>3</td>5<td>7</td><td>9</td></tr>");
    assert_eq!(shown(&report, "rules"), ["?", "?", "?"]);
}

#[test]
fn data_stand_in_the_innermost_tables() {
    let row = "<tr><td>规章<td>3<td>5<td>7</table>";
    let page = format!(
        "<table><tr><td>首页<td>公开</table><table><tr><td><table><tr><td>导航<td><h1>某局2023年政府信息公开工作年度报告</h1>\
         <p>一、总体情况<p>本年度平稳。{HEAD}{row}<p>落款</table></table>"
    );
    let report = read(&page);
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
    assert_eq!(
        report.sections().iter().filter_map(|section| section.id()).collect::<Vec<_>>(),
        [SectionId::Overview, SectionId::ActiveDisclosure]
    );
    assert!(report.meta().title.is_some(), "{}", report.source_text());
    // A table in a cell of a row with figures: that row is no row any more, and says so by being missing.
    let report = disclosure(
        "<tr><td>规章<td>3<td>5<td>7<table><tr><td>8<td>9</table><tr><td>行政规范性文件<td>1<td>2<td>4",
    );
    assert_eq!(shown(&report, "rules"), ["?", "?", "?"]);
    assert!(is_named(&report, "active_disclosure/rules/issued"));
}

#[test]
fn a_frame_around_one_cell_is_no_table() {
    let frame = "<table><tr><td>5</td></tr></table>";
    for framed in [frame.to_owned(), frame.replace('5', frame), frame.replace("5</td>", "5")] {
        let report = disclosure(&format!("<tr><td>规章<td>3<td>{framed}<td>7"));
        assert_eq!(
            (codes(&report), shown(&report, "rules")),
            (vec![], ["3", "5", "7"].map(Into::into)),
            "{framed}"
        );
    }
    for table in ["<table><tr><td>5<td>6</table>", "<table><tr><td>5<tr><td>6</table>"] {
        let report =
            disclosure(&format!("<tr><td>规章<td>3<td>{table}<td>7<tr><td>行政规范性文件<td>1<td>2<td>4"));
        assert_eq!(shown(&report, "rules"), ["?", "?", "?"], "{table}");
    }
}

#[test]
fn a_table_of_one_column_is_lines() {
    let page = "<table><tr><td>一、总体情况<tr><td><p>平稳。<p>有序。</table>";
    assert_eq!(text(page), "一、总体情况\n平稳。\n有序。\n");
    // The whole report in one table: headings are headings, banners are cells.
    let page = format!(
        "<table><tr><td colspan=4>二、主动公开政府信息情况</td></tr>{}",
        HEAD.split_once("<table>").expect("a table").1
    );
    let report = read(&format!("{page}<tr><td>规章<td>3<td>5<td>7"));
    assert!(report.section(SectionId::ActiveDisclosure).is_some());
    assert!(report.source_text().contains("\n第二十条第（一）项 |\n"));
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
    let prose = "本年度平稳有序。".repeat(20);
    assert_eq!(
        text(&format!("<table><tr><td>{prose}<tr><td>规章<td>3</table>")),
        format!("{prose}\n规章 | 3 |\n")
    );
    assert_eq!(text("<table><tr><td>说明。<tr><td>规章<td>3</table>"), "说明。 |\n规章 | 3 |\n");
}

#[test]
fn a_report_printed_twice_is_compared() {
    let table = format!("{HEAD}<tr><td>规章<td>3<td>5<td>7</table>");
    let report = read(&format!("{table}{table}"));
    assert_eq!(
        (codes(&report), shown(&report, "rules")),
        (vec![Code::DUPLICATE_ROW], ["3", "5", "7"].map(Into::into))
    );
    let report = read(&format!("{table}{}", table.replace("<td>5", "<td>6")));
    assert_eq!(codes(&report), [Code::DUPLICATE_CONFLICT]);
    assert_eq!(shown(&report, "rules"), ["3", "?", "7"]);
}

#[test]
fn what_is_not_shown_is_not_read() {
    for hidden in [
        "<script>document.write('<td>9</td>')</script>",
        "<style>td { color: red }</style>",
        "<!-- <td>9</td> -->",
        "<span style='display:none'>9</span>",
        "<span style=\"color:red; DISPLAY : none !important\"><b>9</b></span>",
        "<p hidden>9</p>",
        "<input type=hidden value=9>",
        "<ruby><rt>9</rt></ruby>",
        "<template><td>9</td></template>",
        "<div hidden><table><tr><td>9</table><div>9</div></div>",
        "<noscript>9</noscript>",
    ] {
        let report = disclosure(&format!("<tr><td>规章<td>3<td>{hidden}5<td>7</tr>"));
        assert_eq!(
            (codes(&report), shown(&report, "rules")),
            (vec![], ["3", "5", "7"].map(Into::into)),
            "{hidden}"
        );
    }
    for hidden in
        ["<td style='display:none'>9</td>", "<td hidden>9", "<td hidden>9<p>9<table><tr><td>9</table>"]
    {
        let report = disclosure(&format!("<tr><td>规章<td>3{hidden}<td>5<td>7</tr>"));
        assert_eq!(shown(&report, "rules"), ["3", "5", "7"], "{hidden}");
    }
    let row = "<tr><td>规章<td>3<td>5<td>7</tr>";
    for hidden in [
        row.replace("<tr>", "<tr style='display:none'>").replace("<td>5", "<td>6"),
        format!("<tbody hidden>{}</tbody>", row.replace("<td>5", "<td>6")),
    ] {
        assert_eq!(shown(&disclosure(&format!("{hidden}{row}")), "rules"), ["3", "5", "7"], "{hidden}");
    }
    let hidden = format!("{HEAD}{row}</table>").replace("<table", "<table hidden").replace("<td>5", "<td>6");
    assert_eq!(shown(&read(&format!("{hidden}{HEAD}{row}")), "rules"), ["3", "5", "7"]);
    // Shown after all: scripts take the mark from the body, other declarations hide nothing.
    let page = format!(
        "<body style='visibility:hidden'>{HEAD}<tr style='display:table-row'><td>规章<td>3<td>5<td>7"
    );
    assert_eq!(shown(&read(&page), "rules"), ["3", "5", "7"]);
}

#[test]
fn what_is_hidden_ends_where_its_cell_does() {
    for open in ["<p hidden>9", "<span hidden>9", "<select><option>9", "<div hidden><div>9</div>", "<rt>9"] {
        let report =
            disclosure(&format!("<tr><td>规章<td>3<td>5<td>7{open}<tr><td>行政规范性文件<td>1<td>2<td>4"));
        assert_eq!(shown(&report, "rules")[..2], ["3", "5"], "{open}");
        let next = if open.starts_with("<rt") { ["?", "?", "?"] } else { ["1", "2", "4"] };
        assert_eq!(shown(&report, "normative_documents"), next, "{open}");
    }
}

#[test]
fn lines_of_the_text() {
    for (page, lines) in [
        ("<title>年度报告</title><p>甲", "年度报告\n甲\n"),
        ("<title>年度报告</title><h1>标题</h1>甲", "标题\n甲\n"),
        ("<title>年度报告</title><h1> </h1>甲", "年度报告\n甲\n"),
        ("<head><script>x</script></head><body>甲<div>乙</div>丙<br>丁", "甲\n乙\n丙\n丁\n"),
        ("<ul><li><a>首页</a><li>公开</ul>", "首页\n公开\n"),
        ("甲\r\n 乙\t<b> 丙</b>", "甲 乙 丙\n"),
        ("<pre>甲\n乙 丙</pre>", "甲\n乙 丙\n"),
        ("首页 | 公开 || 服务", "首页 ｜ 公开 ｜｜ 服务\n"),
        ("<p>甲</p><p>&nbsp;</p><p></p><p>乙", "甲\n乙\n"),
        ("a < b && c &amp; d &copy; <中", "a < b && c & d © <中\n"),
        ("<table><caption>表一</caption><tr><td>a<td>b</table>", "表一\na | b |\n"),
        ("<tr><td>a<td><td>b<td></tr>", "a | | b | |\n"),
        ("<tr><td><td>b<tr><td><td></tr>", "| b |\n| |\n"),
        ("<tr><td><td><tr><td>a<td>b</tr>", "a | b |\n"),
        ("<tr><td><td>甲<tr><td>a<td>b</tr>", "| 甲 |\na | b |\n"),
        ("<tr><td>---<td>---<td>---</tr>", "--- | --- | --- |\n"),
        ("<tr><td>a<td>b", "a | b\n"),
        ("<tr><td>a<td>", "a |\n"),
        ("", ""),
    ] {
        assert_eq!(text(page), lines, "{page}");
    }
}

#[test]
fn a_page_that_ends_in_a_cell_may_be_cut_off_there() {
    const RULES: &str = "active_disclosure/rules/in_force";
    let cut = read(&format!("{HEAD}<tr><td>规章<td>3<td>5<td>94"));
    assert_eq!(shown(&cut, "rules"), ["3", "5", "94"]);
    assert!(is_named(&cut, RULES) && !is_named(&cut, "active_disclosure/rules/repealed"));
    assert!(is_named(&read(&format!("{HEAD}<tr><td>规章<td>3<td>5<td><p>")), RULES));
    assert!(!is_named(&disclosure("<tr><td>规章<td>3<td>5<td>94"), RULES));
}

#[test]
fn what_its_style_sets_apart_is_no_part_of_a_figure() {
    const RULES: &str = "active_disclosure/rules/in_force";
    for (cell, shows) in [
        ("<span style='text-decoration:line-through'>5</span>8", "5 8"),
        ("12<span style='vertical-align:super'>2</span>", "12 2"),
        ("<span style='display:block'>9</span>4", "9 4"),
        ("12<span class='note'>2</span>", "12 2"),
        ("<b style='float:left'>1<b>2</b></b>3", "12 3"),
    ] {
        let page = format!(
            "<style>.note {{ vertical-align: super }}</style>{HEAD}<tr><td>规章<td>3<td>5<td>{cell}</table>"
        );
        let report = read(&page);
        assert_eq!(shown(&report, "rules"), ["3", "5", shows], "{cell}");
        assert!(is_named(&report, RULES), "{cell}");
    }
    for (cell, shows) in [
        ("1<span class='gone'>9</span>", "1"),
        ("1<span style='font-size:0'>9</span>", "1"),
        ("1<span style='opacity:0'>9</span>", "1"),
        ("<span style='color:red'>1</span>9", "19"),
        ("<span style='position:absolute'>19</span>", "19"),
    ] {
        let page =
            format!("<style>.gone {{ display: none }}</style>{HEAD}<tr><td>规章<td>3<td>5<td>{cell}</table>");
        let report = read(&page);
        assert_eq!(shown(&report, "rules"), ["3", "5", shows], "{cell}");
        assert!(!is_named(&report, RULES), "{cell}");
    }
}

#[test]
fn what_the_class_of_a_framework_hides_is_no_part_of_a_figure() {
    const RULES: &str = "active_disclosure/rules/in_force";
    let with = |cell: &str| disclosure(&format!("<tr><td>规章<td>3<td>5<td>{cell}"));
    for hidden in [
        "<span class=sr-only>3</span>",
        "<b class='x visually-hidden'>3</b>",
        "<span class='screen-reader-text'>3</span>",
        "<div class=sr-only>3</div>",
        "<span class=d-none>3</span>",
        "<span class='hide'>3</span>",
        "<span class=hidden>3</span>",
        "<p class=hidden>3</p>",
        "<span style='clip:rect(0,0,0,0);position:absolute'>3</span>",
        "<span style='clip-path:inset(50%)'>3</span>",
    ] {
        for cell in [format!("{hidden}4"), format!("4{hidden}")] {
            let report = with(&cell);
            assert_eq!(shown(&report, "rules"), ["3", "5", "4"], "{cell}");
            assert_eq!(codes(&report), [], "{cell}");
        }
    }
    // Which of two is shown, and whether one is, the class does not tell.
    for content in [
        "<span class=visible-xs>4</span><span class=hidden-xs>4</span>",
        "<span class='d-none d-md-inline'>3</span>4",
        "<span class='hidden md:inline'>3</span>4",
        "<span style='clip:rect(0,0,0,0)'>3</span>4",
        "<span class=hidden>3</span>",
        "<p class=d-none>3</p>",
    ] {
        let report = with(content);
        assert!(matches!(cell(&report, RULES).figure(), Figure::Text | Figure::Missing), "{content}");
        assert!(is_named(&report, RULES), "{content}");
    }
    // A page's own classes, and what holds more than a cell.
    for cell in [
        "<span class=hidden-table-title>3</span>4",
        "<span class='shown not-hidden'>3</span>4",
        "<span class=d-block>3</span>4",
        "<span class=hidden-xs>34</span>",
    ] {
        let report = with(cell);
        assert_eq!(shown(&report, "rules"), ["3", "5", "34"], "{cell}");
        assert_eq!(codes(&report), [], "{cell}");
    }
    let row = "<tr><td>规章<td>3<td>5<td>7</table>";
    let report =
        read(&format!("<div class=hide>{}{row}</div>", HEAD.replace("<table", "<table class=hidden")));
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
    let report = disclosure(&format!("<tr class=hidden><td>规章<td>3<td>5<td>8</tr>{row}"));
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
}

#[test]
fn rows_of_dashes_and_blanks_are_rows() {
    let report = disclosure("<tr><td>规章<td>---<td>---<td>---<tr><td>行政规范性文件<td><td><td>");
    assert_eq!(codes(&report), []);
    assert_eq!(shown(&report, "rules"), ["---", "---", "---"]);
    assert_eq!(cell(&report, "active_disclosure/rules/issued").figure(), Figure::NotApplicable);
    assert_eq!(cell(&report, "active_disclosure/normative_documents/in_force").figure(), Figure::Blank);
    // A line of prose before a row is not a part of it.
    let report = read(
        "<p>（说明）</p><table><tr><td>规章<td>1<tr><td>（注）<tr><td>a<td>b</table>（说明）<table><tr><td><td>b</table>",
    );
    assert_eq!(report.source_text().lines().last(), Some("| b |"));
    let prose = report.document().blocks().iter().filter(|block| block.kind() == BlockKind::Paragraph);
    assert_eq!(prose.count(), 2);
}

/// Table 四 in one row, its heads and what `rows` makes of its figures.
fn review(rows: &str) -> Report<'static> {
    let outcomes = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计";
    let proceedings = "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉";
    let above = outcomes.replace("<td>", "<td rowspan=2>");
    read(&format!(
        "<table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼<tr>{above}{proceedings}<tr>{outcomes}{outcomes}{rows}</table>"
    ))
}

#[test]
fn a_row_that_sets_widths_is_no_row() {
    let figures = (1..=15).map(|n| format!("<td>{n}")).collect::<String>();
    let empty = format!("<tr height=0>{}</tr>", "<td></td>".repeat(15));
    let total = |rows: &str| {
        let report = review(rows);
        cell(&report, "review_litigation/litigation_after_review/total").figure()
    };
    for rows in [
        format!("<tr>{figures}"),
        format!("{empty}<tr>{figures}"),
        format!("{empty}{empty}<tr></tr><tr>{figures}"),
        format!("<tr>{figures}{empty}"),
    ] {
        assert_eq!(total(&rows), Figure::Number(15.into()), "{rows}");
    }
    // With nothing behind it, it is the row.
    assert_eq!(total(&empty), Figure::Blank);
    assert_eq!(total(&format!("{empty}<tr></tr>")), Figure::Blank);
}

/// What the page has between the ends of every cell of table 二.
fn cut<'p>(page: &'p [u8], report: &Report<'_>, row: &str) -> [&'p [u8]; 3] {
    ["issued", "repealed", "in_force"].map(|column| {
        let span = cell(report, &format!("active_disclosure/{row}/{column}")).span().expect("a span");
        &page[report.byte_span(span).range()]
    })
}

#[test]
fn spans_lead_back_to_the_page() {
    let row = "<tr><td>规章</td><td align=right> <b>1</b>&#50;<i>3</i> </td><td>&nbsp;</td><td><p>４５ </p></td></tr>";
    let page = format!("{HEAD}{row}</table>");
    let report = read(&page);
    assert_eq!(shown(&report, "rules"), ["123", "", "４５"]);
    let expected = [&b"1</b>&#50;<i>3"[..], b"", "４５".as_bytes()];
    assert_eq!(cut(page.as_bytes(), &report, "rules"), expected);
    let slot = report.byte_span(cell(&report, "active_disclosure/rules/repealed").span().expect("a slot"));
    assert!(page[slot.start()..].starts_with("&nbsp;</td><td><p>４５"));

    for encoding in [Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le] {
        let (bytes, start) = encode(&page, encoding);
        let report = read_bytes(&bytes);
        assert_eq!(report.source().encoding(), encoding);
        assert_eq!(report.source_text(), read(&page).source_text());
        let cut = cut(&bytes, &report, "rules");
        assert_eq!(cut[0], &encode("1</b>&#50;<i>3", encoding).0[start..], "{encoding}");
        assert!(cut[1].is_empty());
        assert_eq!(cut[2], &encode("４５", encoding).0[start..], "{encoding}");
    }
}

/// The text in the encoding, after a mark in UTF-16, of the length given.
fn encode(text: &str, encoding: Encoding) -> (Vec<u8>, usize) {
    match encoding {
        Encoding::Gb18030 => (encoding_rs::GB18030.encode(text).0.into_owned(), 0),
        Encoding::Big5 => (encoding_rs::BIG5.encode(text).0.into_owned(), 0),
        _ => {
            let units = ["\u{FEFF}", text].concat();
            (units.encode_utf16().flat_map(u16::to_le_bytes).collect(), 2)
        }
    }
}

#[test]
fn the_page_declares_its_encoding() {
    let gbk = |declaration: &str| {
        let page = format!("{declaration}<p>规章</p>");
        encoding_rs::GB18030.encode(&page).0.into_owned()
    };
    let encoding = |bytes: &[u8]| {
        let source = Source::from_html(bytes, None, DEFAULT_MAX_BYTES).expect("a text");
        (source.encoding(), source.text().to_owned())
    };
    let expected = (Encoding::Gb18030, "规章\n".to_owned());
    // Four bytes are too few to tell an encoding by.
    assert_ne!(
        Source::from_html(&gbk(""), None, DEFAULT_MAX_BYTES).ok().map(|source| source.encoding()),
        Some(Encoding::Utf8)
    );
    for declaration in [
        "<meta charset=gb2312>",
        "<head><script>if (a<b) {}</script><META CHARSET='GBK'>",
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>",
        "<meta content=\"text/html;charset='GB18030'\" http-equiv=\"content-type\">",
    ] {
        assert_eq!(encoding(&gbk(declaration)), expected, "{declaration}");
    }
    // What is declared is not what it is: converted pages, and pages made from another's pattern.
    assert_eq!(encoding("<meta charset=gb2312><p>规章".as_bytes()), (Encoding::Utf8, "规章\n".to_owned()));
    let long = format!("<meta charset=utf-8><p>{}", "政府信息公开工作年度报告".repeat(20));
    assert_eq!(encoding(&encoding_rs::GB18030.encode(&long).0).0, Encoding::Gb18030);
    // What the sender says goes before the page.
    let big5 = encoding_rs::BIG5.encode("<meta charset=gb2312><p>規章").0.into_owned();
    let report = gongkai::Parser::new().encoding(Encoding::Big5).parse_html(&big5).expect("a page");
    assert_eq!(report.source_text(), "規章\n");
}

#[test]
fn malformed_bytes_are_named_where_they_are_shown() {
    let mut page = format!("<script>{}</script><p>", "政府信息公开".repeat(30)).into_bytes();
    page[20] = 0xFF;
    let prose = page.len();
    page.extend_from_slice("<b>年</b>度报告</p>".as_bytes());
    page[prose + 11] = 0xFF;
    let report = read_bytes(&page);
    let spans: Vec<Range<usize>> = report
        .diagnostics()
        .iter()
        .filter(|finding| finding.code() == Code::MALFORMED_BYTES)
        .map(|finding| report.byte_span(finding.span().expect("a span")).range())
        .collect();
    assert_eq!(spans.len(), report.source_text().matches('\u{FFFD}').count());
    assert!(
        spans
            .iter()
            .all(|bytes| bytes.start >= prose && page[bytes.clone()].contains(&0xFF)
                || page[bytes.start] >= 0x80),
        "{spans:?}"
    );
    assert!(!spans.is_empty());
}

#[test]
fn what_is_no_page_is_an_error() {
    assert!(parse_html(b"%PDF-1.7").is_err_and(|error| error.is_not_text()));
    let parser = gongkai::Parser::new().max_bytes(8);
    assert!(parser.parse_html(b"<p>123456").is_err_and(|error| error.is_limit()));
    assert!(parser.parse_html_text("<p>123456").is_err_and(|error| error.is_limit()));
    assert!(parser.parse_html(b"<p>12345").is_ok());
}

#[test]
fn a_decoded_page_is_read_as_its_bytes() {
    let page = format!("<meta charset=big5>{HEAD}<tr><td>规章<td>3<td>5<td>7");
    let report = gongkai::Parser::new().parse_html_text(&page).expect("a page");
    assert_eq!(report.source_text(), read(&page).source_text());
    assert_eq!(shown(&report, "rules"), ["3", "5", "7"]);
}

#[test]
fn tables_nest_without_end() {
    let inner = format!("{HEAD}<tr><td>规章<td>3<td>5<td>7</table>");
    for (depth, is_read) in [(10, true), (60, true), (70, false), (20_000, false)] {
        let page = format!("{}{inner}{}", "<table><tr><td>".repeat(depth), "</table>".repeat(depth));
        let report = read(&page);
        assert_eq!(report.form().is_some(), is_read, "{depth}");
        // Deeper tables are lines, and the report says that it has no figures.
        assert_eq!(codes(&report).contains(&Code::NO_STATUTORY_TABLE), !is_read, "{depth}");
        assert!(report.source_text().contains("规章"), "{depth}");
    }
}

/// Twice the page, at most so much more text: the work is linear in page and text.
#[test]
fn the_text_grows_with_the_page() {
    for unit in [
        "<table>",
        "<td>",
        "<tr><td>",
        "|",
        "<b>a",
        "a  ",
        "&nbsp;",
        "&",
        "<",
        "<td rowspan=65534>1",
        "<p hidden>",
        "<tr><td>a<td rowspan=65534>1<td rowspan=65534>2",
        "<table><tr><td colspan=9 rowspan=9>1",
        "<pre>\n",
        "<title>a",
        "<svg>",
        "</table>",
        "<!--",
        "<rt>a",
        "<td><img>",
        "\r",
    ] {
        for count in [1_000, 20_000] {
            let page = unit.repeat(count);
            let report = read(&page);
            assert!(
                report.source_text().len() <= 16 * page.len() + 64,
                "{unit}: {}",
                report.source_text().len()
            );
        }
    }
}

#[test]
fn the_examples_read_pages() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("html");
    std::fs::create_dir_all(&folder).expect("a folder is made");
    let page = format!("<html><meta charset=gbk>{HEAD}<tr><td>规章<td><b>1</b>2<td><td>7</table>");
    let bytes = encoding_rs::GB18030.encode(&page).0.into_owned();
    let test = std::env::current_exe().expect("the test has a path");
    let examples = test.ancestors().nth(2).expect("the test lies in target/<profile>/deps").join("examples");
    for name in ["page.html", "page.HTM", "page.shtml", "page"] {
        let file = folder.join(name);
        std::fs::write(&file, &bytes).expect("a page is written");
        let output = Command::new(examples.join(format!("cells{}", std::env::consts::EXE_SUFFIX)))
            .arg(&file)
            .stdin(Stdio::null())
            .output()
            .expect("the example runs");
        let lines = str::from_utf8(&output.stdout).expect("UTF-8").lines();
        let cells: Vec<serde_json::Value> =
            lines.map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let part = |cell: &serde_json::Value| {
            let at =
                |name: &str| usize::try_from(cell[name].as_u64().expect("an offset")).expect("an offset");
            str::from_utf8(&bytes[at("start")..at("end")]).expect("ASCII").to_owned()
        };
        assert_eq!((cells[0]["raw"].as_str(), part(&cells[0])), (Some("12"), "1</b>2".to_owned()), "{name}");
        assert_eq!((cells[1]["raw"].as_str(), part(&cells[1])), (Some(""), String::new()), "{name}");
    }
}

/// Tags, text and what is neither.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th rowspan=2>", "<td colspan=3>", "<tbody>",
            "<td rowspan=3>", "<p>", "</p>", "<br>", "<div>", "</div>", "<span>", "</span>", "<pre>", "</pre>", "<h1>",
            "<title>", "</title>", "<script>", "</script>", "<select>", "</select>", "<p hidden>", "<tr hidden>",
            "<td style='display:none'>", "<img>", "<sup>", "<caption>", "<rt>", "</ruby>", "<svg/>", "<template>",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "规章", "行政许可", "第二十条第（一）项", "本年制发件数", "二、主动公开政府信息情况", "行政复议", "总计", "3", "0", "12",
            "三、本年度办理结果", "（一）予以公开", "自然人", "结果维持", "信息内容", "序号", "---", "/", "（注）", "1.其他",
        ]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "|", "&nbsp;", "&#124;", "&amp", "&", "<", "&#x0;", "\r\n", "  ", "\u{3000}", "\u{FEFF}", "<!-- | -->", "<!", "</",
            "<中", "&lt", "&中", "<![CDATA[", "<?x", "&#", "&#x110000;", "<a/b=", "<a =", "--!>", "\0", "</script", "<plaintext>", "&notit;", "<a b='", "'>", "]]>",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_page_is_read(page in soup()) {
        let source = Source::from_html_text(&page, DEFAULT_MAX_BYTES).expect("a text");
        // Characters of the text come from the page in its order, but for the title in front.
        let mut last = 0;
        let title = page.contains("<title>");
        for (at, char) in source.text().char_indices() {
            let span = Span::new(at as u32, (at + char.len_utf8()) as u32);
            let bytes = source.byte_span(span).range();
            let part = page.get(bytes.clone()).expect("a part of the page");
            let filling = matches!(char, '|' | ' ' | '\n' | '〃');
            prop_assert!(title || filling || bytes.start >= last, "{:?} at {}", char, at);
            last = if filling { last } else { bytes.start };
            let written = title || filling || matches!(char, '｜' | '\u{FFFC}' | '\u{FFFD}') || part.starts_with(['&', '<']);
            prop_assert!(written || part.starts_with(char), "{:?} from {:?}", char, part);
        }
        let end = source.text().len() as u32;
        prop_assert_eq!(source.byte_span(Span::empty(end)).start(), page.len());
        let report = gongkai::Parser::new().parse_html_text(&page).expect("a report");
        if let Err(violation) = report.verify() {
            prop_assert!(false, "{}", violation);
        }
        // No bar but behind a cell; the last one may be cut off.
        let lines: Vec<&str> = report.source_text().lines().collect();
        for line in lines.iter().rev().skip(1).filter(|line| line.contains('|')) {
            prop_assert!(line.ends_with('|'), "{}", line);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(report) = parse_html(&bytes) {
            prop_assert!(report.verify().is_ok());
        }
    }

    /// A page in GB18030 leads back to the same characters as in UTF-8.
    #[test]
    fn any_page_leads_back_from_gb18030(page in soup()) {
        let (bytes, _, _) = encoding_rs::GB18030.encode(&page);
        let utf8 = Source::from_html_text(&page, DEFAULT_MAX_BYTES).expect("a text");
        let gbk = Source::from_html(&bytes, Some(Encoding::Gb18030), DEFAULT_MAX_BYTES);
        let Ok(gbk) = gbk else { return Ok(()) };
        if gbk.text() != utf8.text() {
            return Ok(()); // private-use characters, U+FEFF in front
        }
        for (at, char) in utf8.text().char_indices() {
            let span = Span::new(at as u32, (at + char.len_utf8()) as u32);
            let part = &page[utf8.byte_span(span).range()];
            prop_assert_eq!(&encoding_rs::GB18030.encode(part).0[..], &bytes[gbk.byte_span(span).range()]);
        }
    }
}
