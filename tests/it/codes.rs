//! Every code of the table of diagnostics that is about the reading: one source that fires it, and a near miss that does not.
//!
//! The sources are lines of the usual shape, one row a line. What a piece of a form leaves out is `missing-row`, which is
//! left aside but for its own fixture; all other findings must be exactly those stated.

use gongkai::diagnostic::{Class, Code, Severity, TABLE};
use gongkai::form::{RowSpec, SchemaVersion};
use gongkai::{Report, parse_bytes};

use crate::inferred::granted;

struct Fixture {
    code: Code,
    /// Fires the code once, and nothing else.
    fires: Vec<u8>,
    /// What the finding's span covers.
    span: Option<&'static str>,
    /// The cells it names.
    cells: &'static [&'static str],
    /// Looks much the same, and does not fire it.
    near: Vec<u8>,
    /// What the near miss fires instead.
    near_fires: &'static [Code],
}

const RULES_2021: &str =
    "第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n";
/// In a table that is one column broader.
const BROAD_RULES_2021: &str =
    "第二十条第（一）项 | ||||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | |\n";
const FEES_2021: &str = "第二十条第（八）项 | |||\n信息内容 | 本年收费金额（单位：万元） | ||\n";
const RULES_2019: &str = "第二十条第（一）项 | |||\n";
const PROCUREMENT_2019: &str = "第二十条第（九）项 | |||\n信息内容 | 采购项目数量 | 采购总金额 | |\n";
pub(crate) const REQUESTS: &str = "\
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
";
const STATISTICS: &str = "统计指标 | 单位 | 统计数 |\n";

/// The lines of `head` and `rows`.
fn lines(head: &str, rows: &str) -> Vec<u8> {
    format!("{head}{rows}\n").into_bytes()
}

/// The pre-2019 table, whole but for the rows that `keep` declines.
fn statistics(keep: impl Fn(&RowSpec) -> bool) -> Vec<u8> {
    let mut text = STATISTICS.to_owned();
    for row in SchemaVersion::V2014.blocks().flat_map(|block| block.rows).filter(|row| keep(row)) {
        let unit = row.unit.map_or("—", |unit| unit.label());
        text += &format!("{} | {unit} | {} |\n", row.label, if row.heading { "—" } else { "0" });
    }
    text.into_bytes()
}

#[rustfmt::skip]
fn fixtures() -> Vec<Fixture> {
    vec![
        Fixture {
            code: Code::NO_STATUTORY_TABLE,
            fires: lines("", "三、依申请公开\n（四）申请处理情况。无"),
            span: None,
            cells: &[],
            near: lines("三、依申请公开\n", "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
            near_fires: &[Code::HEADER_MISSING],
        },
        Fixture {
            code: Code::MISSING_ROW,
            fires: statistics(|row| row.label != "举报投诉数量"),
            span: None,
            cells: &["statistics/complaints/value"],
            near: statistics(|_| true),
            near_fires: &[],
        },
        Fixture {
            code: Code::POSITION_LOST,
            fires: lines(RULES_2021, "规章 | 3 | 5 | |\n行政规范性文件 | 1 | 2 | 3 |"),
            span: Some("规章 | 3 | 5 | |"),
            cells: &["active_disclosure/rules/issued", "active_disclosure/rules/repealed", "active_disclosure/rules/in_force"],
            near: lines(RULES_2021, "规章 | 3 | | 5 |\n行政规范性文件 | 1 | 2 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::POSITION_INFERRED,
            fires: granted("3 | 1 | 4 | ||||||"),
            span: Some("(一)予以公开 | 3 | 1 | 4 | ||||||"),
            cells: &[
                "requests/granted/natural_person", "requests/granted/commercial_enterprise",
                "requests/granted/research_institution", "requests/granted/public_interest_organization",
                "requests/granted/legal_service_organization", "requests/granted/other_organization",
                "requests/granted/total",
            ],
            // The sums do not hold whatever its place.
            near: granted("3 | 2 | 4 | ||||||"),
            near_fires: &[Code::POSITION_LOST],
        },
        Fixture {
            code: Code::SURPLUS_CELLS,
            fires: lines(RULES_2021, "规章 | 3 | 5 | 7 | 9 |\n行政规范性文件 | 1 | 2 | 3 |"),
            span: Some("规章 | 3 | 5 | 7 | 9"),
            cells: &["active_disclosure/rules/issued", "active_disclosure/rules/repealed", "active_disclosure/rules/in_force"],
            near: lines(BROAD_RULES_2021, "规章 | 3 | 5 | 7 | |\n行政规范性文件 | 1 | 2 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::WIDTH_MISMATCH,
            fires: lines(REQUESTS, "二、上年结转政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | ||\n三、本年度办理结果 | （一）予以公开 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | |\n（二）部分公开 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | |||\n（七）总计 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |"),
            span: Some("（二）部分公开 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | |||"),
            cells: &[
                "requests/partially_granted/natural_person", "requests/partially_granted/commercial_enterprise",
                "requests/partially_granted/research_institution", "requests/partially_granted/public_interest_organization",
                "requests/partially_granted/legal_service_organization", "requests/partially_granted/other_organization",
                "requests/partially_granted/total",
            ],
            // A group's label is a cell, too; and the last row has no pad.
            near: lines(REQUESTS, "二、上年结转政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | ||\n三、本年度办理结果 | （一）予以公开 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | |\n（二）部分公开 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | ||\n（七）总计 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::NOT_A_FIGURE,
            fires: lines(RULES_2021, "规章 | 3 | 约3件 | 7 |"),
            span: Some("约3件"),
            cells: &["active_disclosure/rules/repealed"],
            near: lines(RULES_2021, "规章 | 3 | 3件 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::FIGURE_OVERFLOW,
            fires: lines(RULES_2021, "规章 | 99999999999999999999999999999999 | 5 | 7 |"),
            span: Some("99999999999999999999999999999999"),
            cells: &["active_disclosure/rules/issued"],
            near: lines(RULES_2021, "规章 | 9999999999999999999999999999 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::VALUE_REMARK,
            fires: lines(RULES_2021, "规章 | 22(其中修订16件) | 5 | 7 |"),
            span: Some("22(其中修订16件)"),
            cells: &["active_disclosure/rules/issued"],
            near: lines(RULES_2021, "规章(其中修订16件) | 22 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::UNIT_DIFFERS,
            fires: lines(FEES_2021, "行政事业性收费 | 251000元 |"),
            span: Some("251000元"),
            cells: &["active_disclosure/administrative_fees/fees_collected"],
            near: lines(FEES_2021, "行政事业性收费 | 25.10万元 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::UNIT_UNSTATED,
            fires: lines(PROCUREMENT_2019, "政府集中采购 | 3 | 120 |"),
            span: Some("120"),
            cells: &["active_disclosure/government_procurement/procurement_amount"],
            near: lines(PROCUREMENT_2019, "政府集中采购 | 3 | 0 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::NEGATIVE_FIGURE,
            fires: lines(RULES_2021, "规章 | -5 | 0 | 0 |"),
            span: Some("-5"),
            cells: &["active_disclosure/rules/issued"],
            near: lines("第二十条第（五）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n", "行政许可 | 9 | -5 | 0 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::HEADER_MISSING,
            fires: lines("", "规章 | 5 | 0 | 0 |"),
            span: Some("规章"),
            cells: &["active_disclosure/rules/issued", "active_disclosure/rules/repealed", "active_disclosure/rules/in_force"],
            near: lines(RULES_2021, "规章 | 5 | 0 | 0 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::HEADER_TRUNCATED,
            fires: lines(RULES_2019, "信息内容 | 本年新 | 本年新公开数量 | 对外公开总数量 |\n规章 | 3 | 5 | 7 |\n规范性文件 | 1 | 2 | 3 |"),
            span: Some("本年新"),
            cells: &["active_disclosure/rules/newly_made", "active_disclosure/normative_documents/newly_made"],
            near: lines(RULES_2019, "信息内容 | 本年新 制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 3 | 5 | 7 |\n规范性文件 | 1 | 2 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::HEADER_DIFFERS,
            fires: lines("第二十条第（一）项 | |||\n", "信息内容 | 本年制发件数 | 本年制发件数 | 现行有效件数 |\n规章 | 3 | 5 | 7 |"),
            span: Some("规章"),
            cells: &["active_disclosure/rules/issued", "active_disclosure/rules/repealed", "active_disclosure/rules/in_force"],
            near: lines("第二十条第（一）项 | |||\n", "信息内容 | 本年废止件数 | 本年制发件数 | 现行有效件数 |\n规章 | 3 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::LABEL_TRUNCATED,
            fires: lines(STATISTICS, "（四）政府信息公开专项经费（不包括用于政府公报编 | 万元 | 3 |"),
            span: Some("（四）政府信息公开专项经费（不包括用于政府公报编"),
            cells: &["statistics/capacity.budget/value"],
            near: lines(STATISTICS, "（四）政府信息公开专项经费（不包括用于政府公报编） | 万元 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::LABEL_APPROXIMATE,
            fires: lines(STATISTICS, "2.兼职人员数 | 人 | 3 |\n（四）政府信息公开专项 | 万元 | 3 |"),
            span: Some("（四）政府信息公开专项"),
            cells: &["statistics/capacity.budget/value"],
            near: lines(STATISTICS, "2.兼职人员数 | 人 | 3 |\n（四）政府信息公开专项 经费 | 万元 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::LABEL_AMBIGUOUS,
            fires: lines(STATISTICS, "（二）申请办结数 | 件 | 3 |\n（二）被依法纠错数 | 件 | 1 |"),
            span: Some("（二）被依法纠错数"),
            cells: &["statistics/reviews.corrected/value", "statistics/litigation.corrected/value"],
            near: lines(STATISTICS, "（二）申请办结数 | 件 | 3 |\n四、行政复议数量 | 件 | 3 |\n（一）维持具体行政行为数 | 件 | 1 |\n（二）被依法纠错数 | 件 | 1 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::UNKNOWN_ROW,
            fires: lines(RULES_2021, "规章 | 3 | 5 | 7 |\n小计 | 3 | 5 | 7 |\n行政规范性文件 | 1 | 2 | 3 |"),
            span: Some("小计"),
            cells: &[],
            near: lines(RULES_2021, "规章 | 3 | 5 | 7 |\n小计 | |||\n行政规范性文件 | 1 | 2 | 3 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::UNBOUND_CELLS,
            fires: lines(RULES_2021, "3 |\n规章 | 3 | 5 | 7 |"),
            span: Some("3"),
            cells: &[],
            near: lines(RULES_2021, "规章 |\n3 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::DUPLICATE_ROW,
            fires: lines(RULES_2021, "规章 | 3 | 5 | 7 |\n规章 | 3 | 5 | 7 |"),
            span: Some("规章 | 3 | 5 | 7"),
            cells: &["active_disclosure/rules/issued", "active_disclosure/rules/repealed", "active_disclosure/rules/in_force"],
            // One wording, two rows of the form.
            near: lines(STATISTICS, "四、行政复议数量 | 件 | 3 |\n（一）维持具体行政行为数 | 件 | 1 |\n（二）被依法纠错数 | 件 | 1 |\n五、行政诉讼数量 | 件 | 3 |\n（一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 1 |\n（二）被依法纠错数 | 件 | 1 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::DUPLICATE_CONFLICT,
            fires: lines(RULES_2021, "规章 | 3 | 5 | 7 |\n规章 | 3 | 6 | 7 |"),
            span: Some("规章 | 3 | 6 | 7"),
            cells: &["active_disclosure/rules/repealed"],
            near: lines(RULES_2021, "规章 | 3 | 5 | 7 |\n规章 | 3 | ５ | 7 |"),
            near_fires: &[Code::DUPLICATE_ROW],
        },
        Fixture {
            code: Code::ROW_OF_OTHER_VERSION,
            fires: lines(REQUESTS, "（五）不予处理 | 1.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n（六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n（七）总计 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |"),
            span: Some("（六）其他处理"),
            cells: &[
                "requests/other_handling/natural_person", "requests/other_handling/commercial_enterprise",
                "requests/other_handling/research_institution", "requests/other_handling/public_interest_organization",
                "requests/other_handling/legal_service_organization", "requests/other_handling/other_organization",
                "requests/other_handling/total",
            ],
            near: lines(REQUESTS, "（五）不予处理 | 1.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n（六）其他处理 | 3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n（七）总计 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::HEADING_WITH_FIGURE,
            fires: lines(STATISTICS, "一、主动公开情况 | — | 5 |\n（一）主动公开政府信息数 | 条 | 5 |"),
            span: Some("5"),
            cells: &[],
            near: lines(STATISTICS, "一、主动公开情况 | 条 | — |\n（一）主动公开政府信息数 | 条 | 5 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::DATE_INCOMPLETE,
            fires: lines(STATISTICS, "六、举报投诉数量 | 件 | 3 |\n填报日期: 年1月11日"),
            span: Some("年1月11日"),
            cells: &[],
            near: lines(STATISTICS, "六、举报投诉数量 | 件 | 3 |\n填报日期:2017年1月11日"),
            near_fires: &[],
        },
        Fixture {
            code: Code::UNCLOSED_CELL,
            fires: lines(RULES_2021, "规章 | 3 | 5 | 7"),
            span: Some("7"),
            cells: &["active_disclosure/rules/in_force"],
            near: lines(RULES_2021, "规章 | 3 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::MALFORMED_BYTES,
            fires: [&lines(RULES_2021, "规章 | 3 | 5 | 7 |")[..], b"\xE5\xBC"].concat(),
            span: Some("\u{FFFD}"),
            cells: &[],
            near: [&lines(RULES_2021, "规章 | 3 | 5 | 7 |")[..], "开".as_bytes()].concat(),
            near_fires: &[],
        },
        Fixture {
            code: Code::MOJIBAKE,
            fires: encoding_rs::GBK.decode(&lines(RULES_2021, "规章 | 3 | 5 | 7 |")).0.chars().skip(1).collect::<String>().into_bytes(),
            span: None,
            cells: &[],
            near: lines(RULES_2021, "规章 | 3 | 5 | 7 |"),
            near_fires: &[],
        },
        Fixture {
            code: Code::MOJIBAKE_DECODED,
            fires: read_as_latin1(RULES_2021, "规章 | 3 | 5 | 7 |"),
            span: None,
            cells: &[],
            near: lines(RULES_2021, "规章 | 3 | 5 | 7 |"),
            near_fires: &[],
        },
    ]
}

/// The lines in GBK, read as Latin-1 and saved in UTF-8.
fn read_as_latin1(head: &str, rows: &str) -> Vec<u8> {
    let text = format!("{head}{rows}\n");
    let (bytes, ..) = encoding_rs::GBK.encode(&text);
    bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into_bytes()
}

/// The codes of cleaned text, which no report has; `tests/it/clean.rs` tests them.
const OF_CLEANING: [Code; 5] = [
    Code::ANNOTATION_REMOVED,
    Code::STRADDLE_MENDED,
    Code::SPLIT_INFERRED,
    Code::SIMPLIFIED,
    Code::DAMAGED_TEXT,
];

/// The codes of texts with more in them than any report has; `what_no_report_has_so_much_of_is_open` tests them.
const OF_SIZE: [Code; 1] = [Code::TOO_MANY_ROWS];

/// The codes of a report's findings, without the rows that a piece of a form leaves out.
fn codes(report: &Report<'_>, of_interest: Code) -> Vec<Code> {
    let codes = report.diagnostics().iter().map(|finding| finding.code());
    // Text that cannot be read has no table, either.
    let codes = codes.filter(|code| *code != Code::NO_STATUTORY_TABLE || of_interest != Code::MOJIBAKE);
    codes.filter(|code| *code != Code::MISSING_ROW || of_interest == *code).collect()
}

fn read<'b>(code: Code, bytes: &'b [u8]) -> Report<'b> {
    let report = parse_bytes(bytes).unwrap_or_else(|error| panic!("{code}: {error}"));
    report.verify().unwrap_or_else(|violation| panic!("{code}: {violation}"));
    report
}

#[test]
fn every_code_has_one_fixture() {
    let fixtures: Vec<&str> = fixtures().iter().map(|fixture| fixture.code.as_str()).collect();
    // Codes of claims and of series have their fixtures in modules of these names.
    let elsewhere = |code: &Code| OF_CLEANING.contains(code) || OF_SIZE.contains(code);
    let reading = TABLE.iter().filter(|entry| entry.class == Class::Reading && !elsewhere(&entry.code));
    let table: Vec<&str> = reading.map(|entry| entry.code.as_str()).collect();
    assert_eq!(fixtures, table, "the fixtures stand in the order of the table");
    let mut names = table.clone();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), table.len(), "a name twice");
}

#[test]
fn every_fixture_fires_its_code() {
    let mut failures = Vec::new();
    for fixture in fixtures() {
        let report = read(fixture.code, &fixture.fires);
        let found = codes(&report, fixture.code);
        if found != [fixture.code] {
            failures.push(format!("{}: fires {found:?}", fixture.code));
            continue;
        }
        let findings = report.diagnostics().iter().filter(|finding| finding.code() == fixture.code);
        for finding in findings {
            let cells: Vec<String> = finding.cells().iter().map(ToString::to_string).collect();
            if cells != fixture.cells {
                failures.push(format!("{}: names {cells:?}", fixture.code));
            }
            let span = finding.span().map(|span| report.text(span));
            if span != fixture.span {
                failures.push(format!("{}: points to {span:?}", fixture.code));
            }
            // Counts and cells have found their places in both languages.
            let entry = fixture.code.entry().expect("a code of the table");
            assert_eq!((finding.class(), finding.severity()), (entry.class, entry.severity));
            for language in [gongkai::diagnostic::Language::English, gongkai::diagnostic::Language::Chinese] {
                let message = finding.message(language);
                assert!(!message.is_empty() && !message.contains(['{', '}']), "{}: {message}", fixture.code);
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Rows of a table that could not be read are a warning, with their place; prose is an information.
#[test]
fn a_table_that_is_not_read_is_a_warning() {
    let severity = |text: &str| {
        let report = gongkai::parse(text).expect("a text");
        assert!(report.forms().is_empty());
        let [finding] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
        assert_eq!(finding.code(), Code::NO_STATUTORY_TABLE);
        (finding.severity(), finding.span().map(|span| report.text(span).to_owned()))
    };
    let rows = "规章 3 5 7\n行政规范性文件 1 2 4\n行政许可 9";
    let (level, span) = severity(&format!("二、主动公开政府信息情况\n例文。\n{rows}\n例文。\n"));
    assert_eq!((level, span.as_deref()), (Severity::Warning, Some(rows)));
    // Titles of prose, and no figures.
    assert_eq!(
        severity("（一）予以公开\n例文。\n（二）部分公开\n例文。\n（三）重复申请\n").0,
        Severity::Info
    );
    assert_eq!(severity("规章 3 5 7\n例文。\n本年收到申请 3 件。\n本年 4 次。\n").0, Severity::Info);
}

#[test]
fn no_near_miss_fires_it() {
    let mut failures = Vec::new();
    for fixture in fixtures() {
        let report = read(fixture.code, &fixture.near);
        let found = codes(&report, fixture.code);
        if found != fixture.near_fires {
            failures.push(format!("{}: the near miss fires {found:?}", fixture.code));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Where a text has more rows than any report, nothing of it is read, and every cell named.
#[test]
fn what_no_report_has_so_much_of_is_open() {
    let row = "规章 | 3 |\n";
    let text = row.repeat(2000);
    let report = read(Code::TOO_MANY_ROWS, text.as_bytes());
    let [finding] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
    assert_eq!(finding.code(), Code::TOO_MANY_ROWS);
    assert_eq!(finding.cells().len(), report.cells().count());
    assert!(report.cells().all(|(_, _, cell)| cell.figure() == gongkai::Figure::Missing));
    // As many rows in a text that has more than rows are read, and contradict each other.
    let text = format!("{row}，例文例文例文例文例文\n").repeat(2000);
    let report = read(Code::TOO_MANY_ROWS, text.as_bytes());
    assert!(report.diagnostics().iter().all(|finding| finding.code() != Code::TOO_MANY_ROWS));
}
