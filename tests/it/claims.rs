//! Figures of prose: what is read, what is doubted, what contradicts the tables.

use allocation_counter::measure;
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::claims::{Doubt, Exactness, Subject, check_claims};
use gongkai::diagnostic::{Class, Code, Language, Severity};
use gongkai::grammar::numeral::parse_quantity;
use gongkai::{Claim, Report, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::corpus::corpus;

/// A report for 2023 with this paragraph, and table 三 with these figures in their rows' columns 自然人 and 总计.
fn newer(prose: &str, rows: &[(&str, u32)]) -> String {
    let mut text = format!(
        "某某县档案局2023年政府信息公开工作年度报告\n一、总体情况\n{prose}\n三、收到和处理政府信息公开申请情况\n"
    );
    text += "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||\n自然人 | 法人或其他组织 | 总计 | |||||||\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n";
    for (label, figure) in rows {
        text += &format!("{label} | {figure} | 0 | 0 | 0 | 0 | 0 | {figure} | ||\n");
    }
    text
}

/// A report for 2017 with this paragraph, and the older table with these figures.
fn older(prose: &str, rows: &[(&str, u32)]) -> String {
    let mut text = format!(
        "某某县档案局2017年政府信息公开工作年度报告\n一、基本情况\n{prose}\n附件\n政府信息公开情况统计表\n统计指标 | 单位 | 统计数 |\n"
    );
    for (label, figure) in rows {
        text += &format!("{label} | 件 | {figure} |\n");
    }
    text
}

const NEW: &str = "一、本年新收政府信息公开申请数量";
const OVER: &str = "二、上年结转政府信息公开申请数量";
const GRANTED: &str = "（一）予以公开";
const PARTLY: &str = "（二）部分公开";
const NOT_HELD: &str = "1.本机关不掌握相关政府信息";
const TOTAL: &str = "（七）总计";
const FORWARD: &str = "四、结转下年度继续办理";

/// `subject value`, with what speaks against comparing it.
fn in_words(claim: &Claim) -> String {
    let mut words = format!("{} {}", claim.subject(), claim.value());
    if claim.exactness() != Exactness::Exact {
        words += &format!(" {:?}", claim.exactness());
    }
    if let Some(doubt) = claim.doubt() {
        words += &format!(" {doubt:?}");
    }
    words
}

fn claims_of(text: &str) -> Vec<String> {
    let report = parse(text).expect("a report");
    report.claims().iter().map(in_words).collect()
}

fn findings(text: &str) -> Vec<String> {
    let report = parse(text).expect("a report");
    let findings = check_claims(&report);
    for finding in &findings {
        assert_eq!((finding.class(), finding.severity()), (Class::Claim, Severity::Warning));
        assert_eq!(finding.code(), Code::NARRATIVE_FIGURE);
        for language in [Language::English, Language::Chinese] {
            assert!(!finding.message(language).contains(['{', '}']), "{finding}");
        }
    }
    findings.iter().map(|finding| shown(&report, finding)).collect()
}

fn shown(report: &Report<'_>, finding: &gongkai::Diagnostic) -> String {
    let (left, right) = finding.sides().expect("two sides");
    let cells: Vec<String> = finding.cells().iter().map(ToString::to_string).collect();
    let span = finding.span().expect("a place");
    format!("{} {left}≠{right} {}", report.text(span), cells.join("+"))
}

/// Prose in the wordings seen, and what it states.
#[rustfmt::skip]
const WORDINGS: &[(&str, &[&str])] = &[
        ("2023年,本年新收政府信息公开申请数量12件。", &["new_received 12"]),
        ("本年度共收到政府信息公开申请3件。", &["received 3"]),
        ("收到“依申请公开”申请3件。", &["received 3"]),
        ("全年共收到公民、法人和其他组织提出的政府信息公开申请一百零五件。", &["received 105"]),
        (
            "我局收到依申请公开信件3件,上年结转2件,办结4件,结转下年度继续办理1件。",
            &["received 3", "carried_over 2", "completed 4", "carried_forward 1"],
        ),
        (
            "收到政府信息公开申请10件,其中予以公开3件,部分公开2件,本机关不掌握相关政府信息1件。",
            &["received 10", "granted 3", "partially_granted 2", "not_held 1"],
        ),
        ("受理政府信息公开申请两件,均已答复两件。", &["received 2", "replied 2"]),
        ("因政府信息公开被申请行政复议1件、行政诉讼0件。", &["reviews 1", "litigation 0"]),
        ("全局公开信息总数为5条。", &["disclosed 5"]),
        ("回应公众关注热点或重大舆情数6次。", &["responses 6"]),
        ("政务公开方面,全年召开政府信息公开工作会议3次,召开2次专题会议。", &["meetings 3", "meetings 2"]),
        (
            "推进信息公开,举办各类培训班1次,举办2期政务公开培训班,接受培训人员14人次。",
            &["courses 1", "courses 2", "trainees 14"],
        ),
        (
            "信息公开专职工作人员为1人,兼职人员4人,另有2名兼职工作人员。",
            &["full_time_staff 1", "part_time_staff 4", "part_time_staff 2"],
        ),
        // Traditional characters, white space, annotations.
        ("全年共收 到政府信息公開申請 ３ 件。", &["received 3"]),
        (
            "全年共收到依申請公開信件3件,其中:本機(jī)關(guān)不掌握相關(guān)政府信息2件。",
            &["received 3", "not_held 2"],
        ),
];

#[test]
fn wordings_are_read() {
    for (prose, expected) in WORDINGS {
        assert_eq!(claims_of(&newer(prose, &[])), *expected, "{prose}");
    }
}

#[test]
fn wordings_are_read_in_traditional_characters() {
    for config in [BuiltinConfig::S2t, BuiltinConfig::S2tw, BuiltinConfig::S2hk] {
        let opencc = OpenCC::from_config(config).expect("OpenCC's own dictionaries");
        for (prose, expected) in WORDINGS {
            let prose = opencc.convert(prose);
            assert_eq!(claims_of(&newer(&prose, &[])), *expected, "{prose}");
        }
    }
}

#[test]
fn wordings_are_read_past_annotations() {
    let is_numeral = |c: char| "〇零一二两三四五六七八九十百千万".contains(c);
    for (prose, expected) in WORDINGS {
        let mut annotated = String::new();
        for c in prose.chars() {
            annotated.push(c);
            // Of several dressings a page uses one.
            if ('\u{4e00}'..='\u{9fff}').contains(&c) && !is_numeral(c) && !"年月".contains(c) {
                annotated += ["(shù)", "（gong）", "(de)(de)"][prose.len() % 3];
            }
        }
        assert_eq!(claims_of(&newer(&annotated, &[])), *expected, "{annotated}");
    }
}

#[test]
fn doubts_are_named() {
    for (prose, expected) in [
        ("2022年收到政府信息公开申请5件。", &["received 5 OtherYear"][..]),
        (
            "2022年收到政府信息公开申请5件,2023年收到政府信息公开申请3件。",
            &["received 5 OtherYear", "received 3"],
        ),
        ("去年,我局收到政府信息公开申请5件。", &["received 5 OtherYear"]),
        ("第一季度收到政府信息公开申请5件。", &["received 5 PartOfYear"]),
        ("2023年5月,收到政府信息公开申请5件。", &["received 5 PartOfYear"]),
        ("2023年1月1日至12月31日,收到政府信息公开申请5件。", &["received 5"]),
        ("截至2023年12月31日,收到政府信息公开申请5件。", &["received 5"]),
        ("2008年以来,收到政府信息公开申请500件。", &["received 500 OtherYear"]),
        ("条例施行以来,累计收到政府信息公开申请500件。", &["received 500 Cumulative"]),
        ("近3年收到政府信息公开申请500件。", &["received 500 Cumulative"]),
        ("各区共收到政府信息公开申请500件。", &["received 500 OtherBody"]),
        ("县教育局收到政府信息公开申请5件。", &["received 5 OtherBody"]),
        ("县档案局收到政府信息公开申请5件。", &["received 5"]),
        ("我局收到政府信息公开申请5件。", &["received 5"]),
        ("较上年收到政府信息公开申请5件有所增加。", &["received 5 Comparison"]),
        ("计划召开政府信息公开工作会议2次。", &["meetings 2 Intended"]),
        ("坚持每年召开政府信息公开工作会议2次。", &["meetings 2 Intended"]),
        ("因政府信息公开引发的行政复议和行政诉讼3件。", &["litigation 3 Joint"]),
        ("收到政府信息公开申请9件,其中收到公开申请3件来自网络。", &["received 9", "received 3 Part"]),
        ("通过网络收到政府信息公开申请3件。", &["received 3 Part"]),
        ("收到政府信息公开申请79件(含上年度结转77件)。", &["received 79", "carried_over 77 Part"]),
        ("收到市长信箱信件2件,其中本机关不掌握相关政府信息2件。", &["not_held 2 OtherMatter"]),
        ("发生行政复议案件200件。", &["reviews 200 OtherMatter"]),
        ("办理政府信息公开行政复议案件200件。", &["reviews 200 Part"]),
        ("推进信息公开。召开会议2次。", &["meetings 2 OtherMatter"]),
        ("信息公开网站专职人员3人。", &["full_time_staff 3 Part"]),
        ("全市共收到政府信息公开申请500件。", &["received 500 OtherBody"]),
        ("市长信箱新收3件。", &["new_received 3 OtherMatter"]),
        ("收到政府信息公开申请约20件。", &["received 20 Approximate"]),
        ("收到政府信息公开申请20余件。", &["received 20 Approximate"]),
        ("收到政府信息公开申请20件左右。", &["received 20 Approximate"]),
        ("主动公开政府信息1.2万条。", &["disclosed 12000 Rounded"]),
        ("主动公开政府信息数十条。", &["disclosed 10 Approximate"]),
        ("微信公众号主动公开政府信息30条。", &["disclosed 30 Part"]),
    ] {
        assert_eq!(claims_of(&newer(prose, &[])), expected, "{prose}");
    }
}

#[test]
fn what_only_looks_like_a_claim_is_none() {
    for prose in [
        "收到行政许可申请20件。",
        "收到困难补助申请20件。",
        "未收到政府信息公开申请。",
        "收到政府信息公开申请,比上年增加3件。",
        "主动公开规范性文件3件。",
        "主动公开财政信息3条。",
        "组织业务培训33次,参训人员98人次。",
        "召开新闻发布会2次。",
        "第3次召开会议。",
        "不予公开3件。",
        "按照第二十条第(一)项公开。",
        "认真落实《2022年收到政府信息公开申请5件》。",
        "依申请公开事项一次性告知。",
        "收到两三件申请。",
        "12345热线收到来电554件。",
    ] {
        assert_eq!(claims_of(&newer(prose, &[])), [""; 0], "{prose}");
    }
}

#[test]
fn a_contradicted_claim_is_found() {
    for (prose, rows, expected) in [
        ("全年新收政府信息公开申请4件。", &[(NEW, 3)][..], "4件 4≠3 requests/new_received/total"),
        ("共收到政府信息公开申请6件。", &[(NEW, 3), (OVER, 2)], "6件 6≠3 requests/new_received/total"),
        ("收到申请3件,上年结转1件。", &[(NEW, 3), (OVER, 2)], "1件 1≠2 requests/carried_over/total"),
        (
            "收到公开申请3件,办结四件。",
            &[(NEW, 3), (OVER, 0), (TOTAL, 3)],
            "四件 4≠3 requests/outcome_total/total",
        ),
        (
            "收到公开申请3件,结转下年度2件。",
            &[(NEW, 3), (FORWARD, 1)],
            "2件 2≠1 requests/carried_forward/total",
        ),
        ("收到公开申请3件,其中予以公开2件。", &[(NEW, 3), (GRANTED, 1)], "2件 2≠1 requests/granted/total"),
        (
            "收到公开申请3件,其中部分公开1件。",
            &[(NEW, 3), (PARTLY, 0)],
            "1件 1≠0 requests/partially_granted/total",
        ),
        (
            "收到公开申请3件,其中不掌握相关信息1件。",
            &[(NEW, 3), (NOT_HELD, 2)],
            "1件 1≠2 requests/unable.not_held/total",
        ),
    ] {
        assert_eq!(findings(&newer(prose, rows)), [expected], "{prose}");
    }
    for (prose, row, expected) in [
        (
            "召开政府信息公开会议2次。",
            ("召开政府信息公开工作会议或专题会议数", 1),
            "2次 2≠1 statistics/training.meetings/value",
        ),
        (
            "推进信息公开,举办培训班1期。",
            ("举办各类培训班数", 2),
            "1期 1≠2 statistics/training.courses/value",
        ),
        (
            "信息公开接受培训人员14人。",
            ("接受培训人员数", 15),
            "14人 14≠15 statistics/training.trainees/value",
        ),
        ("信息公开专职人员1名。", ("专职人员数", 2), "1名 1≠2 statistics/capacity.staff.full_time/value"),
        ("信息公开兼职人员4人。", ("兼职人员数", 3), "4人 4≠3 statistics/capacity.staff.part_time/value"),
        (
            "主动公开政府信息873条。",
            ("主动公开政府信息数", 842),
            "873条 873≠842 statistics/disclosure.items/value",
        ),
        ("收到信息公开申请7件。", ("收到申请数", 8), "7件 7≠8 statistics/applications.received/value"),
        ("政府信息公开行政复议1件。", ("行政复议数量", 0), "1件 1≠0 statistics/reviews/value"),
        ("政府信息公开行政诉讼1件。", ("行政诉讼数量", 0), "1件 1≠0 statistics/litigation/value"),
    ] {
        assert_eq!(findings(&older(prose, &[row])), [expected], "{prose}");
    }
}

#[test]
fn a_near_miss_is_not() {
    for (prose, rows) in [
        // The same figure; with those carried over; the table open; two figures of one subject.
        ("共收到政府信息公开申请3件。", &[(NEW, 3), (OVER, 2)][..]),
        ("共收到政府信息公开申请5件。", &[(NEW, 3), (OVER, 2)]),
        ("共收到政府信息公开申请5件。", &[(NEW, 3)]),
        ("全年新收公开申请4件。我局新收政府信息公开申请5件。", &[(NEW, 3)]),
        ("2022年新收政府信息公开申请4件。", &[(NEW, 3)]),
        ("县教育局新收政府信息公开申请4件。", &[(NEW, 3)]),
        ("新收政府信息公开申请4件左右。", &[(NEW, 3)]),
        ("收到公开申请3件,其中收到网络公开申请1件。", &[(NEW, 3), (OVER, 0)]),
        ("收到市长信箱来信3件,其中部分掌握1件。", &[(NEW, 3), (PARTLY, 0)]),
    ] {
        assert_eq!(findings(&newer(prose, rows)), [""; 0], "{prose}");
    }
}

#[test]
fn a_reply_may_be_said_of_three_totals() {
    let form = include_str!("../data/examples/v2021.txt");
    let with = |replied: u32| {
        let prose = format!("收到政府信息公开申请1279件,答复{replied}件。");
        findings(&form.replace("例文：申请渠道畅通。", &prose))
    };
    // All outcomes; those that end in a reply; those of them on the matter itself.
    for replied in [1266, 999, 622] {
        assert_eq!(with(replied), [""; 0]);
    }
    assert_eq!(with(1279), ["1279件 1279≠1266 requests/outcome_total/total"]);
}

#[test]
fn the_real_reports_yield_what_is_true_of_them() {
    let Some(samples) = corpus() else { return };
    let expected = [
        ("000", &["1≠0 requests/partially_granted/total"][..]),
        ("001", &[]),
        ("002", &[]),
        ("003", &[]),
        ("004", &["2≠1 statistics/training.meetings/value", "1≠2 statistics/training.courses/value"]),
    ];
    let opencc = OpenCC::from_config(BuiltinConfig::S2t).expect("OpenCC's own dictionaries");
    for (name, expected) in expected {
        let Some(sample) = samples.iter().find(|sample| sample.name.starts_with(name)) else { continue };
        for text in [sample.text.clone(), opencc.convert(&sample.text)] {
            // Without the figure's own text, which is the report's.
            let found = findings(&text);
            let found: Vec<&str> =
                found.iter().filter_map(|finding| Some(finding.split_once(' ')?.1)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}

/// A number as it is written in Chinese, the way a school book does.
fn spelled(number: u32) -> String {
    fn section(number: u32) -> String {
        let mut text = String::new();
        let mut skipped = false;
        for (power, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / power % 10;
            if digit == 0 {
                skipped = !text.is_empty();
                continue;
            }
            if skipped {
                text += "零";
                skipped = false;
            }
            text.push("零一二三四五六七八九".chars().nth(digit as usize).expect("a digit"));
            text += unit;
        }
        text
    }
    let (above, below) = (number / 10_000, number % 10_000);
    let text = match (above, below) {
        (0, 0) => return "零".to_owned(),
        (0, below) => section(below),
        (above, 0) => section(above) + "万",
        (above, below) if below < 1000 => section(above) + "万零" + &section(below),
        (above, below) => section(above) + "万" + &section(below),
    };
    match text.strip_prefix("一十") {
        Some(rest) => format!("十{rest}"),
        None => text,
    }
}

/// Pieces of sentences, to be put together without sense.
const PIECES: &[&str] = &[
    "2023年",
    "2022年",
    "去年",
    "本年",
    "全年",
    "共",
    "收到",
    "新收",
    "政府信息公开",
    "申请",
    "依申请公开",
    "上年结转",
    "答复",
    "办结",
    "其中",
    "予以公开",
    "部分公开",
    "不掌握",
    "行政复议",
    "行政诉讼",
    "召开",
    "会议",
    "举办",
    "培训班",
    "接受培训",
    "专职",
    "人员",
    "兼职",
    "我局",
    "教育局",
    "各区",
    "3",
    "十二",
    "一百零五",
    "1.2万",
    "余",
    "约",
    "件",
    "条",
    "次",
    "人",
    "人次",
    "名",
    "，",
    "。",
    "、",
    "：",
    "(",
    ")",
    "（",
    "》",
    "《",
    "(gōng)",
    "5月",
    "截至",
    "以来",
    "比上年",
    "第",
    "\u{a0}",
    "?",
    "一",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numerals_come_back(number in 0..100_000_000_u32) {
        let text = spelled(number);
        let (quantity, rest) = parse_quantity(&text).expect("a numeral");
        prop_assert_eq!((quantity.value, quantity.exactness, rest), (i64::from(number).into(), Exactness::Exact, ""), "{}", text);
        let text = number.to_string();
        prop_assert_eq!(parse_quantity(&text).map(|(quantity, rest)| (quantity.value, rest)), Some((i64::from(number).into(), "")));
    }

    #[test]
    fn any_prose_is_read_in_order(pieces in vec(select(PIECES), 0..60), noise in "\\PC{0,40}") {
        let text = format!("{}{noise}", pieces.concat());
        let report = parse(&text).expect("a report");
        let mut end = 0;
        for claim in report.claims() {
            prop_assert!(claim.span().start() >= end && claim.part().contains(claim.span()));
            prop_assert!(!report.text(claim.span()).is_empty() && !report.text(claim.part()).is_empty());
            end = claim.span().end();
        }
        let findings = check_claims(&report);
        prop_assert!(findings.is_empty(), "there is no table");
    }

    #[test]
    fn what_agrees_does_not_fire_and_what_does_not_does(
        figures in [0..2000_u32, 0..200, 0..200, 0..200, 0..200, 0..200, 0..200],
        chinese in any::<bool>(),
        wrong in 0..7_usize,
        by in 1..50_u32,
    ) {
        let [new, over, granted, partly, not_held, total, forward] = figures;
        let rows = [(NEW, new), (OVER, over), (GRANTED, granted), (PARTLY, partly), (NOT_HELD, not_held), (TOTAL, total), (FORWARD, forward)];
        let prose = |figures: [u32; 7]| {
            let [new, over, granted, partly, not_held, total, forward] =
                figures.map(|figure| if chinese { spelled(figure) } else { figure.to_string() });
            format!("2023年,本机关新收政府信息公开申请{new}件,上年结转{over}件,办结{total}件,其中予以公开{granted}件,部分公开{partly}件,本机关不掌握相关政府信息{not_held}件,结转下年度继续办理{forward}件。")
        };
        prop_assert_eq!(findings(&newer(&prose(figures), &rows)), [""; 0]);
        let mut other = figures;
        other[wrong] += by;
        prop_assert_eq!(findings(&newer(&prose(other), &rows)).len(), 1);
    }
}

#[test]
fn every_subject_has_an_answer_somewhere() {
    use gongkai::form::SchemaVersion;
    for subject in Subject::ALL {
        let answers = SchemaVersion::ALL.iter().flat_map(|version| {
            subject.answers(*version).iter().flat_map(|cells| cells.iter().map(|id| (*version, *id)))
        });
        let answers: Vec<_> = answers.collect();
        assert!(!answers.is_empty(), "{subject}");
        for (version, id) in answers {
            assert!(version.position(id).is_some(), "{version} has no {id}");
        }
    }
    assert_ne!(Doubt::Part, Doubt::Joint);
}

#[test]
fn work_is_linear() {
    // Runs that a careless reader reads again and again: it would not come back from this many.
    for piece in
        ["一", "3", "(", "(a", "申请", "召开2次的", "收到公开申请3件,", "2023", "月1月", "《", "新收、"]
    {
        let count = |times: usize| {
            let text = piece.repeat(times);
            let report = parse(&text).expect("a report");
            let mut claims = 0;
            let allocated = measure(|| claims = report.claims().len()).bytes_total;
            (allocated, claims)
        };
        count(10);
        let (small, claims) = count(100_000);
        let (large, twice) = count(200_000);
        assert!(large <= small * 2 + 4096, "{piece}: {small} bytes, then {large}");
        assert!(twice <= claims * 2 + 2, "{piece}");
    }
}
