//! Reports of several years: each rule fires, its near miss does not, and what is not compared is said.

use gongkai::diagnostic::{Class, Code, Language};
use gongkai::form::{Applicant, CellId, RequestRow};
use gongkai::series::{IMPLAUSIBLE_FLOOR, SeriesFinding, check_series};
use gongkai::{Report, diff, parse};

const OTHER: &str = "（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";

/// A report of the newest version: the three figures of 规章, carried over, carried forward, licensing decisions.
fn newer(year: u16, rules: [u32; 3], over: u32, forward: u32, licensing: u32) -> Report<'static> {
    let [issued, repealed, in_force] = rules;
    let text = format!(
        "某某县档案局{year}年政府信息公开工作年度报告\n第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | {issued} | {repealed} | {in_force} |\n行政规范性文件 | 0 | 0 | 0 |\n第二十条第（五）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | {licensing} | ||\n二、上年结转政府信息公开申请数量 | {over} | 0 | 0 | 0 | 0 | 0 | {over} |\n{OTHER}四、结转下年度继续办理 | {forward} | 0 | 0 | 0 | 0 | 0 | {forward} |\n"
    );
    parse(&text).expect("a report").into_owned()
}

fn check(reports: &[Report<'_>]) -> Vec<SeriesFinding> {
    let findings = check_series(&reports.iter().collect::<Vec<_>>());
    for finding in &findings {
        assert_eq!(finding.diagnostic().class(), Class::Series);
        for language in [Language::English, Language::Chinese] {
            assert!(!finding.message(language).contains(['{', '}']), "{finding}");
        }
    }
    findings
}

fn codes(findings: &[SeriesFinding]) -> Vec<Code> {
    findings.iter().map(|finding| finding.diagnostic().code()).collect()
}

#[test]
fn what_is_carried_forward_is_carried_over() {
    let agreeing = [newer(2022, [0, 0, 3], 0, 5, 0), newer(2023, [0, 0, 3], 5, 0, 0)];
    assert_eq!(codes(&check(&agreeing)), []);
    // Given the other way round; both columns with a figure differ.
    let findings = check(&[newer(2023, [0, 0, 3], 4, 0, 0), newer(2022, [0, 0, 3], 0, 5, 0)]);
    assert_eq!(codes(&findings), [Code::CARRY_OVER; 2]);
    let (earlier, later) = (findings[0].earlier().expect("two reports"), findings[0].later());
    assert_eq!(
        (earlier.report(), earlier.year(), later.report(), later.year()),
        (1, Some(2022), 0, Some(2023))
    );
    assert_eq!(earlier.cells(), [CellId::from((RequestRow::CarriedForward, Applicant::NaturalPerson))]);
    assert_eq!(later.cells(), [CellId::from((RequestRow::CarriedOver, Applicant::NaturalPerson))]);
    assert_eq!(findings[0].diagnostic().sides(), Some((5.into(), 4.into())));
    assert!(findings[0].message(Language::English).starts_with("2022–2023: "), "{}", findings[0]);
}

#[test]
fn the_stock_is_last_years_with_what_came_and_went() {
    let before = || newer(2022, [0, 0, 10], 0, 0, 0);
    assert_eq!(codes(&check(&[before(), newer(2023, [4, 1, 13], 0, 0, 0)])), []);
    let findings = check(&[before(), newer(2023, [4, 1, 12], 0, 0, 0)]);
    assert_eq!(codes(&findings), [Code::STOCK_FLOW]);
    assert_eq!(findings[0].diagnostic().sides(), Some((12.into(), 13.into())));
    let cells: Vec<String> = findings[0].diagnostic().cells().iter().map(ToString::to_string).collect();
    assert_eq!(cells.len(), 3);
    let earlier: Vec<String> =
        findings[0].earlier().expect("two reports").cells().iter().map(ToString::to_string).collect();
    assert_eq!(
        (earlier.as_slice(), &cells[0]),
        (&["active_disclosure/rules/in_force".to_owned()][..], &earlier[0])
    );
}

#[test]
fn a_change_is_implausible_beyond_five_fold_and_above_the_floor() {
    let floor = u32::try_from(IMPLAUSIBLE_FLOOR).expect("a small number");
    let change =
        |from: u32, to: u32| codes(&check(&[newer(2022, [0; 3], 0, 0, from), newer(2023, [0; 3], 0, 0, to)]));
    assert_eq!(change(62, 620), [Code::IMPLAUSIBLE_CHANGE]);
    assert_eq!(change(620, 62), [Code::IMPLAUSIBLE_CHANGE]);
    assert_eq!(change(0, floor), [Code::IMPLAUSIBLE_CHANGE]);
    assert_eq!(change(62, 310), []);
    assert_eq!(change(62, 311), [Code::IMPLAUSIBLE_CHANGE]);
    assert_eq!(change(1, floor - 1), []);
}

#[test]
fn an_implausible_change_is_seen_across_versions() {
    let older =
        parse("某某局2018年政府信息公开工作年度报告\n（一）收到申请数 | 件 | 12 |\n").expect("a report");
    let newer = "某某局2019年政府信息公开工作年度报告\n一、本年新收政府信息公开申请数量 | 120 | 0 | 0 | 0 | 0 | 0 | 120 |\n";
    let findings = check(&[older, parse(newer).expect("a report")]);
    assert_eq!(codes(&findings), [Code::IMPLAUSIBLE_CHANGE]);
    let places = [findings[0].earlier().expect("two reports"), findings[0].later()];
    let cells = places.map(|place| place.cells()[0].to_string());
    assert_eq!(cells, ["statistics/applications.received/value", "requests/new_received/total"]);
}

#[test]
fn a_gap_is_said_and_not_bridged() {
    let findings = check(&[newer(2021, [0, 0, 3], 0, 5, 0), newer(2023, [0, 0, 9], 4, 0, 900)]);
    assert_eq!(codes(&findings), [Code::SERIES_GAP]);
    assert!(findings[0].message(Language::English).contains("the last report before 2023 is for 2021"));
}

#[test]
fn two_reports_for_one_year_count_if_they_agree() {
    let first = || newer(2022, [0, 0, 3], 0, 5, 0);
    let next = || newer(2023, [0, 0, 3], 4, 0, 0);
    assert_eq!(
        codes(&check(&[first(), first(), next()])),
        [Code::DUPLICATE_YEAR, Code::CARRY_OVER, Code::CARRY_OVER]
    );
    let findings = check(&[first(), newer(2022, [0, 0, 3], 0, 6, 0), next()]);
    assert_eq!(codes(&findings), [Code::DUPLICATE_YEAR]);
    assert_eq!(
        (findings[0].diagnostic().counts().found, findings[0].diagnostic().counts().expected),
        (2022, 2)
    );
    assert_eq!(
        (findings[0].earlier().map(|place| place.report()), findings[0].later().report()),
        (Some(0), 1)
    );
}

#[test]
fn a_report_without_a_year_is_left_out() {
    let findings = check(&[parse("规章 | 0 | 0 | 3 |\n").expect("a report"), newer(2022, [0; 3], 0, 0, 0)]);
    assert_eq!(codes(&findings), [Code::YEAR_UNKNOWN]);
    assert_eq!((findings[0].earlier(), findings[0].later().report()), (None, 0));
    assert_eq!(check(&[newer(2022, [0; 3], 0, 0, 0)]), []);
    assert_eq!(check(&[]), []);
}

#[test]
fn forms_of_one_version_are_compared_cell_by_cell() {
    let (earlier, later) = (newer(2022, [0, 0, 3], 0, 5, 0), newer(2023, [0, 0, 3], 4, 5, 0));
    let found = diff::diff(&earlier, &later).expect("two forms");
    let lines: Vec<String> = found.changes().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        ["requests/carried_over/natural_person: 0 → 4 (+4)", "requests/carried_over/total: 0 → 4 (+4)"]
    );
    assert_eq!(found.compared(), 200);
}

#[test]
fn forms_of_different_versions_are_compared_where_they_ask_the_same() {
    let older = parse("（一）收到申请数 | 件 | 12 |\n（二）申请办结数 | 件 | 9 |\n").expect("a report");
    let newer = parse("一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 4 |\n").expect("a report");
    let found = diff::diff(&older, &newer).expect("two forms");
    assert_ne!(found.versions().0, found.versions().1);
    let text = found.to_string();
    assert!(text.lines().any(|line| line == "received: 12件 → 4 (-8)"), "{text}");
    assert!(
        text.contains("completed: 9件 → requests/outcome_total/total is no number but missing"),
        "{text}"
    );
    assert!(!text.contains("requests/new_received/natural_person"), "the older form does not ask");
}
