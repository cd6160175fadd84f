//! Text decoded in the wrong encoding before it was saved; the encoding found without the detector; doubtful digits.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use gongkai::Figure::{Number, Text};
use gongkai::diagnostic::Code;
use gongkai::form::{Applicant, RequestRow};
use gongkai::source::{DEFAULT_MAX_BYTES, Encoding, Mojibake, Source};
use gongkai::{Report, Span, parse, parse_bytes};

const TEXT: &str = "\
三、收到和处理政府信息公开申请情况
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 1 | 4 | ||
（一）予以公开 | 2 | 0 | 0 | 0 | 0 | 1 | 3 | |
";

fn codes(report: &Report<'_>) -> Vec<Code> {
    report.diagnostics().iter().map(|finding| finding.code()).collect()
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn check(damaged: &str, text: &str, kind: Mojibake) {
    let report = parse(damaged).unwrap();
    assert_eq!(report.verify(), Ok(()));
    assert_eq!((report.source_text(), report.source().mojibake()), (text, Some(kind)));
    assert!(codes(&report).contains(&Code::MOJIBAKE_DECODED));
    let requests = report.form().unwrap().requests().unwrap();
    let cell = requests.get(RequestRow::NewReceived, Applicant::Total).unwrap();
    assert_eq!(cell.number(), Some(4.into()));
    assert_eq!(&damaged[report.byte_span(cell.span().unwrap()).range()], "4");
    // Every place leads back, in order and without gaps.
    let (mut last, mut start) = (0, 0);
    for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
        let bytes = report.byte_span(Span::new(start, end as u32));
        assert!(bytes.start() == last && bytes.end() >= last, "{start}..{end}: {bytes:?} after {last}");
        assert!(damaged.get(bytes.range()).is_some());
        (last, start) = (bytes.end(), end as u32);
    }
    assert_eq!(last, damaged.len());
}

#[test]
fn gbk_read_as_latin1() {
    let (bytes, ..) = encoding_rs::GBK.encode(TEXT);
    check(&latin1(&bytes), TEXT, Mojibake::GbkAsLatin1);
    let (damaged, ..) = encoding_rs::WINDOWS_1252.decode(&bytes);
    check(&damaged, TEXT, Mojibake::GbkAsLatin1);
}

/// Not every pair of bytes is a character of GBK: words of which none is lost.
#[test]
fn utf8_read_as_gbk() {
    let read = |text: &str| {
        let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(text.as_bytes())?;
        Some(text.into_owned())
    };
    let words = [
        "政府", "信息", "公开", "工作", "年度", "报告", "总体", "情况", "申请", "处理", "机构", "建设",
        "监督",
    ];
    let kept: String = words.iter().filter(|word| read(word).is_some()).copied().collect();
    assert!(kept.chars().count() >= 12, "{kept}");
    let text = format!("{kept} | 3 |\n{kept}\n");
    let damaged = read(&text).unwrap();
    let source = Source::from_bytes(damaged.as_bytes(), None, DEFAULT_MAX_BYTES).unwrap();
    assert_eq!((source.text(), source.mojibake()), (text.as_str(), Some(Mojibake::Utf8AsGbk)));
    let at = text.find('3').unwrap() as u32;
    assert_eq!(&damaged[source.byte_span(Span::new(at, at + 1)).range()], "3");
    assert_eq!(source.byte_span(Span::new(0, text.len() as u32)).range(), 0..damaged.len());

    // A declared encoding that is wrong comes to the same.
    let source = Source::from_bytes(text.as_bytes(), Some(Encoding::Gb18030), DEFAULT_MAX_BYTES).unwrap();
    assert_eq!(source.text(), text);
    assert_eq!(&text.as_bytes()[source.byte_span(Span::new(at, at + 1)).range()], b"3");
}

/// One byte too few, and it is reported, not repaired.
#[test]
fn what_is_not_proven_is_reported() {
    let (bytes, ..) = encoding_rs::GBK.encode(TEXT);
    let mut damaged = latin1(&bytes);
    damaged.remove(damaged.find('\u{B5}').unwrap());
    let (lossy, ..) = encoding_rs::GBK.decode(TEXT.as_bytes());
    for damaged in [&lossy, damaged.as_str()] {
        let report = parse(damaged).unwrap();
        assert_eq!(report.source().mojibake(), Some(Mojibake::Lossy), "{damaged}");
        assert!(report.source().is_borrowed() && codes(&report).contains(&Code::MOJIBAKE));
    }
}

#[test]
fn other_texts_are_left_alone() {
    let french = "Législation française: à l'égard de l'état, déjà été réglementé, naïve, où, été";
    for text in [TEXT, french, "", "abc", "2023", "規章", "废止件数规章制发总数目录公布公开栏"]
    {
        let source = Source::from_text(text, DEFAULT_MAX_BYTES).unwrap();
        assert_eq!((source.is_borrowed(), source.mojibake()), (true, None), "{text}");
    }
}

#[test]
fn gb18030_and_big5_are_told_apart() {
    let traditional = OpenCC::from_config(BuiltinConfig::S2tw).unwrap().convert(TEXT);
    for text in [TEXT, traditional.as_str()] {
        let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
        assert!(!lossy);
        for end in 250..bytes.len() {
            assert_eq!(parse_bytes(&bytes[..end]).unwrap().source().encoding(), Encoding::Gb18030, "{end}");
        }
    }
    let (bytes, _, lossy) = encoding_rs::BIG5.encode(&traditional);
    assert!(!lossy);
    for end in 250..bytes.len() {
        assert_eq!(parse_bytes(&bytes[..end]).unwrap().source().encoding(), Encoding::Big5, "{end}");
    }
}

/// A cell whose figure is torn, circled, Roman or private keeps its place, and is reported.
#[test]
fn doubtful_digits_are_reported() {
    let number = |n: i64| Number(n.into());
    for doubtful in
        ["?", "3?", "\u{FFFD}", "1\u{FFFD}", "\u{E5E5}", "①", "①5", "⒈", "Ⅲ", "ⅲ", "½", "5\u{E000}", "(1)"]
    {
        let text = format!(
            "第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
             规章 | 7 | {doubtful} | 9 |\n行政规范性文件 | 1 | 2 | 3 |\n"
        );
        let report = parse(&text).unwrap();
        assert_eq!(report.verify(), Ok(()));
        let figures: Vec<_> = report.cells().take(6).map(|(_, _, cell)| cell.figure()).collect();
        let wanted = [number(7), Text, number(9), number(1), number(2), number(3)];
        assert_eq!(figures, wanted, "{doubtful}");
        let finding =
            report.diagnostics().iter().find(|finding| finding.code() == Code::NOT_A_FIGURE).unwrap();
        assert_eq!(report.text(finding.span().unwrap()), doubtful);
    }
}
