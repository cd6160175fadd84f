use proptest::prelude::*;

use super::decode::{SEGMENT, decode};
use super::*;

const ALL: [Encoding; 5] =
    [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5];

fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Source<'_>, Error> {
    Source::from_bytes(bytes, encoding, DEFAULT_MAX_BYTES)
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding.encoding_rs().encode(text).0.into_owned(),
    }
}

fn decode_alone(bytes: &[u8], encoding: Encoding) -> String {
    let decoder = encoding.encoding_rs();
    decoder.decode_without_bom_handling(bytes).0.into_owned()
}

/// Everything that holds of any decoded source: the text is that of encoding_rs, the characters
/// partition the bytes, and the bytes of each are that character.
fn assert_exact(source: &Source<'_>, bytes: &[u8], origin: usize) {
    if source.mojibake().is_some_and(|mojibake| mojibake != Mojibake::Lossy) {
        return; // Turned back from what encoding_rs gives: tests/it/mojibake.rs has its map.
    }
    let encoding = source.encoding();
    let text = source.text();
    assert_eq!(text, decode_alone(&bytes[origin..], encoding));
    let mut malformed = source.malformed().iter();
    let mut expected = malformed.next();
    let mut at = origin;
    let mut chars = text.char_indices();
    while let Some((start, char)) = chars.next() {
        let span = Span::new(start as u32, (start + char.len_utf8()) as u32);
        let part = source.byte_span(span);
        assert_eq!(part.start(), at, "{char:?} at {start}");
        let alone = decode_alone(&bytes[part.range()], encoding);
        if let Some(bad) = expected.filter(|bad| bad.span() == span) {
            assert_eq!(bad.bytes(), part);
            assert_eq!(alone.chars().next(), Some('\u{FFFD}'));
            expected = malformed.next();
        } else if alone.chars().count() == 2 {
            let (start, second) = chars.next().unwrap();
            assert_eq!(alone, format!("{char}{second}"));
            let span = Span::new(start as u32, (start + second.len_utf8()) as u32);
            assert_eq!(source.byte_span(span), part);
            assert_eq!(source.byte_span(Span::new(span.end(), span.end())).start(), part.end());
        } else {
            assert_eq!(alone, char.to_string());
        }
        at = part.end();
    }
    assert!(expected.is_none());
    assert_eq!(at, bytes.len());
    let end = text.len() as u32;
    assert_eq!(source.byte_span(Span::new(0, end)).range(), origin..bytes.len());
    assert_eq!(source.byte_span(Span::empty(end)).range(), bytes.len()..bytes.len());
}

fn assert_reads_exactly(bytes: &[u8], encoding: Encoding) {
    let source = read(bytes, Some(encoding)).unwrap();
    assert_exact(&source, bytes, 0);
}

/// `piece` in the middle of filler, at every offset around the end of a segment.
fn assert_exact_around_a_cut(piece: &[u8], encoding: Encoding, step: usize) {
    let wide = encode("政", encoding);
    for filler in [encode("a", encoding), wide] {
        for shift in (0..24).step_by(step) {
            let mut bytes = encode("a", encoding).repeat(shift / step);
            while bytes.len() + 12 < SEGMENT + shift % filler.len() {
                bytes.extend_from_slice(&filler);
            }
            bytes.extend_from_slice(piece);
            bytes.extend_from_slice(&filler.repeat(20));
            assert_reads_exactly(&bytes, encoding);
            bytes.extend_from_slice(piece);
            assert_reads_exactly(&bytes, encoding);
        }
    }
}

#[test]
fn empty_input_is_empty_text() {
    for encoding in [None, Some(Encoding::Gb18030), Some(Encoding::Utf16Be)] {
        let source = read(b"", encoding).unwrap();
        assert_eq!(source.text(), "");
        assert_eq!(source.byte_span(Span::empty(0)), ByteSpan::new(0, 0));
        assert_eq!(source.line_column(9), (1, 1));
    }
    assert_eq!(read(b"\xEF\xBB\xBF", None).unwrap().byte_span(Span::empty(0)).range(), 3..3);
    assert_eq!(read(b"\xFF\xFE", None).unwrap().byte_span(Span::empty(0)).range(), 2..2);
}

#[test]
fn labels_lead_back_to_their_encoding() {
    for encoding in ALL {
        assert_eq!(Encoding::from_label(encoding.label()), Some(encoding));
    }
    assert_eq!(Encoding::from_label(" GBK "), Some(Encoding::Gb18030));
    assert_eq!(Encoding::from_label("big5-hkscs"), Some(Encoding::Big5));
    assert_eq!(Encoding::from_label("windows-1252"), None);
    assert_eq!(format!("{:>6}", Encoding::Big5), "  Big5");
}

#[test]
fn a_mark_overrules_the_declaration() {
    let text = "政府信息公开 | 12 |\r\n😀";
    for (mark, encoding) in [
        (&b"\xEF\xBB\xBF"[..], Encoding::Utf8),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
        (b"\x84\x31\x95\x33", Encoding::Gb18030),
    ] {
        let bytes = [mark, &encode(text, encoding)].concat();
        for declared in [None, Some(Encoding::Big5)] {
            let source = read(&bytes, declared).unwrap();
            assert_eq!((source.text(), source.encoding()), (text, encoding));
            assert_eq!(source.is_borrowed(), encoding == Encoding::Utf8);
            assert_exact(&source, &bytes, mark.len());
            assert_exact(&source.into_owned(), &bytes, mark.len());
        }
    }
    let source = read("规\u{FEFF}章".as_bytes(), None).unwrap();
    assert_eq!(source.text(), "规\u{FEFF}章");
}

#[test]
fn every_gb18030_sequence_is_mapped() {
    let mut bytes = Vec::new();
    for lead in 0x81..=0xFE_u8 {
        for trail in (0x40..=0x7E).chain(0x80..=0xFE_u8) {
            bytes.extend_from_slice(&[lead, trail, b'|']);
        }
    }
    bytes.retain(|&byte| byte != 0xFF);
    assert_reads_exactly(&bytes, Encoding::Gb18030);
    let mut source = Vec::new();
    for lead in (0x81..=0x84).chain(0x90..=0xE3_u8) {
        for second in 0x30..=0x39_u8 {
            for third in (0x81..=0xFE_u8).step_by(if lead < 0x90 { 1 } else { 25 }) {
                for fourth in 0x30..=0x39_u8 {
                    let four = [lead, second, third, fourth];
                    if decode_alone(&four, Encoding::Gb18030) != "\u{FFFD}" {
                        source.extend_from_slice(&four);
                    }
                }
            }
        }
    }
    assert!(source.len() > 4 * 39_000);
    assert_reads_exactly(&source, Encoding::Gb18030);
}

#[test]
fn every_big5_pair_is_mapped() {
    let mut bytes = Vec::new();
    for lead in 0x81..=0xFE_u8 {
        for trail in (0x40..=0x7E).chain(0xA1..=0xFE_u8) {
            if !decode_alone(&[lead, trail], Encoding::Big5).contains('\u{FFFD}') {
                bytes.extend_from_slice(&[lead, trail]);
            }
        }
    }
    assert!(bytes.len() > 2 * 18_000);
    assert_reads_exactly(&bytes, Encoding::Big5);
}

#[test]
fn irregular_sequences_are_mapped_at_every_offset() {
    for piece in [
        // U+FE10 in four bytes, the euro sign in one, twice: the sum is that of regular ones
        &b"\x84\x31\x82\x36\x80\x80"[..],
        b"\x80",
        b"\x82\x35\x8F\x33",
        b"\x94\x39\xDA\x33",
        b"\x81\x35\xF4\x37",
        b"\xFF",
        b"\xD0\x20",
        b"\x81\x30\x81\x20",
        b"\x81\x30\x81\xD0\xD0",
        b"\xD0\xFF",
        b"\xE3\x32\x9A\x36",
        b"\x81",
        b"\x81\x30",
        b"\x81\x30\x81",
        b"\r\n",
    ] {
        assert_exact_around_a_cut(piece, Encoding::Gb18030, 1);
    }
    for piece in [
        &b"\x88\x62"[..],
        b"\x88\x64",
        b"\x88\xA3\x88\xA5",
        b"\x88\x66",
        b"\x87\xFF",
        b"\x81\x40",
        b"\xA4",
        b"\x80",
        b"\xFF",
        b"\r\n",
    ] {
        assert_exact_around_a_cut(piece, Encoding::Big5, 1);
    }
    for piece in [&b"\xF0\x9F\x98\x80"[..], b"\xE6\x94", b"\xF0\x9F\x98", b"\xFF", b"\xED\xA0\x80"] {
        assert_exact_around_a_cut(piece, Encoding::Utf8, 1);
    }
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        let units = |units: &[u16]| -> Vec<u8> {
            let little = encoding == Encoding::Utf16Le;
            let bytes = |unit: &u16| {
                if little { unit.to_le_bytes() } else { unit.to_be_bytes() }
            };
            units.iter().flat_map(bytes).collect()
        };
        for piece in [
            &[0xD83D, 0xDE00][..],
            &[0xD83D],
            &[0xDE00],
            &[0xD83D, 0xD83D, 0xDE00],
            &[0xD83D, 0xD83D],
            &[13, 10],
        ] {
            assert_exact_around_a_cut(&units(piece), encoding, 2);
        }
        for odd in [&[b'x'][..], &[0xD8, 0xD8, 0x3D], &[0x3D, 0xD8, 0x00]] {
            let mut bytes = encode("政府 | 3 |", encoding);
            bytes.extend_from_slice(odd);
            assert_reads_exactly(&bytes, encoding);
            assert_eq!(read(&bytes, Some(encoding)).unwrap().malformed().len(), 1);
        }
    }
}

#[test]
fn a_run_is_never_longer_than_a_segment() {
    for encoding in &ALL[1..] {
        let bytes = encode(&"政府信息公开".repeat(2_000), *encoding);
        let source = read(&bytes, Some(*encoding)).unwrap();
        assert!(source.map.runs() >= bytes.len() / SEGMENT);
        assert!(source.map.runs() <= bytes.len() / (SEGMENT - 4) + 2);
    }
}

#[test]
fn the_encoding_is_found_without_a_declaration() {
    let simplified = "政府信息公开工作年度报告\n规章 | 0 | 0 | 3 |\n行政规范性文件 | 2 | 1 | 15 |\n\
        本年度收到申请，予以公开，部分公开，不予公开，无法提供，其他处理，结转下年度继续办理。";
    let traditional = "政府資訊公開工作年度報告\n規章 | 0 | 0 | 3 |\n行政規範性文件 | 2 | 1 | 15 |\n\
        本年度收到申請，予以公開，部分公開，不予公開，無法提供，其他處理，結轉下年度繼續辦理。";
    for (text, encoding) in
        [(simplified, Encoding::Gb18030), (traditional, Encoding::Big5), (simplified, Encoding::Utf8)]
    {
        let bytes = encode(text, encoding);
        let source = read(&bytes, None).unwrap();
        assert_eq!((source.text(), source.encoding()), (text, encoding));
        assert_eq!(source.is_borrowed(), encoding == Encoding::Utf8);

        // One damaged byte in the middle of a character, and the last character cut.
        let mut damaged = bytes.repeat(3);
        damaged.pop();
        damaged[bytes.len()] = 0xFF;
        let source = read(&damaged, None).unwrap();
        assert_eq!(source.encoding(), encoding);
        assert!((2..=4).contains(&source.malformed().len()), "{:?}", source.malformed());
        assert_exact(&source, &damaged, 0);
    }
    assert!(read(b"caf\xE9 cr\xE8me", None).unwrap_err().is_not_text());
    assert_eq!(read(b"caf\xE9 cr\xE8me", None).unwrap_err().offset(), Some(3));
}

#[test]
fn utf8_cut_at_either_end_is_utf8() {
    let bytes = "政府信息公开".as_bytes();
    for from in 0..4 {
        for to in bytes.len() - 3..=bytes.len() {
            let source = read(&bytes[from..to], None).unwrap();
            assert_eq!(source.encoding(), Encoding::Utf8, "{from}..{to}");
            assert_exact(&source, &bytes[from..to], 0);
        }
    }
}

#[test]
fn what_is_no_text_is_an_error() {
    let text = "政府信息公开".repeat(20);
    let nul = [text.as_bytes(), b"\0", text.as_bytes()].concat();
    let controls = [text.as_bytes(), &b"\x01\x02"[..].repeat(20)].concat();
    for (bytes, offset) in [
        (&b"%PDF-1.7 \n"[..], 0),
        (b"PK\x03\x04\x14\x00", 0),
        (b"\xD0\xCF\x11\xE0\xA1\xB1", 0),
        (&nul, 360),
        (&controls, 360),
    ] {
        let error = read(bytes, None).unwrap_err();
        assert!(error.is_not_text());
        assert_eq!(error.offset(), Some(offset), "{error}");
    }
    let utf16 = encode("政府\0", Encoding::Utf16Le);
    assert_eq!(read(&utf16, Some(Encoding::Utf16Le)).unwrap_err().offset(), Some(4));
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n * n * 193 % 223 + 32) as u8).collect();
    assert!(read(&noise, None).is_err());
    assert!(read(&[0xFF; 4000], Some(Encoding::Big5)).is_err());
    assert_eq!(read(&[0xFF; 16], Some(Encoding::Big5)).unwrap().malformed().len(), 16);
}

#[test]
fn limits_hold_for_input_and_text() {
    let text = "规章";
    assert!(Source::from_text(text, 6).is_ok());
    assert!(Source::from_text(text, 5).unwrap_err().is_limit());
    assert!(Source::from_bytes(text.as_bytes(), None, 5).unwrap_err().is_limit());
    let gbk = encode(text, Encoding::Gb18030);
    assert!(decode(&gbk, Some(Encoding::Gb18030), 6).is_ok());
    assert!(decode(&gbk, Some(Encoding::Gb18030), 5).unwrap_err().is_limit());
    assert!(decode(text.as_bytes(), None, 5).unwrap_err().is_limit());
}

#[test]
fn lines_and_columns_count_from_one() {
    let source = Source::from_text("规章\r\n\n行政 | 3", 100).unwrap();
    let at = |offset| source.line_column(offset);
    assert_eq!([at(0), at(3), at(6), at(8), at(9)], [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]);
    assert_eq!([at(12), at(13), at(15), at(99)], [(3, 2), (3, 2), (3, 3), (3, 7)]);
}

#[test]
fn ends_inside_a_character_take_in_all_of_it() {
    let bytes = encode("a规章b", Encoding::Gb18030);
    let source = read(&bytes, Some(Encoding::Gb18030)).unwrap();
    assert_eq!(source.byte_span(Span::new(2, 5)).range(), 1..5);
    assert_eq!(source.byte_span(Span::new(7, 900)).range(), 5..6);
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let sequence = |text: &'static str| Just(text.as_bytes().to_vec());
    prop_oneof![
        8 => "[ -~\r\n\t]{1,12}".prop_map(String::into_bytes),
        8 => "[一-龥，。、（）]{1,20}".prop_map(|text| encode(&text, Encoding::Gb18030)),
        2 => "[一-龥]{1,20}".prop_map(|text| encode(&text, Encoding::Big5)),
        2 => "[\u{3400}-\u{4DB5}가-힣ༀ-ཇ€︐-︙😀-😏]{1,9}".prop_map(|text| encode(&text, Encoding::Gb18030)),
        1 => "\\PC{1,4}".prop_map(|text| encode(&text, Encoding::Utf16Le)),
        1 => proptest::collection::vec(1_u8.., 1..5),
        1 => sequence("政").prop_map(|bytes| bytes.repeat(30)),
        1 => Just(b"\xD5\xFE".repeat(50)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_mapped_exactly(pieces in proptest::collection::vec(piece(), 0..60)) {
        let bytes = pieces.concat();
        for encoding in ALL {
            if let Ok(source) = read(&bytes, Some(encoding)) {
                let origin = source.byte_span(Span::empty(0)).start();
                assert_exact(&source, &bytes, origin);
            }
        }
        let _ = read(&bytes, None);
    }

    #[test]
    fn any_text_comes_back(text in "[ -~\r\n一-龥㐀-䶵가-힣😀-😏ༀ-ཇ]{0,400}", pad in 0..64_usize) {
        let text = format!("{}{text}{}", "政".repeat(pad), "开".repeat(50)).repeat(2);
        for encoding in &ALL[..4] {
            let bytes = encode(&text, *encoding);
            let source = read(&bytes, Some(*encoding)).unwrap();
            assert_eq!(source.text(), text);
            assert!(source.malformed().is_empty());
            assert_exact(&source, &bytes, 0);
        }
    }
}
