//! Tables whose heads are cut off, one too many, or printed once more; and rows right below them.

use gongkai::diagnostic::{Class, Code, Severity};
use gongkai::form::Figure;
use gongkai::parse;

/// The figures of a row, and which of them a reading diagnostic names.
fn row(text: &str, row: &str) -> (Vec<Figure>, Vec<bool>) {
    let report = parse(text).expect("within the limit");
    report.verify().unwrap_or_else(|violation| panic!("{violation}"));
    let is_named = |id| {
        report.diagnostics().iter().any(|found| {
            found.class() == Class::Reading
                && found.severity() >= Severity::Warning
                && found.cells().contains(&id)
        })
    };
    let cells = report.cells().filter(|(_, spec, _)| spec.id.row.id() == row);
    cells.map(|(_, spec, cell)| (cell.figure(), is_named(spec.id))).unzip()
}

fn numbers(figures: &[i64]) -> Vec<Figure> {
    figures.iter().map(|figure| Figure::Number((*figure).into())).collect()
}

const ORGANISATIONS: &str = "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |";

/// Table 三 under these heads, with a first row of this label, all rows of these figures.
fn requests(top: &str, organisations: &str, first: &str, figures: &str) -> String {
    format!(
        "{top}\n{organisations}\n{first} | {figures}\n二、上年结转政府信息公开申请数量 | {figures}\n\
         三、本年度办理结果 | （一）予以公开 | {figures}\n四、结转下年度继续办理 | {figures}\n"
    )
}

const TOP: &str = "自然人 | 法人或其他组织 | 总计 |";
const NEW: &str = "一、本年新收政府信息公开申请数量";
const SEVEN: &str = "3 | 1 | 2 | 4 | 5 | 6 | 21 |";

#[test]
fn heads_that_are_cut_off_in_their_places() {
    let whole = numbers(&[3, 1, 2, 4, 5, 6, 21]);
    let cut = ORGANISATIONS.replace("社会公益组织", "社会公益");
    let (figures, named) = row(&requests(TOP, &cut, NEW, SEVEN), "new_received");
    assert_eq!(figures, whole);
    assert_eq!(named, [false, false, false, true, false, false, false]);
    let (figures, named) =
        row(&requests("自然人 | 法人或其他 | 总计 |", ORGANISATIONS, NEW, SEVEN), "new_received");
    assert_eq!((figures, named.contains(&true)), (whole, false));
    // Words that no head of the form begins with, and a head in another place.
    for heads in [ORGANISATIONS.replace("社会公益组织", "上年"), ORGANISATIONS.replace("科研机构", "其他")]
    {
        let (figures, named) = row(&requests(TOP, &heads, NEW, SEVEN), "new_received");
        assert_eq!((figures[0], named[0]), (Figure::Missing, true), "{heads}");
    }
}

const OUTCOMES: &str = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |";

/// Table 四 with these heads over its second and third part.
fn review(direct: &str, after: &str) -> String {
    format!(
        "行政复议 | 行政诉讼 |\n{OUTCOMES} {direct} | {after} |\n{OUTCOMES} {OUTCOMES}\n\
         1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 |\n"
    )
}

#[test]
fn heads_of_litigation_that_are_cut_off() {
    let after = numbers(&[11, 12, 13, 14, 15]);
    assert_eq!(row(&review("未经复议", "复议后"), "litigation_after_review").0, after);
    assert_eq!(row(&review("未经复议直接起诉", "复议后"), "litigation_after_review").0, after);
    let (figures, named) = row(&review("复议后", "未经复议"), "litigation_after_review");
    assert_eq!((figures[0], named[0]), (Figure::Missing, true));
}

#[test]
fn the_sum_of_the_organisations_among_them() {
    let whole = numbers(&[3, 1, 2, 4, 5, 6, 21]);
    let last = requests(TOP, &format!("{ORGANISATIONS} 小计 |"), NEW, "3 | 1 | 2 | 4 | 5 | 6 | 18 | 21 |");
    assert_eq!(row(&last, "new_received").0, whole);
    let first = requests(TOP, &format!("小计 | {ORGANISATIONS}"), NEW, "3 | 18 | 1 | 2 | 4 | 5 | 6 | 21 |");
    assert_eq!(row(&first, "granted").0, whole);
    // A row without it.
    let (figures, named) =
        row(&requests(TOP, &format!("{ORGANISATIONS} 小计 |"), NEW, SEVEN), "new_received");
    assert!(named.iter().all(|named| *named) && figures.iter().all(|figure| *figure == Figure::Missing));
    // Between the other heads it is the sum of what nothing tells.
    let top = "自然人 | 法人或其他组织 | 小计 | 总计 |";
    let (figures, _) =
        row(&requests(top, ORGANISATIONS, NEW, "3 | 1 | 2 | 4 | 5 | 6 | 18 | 21 |"), "granted");
    assert_eq!(figures[0], Figure::Missing);
}

/// What stands right below the heads, with figures behind it, is a row.
#[test]
fn a_first_row_whose_label_is_none_of_the_form() {
    let whole = numbers(&[3, 1, 2, 4, 5, 6, 21]);
    for label in ["一、本年新收政府信息", "某某数量", "总计"] {
        let text = requests(TOP, ORGANISATIONS, label, SEVEN);
        let (figures, named) = row(&text, "carried_over");
        assert_eq!((figures, named.contains(&true)), (whole.clone(), false), "{label}");
        let (_, named) = row(&text, "new_received");
        assert!(named.iter().all(|named| *named), "{label}");
    }
    // A figure between the heads makes none a row.
    let heads = "信息内容 |\n本年制发件数 |\n5\n本年废止件数 |\n现行有效件数 |\n";
    let text = format!("{heads}规章 |\n1 |\n2 |\n3 |\n行政规范性文件 |\n4 |\n5 |\n6 |\n");
    assert_eq!(row(&text, "normative_documents").0, numbers(&[4, 5, 6]));
}

/// A list of the prose with a label of the form, before its table or behind it.
#[test]
fn a_row_under_its_heads_counts_before_one_without_any() {
    let list = "事项 | 数量 |\n行政许可 | 345 |\n";
    let table = "第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 9 |\n";
    for text in [format!("一、总体情况\n{list}{table}"), format!("{table}六、其他需要报告的事项\n{list}")]
    {
        assert_eq!(row(&text, "licensing"), (numbers(&[9]), vec![true]), "{text}");
    }
    // Twice under heads, either may be right.
    let twice = format!("{table}{}", table.replace('9', "8"));
    assert_eq!(row(&twice, "licensing"), (vec![Figure::Missing], vec![true]));
}

#[test]
fn table_four_printed_twice() {
    let table = review("未经复议直接起诉", "复议后起诉");
    let (figures, named) = row(&table.repeat(2), "litigation_direct");
    assert_eq!((figures, named.contains(&true)), (numbers(&[6, 7, 8, 9, 10]), false));
    let other = format!("{table}{}", table.replace("| 7 |", "| 77 |"));
    let (figures, named) = row(&other, "litigation_direct");
    assert_eq!((figures[1], named[1], figures[0]), (Figure::Missing, true, numbers(&[6])[0]));
}

/// 行政诉讼 spans the two rows of its kinds.
#[test]
fn rows_of_table_four_with_the_label_of_their_group() {
    let table = "类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n行政复议 | 1 | 2 | 3 | 4 | 10 |\n\
                 行政诉讼 | 未经复议直接起诉 | 2 | 3 | 4 | 5 | 14 |\n复议后起诉 | 3 | 4 | 5 | 6 | 18 |\n";
    assert_eq!(row(table, "litigation_direct").0, numbers(&[2, 3, 4, 5, 14]));
    assert_eq!(row(table, "litigation_after_review"), (numbers(&[3, 4, 5, 6, 18]), vec![false; 5]));
    let named = table.replace("| 未经", "未经").replace("复议后", "行政诉讼复议后");
    assert_eq!(row(&named, "litigation_direct"), (numbers(&[2, 3, 4, 5, 14]), vec![false; 5]));
    assert_eq!(row(&named, "litigation_after_review").0, numbers(&[3, 4, 5, 6, 18]));
    let report = parse(table).expect("within the limit");
    assert!(report.diagnostics().iter().all(|found| found.code() != Code::HEADER_MISSING));
}

/// 行政复议 and the two kinds of 行政诉讼 in a table each, under its name.
#[test]
fn three_small_tables_instead_of_table_four() {
    let table = |name: &str, figures: &str| format!("{name}\n{OUTCOMES}\n{figures} |\n");
    let tables = |bar: &str| {
        let [review, direct, after] = ["行政复议", "未经复议直接起诉", "复议后起诉"];
        [
            table(&format!("{review}{bar}"), "1 | 2 | 3 | 4 | 10"),
            table(&format!("{direct}{bar}"), "2 | 3 | 4 | 5 | 14"),
            table(&format!("{after}{bar}"), "3 | 4 | 5 | 6 | 18"),
        ]
        .concat()
    };
    for bar in ["", " |"] {
        let text = tables(bar);
        for (id, figures) in [
            ("administrative_review", [1, 2, 3, 4, 10]),
            ("litigation_direct", [2, 3, 4, 5, 14]),
            ("litigation_after_review", [3, 4, 5, 6, 18]),
        ] {
            assert_eq!(row(&text, id), (numbers(&figures), vec![false; 5]), "{text}");
        }
    }
    // Nothing says whose the figures are.
    let (figures, named) = row(&table("情况如下", "1 | 2 | 3 | 4 | 10"), "administrative_review");
    assert!(figures.is_empty() || figures[0] == Figure::Missing && named[0]);
    let (figures, _) = row(&table("行政复议 | 行政诉讼 |", "1 | 2 | 3 | 4 | 10"), "administrative_review");
    assert!(figures.is_empty() || figures[0] == Figure::Missing);
}

/// A table without any figure behind the title of the next section.
#[test]
fn an_empty_table_behind_the_last_one() {
    let table = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n规章\n|\n1\n|\n2\n|\n3\n";
    let title = "五、存在的主要问题及改进情况\n";
    assert_eq!(row(&format!("{table}|\n{title}无\n|\n"), "rules"), (numbers(&[1, 2, 3]), vec![false; 3]));
    let grid = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| --- | --- | --- | --- |\n| 规章 | 1 | 2 | 3 |\n| 行政规范性文件 | 4 | 5 | 6 |\n";
    let empty = format!("{grid}\n{title}\n|  |\n| --- |\n|  |\n");
    assert_eq!(row(&empty, "normative_documents"), (numbers(&[4, 5, 6]), vec![false; 3]));
    // Within the table it may be of the row above.
    let (figures, named) = row(&format!("{table}无\n|\n"), "rules");
    assert!(figures[0] == Figure::Missing || named[0]);
}
