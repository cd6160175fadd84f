//! What a report says of itself, and what around it is no part of its prose.

use gongkai::Report;
use gongkai::document::BlockKind;
use gongkai::form::Field;

const SECTIONS: &str = "一、总体情况\n本局认真落实各项要求。\n";

fn parse(text: &str) -> Report<'_> {
    gongkai::parse(text).expect("within the limit")
}

fn agency<'r>(report: &'r Report<'_>) -> Option<&'r str> {
    report.meta().agency.map(|span| report.text(span))
}

fn filed(report: &Report<'_>) -> Option<String> {
    report.meta().filing_date.map(|date| date.value.to_string())
}

/// The kinds of the lines below the prose.
fn bottom(report: &Report<'_>) -> Vec<BlockKind> {
    let kinds = report.document().blocks().iter().map(|block| block.kind());
    kinds.filter(|kind| !matches!(kind, BlockKind::Paragraph | BlockKind::Heading)).collect()
}

#[test]
fn a_signature_names_agency_and_day() {
    let text = format!("{SECTIONS}甲局\n2024年1月18日\n主办单位：乙县人民政府 版权所有\n");
    let report = parse(&text);
    assert_eq!(agency(&report), Some("甲局"));
    assert_eq!(filed(&report).as_deref(), Some("2024-01-18"));
    assert_eq!(bottom(&report), [BlockKind::Signature, BlockKind::Signature, BlockKind::Furniture]);
    // A sentence is no agency.
    let prose = format!("{SECTIONS}特此报告。\n2024年1月18日\n");
    let report = parse(&prose);
    assert_eq!((agency(&report), bottom(&report)), (None, vec![BlockKind::Signature]));
}

#[test]
fn filing_lines_come_before_the_signature() {
    let filing = "填报单位：丙局 填报日期：2024年1月9日\n单位负责人：张三 审核人： 填报人：李四\n";
    for text in [
        format!("{SECTIONS}{filing}甲局\n2024年1月18日\n"),
        format!("{SECTIONS}甲局\n2024年1月18日\n{filing}"),
    ] {
        let report = parse(&text);
        assert_eq!(agency(&report), Some("丙局"), "{text}");
        assert_eq!(filed(&report).as_deref(), Some("2024-01-09"), "{text}");
        let named: Vec<_> =
            report.meta().signatories.iter().map(|(field, span)| (*field, report.text(*span))).collect();
        assert_eq!(named, [(Field::HeadOfAgency, "张三"), (Field::Preparer, "李四")], "{text}");
    }
    // Prose above the signature is left as it is.
    let prose = format!("{SECTIONS}本报告由甲局编制\n甲局\n2024年1月18日\n");
    assert_eq!(bottom(&parse(&prose)), [BlockKind::Signature, BlockKind::Signature]);
}

#[test]
fn the_title_names_agency_and_year() {
    let text = format!("甲县财政局关于2023年政府信息公开工作年度报告\n{SECTIONS}");
    let report = parse(&text);
    assert_eq!(agency(&report), Some("甲县财政局"));
    assert_eq!(report.meta().report_year.map(|year| year.value), Some(2023));
    // Two characters before the year are no agency.
    let report = parse("本局2023年政府信息公开工作年度报告\n一、总体情况\n");
    assert_eq!(agency(&report), None);
}

#[test]
fn the_period_has_two_days_and_a_year() {
    for (sentence, period) in [
        ("统计期限自2023年1月1日起至12月31日止。", Some(("2023-01-01", "2023-12-31"))),
        ("统计期限为二〇二三年一月一日至二〇二三年十二月三十一日。", Some(("2023-01-01", "2023-12-31"))),
        ("统计期限为２０２３年１月１日-2023年12月31日。", Some(("2023-01-01", "2023-12-31"))),
        ("统计期限为1月1日至12月31日。", None),
        ("会议于2023年1月1日召开。", None),
        ("统计期限自2023年13月1日至12月31日。", None),
    ] {
        let text = format!("一、总体情况\n{sentence}\n");
        let report = parse(&text);
        let stated =
            report.meta().period.map(|period| (period.value.0.to_string(), period.value.1.to_string()));
        let expected = period.map(|(from, to)| (from.to_owned(), to.to_owned()));
        assert_eq!(stated, expected, "{sentence}");
    }
}

#[test]
fn a_day_without_its_year_is_kept_and_said() {
    let text = "一、总体情况\n填报单位：甲局 填报日期： 年1月11日\n";
    let report = parse(text);
    assert_eq!(filed(&report).as_deref(), Some("--01-11"));
    assert!(
        report
            .diagnostics()
            .iter()
            .any(|finding| finding.code() == gongkai::diagnostic::Code::DATE_INCOMPLETE)
    );
}
